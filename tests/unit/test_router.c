/* Paths and methods to routes, over a catalog of three operations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "http/answer/router.h"
#include "http/wire/uri.h"

static const struct parameter data = {
	.name = "data",
	.role = PARAMETER_RECORDS,
};

static const struct route list_routes[] = {
	{ .method = "GET", .path = "/book/", .status = 200 },
};
static const struct route show_routes[] = {
	{ .method = "GET", .path = "/book/book_id", .status = 200 },
};
static const struct route update_routes[] = {
	{ .method = "PUT", .path = "/book/update", .status = 200,
	  .takes = body_record },
	{ .method = "PATCH", .path = "/book/update", .status = 200,
	  .takes = body_record },
	{ .method = "POST", .path = "/book/", .status = 201,
	  .takes = body_record },
};

static const struct operation list = {
	.noun = "book",
	.verb = "list",
	.routes = list_routes,
	.nroutes = 1,
};
static const struct operation show = {
	.noun = "book",
	.verb = "show",
	.flags = OPERATION_SHOWS,
	.routes = show_routes,
	.nroutes = 1,
};
static const struct operation update = {
	.noun = "book",
	.verb = "update",
	.flags = OPERATION_WRITES,
	.routes = update_routes,
	.nroutes = 3,
	.parameters = &data,
	.nparameters = 1,
};
/* Asks for what list has already. */
static const struct operation late = {
	.noun = "late",
	.verb = "list",
	.routes = list_routes,
	.nroutes = 1,
};

static const struct page pages[] = {
	{ .path = "/" },
	{ .path = "/docs" },
	{ .path = NULL },
};

struct fixture {
	struct arena arena;
	struct router router;
	const struct operation *operations[4];
};

static int set_up(void **state)
{
	static struct fixture fixture;
	struct catalog catalog = {
		.operations = fixture.operations,
		.noperations = 4,
	};

	fixture.operations[0] = &list;
	fixture.operations[1] = &show;
	fixture.operations[2] = &update;
	fixture.operations[3] = &late;
	arena_init(&fixture.arena);
	router_build(&fixture.router, pages, &catalog, &fixture.arena);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	arena_clear(&fixture->arena);
	return 0;
}

static const struct router_entry *
pick(struct fixture *fixture, const char *path, enum http_method method)
{
	return router_pick(router_find(&fixture->router, path), method);
}

static const char *allow(struct fixture *fixture, const char *path)
{
	return router_allow(router_find(&fixture->router, path),
			    &fixture->arena);
}

static void test_find(void **state)
{
	struct fixture *fixture = *state;
	const struct router_entry *entry;

	entry = pick(fixture, "/book/", HTTP_GET);
	assert_ptr_equal(entry->operation, &list);
	assert_ptr_equal(entry->route, &list_routes[0]);
	assert_false(entry->route->takes);
	entry = pick(fixture, "/book/update", HTTP_PATCH);
	assert_ptr_equal(entry->operation, &update);
	assert_ptr_equal(entry->route, &update_routes[1]);
	assert_true(entry->route->takes);
	entry = pick(fixture, "/docs", HTTP_GET);
	assert_ptr_equal(entry->page, &pages[1]);
}

static void test_methods(void **state)
{
	struct fixture *fixture = *state;

	assert_ptr_equal(pick(fixture, "/book/", HTTP_HEAD)->operation, &list);
	assert_null(pick(fixture, "/book/", HTTP_DELETE));
	assert_null(pick(fixture, "/book/update", HTTP_HEAD));
	assert_string_equal(allow(fixture, "/book/"),
			    "GET, HEAD, POST, OPTIONS");
	assert_string_equal(allow(fixture, "/book/update"),
			    "PUT, PATCH, OPTIONS");
	assert_string_equal(allow(fixture, "/"), "GET, HEAD, OPTIONS");
}

static void test_slash(void **state)
{
	struct fixture *fixture = *state;

	assert_ptr_equal(pick(fixture, "/book", HTTP_GET)->operation, &list);
	assert_ptr_equal(pick(fixture, "/book/book_id/", HTTP_GET)->operation,
			 &show);
	assert_ptr_equal(pick(fixture, "/docs/", HTTP_GET)->page, &pages[1]);
	assert_null(pick(fixture, "/book//", HTTP_GET));
	assert_null(pick(fixture, "//", HTTP_GET));
}

static void test_nothing(void **state)
{
	static const char *const paths[] = {
		"",       "/b",   "/book/updat", "/book/update/x",
		"/Book/", "/zzz", "book/",       "/docs/x",
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		assert_int_equal(router_find(&fixture->router, paths[i]).count,
				 0);
}

/* What a record that was made needs to be pointed at. */
static void test_show(void **state)
{
	struct fixture *fixture = *state;

	assert_ptr_equal(pick(fixture, "/book/", HTTP_POST)->show,
			 &show_routes[0]);
	assert_null(pick(fixture, "/book/update", HTTP_PUT)->show);
}

static void test_query(void **state)
{
	struct fixture *fixture = *state;
	const struct pair *pairs;
	size_t count;

	assert_true(uri_query(slice_of("a=1&&b%5Fc=x+y%2B%00z&d&=e"),
			      &fixture->arena, &pairs, &count));
	assert_int_equal(count, 4);
	assert_string_equal(pairs[0].name, "a");
	assert_string_equal(pairs[0].text, "1");
	assert_string_equal(pairs[1].name, "b_c");
	assert_int_equal(pairs[1].length, 6);
	assert_memory_equal(pairs[1].text, "x y+\0z", 6);
	assert_string_equal(pairs[2].name, "d");
	assert_string_equal(pairs[2].text, "");
	assert_string_equal(pairs[3].name, "");
	assert_false(uri_query(slice_of("a%00b=1"), &fixture->arena, &pairs,
			       &count));
}

static void test_encode(void **state)
{
	BUFFER(out);

	(void)state;
	uri_encode_path(&out, "/a b/c?\xc3\xa9");
	assert_string_equal(out.data, "/a%20b/c%3F%C3%A9");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),   cmocka_unit_test(test_methods),
		cmocka_unit_test(test_slash),  cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_show),   cmocka_unit_test(test_query),
		cmocka_unit_test(test_encode),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
