#!/bin/sh
# Rows that a constraint refuses are counted and shown.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

# Rows that a constraint refuses are counted and shown where it runs: here may
# be others than where it was written.
refused() {
	fresh_folder
	revision aaaa1111 '' 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);
INSERT INTO t (a, b) VALUES (1, 1), (1, 1), (2, NULL), (2, NULL), (3, 3), (3, 3), (3, 3);' ''
	run db upgrade
	was=$(state)
	revision bbbb1111 aaaa1111 "$2" ''
	is_db "$1" 4 '' "\
Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111
taskmgr: db upgrade: versions/bbbb1111.sql:$3" upgrade
	same "$1: nothing was changed" "$(state)" "$was"
}
made() {
	echo "CREATE TABLE _taskmgr_new_t (id INTEGER PRIMARY KEY, $1);
INSERT INTO _taskmgr_new_t (id, a, b) SELECT id, a, b FROM t;"
}
refused 'duplicates' "$(made 'a TEXT, b TEXT, UNIQUE (a, b)')" "\
9:1: UNIQUE constraint failed: t.a, t.b, and 5 rows are in the way
    INSERT INTO _taskmgr_new_t (id, a, b) SELECT id, a, b FROM t;
    ^
    a 1, b 1, count(*) 2
    a 3, b 3, count(*) 3
hint: change the rows first; nothing was changed"
refused 'NULLs' "$(made 'a TEXT, b TEXT NOT NULL')" "\
9:1: NOT NULL constraint failed: t.b, and 2 rows are in the way
    INSERT INTO _taskmgr_new_t (id, a, b) SELECT id, a, b FROM t;
    ^
    id 3, a 2, b NULL
    id 4, a 2, b NULL
hint: change the rows first; nothing was changed"
refused 'a named CHECK' "$(made "a TEXT, b TEXT CONSTRAINT small CHECK (b < '3')")" "\
9:1: CHECK constraint failed: small, and 3 rows are in the way
    INSERT INTO _taskmgr_new_t (id, a, b) SELECT id, a, b FROM t;
    ^
    id 5, a 3, b 3
    id 6, a 3, b 3
    id 7, a 3, b 3
hint: change the rows first; nothing was changed"
refused 'a CHECK' "$(made "a TEXT CHECK (a > '1'), b TEXT")" "\
9:1: CHECK constraint failed: a > '1', and 2 rows are in the way
    INSERT INTO _taskmgr_new_t (id, a, b) SELECT id, a, b FROM t;
    ^
    id 1, a 1, b 1
    id 2, a 1, b 1
hint: change the rows first; nothing was changed"
refused 'a unique index' 'CREATE UNIQUE INDEX i ON t (a);' "\
8:1: UNIQUE constraint failed: t.a, and 7 rows are in the way
    CREATE UNIQUE INDEX i ON t (a);
    ^
    a 1, count(*) 2
    a 2, count(*) 2
    a 3, count(*) 3
hint: change the rows first; nothing was changed"
refused 'a unique index of an expression' \
	'CREATE UNIQUE INDEX i ON t (lower(a) COLLATE nocase DESC) WHERE b;' "\
8:1: UNIQUE constraint failed: index 'i', and 5 rows are in the way
    CREATE UNIQUE INDEX i ON t (lower(a) COLLATE nocase DESC) WHERE b;
    ^
    lower(a) 1, count(*) 2
    lower(a) 3, count(*) 3
hint: change the rows first; nothing was changed"
refused 'a new column' 'ALTER TABLE t ADD COLUMN c INT AS (a * 2) CHECK (c < 6);' "\
8:1: CHECK constraint failed, and 3 rows are in the way
    ALTER TABLE t ADD COLUMN c INT AS (a * 2) CHECK (c < 6);
    ^
    id 5, a 3, b 3, c 6
    id 6, a 3, b 3, c 6
    id 7, a 3, b 3, c 6
hint: change the rows first; nothing was changed"
refused 'a new column that is NOT NULL' 'ALTER TABLE t ADD c AS (b + 1) NOT NULL;' "\
8:1: NOT NULL constraint failed, and 2 rows are in the way
    ALTER TABLE t ADD c AS (b + 1) NOT NULL;
    ^
    id 3, a 2, b NULL, c NULL
    id 4, a 2, b NULL, c NULL
hint: change the rows first; nothing was changed"
refused 'a generated column' "$(made "a TEXT, b TEXT, c INT DEFAULT 9 CHECK (c = 9),
	d INT AS (a) CHECK (d < c - 6)")" "\
10:1: CHECK constraint failed: d < c - 6, and 3 rows are in the way
    INSERT INTO _taskmgr_new_t (id, a, b) SELECT id, a, b FROM t;
    ^
    id 5, a 3, b 3, c 9, d 3
    id 6, a 3, b 3, c 9, d 3
    id 7, a 3, b 3, c 9, d 3
hint: change the rows first; nothing was changed"
refused 'values of another type' 'UPDATE t SET a = '"'x'"' WHERE id = 2;
CREATE TABLE n (id INTEGER PRIMARY KEY, a INT) STRICT;
INSERT INTO n SELECT id, a FROM t;' "\
10:1: cannot store TEXT value in INT column n.a, and 1 row is in the way
    INSERT INTO n SELECT id, a FROM t;
    ^
    id 2, a x
hint: change the rows first; nothing was changed"
refused 'no rowid' 'CREATE TABLE n (a INTEGER PRIMARY KEY);
INSERT INTO n SELECT a + 0.5 FROM t WHERE id < 2;' "\
9:1: datatype mismatch, and 1 row is in the way
    INSERT INTO n SELECT a + 0.5 FROM t WHERE id < 2;
    ^
    a 1.5
hint: change the rows first; nothing was changed"
refused 'a row that nothing more is known of' "INSERT INTO t (id) VALUES (1);" "\
8:1: UNIQUE constraint failed: t.id
    INSERT INTO t (id) VALUES (1);
    ^"
finish
