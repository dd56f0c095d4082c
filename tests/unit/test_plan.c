/* What the queries of list, show and count scan, sort and collect. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "catalog/catalog.h"
#include "describe/complete.h"
#include "engine/sqlite.h"

/* Of all rows; only of those that an index has together it is "RIGHT PART OF". */
#define SORT "USE TEMP B-TREE FOR ORDER BY;"
#define COLLECT "USE TEMP B-TREE FOR GROUP BY;"

enum { STATEMENTS = 64 };

struct fixture {
	struct arena arena;
	struct error e;
	struct context context;
	struct catalog catalog;
	char path[48];
	const char *statements[STATEMENTS]; /* that ran */
	size_t nstatements;
};

static const char schema[] =
	"CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
	" age INTEGER);"
	"CREATE INDEX users_age ON users (age);"
	"CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL,"
	" due DATE, user_id INTEGER NOT NULL REFERENCES users);"
	"CREATE INDEX tasks_user ON tasks (user_id);"
	"CREATE INDEX tasks_due ON tasks (due);"
	/* Its index compares in another way than its column. */
	"CREATE TABLE mails (id INTEGER PRIMARY KEY, mail TEXT, note TEXT,"
	" state TEXT CHECK (state IN ('new', 'old')));"
	"CREATE UNIQUE INDEX mails_mail ON mails (mail COLLATE NOCASE);"
	"CREATE TABLE codes (code TEXT PRIMARY KEY, user_id REFERENCES users,"
	" mail TEXT REFERENCES mails (mail)) WITHOUT ROWID;"
	"CREATE TABLE pairs (a INTEGER, b TEXT, PRIMARY KEY (a, b));"
	"CREATE TABLE parts (id INTEGER PRIMARY KEY, name TEXT, gone BOOLEAN);"
	"CREATE UNIQUE INDEX parts_name ON parts (name) WHERE NOT gone;"
	"INSERT INTO users VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', NULL);"
	"INSERT INTO tasks VALUES (1, 'x', '2026-01-01', 1),"
	" (2, 'y', '2026-01-02', 1), (3, 'z', NULL, 2);"
	"INSERT INTO mails VALUES (1, 'a@b', NULL, 'new');";

static void ignore_note(void *door, const char *line)
{
	(void)door;
	(void)line;
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	const struct script script = { .text = schema };
	struct engine *engine;

	arena_init(&f->arena);
	error_init(&f->e, &f->arena);
	snprintf(f->path, sizeof(f->path), "/tmp/plan.XXXXXX");
	close(mkstemp(f->path));
	assert_int_equal(engine_open(f->path, ENGINE_CREATE, &engine, &f->e),
			 OK);
	assert_int_equal(engine_script(engine, &script, &f->e), OK);
	engine_close(engine);
	f->context = (struct context){ .url = f->path, .note = ignore_note };
	assert_int_equal(catalog_load(&f->context, CATALOG_ALL, &f->arena,
				      &f->catalog, &f->e),
			 OK);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	context_close(&f->context);
	unlink(f->path);
	arena_clear(&f->arena);
	free(f);
	return 0;
}

static int note_statement(unsigned what, void *data, void *statement, void *sql)
{
	struct fixture *f = data;

	(void)what;
	(void)statement;
	if (strncmp(sql, "SELECT", 6) == 0 && f->nstatements < STATEMENTS)
		f->statements[f->nstatements++] = arena_copy(&f->arena, sql);
	return 0;
}

/* Runs a command with --name value pairs; returns the next page's cursor. */
static const char *run(struct fixture *f, const char *noun, const char *verb,
		       const char *word, const char *const *options)
{
	struct pair pairs[8];
	struct input input = { .pairs = pairs,
			       .words = &word,
			       .nwords = word ? 1 : 0,
			       .place = "option" };
	struct arguments arguments;
	struct call call = {
		.context = &f->context,
		.arena = &f->arena,
		.operation = catalog_find(&f->catalog, noun, verb),
		.arguments = &arguments,
		.silent = true,
	};
	struct sink sink;
	const struct output_options plain = { .format = "json" };

	for (; *options; options += 2)
		pairs[input.npairs++] = (struct pair){
			.name = options[0],
			.text = options[1],
			.length = strlen(options[1]),
		};
	sink_init_memory(&sink);
	f->nstatements = 0;
	assert_int_equal(operation_decode(call.operation, &input, &f->arena,
					  &arguments, &f->e),
			 OK);
	assert_int_equal(operation_shape(&call, NULL, &f->e), OK);
	assert_int_equal(writer_new(&plain, call.columns, call.ncolumns, &sink,
				    &f->arena, &call.writer, &f->e),
			 OK);
	sqlite3_trace_v2(f->context.engine->db, SQLITE_TRACE_STMT,
			 note_statement, f);
	assert_int_equal(operation_run(&call, &f->e), OK);
	sqlite3_trace_v2(f->context.engine->db, 0, NULL, NULL);
	sink_clear(&sink);
	return call.next;
}

/* What the plans of all statements scan from end to end, sort or collect, but
   for the rows of a subquery, which are those that it found. */
static const char *costs(struct fixture *f)
{
	BUFFER(out);

	for (size_t i = 0; i < f->nstatements; i++) {
		const char *sql = arena_printf(
			&f->arena, "EXPLAIN QUERY PLAN %s", f->statements[i]);
		STATEMENT(statement);

		assert_int_equal(engine_prepare(f->context.engine, sql,
						&statement, &f->e),
				 OK);
		while (statement_step(statement, &f->e) == STEP_ROW) {
			const char *step = statement_text(statement, 3,
							  &f->arena);

			if ((strncmp(step, "SCAN ", 5) == 0 &&
			     step[5] != '(') ||
			    strncmp(step, SORT, strlen(SORT) - 1) == 0 ||
			    strncmp(step, COLLECT, strlen(COLLECT) - 1) == 0)
				buffer_printf(&out, "%s;", step);
		}
	}
	return arena_copy(&f->arena, buffer_string(&out));
}

#define OPTIONS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/*
 * What each costs.  The rows that match are sorted by their key where an index
 * finds them by more than one value; groups are sorted once they are counted.
 */
static const struct {
	const char *noun, *verb, *word, *options[5], *costs;
} queries[] = {
	{ "user", "list", NULL, { "where", "name=a,b" }, SORT },
	{ "user", "list", NULL, { "where", "age=1" }, "" },
	{ "task", "list", NULL, { "due", "2026-01-01" }, "" },
	{ "task", "list", NULL, { "where", "due=" }, "" },
	{ "task", "list", NULL, { "where", "due=2026-01-01 or due=" }, SORT },
	{ "task", "list", NULL, { "where", "due<2027-01-01 and user=a" }, "" },
	{ "task", "list", NULL, { "where", "due=2026-01-01 or user=a" }, SORT },
	{ "task", "count", NULL, { "where", "due>=2026-01-02" }, "" },
	{ "task", "count", NULL, { "where", "not due<2026-01-02" }, "" },
	/* In the order of the key, of which a range is expected to be a lot. */
	{ "task", "list", NULL, { "where", "due>=2026-01-02" }, "SCAN tasks;" },

	/* References. */
	{ "task", "list", NULL, { "where", "user=a" }, "" },
	{ "task", "list", NULL, { "where", "user=a,b" }, SORT },
	{ "task", "list", NULL, { "where", "user.name=a" }, SORT },
	{ "task", "list", NULL, { "where", "user.age>=2" }, SORT },
	{ "task", "count", NULL, { "where", "user.name=a" }, "" },
	{ "user", "tasks", "a", { "limit", "9" }, SORT },

	/* No index has parts of a text. */
	{ "task", "list", NULL, { "search", "x" }, "SCAN tasks;" },
	{ "task", "list", NULL, { "where", "title~x" }, "SCAN tasks;" },
	{ "user", "list", NULL, { "where", "name.like=a%" }, "SCAN users;" },
	{ "task", "list", NULL, { "search", "x", "user", "a" }, "" },

	/* Related rows: all of the table that is listed, and no other. */
	{ "user", "show", "1", { "with", "tasks.user" }, "" },
	{ "user", "list", NULL, { "with", "tasks.user" }, "SCAN users;" },
	{ "task", "show", "1", { "with", "user.tasks" }, "" },
	{ "task", "list", NULL, { "with", "user.tasks" }, "SCAN tasks;" },
	{ "task", "list", NULL, { "with", "user", "user", "a" }, "" },

	/* Groups of all rows, by an index if there is one. */
	{ "task",
	  "count",
	  NULL,
	  { "by", "user" },
	  "SCAN tasks USING COVERING INDEX tasks_user;" SORT },
	{ "task",
	  "count",
	  NULL,
	  { "by", "due" },
	  "SCAN tasks USING COVERING INDEX tasks_due;" SORT },
	{ "task",
	  "count",
	  NULL,
	  { "by", "due.month" },
	  "SCAN tasks USING COVERING INDEX tasks_due;" COLLECT SORT },
	{ "task",
	  "count",
	  NULL,
	  { "by", "user.name" },
	  "SCAN tasks USING COVERING INDEX tasks_user;" COLLECT SORT },
	{ "task", "count", NULL, { "by", "title", "user", "a" }, COLLECT SORT },
	{ "user",
	  "count",
	  NULL,
	  { "sum", "age" },
	  "SCAN users USING COVERING INDEX users_age;" },
	{ "user", "count", NULL, { "sum", "age", "where", "name=a" }, "" },

	/* A name is compared as its unique index does. */
	{ "mail", "show", "A@B", { NULL }, "" },
};

static void queries_cost_no_more(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(queries) / sizeof(*queries); i++) {
		run(f, queries[i].noun, queries[i].verb, queries[i].word,
		    queries[i].options);
		print_message("%s %s --%s\n", queries[i].noun, queries[i].verb,
			      queries[i].options[0] ? queries[i].options[1]
						    : "");
		assert_string_equal(costs(f), queries[i].costs);
	}
}

/*
 * What Tab costs after these words.  Rows in the order of an index end at its
 * LIMIT; the values of a column that no index has are not looked for.
 */
static const struct {
	const char *words[6], *costs;
	size_t statements;
} tabs[] = {
	{ { "user", "show", "" }, "", 1 },
	{ { "user", "show", "a" }, "", 1 },
	{ { "user", "show", "1" }, "", 3 },
	{ { "user", "update", "1", "--name", "a" }, "", 0 },
	{ { "task", "show", "" }, "SCAN tasks;", 1 },
	{ { "task", "show", "x" }, "", 0 },
	{ { "task", "create", "--user", "a" }, "", 1 },
	{ { "task", "create", "--user=a" }, "", 1 },
	{ { "task", "create", "--user-id", "" }, "SCAN users;", 1 },
	{ { "task", "create", "--set", "user_id=1" }, "", 3 },
	{ { "task", "list", "--where", "user=a" }, "", 1 },
	{ { "task", "list", "--where", "title=a" }, "", 0 },
	{ { "task", "list", "--where", "due=2026-01-01 and user=" }, "", 1 },
	{ { "mail", "show", "" }, "", 1 },
	{ { "mail", "show", "a" }, "", 1 },
	{ { "mail", "list", "--where", "state=" }, "", 0 },
	{ { "mail", "create", "--state", "n" }, "", 0 },
	{ { "code", "show", "a" }, "", 1 },
	{ { "code", "create", "--mail", "a" }, "", 1 },
	{ { "pair", "show", "" },
	  "SCAN pairs USING COVERING INDEX sqlite_autoindex_pairs_1;",
	  1 },
	{ { "pair", "show", "1," }, "", 1 },
	{ { "pair", "show", "1,a" }, "", 1 },
	{ { "part", "show", "" }, "SCAN parts;", 1 },
	{ { "part", "show", "a" }, "", 0 },
};

static void tab_costs_no_more(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(tabs) / sizeof(*tabs); i++) {
		const char *const *words = tabs[i].words;
		struct candidates found;
		size_t count = 0;

		while (count < 6 && words[count])
			count++;
		assert_int_equal(context_open(&f->context, 0, &f->e), OK);
		f->nstatements = 0;
		sqlite3_trace_v2(f->context.engine->db, SQLITE_TRACE_STMT,
				 note_statement, f);
		complete_words(&f->catalog, &f->context, words, count, false,
			       &f->arena, &found);
		sqlite3_trace_v2(f->context.engine->db, 0, NULL, NULL);
		print_message("%s %s %s\n", words[0], words[1],
			      words[count - 1]);
		assert_int_equal(f->nstatements, tabs[i].statements);
		assert_string_equal(costs(f), tabs[i].costs);
	}
}

static void related_rows_are_one_query(void **state)
{
	struct fixture *f = *state;

	run(f, "user", "list", NULL, OPTIONS("with", "tasks.user"));
	assert_int_equal(f->nstatements, 1);
}

/* The page after each row of an order that has rows of no due date last. */
static void later_pages_search(void **state)
{
	static const char *const sorts[] = { "due", "-due", "id", "-id" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(sorts) / sizeof(*sorts); i++) {
		const char *next = run(f, "task", "list", NULL,
				       OPTIONS("sort", sorts[i], "limit", "1"));

		while (next) {
			next = run(f, "task", "list", NULL,
				   OPTIONS("sort", sorts[i], "limit", "1",
					   "after", next));
			assert_string_equal(costs(f), "");
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(queries_cost_no_more, setup,
						teardown),
		cmocka_unit_test_setup_teardown(tab_costs_no_more, setup,
						teardown),
		cmocka_unit_test_setup_teardown(related_rows_are_one_query,
						setup, teardown),
		cmocka_unit_test_setup_teardown(later_pages_search, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
