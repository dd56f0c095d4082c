#!/bin/sh
# What a table's rows are called, and that nobody has to guess it.
. tests/lib.sh

sqlite3 n.db <<'SQL'
CREATE TABLE movies (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE status (id INTEGER PRIMARY KEY);
CREATE TABLE houses (id INTEGER PRIMARY KEY);
CREATE TABLE order_items (id INTEGER PRIMARY KEY);
CREATE TABLE "big things" (id INTEGER PRIMARY KEY);
CREATE TABLE Artists (id INTEGER PRIMARY KEY);
CREATE TABLE boxes (id INTEGER PRIMARY KEY);
CREATE TABLE box (id INTEGER PRIMARY KEY);
CREATE TABLE dogs (id INTEGER PRIMARY KEY /* of cats @resource dog */);
CREATE TABLE cats (/* @resource dogs */ id INTEGER PRIMARY KEY);
CREATE TABLE history (id INTEGER PRIMARY KEY);
INSERT INTO movies VALUES (7, 'Up');
INSERT INTO cats VALUES (1);
SQL
nouns=$(clean env TASKMGR_DB=n.db "$TASKMGR" __complete '' | cut -f1 | tr '\n' ' ')
same 'the nouns are English' "$nouns" \
	'movie status house order_item big_thing Artist boxes box dog dogs table:history db sql undo redo help '

# count WORD: what it counts, or why it can't.
count() {
	run --db n.db "$@" count
}
for word in movie movies MOVIES Movie; do
	count $word
	is "$word is movie" 0 1 ''
done
for word in order_item order-item order_items Order-Items ORDER_ITEM \
	'big things' big_thing big-things artist Artist ARTISTS; do
	count "$word"
	is "$word is known" 0 0 ''
done
count dogs
is "another table's noun wins" 0 1 ''
count box
is 'of two tables that would share a noun each keeps its name' 0 0 ''
count history
like "a word of the program is no table's" 2 '' '*unknown command history*'
run --db n.db movies show up
like 'errors have the noun' 3 '' 'taskmgr: movie show: Movie was not found *'
run --db n.db movies lst
like 'so has a verb that is not there' 2 '' '*movie has no command lst*'
run --db n.db moveis count
like 'what is nearly the table suggests the noun' 2 '' \
	'*unknown command moveis (did you mean movie?)*'
run --db n.db help Movies
like 'help knows it' 0 'Usage: taskmgr movie COMMAND*' ''
STATUS=0
clean env TASKMGR_DB=n.db "$TASKMGR" __complete movies sh \
	>"$WORK/out" 2>"$WORK/err" || STATUS=$?
is 'so does completion' 0 "show$(printf '\t')Show one or more movies" ''

# A suggestion is near, or there is none.
sqlite3 n.db <<'SQL'
CREATE TABLE rows (id INTEGER PRIMARY KEY, t TEXT UNIQUE);
WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n
	WHERE i < 100000)
INSERT INTO rows SELECT i, 'text number ' || i FROM n;
SQL
run --db n.db row show 'text numbr 77777'
is 'the near one, however many begin alike' 3 '' \
	'taskmgr: row show: Row was not found (no row "text numbr 77777"; did you mean "text number 77777"?)'
for word in 'text number' 'text number 100001' 'next umbers 5'; do
	run --db n.db row show "$word"
	is "nothing is near $word" 3 '' \
		"taskmgr: row show: Row was not found (no row \"$word\")"
done
run --db n.db movie show pu
is 'letters swapped, in a small table' 3 '' \
	'taskmgr: movie show: Movie was not found (no movie "pu"; did you mean "Up"?)'

# Examples are what can be typed.
sqlite3 n.db <<'SQL'
CREATE TABLE odd (id INTEGER PRIMARY KEY, "the name" TEXT NOT NULL,
	_x TEXT NOT NULL, "it's" TEXT NOT NULL);
SQL
run --db n.db odd create --help
example=$(sed -n '/^Example:/{n;p;}' "$WORK/out")
same 'the example is quoted, and _x spelt as it is' "$example" \
	"  taskmgr odd create '--the name=abc' --_x=abc '--it'\\''s=abc'"
(eval "set -- $example" && shift && clean "$TASKMGR" --db n.db --jsonl "$@") \
	>"$WORK/out" 2>"$WORK/err"
STATUS=$?
is 'and works' 0 '{"id":1,"the name":"abc","_x":"abc","it'"'"'s":"abc"}' ''

# Verbs may come first, and be shorter.
with_users
run -c 'create user --username x --firstname F --lastname L --age 1 --csv --columns username'
is 'the verb may come first' 0 "$(printf 'username\r\nx\r')" ''
run -c 'user ls --csv --columns id; user get x --csv --columns age; edit user x --age 2 --csv --columns age; user rm x -y; user new --username y --firstname F --lastname L --age 3 --csv --columns age'
like 'and be a shorter one' 0 "$(printf 'id\r\n1\r\n2\r\n3\r\nage\r\n1\r\nage\r\n2\r\nage\r\n3\r')" 'Deleted user 3*'
run ls users --csv --columns id
is 'with the table name, at every door' 0 "$(printf 'id\r\n1\r\n2\r\n3\r')" ''
run user remove 1
like 'others are not guessed' 2 '' 'taskmgr: user has no command remove (did you mean delete?)*'
finish
