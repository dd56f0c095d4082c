#!/bin/sh
# A thousand revisions: up, checked, down and up again, by eight at once.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

fresh_folder
i=1
while [ $i -le 1000 ]; do
	down=
	[ $i -gt 1 ] && down=$(printf 'r%04d' $((i - 1)))
	revision "$(printf 'r%04d' $i)" "$down" \
		"CREATE TABLE t$i (id INTEGER PRIMARY KEY, a TEXT);
CREATE INDEX ix$i ON t$i (a);" "DROP TABLE t$i;"
	echo "CREATE TABLE t$i (id INTEGER PRIMARY KEY, a TEXT);
CREATE INDEX ix$i ON t$i (a);" >>migrations/schema.sql
	i=$((i + 1))
done
pids=
for i in 1 2 3 4 5 6 7 8; do
	env "$TASKMGR" db upgrade >"out.$i" 2>&1 &
	pids="$pids $!"
done
failed=0
for pid in $pids; do
	wait "$pid" || failed=$((failed + 1))
done
same 'eight at once over a thousand' "$failed" 0
same 'each ran once' "$(sql 'SELECT count(*), count(DISTINCT to_revision)
	FROM _taskmgr_log')" '1000|1000'
run db current
is 'at the head' 0 'r1000 (head)' ''
run db check
is 'check' 0 '' 'No new upgrade operations detected.'
run db check --drift
is 'check --drift' 0 '' 'The database matches its revisions.'
run db check --all
is 'check --all' 0 '' 'No new upgrade operations detected.'
run db history
same 'history' "$(wc -l <"$WORK/out")" 1000
run db downgrade base --yes -q
same 'all the way down' "$STATUS $(sql "SELECT count(*) FROM sqlite_schema
	WHERE name LIKE 't%' OR name LIKE 'ix%'")" '0 0'
run db upgrade --single-transaction -q
same 'and up in one transaction' "$STATUS $(sql 'SELECT count(*)
	FROM _taskmgr_revision')" '0 1000'
run db upgrade --sql --single-transaction
sqlite3 -batch -bail other.db <"$WORK/out"
same 'the same as SQL' "$(sqlite3 other.db 'SELECT count(*) FROM sqlite_schema
	WHERE name LIKE '"'ix%'")" 1000
finish
