#!/bin/sh
# On others' data: the lesson's database as SQLAlchemy and Alembic make it.
. tests/lib.sh

lesson() {
	STATUS=0
	clean /usr/bin/python3 "$TOP/tests/lesson.py" "$@" \
		>"$WORK/out" 2>"$WORK/err" || STATUS=$?
}

lesson make lesson.db
is 'Python makes a database' 0 '' ''
mode=$(sqlite3 lesson.db 'PRAGMA journal_mode')
before=$(sha256sum lesson.db)
run --db lesson.db user list --json
is 'it opens and lists' 0 '[{"id":1,"username":"Ann","firstname":"Ann","lastname":"Lee","age":30,"slug":"ann"}]' ''
run --db lesson.db task list --jsonl
is 'booleans are booleans' 0 '{"id":1,"title":"Old","content":"c","priority":0,"completed":false,"user_id":1,"slug":"old"}' ''
same 'reading changed no byte' "$(sha256sum lesson.db)" "$before"
run --db lesson.db db upgrade
like 'the built-in migrations keep away from it' 6 '' \
	'taskmgr: db upgrade: *hint: *'
run --db lesson.db db revision --autogenerate -m x
is 'and so does autogenerate' 1 '' "\
taskmgr: db revision: there is no migrations folder
hint: run: taskmgr --db lesson.db db init"
same 'nothing was touched' "$(sha256sum lesson.db)" "$before"
same 'no file was left beside it' "$(ls)" 'lesson.db'

run --db lesson.db user create --username 'Bob Brown' --firstname B \
	--lastname B --age 7 --columns id,slug --jsonl
is 'create makes the slug' 0 '{"id":2,"slug":"bob-brown"}' ''
run --db lesson.db user create --username 'Bob Brown' --columns slug --jsonl
is 'and another one' 0 '{"slug":"bob-brown-2"}' ''
run --db lesson.db task create --user ann --title New --completed --jsonl
is 'a task by slug' 0 '{"id":2,"title":"New","content":null,"priority":null,"completed":true,"user_id":1,"slug":"new"}' ''
run --db lesson.db user update ann --age 31 --columns age --jsonl
is 'update' 0 '{"age":31}' ''
run --db lesson.db user delete 3 --yes
is 'delete' 0 '' 'Deleted user 3'
run --db lesson.db user delete ann --yes
is 'a user with tasks is kept by the foreign key' 4 '' \
	'taskmgr: user delete: User is still named by other rows'
same 'its journal mode is kept' "$(sqlite3 lesson.db 'PRAGMA journal_mode')" \
	"$mode"
lesson use lesson.db
is 'Python goes on with it' 0 "\
1 Ann 31 ann [('Old', False), ('New', True)]
2 Bob Brown 7 bob-brown []
cafcab977259" ''
run --db lesson.db user show cy --columns username,age --jsonl
is 'and taskmgr after it' 0 '{"username":"Cy","age":null}' ''

# The built-in migrations are nothing to a database of another program.
fresh
sqlite3 x.db 'CREATE TABLE Artist (id INTEGER PRIMARY KEY, name TEXT)'
for words in status history 'history -i' 'history --graph' heads current \
	branches; do
	# shellcheck disable=SC2086 # words on purpose
	run --db x.db db $words
	is "db $words leaves them out" 0 '' "The built-in migrations do not apply \
to x.db; for migrations of its own: taskmgr --db x.db db init"
done
run --db x.db db info
like 'so does db info' 0 '*
migrations               none (the built-in ones do not apply)
*
pending revisions        0
*' ''
run --db x.db db current --check-heads
like 'db current --check-heads answers as db check' 6 '' '*are not applied to it
hint: *'
run db heads
is 'they are shown where there is no database' 0 '4ddf379eea50 (head)' ''
finish
