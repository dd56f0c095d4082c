#!/bin/sh
# Rows and foreign keys are watched while a revision runs.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

# Foreign keys never cascade in a rebuild, and new violations abort.
fresh_folder
cat >migrations/schema.sql <<'EOF'
CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE c (id INTEGER PRIMARY KEY,
	p INTEGER NOT NULL REFERENCES p (id) ON DELETE CASCADE);
EOF
run db revision --autogenerate -m one --rev-id aaaa1111
run db upgrade
sql "INSERT INTO p VALUES (1, 'x'), (2, 'y');
	INSERT INTO c VALUES (5, 1), (6, 2)"
sed -i 's/name TEXT NOT NULL/name TEXT UNIQUE/' migrations/schema.sql
run db revision --autogenerate -m two --rev-id bbbb1111
run db upgrade
same 'the children of a rebuilt table' "$(sql 'SELECT * FROM c')" '5|1
6|2'
was=$(state)
revision cccc1111 bbbb1111 'CREATE TABLE p2 (id INTEGER PRIMARY KEY, name);
INSERT INTO p2 SELECT * FROM p WHERE id = 1;
DROP TABLE p;
ALTER TABLE p2 RENAME TO p;' '' 'foreign_keys: off'
is_db 'a rebuild that leaves orphans' 4 '' "\
Running upgrade bbbb1111 -> cccc1111, revision cccc1111
taskmgr: db upgrade: versions/cccc1111.sql: 1 row would violate a foreign key
    c, row 6: no such row of p
hint: change the rows first; nothing was changed" \
	upgrade
sql 'DELETE FROM c WHERE id = 6'
was=$(state)
is_db 'a rebuild that loses a row' 4 '' "\
Running upgrade bbbb1111 -> cccc1111, revision cccc1111
taskmgr: db upgrade: versions/cccc1111.sql: table \"p\" had 2 rows and would have 1
hint: to delete rows on purpose, add a DELETE FROM p; nothing was changed" \
	upgrade
same 'both left all as it was' "$(state)" "$was"

# Rows are watched by their tables, violations by their rows.
watched() {
	fresh_folder
	sql 'CREATE TABLE p (id INTEGER PRIMARY KEY)' \
		'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT,
			p REFERENCES p (id))' 'INSERT INTO t VALUES (1, NULL), (2, 7)'
	revision aaaa1111 '' "$2" '' 'foreign_keys: off'
	[ "$3" ] || {
		is_db "$1" 0 '' 'Running upgrade  -> aaaa1111, revision aaaa1111' \
			upgrade
		return
	}
	is_db "$1" 4 '' "\
Running upgrade  -> aaaa1111, revision aaaa1111
taskmgr: db upgrade: versions/aaaa1111.sql: $3" upgrade
}
hint='hint: to delete rows on purpose, add a DELETE FROM t; nothing was changed'
loss="table \"t\" had 2 rows and would have 1
$hint"
watched 'a DELETE elsewhere excuses nothing' "
CREATE TABLE n (id INTEGER PRIMARY KEY AUTOINCREMENT, p REFERENCES p (id));
INSERT INTO n SELECT * FROM t WHERE id = 1; DELETE FROM sqlite_sequence;
DROP TABLE t; ALTER TABLE n RENAME TO T;
CREATE TRIGGER d AFTER DELETE ON t BEGIN DELETE FROM t; END;" "$loss"
watched 'nor does one of another table' "DELETE FROM p; ALTER TABLE t RENAME TO u;
CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t SELECT id FROM u LIMIT 1; DROP TABLE u;" \
	"$loss"
watched 'nor one of a helper' 'CREATE TABLE help (x); DELETE FROM help;
CREATE TABLE n AS SELECT * FROM t WHERE id = 1; DROP TABLE t;
ALTER TABLE n RENAME TO t;' "$loss"
watched 'nor one that deletes nothing' 'DELETE FROM t WHERE id > 7;
CREATE TABLE n AS SELECT * FROM t WHERE id = 1; DROP TABLE t;
ALTER TABLE n RENAME TO t;' "$loss"
watched 'nor a constraint that replaces' 'CREATE TABLE n
(id INT UNIQUE ON CONFLICT REPLACE); INSERT INTO n SELECT 1 FROM t; DROP TABLE t;
ALTER TABLE n RENAME TO t;' "$loss"
watched 'nor a REPLACE that puts back' 'INSERT OR REPLACE INTO t SELECT * FROM t;
CREATE TABLE n AS SELECT * FROM t WHERE id = 1; DROP TABLE t;
ALTER TABLE n RENAME TO t;' "$loss"
watched 'nor a DELETE of what comes again' 'CREATE TEMP TABLE b AS SELECT * FROM t;
DELETE FROM t; INSERT INTO t SELECT * FROM b;
CREATE TABLE n AS SELECT * FROM t WHERE id = 1; DROP TABLE t;
ALTER TABLE n RENAME TO t;' "$loss"
watched 'a copy that is forgotten' 'CREATE TABLE n (id INTEGER PRIMARY KEY);
DROP TABLE t; ALTER TABLE n RENAME TO t;' "\
table \"t\" had 2 rows and would have 0
$hint"
watched 'a trigger may delete' 'CREATE TRIGGER g AFTER INSERT ON p BEGIN
DELETE FROM t WHERE id = new.id; END; INSERT INTO p VALUES (1); DROP TRIGGER g;' ''
watched 'however they were copied' 'CREATE VIEW v AS SELECT * FROM t WHERE id = 1;
CREATE TABLE n AS SELECT v.* FROM p, v UNION SELECT * FROM v; DROP TABLE t;
DROP VIEW v; ALTER TABLE n RENAME TO t;' "$loss"
watched 'one of its own does' 'DELETE FROM main.t WHERE id = 1;' ''
watched 'one of a copy does' 'CREATE TABLE n AS SELECT * FROM t;
DELETE FROM n WHERE id = 1; DROP TABLE t; ALTER TABLE n RENAME TO t;' ''
watched 'so do the others' 'UPDATE OR REPLACE "t" SET id = 1, p = NULL;' ''
watched 'in any spelling' 'WITH x AS (SELECT 1) INSERT OR REPLACE INTO
	[t] (id, p) SELECT 1, NULL FROM x; DELETE FROM "main"."T" AS y WHERE id = 2;' ''
watched 'a dropped one has none to lose' 'DROP TABLE t;
ALTER TABLE p RENAME TO t;' ''
watched 'nor one that is made again' 'DROP TABLE t; CREATE TABLE t (id);' ''
watched 'a table may give its name away' 'ALTER TABLE t RENAME TO old_t;
CREATE TABLE t (x);' ''
watched 'a new violation in place of an old one' 'UPDATE t SET p = 8 - p;
UPDATE t SET p = 9 WHERE id = 1; UPDATE t SET p = NULL WHERE id = 2;' \
	'1 row would violate a foreign key
    t, row 1: no such row of p
hint: change the rows first; nothing was changed'
watched 'an old violation of a renumbered row' "DELETE FROM t WHERE id = 1;
CREATE TABLE n (p REFERENCES P (id)); INSERT INTO n SELECT p FROM t; DROP TABLE t;
ALTER TABLE n RENAME TO t;" ''
watched 'an old violation of a table that was copied' 'ALTER TABLE t RENAME TO old;
CREATE TABLE t (id INTEGER PRIMARY KEY, p REFERENCES p (id), q);
INSERT INTO t (id, p) SELECT id, p FROM old; DROP TABLE old;' ''
watched 'an old violation of another type' 'CREATE TABLE n (id TEXT PRIMARY KEY,
	r REAL REFERENCES p (id)); INSERT INTO n SELECT id, p FROM t; DROP TABLE t;
ALTER TABLE n RENAME TO t;' ''
watched 'an old violation under a new name' 'ALTER TABLE t RENAME TO u;
ALTER TABLE p RENAME TO q;' ''

# Outside of a transaction it can only be told, and isn't taken for done.
fresh_folder
sql 'CREATE TABLE t (id INTEGER PRIMARY KEY)' 'INSERT INTO t VALUES (1), (2)'
printf '%s\n' '-- m' '-- revision: aaaa1111' '-- foreign_keys: off' \
	'-- transaction: off' '-- migrate:up' \
	'CREATE TABLE n AS SELECT * FROM t LIMIT 1; DROP TABLE t;' \
	'ALTER TABLE n RENAME TO t;' >migrations/versions/aaaa1111.sql
is_db 'a row lost outside of a transaction' 4 '' 'Running upgrade  -> aaaa1111, m
taskmgr: db upgrade: versions/aaaa1111.sql: table "t" had 2 rows and would have 1
hint: its changes stay; once the rows are right, run: taskmgr db stamp aaaa1111' \
	upgrade
same 'its version is not written' \
	"$(sql 'SELECT * FROM t' '.tables alembic_version')" 1
sed -i 's/foreign_keys/Foreign-Keys/' migrations/versions/aaaa1111.sql
is_db 'a key that is nearly one' 6 '' "\
taskmgr: db upgrade: versions/aaaa1111.sql:3: expected foreign_keys, not Foreign-Keys" \
	upgrade

fresh_folder
sql 'CREATE TABLE t (id INTEGER PRIMARY KEY)' 'INSERT INTO t VALUES (1), (2)' \
	'CREATE TABLE c (t REFERENCES t)' 'INSERT INTO c VALUES (1), (2)'
revision aaaa1111 '' 'PRAGMA main.foreign_keys = 0; DELETE FROM t WHERE id = 2;' \
	'' 'transaction: off'
is_db 'violations outside of a transaction' 4 '' 'Running upgrade  -> aaaa1111, revision aaaa1111
taskmgr: db upgrade: versions/aaaa1111.sql: 1 row would violate a foreign key
    c, row 2: no such row of t
hint: its changes stay; once the rows are right, run: taskmgr db stamp aaaa1111' \
	upgrade

# What a statement asks for, beside rows.
fresh_folder
sql 'CREATE TABLE p (id INTEGER PRIMARY KEY)' 'INSERT INTO p VALUES (1)' \
	'CREATE TABLE c (p REFERENCES p)' 'INSERT INTO c VALUES (1)' \
	'CREATE VIEW v AS SELECT id FROM p'
revision aaaa1111 '' 'DROP TABLE p;' ''
run db upgrade
like 'a rebuild without the header' 4 '' '*FOREIGN KEY constraint failed
*
hint: rows of c refer to it: drop that table first, or, to rebuild p, add "-- foreign_keys: off" to the header'
revision aaaa1111 '' 'ALTER TABLE p RENAME TO o; CREATE TABLE p (id);
DROP TABLE o;' ''
run db upgrade
like 'a rebuild that renames first' 4 '' '*FOREIGN KEY constraint failed
*
hint: rows of c refer to it, because RENAME also redirects foreign keys; *'
revision aaaa1111 '' 'CREATE TABLE n AS SELECT * FROM p; DROP TABLE p;
ALTER TABLE n RENAME TO p;' '' 'foreign_keys: off'
run db upgrade
like 'a rebuild under a view' 1 '' '*error in view v*
hint: drop it first and recreate it afterwards, or begin with PRAGMA legacy_alter_table = ON'

# A foreign key keeps the key that it leads to.
fresh_folder
sql 'CREATE TABLE p (a, b); CREATE UNIQUE INDEX u ON p (a)' \
	'CREATE TABLE c (p REFERENCES p (a))' 'CREATE TABLE d (p REFERENCES p (b))'
revision aaaa1111 '' 'DROP INDEX u; CREATE INDEX v ON p (a);' ''
is_db 'an index that a foreign key needs' 4 '' "\
Running upgrade  -> aaaa1111, revision aaaa1111
taskmgr: db upgrade: versions/aaaa1111.sql: a foreign key in c would reference columns that are neither PRIMARY KEY nor UNIQUE
hint: declare those columns PRIMARY KEY or UNIQUE, or give them a unique index; nothing was changed" \
	upgrade
revision aaaa1111 '' 'DROP INDEX u; CREATE UNIQUE INDEX v ON p (a);' ''
is_db 'another index takes its place' 0 '' \
	'Running upgrade  -> aaaa1111, revision aaaa1111' upgrade

echo 'CREATE TABLE p (a UNIQUE, b); CREATE TABLE c (p REFERENCES p (a));
CREATE TABLE d (p REFERENCES p (b));' >migrations/schema.sql
run db diff
like 'a foreign key that references no key from the start' 0 '*' ''

echo 'CREATE TABLE p (a); CREATE TABLE c (p REFERENCES q);
CREATE VIEW v AS SELECT nope FROM p; CREATE TABLE d (x, y AS (x));
CREATE TRIGGER t AFTER UPDATE OF x ON d BEGIN UPDATE nope SET a = 1; END;
CREATE TABLE e (x); CREATE TRIGGER u AFTER DELETE ON e BEGIN DELETE FROM nope; END;' \
	>migrations/schema.sql
run db diff
like 'what somebody will run into' 0 '*' '*schema.sql: INSERT into c would fail: no such table: main.q
schema.sql: SELECT from v would fail: no such column: nope
schema.sql: DELETE from e would fail: trigger u: no such table: main.nope*'

echo 'PRAGMA foreign_keys = ON; CREATE TABLE p (a); INSERT INTO p VALUES (1);' \
	>migrations/schema.sql
run db diff
like 'statements that make nothing' 0 '*' 'schema.sql:1: PRAGMA has no effect here: a schema holds no settings
schema.sql:1: INSERT has no effect here: a schema holds no rows*'

# Two foreign keys to one table; rows that only their key tells apart.
swapped() {
	fresh_folder
	sql 'CREATE TABLE p (id INTEGER PRIMARY KEY)' 'INSERT INTO p VALUES (1)' \
		'CREATE TABLE c (id TEXT PRIMARY KEY, a REFERENCES p,
			b REFERENCES p) WITHOUT ROWID' \
		"INSERT INTO c VALUES ('x', 1, 9), ('y', 1, 1)"
	revision aaaa1111 '' "$2" '' 'foreign_keys: off'
	is_db "$1" 4 '' "\
Running upgrade  -> aaaa1111, revision aaaa1111
taskmgr: db upgrade: versions/aaaa1111.sql: 1 row would violate a foreign key
    c, row $3: no such row of p
hint: change the rows first; nothing was changed" upgrade
}
swapped 'another key of the same row' "
UPDATE c SET a = 8, b = 1 WHERE id = 'x';" x
swapped 'the same key of another row' "UPDATE c SET b = 10 - b;" y

fresh_folder
sql 'CREATE TABLE p (id INTEGER PRIMARY KEY)' 'INSERT INTO p VALUES (1)' \
	'CREATE TABLE c (a REFERENCES p)' 'INSERT INTO c VALUES (1), (9)'
revision aaaa1111 '' 'UPDATE c SET a = 10 - a;' '' 'foreign_keys: off'
is_db 'rows without a key' 4 '' "\
Running upgrade  -> aaaa1111, revision aaaa1111
taskmgr: db upgrade: versions/aaaa1111.sql: 1 row would violate a foreign key
    c, row 1: no such row of p
hint: change the rows first; nothing was changed" upgrade
revision aaaa1111 '' 'CREATE TABLE n (a REFERENCES p); INSERT INTO n SELECT a FROM c
ORDER BY a DESC; DROP TABLE c; ALTER TABLE n RENAME TO c;' '' 'foreign_keys: off'
is_db 'in another order' 0 '' \
	'Running upgrade  -> aaaa1111, revision aaaa1111' upgrade

revision aaaa1111 '' 'CREATE TABLE m (a REFERENCES p (id), FOREIGN KEY (a) REFERENCES p);
INSERT INTO m SELECT a FROM c; DROP TABLE c; ALTER TABLE m RENAME TO c;' '' \
	'foreign_keys: off'
sql 'DELETE FROM alembic_version' 'DELETE FROM _taskmgr_revision'
is_db 'one that is declared twice' 0 '' \
	'Running upgrade  -> aaaa1111, revision aaaa1111' upgrade

# A foreign key that leads to no key hides none of its table's others.
watch() {
	revision aaaa1111 '' "$2" '' 'foreign_keys: off'
	is_db "$1" 4 '' "\
Running upgrade  -> aaaa1111, revision aaaa1111
taskmgr: db upgrade: versions/aaaa1111.sql: $3" upgrade
}
fresh_folder
sql 'CREATE TABLE p (id INTEGER PRIMARY KEY, k)' 'INSERT INTO p VALUES (1, 1)' \
	'CREATE TABLE c (k REFERENCES p (k), i REFERENCES p)' \
	'INSERT INTO c VALUES (NULL, 1)' \
	'CREATE TABLE w (k PRIMARY KEY REFERENCES gone) WITHOUT ROWID' \
	"INSERT INTO w VALUES ('x')"
watch 'a violation beside a mismatch' 'DELETE FROM p;' \
	'1 row would violate a foreign key
    c: no such row of p
hint: change the rows first; nothing was changed'
revision aaaa1111 '' 'CREATE UNIQUE INDEX uk ON p (k);
CREATE TABLE gone (k PRIMARY KEY);' '' 'foreign_keys: off'
is_db 'a violation that is gone' 0 '' \
	'Running upgrade  -> aaaa1111, revision aaaa1111' upgrade
away='ALTER TABLE p RENAME TO o; CREATE TABLE p (id INTEGER PRIMARY KEY, k UNIQUE);
INSERT INTO p SELECT * FROM o; DROP TABLE o;'
fresh_folder
sql 'CREATE TABLE p (id INTEGER PRIMARY KEY, k UNIQUE)' \
	'CREATE TABLE c (i REFERENCES p)'
watch 'a foreign key that followed a name' "$away" \
	'a foreign key in c would reference o, which is dropped
hint: RENAME also redirects foreign keys; to prevent that, set PRAGMA legacy_alter_table = ON and add "-- foreign_keys: off" to the header'
revision aaaa1111 '' "PRAGMA legacy_alter_table = ON; $away" '' \
	'foreign_keys: off'
is_db 'as the hint says' 0 '' \
	'Running upgrade  -> aaaa1111, revision aaaa1111' upgrade
same 'it stays where it was' "$(sql 'PRAGMA foreign_key_list(c)')" \
	'0|0|p|i||NO ACTION|NO ACTION|NONE'
finish
