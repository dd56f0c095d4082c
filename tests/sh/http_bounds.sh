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

finish
