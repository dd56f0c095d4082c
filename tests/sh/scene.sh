#!/bin/sh
# The lesson that the project re-tells, word by word, and without db init.
. tests/lib.sh

run db init
like 'db init' 0 '' '*Creating directory migrations*taskmgr.ini*done*'
holds 'db init writes its four files' test -f taskmgr.ini -a \
	-f migrations/schema.sql -a -f migrations/revision.sql.in -a \
	-d migrations/versions

run db revision --autogenerate -m 'Initial migration' --rev-id 1f2e3d4c5b6a
is 'autogenerate finds the tables' 0 '' "\
Detected added table 'users'
Detected added table 'tasks'
Detected added index 'ix_tasks_user_id' on '(user_id)'
Generating migrations/versions/1f2e3d4c5b6a_initial_migration.sql ...  done"
run db upgrade head
is 'upgrade' 0 '' 'Running upgrade  -> 1f2e3d4c5b6a, Initial migration'
run db check
is 'nothing is left to be found' 0 '' 'No new upgrade operations detected.'

run user create --username user1 --firstname Pasha --lastname Technique \
	--age 40
is 'create user1' 0 "\
┌────┬──────────┬───────────┬───────────┬─────┬───────┐
│ id │ username │ firstname │ lastname  │ age │ slug  │
├────┼──────────┼───────────┼───────────┼─────┼───────┤
│  1 │ user1    │ Pasha     │ Technique │  40 │ user1 │
└────┴──────────┴───────────┴───────────┴─────┴───────┘" ''
run user create --username user2 --firstname Roza --lastname Syabitova \
	--age 62 --json
is 'create user2' 0 '{"id":2,"username":"user2","firstname":"Roza","lastname":"Syabitova","age":62,"slug":"user2"}' ''
echo '{"username":"user3","firstname":"Alex","lastname":"Unknown","age":25}' |
	run user create --data - --jsonl
is 'create user3 from a pipe' 0 '{"id":3,"username":"user3","firstname":"Alex","lastname":"Unknown","age":25,"slug":"user3"}' ''
run user update 3 --firstname Bear --lastname Grylls --age 50 --jsonl
is 'update user3' 0 '{"id":3,"username":"user3","firstname":"Bear","lastname":"Grylls","age":50,"slug":"user3"}' ''
run user delete 2 --yes
is 'delete user2' 0 '' 'Deleted user 2'
run user list
is 'list' 0 "\
┌────┬──────────┬───────────┬───────────┬─────┬───────┐
│ id │ username │ firstname │ lastname  │ age │ slug  │
├────┼──────────┼───────────┼───────────┼─────┼───────┤
│  1 │ user1    │ Pasha     │ Technique │  40 │ user1 │
│  3 │ user3    │ Bear      │ Grylls    │  50 │ user3 │
└────┴──────────┴───────────┴───────────┴─────┴───────┘" ''
run user list --json
same 'list as JSON' "$(jq -r '.[].username' "$WORK/out")" "user1
user3"
run user show 2
is 'show a user who is gone' 3 '' \
	'taskmgr: user show: User was not found (no user 2)'
run user show user4
is 'show a user who never was' 3 '' \
	'taskmgr: user show: User was not found (no user "user4")'
run task create --user user1 --title 'Buy milk' --content '2 l' --priority 1
is 'create a task' 0 "\
┌────┬──────────┬─────────┬──────────┬───────────┬─────────┬──────────┐
│ id │ title    │ content │ priority │ completed │ user_id │ slug     │
├────┼──────────┼─────────┼──────────┼───────────┼─────────┼──────────┤
│  1 │ Buy milk │ 2 l     │        1 │ false     │       1 │ buy-milk │
└────┴──────────┴─────────┴──────────┴───────────┴─────────┴──────────┘" ''
run user tasks user1 --json
is 'the tasks of a user' 0 '[{"id":1,"title":"Buy milk","content":"2 l","priority":1,"completed":false,"user_id":1,"slug":"buy-milk"}]' ''
run task create --user user1 --title 'Buy milk' --columns slug --csv --no-header
is 'a second task of that title' 0 "$(printf 'buy-milk-2\r')" ''

# Without db init: from what is inside the program.
fresh
run user list
is 'no database yet' 6 '' "\
taskmgr: user list: database taskmanager.db does not exist
hint: create it with: taskmgr db upgrade"
holds 'looking made no file' test ! -e taskmanager.db
run db upgrade
like 'upgrade from inside' 0 '' 'Running upgrade  -> ????????????, Initial migration'
run user list
is 'an empty list' 0 "\
┌────┬──────────┬───────────┬──────────┬─────┬──────┐
│ id │ username │ firstname │ lastname │ age │ slug │
└────┴──────────┴───────────┴──────────┴─────┴──────┘" ''
run user list --json
is 'an empty list as JSON' 0 '[]' ''
run db check
is 'the shipped schema and revision agree' 0 '' \
	'No new upgrade operations detected.'
finish
