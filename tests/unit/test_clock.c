#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "util/clock.h"

static void time_is_told_in_utc(void **state)
{
	ARENA(arena);

	(void)state;
	assert_string_equal(clock_text(&arena, 0), "1970-01-01 00:00:00");
	assert_string_equal(clock_text(&arena, -1), "1969-12-31 23:59:59");
	assert_string_equal(clock_text(&arena, -1000000),
			    "1969-12-31 23:59:59");
	assert_string_equal(clock_text(&arena, INT64_C(1795345622999999)),
			    "2026-11-22 11:07:02");
	assert_string_equal(clock_text(&arena, INT64_C(-2208988801000000)),
			    "1899-12-31 23:59:59");
	assert_string_equal(clock_text(&arena, INT64_C(253402300799000000)),
			    "9999-12-31 23:59:59");
	assert_string_equal(clock_text(&arena, INT64_C(253402300800000000)),
			    "10000-01-01 00:00:00");
}

static void time_can_be_fixed(void **state)
{
	(void)state;
	setenv("SOURCE_DATE_EPOCH", "1795345622", 1);
	assert_int_equal(clock_now(), INT64_C(1795345622000000));
	setenv("SOURCE_DATE_EPOCH", "soon", 1);
	assert_true(clock_now() > INT64_C(1600000000000000));
	setenv("SOURCE_DATE_EPOCH", "12 h", 1);
	assert_true(clock_now() > INT64_C(1600000000000000));
	setenv("SOURCE_DATE_EPOCH", "99999999999999999999", 1);
	assert_true(clock_now() < INT64_C(99999999999000000));
	unsetenv("SOURCE_DATE_EPOCH");
	assert_true(clock_now() > INT64_C(1600000000000000));
	assert_true(clock_ticks() <= clock_ticks());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_is_told_in_utc),
		cmocka_unit_test(time_can_be_fixed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
