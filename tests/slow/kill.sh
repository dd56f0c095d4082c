#!/bin/sh
# kill -9 at a hundred random moments of a rebuild: the old or the new state,
# never another, and the next upgrade succeeds.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

fresh_folder
sql 'PRAGMA journal_mode = WAL' >/dev/null
sql 'CREATE TABLE big (id INTEGER PRIMARY KEY, a TEXT, b TEXT)' \
	'CREATE TABLE child (big INTEGER REFERENCES big (id) ON DELETE CASCADE)' \
	'CREATE INDEX ix ON big (a)' "INSERT INTO big
	SELECT value, hex(randomblob(20)), 'b' FROM generate_series(1, 50000)" \
	'INSERT INTO child SELECT id FROM big'
echo "CREATE TABLE big (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT);
CREATE TABLE child (big INTEGER REFERENCES big (id) ON DELETE CASCADE);
CREATE INDEX ix ON big (a);" >migrations/schema.sql
cp app.db pristine.db
run db revision --autogenerate -m rebuild --rev-id aaaa1111
start=$(date +%s%N)
run db upgrade
took=$((($(date +%s%N) - start) / 1000))
facts() {
	sqlite3 -batch app.db "SELECT count(*), sum(length(a)) FROM big" \
		'SELECT count(*) FROM child' 'PRAGMA integrity_check' \
		'PRAGMA foreign_key_check' ".read '$TOP/tests/schema_facts.sql'"
}
facts >new
rm -f app.db*
cp pristine.db app.db
facts >old
seed=${SEED:-$$}
echo "# seed $seed: a rebuild takes $took microseconds"
awk -v seed="$seed" -v took="$took" 'BEGIN {
	srand(seed)
	for (i = 0; i < 100; i++) printf "%.6f\n", rand() * 1.2 * took / 1e6
}' >moments
olds=0 news=0 others=0 failures=0
while read -r moment; do
	rm -f app.db*
	cp pristine.db app.db
	env "$TASKMGR" db upgrade >/dev/null 2>&1 &
	sleep "$moment"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	facts >now
	if cmp -s now old; then
		olds=$((olds + 1))
	elif cmp -s now new; then
		news=$((news + 1))
	else
		others=$((others + 1))
	fi
	run db upgrade
	facts >now
	if [ "$STATUS" != 0 ] || ! cmp -s now new; then
		failures=$((failures + 1))
	fi
done <moments
echo "# $olds were old, $news new"
same 'no other state' "$others" 0
same 'the next upgrade succeeds' "$failures" 0
same 'all were judged' "$((olds + news))" 100
finish
