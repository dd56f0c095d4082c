#!/bin/sh
# Related rows: --with, their columns in --columns, and --sort by them.
# shellcheck disable=SC2016,SC2119 # $ref is JSON; start needs no options
. tests/lib.sh
. "$TOP/tests/serve.sh"
with_users
run task create --user user1 --title 'Sell milk' --priority 2

user1='"id":1,"username":"user1","firstname":"Pasha","lastname":"Technique"'
user1="{$user1,\"age\":40,\"slug\":\"user1\"}"
run task show 1 --json
task1=$(cat "$WORK/out")
run task show 2 --json
task2=$(cat "$WORK/out")

run task show 1 --with user --json
is 'the referenced row' 0 "${task1%\}},\"user\":$user1}" ''
run user list --with tasks --jsonl --columns id,tasks
is 'the rows that refer to it' 0 "{\"id\":1,\"tasks\":[$task1,$task2]}
{\"id\":2,\"tasks\":[]}" ''
run user show 1 --with tasks.user --json
is 'any depth' 0 "${user1%\}},\"tasks\":[${task1%\}},\"user\":$user1},${task2%\}},\"user\":$user1}]}" ''
run user tasks user1 --with user --with user.tasks --limit 1 --jsonl \
	--columns id,user.id,user.tasks.id
is 'of linked rows; columns of columns' 0 \
	'{"id":1,"user":{"id":1,"tasks":[{"id":1},{"id":2}]}}' ''
run task list --columns title,user.username --tsv
is 'columns alone are enough' 0 'title	user.username
Buy milk	user1
Sell milk	user1' ''
run user list --columns username,tasks.title --csv
printf '%s\r\n' username,tasks \
	'user1,"[{""title"":""Buy milk""},{""title"":""Sell milk""}]"' \
	'user2,[]' >wanted
same 'rows in CSV' "$(cat "$WORK/out")" "$(cat wanted)"
run task list --with user --columns=-content,-user.slug,-user.lastname --csv
same 'one row in CSV' "$(head -1 "$WORK/out" | tr -d '\r')" \
	'id,title,priority,completed,user_id,slug,user.id,user.username,user.firstname,user.age'
run user list --with tasks --columns=-tasks,-age --jsonl
is 'left out' 0 '{"id":1,"username":"user1","firstname":"Pasha","lastname":"Technique","slug":"user1"}
{"id":2,"username":"user2","firstname":"Roza","lastname":"Syabitova","slug":"user2"}' ''
run task list --with user --limit 1 --format insert
like 'SQL has the own columns' 0 'INSERT INTO "tasks" (*"slug") VALUES *' ''
case $(cat "$WORK/out") in
*username*) not_ok 'and no others' ;;
*) ok 'and no others' ;;
esac
run task list --with usr
is 'a close name' 2 '' \
	'taskmgr: task list: --with: task has no related rows usr (did you mean user?)
hint: related to task: user'
run task list --with user.title
is 'a column is no row' 2 '' \
	'taskmgr: task list: --with: user has no related rows title
hint: related to user: tasks'
run task list --columns id,user.usrname
like 'a close column' 2 '' \
	'*no column "user.usrname" (did you mean user.username, *?)*'
run task list --columns id,user.id,user
like 'twice' 2 '' '*column user is named twice*'
path=user
for step in $(seq 25); do
	path=$path.tasks.user
done
run task list --with $path --columns id
is 'too deep' 2 '' 'taskmgr: task list: --with: more than 50 kinds of rows'
path=user.tasks.user.tasks.user.tasks.user
run task list --with $path --columns id --tsv --no-header
is 'deep' 0 '1
2' ''
run task list --columns id,$path.age --limit 1 --jsonl
is 'columns as well' 0 '{"id":1,"user":{"tasks":[{"user":{"tasks":[{"user":{"tasks":[{"user":{"age":40}},{"user":{"age":40}}]}},{"user":{"tasks":[{"user":{"age":40}},{"user":{"age":40}}]}}]}},{"user":{"tasks":[{"user":{"tasks":[{"user":{"age":40}},{"user":{"age":40}}]}},{"user":{"tasks":[{"user":{"age":40}},{"user":{"age":40}}]}}]}}]}}' ''

# Sorting.
run user create --username user3 --firstname A --lastname B --age 7
run task create --user user3 --title Third
run task list --sort 'user.age, -title' --columns id,user.age --tsv --no-header
is 'sorted by another table' 0 '3	7
2	40
1	40' ''
run task list --sort user.age --limit 1 --columns id --tsv --no-header -v
after=$(sed -n 's/.*--after //p' "$WORK/err")
run task list --sort user.age --after "$after" --columns id --tsv --no-header
is 'page by page' 0 '1
2' ''
run task list --sort user.agee
like 'no such column' 2 '' '*--sort: task has no column user.agee*'

# Completion.
run __complete task list --with ''
is 'completed' 0 'user	users' ''
run __complete user list --with tasks.
is 'after a dot' 0 'tasks.user	users' ''
run __complete task list --columns id,user.user
is 'columns too' 0 'id,user.username	login name' ''

# Whatever is stored is shown as by itself; tables that refer to themselves, by
# several columns, twice, and by names that columns have.
fresh
sqlite3 odd.db "CREATE TABLE boxes (id INTEGER PRIMARY KEY, things TEXT,
	up INTEGER REFERENCES boxes);
	CREATE TABLE things (id INTEGER PRIMARY KEY, box INTEGER REFERENCES
	boxes, owner_id INTEGER REFERENCES boxes, i INTEGER, r REAL, t TEXT,
	b BLOB, j JSON, l BOOLEAN, d DATE, x, secret TEXT /* @hidden */);
	CREATE TABLE seats (row INTEGER, letter TEXT, PRIMARY KEY (row, letter));
	CREATE TABLE bookings (id INTEGER PRIMARY KEY, row INTEGER, letter TEXT,
	FOREIGN KEY (row, letter) REFERENCES seats);
	INSERT INTO boxes VALUES (1, 'text', NULL), (2, 'more', 1);
	INSERT INTO things VALUES (1, 1, 2, 1, 5, 'a', x'00ff', '{\"a\":[1]}',
	1, '2026-01-02', 1, 's'), (2, 1, NULL, 'x', 9e999, x'ff', 'text',
	'{\"\$x\":1}', 7, 'no', 0.1, 's'), (3, 1, NULL, NULL, 0.1 + 0.2,
	CAST(x'fffe00' AS TEXT), x'', '[1, 2]', 0, NULL, x'01', 's'),
	(4, 1, 1, -9223372036854775808, -0.0, 'a' || char(0) || 'b', NULL, '7',
	NULL, '', NULL, 's');
	INSERT INTO seats VALUES (1, 'A'), (1, 'B');
	INSERT INTO bookings VALUES (1, 1, 'A'), (2, 1, 'A'), (3, NULL, 'B')"
odd() { run --db odd.db "$@"; }
wanted=
for id in 1 2 3 4; do
	odd thing show $id --json
	wanted=$wanted${wanted:+,}$(cat "$WORK/out")
done
odd box show 1 --with things:box --columns things:box --json
is 'each value as by itself' 0 "{\"things:box\":[$wanted]}" ''
odd thing list --with box,owner --jsonl --columns id,box,owner --limit 2
is 'a column gives way to its row' 0 \
	'{"id":1,"box":{"id":1,"things":"text","up":null},"owner":{"id":2,"things":"more","up":1}}
{"id":2,"box":{"id":1,"things":"text","up":null},"owner":null}' ''
odd thing list --with box --limit 1 --columns id,box,box.id,box.up --tsv
is 'but not in a table' 0 'id	box	box.id	box.up
1	1	1	\N' ''
odd box list --with boxes.up,up --columns id,boxes,up --jsonl
is 'of the same table' 0 '{"id":1,"boxes":[{"id":2,"things":"more","up":{"id":1,"things":"text","up":null}}],"up":null}
{"id":2,"boxes":[],"up":{"id":1,"things":"text","up":null}}' ''
odd booking list --with seat.bookings --jsonl
is 'several columns' 0 '{"id":1,"row":1,"letter":"A","seat":{"row":1,"letter":"A","bookings":[{"id":1,"row":1,"letter":"A"},{"id":2,"row":1,"letter":"A"}]}}
{"id":2,"row":1,"letter":"A","seat":{"row":1,"letter":"A","bookings":[{"id":1,"row":1,"letter":"A"},{"id":2,"row":1,"letter":"A"}]}}
{"id":3,"row":null,"letter":"B","seat":null}' ''
columns=$(seq -s , -f 'c%g INTEGER' 300)
sqlite3 wide.db "CREATE TABLE ones (id INTEGER PRIMARY KEY);
	CREATE TABLE wides ($columns, one_id INTEGER REFERENCES ones);
	INSERT INTO ones VALUES (1);
	INSERT INTO wides (c1, c100, c101, c300, one_id) VALUES (1, 2, 3, 4, 1)"
run --db wide.db one list --jsonl \
	--columns wides.c1,wides.c100,wides.c101,wides.c300,wides.one_id
is 'many columns' 0 \
	'{"wides":[{"c1":1,"c100":2,"c101":3,"c300":4,"one_id":1}]}' ''

# Over HTTP.
with_users
start
exchange 'with' GET '/task/?with=user&columns=id,user.age' - 200 \
	'[{"id":1,"user":{"age":40}}]'
exchange 'of one' GET '/user/user_id?user_id=1&with=tasks&columns=tasks.id' - \
	200 '{"tasks":[{"id":1}]}'
exchange 'of linked rows' GET \
	'/user/user_id/tasks?user_id=1&columns=user.slug' - 200 \
	'[{"user":{"slug":"user1"}}]'
ask GET '/user/?with=tasks&count=true&limit=1&columns=id&sort=-id'
same 'pages' "$status $body $(header X-Total-Count) $(header Link)" \
	"200 [{\"id\":2}] 2 </user/?with=tasks&count=true&limit=1&columns=id&sort=-id&after=$(header Link | sed 's/.*after=//')"
exchange 'no such rows' GET '/task/?with=usr' - 422 \
	'{"detail":[{"type":"value_error","loc":["query","with"],"msg":"Value error, task has no related rows usr","input":"usr","hint":"did you mean user?"}]}'
exchange 'no such column' GET '/task/?columns=user.agge' - 422 \
	'{"detail":[{"type":"value_error","loc":["query","columns"],"msg":"Value error, no column \"user.agge\"","input":"user.agge","hint":"did you mean user.age?"}]}'
exchange 'sorted' GET '/task/?sort=-user.age&columns=id' - 200 '[{"id":1}]'
ask GET /openapi.json
same 'described' "$(jq -c '[.components.schemas.User.properties.tasks,
	.components.schemas.Task.properties.user.anyOf,
	(.paths["/user/user_id"].get.parameters | map(.name // .["$ref"]) |
		.[:4])]' <body)" \
	'[{"type":"array","items":{"$ref":"#/components/schemas/Task"},"description":"by ?with="},[{"$ref":"#/components/schemas/User"},{"type":"null"}],["user_id","with","#/components/parameters/Format","#/components/parameters/Columns"]]'
stop
finish
