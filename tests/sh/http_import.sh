#!/bin/sh
# Many records over HTTP: POST /user/import, and lines of JSON for create.
# shellcheck disable=SC2119 # start has options, all of them optional
. tests/lib.sh
. "$TOP/tests/serve.sh"
fresh
run db upgrade
start
head='username,firstname,lastname,age'
created='{"status_code":201,"transaction":"Successful"}'

# send PATH TYPE BODY, whose \n are line ends.
send() {
	path=$1
	type=$2
	printf '%b' "$3" >sent
	shift 3
	ask POST "$path" -H "Content-Type: $type" --data-binary @sent "$@"
	body=$(jq -c . body 2>/dev/null || cat body)
}
# counts INSERTED UPDATED SKIPPED REJECTED PROBLEMS
counts() {
	printf '200 {"inserted":%s,"updated":%s,"skipped":%s,"rejected":%s,"problems":[%s]}' \
		"$1" "$2" "$3" "$4" "${5-}"
}
# problems: the type, place and input of each.
problems() {
	jq -c '[.detail[] | [.type, (.loc | map(tostring) | join(".")), .input]]' body
}

send /user/import text/csv "$head\nc1,a,b,1\nc2,a,b,2\n"
same 'CSV' "$status $body" "$(counts 2 0 0 0)"
same 'no row, so no tag' "$(header ETag)" ''
send /user/import 'text/csv; charset=UTF-8' "\0357\0273\0277$head\r\nc3,\"a\nb\",b,1\r\n"
same 'as Windows writes it' "$status $body" "$(counts 1 0 0 0)"
send /user/import text/tab-separated-values \
	'username\tfirstname\tlastname\tage\nt1\ta\tb\t1\n'
same 'TSV' "$status $body" "$(counts 1 0 0 0)"
record='"firstname":"a","lastname":"b","age":1'
send /user/import application/json "[{\"username\":\"j1\",$record}]"
same 'JSON' "$status $body" "$(counts 1 0 0 0)"
send /user/import application/jsonl \
	"{\"username\":\"l1\",$record}\n\n{\"username\":\"l2\",$record}"
same 'lines of JSON' "$status $body" "$(counts 2 0 0 0)"
send /user/import application/X-NDJSON "{\"username\":\"l3\",$record}\n"
same 'by their other name' "$status $body" "$(counts 1 0 0 0)"

# The options of the command.
send '/user/import?on_conflict=skip' text/csv "$head\nc1,a,b,1\nc4,a,b,1\n"
same 'rows that exist are skipped' "$status $body" "$(counts 1 0 1 0)"
send '/user/import?on_conflict=update' text/csv "$head\nc1,new,b,1\n"
same 'or updated' "$status $body" "$(counts 0 1 0 0)"
send '/user/import?max_errors=1' text/csv "$head\nc5,a,b,x\nc6,a,b,1\n"
same 'a bad record may be left out' "$status $body" "$(counts 1 0 0 1 '{"line":2,"column":"age","reason":"Input should be a valid integer, unable to parse string as an integer"}')"
send '/user/import?max_errors=1' text/csv "$head\nc7,a,b,x\nc8,a,b,x\n"
same 'but not two' "$status $(problems)" \
	'422 [["int_parsing","body.2.age","x"],["int_parsing","body.3.age","x"]]'
send '/user/import?map=Name%3Dusername&map=X%3D' text/csv \
	'Name,firstname,lastname,age,X\nm1,a,b,1,9\n'
same 'columns are mapped' "$status $body" "$(counts 1 0 0 0)"
send '/user/import?columns=username,firstname,lastname,age' text/csv \
	'm2,a,b,1\n'
same 'or named' "$status $body" "$(counts 1 0 0 0)"
send '/task/import?user_id=1' text/csv 'title\nA\nB\n'
same 'the query gives all records a field' "$status $body" "$(counts 2 0 0 0)"
for name in file from rejects set; do
	send "/user/import?$name=$WORK/here/x" text/csv "$head\nx,a,b,1\n"
	same "no $name" "$status $(problems)" \
		"422 [[\"extra_forbidden\",\"query.$name\",\"$WORK/here/x\"]]"
done
holds 'no file is written' [ ! -e x ]

# What does not fit; nothing of it is kept.
before=$(run user count && cat "$WORK/out")
send /user/import text/csv "$head\nn1,a,b,1\nc1,a,b,1\nn2,a,b,x\n\"\n"
same 'faults are listed with their lines' "$status $(problems)" \
	'422 [["value_error","body.3",null],["int_parsing","body.4.age","x"],["value_error","body.5",null]]'
send /user/import application/jsonl \
	"{\"username\":\"n1\",$record}\n{bad\n{\"username\":\"n2\"}\n"
same 'of lines of JSON, from 0' "$(jq -r '.detail[-1].loc | join(".")' body)" \
	body.2.age
same 'with what was sent' "$(jq -c '.detail[-1].input' body)" \
	'{"username":"n2"}'
send /user/import application/json "[{\"username\":\"n1\",$record},{\"username\":\"n2\"}]"
same 'and of JSON' "$status $(problems)" \
	'422 [["missing","body.1.firstname",{"username":"n2"}],["missing","body.1.lastname",{"username":"n2"}],["missing","body.1.age",{"username":"n2"}]]'
send /user/import application/json '{"username":"n1"}'
same 'a lone record' "$(jq -c '.detail[0].input' body)" '{"username":"n1"}'
send /user/import text/csv 'name\n'
same 'an unknown column' "$status $(problems)" \
	'422 [["value_error","body","name"]]'
send /user/create application/json '[\0{\0'
same 'UTF-16' "$status $(jq -r '.detail[0].msg' body)" \
	'422 Value error, the body is in UTF-16, not in UTF-8'
send /user/import text/csv ''
same 'no body' "$status $(problems)" '422 [["missing","body",null]]'
send /user/import text/plain "$head\n"
same 'another type' "$status $body" \
	'415 {"detail":"The Content-Type must be text/csv, text/tab-separated-values, application/json or application/jsonl"}'
send /user/import 'text/csv; charset=latin1' "$head\n"
same 'another charset' "$status $body" '415 {"detail":"The charset must be UTF-8"}'
python3 - >deep <<'END'
print('[{"username":' + ','.join(['[]'] * 5).join(['[' * 100001, ']' * 100001]) + '}]')
END
ask POST /user/import -H 'Content-Type: application/json' --data-binary @deep
same 'records that are deep' "$status $(jq -r '.detail[0].msg' body)" \
	'422 Value error, more than 100000 arrays and objects inside records'
(
	printf 'reject_line,reject_column,reject_reason,record\n1,,,"'
	sed 's/^\[//; s/\]$//; s/"/""/g' deep | tr -d '\n'
	echo '"'
) >deep.csv
ask POST /user/import -H 'Content-Type: text/csv' --data-binary @deep.csv
same 'or one in a file of rejects' "$status $(jq -r '.detail[0].msg' body)" \
	'422 Value error, more than 100000 arrays and objects inside records'
head -c 11000000 /dev/zero >large
ask POST /user/import -H 'Content-Type: text/csv' -H 'Expect:' \
	--data-binary @large
same 'a file that is too large' "$status $body" \
	'413 {"detail":"The body has more than 10 MB: send it in parts, or import the file with the command taskmgr"}'
run user count
same 'nothing was kept' "$(cat "$WORK/out")" "$before"
ask GET /user/import
same 'it is no page' "$status $(header Allow)" '405 POST, OPTIONS'

# Changes wait for it and are made after it, and it is made once.
send /user/import text/csv "$head\nonce,a,b,1\n" -H 'Idempotency-Key: i'
send /user/import text/csv "$head\nonce,a,b,1\n" -H 'Idempotency-Key: i'
same 'with a key it is made once' "$status $body $(header Idempotency-Replayed)" \
	"$(counts 1 0 0 0) true"
send /user/import text/csv "$head\nonce,a,b,2\n" -H 'Idempotency-Key: i'
same 'and only that one' "$status" 422

# create
send /user/create application/jsonl \
	"{\"username\":\"r1\",$record}\n{\"username\":\"r2\",$record}\n"
same 'create takes lines' "$status $body" "201 $created"
send /user/create application/jsonl "{\"username\":\"r3\",$record}" \
	-H 'Prefer: return=representation'
same 'one line is a list' "$status $(jq -c '[.[].username]' body)" '201 ["r3"]'
send /user/create application/jsonl \
	"{\"username\":\"r4\",$record}\n\n{\"username\":\"r5\"}\n"
same 'a bad one' "$status $(problems)" \
	'422 [["missing","body.1.firstname",{"username":"r5"}],["missing","body.1.lastname",{"username":"r5"}],["missing","body.1.age",{"username":"r5"}]]'
send /user/create application/jsonl "{\"username\":\"r4\",$record} {}\n"
same 'two in a line' "$status $(jq -r '.detail[0].type' body)" \
	'422 json_invalid'
send '/user/update?user_id=1' application/jsonl '{"age":1}' -X PATCH
same 'update takes one' "$status $body" \
	'415 {"detail":"The Content-Type must be application/json"}'
yes '{}' | head -250101 >many
ask POST /user/create -H 'Content-Type: application/jsonl' --data-binary @many
same 'too many lines' "$status" 422

ask GET /openapi.json
same 'the description has the types' \
	"$(jq -r '.paths["/user/import"].post.requestBody.content | keys | join(" ")' body)" \
	'application/json application/jsonl text/csv text/tab-separated-values'
same 'and the options' \
	"$(jq -r '[.paths["/task/import"].post.parameters[].name // empty] | join(" ")' body)" \
	'user_id map columns null dates decimal on_conflict max_errors'
finish
