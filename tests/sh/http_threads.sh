#!/bin/sh
# Nobody waits for another: writes in groups, long lists, locks, files that go.
. tests/lib.sh
. "$TOP/tests/serve.sh"

rows=300000
run db upgrade
sqlite3 taskmanager.db "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT);
	INSERT INTO things SELECT value, hex(randomblob(20)) FROM
	generate_series(1, $rows)"
start --port 0
post /user/create '[{"username":"a","firstname":"F","lastname":"L","age":1},
	{"username":"b","firstname":"F","lastname":"L","age":1}]'
python3 "$TOP/tests/http_threads.py" "${url##*:}" taskmanager.db "$server" \
	$rows >probes
cat probes
COUNT=$(grep -c '^\(not \)*ok' probes)

# The loop's priority, the writer's and the readers', of all the threads, on top
# of the test's own.
own=$(nice)
priorities=$(sed 's/.*) //' "/proc/$server/task"/*/stat | cut -d' ' -f17)
same 'long reads give way to the loop and to writes' \
	"$(echo "$priorities" | sort -n | uniq -c | awk '{ print $2, ($1 > 1) }')" \
	"$(printf '%d 1\n%d 1' "$own" $((own + 5)))"

# How long each thread runs at a time, in nanoseconds, from Linux 6.12 on.
read_slices() {
	sed -n 's/^se.slice  *:  *//p' "$@" 2>/dev/null | sort -n | uniq | xargs
}
slice=$(read_slices /proc/self/sched)
case $(uname -r) in
[0-5].* | 6.[0-9].* | 6.1[01].*) short=$slice ;;
*) short="100000 $slice" ;;
esac
same 'the loop and writes ask for short turns, long reads do not' \
	"$(read_slices "/proc/$server/task"/*/sched)" "${slice:+$short}"

# The database is another's to delete, and to replace.
rm -f taskmanager.db*
post /user/create '{"username":"c","firstname":"F","lastname":"L","age":1}'
same 'nothing is written to a file that is gone' "$status $body" \
	'503 {"detail":"database taskmanager.db does not exist"}'
ask GET /health
same 'which is not healthy' "$status" 503
run --db other.db db upgrade
sqlite3 other.db 'CREATE TABLE boxes (id INTEGER PRIMARY KEY, size INT)'
mv other.db taskmanager.db
exchange 'another file has its own tables' POST /box/create '{"id":1,"size":2}' \
	201 '{"status_code":201,"transaction":"Successful"}'
exchange 'and rows' GET /user/count - 200 '{"count":0}'
same 'which are in it' "$(sqlite3 taskmanager.db 'SELECT * FROM boxes')" '1|2'
kill -TERM "$server"
wait "$server"
same 'SIGTERM ends the threads' $? 0
server=

finish
