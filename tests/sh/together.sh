#!/bin/sh
# One database and many programs: taskmgr's commands, its listener, and
# sqlite3.  Readers never wait; a writer waits, and may give up.
. tests/lib.sh
. "$TOP/tests/serve.sh"
fresh
run db upgrade
start --db taskmanager.db
count() {
	sqlite3 taskmanager.db 'SELECT count(*) FROM users'
}
record() {
	echo "{\"username\":\"$1\",\"firstname\":\"F\",\"lastname\":\"L\",\"age\":1}"
}

# All of them write, and others read.
command="user create --firstname F --lastname L --age 1 --timeout 60"
writers=
for i in 1 2 3; do
	seq 1 10 | sed "s/.*/$command --username a$i-&/" |
		clean "$TASKMGR" -q >/dev/null 2>"a$i.err" &
	writers="$writers $!"
	for k in 1 2 3 4 5; do
		curl -s --max-time 60 -o /dev/null -w '%{http_code}\n' \
			-H 'Content-Type: application/json' \
			-d "$(record "h$i-$k")" "$url/user/create"
	done >"h$i.out" &
	writers="$writers $!"
	for k in 1 2 3 4 5; do
		sqlite3 -cmd '.timeout 60000' taskmanager.db "INSERT INTO users
			(username, firstname, lastname, age, slug)
			VALUES ('s$i-$k', 'F', 'L', 1, 's$i-$k')"
	done 2>"s$i.err" &
	writers="$writers $!"
done
seq 1 2000 | sed 's/.*/i&,F,L,1/' | clean "$TASKMGR" user import - \
	--columns username,firstname,lastname,age --timeout 60 >import.out 2>&1 &
writers="$writers $!"
for i in 1 2 3 4 5; do
	clean "$TASKMGR" --timeout 0 user count >>counts 2>>read.err
	clean "$TASKMGR" db backup "copy$i.db" >/dev/null 2>>read.err
	curl -s --max-time 60 -o /dev/null -w '%{http_code}\n' \
		"$url/user/count" >>reads
done
# shellcheck disable=SC2086 # numbers
wait $writers
same 'commands, the listener, sqlite3 and an import write' \
	"$(cat a?.err s?.err; sort -u h?.out; cat import.out)" '201
inserted 2000, updated 0, skipped 0, rejected 0'
same 'and nothing of it is lost' "$(count)" 2060
same 'while others read' "$(cat read.err; sort -u reads)" 200
same 'and make copies' "$(for i in 1 2 3 4 5; do
	sqlite3 "copy$i.db" 'PRAGMA integrity_check'
	# The import is in a copy whole or not at all.
	sqlite3 "copy$i.db" "SELECT count(*) % 2000 FROM users
		WHERE username LIKE 'i%'"
done | sort -u | tr '\n' ' ')" '0 ok '

# Another program holds the lock.
hold taskmanager.db 'BEGIN IMMEDIATE; DELETE FROM users;'
run user count --timeout 0
is 'a command reads' 0 2060 ''
ask GET /user/count
same 'the listener reads' "$status $body" '200 {"count":2060}'
same 'sqlite3 reads' "$(count)" 2060
run user create --username x --firstname F --lastname L --age 1 --timeout 0.2
like 'a create waits, and gives up' 5 '' "taskmgr: user create: *busy*"
run user update i1 --age 2 --timeout 0
like 'so does an update' 5 '' "taskmgr: user update: *busy*"
run user delete i1 --yes --timeout 0
like 'a deletion' 5 '' "taskmgr: user delete: *busy*"
seq 1 600 | sed 's/.*/j&,F,L,1/' >rows.csv
run user import rows.csv --columns username,firstname,lastname,age --timeout 0
like 'an import' 5 '' "taskmgr: user import: *busy*"
record y | clean "$TASKMGR" user create --data - --timeout 0 >"$WORK/out" \
	2>"$WORK/err"
STATUS=$?
like 'and records' 5 '' "taskmgr: user create: *busy*"
{ sleep 0.5; release ROLLBACK; } &
run user create --username z --firstname F --lastname L --age 1 --timeout 60 -q
like 'one that waits long enough is done' 0 '*' ''
same 'nothing of the others was' "$(count)" 2061
run user create --username q --firstname F --lastname L --age 1 --timeout -1
is 'a wait that is none' 2 '' \
	'taskmgr: user create: --timeout must be a number of seconds, not -1'
stop
finish
