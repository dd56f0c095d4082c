#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "util/arena.h"
#include "util/buffer.h"
#include "util/error.h"

static void memory_is_aligned_and_apart(void **state)
{
	ARENA(arena);
	char *before = NULL;
	size_t length = 0;

	(void)state;
	for (size_t size = 0; size < 40000; size += 97) {
		char *memory = arena_alloc(&arena, size);

		assert_int_equal((uintptr_t)memory % __alignof__(max_align_t),
				 0);
		memset(memory, 'b', size);
		for (size_t i = 0; i < length; i++)
			assert_int_equal(before[i], 'a');
		memset(memory, 'a', size);
		before = memory;
		length = size;
	}
}

static void zero_is_zero(void **state)
{
	ARENA(arena);
	struct arena_mark start;
	int *numbers;

	(void)state;
	arena_alloc(&arena, 1);
	start = arena_mark(&arena);
	memset(arena_alloc(&arena, 400), 0xff, 400);
	arena_rewind(&arena, start);
	numbers = arena_array(&arena, 100, sizeof(*numbers));
	for (int i = 0; i < 100; i++)
		assert_int_equal(numbers[i], 0);
}

static void rewinding_gives_the_same_memory_again(void **state)
{
	ARENA(arena);
	struct arena_mark mark;
	char *first;

	(void)state;
	arena_copy(&arena, "kept");
	mark = arena_mark(&arena);
	first = arena_alloc(&arena, 10);
	arena_alloc(&arena, 100000);
	arena_alloc(&arena, 20000);
	arena_rewind(&arena, mark);
	assert_ptr_equal(arena_alloc(&arena, 10), first);
}

static void copies_end_with_a_nul(void **state)
{
	ARENA(arena);

	(void)state;
	assert_string_equal(arena_copy(&arena, "text"), "text");
	assert_string_equal(arena_copy_n(&arena, "text", 2), "te");
	assert_string_equal(arena_copy_n(&arena, NULL, 0), "");
	assert_string_equal(arena_printf(&arena, "%s %d", "a", 5), "a 5");
}

static void lists_grow(void **state)
{
	ARENA(arena);
	size_t *list = NULL, count = 0;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		size_t *item = LIST_ADD(&arena, list, count);

		assert_int_equal(*item, 0);
		*item = i + 1;
	}
	assert_int_equal(count, 1000);
	count--;
	assert_int_equal(*LIST_ADD(&arena, list, count), 0);
	list[999] = 1000;
	for (size_t i = 0; i < count; i++)
		assert_int_equal(list[i], i + 1);
}

static void buffers_grow_and_end_with_a_nul(void **state)
{
	BUFFER(buffer);

	(void)state;
	assert_string_equal(buffer_string(&buffer), "");
	for (size_t i = 0; i < 3000; i++) {
		buffer_byte(&buffer, 'x');
		assert_int_equal(buffer.length, i + 1);
		assert_int_equal(buffer.data[i + 1], '\0');
		assert_true(buffer.capacity > buffer.length);
	}
	buffer_clear(&buffer);
	assert_null(buffer.data);
	buffer_text(&buffer, "a");
	buffer_add(&buffer, "b\0c", 3);
	buffer_printf(&buffer, "%05d", 42);
	assert_int_equal(buffer.length, 9);
	assert_memory_equal(buffer.data, "ab\0c00042", 10);
}

static void a_buffer_holds_a_long_text_at_once(void **state)
{
	enum { LONG = 5000 };
	BUFFER(buffer);

	(void)state;
	buffer_printf(&buffer, "%*d", LONG, 7);
	assert_int_equal(strlen(buffer.data), LONG);
	memset(buffer_reserve(&buffer, LONG), 'y', LONG);
	assert_true(buffer.capacity - buffer.length > LONG);
}

static void an_error_tells_its_story(void **state)
{
	ARENA(arena);
	struct error e;

	(void)state;
	error_init(&e, &arena);
	assert_int_equal(e.status, OK);
	assert_int_equal(error_from_problems(&e), OK);
	assert_int_equal(fail(&e, NOT_FOUND, "no user %d", 7), NOT_FOUND);
	error_prefix(&e, "user %s", "show");
	error_hint(&e, "run: %s", "taskmgr user list");
	assert_int_equal(e.status, NOT_FOUND);
	assert_string_equal(e.message, "user show: no user 7");
	assert_string_equal(e.hint, "run: taskmgr user list");
	assert_int_equal(fail(&e, BUSY, "%s", "locked"), BUSY);
	assert_null(e.hint);
}

static void problems_make_input_invalid(void **state)
{
	ARENA(arena);
	struct error e;

	(void)state;
	error_init(&e, &arena);
	error_problem(&e)->field = "a";
	assert_int_equal(e.problems[0].record, -1);
	assert_int_equal(error_from_problems(&e), INVALID);
	assert_string_equal(e.message, "1 problem in the input");
	error_problem(&e)->field = "b";
	assert_int_equal(error_from_problems(&e), INVALID);
	assert_string_equal(e.message, "2 problems in the input");
	assert_string_equal(e.problems[0].field, "a");
	assert_string_equal(e.problems[1].field, "b");
}

static void statuses_have_their_numbers(void **state)
{
	(void)state;
	assert_int_equal(status_exit(OK), 0);
	assert_int_equal(status_exit(USAGE), 2);
	assert_int_equal(status_exit(CLOSED), 141);
	assert_int_equal(status_http(CONFLICT), 409);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_aligned_and_apart),
		cmocka_unit_test(zero_is_zero),
		cmocka_unit_test(rewinding_gives_the_same_memory_again),
		cmocka_unit_test(copies_end_with_a_nul),
		cmocka_unit_test(lists_grow),
		cmocka_unit_test(buffers_grow_and_end_with_a_nul),
		cmocka_unit_test(a_buffer_holds_a_long_text_at_once),
		cmocka_unit_test(an_error_tells_its_story),
		cmocka_unit_test(problems_make_input_invalid),
		cmocka_unit_test(statuses_have_their_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
