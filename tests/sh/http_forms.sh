#!/bin/sh
# The forms that an answer can have: formats, problems, tags.
. tests/lib.sh
. "$TOP/tests/serve.sh"

run db upgrade
start --port 0
user='{"username":"user1","firstname":"Pasha","lastname":"T","age":40}'
post /user/create "$user"
json='[{"id":1,"username":"user1","firstname":"Pasha","lastname":"T","age":40,"slug":"user1"}]'
csv='id,username,firstname,lastname,age,slug
1,user1,Pasha,T,40,user1'

# accepts NAME ACCEPT TYPE BODY: what a list is answered with.
accepts() {
	ask GET /user/ -H "Accept: $2"
	same "$1" "$status $(header Content-Type) $(tr -d '\r' <body)" "200 $3 $4"
}
accepts 'all formats' '*/*' application/json "$json"
accepts 'a browser' 'text/html,application/xhtml+xml,*/*;q=0.8' \
	application/json "$json"
accepts 'CSV' text/csv 'text/csv; charset=utf-8' "$csv"
same 'other clients get something else' "$(header Vary)" \
	'Accept, Accept-Encoding'
accepts 'CSV, or anything' 'text/csv, */*' 'text/csv; charset=utf-8' "$csv"
accepts 'one that is liked more' 'text/csv;q=0.1, application/JSON;q=0.2' \
	application/json "$json"
ask GET /user/ -H 'Accept: */*, application/json;q=0'
same 'one that is not wanted' "$status $(header Content-Type)" \
	'200 text/plain; charset=utf-8'
ask GET /user/ -H 'Accept: image/png'
same 'none of them' "$status" 406
ask GET '/user/?format=csv' -H 'Accept: image/png'
same 'a format in the query' "$status $(tr -d '\r' <body)" "200 $csv"
ask GET '/user/user_id?user_id=1&format=jsonl'
same 'of one row' "$(header Content-Type)" application/jsonl
ask GET '/user/?format=xml'
same 'that does not exist' \
	"$status $(jq -c '[.detail[0].type,.detail[0].loc]' body)" \
	'422 ["enum",["query","format"]]'
ask POST /user/create -H 'Content-Type: application/json' \
	-H 'Prefer: return=representation' -H 'Accept: text/csv' \
	-d '{"username":"user2","firstname":"R","lastname":"S","age":62}'
same 'what was created, as CSV' "$status $(tr -d '\r' <body | tail -1)" \
	'201 2,user2,R,S,62,user2'

# RFC 9457.
ask GET '/user/user_id?user_id=9' -H 'Accept: application/problem+json'
same 'a problem' "$status $(header Content-Type) $body" \
	'404 application/problem+json {"type":"about:blank","title":"Not Found","status":404,"detail":"User was not found"}'
ask GET '/user/user_id?user_id=x' \
	-H 'Accept: application/json, application/problem+json'
same 'a list of them' "$status $(jq -c '[.status,.errors[0].loc]' body)" \
	'422 [422,["query","user_id"]]'
ask GET /nothing -H 'Accept: application/problem+json'
same 'of no route' "$(jq -r .title body)" 'Not Found'
ask GET '/user/user_id?user_id=1' -H 'Accept: application/problem+json'
same 'but a row is a row' "$status $(header Content-Type)" \
	'200 application/json'
exchange 'else FastAPI is followed' GET '/user/user_id?user_id=9' - 404 \
	'{"detail":"User was not found"}'

# Tags.
ask GET '/user/user_id?user_id=1'
tag=$(header ETag)
ask GET '/user/user_id?user_id=1' -H "If-None-Match: \"x\", W/$tag"
same 'what is known is not sent' "$status $body $(header ETag)" "304  $tag"
ask GET '/user/user_id?user_id=1' -H 'If-None-Match: "x"'
same 'what is not is' "$status" 200
change() {
	ask PATCH '/user/update?user_id=1' -H 'Content-Type: application/json' \
		-d "{\"age\":$1}" -H "$2" -H 'Prefer: return=representation'
}
change 41 "If-Match: \"x\", $tag"
same 'a row that is as it was seen is changed' "$status" 200
new=$(header ETag)
change 42 "If-Match: $tag"
same 'one that is not is not' "$status $body" \
	'412 {"detail":"The row has another tag"}'
change 42 "If-Match: W/$new"
same 'a weak tag is not enough' "$status" 412
change 42 "If-None-Match: $new"
same 'nor one that must be another' "$status" 412
ask GET '/user/user_id?user_id=1'
same 'the tag of what was changed is the same' "$(header ETag)" "$new"
same 'and the row' "$(jq .age body)" 41
ask DELETE '/user/delete?user_id=1' -H "If-Match: $tag"
same 'nor is it deleted' "$status" 412
ask DELETE '/user/delete?user_id=9' -H 'If-Match: *'
same 'a row that is not there' "$status" 404
ask DELETE '/user/delete?user_id=1' -H "If-Match: $new"
same 'until its tag is known' "$status" 200
ask GET /openapi.json
formats=$(clean "$TASKMGR" help options | sed -n '/^Formats:/,/^$/s/^  \([a-z]*\) .*/\1/p')
same 'every format has its name in the description' \
	"$(jq -r '.components.parameters.Format.schema.enum[]' body)" "$formats"
same 'rows are described in all of them, and what has none is JSON' \
	"$(jq -r '.paths | (.["/user/"].get, .["/user/delete"].delete) |
		.responses["200"].content | keys | join(" ")' body)" \
	'application/json application/jsonl application/sql text/csv text/markdown text/plain text/tab-separated-values
application/json'
ask GET /openapi.json
ask GET /openapi.json -H "If-None-Match: $(header ETag)"
same 'documents have tags' "$status $body" '304 '

# Pages.
post /user/create '[{"username":"p1","firstname":"F","lastname":"L","age":1},
	{"username":"p2","firstname":"F","lastname":"L","age":2},
	{"username":"p3","firstname":"F","lastname":"L","age":3}]'
path='/user/?age.lt=9&limit=2&count=true&format=csv'
pages=
while [ -n "$path" ]; do
	ask GET "$path"
	pages="$pages$(tr -d '\r' <body | sed 1d | cut -d, -f2 | tr '\n' ' ')"
	pages="$pages$(header X-Total-Count);"
	path=$(header Link | sed -n 's/^<\(.*\)>; rel="next"$/\1/p')
done
same 'pages and their total' "$pages" 'p1 p2 3;p3 3;'
ask GET '/user/?count=true'
same 'the total of all' "$(header X-Total-Count) $(header Link)" '4 '
ask GET '/user/?count=maybe'
same 'which is yes or no' "$status $(jq -c .detail[0].loc body)" \
	'422 ["query","count"]'
for name in format columns count; do
	ask GET "/user/?$name=$(printf '%01001d' 0)"
	same "$name: a long value is not repeated" \
		"$status $(jq -c '.detail[0] | [.loc, .input]' body)" \
		"422 [[\"query\",\"$name\"],null]"
	ask GET "/user/?$name=wrong"
	same 'a short one is' "$(jq -r '.detail[0].input' body)" wrong
done
ask GET '/user/?limit=2'
same 'is counted only where it is wanted' "$(header X-Total-Count)" ''
ask GET /openapi.json
same 'pages are described' "$(jq -c '.components.parameters.Count.name as $count |
	.paths["/user/", "/user/user_id/tasks"].get |
	[$count, any(.parameters[]; ."$ref" == "#/components/parameters/Count"),
	(.responses["200"].headers | keys)]' body)" \
	'["count",true,["Link","X-Total-Count"]]
["count",false,["Link"]]'
same 'so are conditions, as what they are' "$(jq -r '.paths |
	(.["/task/"].get, .["/task/create"].post).parameters[] |
	select(.name == "user_id").description' body)" \
	'only rows with this value
here or in the body'
sqlite3 taskmanager.db 'CREATE TABLE odds (id INTEGER PRIMARY KEY, after TEXT)'
ask GET /openapi.json
same 'a column called after makes no pages' "$(jq -c '.paths |
	[.["/odd/"].get, .["/odd/update"].put, .["/odd/count"].get |
	.responses["200"].headers // {} | keys]' body)" \
	'[["Link","X-Total-Count"],[],[]]'
sqlite3 taskmanager.db 'DROP TABLE odds'

# A change whose answer cannot be made is not made either.
for query in columns=nothing format=chart; do
	post "/user/create?$query" \
		'{"username":"u","firstname":"F","lastname":"L","age":1}' \
		-H 'Prefer: return=representation'
	refused=$status
	ask PATCH "/user/?all=true&$query" -H 'Content-Type: application/json' \
		-H 'Prefer: return=representation' -d '{"age":77}'
	refused="$refused $status"
	ask GET '/user/count?where=username=u%20or%20age=77'
	same "what $query refuses is not changed" "$refused $body" \
		'422 422 {"count":0}'
done

# Requests that are sent again.
again() {
	post "$1" "$2" -H "Idempotency-Key: $3" -H 'Prefer: return=representation'
}
again '/task/create?user_id=2' '{"title":"once"}' k1
first="$status $(header Location) $body"
matches 'the first time' "$first" '201 /task/task_id?task_id=1 {"id":1,"title":"once"*}'
again '/task/create?user_id=2' '{"title":"once"}' k1
same 'the second time' "$status $(header Location) $body" "$first"
same 'it is said' "$(header Idempotency-Replayed)" true
again '/task/create?user_id=2' '{"title":"once"}' '"k1"'
same 'a key in quotes is the same' "$(header Idempotency-Replayed)" true
again '/task/create?user_id=2' '{"title":"twice"}' k1
same 'another request' "$status $body" \
	'422 {"detail":[{"type":"value_error","loc":["header","idempotency-key"],"msg":"Value error, the key was used for another request","input":"k1"}]}'
again '/task/create?user_id=9' '{"title":"fails"}' k2
same 'what failed' "$status" 404
again '/task/create?user_id=2' '{"title":"fails"}' k2
same 'did not use the key up' "$status" 201
again '/task/create?user_id=2' '{"title":"x"}' '""'
same 'a key is not empty' "$status" 400
i=0
while [ $i -lt 8 ]; do
	i=$((i + 1))
	curl -s -o /dev/null "$url/task/create?user_id=2" \
		-H 'Content-Type: application/json' \
		-H 'Idempotency-Key: k3' -d '{"title":"at once"}' &
	clients="${clients-} $!"
done
# shellcheck disable=SC2086 # numbers
wait $clients
exchange 'eight at once are one' GET /task/count - 200 '{"count":3}'
stop
start --port 0
again '/task/create?user_id=2' '{"title":"once"}' k1
same 'after a restart' "$status $(header Location) $body" "$first"
matches 'old keys are found without reading all' "$(sqlite3 taskmanager.db '
	EXPLAIN QUERY PLAN DELETE FROM _taskmgr_requests WHERE created < 1')" \
	'*SEARCH _taskmgr_requests USING INDEX *'
run db check
same 'migrations do not see the keys' "$STATUS" 0
exchange 'nor does anybody else' GET /_taskmgr_request/ - 404 \
	'{"detail":"Not Found"}'

finish
