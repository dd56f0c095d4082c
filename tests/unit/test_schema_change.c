/* Changes not in the fixtures; the texts, questions and hazards of a diff. */
#include "test_schema_cases.h"
#include "test_schema_story.h"

static void test_change(void **state)
{
	const struct change_case *c = *state;
	struct story s = {
		.before = c->before,
		.after = c->after,
		.rows = c->rows,
		.other_text = c->other_text,
	};
	bool reported = !c->reports;
	const char *keep;

	story_begin(&s);
	keep = arena_printf(&s.arena, "%s\n%s\n", c->keep_before,
			    c->keep_after);
	story_compute(&s);
	if (getenv("SHOW"))
		print_message("%s\n%s--\n%s", c->name, s.up.sql, s.down.sql);
	for (size_t i = 0; i < s.up.nchanges; i++)
		reported |= c->reports && !strcmp(s.up.changes[i].text, c->reports);
	if (!reported)
		for (size_t i = 0; i < s.up.nchanges; i++)
			print_error("reported: %s\n", s.up.changes[i].text);
	assert_true(reported);
	if (c->has && !strstr(s.up.sql, c->has))
		print_error("%s lacks %s\n", s.up.sql, c->has);
	assert_true(!c->has || strstr(s.up.sql, c->has));
	assert_true(!c->lacks || !strstr(s.up.sql, c->lacks));
	check_change(&s, keep);
	story_end(&s);
}

/* A cycle of renames, of columns and of tables. */
static void test_swap(void **state)
{
	static const struct rename renames[] = {
		{ "t", "a", "b" },
		{ "t", "b", "a" },
		{ "t", NULL, "s" },
		{ "s", NULL, "t" },
	};
	struct story s = {
		.before = "CREATE TABLE t (a INT, b INT);"
			  "CREATE TABLE s (x TEXT);",
		.after = "CREATE TABLE s (b INT, a INT);"
			 "CREATE TABLE t (x TEXT);",
		.rows = "INSERT INTO t VALUES (1, 2); "
			"INSERT INTO s VALUES ('x')",
		.options = { .renames = renames, .nrenames = 4 },
	};

	(void)state;
	story_begin(&s);
	story_compute(&s);
	check_change(&s, "SELECT a, b, x FROM t, s\n"
			 "SELECT b, a, x FROM s, t\n");
	story_end(&s);
}

/* A rename to the name of a removed column or table. */
static void test_rename_over(void **state)
{
	static const struct rename renames[] = {
		{ "t", "a", "b" },
		{ "t", NULL, "s" },
	};
	struct story s = {
		.before = "CREATE TABLE t (a INT, b INT, c INT);"
			  "CREATE TABLE s (x TEXT, y TEXT, z TEXT);",
		.after = "CREATE TABLE s (b INT, c INT);",
		.rows = "INSERT INTO t VALUES (1, 2, 3)",
		.options = { .renames = renames, .nrenames = 2 },
	};

	(void)state;
	story_begin(&s);
	story_compute(&s);
	check_change(&s, "SELECT a, c FROM t\nSELECT b, c FROM s\n");
	story_end(&s);
}

/* Pairs of equivalent schemas. */
static const struct {
	const char *before, *after;
} noises[] = {
	{ "CREATE TABLE t (a INT)", "CREATE TABLE \"T\" ([A] integer)" },
	{ "CREATE TABLE t (a INTEGER PRIMARY KEY)",
	  "CREATE TABLE t (a INTEGER NOT NULL, PRIMARY KEY (a))" },
	{ "CREATE TABLE t (a INT DEFAULT 0, b BOOLEAN DEFAULT FALSE, "
	  "b1 BOOLEAN DEFAULT TRUE, "
	  "c TEXT DEFAULT 'x', d DEFAULT NULL, e REAL DEFAULT -1)",
	  "CREATE TABLE t (a INT DEFAULT '0', b BOOLEAN DEFAULT (0), "
	  "b1 BOOLEAN DEFAULT 1, "
	  "c TEXT DEFAULT \"x\", d, e REAL DEFAULT ((-1)))" },
	{ "CREATE TABLE p (id INTEGER PRIMARY KEY);"
	  "CREATE TABLE t (a INT REFERENCES p)",
	  "CREATE TABLE p (id INTEGER PRIMARY KEY);"
	  "CREATE TABLE t (a INT, FOREIGN KEY (a) REFERENCES p (id) "
	  "ON DELETE NO ACTION NOT DEFERRABLE)" },
	{ "CREATE TABLE t (a INT CHECK (a > 0 AND a == 1))",
	  "CREATE TABLE t (a INT, CHECK ((t.a>0 and \"a\"=1)))" },
	{ "CREATE TABLE t (a INT AS (b+1), b INT)",
	  "CREATE TABLE t (a INT GENERATED ALWAYS AS (b + 1) VIRTUAL, "
	  "b INT)" },
	{ "CREATE TABLE t (a TEXT COLLATE BINARY, UNIQUE (a ASC))",
	  "CREATE TABLE t (a TEXT UNIQUE ON CONFLICT ABORT)" },
	{ "CREATE TABLE t (a INT /* of a */)",
	  "CREATE TABLE t (\n\ta INT -- of  a\n)" },
	{ "CREATE TABLE t (a INT, b INT); CREATE INDEX i ON t (a, b)",
	  "CREATE TABLE t (a INT, b INT);\n"
	  "create  index [i] on \"t\"(a,/* x */b)" },
	{ "CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; "
	  "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
	  "CREATE TABLE t (a); CREATE VIEW v AS select \"a\" FROM t; "
	  "CREATE TRIGGER g AFTER INSERT ON t BEGIN\n\tSELECT 1;\nEND" },
	{ "CREATE TABLE p (a INT, b INT, PRIMARY KEY (a, b));"
	  "CREATE TABLE t (x INT, y INT, FOREIGN KEY (x, y) REFERENCES p)",
	  "CREATE TABLE p (a INT, b INT, PRIMARY KEY (a, b));"
	  "CREATE TABLE t (x INT, y INT, FOREIGN KEY (y, x) "
	  "REFERENCES p (b, a) MATCH SIMPLE)" },
	{ "CREATE TABLE t (a INT DEFAULT 16, b INT DEFAULT -1, "
	  "c TEXT DEFAULT '16', d INT DEFAULT 1, e DEFAULT -16)",
	  "CREATE TABLE t (a INT DEFAULT 0x10, b INT DEFAULT "
	  "0xffffFFFFffffFFFF, c TEXT DEFAULT 0x010, d INT DEFAULT "
	  "-0xffffffffffffffff, e DEFAULT -0x10)" },
	{ "CREATE TABLE t (a TEXT PRIMARY KEY, b INT UNIQUE, "
	  "c INT CONSTRAINT u UNIQUE)",
	  "CREATE TABLE t (a TEXT PRIMARY KEY UNIQUE, b INT UNIQUE, c INT "
	  "UNIQUE CONSTRAINT u UNIQUE, UNIQUE (b), UNIQUE (a))" },
	{ "CREATE TABLE t (a TEXT, b TEXT COLLATE NOCASE);"
	  "CREATE INDEX i ON t (a, b, a DESC);"
	  "CREATE INDEX j ON t (a + 1, lower(b)) WHERE a IS NOT NULL;",
	  "CREATE TABLE t (a TEXT, b TEXT COLLATE NOCASE);"
	  "CREATE INDEX i ON t (a ASC, b COLLATE NOCASE ASC, "
	  "(a) COLLATE binary DESC);"
	  "CREATE INDEX j ON t (((a + 1)) ASC, LOWER(\"b\")) "
	  "WHERE (((a IS NOT NULL)));" },
	{ "CREATE TABLE t (a); CREATE TRIGGER before UPDATE OF a ON t "
	  "WHEN new.a BEGIN SELECT 1; END",
	  "CREATE TABLE t (a); CREATE TRIGGER before BEFORE UPDATE OF a ON t "
	  "FOR EACH ROW WHEN new.a BEGIN SELECT 1; END" },
	{ "CREATE TABLE t (a); CREATE VIEW v AS SELECT a /* one */ FROM t",
	  "CREATE TABLE t (a); CREATE VIEW v AS SELECT a /* other */ FROM t" },
	/* Renames already made, and a circular one. */
	{ "CREATE TABLE t (b INT, c INT)",
	  "CREATE TABLE t (b INT, -- @renamed from=a\n"
	  "c INT -- @renamed from=b\n)" },
	{ "CREATE TABLE t (a INT, b INT)",
	  "CREATE TABLE t (a INT, -- @renamed from=b\n"
	  "b INT -- @renamed from=a\n)" },
	{ "CREATE TABLE t (a INT); ANALYZE;", "CREATE TABLE t (a INT)" },
	{ "CREATE TABLE alembic_version (v); CREATE TABLE _taskmgr_log (x)",
	  "" },
};

static void test_noise(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(noises) / sizeof(*noises); i++) {
		struct story s = {
			.before = noises[i].before,
			.after = noises[i].after,
		};

		story_begin(&s);
		story_compute(&s);
		check_noise(&s);
		story_end(&s);
	}
}

/* Computes a diff without rows and without proof. */
static void compute_pair(const char *before, const char *after,
		    const struct diff_options *options, struct arena *arena,
		    struct diff *out)
{
	struct schema *from, *to;
	struct error e;

	error_init(&e, arena);
	if (schema_read_text(before, "before", NULL, arena, &from, &e) != OK ||
	    schema_read_text(after, "after", NULL, arena, &to, &e) != OK ||
	    diff_compute(from, to, options, arena, out, &e) != OK)
		judge_fail("diff", &e);
}

static void assert_reported(const struct diff *diff, const char *const *texts)
{
	size_t i = 0;

	for (; texts[i] && i < diff->nchanges; i++)
		assert_string_equal(diff->changes[i].text, texts[i]);
	assert_int_equal(diff->nchanges, i);
	assert_null(texts[i]);
}

static void test_texts(void **state)
{
	static const char *const texts[] = {
		"removed column 'tasks.old'",
		"type change from INT to TEXT on 'tasks.a'",
		"NOT NULL on column 'tasks.a'",
		"NULL on column 'tasks.b'",
		"server default on column 'tasks.b'",
		"collation change from BINARY to NOCASE on 'tasks.b'",
		"added column 'tasks.user_id'",
		"removed check constraint (a > 0) on table 'tasks'",
		"removed unique constraint 'u1' on 'tasks'",
		"added foreign key (user_id)(id) on table tasks",
		"added unique constraint 'u2' on '(a, b)'",
		"added check constraint 'ck' on table 'tasks'",
		"primary key change from () to (a) on 'tasks'",
		"added STRICT on table 'tasks'",
		"table comment 'tasks'",
		"removed table 'x'",
		"added table 'users'",
		"changed trigger 'g' on 'tasks'",
		"removed view 'v'",
		"removed index 'i1' on 'tasks'",
		"changed index 'i2' on 'tasks': unique=False to unique=True",
		"removed index 'ix' on 'x'",
		"added index 'i3' on '(b, a)'",
		"added view 'w'",
		NULL,
	};
	struct diff diff;
	ARENA(arena);

	(void)state;
	compute_pair("CREATE TABLE tasks (old BLOB AS (1), a INT CHECK (a > 0), "
		"b INT NOT NULL, CONSTRAINT u1 UNIQUE (b));"
		"CREATE TABLE x (y BLOB); CREATE INDEX ix ON x (y);"
		"CREATE INDEX i1 ON tasks (a); CREATE INDEX i2 ON tasks (b);"
		"CREATE VIEW v AS SELECT 1;"
		"CREATE TRIGGER g AFTER INSERT ON tasks BEGIN SELECT 1; END;",
		"CREATE TABLE tasks ( -- now with words\n"
		"a TEXT PRIMARY KEY, b INT DEFAULT 5 COLLATE NOCASE, "
		"user_id INTEGER REFERENCES users, "
		"CONSTRAINT u2 UNIQUE (a, b), CONSTRAINT ck CHECK (b)) STRICT;"
		"CREATE TABLE users (id INTEGER PRIMARY KEY, n TEXT, m TEXT);"
		"CREATE UNIQUE INDEX i2 ON tasks (b);"
		"CREATE INDEX i3 ON tasks (b, a);"
		"CREATE VIEW w AS SELECT 1;"
		"CREATE TRIGGER g AFTER INSERT ON tasks BEGIN SELECT 2; END;",
		NULL, &arena, &diff);
	assert_reported(&diff, texts);
	assert_true(diff.changes[21].silent);
	assert_false(diff.changes[20].silent);
	assert_true(diff.foreign_keys_off);
}

/* Small changes and their complete texts. */
static const struct {
	const char *before, *after;
	const char *texts[3];
} small_changes[] = {
	{ "CREATE TABLE t (a INT)",
	  "CREATE TABLE t (a INT, PRIMARY KEY (a))",
	  { "primary key change from () to (a) on 't'" } },
	{ "CREATE TABLE t (a INTEGER PRIMARY KEY)",
	  "CREATE TABLE t (a INTEGER, CONSTRAINT pk_t PRIMARY KEY (a))",
	  { "primary key name change from no name to pk_t on 't'" } },
	{ "CREATE TABLE t (a INT, b INT, CONSTRAINT x PRIMARY KEY (a))",
	  "CREATE TABLE t (a INT, b INT, CONSTRAINT y PRIMARY KEY (b))",
	  { "primary key change from (a) to (b) on 't'" } },
	{ "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE q (id "
	  "INTEGER PRIMARY KEY); CREATE TABLE t (a INT REFERENCES p)",
	  "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE q (id "
	  "INTEGER PRIMARY KEY); CREATE TABLE t (a INT REFERENCES q)",
	  { "removed foreign key (a)(id) to p on table t",
	    "added foreign key (a)(id) to q on table t" } },
	{ "CREATE TABLE p (id INTEGER PRIMARY KEY, k INT UNIQUE);"
	  "CREATE TABLE t (a INT REFERENCES p)",
	  "CREATE TABLE p (id INTEGER PRIMARY KEY, k INT UNIQUE);"
	  "CREATE TABLE t (a INT REFERENCES p (k))",
	  { "removed foreign key (a)(id) on table t",
	    "added foreign key (a)(k) on table t" } },
};

static void test_small_changes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(small_changes); i++) {
		struct diff diff;
		ARENA(arena);

		compute_pair(small_changes[i].before, small_changes[i].after, NULL, &arena,
			&diff);
		assert_reported(&diff, small_changes[i].texts);
	}
}

static void test_questions(void **state)
{
	static const char before[] =
		"CREATE TABLE t (id INTEGER PRIMARY KEY, title TEXT, z INT);"
		"CREATE TABLE x (a INT, b INT);";
	static const char after[] =
		"CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(50), "
		"z INT); CREATE TABLE y (a INT, b INT);";
	const struct rename declined[] = {
		{ "x", NULL, "y" },
		{ "t", "title", "" },
	};
	const struct rename accepted[] = { { "t", "title", "name" } };
	struct diff diff;
	ARENA(arena);

	(void)state;
	compute_pair(before, after, NULL, &arena, &diff);
	assert_int_equal(diff.nquestions, 2);
	assert_string_equal(diff.question_texts[0],
			    "Did you rename table x to y?");
	assert_string_equal(diff.question_texts[1],
			    "Did you rename t.title to t.name (VARCHAR(50))?");
	assert_string_equal(diff.questions[1].table, "t");
	assert_string_equal(diff.questions[1].column, "title");
	assert_string_equal(diff.questions[1].to, "name");
	compute_pair(before, after,
		&(struct diff_options){ .declined = declined, .ndeclined = 2 },
		&arena, &diff);
	assert_int_equal(diff.nquestions, 0);
	compute_pair(before, after,
		&(struct diff_options){ .renames = accepted, .nrenames = 1 },
		&arena, &diff);
	assert_int_equal(diff.nquestions, 1);
	assert_non_null(strstr(diff.sql, "RENAME COLUMN title TO name"));
	/* Nothing resembles anything here. */
	compute_pair("CREATE TABLE t (a INT, b INT); CREATE TABLE p (q INT)",
		"CREATE TABLE t (b INT, c INT, zeta BLOB); "
		"CREATE TABLE r (s TEXT, u TEXT)",
		&(struct diff_options){
			.declined = (struct rename[]){ { "t", "a", "c" } },
			.ndeclined = 1,
		},
		&arena, &diff);
	assert_int_equal(diff.nquestions, 0);
}

static void test_missing(void **state)
{
	static const char before[] = "CREATE TABLE t (a INT);";
	static const char after[] =
		"CREATE TABLE t (a INT, b TEXT NOT NULL, c INT NOT NULL "
		"DEFAULT 1, d TEXT NOT NULL CHECK (d IN ('x', 'y')), "
		"e TEXT NOT NULL UNIQUE);";
	const struct fill fills[] = { { "T", "B", "'it''s'" } };
	struct diff diff;
	ARENA(arena);

	(void)state;
	compute_pair(before, after,
		&(struct diff_options){ .fills = fills, .nfills = 1 }, &arena,
		&diff);
	assert_int_equal(diff.nmissing, 2);
	assert_string_equal(diff.missing[0].table, "t");
	assert_string_equal(diff.missing[0].column, "d");
	assert_null(diff.missing[0].value);
	assert_non_null(strstr(diff.sql, "SELECT\trowid, a, 'it''s'\n"));
	compute_pair(before, after, &(struct diff_options){ .fill_zero = true },
		&arena, &diff);
	assert_int_equal(diff.nmissing, 0);
	assert_non_null(strstr(diff.sql, "a, '', 'x',"));
	assert_non_null(strstr(diff.sql, "row_number() OVER ()"));
}

static void test_order(void **state)
{
	static const char before[] = "CREATE TABLE t (a INT, b INT);";
	static const char after[] = "CREATE TABLE t (b INT, a INT);";
	struct diff diff;
	ARENA(arena);

	(void)state;
	compute_pair(before, after, NULL, &arena, &diff);
	assert_int_equal(diff.nchanges, 0);
	assert_string_equal(diff.sql, "");
	assert_int_equal(diff.nnotes, 1);
	assert_string_equal(diff.notes[0],
			    "the columns of 't' are in a different order; "
			    "--column-order changes that");
	compute_pair(before, after, &(struct diff_options){ .column_order = true },
		&arena, &diff);
	assert_int_equal(diff.nnotes, 0);
	assert_reported(&diff,
		    (const char *const[]){ "column order on table 't'", NULL });
}

/* DROP TABLE deletes the rows first, which cascades to those referencing it. */
static void test_drop_keys(void **state)
{
	struct diff diff;
	ARENA(arena);

	(void)state;
	compute_pair("CREATE TABLE t (a INT);", "", NULL, &arena, &diff);
	assert_false(diff.foreign_keys_off);
	compute_pair("CREATE TABLE t (a PRIMARY KEY); CREATE TABLE u (t REFERENCES "
		"t);",
		"CREATE TABLE u (t REFERENCES t);", NULL, &arena, &diff);
	assert_true(diff.foreign_keys_off);
	compute_pair("", "CREATE TABLE t (a INT);", NULL, &arena, &diff);
	assert_false(diff.foreign_keys_off);
}

static void test_wrong_rename(void **state)
{
	const struct rename renames[] = { { "t", "nosuch", "b" } };
	const struct diff_options options = {
		.renames = renames,
		.nrenames = 1,
	};
	struct schema *schema;
	struct diff diff;
	struct error e;
	ARENA(arena);

	(void)state;
	error_init(&e, &arena);
	assert_int_equal(schema_read_text("CREATE TABLE t (a)", "s", NULL,
					  &arena, &schema, &e),
			 OK);
	assert_int_equal(
		diff_compute(schema, schema, &options, &arena, &diff, &e),
		INVALID);
	assert_string_equal(e.message, "rename t.nosuch=b matches no removed "
				       "and added column");
}

/* Each hazard's query runs on the database before the change. */
static void test_hazards(void **state)
{
	struct story s = {
		.before = "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, "
			  "b TEXT, c INT, d INT UNIQUE, e TEXT);",
		.after = "CREATE TABLE t (id INTEGER PRIMARY KEY, "
			 "x INT NOT NULL, -- @renamed from=a\n"
			 "b TEXT COLLATE NOCASE UNIQUE, c INT CHECK (c > 0), "
			 "d INT NOT NULL DEFAULT 0 UNIQUE, e DATE);",
		.rows = "INSERT INTO t VALUES (1, NULL, 'p', 1, NULL, '007'), "
			"(2, 2, 'P', 0, NULL, '1.50'), "
			"(3, NULL, NULL, NULL, 3, '2024-01-02')",
	};
	static const char *const expected[] = {
		"t becomes unique in (b): 2|\n",
		"t becomes unique in (d): 2|\n",
		"t.x becomes NOT NULL: 2|\n",
		"t gets CHECK (c > 0): 1|\n",
		"t.e becomes DATE, which would rewrite its text: 1|\n",
	};

	(void)state;
	story_begin(&s);
	story_compute(&s);
	story_copy(&s);
	assert_int_equal(s.up.nhazards, COUNT(expected));
	for (size_t i = 0; i < COUNT(expected); i++)
		assert_string_equal(
			arena_printf(&s.arena, "%s: %s", s.up.hazards[i].text,
				     judge_rows(s.engine, s.up.hazards[i].count,
						false, &s.arena)),
			expected[i]);
	assert_string_equal(
		judge_rows(s.engine, s.up.hazards[3].show, false, &s.arena),
		"2|2|P|0|0|1.50|\n");
	assert_int_equal(apply_diff(&s, &s.up), INVALID);
	error_init(&s.e, &s.arena);
	assert_schema(&s, s.before, true, true);
	story_end(&s);
}

/* A column that becomes INTEGER PRIMARY KEY, and a CHECK on a new type. */
static void test_other_hazards(void **state)
{
	struct diff diff;
	ARENA(arena);

	(void)state;
	compute_pair("CREATE TABLE t (a INT);",
		"CREATE TABLE t (a TEXT CHECK (typeof(a) = 'text'));", NULL,
		&arena, &diff);
	assert_int_equal(diff.nhazards, 2);
	assert_string_equal(diff.hazards[0].text,
			    "t gets CHECK (typeof(a) = 'text')");
	assert_string_equal(diff.hazards[1].text,
			    "t.a becomes TEXT, which would rewrite its "
			    "numbers");
	compute_pair("CREATE TABLE t (a INT);",
		"CREATE TABLE t (a INTEGER PRIMARY KEY);", NULL, &arena, &diff);
	assert_string_equal(diff.hazards[0].text,
			    "t.a becomes INTEGER PRIMARY KEY");
}

/* "text: count|" of each hazard with rows. */
static const char *hazard_counts(struct story *s)
{
	BUFFER(all);

	story_copy(s);
	for (size_t i = 0; i < s->up.nhazards; i++) {
		const char *count = judge_rows(
			s->engine, s->up.hazards[i].count, false, &s->arena);

		if (strcmp(count, "0|\n") != 0)
			buffer_printf(&all, "%s: %s", s->up.hazards[i].text,
				      count);
	}
	row_copies_drop(s->engine, s->up.copies, s->up.ncopies);
	assert_string_equal(judge_rows(s->engine,
				       "SELECT name FROM temp.sqlite_schema",
				       false, &s->arena),
			    "");
	return arena_copy(&s->arena, buffer_string(&all));
}

/* Whether SQLite (3.54, say) writes all digits of a number as text; it then
   also checks generated columns of STRICT tables. */
static bool sqlite_is_exact(void)
{
	ARENA(arena);
	ENGINE(engine);
	struct error e;
	struct value same;

	error_init(&e, &arena);
	assert_int_equal(engine_open("sqlite://", 0, &engine, &e), OK);
	assert_int_equal(
		engine_query_one(engine,
				 "SELECT CAST(CAST(1.0 / 3 AS TEXT) AS REAL) = "
				 "1.0 / 3",
				 NULL, 0, &arena, &same, &e),
		OK);
	return same.integer;
}

/* Values that a new type would change, or that STRICT, a foreign key, a unique
   index or a CHECK would reject. */
static void test_row_hazards(void **state)
{
	bool exact = sqlite_is_exact();
	const char *third = exact ? "" : "t.a becomes TEXT, which would "
					 "rewrite its numbers: 1|\n";
	const char *wrong = exact ? "(NULL)" : "(1), (NULL)";
	const struct {
		const char *before, *after, *rows, *hazards;
	} rows[] = {
		/* 2^53 + 1 has no REAL, 2^53 has. */
		{ "a INTEGER", "a REAL",
		  "(9007199254740993), (9007199254740992), (1.5), ('x'), "
		  "(9223372036854775807)",
		  "t.a becomes REAL, which would rewrite its numbers: 2|\n" },
		{ "a REAL", "a TEXT", "(1), (0.1), (1.0 / 3), (NULL)",
		  third },
		{ "a TEXT", "a REAL", "('007'), ('7'), ('x'), (x'00')",
		  "t.a becomes REAL, which would rewrite its text: 1|\n" },
		{ "a INT NOT NULL", "a INTEGER PRIMARY KEY",
		  "(1), ('2'), ('3x'), (4.0), (4.5), (x'31')",
		  "t.a becomes INTEGER PRIMARY KEY: 3|\n" },
		{ "a", "a INT) STRICT; --",
		  "(1), ('1'), (1.0), ('1.0'), (NULL), (1.5), ('x'), (x'31')",
		  "t.a becomes a strict INT: 3|\n" },
		{ "a", "a REAL) STRICT; --",
		  "(1), ('1.5'), (1.5), (NULL), ('x'), (x'31')",
		  "t.a becomes a strict REAL: 2|\n" },
		{ "a", "a TEXT) STRICT; --", "(1), (1.5), ('x'), (x'31')",
		  "t.a becomes a strict TEXT: 1|\n" },
		{ "a", "a BLOB) STRICT; --", "(x'00'), (NULL), (1), ('x')",
		  "t.a becomes a strict BLOB: 2|\n" },
		{ "id INTEGER PRIMARY KEY, up INT",
		  "id INTEGER PRIMARY KEY, up INT REFERENCES t",
		  "(1, NULL), (2, 1), (3, 2), (4, 9)",
		  "t gets FOREIGN KEY (up) REFERENCES t: 1|\n" },
		{ "id INTEGER PRIMARY KEY, up INT",
		  "id INTEGER PRIMARY KEY, up INT REFERENCES new); CREATE "
		  "TABLE new (id INTEGER PRIMARY KEY",
		  "(1, NULL), (2, 1)",
		  "t gets FOREIGN KEY (up) REFERENCES new: 1|\n" },
		/* With a TEXT parent 7.0 is not '7', and x'61' not 'a'. */
		{ "k TEXT PRIMARY KEY, up",
		  "k TEXT PRIMARY KEY, up REAL REFERENCES t",
		  "('7', NULL), ('8.0', 7), ('a', 8), ('b', x'61'), ('c', 'a')",
		  "t gets FOREIGN KEY (up) REFERENCES t: 2|\n" },
		/* The replacement of a NULL is compared as a number too. */
		{ "a INTEGER", "a INTEGER NOT NULL DEFAULT 5 CHECK (a < '5')",
		  "(NULL), (4), (6)", "t gets CHECK (a < '5'): 2|\n" },
		/* 'x' had no parent before. */
		{ "k TEXT COLLATE NOCASE PRIMARY KEY, up TEXT REFERENCES t",
		  "k TEXT PRIMARY KEY, up TEXT REFERENCES t",
		  "('A', 'a'), ('b', 'b'), ('c', 'x')",
		  "t keeps FOREIGN KEY (up) REFERENCES t: 1|\n" },
		{ "a", "a); CREATE UNIQUE INDEX i ON t (lower(a)",
		  "('A'), ('a'), ('b'), (NULL), (NULL)",
		  "t becomes unique in (lower(a)): 2|\n" },
		{ "a, b",
		  "a, b); CREATE UNIQUE INDEX i ON t "
		  "(a COLLATE NOCASE DESC, b || '') WHERE (b > 0",
		  "('A', 1), ('a', 1), ('b', 1), ('c', 0), ('c', 0)",
		  "t becomes unique in (a, b || '') WHERE (b > 0): 2|\n" },
		{ "a); CREATE UNIQUE INDEX i ON t (a) WHERE (a > 1",
		  "a); CREATE UNIQUE INDEX i ON t (a) WHERE (a > 0", "(1), (1)",
		  "t becomes unique in (a) WHERE (a > 0): 2|\n" },
		{ "a", "a, b INT AS (a * 2) UNIQUE", "(1), ('1'), (2)",
		  "t becomes unique in (b): 2|\n" },
		{ "a BLOB UNIQUE", "a INT UNIQUE", "('1'), (1), (2)",
		  "t becomes unique in (a): 2|\n" },
		{ "a INT", "a INTEGER PRIMARY KEY", "(1), (1), ('2'), (3)",
		  "t becomes unique in (a): 2|\n" },
		{ "a", "a, b INT AS (a * 2) CHECK (b > 5)", "(1), (9), (NULL)",
		  "t gets CHECK (b > 5): 1|\n" },
		{ "a", "a, b INT AS (a * 2) NOT NULL", "(NULL), (1)",
		  "t.b is generated and NOT NULL: 1|\n" },
		{ "a, b AS (a * 2) CHECK (b > 5)",
		  "a, b AS (a * 3) CHECK (b > 9)", "(3), (4)",
		  "t gets CHECK (b > 9): 1|\n" },
		{ "a, b AS (a + 1) CHECK (b > 2)", "a, b AS (a) CHECK (b > 2)",
		  "(2), (3)", "t keeps CHECK (b > 2): 1|\n" },
		{ "a INT", "a TEXT CHECK (a < '5')", "(7), (100)",
		  "t gets CHECK (a < '5'): 1|\n" },
		{ "a INT CHECK (a > 50)", "a TEXT CHECK (a > 50)",
		  "(60), (100)", "t keeps CHECK (a > 50): 1|\n" },
		{ "a TEXT", "a TEXT, b INT AS (a)) STRICT; --", "('1'), ('x')",
		  "t.b becomes a strict INT: 1|\n" },
		/* A fill is converted by its column. */
		{ "a INT) STRICT; --", "a INT, b INT DEFAULT 'x') STRICT; --",
		  "(1), (2)", "t.b becomes a strict INT: 2|\n" },
		{ "a INT) STRICT; --", "a INT, b INT DEFAULT '5') STRICT; --",
		  "(1)", "" },
		{ "a INT) STRICT; --", "a INT, b INT DEFAULT 1.5) STRICT; --",
		  "(1)", "t.b becomes a strict INT: 1|\n" },
		{ "a INT) STRICT; --",
		  "a INT NOT NULL DEFAULT CURRENT_DATE) STRICT; --",
		  "(1), (NULL)", "t.a becomes a strict INT: 1|\n" },
		{ "a INT, b INT",
		  "a INT, b INT NOT NULL DEFAULT (nullif(1, 1)), c INT NOT "
		  "NULL DEFAULT (1 + 1)",
		  "(1, 2), (1, NULL)",
		  "t.b is NOT NULL, but its DEFAULT yields NULL: 1|\n" },
		{ "a INT", "a INT NOT NULL DEFAULT 0 CHECK (a = lower(a))",
		  "(1), (NULL)", "" },
		{ "a", "a, b INT DEFAULT '007' CHECK (b = lower(b))", "(1)",
		  "" },
		{ "a", "a, b TEXT DEFAULT 7 CHECK (b = 7 AND b < '6')", "(1)",
		  "t gets CHECK (b = 7 AND b < '6'): 1|\n" },
		{ "a REAL CHECK (length(a) < 3)",
		  "a REAL NOT NULL DEFAULT 1 CHECK (length(a) < 3)", "(NULL)",
		  "t keeps CHECK (length(a) < 3): 1|\n" },
		/* Existing violations are ignored. */
		{ "a INT, b BLOB AS (a)) STRICT; --",
		  "a INT NOT NULL DEFAULT 0, b BLOB AS (a)) STRICT; --",
		  wrong, exact ? "t.b becomes a strict BLOB: 1|\n" : "" },
		{ "a INT, b INT AS (a)) STRICT; --",
		  "a INT, b BLOB AS (a)) STRICT; --", "(1), (NULL)",
		  "t.b becomes a strict BLOB: 1|\n" },
		{ "a BLOB, b BLOB AS (a)) STRICT; --",
		  "a TEXT, b BLOB AS (a)) STRICT; --", "(NULL)", "" },
		/* A foreign key's value gets its parent's affinity. */
		{ "k TEXT UNIQUE, up", "k TEXT UNIQUE, up REFERENCES t (k)",
		  "('1', 1), ('2', '3'), ('1.0', 2.0)",
		  "t gets FOREIGN KEY (up) REFERENCES t: 2|\n" },
		{ "k UNIQUE, up TEXT", "k UNIQUE, up TEXT REFERENCES t (k)",
		  "(1, '1'), ('2', '2')",
		  "t gets FOREIGN KEY (up) REFERENCES t: 1|\n" },
		{ "k TEXT UNIQUE, up NUMERIC",
		  "k TEXT UNIQUE, up NUMERIC REFERENCES t (k)",
		  "('1.0', '1.0'), ('2', '2')",
		  "t gets FOREIGN KEY (up) REFERENCES t: 1|\n" },
		/* The referenced columns become a key in the same change. */
		{ "k TEXT, up", "k TEXT PRIMARY KEY, up REFERENCES t",
		  "('1', 1), ('2', '3')",
		  "t gets FOREIGN KEY (up) REFERENCES t: 1|\n" },
		/* The parent is removed; '7' had none. */
		{ "a REFERENCES p (u)); CREATE TABLE p (u TEXT UNIQUE",
		  "a REFERENCES p (u)",
		  "('1'), ('7'), (NULL); INSERT INTO p VALUES ('1')",
		  "t keeps FOREIGN KEY (a) REFERENCES p: 1|\n" },
		/* The key's value changes; '9' had no parent before. */
		{ "k TEXT UNIQUE, up TEXT REFERENCES t (k)",
		  "k TEXT UNIQUE, up TEXT NOT NULL DEFAULT '2' REFERENCES t "
		  "(k)",
		  "('1', '1'), ('3', NULL), ('4', '9')",
		  "t keeps FOREIGN KEY (up) REFERENCES t: 1|\n" },
		{ "k TEXT UNIQUE, up INTEGER REFERENCES t (k)",
		  "k TEXT UNIQUE, up REAL REFERENCES t (k)",
		  "('1', '1'), ('3', NULL)",
		  "t keeps FOREIGN KEY (up) REFERENCES t: 1|\n" },
		{ "a TEXT", "a REAL",
		  "('9007199254740993'), ('9007199254740993x'), ('1.50'), "
		  "('-9223372036854775808'), ('10'), ('1.00'), ('.5')",
		  "t.a becomes REAL, which would rewrite its text: 3|\n" },
		/* Text that can be restored is not lost. */
		{ "a TEXT", "a REAL", "(1e20), ('1e20')",
		  "t.a becomes REAL, which would rewrite its text: 1|\n" },
		{ "a", "a REAL", "(9007199254740993), (1)",
		  "t.a becomes REAL, which would rewrite its text: 1|\n" },
		/* A generated column that depends on a changed one. */
		{ "a INT, b AS (a), c AS (b) CHECK (c < 9)",
		  "a INT, b AS (a * 9), c AS (b) CHECK (c < 9)", "(1)",
		  "t keeps CHECK (c < 9): 1|\n" },
		/* Names that are keywords. */
		{ "\"order\" INT", "\"order\" INT CHECK (\"order\" > 1)",
		  "(1), (2)", "t gets CHECK (\"order\" > 1): 1|\n" },
		/* A function's name is not a column. */
		{ "a, lower AS (upper(a)), upper AS (lower(a))",
		  "a, lower AS (upper(a)), upper AS (lower(a)) UNIQUE",
		  "('x'), ('X')", "t becomes unique in (upper): 2|\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct story s = { .rows = NULL };
		ARENA(arena);

		s.before = arena_printf(&arena, "CREATE TABLE t (%s);",
					rows[i].before);
		s.after = arena_printf(&arena, "CREATE TABLE t (%s);",
				       rows[i].after);
		s.rows = arena_printf(&arena,
				      "PRAGMA foreign_keys = OFF; "
				      "INSERT INTO t VALUES %s",
				      rows[i].rows);
		story_begin(&s);
		story_compute(&s);
		assert_string_equal(hazard_counts(&s), rows[i].hazards);
		story_end(&s);
	}
}

#define FTS(columns) "CREATE VIRTUAL TABLE f USING fts5(" columns ");"

/* Changes of virtual tables that would lose data. */
static void test_losses(void **state)
{
	static const char *const pairs[][2] = {
		{ FTS("a"), FTS("a, content='d'") },
		{ FTS("a"), "CREATE TABLE f (a);" },
		{ "CREATE TABLE f (a);", FTS("a") },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct story s = { .before = pairs[i][0],
				   .after = pairs[i][1] };

		story_begin(&s);
		assert_int_equal(
			diff_compute(s.from, s.to, NULL, &s.arena, &s.up, &s.e),
			INVALID);
		assert_non_null(strstr(s.e.message, "table f "));
		story_end(&s);
	}
}

static void refute(struct story *s, const char *up, const char *down,
		   const char *message)
{
	s->up.sql = up;
	s->down.sql = down;
	assert_int_equal(diff_prove(s->from, s->to, &s->up, &s->down, &s->e),
			 FAILED);
	assert_memory_equal(s->e.message, message, strlen(message));
	error_init(&s->e, &s->arena);
}

/* A proof that cannot fail proves nothing. */
static void test_proof(void **state)
{
	struct story s = {
		.before = "CREATE TABLE t (a INT);",
		.after = "CREATE TABLE t (a INT, b INT);",
	};
	const char *up;

	(void)state;
	story_begin(&s);
	story_compute(&s);
	up = s.up.sql;
	refute(&s, "ALTER TABLE t ADD COLUMN c INT;\n", "",
	       "the generated upgrade leaves a difference: "
	       "removed column 't.c'");
	refute(&s, "ALTER TABEL t ADD COLUMN b INT;\n", "",
	       "the generated upgrade fails: ");
	refute(&s, up, "",
	       "the generated downgrade leaves a difference: "
	       "removed column 't.b'");
	refute(&s, up, "COMMIT;\n",
	       "the generated downgrade fails: ");
	story_end(&s);
}

static const struct CMUnitTest others[] = {
	cmocka_unit_test(test_noise),
	cmocka_unit_test(test_swap),
	cmocka_unit_test(test_rename_over),
	cmocka_unit_test(test_texts),
	cmocka_unit_test(test_small_changes),
	cmocka_unit_test(test_questions),
	cmocka_unit_test(test_missing),
	cmocka_unit_test(test_order),
	cmocka_unit_test(test_drop_keys),
	cmocka_unit_test(test_wrong_rename),
	cmocka_unit_test(test_hazards),
	cmocka_unit_test(test_proof),
	cmocka_unit_test(test_losses),
	cmocka_unit_test(test_other_hazards),
	cmocka_unit_test(test_row_hazards),
};

int main(void)
{
	struct CMUnitTest tests[COUNT(cases) + COUNT(others)];
	size_t n = 0;

	for (size_t i = 0; i < COUNT(cases); i++)
		tests[n++] = (struct CMUnitTest){
			.name = cases[i].name,
			.test_func = test_change,
			.initial_state = (void *)(uintptr_t)&cases[i],
		};
	for (size_t i = 0; i < COUNT(others); i++)
		tests[n++] = others[i];
	return _cmocka_run_group_tests("test_schema_change", tests, n, NULL,
				       NULL);
}
