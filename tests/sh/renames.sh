#!/bin/sh
# What was renamed, and what only looks so: comments that declare it,
# questions that nobody is there to answer, and rows that tell otherwise.
. tests/lib.sh

db() {
	run --db app.db --migrations migrations db "$@"
}

# change BEFORE AFTER OPTIONS…: writes what turns the one into the other.
change() {
	fresh
	mkdir -p migrations/versions
	sqlite3 app.db "$1"
	printf '%s\n' "$2" >migrations/schema.sql
	shift 2
	db revision --autogenerate -m change "$@" </dev/null
}

rows() {
	sqlite3 -header app.db 'SELECT * FROM t'
}

# A chain is followed as it is declared, there and back, and once.
change 'CREATE TABLE t (a INT, b INT, c INT); INSERT INTO t VALUES (1, 2, 3)' \
	'CREATE TABLE t (
	b INT, -- @renamed from=a
	c INT, -- @renamed from=b
	d INT -- @renamed from=c
);'
like 'a chain of comments' 0 '' "\
Detected renamed column 't.a' to 't.b'
Detected renamed column 't.b' to 't.c'
Detected renamed column 't.c' to 't.d'
Generating *"
db upgrade
same 'each value moves one on' "$(rows)" 'b|c|d
1|2|3'
db check
is 'and not again' 0 '' 'No new upgrade operations detected.'
db downgrade -1
same 'and back' "$(rows)" 'a|b|c
1|2|3'
change 'CREATE TABLE t (a INT, b INT NOT NULL); INSERT INTO t VALUES (NULL, 2)' \
	'CREATE TABLE t (
	b INT NOT NULL, -- @renamed from=a
	c INT NOT NULL -- @renamed from=b
);' --fill t.b=7
db upgrade
same 'a fill is for the rows of what has the name now' "$(rows)" 'b|c
7|2'
db revision --autogenerate -m more --fill t.c=7
is 'nothing is filled twice' 4 '' \
	'taskmgr: db revision: fill t.c: no row lacks a value'

# Rows are not lost without a word because the table has become a wide one.
A='CREATE TABLE a (id INTEGER PRIMARY KEY, n VARCHAR(9), m INT);
INSERT INTO a VALUES (1, 2, 3)'
WIDE='CREATE TABLE b (id INTEGER PRIMARY KEY, p DATE, q, r, n TEXT, m INTEGER)'
change "$A" "$WIDE"
is 'a table that is in another' 2 '' "\
taskmgr: db revision: Did you rename table a to b?
hint: if so, use --rename a=b; if not, --rename a="
change "$A" "$WIDE" --yes
db upgrade
same 'its rows' "$(sqlite3 app.db 'SELECT id, n, m FROM b')" '1|2|3'
change "$A" "$WIDE" --rename a=
like 'or it goes' 0 '' "\
Detected removed table 'a'
Detected added table 'b'
*"
change "$A" "${WIDE%m INTEGER?}m TEXT)"
like 'one with a column of another type is not like it' 0 '' "\
Detected removed table 'a'
*"

# A rename that was only proposed, and that the rows speak against.
# doubt NAME TYPE COLUMN REFUSAL HINT OPTION
doubt() {
	change "CREATE TABLE t (id INTEGER PRIMARY KEY, n $2, z INT);
		CREATE TABLE u (id INTEGER PRIMARY KEY);
		INSERT INTO t VALUES (1, 77, 0), (2, 77, 0)" "\
CREATE TABLE t (id INTEGER PRIMARY KEY, $3, z INT);
CREATE TABLE u (id INTEGER PRIMARY KEY);" "$6"
	like "$1" 4 '' "*taskmgr: db revision: t $4, and 2 rows are in the way
*
hint: $5change the rows first; taskmgr --db app.db --migrations migrations db diff --sql shows the SQL *"
}
OUT='if t.n was not renamed, use --rename t.n=; otherwise '
doubt 'a foreign key' INTEGER 'u_id INTEGER REFERENCES u' \
	'gets FOREIGN KEY (u_id) REFERENCES u' "$OUT" --yes
doubt 'a CHECK' INTEGER 'flag INTEGER CHECK (flag IN (0, 1))' \
	'gets CHECK (flag IN (0, 1))' "$OUT" --yes
doubt 'a UNIQUE' TEXT 'slug TEXT UNIQUE' 'becomes unique in (slug)' "$OUT" --yes
doubt 'a rename that was said is none' TEXT 'slug TEXT UNIQUE' \
	'becomes unique in (slug)' '' --rename=t.n=slug
db revision --autogenerate -m change --yes --rename t.n=
like 'the way out' 0 '' "\
Detected removed column 't.n'
Detected added column 't.slug'
*"
change 'CREATE TABLE a (id INTEGER PRIMARY KEY, n INT);
	INSERT INTO a VALUES (1, 2)' \
	'CREATE TABLE b (id INTEGER PRIMARY KEY, n INT CHECK (n < 2));' --yes
like 'a table' 4 '' '*hint: if a was not renamed, use --rename a=; otherwise change*'

finish
