#!/bin/sh
# Values that a run would throw away or rewrite are counted first.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

# Values that a downgrade throws away are counted first.
two
is_db 'a downgrade that loses rows' 2 '' "\
taskmgr: db downgrade: 1 row of a would be lost
hint: use --yes to downgrade anyway" downgrade base
run db downgrade base --dry-run
like 'a dry run' 0 '' 'Running downgrade aaaa1111 -> , revision aaaa1111
  aaaa1111: 0.??? s
  a: 1 row, gone
1 row of a would be lost
Dry run of 0.??? s: nothing was changed'
same 'nothing was changed' "$(state)" "$was"
run db downgrade base --yes
same 'with --yes' "$(sql 'SELECT count(*) FROM alembic_version')" 0

# By name, not by number: as many columns and tables as before.
lossy() {
	fresh_folder
	revision aaaa1111 '' "$1" ''
	revision bbbb1111 aaaa1111 "$2" "$3"
	run db upgrade
	was=$(state)
}
loses() {
	is_db "$1" 2 '' "\
taskmgr: db downgrade: $2
hint: use --yes to downgrade anyway" downgrade -1
	same "$1: nothing was changed" "$(state)" "$was"
}
lossy 'CREATE TABLE t (a, y);' "ALTER TABLE t DROP COLUMN y;
ALTER TABLE t ADD COLUMN z; INSERT INTO t VALUES (1, 'precious');" \
	'ALTER TABLE t DROP COLUMN z; ALTER TABLE t ADD COLUMN y;'
loses 'one column for another' '1 value of t.z would be lost'
lossy 'CREATE TABLE q (x);' 'DROP TABLE q; CREATE TABLE z (x);
INSERT INTO z VALUES (1), (2);' 'DROP TABLE z; CREATE TABLE q (x);'
loses 'one table for another' '2 rows of z would be lost'
lossy 'CREATE TABLE t (a);' 'ALTER TABLE t RENAME TO u; CREATE TABLE t (a);
INSERT INTO t VALUES (1), (2); INSERT INTO u VALUES (3), (4), (5);' \
	'DROP TABLE t; ALTER TABLE u RENAME TO t;'
loses 'a table whose name another takes over' '2 rows of t would be lost'
lossy 'CREATE TABLE t (a, b);' 'INSERT INTO t VALUES (1, 2), (3, 4);' \
	'DELETE FROM t WHERE a = 3;'
loses 'values go with their row, and are not counted again' \
	'1 row of t would be lost'
lossy 'CREATE TABLE t (id, a);' 'ALTER TABLE t RENAME TO u;
ALTER TABLE u ADD COLUMN z; ALTER TABLE u RENAME id TO i;
INSERT INTO u VALUES (1, 2, 3);' 'ALTER TABLE main."u" RENAME COLUMN i TO id;
ALTER TABLE u DROP COLUMN z; ALTER TABLE u RENAME TO t;'
loses 'a column of a renamed table' '1 value of u.z would be lost'
run db downgrade -1 --dry-run
like 'a dry run says so' 0 '' 'Running *
1 value of u.z would be lost
Dry run*'
fresh_folder
revision aaaa1111 '' 'CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 2), (3, NULL);' ''
run db upgrade
revision bbbb1111 aaaa1111 'ALTER TABLE t DROP COLUMN b;' ''
run db upgrade --dry-run
like 'of an upgrade too' 0 '' '*
  t: 2 rows
1 value of t.b would be lost
Dry run of *'
lossy 'CREATE TABLE k (id, s NOT NULL);' 'CREATE TABLE n (id, s);
INSERT INTO n SELECT * FROM k; DROP TABLE k; ALTER TABLE n RENAME TO k;
INSERT INTO k VALUES (1, NULL), (2, NULL), (3, 4);' \
	"CREATE TABLE n (id, s NOT NULL);
INSERT INTO n SELECT id, ifnull(s, 'admin') FROM k; DROP TABLE k;
ALTER TABLE n RENAME TO k;"
loses 'NULLs that get a value' "2 NULLs of k.s become 'admin'"
lossy 'CREATE TABLE t (a, b AS (a * 2));' 'ALTER TABLE t DROP COLUMN b;
ALTER TABLE t ADD COLUMN b; INSERT INTO t VALUES (1, 2), (2, NULL), (3, 7), (4, 8);' \
	'ALTER TABLE t DROP COLUMN b; ALTER TABLE t ADD COLUMN b AS (a * 2);'
loses 'values that are computed again' '1 value of t.b would be lost'
lossy 'CREATE TABLE t (a);' 'ALTER TABLE t RENAME TO u;
ALTER TABLE u RENAME a TO b; INSERT INTO u VALUES (1);' \
	'ALTER TABLE u RENAME TO old; CREATE TABLE t (a);
INSERT INTO t SELECT b FROM old; DROP TABLE old;'
loses 'what was copied by hand is asked about' '1 row of u would be lost'
lossy 'CREATE TABLE t (a);' 'INSERT INTO t VALUES (1);' \
	'ALTER TABLE t RENAME TO old; CREATE TABLE t (a NOT NULL);
INSERT INTO t SELECT a FROM old; DROP TABLE old;'
is_db 'a rebuilt table loses nothing' 0 '' \
	'Running downgrade bbbb1111 -> aaaa1111, revision bbbb1111' downgrade -1
lossy 'CREATE TABLE t (a);' 'ALTER TABLE t RENAME TO u;
ALTER TABLE u RENAME a TO b; INSERT INTO u VALUES (1);' \
	'ALTER TABLE u RENAME b TO a; ALTER TABLE u RENAME TO old;
ALTER TABLE old RENAME TO t;'
is_db 'renames lose nothing' 0 '' \
	'Running downgrade bbbb1111 -> aaaa1111, revision bbbb1111' downgrade -1

# Values that another type would change: found where a revision runs, too.
fresh_folder
echo 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);' \
	>migrations/schema.sql
run db revision --autogenerate -m one
run db upgrade
echo 'CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER NOT NULL DEFAULT 5, b INT);' \
	>migrations/schema.sql
run db revision --autogenerate -m two --rev-id bbbb1111
sql "INSERT INTO t VALUES (1, '5', 'x'), (2, '007', '08')"
was=$(state)
run db upgrade
like 'values that would be rewritten' 4 '' '*
taskmgr: db upgrade: versions/bbbb1111_two.sql:*:1: 1 value of t.a, 1 value of t.b would be rewritten
    INSERT INTO _taskmgr_new_t
    ^
    id 2, a 007, b 08
hint: change the rows first; nothing was changed'
same 'are not' "$(state)" "$was"
sql "UPDATE t SET a = '7', b = '8' WHERE id = 2"
run db upgrade
echo 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT);' \
	>migrations/schema.sql
run db revision --autogenerate -m three
run db upgrade
sql "UPDATE t SET a = '007' WHERE id = 2"
is_db 'on the way back they are asked about' 2 '' "\
taskmgr: db downgrade: 1 value of t.a would be rewritten
hint: use --yes to downgrade anyway" downgrade -1
run db downgrade -1 --yes
same 'with --yes they are' "$(sql 'SELECT * FROM t')" '1|5|x
2|7|8'

# Outside of a transaction nothing can be rehearsed: it is asked about whole.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' 'DROP TABLE a;' 'transaction: off'
run db upgrade
was=$(state)
is_db 'a downgrade outside of a transaction' 2 '' "\
taskmgr: db downgrade: revision aaaa1111 runs outside a transaction, so losses cannot be counted
hint: use --yes to downgrade anyway" downgrade base
same 'it is not run unasked' "$(state)" "$was"
is_db 'with --yes' 0 '' 'Running downgrade aaaa1111 -> , revision aaaa1111' \
	downgrade base --yes
finish
