#!/bin/sh
# Changes of many rows: update and delete with --where, --search and --all.
# shellcheck disable=SC2119 # start has options, all of them optional
. tests/lib.sh
. "$TOP/tests/serve.sh"

# A table with a CHECK, a unique column, @updated and a slug.
fresh
sqlite3 things.db "CREATE TABLE boxes (id INTEGER PRIMARY KEY, name TEXT NOT
	NULL UNIQUE); CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT
	NULL, weight INTEGER NOT NULL CHECK (weight < 100), rank INTEGER UNIQUE,
	box_id INTEGER REFERENCES boxes, slug TEXT NOT NULL UNIQUE, -- @slug name
	changed TEXT /* @updated */);
	INSERT INTO boxes VALUES (1, 'red'), (2, 'blue'), (3, 'empty');
	INSERT INTO things VALUES (1, 'ball', 5, NULL, 1, 'ball', ''),
	(2, 'doll', 7, NULL, 1, 'doll', ''), (3, 'car', 70, 3, 2, 'car', '')"
export_db() {
	sqlite3 things.db "SELECT * FROM things; SELECT name FROM boxes"
}
before=$(export_db)
box() { run --db things.db --tsv --no-header box "$@"; }
thing() { run --db things.db --tsv --no-header thing "$@"; }

thing update
is 'no row at all' 2 '' 'taskmgr: thing update: KEY is missing
hint: name a row, or select rows with --where'
thing delete --no-all
is 'nor a refused one' 2 '' 'taskmgr: thing delete: KEY is missing
hint: name a row, or select rows with --where'
thing delete 1 --where weight=5
is 'a key and a condition' 2 '' \
	'taskmgr: thing delete: --where cannot be combined with a KEY'
thing update ball --all --set weight=1
is 'a key and all' 2 '' \
	'taskmgr: thing update: --all cannot be combined with a KEY'
thing delete --all --search ball --yes
is 'all, and some' 2 '' \
	'taskmgr: thing delete: --all: cannot be combined with --where or --search'
thing update --where weight.gt=1 --yes
is 'no field' 2 '' 'taskmgr: thing update: no field is given
hint: set one with --set FIELD=VALUE'
thing update --where weight.gt=1 --set weight=8
is 'the question shows what is met' 2 '' \
	'taskmgr: thing update: Update 3 things (“ball”, “doll”, “car”)? Without a terminal this needs --yes'
thing update --where weight=5 --set weight=8
is 'of one row too' 2 '' \
	'taskmgr: thing update: Update thing 1 “ball”? Without a terminal this needs --yes'
thing update --where weight.gt=1 --set weight=8 --max-affected 2 --yes
is 'too many rows' 4 '' \
	'taskmgr: thing update: more than 2 things, which --max-affected allows
hint: narrow the condition, or raise --max-affected'
thing delete 1 2 --max-affected 1 --yes
is 'too many keys' 4 '' \
	'taskmgr: thing delete: more than 1 thing, which --max-affected allows
hint: narrow the condition, or raise --max-affected'
thing delete doll 1 ball 2 1 --max-affected 2 --yes --dry-run
is 'each row once' 0 '' 'Delete 2 things? (dry run: nothing was changed)'
thing update --where weight.lt=8 --set rank=3 --yes
is 'a unique value' 4 '' \
	'taskmgr: thing update: thing 1: rank 3 is already taken by thing 3'
thing update --all --set rank=9 --yes
is 'a unique value that the first row has got' 4 '' \
	'taskmgr: thing update: thing 2: rank 9 is already taken by thing 1'
thing update --all --set weight=100 --yes
is 'a CHECK' 4 '' 'taskmgr: thing update: --weight must be less than 100, not "100"'
thing update --where weight=70,7 --set slug=car --yes
is 'a field that is not the same everywhere' 4 '' \
	'taskmgr: thing update: slug cannot be changed'
thing update --all --set box=9 --yes
like 'a missing row' 3 '' '*no box 9*'
thing update --all --data '[{"weight":1}]' --yes
like 'several records' 4 '' '*update takes one record, not a list*'
box delete --where name!=empty --yes
like 'a referenced row' 4 '' \
	'taskmgr: box delete: * still referenced by *'
box delete --all --dry-run --where name=x
is 'dry as well' 2 '' \
	'taskmgr: box delete: --all: cannot be combined with --where or --search'
thing update --all --set weight=1 --dry-run --columns id,weight
is 'a dry run shows rows and question' 0 '1	1
2	1
3	1' 'Update 3 things (“ball”, “doll”, “car”)? (dry run: nothing was changed)'
thing delete --all --dry-run
is 'of a deletion the question' 0 '' \
	'Delete 3 things (“ball”, “doll”, “car”)? (dry run: nothing was changed)'
same 'nothing of all this changed a row' "$(export_db)" "$before"

thing update --where 'box=red and weight<9' --set weight=9 --box blue \
	--max-affected 2 --yes --columns id,weight,box_id,slug,changed
is 'two rows are changed' 0 '1	9	2	ball	2026-11-22 11:07:02
2	9	2	doll	2026-11-22 11:07:02' 'Updated 2 things'
thing update --where weight=1000 --set weight=1
is 'no row: no question' 0 '' 'Updated 0 things'
thing update --search CAR --unset rank --yes --json --columns id,rank
is 'one row is a list as well' 0 '[{"id":3,"rank":null}]' 'Updated thing 3'
thing delete --where weight=1000
is 'nothing to delete' 0 '' 'Deleted 0 things'
thing delete --where weight=9 --yes
is 'two are deleted' 0 '' 'Deleted 2 things'
thing delete --all --yes
is 'the last as well' 0 '' 'Deleted thing 3'

# Rows that refer to each other, and a key of two columns.
sqlite3 marks.db "CREATE TABLE marks (a INTEGER, b TEXT, up TEXT, n INTEGER,
	PRIMARY KEY (a, b), FOREIGN KEY (a, up) REFERENCES marks);
	INSERT INTO marks VALUES (1, 'x', NULL, 1), (1, 'y', 'x', 2),
	(2, 'z', NULL, 3)"
run --db marks.db mark update --where a=1 --set n=5 --yes --jsonl
is 'a key of two columns' 0 '{"a":1,"b":"x","up":null,"n":5}
{"a":1,"b":"y","up":"x","n":5}' 'Updated 2 marks'
run --db marks.db mark delete --where n=5
is 'rows without a name' 2 '' \
	'taskmgr: mark delete: Delete 2 marks (1,"x", 1,"y")? Without a terminal this needs --yes'
run --db marks.db mark delete --where n=5 --yes
is 'whichever refers to which' 0 '' 'Deleted 2 marks'

# Over HTTP.
with_users
start
exchange 'without a condition' DELETE /user/ - 422 \
	'{"detail":[{"type":"missing","loc":["query","where"],"msg":"Field required","input":null}]}'
exchange 'a key is for the other route' DELETE '/user/?user_id=1' - 422 \
	'{"detail":[{"type":"extra_forbidden","loc":["query","user_id"],"msg":"Extra inputs are not permitted","input":"1"},{"type":"missing","loc":["query","where"],"msg":"Field required","input":null}]}'
exchange 'and a condition for this one' DELETE '/user/delete?where=age=40' - \
	422 '{"detail":[{"type":"extra_forbidden","loc":["query","where"],"msg":"Extra inputs are not permitted","input":"age=40"},{"type":"missing","loc":["query","user_id"],"msg":"Field required","input":null}]}'
ask PATCH '/task/?user_id=1&where=priority=1' \
	-H 'Content-Type: application/json' -d '{"priority":2}'
matches 'no field beside a condition' "$status $body" '422 *user_id*'
exchange 'more than it allows' PATCH '/user/?age.gt=1&max_affected=1' \
	'{"age":41}' 409 \
	'{"detail":"more than 1 user, which max_affected allows"}'
exchange 'changed' PATCH '/user/?age.gt=41' '{"age":63}' 200 \
	'{"status_code":200,"transaction":"User update is successful!","rows":1}'
ask PATCH '/user/?all=true' -H 'Content-Type: application/json' \
	-d '{"firstname":"A"}' -H 'Prefer: return=representation'
same 'and shown' "$status $(echo "$body" | jq -c 'map([.id, .firstname])')" \
	'200 [[1,"A"],[2,"A"]]'
ask PATCH '/user/?all=true' -H 'Content-Type: application/json' \
	-d '{"firstname":"B"}' -H 'If-Match: "x"' -H 'Prefer: return=representation'
same 'rows have no tag' "$status $(header ETag)" '412 '
exchange 'deleted' DELETE '/user/?where=age=63' - 200 \
	'{"status_code":200,"transaction":"User delete is successful!","rows":1}'
sqlite3 taskmanager.db "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT
	i + 1 FROM n WHERE i < 1001) INSERT INTO tasks (title, user_id, slug)
	SELECT 't', 1, 's' || i FROM n"
exchange 'a > as it is typed' GET '/user/?where=age>1' - 400 \
	'{"detail":"The target has a character that must be percent-encoded, such as > as %3E"}'
exchange 'and as it must be' GET '/user/count?where=age%3E1' - 200 \
	'{"count":1}'
exchange 'a thousand rows, unless it says more' DELETE '/task/?all=true' - 409 \
	'{"detail":"more than 1000 tasks, which max_affected allows"}'
exchange 'it says more' DELETE '/task/?all=true&max_affected=2000' - 200 \
	'{"status_code":200,"transaction":"Task delete is successful!","rows":1002}'
ask GET /openapi.json
same 'described' "$(jq -c '.paths["/task/"] |
	[keys, .patch.description, (.delete.parameters[:4] | map(.name)), (.patch.parameters[:4] |
	map(.name)), .delete.parameters[3].schema.default]' <body)" \
	'[["delete","get","patch"],"All rows that the query selects, in one transaction",["where","search","all","max_affected"],["where","search","all","max_affected"],1000]'
stop
finish
