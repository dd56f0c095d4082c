/* The cases of test_schema_change.c. */
#ifndef UNIT_TEST_SCHEMA_CASES_H
#define UNIT_TEST_SCHEMA_CASES_H

#include <stdbool.h>

/*
 * One change per entry: two schemas, rows, and two queries whose results before
 * and after must be equal.
 */
struct change_case {
	const char *name, *before, *after, *rows;
	const char *keep_before, *keep_after;
	const char *reports;     /* a change that must be reported */
	const char *has, *lacks; /* in the upgrade's SQL; NULL: not checked */
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
		.reports = "removed table 'x'",
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
		.reports = "added column 'u.due'",
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
		.reports = "added column 'u.at'",
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
		.reports = "added column 'u.due'",
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
		.reports = "added column 'u.b'",
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
		.reports = "added foreign key (p)(id) on table u",
		.has = "_taskmgr_new_u",
	},
	{
		.name = "add_column_in_between",
		.before = "CREATE TABLE t (a INT, c INT);",
		.after = "CREATE TABLE t (a INT, b INT, c INT);",
		.rows = "INSERT INTO t VALUES (1, 3)",
		.keep_before = "SELECT a, c FROM t",
		.keep_after = "SELECT a, c FROM t",
		.reports = "added column 't.b'",
		.has = "_taskmgr_new_t",
	},
	{
		.name = "drop_column_unique",
		.before = "CREATE TABLE t (a INT, b TEXT NOT NULL UNIQUE);",
		.after = "CREATE TABLE t (a INT);",
		.rows = "INSERT INTO t VALUES (1, 'x'), (2, 'y')",
		.keep_before = "SELECT a FROM t",
		.keep_after = "SELECT a FROM t",
		.reports = "removed unique constraint on '(b)'",
	},
	{
		.name = "drop_last_column_with_notes",
		.before = "CREATE TABLE t (a INT, -- of a\n b INT, -- of b\n "
			  "c INT -- of c\n);",
		.after = "CREATE TABLE t (a INT, -- of a\n b INT -- of b\n);",
		.rows = "INSERT INTO t VALUES (1, 2, 3)",
		.keep_before = "SELECT a, b FROM t",
		.keep_after = "SELECT a, b FROM t",
		.reports = "removed column 't.c'",
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
		.reports = "removed column 't.b'",
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
		.reports = "renamed column 'p.k' to 'p.code'",
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
		.reports = "type change from TEXT to INT on 't.b'",
		.has = "RENAME COLUMN a TO b",
	},
	{
		.name = "rename_and_add",
		.before = "CREATE TABLE t (id INTEGER PRIMARY KEY, title "
			  "TEXT, z INT);",
		.after = "CREATE TABLE t (id INTEGER PRIMARY KEY, new_one "
			 "DATE, name TEXT, z INT);",
		.rows = "INSERT INTO t VALUES (1, 'x', 2)",
		.keep_before = "SELECT id, title, z FROM t",
		.keep_after = "SELECT id, name, z FROM t",
		.reports = "renamed column 't.title' to 't.name'",
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
		.reports = "renamed table 't' to 't2'",
	},
	{
		.name = "rename_annotated_chain",
		.before = "CREATE TABLE t (a INT, b INT, z TEXT);",
		.after = "CREATE TABLE t (b INT, -- @renamed from=a\n c INT, "
			 "-- @renamed from=b\n z TEXT);",
		.rows = "INSERT INTO t VALUES (1, 2, 'x')",
		.keep_before = "SELECT a, b, z FROM t",
		.keep_after = "SELECT b, c, z FROM t",
		.reports = "renamed column 't.a' to 't.b'",
		.lacks = "DROP",
		.other_text = true,
	},
	{
		.name = "rename_annotated_tables_in_a_chain",
		.before = "CREATE TABLE a (x INT); CREATE TABLE b (y TEXT);"
			  "CREATE TABLE c (z TEXT);",
		.after = "CREATE TABLE d ( -- @renamed from=c\n z TEXT);"
			 "CREATE TABLE b ( -- @renamed from=a\n x INT);"
			 "CREATE TABLE c ( -- @renamed from=b\n y TEXT);",
		.rows = "INSERT INTO a VALUES (1); INSERT INTO b VALUES ('y');"
			"INSERT INTO c VALUES ('z');",
		.keep_before = "SELECT x, y, z FROM a, b, c",
		.keep_after = "SELECT x, y, z FROM b, c, d",
		.reports = "renamed table 'c' to 'd'",
		.lacks = "DROP",
		.other_text = true,
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
		.reports = "type change from INT to TEXT on 't.a'",
	},
	{
		.name = "default_add",
		.before = "CREATE TABLE t (a INT);",
		.after = "CREATE TABLE t (a INT DEFAULT 5);",
		.rows = "INSERT INTO t VALUES (1)",
		.keep_before = "SELECT a FROM t",
		.keep_after = "SELECT a FROM t",
		.reports = "server default on column 't.a'",
	},
	{
		.name = "set_not_null_with_default",
		.before = "CREATE TABLE t (a INT, b TEXT);",
		.after = "CREATE TABLE t (a INT NOT NULL DEFAULT 7, b TEXT);",
		.rows = "INSERT INTO t VALUES (1, 'x')",
		.keep_before = "SELECT a, b FROM t",
		.keep_after = "SELECT a, b FROM t",
		.reports = "NOT NULL on column 't.a'",
		.has = "coalesce(a, 7)",
	},
	{
		.name = "pk_change",
		.before = "CREATE TABLE t (a INT, b INT, PRIMARY KEY (a));",
		.after = "CREATE TABLE t (a INT, b INT, PRIMARY KEY (a, b));",
		.rows = "INSERT INTO t VALUES (1, 2)",
		.keep_before = "SELECT rowid, a, b FROM t",
		.keep_after = "SELECT rowid, a, b FROM t",
		.reports = "primary key change from (a) to (a, b) on 't'",
	},
	{
		.name = "pk_renamed",
		.before = "CREATE TABLE t (a INT CONSTRAINT one PRIMARY KEY);",
		.after = "CREATE TABLE t (a INT CONSTRAINT two PRIMARY KEY, "
			 "b INT);",
		.rows = "INSERT INTO t VALUES (1)",
		.keep_before = "SELECT rowid, a FROM t",
		.keep_after = "SELECT rowid, a FROM t",
		.reports = "primary key name change from one to two on 't'",
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
		.reports = "added column 't.b'",
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
		.reports = "removed column 't.b'",
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
		.reports = "added unique constraint 'q' on '(a, b)'",
	},
	{
		.name = "index_desc_change",
		.before = "CREATE TABLE t (a INT); CREATE INDEX i ON t (a);",
		.after = "CREATE TABLE t (a INT); CREATE INDEX i ON t (a "
			 "DESC);",
		.rows = "INSERT INTO t VALUES (1)",
		.keep_before = "SELECT * FROM t",
		.keep_after = "SELECT * FROM t",
		.reports = "changed index 'i' on 't'",
		.has = "DROP INDEX i;\nCREATE INDEX i ON t (a DESC);\n",
	},
	{
		.name = "rebuild_drops_index",
		.before = "CREATE TABLE t (a INT, b INT); "
			  "CREATE INDEX i ON t (b);",
		.after = "CREATE TABLE t (a INT CHECK (a > 0), b INT);",
		.rows = "INSERT INTO t VALUES (1, 2)",
		.keep_before = "SELECT * FROM t",
		.keep_after = "SELECT * FROM t",
		.has = "DROP TABLE t;",
		.lacks = "DROP INDEX",
	},
	{
		.name = "without_rowid_on",
		.before = "CREATE TABLE t (a TEXT PRIMARY KEY, b INT);",
		.after = "CREATE TABLE t (a TEXT PRIMARY KEY, b INT) WITHOUT "
			 "ROWID;",
		.rows = "INSERT INTO t VALUES ('x', 1)",
		.keep_before = "SELECT * FROM t",
		.keep_after = "SELECT * FROM t",
		.reports = "added WITHOUT ROWID on table 't'",
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
		.reports = "changed view 'v1'",
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
		.reports = "column comment 't.a'",
	},
	{
		.name = "table_comment_change",
		.before = "CREATE TABLE t ( -- old words\n a INT);",
		.after = "CREATE TABLE t ( -- @resource thing\n a INT);",
		.rows = "INSERT INTO t VALUES (1)",
		.keep_before = "SELECT rowid, a FROM t",
		.keep_after = "SELECT rowid, a FROM t",
		.reports = "table comment 't'",
	},
	{
		.name = "constraint_comment_change",
		.before = "CREATE TABLE t (a INT, -- a\n -- old\n UNIQUE (a));",
		.after = "CREATE TABLE t (a INT, -- a\n -- new\n UNIQUE (a));",
		.rows = "INSERT INTO t VALUES (1)",
		.keep_before = "SELECT rowid, a FROM t",
		.keep_after = "SELECT rowid, a FROM t",
		.reports = "constraint comment 't'",
	},
	{
		.name = "rename_parent",
		.before = "CREATE TABLE p (id INTEGER PRIMARY KEY, n TEXT);"
			  "CREATE TABLE c (p INT REFERENCES p ON DELETE "
			  "CASCADE);",
		.after = "CREATE TABLE q (id INTEGER PRIMARY KEY, n TEXT);"
			 "CREATE TABLE c (p INT REFERENCES q ON DELETE "
			 "CASCADE);",
		.rows = "INSERT INTO p VALUES (1, 'x'); "
			"INSERT INTO c VALUES (1)",
		.keep_before = "SELECT * FROM p, c",
		.keep_after = "SELECT * FROM q, c",
		.reports = "renamed table 'p' to 'q'",
		.has = "ALTER TABLE p RENAME TO q;\n",
		.lacks = "DROP TABLE",
	},
	{
		.name = "view_annotated",
		.before = "CREATE VIEW v AS SELECT 1 AS a;",
		.after = "CREATE VIEW v AS -- @hidden\n SELECT 1 AS a;",
		.keep_before = "SELECT a FROM v",
		.keep_after = "SELECT a FROM v",
		.reports = "changed view 'v'",
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
		.reports = "removed column 't.b'",
		.has = "_taskmgr_new_t",
	},
	{
		.name = "rename_with_broken_view",
		.before = "CREATE TABLE t (a INT);CREATE VIEW v AS SELECT "
			  "nosuch FROM nowhere;CREATE TRIGGER tr AFTER INSERT "
			  "ON t BEGIN SELECT 1; END;",
		.after = "CREATE TABLE t (b INT);CREATE VIEW v AS SELECT "
			 "nosuch FROM nowhere;CREATE TRIGGER tr AFTER INSERT "
			 "ON t BEGIN SELECT 1; END;",
		.rows = "INSERT INTO t VALUES (1)",
		.keep_before = "SELECT a FROM t",
		.keep_after = "SELECT b FROM t",
		.reports = "renamed column 't.a' to 't.b'",
		.has = "DROP VIEW v",
	},
	{
		.name = "fts_column",
		.before = "CREATE VIRTUAL TABLE f USING fts5(a);",
		.after = "CREATE VIRTUAL TABLE f USING fts5(a, b);",
		.rows = "INSERT INTO f (rowid, a) VALUES (7, 'word')",
		.keep_before = "SELECT rowid, a FROM f WHERE f MATCH 'word'",
		.keep_after = "SELECT rowid, a FROM f WHERE f MATCH 'word'",
		.reports = "changed virtual table 'f'",
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
		.name = "default_of_one_word",
		.before = "CREATE TABLE t (id INTEGER PRIMARY KEY, a, w TEXT);",
		.after = "CREATE TABLE t (id INTEGER PRIMARY KEY, a NOT NULL "
			 "DEFAULT w, w TEXT);",
		.rows = "INSERT INTO t VALUES (1, 'v', 'x'), (2, NULL, 'y')",
		.keep_before = "SELECT id, ifnull(a, 'w'), w FROM t",
		.keep_after = "SELECT id, a, w FROM t",
	},
	{
		.name = "quotes_that_matter",
		.before = "CREATE TABLE t (\"null\" INT); CREATE VIEW v AS "
			  "SELECT \"null\" AS x FROM t;",
		.after = "CREATE TABLE t (\"null\" INT); CREATE VIEW v AS "
			 "SELECT null AS x FROM t;",
		.rows = "INSERT INTO t VALUES (1)",
		.keep_before = "SELECT NULL FROM v",
		.keep_after = "SELECT x FROM v",
		.reports = "changed view 'v'",
	},
	{
		.name = "default_of_any",
		.before = "CREATE TABLE t (id INT, a ANY DEFAULT '0') STRICT;",
		.after = "CREATE TABLE t (id INT, a ANY DEFAULT 0) STRICT;",
		.rows = "INSERT INTO t (id) VALUES (1)",
		.keep_before = "SELECT a FROM t",
		.keep_after = "SELECT a FROM t",
		.reports = "server default on column 't.a'",
	},
	{
		.name = "add_text_true",
		.before = USERS,
		.after = "CREATE TABLE u (id INTEGER PRIMARY KEY, n TEXT NOT "
			 "NULL, a TEXT NOT NULL DEFAULT TRUE);",
		.rows = TWO,
		.keep_before = "SELECT n, '1', 'ok' FROM u",
		.keep_after = "SELECT n, a, integrity_check FROM u, "
			      "pragma_integrity_check",
	},
	{
		.name = "fts_renamed_with_a_column",
		.before = "CREATE VIRTUAL TABLE first USING fts5(a, b);",
		.after = "CREATE VIRTUAL TABLE second USING fts5(aa, b);",
		.rows = "INSERT INTO first VALUES ('x', 'y')",
		.keep_before = "SELECT a, b FROM first WHERE first MATCH 'x'",
		.keep_after = "SELECT aa, b FROM second WHERE second MATCH 'x'",
		.reports = "renamed column 'second.a' to 'second.aa'",
	},
	{
		.name = "checked_columns_are_restored",
		.before = "CREATE TABLE t (id INTEGER PRIMARY KEY, c INT NOT "
			  "NULL CHECK (c > 5), d TEXT NOT NULL CHECK "
			  "(length(d) = 3), e TEXT NOT NULL CHECK (e LIKE "
			  "'%@%'), f DATE NOT NULL CHECK (f > '2000-01-01'), "
			  "g TEXT UNIQUE DEFAULT '', h REAL NOT NULL CHECK (h "
			  "> 0 AND h < 1), i INT CHECK (i IS NOT NULL), j TEXT "
			  "NOT NULL CHECK (j IN ('new', 'done')));",
		.after = "CREATE TABLE t (id INTEGER PRIMARY KEY);",
		.rows = "INSERT INTO t VALUES (1, 6, 'abc', 'a@b', "
			"'2001-01-01', '', 0.1, 7, 'new'), (2, 9, 'def', "
			"'c@d', '2001-01-01', 'x', 0.9, 7, 'done')",
		.keep_before = "SELECT id FROM t",
		.keep_after = "SELECT id FROM t",
	},
	{
		.name = "unique_columns_are_restored",
		.before = "CREATE TABLE t (a INT, b BLOB NOT NULL PRIMARY KEY, "
			  "c TEXT NOT NULL DEFAULT 'c', d INT NOT NULL, UNIQUE "
			  "(a, c)) STRICT;"
			  "CREATE UNIQUE INDEX i ON t (a, d + 0);",
		.after = "CREATE TABLE t (a INT) STRICT;",
		.rows = "INSERT INTO t VALUES (1, x'00', 'x', 3), (1, x'01', "
			"'y', 4)",
		.keep_before = "SELECT a FROM t",
		.keep_after = "SELECT a FROM t",
	},
	{
		.name = "same_default_for_old_and_new_rows",
		.before = "CREATE TABLE t (a INT) STRICT;",
		.after = "CREATE TABLE t (a INT, b ANY DEFAULT -1.0, c TEXT "
			 "DEFAULT -1.0, d ANY DEFAULT 0x10, e REAL DEFAULT "
			 "-1) STRICT;",
		.rows = "INSERT INTO t VALUES (1)",
		.keep_before = "SELECT a, -1.0, '-1.0', 16, -1.0 FROM t",
		.keep_after = "SELECT a, b, c, d, e FROM t",
	},
	{
		.name = "columns_are_restored_without_defaults",
		.before = "CREATE TABLE p (u TEXT UNIQUE);"
			  "CREATE TABLE t (a INT, b TEXT DEFAULT 'x' "
			  "REFERENCES p (u), c INT DEFAULT 'x', d INT DEFAULT "
			  "0 CHECK (d > 5), e INT NOT NULL DEFAULT 0 CHECK (e "
			  "> 5), f REAL NOT NULL CHECK (length(f) < 4), g TEXT "
			  "DEFAULT 'g' CHECK (h = 'g'), h TEXT AS (g)) STRICT;",
		.after = "CREATE TABLE p (u TEXT UNIQUE);"
			 "CREATE TABLE t (a INT) STRICT;",
		.rows = "INSERT INTO t VALUES (1, NULL, 2, 7, 8, 1, 'g')",
		.keep_before = "SELECT a FROM t",
		.keep_after = "SELECT a FROM t",
	},
	{
		.name = "checks_see_stored_values",
		.before = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);",
		.after = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT "
			 "NULL COLLATE NOCASE DEFAULT 'abc' CHECK (a IN "
			 "('ABC', 'X')), b REAL NOT NULL DEFAULT 0 CHECK "
			 "(typeof(b) = 'real'), c INT DEFAULT '5' CHECK (c < "
			 "9), d TEXT DEFAULT 5 CHECK (d = '5'));",
		.rows = "INSERT INTO t VALUES (1, 'x'), (2, NULL)",
		.keep_before = "SELECT id, ifnull(a, 'abc') FROM t",
		.keep_after = "SELECT id, a FROM t",
	},
	{
		.name = "no_common_column",
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
		.reports = "added unique constraint on '(a)'",
		.has = "INSERT OR ABORT",
	},
	{
		.name = "trigger_writes_to_rebuilt_table",
		.before = "CREATE TABLE a (x INT); CREATE TABLE b (y "
			  "INT);CREATE TRIGGER tr AFTER INSERT ON a BEGIN "
			  "INSERT INTO b VALUES (new.x); END;",
		.after = "CREATE TABLE a (x INT); CREATE TABLE b (y INT NOT "
			 "NULL);CREATE TRIGGER tr AFTER INSERT ON a BEGIN "
			 "INSERT INTO b VALUES (new.x); END;",
		.rows = "INSERT INTO a VALUES (1)",
		.keep_before = "SELECT * FROM b",
		.keep_after = "SELECT * FROM b",
		.reports = "NOT NULL on column 'b.y'",
		.lacks = "CREATE TRIGGER",
	},
	{
		.name = "drop_not_null_key",
		.before = "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE "
			  "TABLE k (x, p INT NOT NULL REFERENCES p);",
		.after = "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE "
			 "TABLE k (x);",
		.rows = "INSERT INTO p VALUES (7); INSERT INTO k VALUES (1, 7)",
		.keep_before = "SELECT x FROM k",
		.keep_after = "SELECT x FROM k",
	},
	{
		.name = "fts_with_its_table",
		.before = "",
		.after = "CREATE TABLE d (t TEXT); CREATE VIRTUAL TABLE f "
			 "USING fts5(t, content='d');",
		.keep_before = "SELECT 1",
		.keep_after = "SELECT 1",
	},
	{
		.name = "fts_vocabulary",
		.before = "CREATE VIRTUAL TABLE v USING fts5vocab(f, row);",
		.after = "CREATE VIRTUAL TABLE v USING fts5vocab(f, col);",
		.keep_before = "SELECT 1",
		.keep_after = "SELECT 1",
	},
	{
		.name = "fts_rename_column",
		.before = "CREATE VIRTUAL TABLE f USING fts5(a, b);",
		.after = "CREATE VIRTUAL TABLE f USING fts5(a, c);",
		.rows = "INSERT INTO f (rowid, a, b) VALUES (7, 'x', 'y')",
		.keep_before = "SELECT rowid, a, b FROM f WHERE f MATCH 'b:y'",
		.keep_after = "SELECT rowid, a, c FROM f WHERE f MATCH 'c:y'",
		.reports = "renamed column 'f.b' to 'f.c'",
	},
	{
		.name = "rtree_rename_column",
		.before = "CREATE VIRTUAL TABLE r USING rtree(id, a, b);",
		.after = "CREATE VIRTUAL TABLE r USING rtree(id, low, b);",
		.rows = "INSERT INTO r VALUES (1, 2, 3)",
		.keep_before = "SELECT id, a, b FROM r",
		.keep_after = "SELECT id, low, b FROM r",
		.reports = "renamed column 'r.a' to 'r.low'",
	},
	{
		.name = "fts_stores_its_documents",
		.before = "CREATE TABLE d (id INTEGER PRIMARY KEY, t TEXT); "
			  "CREATE VIRTUAL TABLE f USING fts5(t, content='d', "
			  "content_rowid='id');",
		.after = "CREATE TABLE d (id INTEGER PRIMARY KEY, t TEXT); "
			 "CREATE VIRTUAL TABLE f USING fts5(t);",
		.rows = "INSERT INTO d VALUES (5, 'x'), (9, 'y'); "
			"INSERT INTO f (f) VALUES ('rebuild')",
		.keep_before = "SELECT rowid, t FROM f WHERE f MATCH 'y'",
		.keep_after = "SELECT rowid, t FROM f WHERE f MATCH 'y'",
		.reports = "changed virtual table 'f'",
	},
	{
		.name = "fts_with_trigger_and_view",
		.before = "CREATE TABLE t (a); "
			  "CREATE VIRTUAL TABLE f USING fts5(a); "
			  "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT "
			  "INTO f (a) VALUES (new.a); END; "
			  "CREATE VIEW v AS SELECT a FROM f;",
		.after = "CREATE TABLE t (a); "
			 "CREATE VIRTUAL TABLE f USING fts5(a, tokenize="
			 "'porter'); "
			 "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT "
			 "INTO f (a) VALUES (new.a); END; "
			 "CREATE VIEW v AS SELECT a FROM f;",
		.rows = "INSERT INTO t VALUES ('running')",
		.keep_before = "SELECT a FROM v",
		.keep_after = "SELECT a FROM v",
		.reports = "changed virtual table 'f'",
		.lacks = "VIEW",
	},
	{
		.name = "table_renamed_to_its_index",
		.before = "CREATE TABLE t (a INT, b TEXT); "
			  "CREATE INDEX s ON t (a);",
		.after = "CREATE TABLE s (a INT, b TEXT); "
			 "CREATE INDEX ix ON s (a);",
		.rows = "INSERT INTO t VALUES (1, 'x')",
		.keep_before = "SELECT a, b FROM t",
		.keep_after = "SELECT a, b FROM s",
		.reports = "renamed table 't' to 's'",
		.has = "DROP INDEX s;\nALTER TABLE t RENAME TO s;\n",
	},
	{
		/* A rebuild reorders the columns; so must the downgrade. */
		.name = "order_is_restored",
		.before = "CREATE TABLE t (a INT, b INT, c INT);",
		.after = "CREATE TABLE t (c INT, a INT, b INT, d INT NOT NULL "
			 "DEFAULT (1 + 1));",
		.rows = "INSERT INTO t VALUES (1, 2, 3)",
		.keep_before = "SELECT a, b, c FROM t",
		.keep_after = "SELECT a, b, c FROM t",
		.reports = "added column 't.d'",
	},
	{
		.name = "index_collation_of_its_column",
		.before = "CREATE TABLE t (a TEXT COLLATE NOCASE, b TEXT);"
			  "CREATE INDEX i ON t (a);",
		.after = "CREATE TABLE t (a TEXT COLLATE NOCASE, b TEXT);"
			 "CREATE INDEX i ON t (a COLLATE BINARY);",
		.rows = "INSERT INTO t VALUES ('x', 'y')",
		.keep_before = "SELECT * FROM t",
		.keep_after = "SELECT * FROM t",
		.reports = "changed index 'i' on 't'",
		.lacks = "TABLE",
	},
	{
		.name = "index_expression_collation",
		.before = "CREATE TABLE t (a TEXT, b TEXT);"
			  "CREATE INDEX i ON t (a = b);",
		.after = "CREATE TABLE t (a TEXT, b TEXT);"
			 "CREATE INDEX i ON t (a = b COLLATE NOCASE);",
		.rows = "INSERT INTO t VALUES ('x', 'y')",
		.keep_before = "SELECT * FROM t",
		.keep_after = "SELECT * FROM t",
		.reports = "changed index 'i' on 't'",
	},
	{
		.name = "index_parentheses_that_matter",
		.before = "CREATE TABLE t (a INT, b INT);"
			  "CREATE INDEX i ON t ((a + 1) * (b + 1));",
		.after = "CREATE TABLE t (a INT, b INT);"
			 "CREATE INDEX i ON t (a + (1 * (b + 1)));",
		.rows = "INSERT INTO t VALUES (1, 2)",
		.keep_before = "SELECT * FROM t",
		.keep_after = "SELECT * FROM t",
		.reports = "changed index 'i' on 't'",
	},
	{
		.name = "index_on_columns_named_like_an_order",
		.before = "CREATE TABLE t (a INT, \"asc\" INT, \"desc\" INT);"
			  "CREATE INDEX i ON t (a + desc);",
		.after = "CREATE TABLE t (a INT, \"asc\" INT, \"desc\" INT);"
			 "CREATE INDEX i ON t (a + asc);",
		.rows = "INSERT INTO t VALUES (1, 2, 3)",
		.keep_before = "SELECT * FROM t",
		.keep_after = "SELECT * FROM t",
		.reports = "changed index 'i' on 't'",
	},
	{
		.name = "index_loses_its_condition",
		.before = "CREATE TABLE t (a INT);"
			  "CREATE INDEX i ON t (a ASC) WHERE (a > 1);",
		.after = "CREATE TABLE t (a INT); CREATE INDEX i ON t (a);",
		.rows = "INSERT INTO t VALUES (1)",
		.keep_before = "SELECT * FROM t",
		.keep_after = "SELECT * FROM t",
		.reports = "changed index 'i' on 't'",
	},
	{
		.name = "trigger_time_change",
		.before = "CREATE TABLE t (a INT); CREATE TRIGGER g INSERT ON "
			  "t BEGIN SELECT 1; END;",
		.after = "CREATE TABLE t (a INT); CREATE TRIGGER g AFTER "
			 "INSERT ON t FOR EACH ROW BEGIN SELECT 1; END;",
		.rows = "INSERT INTO t VALUES (1)",
		.keep_before = "SELECT * FROM t",
		.keep_after = "SELECT * FROM t",
		.reports = "changed trigger 'g' on 't'",
	},
};

#endif
