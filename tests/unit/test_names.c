#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "util/text.h"

static void distance_counts_slips(void **state)
{
	(void)state;
	assert_int_equal(name_distance("slug", "slug"), 0);
	assert_int_equal(name_distance("SLUG", "slug"), 0);
	assert_int_equal(name_distance("slug", "slgu"), 1);
	assert_int_equal(name_distance("slug", "slg"), 1);
	assert_int_equal(name_distance("slug", "slugs"), 1);
	assert_int_equal(name_distance("slug", "plug"), 1);
	assert_int_equal(name_distance("kitten", "sitting"), 3);
	assert_int_equal(name_distance("", "abc"), 3);
	assert_int_equal(name_distance("abc", ""), 3);
}

static const char *close_text(struct arena *arena, const char *wanted,
			      const char *const *names)
{
	struct close_names close;

	close_names_init(&close, wanted);
	for (; *names; names++)
		close_names_offer(&close, *names);
	return close_names_list(&close, arena);
}

static void near_names_are_offered(void **state)
{
	static const char *const names[] = { "list",   "show",   "create",
					     "update", "delete", "lisp",
					     "lost",   "last",   "list",
					     "import", NULL };
	ARENA(arena);

	(void)state;
	assert_string_equal(close_text(&arena, "shwo", names), "show");
	assert_string_equal(close_text(&arena, "lists", names),
			    "list, lisp or lost");
	assert_string_equal(close_text(&arena, "lis", names), "list or lisp");
	assert_string_equal(close_text(&arena, "impo", names), "import");
	assert_null(close_text(&arena, "xyz", names));
	assert_null(close_text(&arena, "i", names));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(distance_counts_slips),
		cmocka_unit_test(near_names_are_offered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
