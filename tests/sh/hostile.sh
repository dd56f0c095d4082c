#!/bin/sh
# A hostile afternoon: odd bytes, broken files, full disks, signals, crowds.
. tests/lib.sh

MOUNTS=
undo() {
	cd / || exit 1
	for folder in $MOUNTS; do
		umount "$folder"
	done
	rm -rf "$WORK"
}
trap undo EXIT
skip() {
	ok "$1 # SKIP $2"
}
# Whether a file has no byte that could drive a terminal.
tame() {
	! LC_ALL=C grep -q "[$(printf '\001-\010\013-\037\177')]" "$1" &&
		iconv -f UTF-8 -t UTF-8 <"$1" >/dev/null 2>&1 &&
		! grep -q "$(printf '\302[\200-\237]')" "$1"
}
calm() {
	STATUS=0
	if tame "$WORK/out" && tame "$WORK/err"; then ok "$1"; else not_ok "$1"; fi
}
# among NAME STATUSES STDOUT STDERR: like, with several statuses.
among() {
	case " $2 " in
	*" $STATUS "*) like "$1" "$STATUS" "$3" "$4" ;;
	*) not_ok "$1" ;;
	esac
}
user() {
	run user create --username "$1" --firstname F --lastname L --age 1 \
		--columns username,slug --jsonl
}

# Names with odd bytes, on the way in.
fresh
run db upgrade
user "O'Brien \"x\""
is 'quotes' 0 "{\"username\":\"O'Brien \\\"x\\\"\",\"slug\":\"o-brien-x\"}" ''
user "$(printf 'two\nlines')"
is 'a newline' 0 '{"username":"two\nlines","slug":"two-lines"}' ''
user "$(printf 'red\033[31m')"
is 'ESC' 0 '{"username":"red\u001b[31m","slug":"red-31m"}' ''
user "Robert'); DROP TABLE users;--"
is 'SQL' 0 "{\"username\":\"Robert'); DROP TABLE users;--\",\"slug\":\"robert-drop-table-users\"}" \
	''
user "$(printf 'bad\377')"
like 'bytes that are not UTF-8' 4 '' \
	'{*"value":"bad\\ufffd","message":"--username must be UTF-8 text *'
user "$(printf '\355\240\200')"
like 'a surrogate in UTF-8' 4 '' '{*--username *'
user '%s%n%d'
is 'a format' 0 '{"username":"%s%n%d","slug":"s-n-d"}' ''
user "$(printf '\342\200\256rtl')"
is 'a character that turns the line around' 0 '{"username":"‮rtl","slug":"rtl"}' \
	''
run user create --data '{"username":"nul\u0000","firstname":"F","lastname":"L","age":1}'
is 'NUL in JSON' 4 '' \
	'taskmgr: user create: JSON decode error: A string must not contain NUL (line 1, column 13)'
run user list --columns username
is 'a table shows them' 0 "\
┌───────────────────────────────┐
│ username                      │
├───────────────────────────────┤
│ O'Brien \"x\"                   │
│ two\\nlines                    │
│ red\\x1b[31m                   │
│ Robert'); DROP TABLE users;-- │
│ %s%n%d                        │
│ \\u202ertl                     │
└───────────────────────────────┘" ''
calm 'and drives no terminal'
for format in line text markdown; do
	run user list --format $format
	calm "nor does $format"
done
run user list --json
same 'JSON has them whole' "$(jq -r '.[].username' "$WORK/out" | sha256sum)" \
	"$(printf '%s\n' "O'Brien \"x\"" "$(printf 'two\nlines')" \
		"$(printf 'red\033[31m')" "Robert'); DROP TABLE users;--" \
		'%s%n%d' "$(printf '\342\200\256rtl')" | sha256sum)"
run user show "$(printf 'red\033[31m')" --columns id --jsonl
is 'a key with ESC is found' 0 '{"id":3}' ''
run user show "$(printf 'blue\033[34m')"
is 'and shown where it is not' 3 '' \
	'taskmgr: user show: User was not found (no user "blue\x1b[34m")'
calm 'without driving the terminal'
run user show "$(printf 'bad\377')"
is 'a key that is not UTF-8' 4 '' 'taskmgr: user show: KEY… is not valid UTF-8'
run "$(printf 'us\033[31mer')" list
is 'a noun with ESC' 2 '' 'taskmgr: unknown command us\x1b[31mer
hint: taskmgr help lists all commands'
run user "$(printf 'li\377st')"
is 'a verb that is not UTF-8' 2 '' \
	'taskmgr: user has no command li\xffst (did you mean list?)
hint: taskmgr help user lists them'
run user list "--$(printf 'a\nb')"
is 'an option with a newline' 2 '' \
	'taskmgr: user list: unknown option --a\nb
hint: taskmgr user list --help lists them'
run user create --set "$(printf 'a\033b=1')"
is 'a field with ESC' 2 '' \
	'taskmgr: user create: --set: unknown field a\x1bb
hint: taskmgr user create --help lists them'
run user list --sort "$(printf 'a\033b')"
calm 'a column with ESC'
run user delete 3 --yes
run user count
same 'the tables are still there' "$(cat "$WORK/out")" 5

# Odd bytes that are there already.
cat >odd.sql <<-'END'
	CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE, j JSON);
	INSERT INTO things (name) VALUES
		('a' || char(27) || '[31mred'), ('q''"q'), ('nl' || char(10)),
		('tab' || char(9)), (CAST(x'6e756c007a' AS TEXT)),
		(CAST(x'fffe' AS TEXT)), (CAST(x'c29b' AS TEXT)),
		(char(13, 8, 7)), (CAST(x'eda080' AS TEXT)), (char(127)),
		(CAST(x'c3' AS TEXT)), (CAST(x'f0908d' AS TEXT)),
		(char(0x202e)), (x'00ff'), (''), ('|'), ('\');
	UPDATE things SET j = name;
END
sqlite3 odd.db <odd.sql
sqlite3 odd.db "CREATE TABLE \"bad$(printf '\033')[2J
name\" (id INTEGER PRIMARY KEY, \"col$(printf '\033')umn\" TEXT /* note $(printf '\033')[31m */)"
sqlite3 odd.db "CREATE TABLE \"quo'te\" (id INTEGER PRIMARY KEY)" \
	'CREATE TABLE "--opt" (id INTEGER PRIMARY KEY)' \
	'CREATE TABLE "" (id INTEGER PRIMARY KEY)' \
	'CREATE TABLE "x y" (id INTEGER PRIMARY KEY, a)' \
	'CREATE TABLE x_y (id INTEGER PRIMARY KEY, b)'
run --db odd.db thing list
is 'a table of odd bytes' 0 "\
┌────┬──────────────┬──────────────┐
│ id │ name         │ j            │
├────┼──────────────┼──────────────┤
│  1 │ a\\x1b[31mred │ a\\x1b[31mred │
│  2 │ q'\"q         │ q'\"q         │
│  3 │ nl\\n         │ nl\\n         │
│  4 │ tab\\t        │ tab\\t        │
│  5 │ nul\\x00z     │ nul\\x00z     │
│  6 │ \\xff\\xfe     │ \\xff\\xfe     │
│  7 │ \\x9b         │ \\x9b         │
│  8 │ \\r\\x08\\x07   │ \\r\\x08\\x07   │
│  9 │ \\xed\\xa0\\x80 │ \\xed\\xa0\\x80 │
│ 10 │ \\x7f         │ \\x7f         │
│ 11 │ \\xc3         │ \\xc3         │
│ 12 │ \\xf0\\x90\\x8d │ \\xf0\\x90\\x8d │
│ 13 │ \\u202e       │ \\u202e       │
│ 14 │ AP8=         │ AP8=         │
│ 15 │              │              │
│ 16 │ |            │ |            │
│ 17 │ \\\\           │ \\\\           │
└────┴──────────────┴──────────────┘" ''
calm 'no format of people lets control bytes through: table'
for format in line text markdown; do
	run --db odd.db thing list --format $format
	calm "nor $format"
done
run --db odd.db thing list --json
same 'JSON is JSON' "$(jq length "$WORK/out")" 17
run --db odd.db thing list --jsonl
same 'JSON Lines are JSON' "$(jq -s length "$WORK/out")" 17
run --db odd.db thing list --csv
LC_ALL=C tr -cd '\000' <"$WORK/out" | wc -c >nuls
same 'CSV has the bytes as they are' "$(cat nuls)" 2
run help --db odd.db
calm 'help of odd names'
like 'knows the tables' 0 '*bad__2J_name*quo_te*table:--opt*' ''
run bad__2J_name --help --db odd.db
calm 'a table with an odd name'
run bad__2J_name create --help --db odd.db
calm 'and odd columns'
run bad__2J_name list --db odd.db
calm 'is listed'
run bad__2J_name create --set "col$(printf '\033')umn=x" --json --db odd.db
is 'and written' 0 '{"id":1,"col\u001bumn":"x"}' ''
run table:--opt list --json --db odd.db
is 'a table named like an option' 0 '[]' ''
run x_y create --set b=1 --db odd.db
is 'two tables that become one word: the one' 2 '' \
	'taskmgr: x_y create: --set: unknown field b (did you mean a?)
hint: taskmgr --db odd.db x_y create --help lists them'
run table:x_y create --set b=1 --jsonl --db odd.db
is 'and the other' 0 '{"id":1,"b":"1"}' ''

# Words.
with_users
run ''
like 'an empty noun' 2 '' 'taskmgr: *'
run user ''
like 'an empty verb' 2 '' 'taskmgr: *'
run user show ''
is 'an empty key' 3 '' 'taskmgr: user show: User was not found (no user "")'
run user list ''
like 'an empty word' 2 '' 'taskmgr: user list: *'
run --db '' user list
is 'an empty database' 2 '' 'taskmgr: option --db needs a value'
run user list --sort ''
like 'an empty sort' 2 '' 'taskmgr: user list: *'
run user list --=x
like 'an option without a name' 2 '' 'taskmgr: user list: *'
run user show 9223372036854775808
is 'an id beyond 64 bits' 3 '' \
	'taskmgr: user show: User was not found (no user "9223372036854775808")'
run user show 1e3
is 'an id that is no number' 3 '' \
	'taskmgr: user show: User was not found (no user "1e3")'
run user show 1.0
like 'nor is this' 3 '' 'taskmgr: user show: User was not found *'
run user show ' 1'
like 'nor this' 3 '' 'taskmgr: user show: User was not found *'
run user show 01 --columns id --jsonl
is 'but this is' 0 '{"id":1}' ''
run user show 1 --json --json --columns id
is 'an option of the program twice' 0 '{"id":1}' ''
run user update 1 --age=
is 'an empty number' 4 '' \
	'taskmgr: user update: --age must be a whole number, not ""'
run user update 1 --age 1e3
is 'a number that is none' 4 '' \
	'taskmgr: user update: --age must be a whole number, not "1e3"'
run user update 1 --age 1 --age 2
is 'a field twice' 2 '' 'taskmgr: user update: option --age is given twice'
LONG=$(head -c 60000 /dev/zero | tr '\0' x)
for words in "$LONG" "user $LONG" "user list --$LONG" "user list --sort $LONG" \
	"user list --$LONG=$LONG" "user list --limit $LONG" \
	"user list --columns $LONG" "user list --format $LONG" \
	"user create --age $LONG" "--db $LONG user list"; do
	# shellcheck disable=SC2086 # words
	run $words
	among "long words: $(echo "$words" | tr -s x)" '1 2 4' '' \
		'taskmgr: *'
done
run user show "$LONG"
like 'a long key' 3 '' 'taskmgr: user show: User was not found *'
head -c 100000 /dev/zero | tr '\0' '[' >deep
run user create --data @deep
like 'deep JSON' 4 '' 'taskmgr: user create: JSON decode error: *'
{ printf '{"username":'; head -c 1500 /dev/zero | tr '\0' '['
	head -c 1500 /dev/zero | tr '\0' ']'; printf '}'; } >deep
run user create --data @deep
like 'deep JSON in a field' 4 '' 'taskmgr: user create: *'
run user create --data @/dev/null --jsonl
is 'nothing' 0 '' ''

# Standard streams.
clean "$TASKMGR" user list 2>"$WORK/err" >&-
STATUS=$?
: >"$WORK/out"
is 'standard output is closed' 1 '' \
	'taskmgr: user list: write error: Bad file descriptor'
clean "$TASKMGR" user create --username x --firstname F --lastname L --age 1 \
	>&- 2>"$WORK/err"
STATUS=$?
is 'also for a record that was created' 1 '' \
	'taskmgr: user create: write error: Bad file descriptor
hint: the changes were made; only the result could not be written'
clean "$TASKMGR" user update x --age 2 -n >&- 2>"$WORK/err"
STATUS=$?
is 'not in a dry run' 1 '' '(dry run: nothing was changed)
taskmgr: user update: write error: Bad file descriptor'
same 'the database is whole' "$(sqlite3 taskmanager.db 'PRAGMA integrity_check; SELECT count(*) FROM users')" "ok
3"
for words in 'user list' 'user list --tsv' 'user list --csv' 'help' \
	'user list --help' '--version' 'user count' 'db current'; do
	# shellcheck disable=SC2086 # words
	clean "$TASKMGR" $words 2>"$WORK/err" >/dev/full
	STATUS=$?
	like "$words to a full device" 1 '' \
		'taskmgr: *write error: No space left on device'
done
clean "$TASKMGR" user list 2>/dev/full >"$WORK/out"
same 'standard error is full' $? 0
clean "$TASKMGR" user show 99 2>&- >"$WORK/out"
same 'standard error is closed' $? 3
clean "$TASKMGR" user list <&- >"$WORK/out" 2>"$WORK/err"
same 'standard input is closed' $? 0
clean "$TASKMGR" <&- >"$WORK/out" 2>"$WORK/err"
STATUS=$?
among 'a script from nowhere' '0 1' '' '*'
clean "$TASKMGR" user create --data - <&- >"$WORK/out" 2>"$WORK/err"
STATUS=$?
among 'records from nowhere' '0 1' '*' '*'
clean "$TASKMGR" user delete 1 <&- >"$WORK/out" 2>"$WORK/err"
STATUS=$?
is 'a question to nobody' 2 '' \
	'taskmgr: user delete: Delete user 1 “user1” and 1 task? Without a terminal this needs --yes'
clean "$TASKMGR" user list <&- >&- 2>&-
same 'all three closed' $? 1
sqlite3 taskmanager.db "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
	INSERT INTO tasks (title, user_id, slug) SELECT 'task ' || i, 1, 'task-' || i FROM n"
for format in json table csv line; do
	{
		clean "$TASKMGR" task list --format $format 2>"$WORK/err"
		echo $? >status
	} | head -n 1 >"$WORK/out"
	same "a pipe that ends early: $format" "$(cat status "$WORK/err")" 141
done
run user list -o nowhere/x
is 'output into a folder that is not there' 1 '' \
	'taskmgr: user list: --output nowhere/x: No such file or directory'
mkdir folder
run user list -o folder
like 'output into a folder' 1 '' 'taskmgr: user list: --output folder: *'
echo old >kept
run user show 99 -o kept
same 'output of what fails leaves the file' "$(cat kept)" old
run user list -o /dev/full
like 'output into a full device' 1 '' 'taskmgr: user list: *No space left on device'
same 'and leaves no other file' "$(echo kept* ./*.tmp)" 'kept ./*.tmp'

# Databases that are none.
fresh
mkdir dir
echo 'no database at all' >text
mkfifo fifo
head -c 50000 /dev/urandom >random
run --db dir user list
like 'a folder' 1 '' 'taskmgr: user*: database dir is a directory'
run --db text user list
like 'a text file' 1 '' 'taskmgr: user*: database text: file is not a database'
run --db text db upgrade
like 'nor is it upgraded' 1 '' 'taskmgr: db upgrade: *database text: file is not a database'
same 'it is as it was' "$(cat text)" 'no database at all'
run --db fifo user list
like 'a FIFO' 1 '' 'taskmgr: user*: database fifo is not a regular file'
run --db /dev/null user list
like 'a device' 1 '' 'taskmgr: user*: database /dev/null is not a regular file'
run --db random user list
like 'random bytes' 1 '' 'taskmgr: user*: database random: file is not a database'
run --db nowhere/x.db db upgrade
is 'a folder that is not there' 1 '' \
	'taskmgr: db upgrade: database nowhere/x.db cannot be opened: No such file or directory'
run --db nowhere/x.db user list
is 'a database in a folder that is not there' 6 '' "\
taskmgr: user list: database nowhere/x.db does not exist
hint: create it with: taskmgr --db nowhere/x.db db upgrade"
run --db postgresql://h/x user list
like 'an engine that is not there' 2 '' 'taskmgr: user*: database postgresql://h/x: *'
: >empty
run --db empty user list
like 'an empty file is a database without tables' 6 '' \
	'taskmgr: *taskmgr --db empty db upgrade*'
run --db empty db upgrade
like 'that can be upgraded' 0 '' 'Running upgrade  -> *'
run --db whole db upgrade
run --db whole user create --username u --firstname F --lastname L --age 1
for size in 16 99 100 512 4095 4096 8192 20000 40000; do
	head -c $size whole >part
	run --db part user list --csv
	like "cut off at $size bytes" 1 '*' 'taskmgr: user*: database part: *'
	calm "and says so"
done
seed=${SEED:-$$}
echo "# seed $seed: random bytes"
i=0
while [ $i -lt 12 ]; do
	at=$((100 + i * 3990))
	cp whole part
	LC_ALL=C awk -v seed="$((seed + i))" 'BEGIN {
		srand(seed)
		for (i = 0; i < 200; i++) printf "%c", int(rand() * 256)
	}' | dd of=part bs=1 seek=$at conv=notrunc 2>/dev/null
	run --db part user list --json
	case $STATUS in
	0 | 1 | 2 | 6) : ;;
	*) not_ok "random bytes at $at" ;;
	esac
	run --db part db check
	case $STATUS in
	0 | 1 | 6) : ;;
	*) not_ok "check with random bytes at $at" ;;
	esac
	i=$((i + 1))
done
ok 'random bytes anywhere crash nothing'

# NULL where the schema says NOT NULL, so that SQLite does not look.
sqlite3 null.db 'CREATE TABLE alembic_version (version_num VARCHAR(32))' \
	'CREATE TABLE _taskmgr_revision (revision TEXT, message TEXT,
		applied_at DATETIME, duration INTEGER, sum TEXT, body TEXT)' \
	'CREATE TABLE _taskmgr_log (id INTEGER PRIMARY KEY, at TEXT,
		operation TEXT, from_revision TEXT, to_revision TEXT,
		duration INTEGER, error TEXT, person TEXT, host TEXT)' \
	'INSERT INTO alembic_version VALUES (NULL)' \
	'INSERT INTO _taskmgr_revision (body) VALUES (NULL)' \
	"INSERT INTO _taskmgr_log (operation) VALUES ('upgrade')" \
	'PRAGMA writable_schema = ON' \
	"UPDATE sqlite_schema SET sql = replace(replace(sql, 'TEXT,',
		'TEXT NOT NULL,'), '32))', '32) NOT NULL)')"
run --db null.db db check
like 'NULL for a revision' 6 '' \
	'taskmgr: db check: *'
for words in current heads history status log upgrade 'downgrade base' verify; do
	# shellcheck disable=SC2086 # words
	run --db null.db db $words
	among "and db $words" '0 1 6' '*' '*'
done

# Another program's database is only looked at.
sqlite3 other.db 'CREATE TABLE moz_bookmarks (id INTEGER PRIMARY KEY, title TEXT)' \
	"INSERT INTO moz_bookmarks VALUES (1, 'x')" 'PRAGMA user_version = 77' \
	'CREATE TABLE plain (a, b)'
before=$(sha256sum other.db)
run --db other.db moz_bookmark list --jsonl
is 'it lists' 0 '{"id":1,"title":"x"}' ''
run --db other.db user list
like 'it has no users' 2 '' 'taskmgr: unknown command user*'
run --db other.db db upgrade
like 'the built-in revisions keep away' 6 '' 'taskmgr: db upgrade: *'
run --db other.db db check
same 'and check' "$((STATUS != 0))" 1
run --db other.db db current
same 'not a byte has changed' "$(sha256sum other.db)" "$before"
same 'no file beside it' "$(echo other*)" other.db

# Hostile DDL.
sqlite3 ddl.db <<-'END'
	CREATE TABLE a /* @resource ../../etc */ (id INTEGER PRIMARY KEY);
	CREATE TABLE b ( /* @resource db */ id INTEGER PRIMARY KEY);
	CREATE TABLE c (id INTEGER PRIMARY KEY, -- @slug nothing @title @bogus
		x TEXT /* unclosed -- ' " ` [ */, y TEXT -- ' quote
		, z TEXT DEFAULT '-- no comment', w TEXT CHECK (w <> ')'));
	CREATE TABLE d (id INTEGER PRIMARY KEY, -- @slug id
		slug TEXT UNIQUE /* @slug slug */, title TEXT);
	CREATE TABLE e ( -- @resource
		id INTEGER PRIMARY KEY /* @hidden */, x TEXT /* @hidden */);
	CREATE TABLE f ( -- @resource -x
		id INTEGER PRIMARY KEY, "(" TEXT, ")" TEXT, "--" TEXT, "/*" TEXT);
	CREATE TABLE g(id INTEGER PRIMARY KEY,x INT CHECK(x>0)CHECK(x<9)--
	);
	CREATE VIEW broken AS SELECT * FROM nowhere;
	CREATE TRIGGER t AFTER INSERT ON b BEGIN SELECT nosuch(); END;
END
run --db ddl.db help
like 'hostile comments' 0 '*table:db*' ''
run --db ddl.db c create --x 1 --y 2 --w 3 --jsonl
is 'comments with quotes' 0 '{"id":1,"x":"1","y":"2","z":"-- no comment","w":"3"}' ''
run --db ddl.db d create --title 'A b' --jsonl
among 'a slug of itself' '0 4' '*' '*'
run --db ddl.db e list
among 'nothing to show' '0 1 2' '*' '*'
run --db ddl.db g create --x 9
is 'a CHECK behind a CHECK' 4 '' \
	'taskmgr: g create: --x must be less than 9, not "9"'
run --db ddl.db broken list
like 'a view that leads nowhere' 1 '' 'taskmgr: broken*: *no such table: *nowhere
hint: a view, a trigger or a foreign key uses it; taskmgr --db ddl.db db schema shows which'
run --db ddl.db table:db create
like 'a trigger that calls what is not there' 1 '' 'taskmgr: table:db create: *no such function: nosuch*'

# Many tables, many columns.
{
	i=0
	while [ $i -lt 200 ]; do
		echo "CREATE TABLE t$i (id INTEGER PRIMARY KEY, name TEXT UNIQUE, o_id INTEGER REFERENCES t$(((i + 1) % 200)));"
		i=$((i + 1))
	done
	printf 'CREATE TABLE wide (id INTEGER PRIMARY KEY'
	i=0
	while [ $i -lt 500 ]; do
		printf ', c%d TEXT' $i
		i=$((i + 1))
	done
	echo ');'
} | sqlite3 many.db
run --db many.db t100 create --name x --jsonl
is '200 tables' 0 '{"id":1,"name":"x","o_id":null}' ''
run --db many.db t99 create --o x --jsonl
is 'in a ring' 0 '{"id":1,"name":null,"o_id":1}' ''
run --db many.db t100 t99 x --jsonl
is 'that is followed' 0 '{"id":1,"name":null,"o_id":1}' ''
run --db many.db wide create --c0 a --c499 z --columns c499,c0 --jsonl
is '500 columns' 0 '{"c499":"z","c0":"a"}' ''
run --db many.db wide list
like 'in a table' 0 '┌*┐*c499*┘' ''
run --db many.db wide list --width 80
like 'that cannot fit' 0 '┌*┐*c499*┘' ''

# While another one is writing, a writer waits five seconds.
fresh
run db upgrade
hold taskmanager.db "BEGIN IMMEDIATE;
	INSERT INTO users VALUES (99, 'z', 'F', 'L', 1, 'z');"
run user list --json
is 'another one is writing: reading goes on' 0 '[]' ''
{
	clean "$TASKMGR" user create --username busy --firstname F \
		--lastname L --age 1 >busy.out 2>busy.err
	echo $? >busy.status
} &
busy=$!

# Signals.
cat >endless.sql <<-'EOF'
	CREATE VIEW forever AS WITH RECURSIVE n (i) AS
		(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
	CREATE TABLE a (x);
	CREATE TRIGGER endless AFTER INSERT ON a BEGIN
		INSERT INTO a SELECT i FROM forever;
	END;
EOF
sqlite3 endless.db <endless.sql
# stopped SECONDS WORDS…: the same as run, with SIGINT after so long.
stopped() {
	seconds=$1
	shift
	STATUS=0
	timeout --foreground --preserve-status -k 10 -s INT "$seconds" env -i LC_ALL=C.UTF-8 \
		ASAN_OPTIONS="${ASAN_OPTIONS-}" \
		"$TASKMGR" --db endless.db "$@" >"$WORK/out" 2>"$WORK/err" ||
		STATUS=$?
}
stopped 1 forever count
is 'SIGINT stops a query' 130 '' 'taskmgr: forever count: interrupted'
stopped 1 forever list --csv -o list.csv
is 'SIGINT stops a long list' 130 '' 'taskmgr: forever list: interrupted'
same 'and leaves no half of it' "$(echo list*)" 'list*'
stopped 1 a create --x 1
is 'SIGINT stops a change' 130 '' 'taskmgr: a create: interrupted'
same 'which is not made' "$(sqlite3 endless.db 'SELECT count(*) FROM a')" 0
printf 'forever count\na count\n' >script
stopped 1 --keep-going -f script
is 'SIGINT stops a script' 130 '' \
	'taskmgr: script:1: forever count: interrupted'
mkfifo pipe
{ sleep 3; } <pipe &
reader=$!
STATUS=0
timeout --foreground --preserve-status -k 10 -s INT 1 "$TASKMGR" --db endless.db \
	forever list --json >pipe 2>"$WORK/err" || STATUS=$?
: >"$WORK/out"
like 'SIGINT stops a list that nobody reads on' 130 '' '*'
kill $reader 2>/dev/null

# kill -9 leaves all or nothing.
i=0
while [ $i -lt 20000 ]; do
	echo "{\"username\":\"u$i\",\"firstname\":\"F\",\"lastname\":\"L\",\"age\":$i}"
	i=$((i + 1))
done >records
good=1
for wait in 0.05 0.1 0.2 0.3; do
	rm -f killed.db*
	run --db killed.db db upgrade
	"$TASKMGR" --db killed.db user create --data @records -o /dev/null &
	pid=$!
	sleep $wait
	kill -9 $pid
	wait $pid 2>/dev/null
	run --db killed.db user count
	case $STATUS,$(cat "$WORK/out") in
	0,0 | 0,20000) : ;;
	*) good=0 ;;
	esac
	case $(sqlite3 killed.db 'PRAGMA integrity_check') in
	ok) : ;;
	*) good=0 ;;
	esac
done 2>/dev/null
same 'kill -9 in the middle of 20000 records' $good 1

# Several at once.
wait $busy
STATUS=$(cat busy.status)
mv busy.out "$WORK/out"
mv busy.err "$WORK/err"
is 'the writer gave up' 5 '' "\
taskmgr: user create: database taskmanager.db is busy: another program is writing to it
hint: try again"
release ROLLBACK
for i in 1 2 3 4 5 6 7 8; do
	{
		clean "$TASKMGR" user create --username "at-once-$i" \
			--firstname F --lastname L --age 1 >"out$i" 2>&1
		echo $? >"status$i"
	} &
done
wait
same 'eight create at once' "$(cat status1 status2 status3 status4 status5 status6 status7 status8 | tr '\n' ' ')" \
	'0 0 0 0 0 0 0 0 '
run user count
is 'and all are there' 0 '8' ''
for i in 1 2 3 4; do
	{
		clean "$TASKMGR" --db new.db db upgrade >"out$i" 2>&1
		echo $? >"status$i"
	} &
done
wait
same 'four upgrade at once' "$(cat status1 status2 status3 status4 | tr '\n' ' ')" \
	'0 0 0 0 '

# A folder that cannot be written, and a disk that is full.
run user delete 1 2 3 4 5 6 7 8 --yes --quiet
mkdir sealed
cp taskmanager.db sealed/t.db
sealed=1
if [ "$(id -u)" != 0 ]; then
	chmod 555 sealed
	chmod 444 sealed/t.db
elif mount --bind sealed sealed 2>/dev/null; then
	MOUNTS="$PWD/sealed"
	mount -o remount,ro,bind "$PWD/sealed" 2>/dev/null || sealed=
else
	sealed=
fi
if [ $sealed ]; then
	run --db sealed/t.db user list --json
	is 'a read-only folder is read' 0 '[]' ''
	run --db sealed/t.db user create --username a --firstname F \
		--lastname L --age 1
	like 'but not written' 1 '' 'taskmgr: user create: database sealed/t.db cannot be written: *'
	run --db sealed/n.db db upgrade
	like 'nor is anything made in it' 1 '' \
		'taskmgr: db upgrade: database sealed/n.db cannot be opened: *[!y]'
	run --db t.db db init sealed/m
	same 'nor a folder' "$((STATUS != 0))" 1
else
	skip 'a read-only folder' 'mounts are refused'
fi

# A limit on the size of files is an error, not a signal.
mkdir small
cd small || exit 1
run db upgrade
sqlite3 taskmanager.db "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
	INSERT INTO users SELECT i, 'user' || i, 'F', 'L', i, 'u' || i FROM n"
# limited WORDS…: run, with files of at most 50 KB
limited() {
	STATUS=0
	(ulimit -f 100 && clean "$TASKMGR" "$@") >"$WORK/out" 2>"$WORK/err" ||
		STATUS=$?
}
limited user list --json -o limited.json
like 'a limit on files: output' 1 '' '{*"message":"write error: File too large"*'
limited db backup limited.db
like 'a backup' 1 '' 'taskmgr: db backup: database limited.db.*: disk I/O error: File too large'
limited db vacuum
like 'compacting' 1 '' 'taskmgr: db vacuum: database *: disk I/O error: File too large'
awk 'BEGIN { print "username,firstname,lastname,age"
	for (i = 0; i < 5000; i++) print "o" i ",F,L,1" }' >others.csv
limited user import others.csv
like 'an import' 1 '' 'taskmgr: user import: database *: disk I/O error*'
same 'leave nothing' "$(echo limited*) $(sqlite3 taskmanager.db \
	'PRAGMA integrity_check; SELECT count(*) FROM users')" 'limited* ok
5000'
cd .. || exit 1
mkdir full
if mount -t tmpfs -o size=256k tmpfs full 2>/dev/null; then
	MOUNTS="$MOUNTS $PWD/full"
	run --db full/t.db db upgrade
	run --db full/t.db user create --username a --firstname F \
		--lastname L --age 1
	run --db full/t.db user create --data @records -o /dev/null
	is 'a disk that gets full' 1 '' \
		'taskmgr: user create: database full/t.db: no space left on the disk
hint: free some space'
	run --db full/t.db user count
	is 'nothing of it was written' 0 '1' ''
	same 'and the database is whole' \
		"$(sqlite3 full/t.db 'PRAGMA integrity_check')" ok
	run task list -o full/list
	dd if=/dev/zero of=full/fill bs=1k count=300 2>/dev/null
	run --db full/t.db user create --username b --firstname F \
		--lastname L --age 1
	is 'a full disk' 1 '' \
		'taskmgr: user create: database full/t.db: no space left on the disk
hint: free some space'
	run --db full/t.db db backup full/b.db
	like 'nor a backup' 1 '' 'taskmgr: db backup: database *: no space left on the disk
hint: free some space'
	same 'of which nothing is left' "$(echo full/b.db*)" 'full/b.db*'
	run --db full/n.db db upgrade
	like 'a full disk takes no database' 1 '*' '*taskmgr: db upgrade: *'
	printf 'user list\n' >full/x 2>/dev/null
	run user list --format line -o full/list
	among 'nor output' '0 1' '' '*'
	rm full/fill
	run --db full/t.db user create --username b --firstname F \
		--lastname L --age 1 --columns id --jsonl
	is 'room again' 0 '{"id":2}' ''
else
	skip 'a full disk' 'mounts are refused'
fi
finish
