#!/bin/sh
# Records that contain the records which will reference them.
# shellcheck disable=SC2016,SC2119 # $ref is JSON; start needs no options
. tests/lib.sh
. "$TOP/tests/serve.sh"
fresh
run db upgrade
names='"firstname":"A","lastname":"B","age":3'

create() { run user create --data "$1" --columns id,username --tsv --no-header; }
all() { run user list --with tasks --columns username,tasks.title,tasks.slug --jsonl; }
create "{\"username\":\"a\",$names,\"tasks\":[{\"title\":\"x\"},{\"title\":\"y\",\"priority\":\"4\"}]}"
is 'a user with tasks' 0 '1	a' ''
create "[{\"username\":\"b\",$names,\"tasks\":[{\"title\":\"x\"}]},{\"username\":\"c\",$names,\"tasks\":[]}]"
is 'users with and without' 0 '2	b
3	c' ''
all
cp "$WORK/out" before
is 'each as by itself' 0 \
	'{"username":"a","tasks":[{"title":"x","slug":"x"},{"title":"y","slug":"y"}]}
{"username":"b","tasks":[{"title":"x","slug":"x-2"}]}
{"username":"c","tasks":[]}' ''
run user list --with tasks --json
cp "$WORK/out" users.json
create "{\"username\":\"e\",$names,\"tasks\":[{\"title\":\"x\"},{\"titel\":\"y\",\"priority\":\"z\"}]}"
is 'all problems have their place' 4 '' "\
taskmgr: user create: tasks[1].titel is not a field (did you mean title?)
taskmgr: user create: tasks[1].priority must be a whole number, not \"z\"
taskmgr: user create: tasks[1].title is required"
create "[{\"username\":\"e\",$names},{\"username\":\"f\",$names,\"tasks\":[{\"title\":\"x\",\"user_id\":1}]}]"
is 'another parent' 4 '' \
	'taskmgr: user create: record 2: tasks[0].user_id: contradicts the record around it'
create "{\"username\":\"e\",$names,\"tasks\":[{\"title\":\"x\",\"user\":\"a\"}]}"
like 'by its name as well' 4 '' '*tasks\[0\].user*: contradicts user_id'
create "{\"username\":\"e\",$names,\"tasks\":[{\"title\":\"x\"},{\"title\":\"y\",\"slug\":\"x\"}]}"
is 'a conflict' 4 '' \
	'taskmgr: user create: tasks[1]: slug "x" is already taken by task 1'
create "{\"username\":\"e\",$names,\"tasks\":{\"title\":\"x\"}}"
is 'no list' 4 '' 'taskmgr: user create: tasks must be a valid list'
create "{\"username\":\"e\",$names,\"tasks\":[3,null]}"
is 'no objects' 4 '' 'taskmgr: user create: tasks[0] expected a JSON object, not 3
taskmgr: user create: tasks[1] expected a JSON object, not null'
run user create --json --data "{\"username\":\"e\",$names,\"tasks\":[{\"title\":\"x\",\"priority\":\"z\"}]}"
like 'the place as JSON' 4 '' '*"field":"tasks\[0\].priority"*'
run user create --username q --firstname a --lastname b --age 3 --set 'tasks=[]'
is 'only in records' 2 '' 'taskmgr: user create: --set: unknown field tasks
hint: taskmgr user create --help lists them'
all
same 'nothing of these was created' "$(cat "$WORK/out")" "$(cat before)"
run --db copy.db db upgrade
run --db copy.db user create --data @users.json --quiet
run --db copy.db user list --with tasks --json
same 'what list shows is taken back' "$(cat "$WORK/out")" "$(cat users.json)"

# Deeper, in a table that refers to itself, and by a key of two columns.
sqlite3 tree.db "CREATE TABLE nodes (id INTEGER PRIMARY KEY, name TEXT NOT
	NULL, up_id INTEGER REFERENCES nodes); CREATE TABLE seats (row INTEGER,
	letter TEXT, PRIMARY KEY (row, letter)); CREATE TABLE bookings (id
	INTEGER PRIMARY KEY, who TEXT, row INTEGER NOT NULL, letter TEXT NOT
	NULL, FOREIGN KEY (row, letter) REFERENCES seats)"
tree() { run --db tree.db "$@"; }
tree node create --data '{"name":"a","nodes":[{"name":"b","nodes":[{"name":"c"},{"nme":"d"}]}]}'
is 'the place of what is deeper' 4 '' "\
taskmgr: node create: nodes[0].nodes[1].nme is not a field (did you mean name?)
taskmgr: node create: nodes[0].nodes[1].name is required"
tree node create --data '[{"name":"a","nodes":[{"name":"b","nodes":[{"name":"c"},{"name":"d","id":1}]}]}]'
is 'and of a conflict there' 4 '' \
	'taskmgr: node create: record 1: nodes[0]: nodes[1]: id 1 is already taken'
tree node create --data '{"name":"a","nodes":[{"name":"b","nodes":[{"name":"c"},{"name":"d"}]}]}' --quiet
tree node list --tsv --no-header
is 'deeper' 0 '1	a	\N
2	b	1
3	c	2
4	d	2' ''
tree seat create --data '{"row":1,"letter":"A","bookings":[{"who":"x"},{"who":"y","row":1}]}'
tree booking list --tsv --no-header
is 'two columns' 0 '1	x	1	A
2	y	1	A' ''

# Over HTTP.
start
exchange 'created' POST /user/create \
	"{\"username\":\"h\",$names,\"tasks\":[{\"title\":\"h\"}]}" 201 \
	'{"status_code":201,"transaction":"Successful"}'
exchange 'and shown' GET '/user/user_id?user_id=4&columns=tasks.title' - 200 \
	'{"tasks":[{"title":"h"}]}'
exchange 'the location of a problem' POST /user/create \
	"[{\"username\":\"i\",$names,\"tasks\":[{\"title\":\"h\"},{\"priority\":1}]}]" \
	422 '{"detail":[{"type":"missing","loc":["body",0,"tasks",1,"title"],"msg":"Field required","input":{"priority":1}}]}'
exchange 'a conflict' POST /user/create \
	"{\"username\":\"i\",$names,\"tasks\":[{\"title\":\"i\",\"slug\":\"h\"}]}" \
	409 '{"detail":"tasks[0]: slug \"h\" is already taken by task 4"}'
exchange 'all or nothing' GET /user/count - 200 '{"count":4}'
ask GET /openapi.json
same 'described' \
	"$(jq -c '.components.schemas.CreateUser.properties.tasks' <body)" \
	'{"type":"array","items":{"$ref":"#/components/schemas/CreateTask"}}'
stop
finish
