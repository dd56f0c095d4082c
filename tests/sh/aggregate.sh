#!/bin/sh
# Groups and sums: count --by, --sum, --avg, --min, --max.
# shellcheck disable=SC2016 # JSON, not a variable
. tests/lib.sh
. "$TOP/tests/serve.sh"
fresh
run db upgrade
names='"firstname":"A","lastname":"B"'
run user create --data "[{\"username\":\"ann\",$names,\"age\":3,
	\"tasks\":[{\"title\":\"x\",\"priority\":3},
	{\"title\":\"y\",\"priority\":4,\"completed\":true}]},
	{\"username\":\"bob\",$names,\"age\":40,
	\"tasks\":[{\"title\":\"z\",\"priority\":9}]}]"

# count NAME OPTIONS STDOUT: of tasks, as TSV without a header.
count() {
	# shellcheck disable=SC2086 # words
	run task count $2 --tsv --no-header
	is "$1" 0 "$3" ''
}
count 'a number' '' 3
count 'groups' '--by completed' 'false	2
true	1'
count 'of two columns' '--by user,completed' '1	false	1
1	true	1
2	false	1'
count 'of a referenced row' '--by user.username' 'ann	2
bob	1'
count 'with a filter' '--by completed --where priority.gt=3' 'false	1
true	1'
count 'with a column' '--by completed --user ann' 'false	1
true	1'
count 'functions' '--sum priority --avg priority --min priority --max title' \
	'3	16	5.333333333333333	3	z'
count 'of groups' '--by user --sum priority,completed --max user.age' \
	'1	2	7	1	3
2	1	9	0	40'
count 'of no rows' '--where id=9 --sum priority --max title' '0	\N	\N'
count 'no groups' '--where id=9 --by completed' ''
count 'sorted' '--by user.username --sort=-count' 'ann	2
bob	1'
count 'by a function' '--by user.username --sum priority --sort=-sum_priority --limit 1' \
	'bob	1	9'
run task count --by completed --sum priority --json
is 'JSON' 0 '[{"completed":false,"count":2,"sum_priority":12},
 {"completed":true,"count":1,"sum_priority":4}]' ''
run task count --avg priority --json --columns avg_priority
is 'one object' 0 '{"avg_priority":5.333333333333333}' ''
run task count --by 'user, completed' --sum 'priority, user_id' \
	--sort '-count, -completed' --columns 'user, completed' --tsv --no-header
is 'blanks after the commas' 0 '1	true
1	false
2	false' ''
run task count --by completed --format markdown
is 'a table' 0 '| completed | count |
| --- | ---: |
| false | 2 |
| true | 1 |' ''
run task count --by prioritie
like 'no such column' 2 '' \
	'*--by: task has no column prioritie (did you mean priority?)*'
run task count --by completed,prioritie --json
like 'as data' 2 '' '*"fix":\["taskmgr","task","count","--by","completed,priority","--json"\]*'
run task count --by user.agee
like 'nor of a user' 2 '' '*--by: task has no column user.agee*'
run task count --by title.month.day
like 'nor such a part' 2 '' '*--by: task has no column title.month.day*'
run task count --sum title
is 'no number' 2 '' 'taskmgr: task count: --sum: title is not a number'
run task count --by user,completed,user
is 'twice' 2 '' 'taskmgr: task count: --by: user is given twice'
run task count --by completed --sort counts
is 'no such result' 2 '' \
	'taskmgr: task count: --sort: the result has no column counts (did you mean count?)'
run task count --limit 3
is 'a limit of what' 2 '' 'taskmgr: task count: --limit: needs --by'
run __complete task count --by completed,user.us
is 'completed' 0 'completed,user.username	login name' ''

# Parts of dates, and values that are not of their column's type.
sqlite3 logs.db "CREATE TABLE logs (id INTEGER PRIMARY KEY, at DATETIME, d DATE,
	t TIME, e INTEGER, n INTEGER, x TEXT);
	INSERT INTO logs VALUES (1, '2026-11-30 11:07:02', '2027-01-01', '07:30',
	1795345622, 9223372036854775807, 'a'), (2, '2026-11-01T23:00:00',
	'2026-12-31', '07:45', 0, 1, x'00'), (3, NULL, 'bad', NULL, NULL, NULL,
	NULL)"
part() {
	run --db logs.db log count --by "$1" --tsv --no-header
	is "$1" 0 "$2
\\N	1" ''
}
part at.year '2026	2'
part at.month '2026-11	2'
part at.week '2026-W44	1
2026-W49	1'
part at.day '2026-11-01	1
2026-11-30	1'
part at.hour '2026-11-01 23	1
2026-11-30 11	1'
part at.minute '2026-11-01 23:00	1
2026-11-30 11:07	1'
part d.week '2026-W53	2'
part t.hour '07	2'
part e.month '1970-01	1
2026-11	1'
run --db logs.db log count --by t.month
like 'a time has no month' 2 '' '*log has no column t.month*'
run --db logs.db log count --by x --jsonl
is 'any value' 0 '{"x":"a","count":1}
{"x":{"$base64":"AA=="},"count":1}
{"x":null,"count":1}' ''
run --db logs.db log count --sum n
is 'a sum that does not fit' 2 '' \
	'taskmgr: log count: --sum: a sum is beyond 64 bits
hint: select fewer rows with --where, or use --avg'
run --db logs.db log count --avg n --where 'n>0' --tsv --no-header
is 'but an average' 0 '2	4.611686018427388e+18' ''

# Over HTTP.
start
exchange 'groups' GET '/task/count?by=user.username&sum=priority' - 200 \
	'[{"user.username":"ann","count":2,"sum_priority":7},
 {"user.username":"bob","count":1,"sum_priority":9}]'
exchange 'one' GET '/task/count?max=priority&completed=true' - 200 \
	'{"count":1,"max_priority":4}'
exchange 'no such column' GET '/task/count?by=titel' - 422 \
	'{"detail":[{"type":"value_error","loc":["query","by"],"msg":"Value error, task has no column titel","input":"titel","hint":"did you mean title?"}]}'
ask GET '/task/?count=true&limit=1&sort=-id&columns=id'
same 'the total of a list' "$status $body $(header X-Total-Count)" \
	'200 [{"id":3}] 3'
sqlite3 taskmanager.db 'UPDATE tasks SET priority = 9223372036854775807'
exchange 'too large a sum' GET '/task/count?sum=priority' - 422 \
	'{"detail":[{"type":"value_error","loc":["query","sum"],"msg":"Value error, a sum is beyond 64 bits","input":"priority"}]}'
stop
sqlite3 names.db "CREATE TABLE bounds (id INTEGER PRIMARY KEY, max INTEGER,
	by TEXT); INSERT INTO bounds VALUES (1, 1, 'a\"\\b'), (2, 2, 'c')"
start --db names.db
ask GET '/bound/?max=1&by=a%22%5Cb&count=true&columns=id'
same 'columns named like options' "$status $body $(header X-Total-Count)" \
	'200 [{"id":1}] 1'
stop
start
ask GET /openapi.json
same 'described' "$(jq -c '.paths["/task/count"].get | [(.parameters |
	map(.name // "") | .[2:9]), (.responses["200"].content["application/json"].schema.anyOf | map(.type))]' <body)" \
	'[["by","sum","avg","min","max","sort","limit"],["object","array"]]'
stop
finish
