#!/bin/sh
# A revision runs whole or not at all, and its error leads to the line at fault.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

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
hint: $5add \"-- $2: off\" to the header$6" upgrade
	same "guard: $1 leaves nothing" "$(state)" "$was"
}
one=' to run it outside one'
leave='remove it, as a revision is one transaction; or '
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
taskmgr: db upgrade: Revision cccc1111 runs outside a transaction (versions/cccc1111.sql), so it allows neither --dry-run nor --single-transaction" \
	upgrade --dry-run

# A revision must not write the version table or the records.
kept() {
	two
	revision bbbb1111 aaaa1111 "CREATE TABLE b (x);
/* a remark */ $1" ''
	is_db "kept: $1" 4 '' "\
Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111
taskmgr: db upgrade: versions/bbbb1111.sql:9:16: alembic_version and the record are written by taskmgr alone
    /* a remark */ $1
                   ^
hint: remove this statement" upgrade
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
taskmgr: db upgrade: alembic_version: expected to change 1 row for \"aaaa1111\", changed 0" upgrade

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
verify 1 'SELECT * FROM b;' 'verification failed: this statement returned a row' '
    x 1
hint: nothing was changed'
leave='
hint: remove this statement'
verify 4 'DELETE FROM b;' 'a verification must only read' "$leave"
verify 4 'PRAGMA user_version = 3;' 'a verification must only read' "$leave"
verify 4 'PRAGMA writable_schema = ON;' 'a verification must only read' "$leave"
verify 1 'PRAGMA table_info(b);' 'verification failed: this statement returned a row' '
    cid 0, name x, type , notnull 0, dflt_value NULL, pk 0
hint: nothing was changed'
verify 4 'COMMIT;' 'BEGIN, COMMIT and ROLLBACK are not allowed inside a transaction' "
hint: remove it, as a revision is one transaction; or add \"-- transaction: off\" to the header to run it outside one"

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
taskmgr: db check: replaying the revisions: versions/bbbb1111.sql:9:1: ATTACH and VACUUM INTO need a file, but this runs only in memory
    ATTACH 'z' || '.db' AS z;
    ^
hint: it can run only on the database itself" check --all
same 'and makes none' "$(echo z.db*)" 'z.db*'

# breaks NAME WHAT UP: the revision would break what works.
breaks() {
	was=$(state)
	revision bbbb1111 aaaa1111 "$3" ''
	is_db "$1" 4 '' "\
Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111
taskmgr: db upgrade: versions/bbbb1111.sql: $2
hint: it works now; mend it in this revision as well, or allow it with a comment: -- ${2%% would *}" \
		upgrade
	same "$1: nothing was changed" "$(state)" "$was"
}
fresh_folder
revision aaaa1111 '' 'CREATE TABLE t (a); CREATE TABLE log (a);
CREATE VIEW v AS SELECT a FROM t; CREATE VIEW broken AS SELECT nope FROM t;
CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO log VALUES (1); END;
CREATE TABLE docs (id INTEGER PRIMARY KEY, body);
CREATE VIRTUAL TABLE f USING fts5(body, content = docs);' ''
run db upgrade
breaks 'a view without its table' 'SELECT from v would fail: no such table: main.t' \
	'DROP TABLE t;'
breaks 'a view without its column' 'SELECT from v would fail: no such column: a' \
	'DROP TABLE t; CREATE TABLE t (b);'
breaks 'a trigger' 'INSERT into t would fail: no such table: main.log' \
	'DROP TABLE log;'
breaks 'a full-text table' 'SELECT from f would fail: no such column: T.body' \
	'DROP TABLE docs; CREATE TABLE docs (id INTEGER PRIMARY KEY);'
breaks 'one more than the comment allows' \
	'INSERT into t would fail: no such table: main.log' \
	'DROP TABLE t; DROP TABLE log; CREATE TABLE t (b); CREATE TRIGGER g
AFTER INSERT ON t BEGIN INSERT INTO log VALUES (1); END; -- SELECT from v'
breaks 'a new trigger' 'INSERT into docs would fail: no such table: main.nope' \
	'CREATE TRIGGER n AFTER INSERT ON docs BEGIN INSERT INTO nope VALUES (1); END;'
cp app.db was.db
for allowed in 'DROP TABLE t; DROP VIEW v;' \
	'DROP TABLE log; -- INSERT into t' \
	'DROP VIEW v; ALTER TABLE t RENAME TO u; CREATE TABLE t (b); CREATE VIEW v AS SELECT b FROM t;' \
	'DROP VIEW v; CREATE VIEW v AS SELECT of_the_program(a) AS a FROM t;'; do
	[ "$allowed" != "${allowed#*RENAME}" ] && sql 'DROP VIEW broken'
	revision bbbb1111 aaaa1111 "$allowed" ''
	is_db "allowed: $allowed" 0 '' \
		'Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111' \
		upgrade
	cp was.db app.db
done
fresh_folder
revision aaaa1111 '' 'CREATE TABLE t (a);' ''
run db upgrade
breaks 'the first trigger' 'INSERT into t would fail: no such table: main.nope' \
	'CREATE TRIGGER n AFTER INSERT ON t BEGIN INSERT INTO nope VALUES (1); END;'
finish
