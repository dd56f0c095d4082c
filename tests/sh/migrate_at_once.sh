#!/bin/sh
# Several processes, signals, a full disk: each revision runs once, or not.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

# upgrade_meanwhile OPTION: while an upgrade waits for the lock, another
# process does what it was about to do.
upgrade_meanwhile() {
	fresh_folder
	revision aaaa1111 '' 'CREATE TABLE a (x);' ''
	run db upgrade
	revision bbbb1111 aaaa1111 'CREATE TABLE b (x);' ''
	hold app.db "BEGIN IMMEDIATE;
		UPDATE alembic_version SET version_num = 'bbbb1111';"
	STATUS=0
	: >"$WORK/err"
	clean "$TASKMGR" db upgrade "$@" >"$WORK/out" 2>"$WORK/err" &
	until grep -q Waiting "$WORK/err"; do
		sleep 0.05
	done
	release COMMIT
	wait $! || STATUS=$?
}

upgrade_meanwhile
like 'another process was faster' 0 '' '*Waiting*'
same 'and the revision did not run again' "$(sql '.tables b')" ''
upgrade_meanwhile --dry-run
like 'another process was faster than a dry run' 0 '' '*Nothing left to do*'

# Ctrl-C ends the wait for a lock.
revision cccc1111 bbbb1111 'CREATE TABLE c (x);' ''
hold app.db 'BEGIN IMMEDIATE;'
STATUS=0
: >"$WORK/err"
env "$TASKMGR" db upgrade >"$WORK/out" 2>"$WORK/err" &
until grep -q Waiting "$WORK/err"; do
	sleep 0.05
done
kill -INT $!
wait $! || STATUS=$?
release ROLLBACK
like 'Ctrl-C ends the wait for a lock' 130 '' '*
taskmgr: db upgrade: interrupted'

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
hold app.db 'BEGIN IMMEDIATE;'
run db upgrade --lock-timeout 0
like 'a lock that is not waited for' 5 '' 'taskmgr: db upgrade: database app.db is busy*'
{ sleep 1.3; release ROLLBACK; } &
run db upgrade
is 'a lock that is waited for' 0 '' "\
Waiting for another process to release the database …
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
	like 'a full disk' 1 '' '*db upgrade: versions/bbbb1111.sql:*no space left*'
	same 'leaves all as it was' "$(sqlite3 disk/app.db \
		'SELECT * FROM a, alembic_version' .schema)" "$was"
	cd "$WORK" && umount "$WORK/here/disk"
	trap 'cd /; rm -rf "$WORK"' EXIT
else
	ok 'a full disk # SKIP nothing may be mounted'
fi
finish
