#!/bin/sh
# Rows that a primary key does not name, because it is NULL or printed as
# another's is, are named by their rowid.
# shellcheck disable=SC2154 # serve.sh assigns status, body
. tests/lib.sh
. "$TOP/tests/serve.sh"

sqlite3 k.db <<'SQL'
CREATE TABLE keys (a TEXT PRIMARY KEY, b INTEGER);
INSERT INTO keys VALUES (NULL, 1), (NULL, 2), ('x', 3), ('rowid:1', 4), (NULL, 5);
CREATE TABLE pairs (a TEXT, b TEXT, c INTEGER, PRIMARY KEY (a, b));
INSERT INTO pairs VALUES (NULL, 'x', 1), (NULL, NULL, 2), ('x', 'y', 3);
CREATE TABLE numbers (n INT PRIMARY KEY, rowid TEXT);
INSERT INTO numbers VALUES (NULL, 'one'), (7, 'two');
CREATE TABLE blobs (b BLOB PRIMARY KEY NOT NULL);
INSERT INTO blobs VALUES ('abcd'), (x'69b71d');
CREATE TABLE visits (place TEXT, note TEXT, PRIMARY KEY (place, note))
	WITHOUT ROWID;
INSERT INTO visits VALUES ('Paris, TX', 'x'), ('Paris', ' TX,x');
CREATE TABLE sure (a TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO sure VALUES ('x');
SQL
k() {
	run --db k.db "$@"
}

k key list --csv --columns rowid,a
tr -d '\r' <"$WORK/out" >plain && mv plain "$WORK/out"
is 'list shows the rowid where it is asked for' 0 'rowid,a
4,rowid:1
3,x
1,
2,
5,' ''
k key list --jsonl --limit 1
is 'and only there' 0 '{"a":"rowid:1","b":4}' ''
k key show rowid:2 --jsonl
is 'it names a row' 0 '{"a":null,"b":2}' ''
k key show rowid:3 --jsonl
is 'one with a key, too' 0 '{"a":"x","b":3}' ''
k key show rowid:1 --jsonl
is 'but a key of that text comes first' 0 '{"a":"rowid:1","b":4}' ''
k visit show 'Paris, TX,x' --jsonl
is 'the last part of a key has the commas that are left' 0 \
	'{"place":"Paris","note":" TX,x"}' ''
k visit show 'Paris\, TX,x' --jsonl
is 'an escaped comma is part of its part' 0 \
	'{"place":"Paris, TX","note":"x"}' ''
run __complete --db k.db visit show ''
is 'as Tab writes it' 0 'Paris, TX,x
Paris\, TX,x' ''
k key show NULL
is 'what NULL is in a list is no key' 3 '' \
	'taskmgr: key show: Key was not found (no key "NULL")
hint: rowid:N names a row by its rowid, which list --columns rowid,a shows'
k key show rowid:99
is 'no such row' 3 '' \
	'taskmgr: key show: Key was not found (no key "rowid:99")'
k key update rowid:2 --b 9 --jsonl
is 'update' 0 '{"a":null,"b":9}' ''
k key update rowid:2 --data '{"a":null,"b":8}' --jsonl
is 'with what was shown' 0 '{"a":null,"b":8}' ''
k key delete rowid:5
is 'the question names it so' 2 '' \
	'taskmgr: key delete: Delete key rowid:5? Without a terminal this needs --yes'
k key delete rowid:5 -y
is 'delete' 0 '' 'Deleted key rowid:5'
k key create --data '{"a":null,"b":6}' --jsonl
is 'create' 0 '{"a":null,"b":6}' ''
k key list --where rowid=5 --csv --no-header --columns b
is 'a condition' 0 "$(printf '6\r')" ''
after=
for i in 1 2 3 4 5 6 7; do
	# shellcheck disable=SC2086 # words
	k key list --columns b --limit 1 --csv --no-header -v $after
	tr -d '\r' <"$WORK/out"
	after=$(sed -n 's/.*--after/--after/p' "$WORK/err")
	[ "$after" ] || break
done >pages
same 'pages skip no row' "$(tr '\n' ' ' <pages)in $i" '4 3 1 8 6 in 5'

k pair show rowid:1 --jsonl
is 'a part is NULL' 0 '{"a":null,"b":"x","c":1}' ''
k pair show NULL,x
is 'of several' 3 '' 'taskmgr: pair show: Pair was not found (no pair "NULL,x")
hint: rowid:N names a row by its rowid, which list --columns rowid,a shows'
k pair delete rowid:2 x,y rowid:2 -y
is 'both ways at once' 0 '' 'Deleted 2 pairs'
run __complete --db k.db pair show ''
is 'Tab' 0 'rowid:1' ''
k number show rowid:1 --jsonl
is 'a column is called rowid' 0 '{"n":null,"rowid":"one"}' ''
k number list --columns _rowid_,n,rowid --where n=7 --jsonl
is 'the other name of it' 0 '{"_rowid_":2,"n":7,"rowid":"two"}' ''
k blob show abcd
is 'two that are printed alike' 4 '' 'taskmgr: blob show: "abcd" matches two blobs
hint: rowid:N names a row by its rowid, which list --columns rowid,b shows'
k blob delete rowid:2 -y
is 'can be told apart' 0 '' 'Deleted blob "i\xb7\x1d"'
k sure show rowid:1
is 'a table without rowid' 3 '' \
	'taskmgr: sure show: Sure was not found (no sure "rowid:1")'
k key show --help
like 'help' 0 '*KEY… * unique column; rowid:N where
                            it is NULL
*Columns for --columns:
  a, b, rowid
*' ''

start --db k.db
ask GET '/key/key_id?key_id=rowid:2'
same 'over HTTP' "$status $body" '200 {"a":null,"b":8}'
ask GET '/number/number_id?number_id=rowid:1'
same 'where the key is a number' "$status $body" '200 {"n":null,"rowid":"one"}'
ask GET '/number/number_id?number_id=7'
same 'or a number' "$status $body" '200 {"n":7,"rowid":"two"}'
post /key/create '{"a":null,"b":7}'
same 'its location' "$status $(header Location)" \
	'201 /key/key_id?key_id=rowid:6'
post /visit/create '{"place":"Oslo, MN","note":"y"}'
same 'with an escaped comma' "$status $(header Location)" \
	'201 /visit/visit_id?visit_id=Oslo%5C%2C%20MN,y'
ask GET "$(header Location)"
same 'which finds the row' "$status $body" \
	'200 {"place":"Oslo, MN","note":"y"}'
stop

# An option of the program hides a field of its name.
sqlite3 o.db <<'SQL'
CREATE TABLE options (id INTEGER PRIMARY KEY, format TEXT NOT NULL,
	"set" TEXT NOT NULL, "where" TEXT NOT NULL);
SQL
run --db o.db option create --help
example=$(sed -n '/^Example:/{n;p;}' "$WORK/out")
same 'the example uses --set' "$example" \
	'  taskmgr option create --set format=abc --set set=abc --where=abc'
(eval "set -- $example" && shift && clean "$TASKMGR" --db o.db --jsonl "$@") \
	>"$WORK/out" 2>"$WORK/err"
STATUS=$?
is 'and works' 0 '{"id":1,"format":"abc","set":"abc","where":"abc"}' ''
run --db o.db option update --help
same 'of update' "$(sed -n '/^Example:/{n;p;}' "$WORK/out")" \
	'  taskmgr option update 1 --set format=abc'
run --db o.db option list --help
like 'list has --where' 0 '*
      --where format=TEXT
*' ''
finish
