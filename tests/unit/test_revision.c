/* The format of revision files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* cmocka's macro */

#include "migrate/revision/revision.h"
#include "migrate/revision/scan.h"

static const char whole[] = "-- add due date\n"
			    "--\n"
			    "-- revision: 1f2e3d4c5b6a\n"
			    "-- down_revision: 0a1b2c3d4e5f, 0b\n"
			    "-- branch_labels: due\n"
			    "-- depends_on: c1\n"
			    "-- create_date: 2026-11-22 11:07:02\n"
			    "-- foreign_keys: off\n"
			    "-- ticket: 4711\n"
			    "\n"
			    "-- migrate:up\n"
			    "ALTER TABLE tasks ADD COLUMN due DATE;\n"
			    "\n"
			    "-- migrate:down\n"
			    "ALTER TABLE tasks DROP COLUMN due;\n"
			    "-- migrate:verify\n"
			    "SELECT 1 WHERE 0;\n";

struct fixture {
	struct arena arena;
	struct error e;
	struct revision revision;
	struct sections sections;
};

static int set_up(void **state)
{
	struct fixture *f = test_calloc(1, sizeof(*f));
	arena_init(&f->arena);
	error_init(&f->e, &f->arena);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	arena_clear(&f->arena);
	test_free(f);
	return 0;
}

static enum status parse(struct fixture *f, const char *text)
{
	error_init(&f->e, &f->arena);
	return revision_parse(text, "versions/x.sql", &f->arena, &f->revision,
			      &f->e);
}

static enum status cut(struct fixture *f, const char *text)
{
	error_init(&f->e, &f->arena);
	return revision_sections(text, "versions/x.sql", &f->arena,
				 &f->sections, &f->e);
}

static void header_is_read(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(parse(f, whole), OK);
	assert_string_equal(f->revision.message, "add due date");
	assert_string_equal(f->revision.id, "1f2e3d4c5b6a");
	assert_string_equal(names_text(&f->revision.down, "", &f->arena),
			    "0a1b2c3d4e5f, 0b");
	assert_string_equal(f->revision.labels.items[0], "due");
	assert_string_equal(f->revision.depends.items[0], "c1");
	assert_string_equal(f->revision.create_date, "2026-11-22 11:07:02");
	assert_true(f->revision.foreign_keys_off);
	assert_false(f->revision.transaction_off);
}

static void header_is_read_from_other_systems(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(parse(f, "\xef\xbb\xbf-- hello\r\n-- revision: a\r\n"
				  "-- down_revision:\r\n\r\n"
				  "-- migrate:up\r\n"),
			 OK);
	assert_string_equal(f->revision.message, "hello");
	assert_string_equal(f->revision.id, "a");
	assert_int_equal(f->revision.down.count, 0);
}

static void header_faults_name_their_line(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "-- x\n-- migrate:up\n", "versions/x.sql: no \"-- revision: "
					   "…\" in its first lines" },
		{ "-- x\n-- revision: a-b\n",
		  "versions/x.sql:2: Character(s) "
		  "'-' not allowed in revision identifier 'a-b'" },
		{ "-- revision: a\n-- revision: b\n",
		  "versions/x.sql:2: duplicate key revision" },
		{ "-- revision: a\n-- foreign_keys: no\n",
		  "versions/x.sql:2: "
		  "expected on or off, not no" },
		{ "-- revision: a, b\n", "versions/x.sql:1: expected one "
					 "revision identifier" },
		{ "-- revision: a\n-- branch_labels: b, head\n",
		  "versions/x.sql:2: 'head' is a symbol"
		  " and cannot be a branch label" },
		{ "-- revision: head\n",
		  "versions/x.sql:1: 'head' is a symbol"
		  " and cannot be a revision identifier" },
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(parse(f, cases[i].text), SCHEMA);
		assert_string_equal(f->e.message, cases[i].message);
	}
}

static void header_end_is_seen(void **state)
{
	(void)state;
	const char *end = strstr(whole, "ALTER");
	assert_true(revision_header_ends(whole, (size_t)(end - whole)));
	assert_false(revision_header_ends(whole, 100));
	assert_false(revision_header_ends("", 0));
}

static void sections_are_cut(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(cut(f, whole), OK);
	assert_string_equal(f->sections.up.text, "\nALTER TABLE tasks ADD "
						 "COLUMN due DATE;\n\n");
	assert_int_equal(f->sections.up.line, 11);
	assert_string_equal(f->sections.down.text, "\nALTER TABLE tasks DROP "
						   "COLUMN due;\n");
	assert_int_equal(f->sections.verify.line, 16);
}

static void markers_count_only_between_statements(void **state)
{
	static const char *const texts[] = {
		"SELECT '\n-- migrate:down\n';\n",
		"SELECT \"\n-- migrate:down\n\";\n",
		"/*\n-- migrate:down\n*/\n",
		"CREATE TABLE t (\n-- migrate:down\na);\n",
		("CREATE TRIGGER t AFTER DELETE ON u BEGIN\n"
		 "-- migrate:down\nSELECT 1;\n-- migrate:down\nEND;\n"),
		"SELECT 1; -- migrate:down\n",
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const char *text = arena_printf(&f->arena, "-- migrate:up\n%s",
						texts[i]);
		assert_int_equal(cut(f, text), OK);
		assert_null(f->sections.down.text);
		assert_string_equal(f->sections.up.text + 1, texts[i]);
	}
}

static void section_faults_name_their_line(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "-- x\n", "versions/x.sql: no \"-- migrate:up\" section" },
		{ "SELECT 1;\n", "versions/x.sql:1: a statement before "
				 "\"-- migrate:up\"" },
		{ "-- migrate:up\n-- migrate:Up\n",
		  "versions/x.sql:2: a second section \"migrate:Up\" (the "
		  "first begins on line 1)" },
		{ "-- migrate:up\n-- migrate:don\n",
		  "versions/x.sql:2: "
		  "unknown section \"migrate:don\" (expected up, down or "
		  "verify)" },
		{ "-- migrate:up\nSELECT 1\n-- migrate:down\n",
		  "versions/x.sql:2: the statement before the next section "
		  "has no \";\"" },
		{ "-- migrate:up\n\nSELECT 1",
		  "versions/x.sql:3: the "
		  "statement that begins here does not end with \";\"" },
		{ "-- migrate:up\nSELECT 'a;\n", "versions/x.sql:2: "
						 "unterminated quote or comment" },
		{ "-- migrate:up\n/* a;\n", "versions/x.sql:2: unterminated "
					    "quote or comment" },
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(cut(f, cases[i].text), SCHEMA);
		assert_string_equal(f->e.message, cases[i].message);
	}
}

static const char *sum_of(struct fixture *f, const char *text)
{
	assert_int_equal(cut(f, text), OK);
	return revision_sum(&f->revision, &f->sections, &f->arena);
}

static void sum_is_over_tokens(void **state)
{
	struct fixture *f = *state;
	const char *sum = sum_of(f, "-- migrate:up\nCREATE TABLE t (a);\n");
	assert_string_equal(sum, sum_of(f, "-- licence\r\n-- migrate:up\r\n"
					   "create  table \"t\"(a /* x */);"));
	assert_string_not_equal(sum, sum_of(f, "-- migrate:up\n"
					       "CREATE TABLE t (b);\n"));
	assert_string_not_equal(sum, sum_of(f, "-- migrate:up\n"
					       "CREATE TABLE t (a);\n"
					       "-- migrate:down\n"
					       "DROP TABLE t;\n"));
	assert_string_not_equal(sum_of(f, "-- migrate:up\nSELECT \"A\";\n"),
				sum_of(f, "-- migrate:up\nSELECT \"a\";\n"));
	assert_string_equal(sum_of(f, "-- migrate:up\nSELECT \"a\";\n"),
			    sum_of(f, "-- migrate:up\nSELECT A;\n"));
	assert_string_not_equal(sum_of(f, "-- migrate:up\nSELECT 'A';\n"),
				sum_of(f, "-- migrate:up\nSELECT 'a';\n"));
}

static int line_of(const char *text, const char *at)
{
	int line = 1;

	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

static void statements_are_found(void **state)
{
	static const char text[] =
		" ; -- a\nSELECT ';' ; \nCREATE TEMP TRIGGER t BEGIN\n"
		"SELECT CASE 1 WHEN 1 THEN 2 END; END -- x\n;\nEND;\n";
	static const int lines[] = { 2, 3 };
	(void)state;
	struct scan scan = scan_of(text);
	struct span statement;
	for (size_t i = 0; i < 2; i++) {
		assert_true(scan_statement(&scan, &statement));
		assert_int_equal(line_of(text, statement.text), lines[i]);
	}
	/* "END ;" right after ";" ends the trigger; a second END is new. */
	assert_true(scan_statement(&scan, &statement));
	assert_int_equal(line_of(text, statement.text), 6);
	assert_false(scan_statement(&scan, &statement));
}

static void file_names_are_slugs(void **state)
{
	static const struct {
		const char *message, *name;
	} cases[] = {
		{ "add due date", "a_add_due_date.sql" },
		{ "  Initial -- Migration! ", "a_initial_migration.sql" },
		{ "", "a.sql" },
		{ "../../etc", "a_etc.sql" },
		{ "aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb cc",
		  "a_aaaaaaaaaaaaaaaaaaaa.sql" },
		{ "0123456789012345678901234567890123456789xyz",
		  "a_0123456789012345678901234567890123456789.sql" },
		{ "añadir columna", "a_añadir_columna.sql" },
	};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(
			revision_file_name("a", cases[i].message, &f->arena),
			cases[i].name);
}

static void ids_are_twelve_hex_digits(void **state)
{
	struct fixture *f = *state;
	const char *id = revision_new_id(&f->arena);
	assert_int_equal(strlen(id), 12);
	assert_int_equal(strspn(id, "0123456789abcdef"), 12);
	assert_string_not_equal(id, revision_new_id(&f->arena));
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(header_is_read),
		TEST(header_is_read_from_other_systems),
		TEST(header_faults_name_their_line),
		TEST(header_end_is_seen),
		TEST(sections_are_cut),
		TEST(markers_count_only_between_statements),
		TEST(section_faults_name_their_line),
		TEST(sum_is_over_tokens),
		TEST(statements_are_found),
		TEST(file_names_are_slugs),
		TEST(ids_are_twelve_hex_digits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
