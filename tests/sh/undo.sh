#!/bin/sh
# Undo and redo: what comes back, what is refused, and where nothing is kept.
. tests/lib.sh
. "$TOP/tests/serve.sh"
with_users

# rows: all rows of the two tables.
rows() {
	sqlite3 taskmanager.db 'SELECT * FROM users ORDER BY id;
		SELECT * FROM tasks ORDER BY id'
}
# back NAME: undoing the command before gives the rows in the file before.
back() {
	rows >after
	run undo -q
	same "$1: undone" "$STATUS $(rows | diff - before)" '0 '
	run redo -q
	same "$1: done again" "$STATUS $(rows | diff - after)" '0 '
	run undo -q
	same "$1: and undone" "$STATUS $(rows | diff - before)" '0 '
}

rows >before
run user update 1 --age 9 --firstname Q
back 'an update'
run user delete user1 --yes
back 'a deletion, and the rows deleted with it'
run task create --user user2 --title 'New'
back 'a new row'
run user update --all --set age=7 --yes
back 'all rows'
run sql --write "UPDATE users SET age = age + 1;
	DELETE FROM tasks; INSERT INTO tasks (title, user_id, slug) VALUES ('x', 2, 'y')"
back 'SQL'
run -c "user update 2 --age 8 -q; user update 2 --age 9 -q; undo 2 -q"
same 'two at once' "$STATUS $(rows | diff - before)" '0 '
run redo 2
is 'each is named' 0 "Done again: user update 2 --age 8 -q (1 row)
Done again: user update 2 --age 9 -q (1 row)" ''
run undo --list --jsonl
same 'they are listed' "$(head -2 "$WORK/out" | jq -c '[.at, .command, .rows, .state]')" \
	'["2026-11-22 11:07:02","user update 2 --age 9 -q",1,"done"]
["2026-11-22 11:07:02","user update 2 --age 8 -q",1,"done"]'
run undo -q
run undo --list
same 'what was undone comes first' "$(head -2 "$WORK/out" | sed 's/.*: //')" 'undone
done'
run user create --username x --firstname F --lastname L --age 1
run redo
is 'a new command ends redo' 3 '' 'taskmgr: redo: nothing can be done again'
run undo 99
is 'no more than there are' 3 '' 'taskmgr: undo: only 5 commands can be undone'
run undo 0
is 'a bad number' 2 '' 'taskmgr: undo: N must be a whole number from 1, not 0'
run user update 99 --age 3
run user update x --age x
run user update x --age 2 -n
run user delete 1
run user update x --age 1
run undo
is 'what failed, changed nothing or was a dry run is not kept' 0 \
	'Undone: user create --username x --firstname F --lastname L --age 1 (1 row)' ''
run undo -n
like 'a dry run of undo' 0 '*Undone: *' '*nothing was changed*'
run undo --list -q
same 'changes nothing' "$(head -1 "$WORK/out" | sed 's/.*: //')" undone
run --read-only undo --list
same 'a list needs no writing' "$STATUS" 0
run --read-only undo 2
like 'undo does' 1 '' 'taskmgr: undo: database taskmanager.db cannot be written: *'

# Conflicts with later changes.
fresh
with_users
run user update 1 --age 9
sqlite3 taskmanager.db 'UPDATE users SET age = 10 WHERE id = 1'
rows >before
run undo
is 'a row that was changed since' 4 '' 'taskmgr: undo: user update 1 --age 9: 1 conflicting row, nothing was changed
    users 1 was changed since'
same 'stays' "$(rows | diff - before)" ''
sqlite3 taskmanager.db "UPDATE users SET age = 9, lastname = 'Z' WHERE id = 1"
run undo
like 'another column of it may have changed' 0 'Undone: *' ''
run user list --columns id,age,lastname --jsonl --limit 1
is 'and keeps its value' 0 '{"id":1,"age":40,"lastname":"Z"}' ''
run user delete user2 --yes
sqlite3 taskmanager.db "INSERT INTO users VALUES (2, 'other', 'F', 'L', 1, 'other')"
run undo
like 'a row that exists again' 4 '' '*    users 2 exists again'
sqlite3 taskmanager.db "UPDATE users SET id = 5, username = 'user2' WHERE id = 2"
run undo
like 'a value that another row has' 4 '' '*    users 2 would have a value that another row has*'
sqlite3 taskmanager.db 'DELETE FROM users WHERE id = 5'
run undo
like 'in the way no longer' 0 'Undone: *' ''
run user create --username p --firstname F --lastname L --age 1
sqlite3 taskmanager.db "INSERT INTO tasks (title, user_id, slug) VALUES ('t', 3, 'tt')"
run undo
is 'a row that refers to it since' 4 '' 'taskmgr: undo: user create --username p --firstname F --lastname L --age 1: 1 conflicting row, nothing was changed
    tasks 2 refers to a row of users that would be missing'
sqlite3 taskmanager.db 'DELETE FROM tasks WHERE id = 2;
	ALTER TABLE users ADD COLUMN more TEXT'
run undo
is 'a changed table' 4 '' 'taskmgr: undo: "user create --username p --firstname F --lastname L --age 1" cannot be undone: its tables were changed since
hint: taskmgr undo --list shows what can'
sqlite3 taskmanager.db 'ALTER TABLE users DROP COLUMN more'
run undo
like 'that is as it was' 0 'Undone: *' ''

# A violation from before is no reason.
sqlite3 taskmanager.db "INSERT INTO tasks (title, user_id, slug) VALUES ('t', 77, 'tt')"
run user update 1 --age 3
run undo
like 'rows that referred to nothing before' 0 'Undone: *' ''

# What cannot be undone says so.
fresh
sqlite3 o.db <<'SQL'
CREATE TABLE bare (a, b);
CREATE TABLE keyed (k TEXT PRIMARY KEY, v, w AS (v + 1));
CREATE TABLE maybe (k TEXT PRIMARY KEY, v);
CREATE TABLE pair (a INTEGER NOT NULL, b TEXT NOT NULL, v, PRIMARY KEY (a, b))
	WITHOUT ROWID;
CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE docs_text USING fts5 (body, content=docs, content_rowid=id);
CREATE TRIGGER docs_ai AFTER INSERT ON docs BEGIN
	INSERT INTO docs_text (rowid, body) VALUES (new.id, new.body); END;
CREATE TABLE log (id INTEGER PRIMARY KEY, what TEXT);
CREATE TRIGGER pair_ai AFTER INSERT ON pair BEGIN
	INSERT INTO log (what) VALUES (new.b); END;
SQL
t() {
	run --db o.db "$@"
}
# cannot WHY COMMAND…: it runs, and cannot be undone.
cannot() {
	why=$1
	shift
	t "$@"
	same "$* runs" "$STATUS" 0
	t undo
	like "but cannot be undone: $why" 4 '' "taskmgr: undo: * cannot be undone: $why
*"
}
cannot 'bare has no primary key' bare create --a 1
cannot 'keyed has computed columns' keyed create --k a --v 1
cannot 'it changed a virtual table' doc create --body hello
cannot 'a key of maybe is NULL' sql --write \
	"INSERT INTO maybe VALUES (NULL, 1)"
cannot 'it changed the schema' sql --write 'CREATE TABLE more (id INTEGER PRIMARY KEY)'
cannot 'it changed too much' sql --write \
	'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
	INSERT INTO more SELECT i FROM n'
cannot 'it changed too much' sql --write \
	"UPDATE docs SET body = hex(zeroblob(1000000)) WHERE id = 1"
printf 'id\n1\n' >log.csv
cannot 'it imported a file' log import log.csv -q
t undo --list --jsonl
same 'the list has their numbers of rows' "$(head -3 "$WORK/out" | jq -c .rows)" '1
1
200000'
t maybe create --k a --v 1
t undo -q
same 'a key that is not NULL' "$STATUS $(sqlite3 o.db "SELECT count(*) FROM maybe WHERE k = 'a'")" '0 0'
t pair create --a 1 --b x --v 2
t undo -q
same "a trigger's rows go with it, and none fires" \
	"$STATUS $(sqlite3 o.db 'SELECT count(*) FROM pair; SELECT count(*) FROM log')" '0 0
1'
t redo -q
same 'and come back once' "$(sqlite3 o.db 'SELECT * FROM pair; SELECT count(*) FROM log')" '1|x|2
2'
sqlite3 o.db "UPDATE pair SET v = 3"
t undo
like 'a key of two columns is named' 4 '' '*    pair 1,x was changed since'

# The table is nobody's, and bounded.
fresh
with_users
run undo --list -q
# shellcheck disable=SC2034 # i counts
run -c "$(for i in $(seq 120); do echo 'user update 1 --age 1 -q; user update 1 --age 2 -q'; done)"
run undo --list --jsonl
same 'a hundred commands are kept' "$(wc -l <"$WORK/out")" 100
same 'older ones are deleted now and then' "$(sqlite3 taskmanager.db \
	'SELECT count(*) BETWEEN 100 AND 116 FROM _taskmgr_undo')" 1
run undo 100 -q
run undo --list --jsonl
same 'all of them can be undone' "$(grep -c undone "$WORK/out")" 100
run undo
is 'and no more' 3 '' 'taskmgr: undo: nothing can be undone'
run redo 100 -q
run db check
is 'comparisons leave it out' 0 '' 'No new upgrade operations detected.'
run help
same 'it is no noun' "$(grep -c taskmgr_undo "$WORK/out")" 0
run sql --write 'DELETE FROM _taskmgr_undo'
like 'SQL cannot change it' 4 '' '*taskmgr alone writes its own tables*'
run db downgrade base --yes
run db upgrade
run undo
like 'after the tables were dropped and made again' 4 '' '*conflicting row*'

# A table of another program that has the name.
fresh
sqlite3 o.db 'CREATE TABLE things (id INTEGER PRIMARY KEY, a)' \
	'CREATE TABLE _taskmgr_undo (id, what)'
run --db o.db thing create --a 1
is 'the table is of another program' 1 '' 'taskmgr: thing create: no such column: undone
hint: the table _taskmgr_undo was created by another program; rename it'
same 'nothing is changed' "$(sqlite3 o.db 'SELECT count(*) FROM things')" 0

# Over HTTP nothing is recorded.
fresh
run db upgrade
start --db taskmanager.db
curl -s -o answer -X POST "$url/user/create" -H 'Content-Type: application/json' \
	-d '{"username":"h","firstname":"F","lastname":"L","age":5}'
same 'a change over HTTP' "$(cat answer)" \
	'{"status_code":201,"transaction":"Successful"}'
run sql "SELECT count(*) AS n FROM sqlite_schema
	WHERE name = '_taskmgr_undo'" --jsonl
is 'is not recorded' 0 '{"n":0}' ''
stop

# In a session.
fresh
with_users
run -c 'user update 1 --age 9 -q --columns age --jsonl; undo; user list --columns age --jsonl --limit 1'
is 'in a script' 0 '{"age":9}
Undone: user update 1 --age 9 -q --columns age --jsonl (1 row)
{"age":40}' ''
run --db sqlite:// -c 'db upgrade -q; user create --username u --firstname F --lastname L --age 1 -q --columns id --jsonl; undo; user count'
is 'in memory' 0 '{"id":1}
Undone: user create --username u --firstname F --lastname L --age 1 -q --columns id --jsonl (1 row)
0' ''

# Random changes of tables of every kind.
fresh
python3 "$TOP/tests/undo.py" "$TASKMGR" 25 "${SEED:-$(date +%s)}" >random
grep '^#' random
same 'random changes' "$(grep -o '^ok\|^not ok' random)" ok
finish
