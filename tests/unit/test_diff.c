/*
 * The difference and its DDL: every case of tests/fixtures/autogenerate from
 * end to end, judged by pragmas and texts.
 */
#include <dirent.h>

#include "test_schema_story.h"

#define FIXTURES "tests/fixtures/autogenerate"

/* Lines of "--fill t.c=0" and "--column-order". */
static void read_options(struct story *s, char *text)
{
	struct fill *fills = arena_array(&s->arena, 8, sizeof(*fills));
	char *rest = NULL;

	if (!text)
		return;
	for (char *word = strtok_r(text, " \n", &rest); word;
	     word = strtok_r(NULL, " \n", &rest)) {
		struct fill *fill = &fills[s->options.nfills];

		if (strcmp(word, "--column-order") == 0)
			s->options.column_order = true;
		if (strcmp(word, "--fill") != 0)
			continue;
		fill->table = strtok_r(NULL, ".", &rest);
		fill->column = strtok_r(NULL, "=", &rest);
		fill->value = strtok_r(NULL, " \n", &rest);
		s->options.nfills++;
	}
	s->options.fills = fills;
}

static void check_refused(struct story *s, const char *keep)
{
	const char *rows = kept_rows(s, keep, false);

	assert_int_not_equal(apply_diff(s, &s->up), OK);
	assert_int_equal(s->up.nhazards, 1);
	assert_string_equal(
		judge_rows(s->engine, s->up.hazards[0].count, false, &s->arena),
		"2|\n");
	error_init(&s->e, &s->arena);
	assert_string_equal(kept_rows(s, keep, false), rows);
	assert_schema(s, s->before, true, true);
}

static void test_case(void **state)
{
	const char *name = *state, *folder = FIXTURES, *keep;
	ARENA(arena);
	struct story s = {
		.before = judge_file(
			&arena,
			arena_printf(&arena, "%s/%s/before.sql", folder, name)),
		.after = judge_file(
			&arena,
			arena_printf(&arena, "%s/%s/after.sql", folder, name)),
		.rows = judge_file(
			&arena,
			arena_printf(&arena, "%s/%s/rows.sql", folder, name)),
	};
	const char *options = judge_file(
		&arena, arena_printf(&arena, "%s/%s/options", folder, name));

	keep = judge_file(&arena,
			  arena_printf(&arena, "%s/%s/keep.sql", folder, name));
	story_begin(&s);
	if (options)
		read_options(&s, arena_copy(&s.arena, options));
	story_compute(&s);
	if (getenv("SHOW"))
		print_message("%s\n%s--\n%s", name, s.up.sql, s.down.sql);
	if (strncmp(name, "noise_", 6) == 0 ||
	    strcmp(name, "h_case_only_rename") == 0)
		check_noise(&s);
	else if (strcmp(name, "h_unique_add_with_duplicates") == 0)
		check_refused(&s, keep);
	else
		check_change(&s, keep);
	story_end(&s);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_case(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int main(void)
{
	struct dirent **entries;
	int count = scandir(FIXTURES, &entries, is_case, by_name);
	size_t n = 0;
	struct CMUnitTest *tests;
	int failed;

	if (count <= 0)
		return 1;
	tests = calloc((size_t)count, sizeof(*tests));
	for (int i = 0; i < count; i++)
		tests[n++] = (struct CMUnitTest){
			.name = entries[i]->d_name,
			.test_func = test_case,
			.initial_state = entries[i]->d_name,
		};
	failed = _cmocka_run_group_tests("test_diff", tests, n, NULL, NULL);
	for (int i = 0; i < count; i++)
		free(entries[i]);
	free(entries);
	free(tests);
	return failed;
}
