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
taskmgr: db revision: no migrations folder
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
	'taskmgr: user delete: user 1 "Ann" is still referenced by 2 tasks (user_id)'
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

# What only a database's own program has: a collation, functions in a CHECK, an
# index, a trigger and a view, and modules of virtual tables.
fresh
sqlite3 x.db <<'E'
CREATE TABLE tags (tag TEXT PRIMARY KEY COLLATE NOCASE, n INT) WITHOUT ROWID;
INSERT INTO tags VALUES ('a', 1), ('B', 2), ('c', 3);
CREATE TABLE marks (id INTEGER PRIMARY KEY, name TEXT UNIQUE COLLATE NOCASE,
	code TEXT UNIQUE, n INT);
INSERT INTO marks VALUES (1, 'One', 'one', 1), (2, 'Two', 'two', 2);
CREATE TABLE fields (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE);
CREATE INDEX ix_fields_name ON fields (name);
INSERT INTO fields VALUES (1, 'Front'), (2, 'back');
CREATE TABLE g (id INTEGER PRIMARY KEY, geom BLOB CHECK (abs(geom)), k TEXT);
CREATE INDEX ix_g_k ON g (upper(k));
INSERT INTO g VALUES (1, 1, 'a');
CREATE TABLE p (id INTEGER PRIMARY KEY, geom BLOB, n TEXT);
CREATE TRIGGER p_ai AFTER INSERT ON p WHEN NOT ST_IsEmpty(NEW.geom)
BEGIN UPDATE p SET n = ST_MinX(NEW.geom) WHERE id = NEW.id; END;
CREATE VIEW v AS SELECT books_list_filter(id) AS b FROM p;
CREATE TABLE plain (id INTEGER PRIMARY KEY, a TEXT);
INSERT INTO plain VALUES (1, 'x');
PRAGMA writable_schema = ON;
INSERT INTO sqlite_schema VALUES
	('table', 'si', 'si', 0, 'CREATE VIRTUAL TABLE si USING Spatial(a, b)');
UPDATE sqlite_schema SET sql = replace(replace(replace(sql,
	'NOCASE', 'unicase'), 'abs(', 'GeometryOK('), 'upper(', 'title_sort(');
E
whole() {
	sqlite3 x.db 'SELECT * FROM plain' 'SELECT id, name FROM fields' \
		'SELECT geom, k FROM g' | xargs
}
rows=$(whole)
run --db x.db db init -q
is 'db init' 0 '' ''
run db check
is 'db check' 0 '' 'No new upgrade operations detected.'
run db diff
is 'db diff' 0 '' ''
run db check --drift
is 'db check --drift' 0 '' 'The database matches its revisions.'
run db check --all
like 'db check --all' 0 '' '*No new upgrade operations detected.'
run db info
like 'db info' 0 '*rows of tags *3*' ''
run db diagram --format text
like 'db diagram' 0 '*' ''
run tag list --columns tag --jsonl
is 'what is in the order of a key is listed' 0 '{"tag":"a"}
{"tag":"B"}
{"tag":"c"}' ''
run field list --sort name --columns name --jsonl
is 'and sorted by an index' 0 '{"name":"back"}
{"name":"Front"}' ''
run field count
is 'and counted' 0 '2' ''
no_order="no such collation sequence: unicase
hint: SQLite has no unicase; only a program that defines it can do this"
run tag show B a --jsonl
is 'a key is found by its bytes' 0 '{"tag":"B","n":2}
{"tag":"a","n":1}' ''
run tag show b
is 'and by nothing else' 3 '' \
	'taskmgr: tag show: Tag was not found (no tag "b"; did you mean "B"?)'
run __complete --db x.db tag show B
like 'completion offers it' 0 'B*' ''
run mark show one --jsonl
is 'a name without that collation is looked up, too' 0 \
	'{"id":1,"name":"One","code":"one","n":1}' ''
run mark update two --n 5 --jsonl
is 'and its row changed' 0 '{"id":2,"name":"Two","code":"two","n":5}' ''
run tag list --tag B
is 'a filter by the missing collation is refused' 1 '' \
	"taskmgr: tag list: $no_order"
for words in 'tag update B --n 3' 'tag create --tag Bb --n 4' 'tag delete a --yes' \
	'field create --name mid' 'field update 1 --name Zero' 'db vacuum'; do
	# shellcheck disable=SC2086 # words on purpose
	run $words
	like "$words: and what would write by it" 1 '' "taskmgr: *: $no_order"
done
run p create --n x --geom AA==
like 'a trigger that calls what is missing' 1 '' "\
taskmgr: p create: no such function: ST_IsEmpty
hint: SQLite has no ST_IsEmpty; only a program that defines it can do this"
sqlite3 computed.db <<'END'
CREATE TABLE c (id INTEGER PRIMARY KEY, a, g AS (abs(a)), s AS (a + 1) STORED);
INSERT INTO c VALUES (1, 2), (2, 3);
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'abs(', 'title_sort(');
END
left_out='g is left out: it is computed by a function that only another program has'
run --db computed.db c list --jsonl
is 'a column that only its program computes is left out' 0 \
	'{"id":1,"a":2,"s":3}
{"id":2,"a":3,"s":4}' "$left_out"
run --db computed.db c show 2 --columns s --jsonl
is 'of one row, too' 0 '{"s":4}' "$left_out"
run --db computed.db c list --where s.gt=3 --search 3 --sort -a --columns id \
	--jsonl
is 'the others are found and sorted' 0 '{"id":2}' "$left_out"
run --db computed.db c update 1 --a 3
like 'what SQLite cannot write is refused' 1 '' '*no such function: title_sort*'
run --db computed.db db schema c
like 'the schema has it' 0 '*title_sort(a)*' ''
run si list
like 'a table of a missing module' 1 '' 'taskmgr: si list: no such module: *
hint: *'
{
	sed "s/plain (id INTEGER PRIMARY KEY/& CHECK (id > 0)/" \
		migrations/schema.sql
	echo 'CREATE TABLE fresh (id INTEGER PRIMARY KEY);'
} >edited
mv edited migrations/schema.sql
run db revision --autogenerate -m one
like 'a revision of another table' 0 '' "*Detected added table 'fresh'
Generating *"
run -n db upgrade
like 'a dry run' 0 '' '*nothing was changed'
run db upgrade
like 'db upgrade' 0 '' 'Running upgrade *'
run db downgrade -1 --yes
like 'db downgrade' 0 '' 'Running downgrade *'
same 'all rows are there' "$(whole)" "$rows"
run db upgrade
run db check --all
like 'db check --all, again' 0 '' '*No new upgrade operations detected.'
sed 's/name TEXT/name TEXT NOT NULL/' migrations/schema.sql >edited
mv edited migrations/schema.sql
run db revision --autogenerate -m two
run db upgrade
like 'a table is not rebuilt without its order' 1 '' \
	'*no such collation sequence: unicase*hint: SQLite has no unicase*'
same 'and keeps its rows' "$(whole)" "$rows"
echo 'CREATE TABLE t (a CHECK (lenght(a) > 2));' >migrations/schema.sql
rm migrations/versions/*_two.sql
run db diff
like 'a misspelt function is an error all the same' 1 '' \
	'taskmgr: db diff: schema.sql:1:*: no such function: lenght*'

# SQLite's own collations are in UTF-8: it asks for others before it converts.
sqlite3 wide.db "PRAGMA encoding = 'UTF-16'" \
	'CREATE TABLE tags (tag TEXT PRIMARY KEY COLLATE NOCASE, note COLLATE RTRIM)' \
	'CREATE TABLE uses (id INTEGER PRIMARY KEY, tag REFERENCES tags ON DELETE CASCADE)' \
	"INSERT INTO tags VALUES ('a', 'b')" "INSERT INTO uses VALUES (1, 'A')"
run --db wide.db tag delete A --yes
is 'COLLATE NOCASE in UTF-16' 0 '' 'Deleted tag "a"'
run --db wide.db undo -q
same 'undone' "$STATUS $(sqlite3 wide.db 'SELECT * FROM tags, uses')" '0 a|b|1|A'
finish
