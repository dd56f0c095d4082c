#!/bin/sh
# No request costs more than its bound, and none is answered with a lie.
. tests/lib.sh
. "$TOP/tests/serve.sh"

run db upgrade
start
post /user/create '{"username":"u","firstname":"F","lastname":"L","age":1}'
post /user/create '{"username":"v","firstname":"F","lastname":"L","age":1}'

# The list of problems ends, and so does the looking for them.
awk 'BEGIN { printf "["; for (i = 0; i < 3000000; i++) printf "{},"
	print "{}]" }' >empty.json
ask POST /user/create -H 'Content-Type: application/json' \
	--data-binary @empty.json
same 'three million empty records' \
	"$status $(jq -c '[(.detail|length), .detail[-1].msg]' body)" \
	'422 [101,"and at least 900 more problems"]'
awk 'BEGIN { printf "{"; for (i = 0; i < 300000; i++) printf "\"x%d\":1,", i
	print "\"y\":1}" }' >unknown.json
ask POST /user/create -H 'Content-Type: application/json' \
	--data-binary @unknown.json
same 'a record with 300000 unknown fields' \
	"$status $(jq -c '.detail|length' body)" '422 101'

# A query and a body that contradict each other.
contradicts() {
	same "$1" "$status $(jq -c '[.detail[]|[.type,.loc]]' body)" "422 $2"
}
post '/task/create?user_id=1' '{"title":"x","user_id":999}'
contradicts 'another user in the body' \
	'[["value_error",["body","user_id"]]]'
post '/task/create?user_id=1' '[{"title":"x"},{"title":"y","user_id":2}]'
contradicts 'in one record of two' '[["value_error",["body",1,"user_id"]]]'
exchange 'nothing was made' GET /task/count - 200 '{"count":0}'
post '/task/create?user_id=1' '{"title":"x","user_id":1}'
same 'the same user in both' "$status" 201
ask PATCH '/task/update?task_id=1&user_id=1' \
	-H 'Content-Type: application/json' -d '{"user_id":2}'
contradicts 'nor in a change' '[["value_error",["body","user_id"]]]'

# Conditions that are not known to hold.
depends() {
	ask "$2" "$3" -H "$4" -H 'Content-Type: application/json' ${5+-d "$5"}
	same "$1" "$status" "$6"
}
depends 'If-Match' DELETE '/user/delete?user_id=2' 'If-Match: "never"' '' 412
depends 'If-Unmodified-Since' DELETE '/user/delete?user_id=2' \
	'If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT' '' 412
depends 'If-None-Match: *' PATCH '/user/update?user_id=2' \
	'If-None-Match: *' '{"age":2}' 412
depends 'a part' PUT '/user/update?user_id=2' 'Content-Range: bytes 0-1/2' \
	'{}' 400
exchange 'nothing was deleted' GET /user/count - 200 '{"count":2}'
depends 'but there is one' PATCH '/user/update?user_id=2' 'If-Match: *' \
	'{"age":2}' 200

# 400 x 400 related rows are more than one row may have.
awk 'BEGIN { print "title,user_id"
	for (i = 0; i < 400; i++) printf "%0100d,2\n", i }' >tasks.csv
ask POST /task/import -H 'Content-Type: text/csv' --data-binary @tasks.csv
ask GET '/task/?limit=1&id.gt=1&with=user.tasks'
same 'the related rows of a user' "$status $(jq '.[0].user.tasks|length' body)" \
	'200 400'
ask GET '/task/?limit=1&id.gt=1&with=user.tasks.user.tasks'
large='422 [["query","with"],"Value error, the related rows of one row take more than 16 MB"]'
same 'too many related rows' "$status $(jq -c '.detail[0]|[.loc,.msg]' body)" \
	"$large"
ask GET '/user/user_id?user_id=2&with=tasks.user.tasks'
same 'also of a single row' "$status $(jq -c '.detail[0]|[.loc,.msg]' body)" \
	"$large"
# Many rejected records cost what the first hundred do.
{ echo username,firstname,lastname,age; yes a,b | head -n 1000000; } >short.csv
ask POST '/user/import?max_errors=1000000' -H 'Content-Type: text/csv' \
	--data-binary @short.csv
same 'a million rejected records' "$status $(jq .rejected body)" '200 1000000'
peak=$(awk '/^VmHWM/ { print $2 }' "/proc/$server/status")
# A sanitizer keeps what was freed.
if grep -q 'san[.]so' "/proc/$server/maps"; then
	skip 'they are not kept' 'with a sanitizer'
else
	holds 'they are not kept' [ "$peak" -lt 90000 ]
fi
stop

# Connections, with room for few of them.
connections() {
	python3 "$TOP/tests/http_bounds.py" "$1" $((COUNT + 1)) "$server" \
		access >probes
	cat probes
	COUNT=$((COUNT + $(grep -c '^\(not \)*ok' probes)))
	stop
}
FILES=200
start
connections "${url##*:}"
sqlite3 taskmanager.db "INSERT INTO users VALUES (3, 'large', 'F',
	printf('%08200d', 0), 1, 'large')"
PORT='' start --unix "$PWD/socket" --access-log -
connections "$socket"
FILES=

# A full disk, where one of 400 KB can be had.
mkdir small
if mount -t tmpfs -o size=400k tmpfs small 2>/dev/null; then
	trap 'stop; wait; cd /; umount "$WORK/here/small"; rm -rf "$WORK"' EXIT
	run --db small/app.db db upgrade
	start --db small/app.db
	text=$(head -c 100000 /dev/zero | tr '\0' x)
	for i in 1 2 3 4; do
		post /user/create "$(printf '{"username":"u%s","firstname":"%s",
			"lastname":"L","age":1}' $i "$text")"
	done
	same 'a full disk' "$status $body" '507 {"detail":"database small/app.db: no space left on the disk"}'
	same 'the operator is warned' "$(tail -1 log)" 'taskmgr: POST /user/create: database small/app.db: no space left on the disk; free some space'
	ask GET /user/count
	same 'is read all the same' "$status" 200
fi

finish
