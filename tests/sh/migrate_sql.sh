#!/bin/sh
# The printed SQL, run by the sqlite3 shell, does what taskmgr does.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

# The SQL of it all, run by the sqlite3 shell, does the same.
fresh_folder
cp "$TOP/tests/fixtures/autogenerate/rebuild_with_trigger/before.sql" \
	migrations/schema.sql
run db revision --autogenerate -m one
run db upgrade
cp "$TOP/tests/fixtures/autogenerate/rebuild_with_trigger/after.sql" \
	migrations/schema.sql
run db revision --autogenerate -m two
run db upgrade --sql
same '--sql changes nothing' "$(sql 'SELECT count(*) FROM alembic_version')" 1
sqlite3 -batch -bail other.db <"$WORK/out"
run db upgrade
same '--sql makes the same schema' \
	"$(sqlite3 -batch other.db ".read '$TOP/tests/schema_facts.sql'" \
		'SELECT * FROM alembic_version')" \
	"$(sql ".read '$TOP/tests/schema_facts.sql'" \
		'SELECT * FROM alembic_version')"
run db downgrade head:base --sql
sqlite3 -batch -bail other.db <"$WORK/out"
same 'and back to nothing' \
	"$(sqlite3 -batch other.db ".read '$TOP/tests/schema_facts.sql'" \
		'SELECT * FROM alembic_version')" ''
run db upgrade -v
like '-v tells statements and times' 0 '' ''
run db downgrade base -v --yes
like '-v tells them on the way back' 0 '' 'Running downgrade *
*.* s  DROP TRIGGER*'

# Byte for byte, with foreign keys as they are here.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE c (p REFERENCES p (id) ON DELETE CASCADE);' 'DROP TABLE c;'
revision bbbb1111 aaaa1111 "$(printf \
	"INSERT INTO p VALUES (1);\r\nINSERT INTO c VALUES ('1');\r\nCREATE TABLE t (a);INSERT INTO t VALUES ('\033[1m \a \342\200\256 \r.');")" \
	'DROP TABLE t;'
revision cccc1111 bbbb1111 'DELETE FROM p;' 'SELECT 1;'
run db upgrade
run db upgrade --sql
sqlite3 -batch -bail other.db <"$WORK/out"
same '--sql is the same to the byte' \
	"$(sqlite3 -batch other.db 'SELECT hex(a) FROM t; SELECT count(*) FROM c')" \
	"$(sql 'SELECT hex(a) FROM t; SELECT count(*) FROM c')"
temporary='CREATE TEMP TABLE "k 1" AS SELECT 1 AS x;
CREATE TEMP TABLE a1 (id INTEGER PRIMARY KEY); CREATE TEMP TABLE b1 (a REFERENCES a1);
ALTER TABLE b1 RENAME TO b2; INSERT INTO a1 VALUES (1); INSERT INTO b2 VALUES (1);
CREATE VIEW IF NOT EXISTS temp.w AS SELECT x FROM "k 1";
CREATE VIRTUAL TABLE temp.f USING fts5 (x); PRAGMA ignore_check_constraints = ON;
PRAGMA legacy_alter_table (ON); PRAGMA legacy_alter_table;'
revision dddd1111 cccc1111 "$temporary CREATE TABLE d AS SELECT * FROM w;" ''
revision eeee1111 dddd1111 "$temporary INSERT INTO d SELECT * FROM w;" ''
revision ffff1111 eeee1111 "ATTACH ':memory:' AS m; ATTACH ':memory:' AS n;
DETACH DATABASE m; PRAGMA foreign_keys = OFF; INSERT INTO c VALUES (7);" '' \
	'transaction: off'
revision gggg1111 ffff1111 "INSERT INTO c VALUES (8);" ''
run db upgrade --sql
rm other.db
sqlite3 -batch -bail other.db <"$WORK/out" 2>/dev/null && not_ok 'none of this'
same '--sql lets nothing reach the next revision' \
	"$(sqlite3 -batch other.db 'SELECT * FROM d, c, alembic_version')" \
	'1|7|ffff1111
1|7|ffff1111'
same 'with settings put back' "$(grep -c '^PRAGMA.*=OFF;' "$WORK/out")" 4
rm migrations/versions/[d-g]???1111*
run db upgrade --sql --single-transaction
same '--sql in one transaction' "$(grep -c '^BEGIN;\|^COMMIT;' "$WORK/out")" 2
run db upgrade bbbb: --sql
like 'a range without its end' 0 '*DELETE FROM p*' ''
run db downgrade :bbbb --sql
like 'or without its beginning' 0 '*SELECT 1;*' ''
is_db 'a range that leads nowhere' 2 '' \
	'taskmgr: db upgrade: cannot upgrade from bbbb to aaaa' \
	upgrade bbbb:aaaa --sql
is_db 'a backup of what is not run' 2 '' \
	'taskmgr: db upgrade: --sql runs nothing, so there is nothing to back up' \
	upgrade --sql --backup
finish
