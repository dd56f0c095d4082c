#!/bin/sh
# What a revision sets, begins, attaches or makes for a while ends with it.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

# What is temporary, or attached, ends with its revision.
fresh_folder
for revision in aaaa1111 bbbb1111; do
	revision $revision "$([ $revision = aaaa1111 ] || echo aaaa1111)" \
		"CREATE TABLE ${revision}_t (x);
CREATE TEMP TABLE keep AS SELECT 1 AS x; CREATE TEMP VIEW w AS SELECT * FROM keep;
CREATE TEMP TRIGGER r AFTER INSERT ON ${revision}_t BEGIN DELETE FROM ${revision}_t; END;
DROP TRIGGER r; INSERT INTO ${revision}_t SELECT x FROM w;
CREATE TABLE temp.other (x); CREATE VIRTUAL TABLE temp.f USING fts5 (x);
CREATE TEMP TRIGGER r AFTER INSERT ON ${revision}_t BEGIN DELETE FROM aaaa1111_t; END;" ''
done
revision cccc1111 bbbb1111 "ATTACH 'other.db' AS o; CREATE TABLE o.t (x);" '' \
	'transaction: off'
revision dddd1111 cccc1111 "ATTACH 'other.db' AS o; INSERT INTO o.t VALUES (1);
INSERT INTO aaaa1111_t VALUES (2);" '' 'transaction: off'
run db upgrade
same 'ends with its revision' "$STATUS $(sql 'SELECT x FROM aaaa1111_t' |
	xargs) $(sqlite3 other.db 'SELECT x FROM t')" '0 1 2 1'
revision eeee1111 dddd1111 "ATTACH 'third.db' AS o; CREATE TABLE o.t (x);" '' \
	'transaction: off'
is_db 'a file may be made beside one that is there' 0 '' \
	'Running upgrade dddd1111 -> eeee1111, revision eeee1111' upgrade
revision ffff1111 eeee1111 "ATTACH 'no/t.db' AS o;" '' 'transaction: off'
is_db 'one that cannot be made' 1 '' "\
Running upgrade eeee1111 -> ffff1111, revision ffff1111
taskmgr: db upgrade: versions/ffff1111.sql:9:1: unable to open database: no/t.db
    ATTACH 'no/t.db' AS o;
    ^
hint: earlier statements stay committed" upgrade
revision ffff1111 eeee1111 "ATTACH 'app.db' AS o; DELETE FROM o.alembic_version;" \
	'' 'transaction: off'
run db upgrade
like 'the version by another name of the file' 4 '' \
	'*ffff1111.sql:9:23: alembic_version and the record are written by taskmgr alone*'
revision ffff1111 eeee1111 "VACUUM; VACUUM INTO 'packed.db';" '' 'transaction: off'
is_db 'all of it may be copied' 0 '' \
	'Running upgrade eeee1111 -> ffff1111, revision ffff1111' upgrade
same 'and was' "$(sqlite3 packed.db 'SELECT * FROM alembic_version')" eeee1111

# What a revision sets or begins does not reach the next one.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE c (p REFERENCES p (id) ON DELETE CASCADE, a CHECK (a > 0));
INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 1);' ''
revision bbbb1111 aaaa1111 'PRAGMA foreign_keys = OFF;
PRAGMA ignore_check_constraints = ON; PRAGMA busy_timeout = 0;' '' \
	'transaction: off'
revision cccc1111 bbbb1111 'PRAGMA legacy_alter_table = ON;
PRAGMA ignore_check_constraints = ON; PRAGMA query_only = ON;' ''
revision dddd1111 cccc1111 'DELETE FROM p; CREATE VIEW v AS SELECT a FROM c;
ALTER TABLE c RENAME TO d; INSERT INTO d VALUES (NULL, 0);' ''
run db upgrade
like 'constraints are back on' 4 '' \
	'*dddd1111.sql:9:28: CHECK constraint failed: a > 0*'
sed -i 's/ INSERT INTO d .*//' migrations/versions/dddd1111.sql
run db upgrade
same 'so are foreign keys, and renames reach into views' \
	"$(sql 'SELECT count(*) FROM d' \
		"SELECT sql FROM sqlite_schema WHERE name = 'v'")" \
	'0
CREATE VIEW v AS SELECT a FROM "d"'
revision eeee1111 dddd1111 'BEGIN; CREATE TABLE e (x);' '' 'transaction: off'
is_db 'a transaction that is not ended' 4 '' "\
Running upgrade dddd1111 -> eeee1111, revision eeee1111
taskmgr: db upgrade: versions/eeee1111.sql: a transaction was begun and not ended
hint: earlier statements stay committed" upgrade
revision eeee1111 dddd1111 'BEGIN; CREATE TABLE e (x);
CREATE TABLE e (x);' '' 'transaction: off'
run --keep-going -c 'db upgrade; db log --jsonl'
like 'a failure inside of one ends it, and is in the log' 1 \
	'*eeee1111*table e already exists*' '*table e already exists*'

# Deferred foreign keys are judged, whatever becomes of the setting.
fresh_folder
sql 'CREATE TABLE p (id INTEGER PRIMARY KEY)' 'INSERT INTO p VALUES (1)' \
	'CREATE TABLE c (p REFERENCES p)'
revision aaaa1111 '' 'PRAGMA defer_foreign_keys = ON;
INSERT INTO c VALUES (9);' ''
run db upgrade
like 'a row that stays wrong' 4 '' '*versions/aaaa1111.sql: FOREIGN KEY constraint failed*'
echo 'PRAGMA defer_foreign_keys = OFF;' >>migrations/versions/aaaa1111.sql
run db upgrade
like 'the setting forgets none' 4 '' \
	'*aaaa1111.sql:10:1: rows violate a foreign key when PRAGMA defer_foreign_keys is set*'
sed -i 's/^PRAGMA defer_foreign_keys = OFF/UPDATE c SET p = 1; &/' \
	migrations/versions/aaaa1111.sql
is_db 'a row that is put right' 0 '' \
	'Running upgrade  -> aaaa1111, revision aaaa1111' upgrade
revision bbbb1111 aaaa1111 'PRAGMA foreign_keys = OFF; DROP TABLE p;' '' \
	'foreign_keys: off'
run db upgrade
like 'what the header does is not for a PRAGMA' 4 '' '*
hint: remove each such PRAGMA: the header already turns them off'
revision bbbb1111 aaaa1111 'PRAGMA journal_mode = OFF;' '' 'transaction: off'
revision cccc1111 bbbb1111 "PRAGMA cache_size = 1; UPDATE c SET p = 1;
CREATE TABLE big AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1
	FROM n WHERE i < 20000) SELECT i, hex(zeroblob(50)) FROM n;
INSERT INTO c VALUES (9);" ''
run db upgrade
same 'a journal is there for the next' \
	"$STATUS $(sql 'SELECT count(*) FROM c' 'PRAGMA integrity_check')" '4 1
ok'
finish
