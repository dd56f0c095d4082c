#!/bin/sh
# What must hold whenever revisions run: whole or not at all, once, and with
# words that lead to the line at fault.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

is_db() {
	name=$1 status=$2 out=$3 err=$4
	shift 4
	run db "$@"
	is "$name" "$status" "$out" "$err"
}

# All that the database says, but for our log, whose failures are added to.
state() {
	sql .dump 'PRAGMA integrity_check' 'PRAGMA foreign_key_check' |
		grep -v -e _taskmgr_log -e _taskmgr_revision
}

two() {
	fresh_folder
	revision aaaa1111 '' 'CREATE TABLE a (x);
INSERT INTO a VALUES (1);' 'DROP TABLE a;'
	run db upgrade
	was=$(state)
}

# A revision that fails leaves nothing but a line in the log.
two
revision bbbb1111 aaaa1111 'CREATE TABLE b (x);
INSERT INTO b VALUES (1);
INSERT INTO b SELECT * FORM a;' 'DROP TABLE b;'
is_db 'a failing revision' 1 '' "\
Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111
taskmgr: db upgrade: versions/bbbb1111.sql:10:24: near \"FORM\": syntax error
    INSERT INTO b SELECT * FORM a;
                           ^" upgrade
same 'it leaves nothing' "$(state)" "$was"
run db log
like 'its failure is in the log' 0 '*
* upgrade aaaa1111 -> bbbb1111 *FAILED: versions/bbbb1111.sql:10:24: near "FORM": syntax error' ''
run db log --limit 1
like 'the newest of the log' 0 '????-??-?? * upgrade aaaa1111 -> bbbb1111 *' ''
run db log --limit 2 --json
same 'the newest two, in their order' \
	"$(jq -r '.[].to_revision' "$WORK/out" | xargs)" 'aaaa1111 bbbb1111'
is_db 'less than none' 2 '' 'taskmgr: db log: --limit must be 0 or more' \
	log --limit -1
is_db 'none of the log' 0 '' '' log --limit=0
run db log --json
same 'the log has the name of who has none in the environment' \
	"$(jq -r '.[1].person' "$WORK/out")" "$(id -un 2>/dev/null || echo "uid $(id -u)")"
same 'the log as data' "$(jq -c '.[1] | [.operation, .from_revision, .to_revision, .error]' "$WORK/out")" \
	'["upgrade","aaaa1111","bbbb1111","versions/bbbb1111.sql:10:24: near \"FORM\": syntax error"]'
revision bbbb1111 aaaa1111 'CREATE TABLE b (x);' 'DROP TABLE b;'
is_db 'mended, it runs' 0 '' \
	'Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111' upgrade

# One transaction for all of them, if asked for.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' 'DROP TABLE a;'
revision bbbb1111 aaaa1111 'CREATE TABLE a (x);' ''
run db upgrade --single-transaction
like 'the second of one transaction fails' 1 '' \
	'*versions/bbbb1111.sql:8:14: table a already exists*'
same 'the first is not there either' \
	"$(sql "SELECT name FROM sqlite_schema WHERE name = 'a'")" ''
run db upgrade
like 'each in its own' 1 '' '*table a already exists*'
same 'the first is there' "$(sql 'SELECT * FROM alembic_version')" aaaa1111

# What would end the transaction, or reach out of it, names the header's key.
guard() {
	two
	revision bbbb1111 aaaa1111 "CREATE TABLE b (x);
$1" ''
	is_db "guard: $1" "$3" '' "\
Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111
taskmgr: db upgrade: versions/bbbb1111.sql:9:1: $4
    $1
    ^
hint: $5put \"-- $2: off\" into the header$6" upgrade
	same "guard: $1 leaves nothing" "$(state)" "$was"
}
one=' to run it outside of one'
leave='leave it out, as a revision is one transaction; or '
guard 'COMMIT;' transaction 4 \
	'BEGIN, COMMIT and ROLLBACK are not allowed inside a transaction' \
	"$leave" "$one"
guard "ATTACH 'x.db' AS x;" transaction 4 \
	'ATTACH and DETACH are not allowed inside a transaction' '' "$one"
guard 'ROLLBACK TO a;' transaction 4 \
	'SAVEPOINT, RELEASE and ROLLBACK TO are not allowed inside a transaction' \
	"$leave" "$one"
guard 'PRAGMA foreign_keys = OFF;' foreign_keys 4 \
	'PRAGMA foreign_keys does nothing inside a transaction' '' ' instead of each such PRAGMA'
guard 'PRAGMA journal_mode = WAL;' transaction 4 \
	'PRAGMA journal_mode is not allowed inside a transaction' '' "$one"
guard 'PRAGMA wal_checkpoint;' transaction 4 \
	'PRAGMA wal_checkpoint is not allowed inside a transaction' '' "$one"
guard 'VACUUM;' transaction 4 'VACUUM is not allowed inside a transaction' \
	'' "$one"
sed -i 's/^-- create_date.*/&\n-- transaction: off/
	s/^CREATE TABLE b.*//' migrations/versions/bbbb1111.sql
is_db 'transaction: off' 0 '' \
	'Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111' upgrade
revision cccc1111 bbbb1111 'PRAGMA user_version = 7;' '' 'transaction: off'
is_db 'it cannot be rehearsed' 2 '' "\
taskmgr: db upgrade: Revision cccc1111 runs outside of a transaction (versions/cccc1111.sql), so it can neither be rehearsed nor share one" \
	upgrade --dry-run

# Where the database is and what was run is no revision's to write.
kept() {
	two
	revision bbbb1111 aaaa1111 "CREATE TABLE b (x);
/* a remark */ $1" ''
	is_db "kept: $1" 4 '' "\
Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111
taskmgr: db upgrade: versions/bbbb1111.sql:9:16: alembic_version and the record are written by taskmgr alone
    /* a remark */ $1
                   ^
hint: leave this statement out" upgrade
	same "kept: $1 leaves nothing" "$(state)" "$was"
}
kept "UPDATE alembic_version SET version_num = 'bbbb1111';"
kept 'DROP TABLE _taskmgr_revision;'
kept 'ALTER TABLE alembic_version RENAME TO c;'
kept 'CREATE TRIGGER c AFTER UPDATE ON Alembic_Version BEGIN SELECT 1; END;'
sql 'CREATE TRIGGER c BEFORE UPDATE ON alembic_version
	BEGIN SELECT RAISE(IGNORE); END'
revision bbbb1111 aaaa1111 'CREATE TABLE b (x);' ''
is_db 'a version that others keep from changing' 1 '' "\
Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111
taskmgr: db upgrade: alembic_version: 0 rows changed for \"aaaa1111\", not one" upgrade

# The applied text is known: an edit is seen, a comment is none.
two
sed -i 's/^-- migrate:up/&\n-- a remark/; s/CREATE TABLE/create   table/' \
	migrations/versions/aaaa1111.sql
is_db 'a comment is no edit' 0 '' '' upgrade
revision aaaa1111 '' 'CREATE TABLE a (x, y);' 'DROP TABLE a;'
is_db 'an edited revision' 6 '' "\
taskmgr: db upgrade: Revision aaaa1111 was changed after it was applied (2026-11-22 11:07:02): versions/aaaa1111.sql
hint: put the file back, or accept the change: taskmgr db repair" upgrade
is_db 'status says so' 0 \
	'edited   2026-11-22 11:07:02  aaaa1111, revision aaaa1111' '' status
is_db 'repair' 0 '' 'Repaired the record of 1 revision: aaaa1111' repair
is_db 'once' 0 '' 'Nothing is to be repaired' repair
is_db 'after the repair' 0 '' '' upgrade

# Its file may even be gone.
two
revision bbbb1111 aaaa1111 'CREATE TABLE b (x);' 'DROP TABLE b;'
run db upgrade
rm migrations/versions/bbbb1111.sql
is_db 'a missing file' 6 '' "\
taskmgr: db upgrade: Can't locate revision identified by 'bbbb1111': the database has it (\"revision bbbb1111\", applied 2026-11-22 11:07:02), but it has no file in migrations/versions
hint: get its file, or go back with: taskmgr db downgrade -1" upgrade
is_db 'current of a missing file' 0 'bbbb1111 (missing)' '' current
run db status --json
same 'status as data' "$(jq -r '.[] | .revision + " " + .state' "$WORK/out")" \
	'aaaa1111 applied
bbbb1111 missing'
is_db 'it is downgraded all the same' 0 '' \
	'Running downgrade bbbb1111 -> aaaa1111, revision bbbb1111' downgrade -1
same 'and its table is gone' "$(state)" "$was"
sql "UPDATE alembic_version SET version_num = 'ffff9999'"
is_db 'a revision that nobody knows' 6 '' "\
taskmgr: db upgrade: Can't locate revision identified by 'ffff9999': the database has it, but it has no file in migrations/versions
hint: get its file, or run: taskmgr db stamp --purge REV" upgrade
is_db 'stamp --purge' 0 '' 'Running stamp_revision ffff9999 -> aaaa1111' \
	stamp --purge head

# Values that a downgrade throws away are counted first.
is_db 'a downgrade that loses rows' 2 '' "\
taskmgr: db downgrade: 1 row of a would be lost
hint: say --yes to downgrade all the same" downgrade base
run db downgrade base --dry-run
like 'a dry run' 0 '' 'Running downgrade aaaa1111 -> , revision aaaa1111
  aaaa1111: 0.??? s
  a: 1 row, gone
1 row of a would be lost
Dry run of 0.??? s: nothing was changed'
same 'nothing was changed' "$(state)" "$was"
run db downgrade base --yes
same 'with --yes' "$(sql 'SELECT count(*) FROM alembic_version')" 0

# Nothing is built on what has no file, and nothing unasked is made.
fresh_folder
is_db 'the version table of no database' 6 '' "\
taskmgr: db ensure_version: database app.db does not exist
hint: make it with: taskmgr db upgrade" ensure_version
is_db 'a wait of less than nothing' 2 '' \
	'taskmgr: db upgrade: --lock-timeout must be 0 or more seconds' \
	upgrade --lock-timeout=-1
revision aaaa1111 '' 'CREATE TABLE a (x);' ''
revision bbbb1111 aaaa1111 'CREATE TABLE b (x);' ''
run db upgrade
rm migrations/versions/bbbb1111.sql
is_db 'a revision of what has no file' 3 '' \
	"taskmgr: db revision: Can't locate revision identified by 'bbbb1111': it has no file" \
	revision --head bbbb1111 --splice -m x
STATUS=0
env -i PATH="$PATH" LC_ALL=C.UTF-8 ASAN_OPTIONS="${ASAN_OPTIONS-}" \
	EDITOR="sed -i 's/^-- down_revision.*/&nosuch/'" "$TASKMGR" \
	db edit aaaa1111 >"$WORK/out" 2>"$WORK/err" || STATUS=$?
is 'an edit that breaks the graph' 6 '' 'Revision aaaa1111 has been run already; to have it accepted as it is now, run: taskmgr db repair
taskmgr: db edit: Revision nosuch referenced from aaaa1111 (versions/aaaa1111.sql) is not present'

revision aaaa1111 '' 'CREATE TABLE a (x);' ''
run --read-only --db none.db db upgrade
is 'read-only makes nothing, and says so' 6 '' "\
taskmgr: db upgrade: database none.db does not exist
hint: make it with: taskmgr --db none.db db upgrade"

fresh_folder
is_db 'the first step is told' 0 '' \
	'There are no revisions yet; write the first with: taskmgr db revision --autogenerate -m "…"' \
	upgrade
is_db 'an option that would do nothing' 2 '' \
	'taskmgr: db revision: --rename, --fill and --column-order need --autogenerate' \
	revision -m x --fill t.a=1

# The folder that taskmgr.ini names is made by db init.
fresh_folder
rm -r migrations
run db init
like 'db init for a file that is there' 0 '' 'Creating directory migrations *'
is_db 'but not a second time' 1 '' \
	'taskmgr: db init: Directory migrations already exists and is not empty
hint: name another: taskmgr db init DIR' init
is_db 'nor under another name' 1 '' 'taskmgr: db init: taskmgr.ini already exists
hint: to make the folder that it names: taskmgr db init' init other

# A file may be missing under others that are there.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' 'DROP TABLE a;'
revision bbbb1111 aaaa1111 'CREATE TABLE b (x);' 'DROP TABLE b;'
run db upgrade
revision cccc1111 bbbb1111 'CREATE TABLE c (x);' ''
rm migrations/versions/aaaa1111.sql
run db status
like 'a missing file below' 0 'missing *aaaa1111*
applied *bbbb1111*
pending *cccc1111*' ''
run db upgrade
like 'nothing is built on it' 6 '' "*Can't locate revision identified by 'aaaa1111'*"
run db downgrade base
is 'but it can be taken back' 0 '' "\
Running downgrade bbbb1111 -> aaaa1111, revision bbbb1111
Running downgrade aaaa1111 -> , revision aaaa1111"
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' ''
run db upgrade
sql "UPDATE alembic_version SET version_num = 'ffff9999'"
is_db 'from where nobody knows there is no way back' 6 '' "\
taskmgr: db downgrade: Can't locate revision identified by 'ffff9999': the database has it, but it has no file in migrations/versions
hint: get its file, or run: taskmgr db stamp --purge REV" downgrade base

# How a revision runs is a part of it.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' 'DROP TABLE a;' 'foreign_keys: off'
run db upgrade
sed -i '/foreign_keys/d' migrations/versions/aaaa1111.sql
run db downgrade -1
like 'an edited header' 6 '' '*Revision aaaa1111 was changed after*'
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' 'DROP TABLE a;'
revision bbbb1111 '' 'CREATE TABLE b (x);' 'DROP TABLE b;'
revision cccc1111 'aaaa1111, bbbb1111' 'CREATE TABLE c (x);' 'DROP TABLE c;'
run db upgrade
sed -i 's/^-- down_revision: aaaa.*/-- down_revision: bbbb1111,aaaa1111/' \
	migrations/versions/cccc1111.sql
is_db 'the order of parents is none' 0 '' '' upgrade
sed -i 's/^-- down_revision: bbbb.*/-- down_revision: bbbb1111/' \
	migrations/versions/cccc1111.sql
run db upgrade heads
like 'another parent is an edit' 6 '' '*Revision cccc1111 was changed after*'
rm migrations/versions/cccc1111.sql
run db current --check-heads
like 'a head without a file' 6 '' '*Database is not on all head revisions*'

# What cannot be looked at is not missing.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' ''
run --db taskmgr.ini/x db status
is 'a path through a file' 1 '' \
	'taskmgr: db status: database taskmgr.ini/x: Not a directory'
run --db no/x.db db upgrade
is 'a folder that is missing' 1 '' \
	'taskmgr: db upgrade: database no/x.db cannot be opened: No such file or directory'
mkfifo migrations/versions/pipe.sql
run db history
is 'a pipe among the revisions' 6 '' \
	'taskmgr: db history: versions/pipe.sql is not a regular file'

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
hint: say --yes to downgrade all the same" downgrade -1
	same "$1: nothing was changed" "$(state)" "$was"
}
lossy 'CREATE TABLE t (a, y);' "ALTER TABLE t DROP COLUMN y;
ALTER TABLE t ADD COLUMN z; INSERT INTO t VALUES (1, 'precious');" \
	'ALTER TABLE t DROP COLUMN z; ALTER TABLE t ADD COLUMN y;'
loses 'one column for another' '1 value of t.z would be lost'
lossy 'CREATE TABLE q (x);' 'DROP TABLE q; CREATE TABLE z (x);
INSERT INTO z VALUES (1), (2);' 'DROP TABLE z; CREATE TABLE q (x);'
loses 'one table for another' '2 rows of z would be lost'
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
is_db 'a table made anew loses nothing' 0 '' \
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
hint: say --yes to downgrade all the same" downgrade -1
run db downgrade -1 --yes
same 'with --yes they are' "$(sql 'SELECT * FROM t')" '1|5|x
2|7|8'

# Outside of a transaction nothing can be rehearsed: it is asked about whole.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' 'DROP TABLE a;' 'transaction: off'
run db upgrade
was=$(state)
is_db 'a downgrade outside of a transaction' 2 '' "\
taskmgr: db downgrade: revision aaaa1111 runs outside of a transaction, so what would be lost cannot be counted
hint: say --yes to downgrade all the same" downgrade base
same 'it is not run unasked' "$(state)" "$was"
is_db 'with --yes' 0 '' 'Running downgrade aaaa1111 -> , revision aaaa1111' \
	downgrade base --yes

# What only the commit finds names the revision all the same.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE c (p REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED);
INSERT INTO c VALUES (1);' ''
is_db 'a deferred foreign key' 4 '' "\
Running upgrade  -> aaaa1111, revision aaaa1111
taskmgr: db upgrade: versions/aaaa1111.sql: FOREIGN KEY constraint failed
    c, row 1: no such row of p" \
	upgrade
same 'it left nothing' "$(sql .tables | grep -c '[pc]$')" 0

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
hint: rows that are meant to go want a DELETE FROM p of their own; nothing was changed" \
	upgrade
same 'both left all as it was' "$(state)" "$was"

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

# Together they do what each does alone: foreign keys are off for those only
# that say so.
keys() {
	fresh_folder
	revision aaaa1111 '' 'CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE c (p REFERENCES p (id) ON DELETE CASCADE);
INSERT INTO p VALUES (1), (2); INSERT INTO c VALUES (1), (2);' ''
	revision bbbb1111 aaaa1111 'DELETE FROM p WHERE id = 1;' ''
	revision cccc1111 bbbb1111 'CREATE TABLE n (id INTEGER PRIMARY KEY, x);
INSERT INTO n (id) SELECT id FROM p; DROP TABLE p;
ALTER TABLE n RENAME TO p;' '' 'foreign_keys: off'
	run db upgrade "$@"
}
keys
same 'one by one' "$(sql 'SELECT * FROM c; SELECT * FROM p')" '2
2|'
keys --single-transaction
same 'in one transaction' "$(sql 'SELECT * FROM c; SELECT * FROM p')" '2
2|'
rm app.db
run db upgrade --sql --single-transaction
sqlite3 -batch -bail app.db <"$WORK/out" >/dev/null
same 'in one of the shell' "$(sql 'SELECT * FROM c; SELECT * FROM p')" '2
2|'
keys --dry-run
like 'in a rehearsal' 0 '' '*c: new, 1 row
*'
revision aaaa1111 '' 'CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE c (p REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED);
INSERT INTO c VALUES (1);' ''
revision bbbb1111 aaaa1111 'INSERT INTO p VALUES (1);' ''
run db upgrade --dry-run
like 'a violation that the next one would mend' 4 '' \
	'*versions/aaaa1111.sql: FOREIGN KEY constraint failed
    c, row 1: no such row of p'

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
hint='hint: rows that are meant to go want a DELETE FROM t of their own; nothing was changed'
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
hint: what it did stays; when the rows are right, run: taskmgr db stamp aaaa1111' \
	upgrade
same 'its version is not written' \
	"$(sql 'SELECT * FROM t' '.tables alembic_version')" 1
sed -i 's/foreign_keys/Foreign-Keys/' migrations/versions/aaaa1111.sql
is_db 'a key that is nearly one' 6 '' "\
taskmgr: db upgrade: versions/aaaa1111.sql:3: foreign_keys is expected, not Foreign-Keys" \
	upgrade

fresh_folder
sql 'CREATE TABLE t (id INTEGER PRIMARY KEY)' 'INSERT INTO t VALUES (1), (2)' \
	'CREATE TABLE c (t REFERENCES t)' 'INSERT INTO c VALUES (1), (2)'
revision aaaa1111 '' 'PRAGMA main.foreign_keys = 0; DELETE FROM t WHERE id = 2;' \
	'' 'transaction: off'
is_db 'violations outside of a transaction' 4 '' 'Running upgrade  -> aaaa1111, revision aaaa1111
taskmgr: db upgrade: versions/aaaa1111.sql: 1 row would violate a foreign key
    c, row 2: no such row of t
hint: what it did stays; when the rows are right, run: taskmgr db stamp aaaa1111' \
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
hint: rows of c refer to it: drop that before, or, if p is made anew, put "-- foreign_keys: off" into the header'
revision aaaa1111 '' 'ALTER TABLE p RENAME TO o; CREATE TABLE p (id);
DROP TABLE o;' ''
run db upgrade
like 'a rebuild that renames first' 4 '' '*FOREIGN KEY constraint failed
*
hint: rows of c refer to it, as foreign keys follow a RENAME, but not with *'
revision aaaa1111 '' 'CREATE TABLE n AS SELECT * FROM p; DROP TABLE p;
ALTER TABLE n RENAME TO p;' '' 'foreign_keys: off'
run db upgrade
like 'a rebuild under a view' 1 '' '*error in view v*
hint: drop that before and make it again behind, or put PRAGMA legacy_alter_table = ON in front'

# How far it went is told where some are done.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' ''
revision bbbb1111 aaaa1111 'CREATE TABLE b (x);' ''
revision cccc1111 bbbb1111 'nonsense;' ''
revision dddd1111 cccc1111 'CREATE TABLE d (x);' ''
run db upgrade
like 'two of four' 1 '' '*
2 of 4 revisions were run; the database is at bbbb1111
taskmgr: db upgrade: versions/cccc1111.sql:8:1: near "nonsense": syntax error*'
run db upgrade
like 'none of two' 1 '' 'Running upgrade bbbb1111 -> cccc1111, revision cccc1111
taskmgr: *'

# Parameters are for programs.
fresh_folder
sql 'CREATE TABLE t (a)'
for parameter in '?' ':env' '@v' "\$x" '?3'; do
	revision aaaa1111 '' "INSERT INTO t VALUES ($parameter);" ''
	told=$parameter
	[ "$parameter" = '?3' ] && told='?'
	is_db "the parameter $parameter" 4 '' "\
Running upgrade  -> aaaa1111, revision aaaa1111
taskmgr: db upgrade: versions/aaaa1111.sql:8:1: the parameter $told has no value here
    INSERT INTO t VALUES ($parameter);
    ^
hint: write the value itself" upgrade
done

# A foreign key keeps the key that it leads to.
fresh_folder
sql 'CREATE TABLE p (a, b); CREATE UNIQUE INDEX u ON p (a)' \
	'CREATE TABLE c (p REFERENCES p (a))' 'CREATE TABLE d (p REFERENCES p (b))'
revision aaaa1111 '' 'DROP INDEX u; CREATE INDEX v ON p (a);' ''
is_db 'an index that a foreign key needs' 4 '' "\
Running upgrade  -> aaaa1111, revision aaaa1111
taskmgr: db upgrade: versions/aaaa1111.sql: a foreign key of c would lead to no key
hint: the columns that it refers to want a PRIMARY KEY, a UNIQUE or a unique index of their own; nothing was changed" \
	upgrade
revision aaaa1111 '' 'DROP INDEX u; CREATE UNIQUE INDEX v ON p (a);' ''
is_db 'another index takes its place' 0 '' \
	'Running upgrade  -> aaaa1111, revision aaaa1111' upgrade

echo 'CREATE TABLE p (a UNIQUE, b); CREATE TABLE c (p REFERENCES p (a));
CREATE TABLE d (p REFERENCES p (b));' >migrations/schema.sql
run db diff
like 'a foreign key that leads to none from the start' 0 '*' 'schema.sql: a foreign key of d leads to no key: the columns that it refers to want a PRIMARY KEY or UNIQUE of their own'

echo 'CREATE TABLE p (a); CREATE TABLE c (p REFERENCES q);
CREATE VIEW v AS SELECT nope FROM p; CREATE TABLE d (x, y AS (x));
CREATE TRIGGER t AFTER UPDATE OF x ON d BEGIN UPDATE nope SET a = 1; END;
CREATE TABLE e (x); CREATE TRIGGER u AFTER DELETE ON e BEGIN DELETE FROM nope; END;' \
	>migrations/schema.sql
run db diff
like 'what somebody will run into' 0 '*' 'schema.sql: a row of c won*t work: no such table: main.q
schema.sql: a list of v won*t work: no such column: nope
schema.sql: a change of d won*t work: no such table: main.nope
schema.sql: a deletion of e won*t work: no such table: main.nope*'

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
is_db 'what is no violation more' 0 '' \
	'Running upgrade  -> aaaa1111, revision aaaa1111' upgrade
away='ALTER TABLE p RENAME TO o; CREATE TABLE p (id INTEGER PRIMARY KEY, k UNIQUE);
INSERT INTO p SELECT * FROM o; DROP TABLE o;'
fresh_folder
sql 'CREATE TABLE p (id INTEGER PRIMARY KEY, k UNIQUE)' \
	'CREATE TABLE c (i REFERENCES p)'
watch 'a foreign key that followed a name' "$away" \
	'the foreign key of c would lead to o, which is dropped
hint: foreign keys follow a RENAME, but not with PRAGMA legacy_alter_table = ON and "-- foreign_keys: off" in the header'
revision aaaa1111 '' "PRAGMA legacy_alter_table = ON; $away" '' \
	'foreign_keys: off'
is_db 'as the hint says' 0 '' \
	'Running upgrade  -> aaaa1111, revision aaaa1111' upgrade
same 'it stays where it was' "$(sql 'PRAGMA foreign_key_list(c)')" \
	'0|0|p|i||NO ACTION|NO ACTION|NONE'

# Without the header foreign keys are on, so a rebuild must not set them off.
cascades() {
	fresh_folder
	sql 'CREATE TABLE p (id INTEGER PRIMARY KEY)' 'INSERT INTO p VALUES (1), (2)' \
		"CREATE TABLE c (id INTEGER PRIMARY KEY, p DEFAULT 1
			REFERENCES P ON DELETE $4)" 'INSERT INTO c VALUES (1, 2)' \
		'CREATE TABLE d (c REFERENCES c ON DELETE CASCADE)' \
		'INSERT INTO d VALUES (1)'
	was=$(sql 'SELECT * FROM p, c, d')
	revision aaaa1111 '' "$2" '' "$5"
	run db upgrade
	[ "$3" ] || {
		is "$1" 0 '' 'Running upgrade  -> aaaa1111, revision aaaa1111'
		return
	}
	is "$1" 4 '' "\
Running upgrade  -> aaaa1111, revision aaaa1111
taskmgr: db upgrade: versions/aaaa1111.sql:$3"
	same 'and nothing was changed' "$(sql 'SELECT * FROM p, c, d')" "$was"
}
rebuild='CREATE TABLE n (id INTEGER PRIMARY KEY, x);
INSERT INTO n (id) SELECT id FROM p;
DROP TABLE p;
ALTER TABLE n RENAME TO p;'
at="11:1: DROP TABLE p would"
shown='
    DROP TABLE p;
    ^
hint: put "-- foreign_keys: off" into the header, or DELETE what is meant to go'
cascades 'a rebuild would delete' "$rebuild" \
	"$at delete 1 row of c, by ON DELETE CASCADE$shown" CASCADE
cascades 'a rebuild would set NULL' "$rebuild" \
	"$at change 1 row of c, by ON DELETE SET NULL$shown" 'SET NULL'
cascades 'a rebuild would set the default' "INSERT INTO p VALUES (3);
UPDATE c SET p = 3; DELETE FROM p WHERE id = 3; $rebuild" \
	"12:1: FOREIGN KEY constraint failed
    DROP TABLE p;
    ^
hint: rows of c refer to it: drop that before, or, if p is made anew, put \"-- foreign_keys: off\" into the header" 'SET DEFAULT'
cascades 'a rebuild with the header' "$rebuild" '' CASCADE 'foreign_keys: off'
cascades 'what it sets off further down' 'DROP TABLE IF EXISTS main.p; DROP TABLE c;' \
	"9:1: DROP TABLE p would delete 1 row of d, by ON DELETE CASCADE
    DROP TABLE IF EXISTS main.p; DROP TABLE c;
    ^
hint: put \"-- foreign_keys: off\" into the header, or DELETE what is meant to go" \
	CASCADE
cascades 'all of them may go' 'DROP TABLE p; DROP TABLE d; DROP TABLE c;' '' CASCADE
cascades 'rows that were deleted' 'DELETE FROM d; DELETE FROM c; DROP TABLE p;' '' CASCADE
cascades 'both are made anew' "$rebuild
CREATE TABLE m AS SELECT * FROM c; DROP TABLE c; ALTER TABLE m RENAME TO c;" \
	"$at delete 1 row of c, by ON DELETE CASCADE$shown" CASCADE
cascades 'both, the copies first' "CREATE TABLE m AS SELECT * FROM c;
CREATE TABLE n AS SELECT * FROM p; DROP TABLE d; DROP TABLE p; DROP TABLE c;
ALTER TABLE m RENAME TO c; ALTER TABLE n RENAME TO p;
CREATE TABLE d AS SELECT 1 AS c;" '' CASCADE
cascades 'rows that go and come again' "CREATE TEMP TABLE b AS SELECT * FROM p;
DELETE FROM p;
INSERT INTO p SELECT * FROM b;" "10:1: DELETE FROM p would delete 1 row of c, by ON DELETE CASCADE
    DELETE FROM p;
    ^
hint: put \"-- foreign_keys: off\" into the header, or DELETE what is meant to go" \
	CASCADE
cascades 'rows that are replaced' "WITH x AS (SELECT replace('2', '3', '4') AS id)
REPLACE INTO p SELECT id FROM x;" "9:1: REPLACE INTO p would delete 1 row of c, by ON DELETE CASCADE
    WITH x AS (SELECT replace('2', '3', '4') AS id)
    ^
hint: INSERT … ON CONFLICT … DO UPDATE deletes nothing; or put \"-- foreign_keys: off\" into the header" \
	CASCADE
for statement in 'DELETE FROM p WHERE 1;' 'DELETE FROM main.p AS x WHERE x.id > 0;' \
	'DELETE FROM "P" NOT INDEXED RETURNING id;' \
	'WITH x AS (SELECT id FROM p) DELETE FROM p WHERE id IN x;'; do
	cascades "$statement" "$statement
WITH x AS (SELECT 1) INSERT INTO main.p SELECT * FROM x;" "\
9:1: DELETE FROM p would delete 1 row of c, by ON DELETE CASCADE
    $statement
    ^
hint: put \"-- foreign_keys: off\" into the header, or DELETE what is meant to go" \
		CASCADE
done
for rest in 'INSERT INTO p SELECT 2;' 'WITH x AS (SELECT 2) INSERT INTO main.p SELECT * FROM x;'; do
	cascades "some rows that come again: $rest" "DELETE FROM p WHERE id = 2;
$rest" "\
9:1: DELETE FROM p would delete 1 row of c, by ON DELETE CASCADE
    DELETE FROM p WHERE id = 2;
    ^
hint: put \"-- foreign_keys: off\" into the header, or DELETE what is meant to go" \
		CASCADE
done
cascades 'a table that takes its place' "CREATE TABLE n AS SELECT * FROM p;
DELETE FROM p;
DROP TABLE p; ALTER TABLE n RENAME TO p;" "\
10:1: DELETE FROM p would delete 1 row of c, by ON DELETE CASCADE
    DELETE FROM p;
    ^
hint: put \"-- foreign_keys: off\" into the header, or DELETE what is meant to go" \
	CASCADE
view='CREATE VIEW w AS SELECT * FROM p;
CREATE TRIGGER t INSTEAD OF DELETE ON w BEGIN DELETE FROM p WHERE id = old.id; END;
CREATE TABLE n AS SELECT * FROM p;'
cascades 'by way of a view' "$view
DELETE FROM w;
INSERT INTO p SELECT * FROM n;" "\
12:1: DELETE FROM p would delete 1 row of c, by ON DELETE CASCADE
    DELETE FROM w;
    ^
hint: put \"-- foreign_keys: off\" into the header, or DELETE what is meant to go" \
	CASCADE
cascades 'for good' "$view
DELETE FROM w;" '' CASCADE
cascades 'some rows that go' 'DELETE FROM p WHERE id = 2; INSERT INTO p VALUES (3);' \
	'' CASCADE
cascades 'a log of it' 'CREATE TABLE log (p); DELETE FROM p; INSERT INTO log (p) VALUES (1);' \
	'' CASCADE
cascades 'a conflict that replaces' "CREATE TABLE q (id PRIMARY KEY ON CONFLICT REPLACE);
INSERT INTO q VALUES (1); CREATE TABLE r (q REFERENCES q ON DELETE SET NULL);
INSERT INTO r VALUES (1);
INSERT INTO q VALUES (1);" "\
12:1: replacing rows of q would change 1 row of r, by ON DELETE SET NULL
    INSERT INTO q VALUES (1);
    ^
hint: INSERT … ON CONFLICT … DO UPDATE deletes nothing; or put \"-- foreign_keys: off\" into the header" \
	CASCADE
cascades 'children in the same table' "CREATE TABLE q (id PRIMARY KEY,
up REFERENCES q ON DELETE CASCADE); INSERT INTO q VALUES (1, NULL), (2, 1);
REPLACE INTO q VALUES (1, NULL);" "\
11:1: REPLACE INTO q would delete 1 row of q, by ON DELETE CASCADE
    REPLACE INTO q VALUES (1, NULL);
    ^
hint: INSERT … ON CONFLICT … DO UPDATE deletes nothing; or put \"-- foreign_keys: off\" into the header" \
	CASCADE
cascades 'outside of a transaction' "INSERT INTO p VALUES (7);
DELETE FROM p WHERE id = 7; BEGIN; COMMIT;
DROP TABLE p;" "\
11:1: DROP TABLE p would delete 1 row of c, by ON DELETE CASCADE
    DROP TABLE p;
    ^
hint: put \"-- foreign_keys: off\" into the header, or DELETE what is meant to go; what was committed before this stays" \
	CASCADE 'transaction: off'
cascades 'rows of which nothing hangs' "INSERT OR REPLACE INTO p VALUES (1), (3);
UPDATE OR REPLACE p SET id = 1 WHERE id = 3; UPDATE c SET p = replace(p, 7, 8);" \
	'' CASCADE
cascades 'rows that go' 'DELETE FROM p; INSERT INTO d VALUES (NULL);' '' CASCADE
cascades 'a temporary table of the same name' 'CREATE TEMP TABLE p AS SELECT 1;
DROP TABLE p;' '' CASCADE
cascades 'rows of nobody' "UPDATE c SET p = NULL; DROP TABLE p;
DROP TABLE IF EXISTS p; DROP TABLE IF EXISTS gone;" '' CASCADE
cascades 'a table that is made again' 'DROP TABLE d; CREATE TABLE d (x);' '' CASCADE
cascades 'a rebuild that loses a row' "CREATE TEMP TABLE w (x); DELETE FROM w;
CREATE TABLE n AS SELECT id FROM p LIMIT 1; DROP TABLE d; DROP TABLE c; DROP TABLE p;
ALTER TABLE n RENAME TO p;" \
	' table "p" had 2 rows and would have 1
hint: rows that are meant to go want a DELETE FROM p of their own; nothing was changed' \
	CASCADE

# A rehearsal that another process makes needless.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' ''
run db upgrade
revision bbbb1111 aaaa1111 'CREATE TABLE b (x);' ''
mkfifo pipe
sqlite3 app.db <pipe &
exec 8>pipe
echo "PRAGMA busy_timeout = 9000; BEGIN IMMEDIATE;
UPDATE alembic_version SET version_num = 'bbbb1111';" >&8
while sqlite3 app.db 'BEGIN IMMEDIATE' 2>/dev/null; do
	sleep 0.05
done
STATUS=0
: >"$WORK/err"
clean "$TASKMGR" db upgrade --dry-run >"$WORK/out" 2>"$WORK/err" &
until grep -q Waiting "$WORK/err"; do
	sleep 0.05
done
echo 'COMMIT;' >&8
exec 8>&-
wait $! || STATUS=$?
wait
like 'another process was faster than a dry run' 0 '' '*Nothing left to do*'

# Ctrl-C ends the wait for a lock.
revision cccc1111 bbbb1111 'CREATE TABLE c (x);' ''
sqlite3 app.db <pipe &
exec 8>pipe
echo 'PRAGMA busy_timeout = 9000; BEGIN IMMEDIATE;' >&8
while sqlite3 app.db 'BEGIN IMMEDIATE' 2>/dev/null; do
	sleep 0.05
done
STATUS=0
: >"$WORK/err"
env "$TASKMGR" db upgrade >"$WORK/out" 2>"$WORK/err" &
until grep -q Waiting "$WORK/err"; do
	sleep 0.05
done
kill -INT $!
wait $! || STATUS=$?
exec 8>&-
wait
like 'Ctrl-C ends the wait for a lock' 130 '' '*
taskmgr: db upgrade: interrupted'

# A verification that gives a row undoes the revision; it only reads.
verify() {
	two
	revision bbbb1111 aaaa1111 'CREATE TABLE b AS SELECT * FROM a;' ''
	printf -- '-- migrate:verify\n-- why\n%s\n' "$2" \
		>>migrations/versions/bbbb1111.sql
	is_db "migrate:verify: $2" "$1" '' "\
Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111
taskmgr: db upgrade: versions/bbbb1111.sql:11:1: $3
    $2
    ^$4" upgrade
	same 'and nothing is left' "$(state)" "$was"
}
verify 1 'SELECT * FROM b;' 'the verification failed: this statement gives a row' '
    x 1
hint: nothing was changed'
leave='
hint: leave this statement out'
verify 4 'DELETE FROM b;' 'a verification only reads' "$leave"
verify 4 'PRAGMA user_version = 3;' 'a verification only reads' "$leave"
verify 4 'PRAGMA writable_schema = ON;' 'a verification only reads' "$leave"
verify 1 'PRAGMA table_info(b);' 'the verification failed: this statement gives a row' '
    cid 0, name x, type , notnull 0, dflt_value NULL, pk 0
hint: nothing was changed'
verify 4 'COMMIT;' 'BEGIN, COMMIT and ROLLBACK are not allowed inside a transaction' "
hint: leave it out, as a revision is one transaction; or put \"-- transaction: off\" into the header to run it outside of one"

# A marker is one in any case; an error of several lines is a line of the log.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);
-- Migrate:DOWN
DROP TABLE a;' ''
run db upgrade
same 'Migrate:DOWN' "$(sql "SELECT count(*) FROM sqlite_schema WHERE name = 'a'")" 1
revision bbbb1111 aaaa1111 "CREATE TRIGGER t BEFORE INSERT ON a BEGIN
SELECT RAISE(ABORT, 'two
lines'); END; INSERT INTO a VALUES (1);" ''
run db upgrade
run db log
like 'lines of an error are made visible' 0 '*
*upgrade aaaa1111 -> bbbb1111 *two\\nlines' ''
sql 'DELETE FROM _taskmgr_revision'
is_db 'a dry repair' 0 '' \
	'Would repair the record of 1 revision: aaaa1111 (dry run)' \
	repair --dry-run
printf "ATTACH 'z' || '.db' AS z;" >sql
revision bbbb1111 aaaa1111 "$(cat sql)" 'SELECT 1;' 'transaction: off'
is_db 'a replay reaches no files' 4 '' "\
taskmgr: db check: replaying the revisions: versions/bbbb1111.sql:9:1: ATTACH and VACUUM INTO reach a file, and this runs in memory only
    ATTACH 'z' || '.db' AS z;
    ^
hint: it can be run on the database alone" check --all
same 'and makes none' "$(echo z.db*)" 'z.db*'

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
hint: what was committed before this stays" upgrade
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
hint: what was committed before this stays" upgrade
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
hint: leave each such PRAGMA out: the header has them off'
revision bbbb1111 aaaa1111 'PRAGMA journal_mode = OFF;' '' 'transaction: off'
revision cccc1111 bbbb1111 "PRAGMA cache_size = 1; UPDATE c SET p = 1;
CREATE TABLE big AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1
	FROM n WHERE i < 20000) SELECT i, hex(zeroblob(50)) FROM n;
INSERT INTO c VALUES (9);" ''
run db upgrade
same 'a journal is there for the next' \
	"$STATUS $(sql 'SELECT count(*) FROM c' 'PRAGMA integrity_check')" '4 1
ok'

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
	'taskmgr: db upgrade: no upgrade leads from bbbb to aaaa' \
	upgrade bbbb:aaaa --sql
is_db 'a backup of what is not run' 2 '' \
	'taskmgr: db upgrade: --sql runs nothing, so there is nothing to back up' \
	upgrade --sql --backup

# Eight at once: all well, each revision once.
fresh_folder
sql 'CREATE TABLE ran (id)' 'PRAGMA journal_mode = WAL' >/dev/null
for i in 1 2 3 4 5 6 7 8; do
	revision r$i "$([ $i = 1 ] || echo r$((i - 1)))" \
		"INSERT INTO ran VALUES ($i); CREATE TABLE t$i (x);" ''
done
for i in 1 2 3 4 5 6 7 8; do
	clean "$TASKMGR" db upgrade head >"out.$i" 2>&1 &
	eval "pid$i=$!"
done
statuses=
for i in 1 2 3 4 5 6 7 8; do
	eval "wait \$pid$i" && statuses="${statuses}0 " ||
		statuses="$statuses$? "
done
same 'eight at once' "$statuses" '0 0 0 0 0 0 0 0 '
same 'each revision ran once' "$(sql 'SELECT id FROM ran' | xargs)" \
	'1 2 3 4 5 6 7 8'
same 'and was logged once' \
	"$(sql 'SELECT count(*) FROM _taskmgr_log WHERE error IS NULL')" 8

# Outside of a transaction too.
fresh_folder
sql 'CREATE TABLE ran (id)'
revision r1 '' 'INSERT INTO ran VALUES (1);
VACUUM;
INSERT INTO ran WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n
	LIMIT 500000) SELECT 2 FROM n WHERE i = 500000;' '' 'transaction: off'
for i in 1 2 3 4; do
	clean "$TASKMGR" db upgrade head >"out.$i" 2>&1 &
	eval "pid$i=$!"
done
statuses=
for i in 1 2 3 4; do
	eval "wait \$pid$i" && statuses="${statuses}0 " ||
		statuses="$statuses$? "
done
same 'four at once with transaction: off' "$statuses" '0 0 0 0 '
same 'it ran once' "$(sql 'SELECT id FROM ran' | xargs)" '1 2'

# Another's lock is waited for, or not.
two
revision bbbb1111 aaaa1111 'CREATE TABLE b (x);' ''
mkfifo go
sqlite3 -batch app.db <go >locked 2>&1 &
exec 9>go
echo "BEGIN IMMEDIATE; SELECT 'locked';" >&9
while ! grep -q locked locked; do sleep 0.05; done
run db upgrade --lock-timeout 0
like 'a lock that is not waited for' 5 '' 'taskmgr: db upgrade: database app.db is busy*'
{ sleep 1.3; echo 'COMMIT;' >&9; } &
run db upgrade
exec 9>&-
is 'a lock that is waited for' 0 '' "\
Waiting for another process to let go of the database …
Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111"
wait

# Ctrl-C rolls back.
two
revision bbbb1111 aaaa1111 'CREATE TABLE b AS
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
SELECT count(*) FROM n;' ''
STATUS=0
clean timeout --foreground -s INT 0.5 "$TASKMGR" db upgrade >"$WORK/out" 2>"$WORK/err" ||
	STATUS=$?
like 'Ctrl-C' 124 '' '*interrupted*'
same 'Ctrl-C leaves nothing' "$(state)" "$was"

# kill -9 in a rebuild: the old or the new, and the next upgrade is well.
fresh_folder
sql 'CREATE TABLE big (id INTEGER PRIMARY KEY, a TEXT, b TEXT)' \
	'CREATE INDEX ix ON big (a)' "INSERT INTO big
	SELECT value, hex(randomblob(20)), 'b' FROM generate_series(1, 30000)"
sql .schema >before.sql
echo "CREATE TABLE big (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT);
CREATE INDEX ix ON big (a);" >migrations/schema.sql
cp app.db pristine.db
run db revision --autogenerate -m rebuild --rev-id aaaa1111
killed=0 wrong=
for i in 1 2 3 4 5 6 7 8 9 10; do
	rm -f app.db app.db-*
	cp pristine.db app.db
	env "$TASKMGR" db upgrade >/dev/null 2>&1 &
	sleep 0.0$i
	kill -9 $! 2>/dev/null && killed=$((killed + 1))
	wait $! 2>/dev/null
	found=$(sql "SELECT count(*), sum(length(a)),
		(SELECT count(*) FROM pragma_table_info('big')
			WHERE \"notnull\"),
		(SELECT count(*) FROM sqlite_schema WHERE type = 'table'
			AND name NOT LIKE '\_%' ESCAPE '\'
			AND name <> 'alembic_version')
			|| (SELECT name FROM sqlite_schema WHERE name = 'ix')
		FROM big")
	case $found in
	'30000|1200000|0|1ix' | '30000|1200000|1|1ix') ;;
	*) wrong="$wrong $i: $found" ;;
	esac
	run db upgrade
	[ "$STATUS" = 0 ] || wrong="$wrong $i: status $STATUS"
done
same 'killed at ten moments' "$wrong" ''

# A file that may not be written stays as it is.
two
revision bbbb1111 aaaa1111 'CREATE TABLE b (x);' ''
run --read-only db upgrade
is '--read-only' 1 '' \
	'taskmgr: db upgrade: database sqlite:///app.db cannot be written'
read_only() {
	run db upgrade
	is 'a read-only file' 1 '' \
		'taskmgr: db upgrade: database sqlite:///app.db cannot be written'
}
if [ "$(id -u)" != 0 ]; then
	chmod 444 app.db
	read_only
	chmod 644 app.db
elif mount --bind app.db app.db 2>/dev/null; then
	mount -o remount,bind,ro app.db
	read_only
	umount app.db
else
	ok 'a read-only file # SKIP root may write everything'
fi
same 'they leave all as it was' "$(state)" "$was"

# A full disk.
fresh_folder
mkdir disk
if mount -t tmpfs -o size=1m none disk 2>/dev/null; then
	trap 'cd /; umount "$WORK/here/disk"; rm -rf "$WORK"' EXIT
	sed -i 's,app.db,disk/app.db,' taskmgr.ini
	revision aaaa1111 '' 'CREATE TABLE a (x); INSERT INTO a VALUES (1);' ''
	run db upgrade
	was=$(sqlite3 disk/app.db 'SELECT * FROM a, alembic_version' .schema)
	revision bbbb1111 aaaa1111 'CREATE TABLE b AS
SELECT randomblob(100000) FROM generate_series(1, 100);' ''
	sed -i 's/generate_series(1, 100)/(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100) SELECT * FROM n)/' \
		migrations/versions/bbbb1111.sql
	run db upgrade
	like 'a full disk' 1 '' '*db upgrade: versions/bbbb1111.sql:*full*'
	same 'leaves all as it was' "$(sqlite3 disk/app.db \
		'SELECT * FROM a, alembic_version' .schema)" "$was"
	cd "$WORK" && umount "$WORK/here/disk"
	trap 'cd /; rm -rf "$WORK"' EXIT
else
	ok 'a full disk # SKIP nothing may be mounted'
fi
finish
