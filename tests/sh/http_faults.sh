#!/bin/sh
# What happens to the database under a running listener: locks, broken files,
# a limit that is reached.  It answers, says why in its log, and recovers.
. tests/lib.sh
. "$TOP/tests/serve.sh"

run db upgrade
# Another program's database, in which a writer keeps readers out.
sqlite3 taskmanager.db 'PRAGMA journal_mode = DELETE' >mode
cp taskmanager.db good.db
start --timeout 0.2
record='{"username":"a","firstname":"F","lastname":"L","age":1}'
post /user/create "$record"
same 'a row' "$status" 201

hold taskmanager.db 'BEGIN EXCLUSIVE;'
busy='503 {"detail":"database taskmanager.db is busy: another program is writing to it"} 1'
for path in '/user/user_id?user_id=1' /user/count; do
	ask GET "$path"
	same "locked: $path" "$status $body $(header Retry-After)" "$busy"
done
ask GET /ready
same 'it is not ready' "$status" 503
clean timeout 4 "$TASKMGR" --timeout 0.2 user count >"$WORK/out" 2>"$WORK/err"
STATUS=$?
like '--timeout is for opening, too' 5 '' 'taskmgr: user count: *busy*'
release ROLLBACK
exchange 'unlocked' GET /user/count - 200 '{"count":1}'

# broken NAME LOG: every answer is 500, the log has the reason and the request.
broken() {
	for path in /user/count '/user/user_id?user_id=1' /health; do
		exchange "$1: $path" GET "$path" - 500 \
			'{"detail":"Internal Server Error"}'
	done
	same "$1: the log" "$(tail -3 log)" "taskmgr: GET /user/count: $2
taskmgr: GET /user/user_id: $2
taskmgr: GET /health: $2"
}
truncate -s 8192 taskmanager.db
broken 'a file that was cut' 'database taskmanager.db: database disk image is malformed; replace it with a backup: taskmgr db restore'
cp good.db taskmanager.db
exchange 'its backup' GET /user/count - 200 '{"count":0}'
mv taskmanager.db away.db
mkdir taskmanager.db
broken 'a folder in its place' 'database taskmanager.db is a directory'
rmdir taskmanager.db
ask GET /user/count
same 'no file' "$status" 503
mv away.db taskmanager.db
post /user/create "$record"
same 'the file again' "$status" 201
stop

# A file may not grow: ulimit -f, or a quota.
(
	ulimit -f 1
	exec env -i PATH="$PATH" HOME="$WORK/home" "$TASKMGR" --serve --port 0 \
		2>limited
) &
server=$!
url=
while [ -z "$url" ]; do
	sleep 0.05
	url=$(sed -n 's/.* at \([a-z]*:[^ ]*\) (.*/\1/p' limited)
done
post /user/create "$(printf '{"username":"b","firstname":"%09999d","lastname":"L","age":1}' 0)"
same 'a limit on files' "$status" 500
matches 'and the log' "$(cat limited)" \
	'*taskmgr: POST /user/create: database taskmanager.db: disk I/O error*'
exchange 'is no end' GET /user/count - 200 '{"count":1}'
finish
