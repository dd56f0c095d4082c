/* Changes that the fixtures lack, and what a difference tells and asks. */
#include "test_schema_story.h"

/*
 * More changes, one to a line of this table: texts, rows, and two queries that
 * give the same before and after.
 */
struct change_case {
	const char *name, *before, *after, *rows;
	const char *keep_before, *keep_after;
	const char *tells;	/* a change that must be told */
	const char *has, *lacks;	/* in the SQL of up; NULL: anything */
	bool other_text;
};

#define USERS "CREATE TABLE u (id INTEGER PRIMARY KEY, n TEXT NOT NULL);"
#define TWO "INSERT INTO u VALUES (1, 'a'), (2, 'b');"

static const struct change_case cases[] = {
	{
		.name = "drop_table",
		.before = USERS "CREATE TABLE x (a);",
		.after = USERS,
		.rows = TWO "INSERT INTO x VALUES (1)",
		.keep_before = "SELECT * FROM u",
		.keep_after = "SELECT * FROM u",
		.tells = "removed table 'x'",
		.has = "DROP TABLE x;\n",
	},
	{
		.name = "add_column_nullable",
		.before = USERS,
		.after = "CREATE TABLE u (id INTEGER PRIMARY KEY, n TEXT NOT "
			"NULL, due DATE);",
		.rows = TWO,
		.keep_before = "SELECT id, n FROM u",
		.keep_after = "SELECT id, n FROM u",
		.tells = "added column 'u.due'",
		.has = "ALTER TABLE u ADD COLUMN due DATE;\n",
		.lacks = "DROP",
	},
	{
		.name = "add_column_default_now",
		.before = USERS,
		.after = "CREATE TABLE u (id INTEGER PRIMARY KEY, n TEXT NOT "
			"NULL, at TEXT DEFAULT CURRENT_TIMESTAMP NOT NULL);",
		.rows = TWO,
		.keep_before = "SELECT id, n, 19 FROM u",
		.keep_after = "SELECT id, n, length(at) FROM u",
		.tells = "added column 'u.at'",
		.has = "_taskmgr_new_u",
	},
	{
		.name = "add_column_with_note",
		.before = USERS,
		.after = "CREATE TABLE u (id INTEGER PRIMARY KEY, n TEXT NOT "
			"NULL, due DATE -- when @readonly\n);",
		.rows = TWO,
		.keep_before = "SELECT id, n FROM u",
		.keep_after = "SELECT id, n FROM u",
		.tells = "added column 'u.due'",
		.has = "ADD COLUMN due DATE /* when @readonly */;\n",
		.lacks = "DROP",
	},
	{
		.name = "add_column_below_a_note",
		.before = "CREATE TABLE u (a INT, n TEXT, -- a note\n "
			"PRIMARY KEY (a));",
		.after = "CREATE TABLE u (a INT, n TEXT, -- a note\n b INT,\n"
			"PRIMARY KEY (a));",
		.rows = TWO,
		.keep_before = "SELECT a, n FROM u",
		.keep_after = "SELECT a, n FROM u",
		.tells = "added column 'u.b'",
		.has = "_taskmgr_new_u",
	},
	{
		.name = "add_column_checked",
		.before = USERS,
		.after = "CREATE TABLE u (id INTEGER PRIMARY KEY, n TEXT NOT "
			"NULL, p INT NOT NULL DEFAULT -1 CHECK (p >= -1) "
			"REFERENCES u (id));",
		.keep_before = "SELECT id, n FROM u",
		.keep_after = "SELECT id, n FROM u",
		.tells = "added foreign key (p)(id) on table u",
		.has = "_taskmgr_new_u",
	},
	{
		.name = "add_column_in_between",
		.before = "CREATE TABLE t (a INT, c INT);",
		.after = "CREATE TABLE t (a INT, b INT, c INT);",
		.rows = "INSERT INTO t VALUES (1, 3)",
		.keep_before = "SELECT a, c FROM t",
		.keep_after = "SELECT a, c FROM t",
		.tells = "added column 't.b'",
		.has = "_taskmgr_new_t",
	},
	{
		.name = "drop_column_unique",
		.before = "CREATE TABLE t (a INT, b TEXT NOT NULL UNIQUE);",
		.after = "CREATE TABLE t (a INT);",
		.rows = "INSERT INTO t VALUES (1, 'x'), (2, 'y')",
		.keep_before = "SELECT a FROM t",
		.keep_after = "SELECT a FROM t",
		.tells = "removed unique constraint on '(b)'",
	},
	{
		.name = "drop_last_column_with_notes",
		.before = "CREATE TABLE t (a INT, -- of a\n b INT, -- of b\n "
			"c INT -- of c\n);",
		.after = "CREATE TABLE t (a INT, -- of a\n b INT -- of b\n);",
		.rows = "INSERT INTO t VALUES (1, 2, 3)",
		.keep_before = "SELECT a, b FROM t",
		.keep_after = "SELECT a, b FROM t",
		.tells = "removed column 't.c'",
		.has = "_taskmgr_new_t",
	},
	{
		.name = "drop_column_below_hidden",
		.before = "CREATE TABLE t (a INT,\n -- @hidden\n b INT, c "
			"INT);",
		.after = "CREATE TABLE t (a INT, c INT);",
		.rows = "INSERT INTO t VALUES (1, 2, 3)",
		.keep_before = "SELECT a, c FROM t",
		.keep_after = "SELECT a, c FROM t",
		.tells = "removed column 't.b'",
	},
	{
		.name = "rename_column_everywhere",
		.before = "CREATE TABLE p (id INTEGER PRIMARY KEY, k TEXT "
			"UNIQUE, CHECK (k <> ''));CREATE TABLE c (k TEXT "
			"REFERENCES p (k) ON UPDATE CASCADE);CREATE INDEX pk "
			"ON p (lower(k)) WHERE k > 'a';CREATE VIEW v AS "
			"SELECT p.k FROM p;CREATE TRIGGER tr AFTER UPDATE OF "
			"k ON p BEGIN UPDATE c SET k = new.k WHERE k = "
			"old.k; END;",
		.after = "CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT "
			"UNIQUE, CHECK (code <> ''));CREATE TABLE c (k TEXT "
			"REFERENCES p (code) ON UPDATE CASCADE);CREATE INDEX "
			"pk ON p (lower(code)) WHERE code > 'a';CREATE VIEW "
			"v AS SELECT p.code FROM p;CREATE TRIGGER tr AFTER "
			"UPDATE OF code ON p BEGIN UPDATE c SET k = new.code "
			"WHERE k = old.code; END;",
		.rows = "INSERT INTO p VALUES (1, 'x'); INSERT INTO c VALUES "
			"('x')",
		.keep_before = "SELECT * FROM p, c, v",
		.keep_after = "SELECT * FROM p, c, v",
		.tells = "renamed column 'p.k' to 'p.code'",
		.has = "ALTER TABLE p RENAME COLUMN k TO code;\n",
		.lacks = "DROP TABLE",
	},
	{
		.name = "rename_and_type",
		.before = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);",
		.after = "CREATE TABLE t (id INTEGER PRIMARY KEY, b INT);",
		.rows = "INSERT INTO t VALUES (1, '7')",
		.keep_before = "SELECT id, a FROM t",
		.keep_after = "SELECT id, b FROM t",
		.tells = "type change from TEXT to INT on 't.b'",
		.has = "RENAME COLUMN a TO b",
	},
	{
		.name = "rename_and_add_beside",
		.before = "CREATE TABLE t (id INTEGER PRIMARY KEY, title "
			"TEXT, z INT);",
		.after = "CREATE TABLE t (id INTEGER PRIMARY KEY, new_one "
			"DATE, name TEXT, z INT);",
		.rows = "INSERT INTO t VALUES (1, 'x', 2)",
		.keep_before = "SELECT id, title, z FROM t",
		.keep_after = "SELECT id, name, z FROM t",
		.tells = "renamed column 't.title' to 't.name'",
	},
	{
		.name = "rename_annotated",
		.before = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b "
			"TEXT);",
		.after = "CREATE TABLE t2 ( -- @renamed from=t\n id INTEGER "
			"PRIMARY KEY, c TEXT, -- @renamed from=b\n d TEXT -- "
			"@renamed from=a\n);",
		.rows = "INSERT INTO t VALUES (1, 'x', 'y')",
		.keep_before = "SELECT id, b, a FROM t",
		.keep_after = "SELECT id, c, d FROM t2",
		.tells = "renamed table 't' to 't2'",
	},
	{
		.name = "rename_quoted",
		.before = "CREATE TABLE \"o d\"\"d\" (id INTEGER PRIMARY "
			"KEY, \"a b\" TEXT, [order] INT);CREATE INDEX \"i "
			"x\" ON \"o d\"\"d\" (\"a b\");",
		.after = "CREATE TABLE \"o d\"\"d\" (id INTEGER PRIMARY KEY, "
			"\"c d\" TEXT, \"order\" BIGINT NOT NULL);CREATE "
			"INDEX \"i x\" ON \"o d\"\"d\" (\"c d\");",
		.rows = "INSERT INTO \"o d\"\"d\" VALUES (1, 'x', 3)",
		.keep_before = "SELECT * FROM \"o d\"\"d\"",
		.keep_after = "SELECT * FROM \"o d\"\"d\"",
	},
	{
		.name = "type_change_int_text",
		.before = "CREATE TABLE t (a INT);",
		.after = "CREATE TABLE t (a TEXT);",
		.rows = "INSERT INTO t VALUES (1), (2)",
		.keep_before = "SELECT CAST(a AS TEXT) FROM t",
		.keep_after = "SELECT a FROM t",
		.tells = "type change from INT to TEXT on 't.a'",
	},
	{
		.name = "default_add",
		.before = "CREATE TABLE t (a INT);",
		.after = "CREATE TABLE t (a INT DEFAULT 5);",
		.rows = "INSERT INTO t VALUES (1)",
		.keep_before = "SELECT a FROM t",
		.keep_after = "SELECT a FROM t",
		.tells = "server default on column 't.a'",
	},
	{
		.name = "set_not_null_with_default",
		.before = "CREATE TABLE t (a INT, b TEXT);",
		.after = "CREATE TABLE t (a INT NOT NULL DEFAULT 7, b TEXT);",
		.rows = "INSERT INTO t VALUES (1, 'x')",
		.keep_before = "SELECT a, b FROM t",
		.keep_after = "SELECT a, b FROM t",
		.tells = "NOT NULL on column 't.a'",
		.has = "coalesce(a, 7)",
	},
	{
		.name = "pk_change",
		.before = "CREATE TABLE t (a INT, b INT, PRIMARY KEY (a));",
		.after = "CREATE TABLE t (a INT, b INT, PRIMARY KEY (a, b));",
		.rows = "INSERT INTO t VALUES (1, 2)",
		.keep_before = "SELECT rowid, a, b FROM t",
		.keep_after = "SELECT rowid, a, b FROM t",
		.tells = "primary key change from (a) to (a, b) on 't'",
	},
	{
		.name = "pk_new_alias",
		.before = "CREATE TABLE t (a INT);",
		.after = "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);",
		.rows = "INSERT INTO t VALUES (7), (8), (9); DELETE FROM t "
			"WHERE a = 8;",
		.keep_before = "SELECT rowid, a FROM t",
		.keep_after = "SELECT id, a FROM t",
	},
	{
		.name = "generated_add_virtual",
		.before = "CREATE TABLE t (a INT);",
		.after = "CREATE TABLE t (a INT, b INT AS (a * 2) VIRTUAL);",
		.rows = "INSERT INTO t VALUES (4)",
		.keep_before = "SELECT a, a * 2 FROM t",
		.keep_after = "SELECT a, b FROM t",
		.tells = "added column 't.b'",
		.has = "ADD COLUMN b INT AS (a * 2) VIRTUAL;\n",
		.lacks = "DROP",
	},
	{
		.name = "generated_drop",
		.before = "CREATE TABLE t (a INT, b INT AS (a * 2) STORED);",
		.after = "CREATE TABLE t (a INT);",
		.rows = "INSERT INTO t VALUES (4)",
		.keep_before = "SELECT a FROM t",
		.keep_after = "SELECT a FROM t",
		.tells = "removed column 't.b'",
	},
	{
		.name = "unique_change_cols",
		.before = "CREATE TABLE t (a INT, b INT, CONSTRAINT q UNIQUE "
			"(a));",
		.after = "CREATE TABLE t (a INT, b INT, CONSTRAINT q UNIQUE "
			"(a, b));",
		.rows = "INSERT INTO t VALUES (1, 2)",
		.keep_before = "SELECT * FROM t",
		.keep_after = "SELECT * FROM t",
		.tells = "added unique constraint 'q' on '(a, b)'",
	},
	{
		.name = "index_desc_change",
		.before = "CREATE TABLE t (a INT); CREATE INDEX i ON t (a);",
		.after = "CREATE TABLE t (a INT); CREATE INDEX i ON t (a "
			"DESC);",
		.rows = "INSERT INTO t VALUES (1)",
		.keep_before = "SELECT * FROM t",
		.keep_after = "SELECT * FROM t",
		.tells = "changed index 'i' on 't'",
		.has = "DROP INDEX i;\nCREATE INDEX i ON t (a DESC);\n",
	},
	{
		.name = "without_rowid_on",
		.before = "CREATE TABLE t (a TEXT PRIMARY KEY, b INT);",
		.after = "CREATE TABLE t (a TEXT PRIMARY KEY, b INT) WITHOUT "
			"ROWID;",
		.rows = "INSERT INTO t VALUES ('x', 1)",
		.keep_before = "SELECT * FROM t",
		.keep_after = "SELECT * FROM t",
		.tells = "added WITHOUT ROWID on table 't'",
	},
	{
		.name = "view_chain",
		.before = "CREATE TABLE t (a INT, b INT);CREATE VIEW v1 AS "
			"SELECT a FROM t;CREATE VIEW v2 AS SELECT a FROM v1;",
		.after = "CREATE TABLE t (a INT NOT NULL, b INT);CREATE VIEW "
			"v1 AS SELECT a, b FROM t;CREATE VIEW v2 AS SELECT a "
			"FROM v1;",
		.rows = "INSERT INTO t VALUES (1, 2)",
		.keep_before = "SELECT a FROM v2",
		.keep_after = "SELECT a FROM v2",
		.tells = "changed view 'v1'",
	},
	{
		.name = "circular_keys",
		.before = "CREATE TABLE a (id INTEGER PRIMARY KEY, b INT "
			"REFERENCES b, up INT REFERENCES a ON DELETE "
			"CASCADE);CREATE TABLE b (id INTEGER PRIMARY KEY, a "
			"INT REFERENCES a ON DELETE CASCADE);",
		.after = "CREATE TABLE a (id INTEGER PRIMARY KEY, b INT NOT "
			"NULL REFERENCES b, up INT REFERENCES a ON DELETE "
			"CASCADE);CREATE TABLE b (id INTEGER PRIMARY KEY, a "
			"BIGINT REFERENCES a ON DELETE CASCADE);",
		.rows = "PRAGMA foreign_keys = OFF; INSERT INTO a VALUES (1, "
			"1, 1); INSERT INTO b VALUES (1, 1); PRAGMA "
			"foreign_keys = ON;",
		.keep_before = "SELECT * FROM a, b",
		.keep_after = "SELECT * FROM a, b",
	},
	{
		.name = "comment_change",
		.before = "CREATE TABLE t (a INT, -- old words\n b INT);",
		.after = "CREATE TABLE t (a INT, -- new words @hidden\n b "
			"INT);",
		.rows = "INSERT INTO t VALUES (1, 2)",
		.keep_before = "SELECT a, b FROM t",
		.keep_after = "SELECT a, b FROM t",
		.tells = "column comment 't.a'",
	},
	{
		.name = "view_annotated",
		.before = "CREATE VIEW v AS SELECT 1 AS a;",
		.after = "CREATE VIEW v AS -- @hidden\n SELECT 1 AS a;",
		.keep_before = "SELECT a FROM v",
		.keep_after = "SELECT a FROM v",
		.tells = "changed view 'v'",
	},
	{
		.name = "qualified_check",
		.before = "CREATE TABLE t (a INT, CHECK (t.a > 0));",
		.after = "CREATE TABLE t (a INT NOT NULL, CHECK (t.a > 1));",
		.rows = "INSERT INTO t VALUES (2)",
		.keep_before = "SELECT a FROM t",
		.keep_after = "SELECT a FROM t",
		.other_text = true,
	},
	{
		.name = "broken_view_kept",
		.before = "CREATE TABLE t (a INT, b INT);CREATE VIEW v AS "
			"SELECT nosuch FROM nowhere;",
		.after = "CREATE TABLE t (a INT);CREATE VIEW v AS SELECT "
			"nosuch FROM nowhere;",
		.rows = "INSERT INTO t VALUES (1, 2)",
		.keep_before = "SELECT a FROM t",
		.keep_after = "SELECT a FROM t",
		.tells = "removed column 't.b'",
		.has = "_taskmgr_new_t",
	},
	{
		.name = "rename_beside_broken_view",
		.before = "CREATE TABLE t (a INT);CREATE VIEW v AS SELECT "
			"nosuch FROM nowhere;CREATE TRIGGER tr AFTER INSERT "
			"ON t BEGIN SELECT 1; END;",
		.after = "CREATE TABLE t (b INT);CREATE VIEW v AS SELECT "
			"nosuch FROM nowhere;CREATE TRIGGER tr AFTER INSERT "
			"ON t BEGIN SELECT 1; END;",
		.rows = "INSERT INTO t VALUES (1)",
		.keep_before = "SELECT a FROM t",
		.keep_after = "SELECT b FROM t",
		.tells = "renamed column 't.a' to 't.b'",
		.has = "DROP VIEW v",
	},
	{
		.name = "fts_column",
		.before = "CREATE VIRTUAL TABLE f USING fts5(a);",
		.after = "CREATE VIRTUAL TABLE f USING fts5(a, b);",
		.rows = "INSERT INTO f (rowid, a) VALUES (7, 'word')",
		.keep_before = "SELECT rowid, a FROM f WHERE f MATCH 'word'",
		.keep_after = "SELECT rowid, a FROM f WHERE f MATCH 'word'",
		.tells = "changed virtual table 'f'",
	},
	{
		.name = "fts_external_tokens",
		.before = "CREATE TABLE d (t TEXT); CREATE VIRTUAL TABLE f "
			"USING fts5(t, content='d');",
		.after = "CREATE TABLE d (t TEXT); CREATE VIRTUAL TABLE f "
			"USING fts5(t, content='d', tokenize='porter');",
		.rows = "INSERT INTO d VALUES ('words'); INSERT INTO f (f) "
			"VALUES ('rebuild');",
		.keep_before = "SELECT rowid FROM f WHERE f MATCH 'words'",
		.keep_after = "SELECT rowid FROM f WHERE f MATCH 'words'",
	},
	{
		.name = "nothing_stays",
		.before = "CREATE TABLE t (a INT);",
		.after = "CREATE TABLE t (b TEXT AS ('x') VIRTUAL, c TEXT);",
		.rows = "INSERT INTO t VALUES (1), (2)",
		.keep_before = "SELECT count(*) FROM t",
		.keep_after = "SELECT count(*) FROM t",
	},
	{
		.name = "conflict_clause_loses_nothing",
		.before = "CREATE TABLE t (a INT, b INT UNIQUE);",
		.after = "CREATE TABLE t (a INT UNIQUE ON CONFLICT IGNORE, b "
			"INT UNIQUE);",
		.rows = "INSERT INTO t VALUES (1, 1), (2, 2)",
		.keep_before = "SELECT a, b FROM t",
		.keep_after = "SELECT a, b FROM t",
		.tells = "added unique constraint on '(a)'",
		.has = "INSERT OR ABORT",
	},
	{
		.name = "trigger_on_rebuilt_elsewhere",
		.before = "CREATE TABLE a (x INT); CREATE TABLE b (y "
			"INT);CREATE TRIGGER tr AFTER INSERT ON a BEGIN "
			"INSERT INTO b VALUES (new.x); END;",
		.after = "CREATE TABLE a (x INT); CREATE TABLE b (y INT NOT "
			"NULL);CREATE TRIGGER tr AFTER INSERT ON a BEGIN "
			"INSERT INTO b VALUES (new.x); END;",
		.rows = "INSERT INTO a VALUES (1)",
		.keep_before = "SELECT * FROM b",
		.keep_after = "SELECT * FROM b",
		.tells = "NOT NULL on column 'b.y'",
		.lacks = "CREATE TRIGGER",
	},
};

static void test_change(void **state)
{
	const struct change_case *c = *state;
	struct story s = {
		.before = c->before,
		.after = c->after,
		.rows = c->rows,
		.other_text = c->other_text,
	};
	bool told = !c->tells;
	const char *keep;

	story_begin(&s);
	keep = arena_printf(&s.arena, "%s\n%s\n", c->keep_before,
			    c->keep_after);
	story_compute(&s);
	if (getenv("SHOW"))
		print_message("%s\n%s--\n%s", c->name, s.up.sql, s.down.sql);
	for (size_t i = 0; i < s.up.nchanges; i++)
		told |= c->tells && !strcmp(s.up.changes[i].text, c->tells);
	if (!told)
		for (size_t i = 0; i < s.up.nchanges; i++)
			print_error("told: %s\n", s.up.changes[i].text);
	assert_true(told);
	if (c->has && !strstr(s.up.sql, c->has))
		print_error("%s lacks %s\n", s.up.sql, c->has);
	assert_true(!c->has || strstr(s.up.sql, c->has));
	assert_true(!c->lacks || !strstr(s.up.sql, c->lacks));
	check_change(&s, keep);
	story_end(&s);
}

/* A circle of renames, of columns and of tables. */
static void test_swap(void **state)
{
	static const struct rename renames[] = {
		{ "t", "a", "b" }, { "t", "b", "a" }, { "t", NULL, "s" },
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

/* A rename whose new name is still that of a column or table that goes. */
static void test_rename_over(void **state)
{
	static const struct rename renames[] = {
		{ "t", "a", "b" }, { "t", NULL, "s" },
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

/* Pairs that mean the same. */
static const struct {
	const char *before, *after;
} noises[] = {
	{ "CREATE TABLE t (a INT)", "CREATE TABLE \"T\" ([A] integer)" },
	{ "CREATE TABLE t (a INTEGER PRIMARY KEY)",
	  "CREATE TABLE t (a INTEGER NOT NULL, PRIMARY KEY (a))" },
	{ "CREATE TABLE t (a INT DEFAULT 0, b BOOLEAN DEFAULT FALSE, "
	  "c TEXT DEFAULT 'x', d DEFAULT NULL, e REAL DEFAULT -1)",
	  "CREATE TABLE t (a INT DEFAULT '0', b BOOLEAN DEFAULT (0), "
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

static const struct CMUnitTest others[] = {
	cmocka_unit_test(test_noise),
	cmocka_unit_test(test_swap),
	cmocka_unit_test(test_rename_over),
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
