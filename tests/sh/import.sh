#!/bin/sh
# import: formats, traps of CSV, mapping, conflicts, rejects, round trips.
. tests/lib.sh

tasks() {
	fresh
	run db upgrade
	run user create --username user1 --firstname P --lastname T --age 40
}

# import FORMAT: a text, as printf has it, that is imported as CSV.
import() {
	# shellcheck disable=SC2059 # on purpose
	printf "$1" >in.csv
	run task import - --from csv --user user1 <in.csv
}
titles() {
	sqlite3 taskmanager.db "SELECT quote(title) FROM tasks ORDER BY id" |
		tr '\n' ' '
}
done_1='inserted 1, updated 0, skipped 0, rejected 0'
done_2='inserted 2, updated 0, skipped 0, rejected 0'
nothing='hint: nothing was imported; --max-errors N leaves up to N bad records out, --rejects FILE keeps them in a file'
exists='hint: nothing was imported; --on-conflict skip leaves out what exists, --on-conflict update changes it'
stray='a stray quote: in a quoted field it is doubled, in any other there is none'

tasks
import '\357\273\277title,priority\r\n"a ""b"", c",1\r\nd,2\r\n'
is 'a byte order mark, CRLF and quotes' 0 "$done_2" ''
same 'and what they held' "$(titles)" "'a \"b\", c' 'd' "
tasks
import 'title,priority\ra,1\rb,2'
is 'lone CR' 0 "$done_2" ''
same 'two rows of it' "$(titles)" "'a' 'b' "
tasks
import 'title\n"a\nb\r\nc"\nd'
is 'newlines in quotes, none at the end' \
	0 "$done_2" ''
same 'kept as they are' "$(sqlite3 taskmanager.db \
	"SELECT hex(title) FROM tasks ORDER BY id" | tr '\n' ' ')" '610A620D0A63 64 '
tasks
import 'title,priority\n"a,1\nb,2\nc,x\n'
is 'an unclosed quote costs its line' \
	4 '' "taskmgr: task import: line 2: a quote is opened here but not closed
taskmgr: task import: line 4: priority must be a whole number, not \"x\"
$nothing"
import 'title,priority\n"a"b,1\nc"d,2\n"e",3\n'
is 'a stray quote' 4 '' \
	"taskmgr: task import: line 2: $stray
taskmgr: task import: line 3: $stray
$nothing"
same 'nothing was imported' "$(titles)" ''
import 'title\na\000b\nc\n'
is 'NUL' 4 '' \
	"taskmgr: task import: line 2: title must be UTF-8 text without NUL, not \"a\\u0000b\"
$nothing"
import 'title\n\377\n'
is 'not UTF-8' 4 '' \
	'taskmgr: task import: line 2: title must be UTF-8 text without NUL, not "\ufffd"
hint: nothing was imported: convert the file to UTF-8 first, as with iconv -f WINDOWS-1252 -t UTF-8'
for each in 'PK\003\004 x:a spreadsheet or*' '\037\213\b:compressed*gzip -dc' \
	'\320\317\021\340:an old Microsoft Office file*' \
	'\050\265\057\375:compressed*zstd -dc' '\3757zXZ:compressed*xz -dc' \
	'SQLite format 3\000:a database*'; do
	import "${each%%:*}"
	like "not text: ${each#*:}" 4 '' "*standard input is ${each#*:}"
done
printf 'title|user\na|user1\n' >bars.csv
run task import bars.csv
is 'bars between columns' 0 "$done_1" 'bars.csv: columns are separated by |'
tasks
import '\377\376t\000'
is 'UTF-16' 4 '' \
	'taskmgr: task import: standard input is in UTF-16, not in UTF-8
hint: convert it first: iconv -f UTF-16 -t UTF-8'
import 'title,priority\na\nb,1,2\n\n\nc,3\n'
is 'missing and extra columns, blank lines' \
	4 '' "taskmgr: task import: line 2: 1 field for 2 columns
taskmgr: task import: line 3: 3 fields for 2 columns
$nothing"
import ''
is 'an empty file' 4 '' \
	'taskmgr: task import: standard input is empty, without even a header
hint: a file without header takes --columns A,B'
import 'title,priority\n'
is 'a header alone' 0 \
	'inserted 0, updated 0, skipped 0, rejected 0' ''
import 'title;priority\n"a;b";1\n'
is 'semicolons are found, and said' 0 \
	"$done_1" 'standard input: columns are separated by ;'
same 'but not in quotes' "$(titles)" "'a;b' "
tasks
{ printf 'title,priority\n"'; head -c 16777216 /dev/zero | tr '\0' x
	printf '",1\n'; } >long.csv
run task import long.csv --user user1
is 'a field of 16 MB' 0 "$done_1" ''
same 'whole' "$(sqlite3 taskmanager.db 'SELECT length(title) FROM tasks')" \
	16777216
tasks
{ printf 'title,priority\n"a,1\n'; seq 100000 | sed 's/$/,1/'; } >open.csv
run task import open.csv --user user1 --max-errors 1
is 'an unclosed quote leaves the rest of a long file' 0 \
	'inserted 100000, updated 0, skipped 0, rejected 1' \
	'line 2: a quote is opened here but not closed'

# The header
tasks
import 'Title,priorty\na,1\n'
is 'an unknown column' 4 '' \
	'taskmgr: task import: column "priorty" is not a field of task (did you mean priority?)
hint: --map priorty=priority gives its field, --map priorty= leaves it out'
import 'Task title,prio\na,1\n'
is 'several' 4 '' \
	'taskmgr: task import: columns "Task title", "prio" are not fields of task
hint: --map '"'Task title=FIELD' --map prio=priority give their fields, --map '*=' leaves them out"
import 'priority\n1\n'
is 'a required one is missing' 4 '' \
	'taskmgr: task import: there is no column for title, which is required
hint: --title VALUE gives all records the same'
import 'title,TITLE\na,b\n'
is 'one field twice' 4 '' \
	'taskmgr: task import: columns "title" and "TITLE" are both the field title
hint: --map "TITLE=" leaves one out'
printf 'What,How much,Why,user\na,5,b,user1\n' >map.csv
run task import map.csv --map What=title --map 'How much=priority' --map Why=
is 'columns are mapped' 0 "$done_1" ''
same 'to their fields' "$(sqlite3 taskmanager.db \
	'SELECT title, priority, user_id, slug FROM tasks')" 'a|5|1|a'
run task import map.csv --map Whut=title
is 'a column that is not there' 2 '' \
	'taskmgr: task import: --map: the file has no column "Whut" (did you mean What?)'
run task import map.csv --map What=titel
is 'a field that is not there' 2 '' \
	'taskmgr: task import: --map: task has no field titel (did you mean title?)'
run task import map.csv --map user= --map '*=' --title T --user user1
is 'but not all columns of a file' 4 '' \
	'taskmgr: task import: no column is a field of task
hint: --map COLUMN=FIELD gives the field of a column'
import 'a,b,c,d,e,f,g,h\n'
like 'many are not all named' 4 '' \
	'*"f" and 2 more are not fields of task*--map f=FIELD give their fields*'
run task import map.csv --map What=title --map '*=' --dry-run
is 'all others are left out' 0 "$done_1" '(dry run: nothing was changed)'
printf 'a,1,user1\na,2,nobody\n' >bare.csv
run task import bare.csv --columns 'title, priority, user' --max-errors 1
is 'no header, a slug as foreign key, a slug that is taken' 0 \
	'inserted 1, updated 0, skipped 0, rejected 1' \
	'line 2: User was not found (no user "nobody")'
same 'gets a number' "$(sqlite3 taskmanager.db \
	'SELECT slug FROM tasks ORDER BY id' | tr '\n' ' ')" 'a a-2 '

# Conflicts
with_users
cat >users.csv <<'END'
username,firstname,lastname,age
user1,Pasha,New,41
user3,Three,T,3
user3,Again,T,4
END
run user import users.csv
is 'a unique value that is taken' 4 '' \
	"taskmgr: user import: line 2: username \"user1\" is already taken by user 1
taskmgr: user import: line 4: username \"user3\" is already taken by user 3
$exists"
run user import users.csv --on-conflict skip --json
is 'is skipped' 0 '{"inserted":1,"updated":0,"skipped":2,"rejected":0,"problems":[]}' ''
run user import users.csv --on-conflict update
is 'or updated' 0 'inserted 0, updated 3, skipped 0, rejected 0' ''
run user list --columns id,username,lastname,age --csv
same 'by the file' "$(tr -d '\r' <"$WORK/out")" 'id,username,lastname,age
1,user1,New,41
2,user2,Syabitova,62
3,user3,T,4'

# What is bad
printf 'username,firstname,lastname,age\nx,X,X,old\ny,Y,Y,1\nuser1,A,B,\n' >bad.csv
run user import bad.csv --rejects rejects.csv
is 'bad records go to a file' 0 'inserted 1, updated 0, skipped 0, rejected 2' ''
same 'with their reason' "$(tr -d '\r' <rejects.csv)" 'reject_line,reject_column,reject_reason,username,firstname,lastname,age
2,age,"must be a whole number, not ""old""",x,X,X,old
4,age,is required,user1,A,B,'
tr -d '\r' <rejects.csv | sed 's/old$/4/; s/B,$/B,5/' >corrected.csv
run user import corrected.csv --on-conflict update
is 'and are imported once they are corrected' 0 \
	'inserted 1, updated 1, skipped 0, rejected 0' ''
printf 'username\tname\tlastname\tage\tx\nn\t\t\\N\t7\t\nq"\t1\t2\t\t\n' >bad.tsv
run user import bad.tsv --map name=firstname --map x= --rejects rejects.csv
same 'NULL and empty text stay what they are' \
	"$(tr -d '\r' <rejects.csv | sed 's/.*,is required,//')" \
	'reject_line,reject_column,reject_reason,username,name,lastname,age,x
n,"",,7,
"q""",1,2,,'
printf 'username,firstname,lastname,age\nx,X\na"b,X,X,1\n' >broken.csv
run user import broken.csv --rejects rejects.csv
same 'one that is not valid CSV is in the first column' \
	"$(tr -d '\r' <rejects.csv | sed 1d)" "2,,2 fields for 4 columns,\"x,X\",,,
3,,\"$stray\",\"a\"\"b,X,X,1\",,,"
echo '{"username":1}' | run user import - --rejects rejects.csv
same 'JSON' "$(tail -n 1 rejects.csv | tr -d '\r' | sed 's/.*"{/"{/')" '"{""username"":1}"'
sed 's/^y/z/' bad.csv >worse.csv
run user import worse.csv --rejects rejects.csv --max-errors 1
like 'too many of them' 4 '' '*"old"*
*line 4: age is required
hint: nothing was imported: more than 1 bad record'
cp rejects.csv before.csv
echo 'username,surname' >header.csv
run user import header.csv --rejects rejects.csv
like 'a header that is refused' 4 '' '*column "surname" is not a field of user*'
same 'leaves the rejects of another import' "$(cat rejects.csv)" \
	"$(cat before.csv)"
run user import header.csv --rejects new.csv
same 'and creates no file' "$(ls new.csv 2>/dev/null)" ''
run user import bad.csv --rejects bad.csv
is 'not over the file that is read' 2 '' \
	'taskmgr: user import: --rejects bad.csv is a file that the same command reads or writes
hint: write to another file'
run user import bad.csv --rejects taskmanager.db
is 'nor over the database' 2 '' \
	'taskmgr: user import: --rejects taskmanager.db is the database itself, or a file that SQLite keeps next to it
hint: write to another file'
run user import users.csv --on-conflict update --dry-run
is 'a dry run' 0 'inserted 0, updated 3, skipped 0, rejected 0' \
	'(dry run: nothing was changed)'

# JSON
run user import - <<'END'
{"username":"j1","firstname":"J","lastname":"1","age":1}

{"username":"j2","firstname":"J",
{"username":"j3","firstname":"J","lastname":"3","age":"x"}
END
is 'a bad line of JSON Lines is one bad record' 4 '' \
	"taskmgr: user import: JSON decode error: Expecting property name enclosed in double quotes (line 3, column 34)
taskmgr: user import: record 3: age must be a whole number, not \"x\"
$nothing"
echo '[{"username":"j1","firstname":"J","lastname":"1","age":1},{]' >bad.json
run user import bad.json --max-errors 5
is 'an array that is broken ends' 4 '' \
	"taskmgr: user import: JSON decode error: Expecting property name enclosed in double quotes (line 1, column 60)
hint: nothing was imported: the rest cannot be read"
run user import bad.json --columns a,b
is 'columns of JSON' 2 '' \
	'taskmgr: user import: --columns: only for CSV and TSV'
run user import none.csv
is 'no such file' 1 '' \
	'taskmgr: user import: none.csv: No such file or directory'
echo 'user import -' | clean "$TASKMGR" >"$WORK/out" 2>"$WORK/err"
STATUS=$?
is 'standard input has the commands' 2 '' \
	'taskmgr: standard input:1: user import: file -: standard input already holds the commands; name a file'

# Round trips
fresh
cat >schema.sql <<'END'
CREATE TABLE things (
	id INTEGER PRIMARY KEY,
	parent_id INTEGER REFERENCES things (id),
	big INTEGER, exact REAL, sum NUMERIC, yes BOOLEAN, words TEXT,
	day DATE, at DATETIME, document JSON, bytes BLOB
);
INSERT INTO things VALUES
	(1, 3, 9223372036854775807, 0.1, 1.5, 1, '', '2026-11-22',
	'2026-11-22 11:07:02', '{"a": [1, null]}', x'00ff'),
	(2, 1, -9223372036854775808, 1e308, 7, 0,
	'a"b,' || char(9) || 'c\t' || char(10) || char(13) || '\N ' ||
	char(0x10ffff, 0xe000, 0x1f600), NULL, NULL, 'true', x''),
	(3, NULL, NULL, 5e-324, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(4, 4, 0, -0.0, 12345678901234567, NULL, '\N', NULL, NULL, '"x"', NULL),
	(5, 5, 0, 0.30000000000000004, -3, NULL, ' "', NULL, NULL, '[]', NULL);
END
sqlite3 here.db <schema.sql
run --db here.db thing create --id 6 --exact 1.0863526108050643e-299
dump() {
	sqlite3 "$1" 'SELECT id, parent_id, quote(big),
		printf("%!.26g", exact), quote(sum),
		quote(yes), quote(words), quote(day), quote(at),
		quote(document), quote(bytes) FROM things ORDER BY id'
}
for format in csv tsv json jsonl; do
	rm -f there.db
	sed '/^INSERT/,$d' schema.sql | sqlite3 there.db
	run --db here.db thing list --format "$format"
	cp "$WORK/out" "rows.$format"
	run --db there.db thing import "rows.$format"
	is "$format is imported" 0 \
		'inserted 6, updated 0, skipped 0, rejected 0' ''
	same 'with the same rows' "$(dump there.db)" "$(dump here.db)"
	run --db there.db thing import - --on-conflict update <"rows.$format"
	like 'and again' 0 'inserted 0, updated 6,*' '*'
	same 'with no change' "$(dump there.db)" "$(dump here.db)"
done
rm -f there.db
sed '/^INSERT/,$d' schema.sql | sqlite3 there.db
run --db here.db thing list --format insert
{ echo 'PRAGMA foreign_keys = OFF;'; cat "$WORK/out"; } | sqlite3 there.db
same 'SQL inserts the same rows' "$(dump there.db)" "$(dump here.db)"
echo '{"parent_id":99}' | clean "$TASKMGR" --db there.db thing import - \
	>"$WORK/out" 2>"$WORK/err"
STATUS=$?
is 'a row that no line brings' 3 '' \
	'taskmgr: thing import: record 1: Thing was not found (no thing 99)'
sqlite3 made.db 'CREATE TABLE sums (a INT, b AS (a + 1), c AS (a) STORED)'
sqlite3 made.db 'INSERT INTO sums VALUES (1)'
run --db made.db sum list --format insert
is 'computed columns are not inserted' 0 \
	'INSERT INTO "sums" ("rowid","a") VALUES (1,1);' ''
run --db made.db sum list --format insert --columns a,b
is 'unless they are asked for' 0 'INSERT INTO "sums" ("a","b") VALUES (1,2);' ''
run --db made.db sum list --csv=a,b
cp "$WORK/out" made.csv
sqlite3 made.db 'CREATE UNIQUE INDEX one ON sums (a)'
run --db made.db sum import made.csv --on-conflict skip
is 'a row with computed columns is skipped' 0 \
	'inserted 0, updated 0, skipped 1, rejected 0' ''
printf 'rowid,a\n1,5\n2,6\n' >made.csv
run --db made.db sum import made.csv --on-conflict update
is 'a rowid finds its row' 0 'inserted 1, updated 1, skipped 0, rejected 0' ''
run --db made.db sum import made.csv
is 'or is taken' 4 '' \
	"taskmgr: sum import: line 2: rowid 1 is already taken
taskmgr: sum import: line 3: rowid 2 is already taken
$exists"
same 'the row' "$(sqlite3 made.db 'SELECT rowid, a FROM sums' | tr '\n' ' ')" \
	'1|5 2|6 '

# A file of one column
cat >one.sql <<'END'
CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE codes (code INTEGER PRIMARY KEY, label TEXT, size INT);
END
sqlite3 one.db <one.sql
printf 'word\n\na\n' >words.tsv
run --db one.db word import words.tsv
is 'a blank line is an empty text in TSV' 0 "$done_2" ''
same 'as it was written' "$(sqlite3 one.db 'SELECT quote(word) FROM words' |
	tr '\n' ' ')" "'' 'a' "
run --db one.db word list --tsv
printf 'word\n\na\n' | cmp -s - "$WORK/out"
same 'and is written so' "$?" 0
printf 'word\n\nb\n' >words.csv
run --db one.db word import words.csv
is 'but no row where there can be no NULL' 0 "$done_1" ''
printf 'label\r\n\r\n\n"x"\n\n' >labels.csv
run --db one.db code import labels.csv
is 'in CSV it is NULL' 0 'inserted 4, updated 0, skipped 0, rejected 0' ''
same 'with its place' "$(sqlite3 one.db 'SELECT quote(label) FROM codes' |
	tr '\n' ' ')" "NULL NULL 'x' NULL "
printf '\nx,1\n\n' >labels.csv
run --db one.db code import labels.csv --columns label,size
is 'and none of two columns' 0 "$done_1" ''

# Records of create --data, read one by one
rm -f there.db
sed '/^INSERT/,$d' schema.sql | sqlite3 there.db
# Later records, other columns and what is not a plain object come in between.
seq 1 30000 | awk '
	$1 % 1000 == 1 { print "{\"id\":" $1 ",\"parent_id\":" $1 + 1 "}"; next }
	$1 % 1000 == 7 { print "{\"id\":" $1 ",\"words\":\"\\u0061\\n\"}"; next }
	{ print "{\"id\":" $1 ",\"words\":\"w" $1 "\",\"exact\":-0.5}" }
' >many.jsonl
run --db there.db thing create --data @many.jsonl --json
same 'many rows are created' "$STATUS" 0
cp "$WORK/out" created.json
run --db there.db thing list --json
cp "$WORK/out" listed.json
holds 'and shown as they are stored' cmp created.json listed.json
{ cat many.jsonl; echo '{"parent_id":99999}'; } >more.jsonl
sqlite3 there.db 'DELETE FROM things'
run --db there.db thing create --data @more.jsonl
is 'a reference that no record fulfils' 3 '' \
	'taskmgr: thing create: record 30001: Thing was not found (no thing 99999)'
STATUS=0
clean TMPDIR="$WORK/none" "$TASKMGR" --db there.db thing create \
	--data @many.jsonl >"$WORK/out" 2>"$WORK/err" || STATUS=$?
is 'no room for the rows' 1 '' \
	"taskmgr: thing create: no temporary file for the result in $WORK/none: No such file or directory
hint: TMPDIR names the folder for it"
same 'and nothing is kept' "$(sqlite3 there.db 'SELECT count(*) FROM things')" 0
cat >kept.sql <<'END'
CREATE TABLE words (id INTEGER PRIMARY KEY,
	word TEXT UNIQUE ON CONFLICT IGNORE);
END
sqlite3 kept.db <kept.sql
run --db kept.db word create --data '[{"word":"a"},{"word":"a"}]'
is 'a record that the table ignores' 4 '' \
	'taskmgr: word create: record 2: a trigger or conflict clause kept word from being written'
printf 'id,word\n1,a\n1,b\n3,a\n' >kept.csv
run --db kept.db word import kept.csv
is 'after a conflict of another one' 4 '' \
	"taskmgr: word import: line 3: id 1 is already taken
taskmgr: word import: line 4: a trigger or conflict clause kept word from being written
$nothing"

# What list --csv writes of computed columns without a type is text in CSV.
sqlite3 computed.db 'CREATE TABLE sums (id INTEGER PRIMARY KEY, p REAL,
	twice AS (p * 2), whole AS (id + 1));
	INSERT INTO sums (id, p) VALUES (1, 0.1), (2, NULL), (3, 9e999)'
run --db computed.db sum list --csv
cp "$WORK/out" sums.csv
sqlite3 computed.db 'DELETE FROM sums'
run --db computed.db sum import sums.csv
is 'computed columns come back' 0 \
	'inserted 3, updated 0, skipped 0, rejected 0' ''
run --db computed.db sum list --csv
same 'unchanged' "$(cat "$WORK/out")" "$(cat sums.csv)"
run --db computed.db sum import - <<'END'
id,whole
4,6
END
like 'one that differs is refused' 4 '' '*whole is computed from other columns*'
finish
