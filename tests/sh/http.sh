#!/bin/sh
# The lesson's scene over HTTP: every exchange with its status and its body.
. tests/lib.sh
. "$TOP/tests/serve.sh"

created='{"status_code":201,"transaction":"Successful"}'
updated='{"status_code":200,"transaction":"User update is successful!"}'
deleted='{"status_code":200,"transaction":"User delete is successful!"}'
no_user='{"detail":"User was not found"}'
user1='"id":1,"username":"user1","firstname":"Pasha","lastname":"Technique"'
user1="{$user1,\"age\":40,\"slug\":\"user1\"}"
bear='{"firstname":"Bear","lastname":"Grylls","age":50}'
user3='"id":3,"username":"user3","firstname":"Bear","lastname":"Grylls"'
user3="{$user3,\"age\":50,\"slug\":\"user3\"}"

record() {
	printf '{"username":"%s","firstname":"%s","lastname":"%s","age":%s}' \
		"$@"
}

run --serve --port 0
like 'without a database it does not start' 6 '' '*taskmgr db upgrade*'
run db upgrade
run --serve --dry-run
is 'it would answer with what is not kept' 2 '' \
	'taskmgr: --dry-run cannot be combined with --serve'
run --serve --host 0.0.0.0
like 'another address is a mistake of usage' 2 '' '*http://0.0.0.0:8000*'

start
matches 'the start line' "$(cat log)" \
	'taskmgr * (sqlite 3.*) serving sqlite:///taskmanager.db at http://127.0.0.1:* (docs at /docs, Ctrl-C stops)*'
run db info --json
same 'what it warns of is what db info warns of' \
	"$(sed -n 's/^warning: //p' log)" \
	"$(jq -r '.[] | select(.item == "engine warning").value' "$WORK/out")"

# The lesson.
exchange 'welcome' GET / - 200 '{"message":"Welcome to Taskmanager"}'
exchange 'no users yet' GET /user/ - 200 '[]'
exchange 'create user1' POST /user/create \
	"$(record user1 Pasha Technique 40)" 201 "$created"
same 'its Location' "$(header Location)" '/user/user_id?user_id=1'
exchange 'create user2' POST /user/create \
	"$(record user2 Roza Syabitova 62)" 201 "$created"
exchange 'create user3' POST /user/create \
	"$(record user3 Alex Unknown 25)" 201 "$created"
exchange 'update user 3' PUT '/user/update?user_id=3' "$bear" 200 "$updated"
# RFC 9110, 9.3.5: what a body of DELETE means is not defined.
exchange 'a body does not name the row' DELETE /user/delete '{"user_id":2}' 422 \
	'{"detail":[{"type":"missing","loc":["query","user_id"],"msg":"Field required","input":null}]}'
exchange 'nor does that of GET mean anything' GET /user/count 'no JSON' 200 '{"count":3}'
exchange 'delete user 2' DELETE '/user/delete?user_id=2' - 200 "$deleted"
exchange 'user 1' GET '/user/user_id?user_id=1' - 200 "$user1"
exchange 'user 2 is gone' GET '/user/user_id?user_id=2' - 404 "$no_user"
exchange 'so it is not updated' PUT '/user/update?user_id=2' "$bear" 404 \
	"$no_user"
exchange 'nor deleted' DELETE '/user/delete?user_id=2' - 404 "$no_user"
exchange 'two users are left' GET /user/ - 200 "[$user1,
 $user3]"
exchange 'they are counted' GET /user/count - 200 '{"count":2}'

# Tasks.
exchange 'a task of user 1' POST '/task/create?user_id=1' \
	'{"title":"Buy milk","content":"2 l","priority":1}' 201 "$created"
exchange 'with the user in the body' POST /task/create \
	'{"title":"Buy milk","user_id":1}' 201 "$created"
exchange 'a task of nobody' POST '/task/create?user_id=99' \
	'{"title":"Third"}' 404 "$no_user"
exchange 'the tasks of user 1' GET '/user/user_id/tasks?user_id=1' - 200 \
	'[{"id":1,"title":"Buy milk","content":"2 l","priority":1,"completed":false,"user_id":1,"slug":"buy-milk"},
 {"id":2,"title":"Buy milk","content":"","priority":0,"completed":false,"user_id":1,"slug":"buy-milk-2"}]'
exchange 'the tasks of user 3' GET '/user/user_id/tasks?user_id=3' - 200 '[]'
exchange 'the tasks of nobody' GET '/user/user_id/tasks?user_id=99' - 404 \
	"$no_user"
exchange 'no such task' GET '/task/task_id?task_id=9' - 404 \
	'{"detail":"Task was not found"}'
ask POST '/task/create?user_id=1'
same 'no body' "$status $body" '422 {"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]}'

# What does not fit.
exchange 'a key that is no number' GET '/user/user_id?user_id=abc' - 422 \
	'{"detail":[{"type":"int_parsing","loc":["query","user_id"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"abc"}]}'
exchange 'a key beyond 64 bits' GET \
	'/user/user_id?user_id=99999999999999999999' - 422 \
	'{"detail":[{"type":"int_parsing_size","loc":["query","user_id"],"msg":"Unable to parse input string as an integer, exceeded maximum size","input":"99999999999999999999"}]}'
exchange 'no key' GET /user/user_id - 422 \
	'{"detail":[{"type":"missing","loc":["query","user_id"],"msg":"Field required","input":null}]}'
ask GET '/user/user_id?user_id=1&user_id=3'
same 'two keys' "$status" 422
ask GET '/user/?lmit=1'
same 'an unknown query parameter' "$status" 422
matches 'is named, with the close one' "$body" \
	'*"extra_forbidden"*"query","lmit"*"did you mean limit?"*'
# peer PATH NAME: what a query's word of another server is called here.
peer() {
	ask GET "$1"
	same "$1" "$(jq -r '[.detail[].hint // empty][0]' body)" \
		"did you mean $2?"
}
peer '/user/?order=age' sort
peer '/user/?skip=1' offset
peer '/user/?select=id' columns
peer '/user/user_id?id=1' user_id
exchange 'a column that is not there' GET '/user/?sort=agee' - 422 \
	'{"detail":[{"type":"value_error","loc":["query","sort"],"msg":"Value error, user has no column agee","input":"agee","hint":"did you mean age?"}]}'
exchange 'no column' GET '/user/?sort=' - 422 \
	'{"detail":[{"type":"value_error","loc":["query","sort"],"msg":"Value error, user has no column \"\"","input":""}]}'

# What the shell calls --sort is sort here.
cursor=$(ask GET '/user/?limit=1' && header Link |
	sed -n 's/.*after=\([0-9a-f]*\).*/\1/p')
named() {
	ask "$1" "$2"
	matches "$2 names parameters" "$status $body" "$3"
	matches 'as this door does' "$(grep -c -e '--[a-z]' body)" 0
}
named GET '/user/count?sort=x' '422 *needs by"*'
named GET '/user/count?limit=1' '422 *needs by"*'
named GET "/user/?after=$cursor&sort=age" '422 *for another order"*'
named GET '/user/?columns=age,age' '422 *age is named twice"*'
named GET '/user/?columns=age,-id' '422 *not both"*'
named GET '/user/?columns=-id,-username,-firstname,-lastname,-age,-slug' \
	'422 *no column is left"*'
named DELETE '/user/?all=true&search=a' '422 *with where or search"*'
exchange 'a list where one record is wanted' PATCH '/user/update?user_id=1' '[]' \
	422 '{"detail":[{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":[]}]}'
ask POST /user/create -H 'Content-Type: application/json' \
	-d '{"username":1,"firstname":"F","age":"4x","agee":1}'
same 'many faults at once' "$status $(jq -c '[.detail[]|[.type,.loc[1]]]' body)" \
	'422 [["string_type","username"],["int_parsing","age"],["extra_forbidden","agee"],["missing","lastname"]]'
ask POST /user/create -H 'Content-Type: application/json' -d '{"username":'
same 'a body that is no JSON' "$status $(jq -r '.detail[0].type' body)" \
	'422 json_invalid'
ask POST /user/create -H 'Content-Type: application/json' \
	-d '{"age":1,"age":2}'
same 'a key twice in an object' "$status" 422
ask POST /user/create -H 'Content-Type: application/json' \
	-d "$(record user1 F L 1)"
same 'a name that is taken' "$status" 409
matches 'and which one' "$body" '{"detail":"*user1*"}'
ask POST /user/create -H 'Content-Type: application/json' \
	-d "[$(record a F L 1),$(record b F L '"x"')]"
same 'one of two records' "$status $(jq -c '.detail[0].loc' body)" \
	'422 ["body",1,"age"]'
exchange 'and the other was not made' GET /user/count - 200 '{"count":2}'
ask PUT '/user/update?user_id=1' -H 'Content-Type: application/json' \
	-d '{"age":41}'
same 'PUT needs all fields' "$status $(jq -c '[.detail[].loc[1]]' body)" \
	'422 ["firstname","lastname"]'
exchange 'PATCH does not' PATCH '/user/update?user_id=1' '{"age":41}' 200 \
	"$updated"
ask PATCH '/user/update?user_id=1' -H 'Content-Type: application/json' \
	-d '{"age":40}' -H 'Prefer: return=representation'
same 'the record, to who prefers it' "$status $body" "200 $user1"
ask POST /user/create -H 'Content-Type: application/json' \
	-d "[$(record a F L 1),$(record b F L 2)]"
same 'two records at once' "$status $body" "201 $created"

# What HTTP asks for.
ask HEAD /user/ -I
same 'HEAD has no body' "$status $(tr -d '\r' <body | sed '1,/^$/d')" '200 '
matches 'but its length' "$(header Content-Length)" '[1-9]*'
exchange 'a method that is not there' GET /user/create - 405 \
	'{"detail":"Method Not Allowed"}'
same 'Allow' "$(header Allow)" 'POST, OPTIONS'
ask OPTIONS /user/update
same 'OPTIONS' "$status $(header Allow)" '204 PUT, PATCH, OPTIONS'
exchange 'a path that is not there' GET /nobody/ - 404 \
	'{"detail":"Not Found"}'
ask GET /user
same 'without the slash' "$status" 200
ask GET /%75ser/
same 'with an escape' "$status" 200
ask GET '/user/?limit=%zz'
same 'with half an escape' "$status" 400
ask POST /user/create -H 'Content-Type: text/plain' -d "$(record c F L 1)"
same 'JSON has a type' "$status" 415
ask POST /user/create -H 'Content-Type: application/json; charset=latin1' \
	-d "$(record c F L 1)"
same 'and a charset' "$status" 415
ask POST /user/create -H 'Content-Type: application/json' \
	-H 'Content-Encoding: gzip' -d "$(record c F L 1)"
same 'and no coding' "$status" 415
ask POST /user/create -H 'Content-Type: application/json' \
	-H 'Origin: http://evil.example' -d "$(record c F L 1)"
same 'a change from another site' "$status" 403
ask GET /user/ -H 'Host: evil.example'
same 'another Host' "$status" 421
ask GET /user/ -H 'Host: localhost:1'
same 'localhost' "$status" 200
for name in 'Cache-Control: no-store' 'X-Content-Type-Options: nosniff' \
	'Referrer-Policy: no-referrer' 'Content-Type: application/json'; do
	same "$name" "$(header "${name%%:*}")" "${name#*: }"
done
same 'Date' "$(header Date)" 'Sun, 22 Nov 2026 11:07:02 GMT'
exchange 'health' GET /health - 200 '{"status":"ok"}'

exchange 'ready' GET /ready - 200 '{"status":"ready"}'
ask GET /metrics
same 'metrics' "$status $(grep -c '^taskmgr_responses_total{class="[1-5]xx"} [0-9]*$' body)" \
	'200 5'
same 'count connections' "$(grep '^taskmgr_connections' body)" \
	'taskmgr_connections 1'
tries=0
until [ $tries -eq 20 ] || grep -q '^taskmgr_waiting{kind="write"} 0' body; do
	sleep 0.05
	ask GET /metrics
	tries=$((tries + 1))
done
same 'and no change once all were answered' "$(grep '^taskmgr_waiting' body)" \
	'taskmgr_waiting{kind="read"} 0
taskmgr_waiting{kind="write"} 0'

# The descriptions.
ask GET /openapi.json
same 'openapi.json is JSON' "$status $(jq -r .openapi body)" '200 3.1.0'
same 'two routes of one operation say how they differ' "$(jq -r '.paths |
	.["/user/update"].put, .["/user/update"].patch, .["/user/"].patch |
	.summary' body)" "\
Set all fields of a user
Change fields of a user
Change fields of several users"
same 'it has the paths' "$(jq -c '[.paths|keys[]|select(startswith("/user"))]' \
	body)" '["/user/","/user/count","/user/create","/user/delete","/user/import","/user/update","/user/user_id","/user/user_id/tasks"]'
same 'what a user must have' \
	"$(jq -c '.components.schemas.CreateUser.required' body)" \
	'["username","firstname","lastname","age"]'
same 'a server is named by its path alone' "$(jq -c .servers body)" \
	'[{"url":"/"}]'
same 'every reference leads somewhere' "$(jq -c '
	. as $doc | [.. | objects | ."$ref"? // empty |
	select(ltrimstr("#/") | split("/") as $path |
	$doc | getpath($path) == null)]' body)" '[]'
same 'no two operations share a name' "$(jq -c '
	[.paths[][].operationId] | length - (unique | length)' body)" 0
ask GET /docs
same 'docs' "$status $(header Content-Type)" '200 text/html; charset=utf-8'
matches 'links to the description' "$body" '*/openapi.json*'
matches 'without unsafe scripts' "$(header Content-Security-Policy)" \
	"default-src 'none'; script-src 'self'; style-src 'self'; *"
# Built without npm the page needs none of these.
case $body in
*swagger-ui*)
	for file in $(grep -o '/docs/[a-z.-]*' body | sort -u); do
		ask GET "$file"
		same "$file" "$status" 200
	done
	ask GET /docs/swagger-ui.css -H 'Accept-Encoding: gzip'
	same 'its style' "$(header Content-Type) $(header Content-Encoding)" \
		'text/css; charset=utf-8 gzip'
	;;
esac

# The schema is another process' to change.
sqlite3 taskmanager.db 'CREATE TABLE projects (id INTEGER PRIMARY KEY,
	name VARCHAR NOT NULL)'
exchange 'a new table has routes' POST /project/create '{"name":"x"}' 201 \
	"$created"
sqlite3 taskmanager.db 'CREATE TABLE seats (row INTEGER, letter TEXT,
	PRIMARY KEY (row, letter)); CREATE TABLE bookings (id INTEGER PRIMARY KEY,
	row INTEGER, letter TEXT, FOREIGN KEY (row, letter) REFERENCES seats);
	INSERT INTO seats VALUES (1, "A"), (1, "B");
	CREATE TABLE loose (a TEXT PRIMARY KEY, b INTEGER);
	CREATE TABLE tight (a TEXT PRIMARY KEY, b INTEGER) WITHOUT ROWID'
ask GET /openapi.json
same 'a key that may be NULL says so' "$(jq -c '[.components.schemas |
	(.Loose, .Tight) | .properties | (.a, .b) |
	tostring | contains("null")]' body)" '[true,true,false,true]'
exchange 'half a composite key' GET '/seat/seat_id?seat_id=1' - 422 \
	'{"detail":[{"type":"value_error","loc":["query","seat_id"],"msg":"Value error, the key of seat has 2 parts, joined by commas","input":"1"}]}'
exchange 'a reference by a composite key' POST '/booking/create?seat=1,A' '{}' \
	201 "$created"
exchange 'and back' GET '/seat/seat_id/bookings?seat_id=1,A' - 200 \
	'[{"id":1,"row":1,"letter":"A"}]'
exchange 'that is not there' POST /booking/create '{"row":1,"letter":"Q"}' 409 \
	'{"detail":"no seat with row 1, letter \"Q\""}'
exchange 'a row that is referenced' DELETE '/seat/delete?seat_id=1,A' - 409 \
	'{"detail":"seat 1,\"A\" is still referenced by 1 booking (row, letter)"}'
sqlite3 taskmanager.db 'CREATE VIEW broken AS SELECT absent(1) AS x'
exchange 'a fault of ours' GET /broken/ - 500 \
	'{"detail":"Internal Server Error"}'
matches 'is logged with what was asked' "$(tail -n 1 log)" \
	'taskmgr: GET /broken/: no such function: absent; SQLite has no absent; *'
sqlite3 taskmanager.db 'DROP VIEW broken'
exchange "so has the table's name" GET /Projects/count - 200 '{"count":1}'
ask GET /openapi.json
same 'and is described' "$(jq -c '.components.schemas.Project.required' body)" \
	'["id","name"]'

kill -TERM "$server"
wait "$server"
same 'SIGTERM ends it well' $? 0
server=

start --read-only
ask POST /user/create -H 'Content-Type: application/json' \
	-d "$(record z F L 1)"
same 'read-only: no changes' "$status" 403
exchange 'read-only: but reading' GET '/user/user_id?user_id=1' - 200 "$user1"

finish
