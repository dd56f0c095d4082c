#!/bin/sh
# What programs that run taskmgr rely on: errors and the catalogue as JSON.
. tests/lib.sh
with_users

run user show usr1 --json
is 'an error as data' 3 '' '{"code":"not_found","field":null,"value":"usr1","message":"User was not found (no user \"usr1\"; did you mean \"user1\"?)","status":3,"command":"user show","hint":null,"fix":["taskmgr","user","show","user1","--json"]}'
run user create --username user1 --firstname a --lastname b --age 5 --jsonl
is 'a conflict' 4 '' '{"code":"conflict","field":"username","value":"user1","message":"username \"user1\" is already taken by user 1","status":4,"command":"user create","hint":null,"fix":null}'
run user update 1 --age 4x --format json
is 'a value' 4 '' '{"code":"int_parsing","field":"age","value":"4x","message":"--age must be a whole number, not \"4x\"","status":4,"command":"user update","hint":null,"fix":null}'
run --json user create --age x
same 'several problems' "$STATUS $(jq -c '[.code, .field, .status, [.problems[].field]]' "$WORK/err")" \
	'4 ["invalid",null,4,["age","username","firstname","lastname"]]'
run sql --json 'SELECT agee
FROM users'
same 'a place in SQL' "$(jq -r '.detail, .fix[3]' "$WORK/err")" '    SELECT agee
           ^
SELECT age
FROM users'
run lst users --json
same 'before the options are read' "$(jq -r .code "$WORK/err")" usage
run user list --format=jsno
like 'a person reads text' 2 '' 'taskmgr: user list: *'
run user list --json -- --jsno
same 'an option after --' "$(jq -r .code "$WORK/err")" usage
run user show nobody -- --json
like 'is none' 3 '' 'taskmgr: user show: *'
run --json -c 'user count; user show usr1'
same 'in a script the next step is a whole command' \
	"$(jq -c .fix "$WORK/err")" '["taskmgr","user","show","user1"]'
run --json user delete -- user2
same 'an option goes before --' "$(jq -c .fix "$WORK/err")" \
	'["taskmgr","--json","user","delete","--yes","--","user2"]'
run --db 'no such.db' user list --json
same 'it has the options of the database' "$(jq -c .fix "$WORK/err")" \
	'["taskmgr","--db","no such.db","db","upgrade"]'

# Columns.
run user list --json=id,slug --limit 1
is 'columns are chosen' 0 '[{"id":1,"slug":"user1"}]' ''
run user list --csv=slug --limit 1
is 'in other formats too' 0 "$(printf 'slug\r\nuser1\r')" ''
run user show 1 --json=
is 'and listed' 0 'id
username
firstname
lastname
age
slug' ''
run db vacuum --json=
like 'of every command' 0 '*bytes*' ''
run sql --json= 'SELECT 1'
is 'but of SQL' 2 '' '{"code":"usage","field":null,"value":null,"message":"the columns are those of the SQL","status":2,"command":"sql","hint":null,"fix":null}'
run user list --json=agee
is 'an unknown one' 2 '' '{"code":"usage","field":null,"value":"agee","message":"no column \"agee\" (did you mean age?)","status":2,"command":"user list","hint":"columns: id, username, firstname, lastname, age, slug","fix":["taskmgr","user","list","--json=age"]}'
run __complete user list --json=id,us
is 'and completed' 0 '--json=id,username	login name' ''

# The catalogue.
run help --json
cp "$WORK/out" all.json
same 'every command is in it' \
	"$(jq -r '.operations[].command' all.json | cut -d' ' -f1 | uniq | tr '\n' ' ')" \
	'user task db sql undo redo '
same 'each has a help page, which begins with a sentence' \
	"$(jq -r '.operations[].command' all.json | while read -r noun verb; do
		# shellcheck disable=SC2086 # sql has no verb
		clean "$TASKMGR" help $noun $verb | head -1
	done | grep -c '\.$')" "$(jq '.operations | length' all.json)"
same 'parameters' "$(jq -c '.operations[] | select(.command == "task create") |
	.parameters[] | select(.name == "user_id" or .name == "completed") |
	[.spelling, .type, .required, .key_of]' all.json)" \
	'["--completed","boolean",null,null]
["--user-id","integer",true,"user"]'
same 'columns' "$(jq -c '.operations[] | select(.command == "user count") |
	.columns' all.json)" '[{"name":"count","type":"integer"}]'
same 'choices and statuses' \
	"$(jq -c '[.options[] | select(.name == "color").choices] +
	[.exit_statuses[].status]' all.json)" \
	'[["auto","always","never"],0,1,2,3,4,5,6,130,141]'
run help user delete --json
same 'one of them' "$(jq -c '[.operations[] | .command, .asks]' "$WORK/out")" \
	'["user delete",true]'
run task --help --json
same 'those of a noun' "$(jq -r '.operations[].noun' "$WORK/out" | uniq)" task

# fix: each of these has a hint or a close name, and running the fix succeeds.
cat >corpus <<'END'
--db gone1.db user list
--db gone2.db task count
--db gone3.db sql 'SELECT 1'
user lst
user shw 1
usr list
tsk count
list users --sort agee
user list --sort usrname
user list --columns slg
user list --json=usrname
user list --where 'agee>=30'
user list --where 'age>=30 and usernme~u'
user list --were 'age>=30'
user list --limt 3
user show usr1
task show buy-mlk
user update usr2 --age 30
user create --usrname n --firstname F --lastname L --age 1
task create --title T --usr user1
task create --user usr1 --title T
user delete 99 --forc
user delete user3
user update 1 age=41
user list age=40
user
task
db
db upgrde
db downgrade 1
db show heda
db downgrade base
sql 'SELECT agee FROM users'
sql 'SELECT * FROM userz'
sql 'UPDATE users SET age = 7 WHERE id = 1'
sql 'DELETE FROM tasks WHERE 0'
sql --write VACUUM
sql --prm a=1 'SELECT 1'
sql
select 1
user show
user update
user list --after x
sql 'SELECT :a'
user create --data '{"usrname":"m","firstname":"F","lastname":"L","age":2}'
db history --indicate-curent
db revision -m x
END
db_of() {
	cp start.db taskmanager.db
}
cp taskmanager.db start.db
clean "$TASKMGR" user create --username user3 --firstname F --lastname L \
	--age 3 >/dev/null
cp taskmanager.db start.db
: >unfixed
total=0 fixed=0
while IFS= read -r line; do
	db_of
	STATUS=0
	eval "clean \"$TASKMGR\" --json $line" >out 2>err </dev/null || STATUS=$?
	hint=$(jq -r '.hint // (if [.message, .problems[]?.message] | join(" ") |
		test("did you mean|needs --yes") then 1 else empty end)' err)
	[ -n "$hint" ] || { echo "no hint: $line" >>unfixed; continue; }
	total=$((total + 1))
	db_of
	if jq -e '.fix' err >/dev/null && eval "set -- $(jq -r '.fix | @sh' err)" &&
	    shift && clean "$TASKMGR" "$@" >out 2>&1 </dev/null; then
		fixed=$((fixed + 1))
	else
		echo "$line -> $(jq -c .fix err): $(head -1 out)" >>unfixed
	fi
done <corpus
cat unfixed
holds "the fix succeeds after $fixed of $total errors: nine of ten" \
	test $((fixed * 10)) -ge $((total * 9)) -a $total -ge 40
finish
