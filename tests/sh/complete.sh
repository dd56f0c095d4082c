#!/bin/sh
# What __complete offers, and that it never gets in the way.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

c() {
	run __complete "$@"
}
# first: the candidates alone, in one line.
first() {
	cut -f 1 <"$WORK/out" | tr '\n' ' ' >"$WORK/plain" && echo >>"$WORK/plain"
	mv "$WORK/plain" "$WORK/out"
}
with_users

c ''
is 'nouns' 0 "\
user
task
db
sql	Run SQL, read-only unless --write is given
undo	Undo what the last commands changed
redo	Do again what was undone
help	help on commands" ''
c
is 'also of nothing at all' 0 "\
user
task
db
sql	Run SQL, read-only unless --write is given
undo	Undo what the last commands changed
redo	Do again what was undone
help	help on commands" ''
c us
is 'a noun begun' 0 'user' ''
c user ''
is 'verbs' 0 "\
list	List users
show	Show one or more users
create	Create one or more users
import	Create users from a file
update	Change fields of a user
delete	Delete users and what depends on them
count	Count users
tasks	List tasks of a user" ''
c user l
is 'a verb begun' 0 'list	List users' ''
c user show ''
is 'keys' 0 "\
user1	user1 Pasha Technique
user2	user2 Roza Syabitova" ''
c user show user2
is 'a key begun' 0 'user2	user2 Roza Syabitova' ''
c user show 1
is 'digits are ids' 0 '1	user1 Pasha Technique' ''
c user show user1 ''
is 'a second key' 0 "\
user1	user1 Pasha Technique
user2	user2 Roza Syabitova" ''
c task show b
is 'the keys of another table' 0 'buy-milk	Buy milk' ''
c user tasks ''
is 'keys of an operation on linked rows' 0 "\
user1	user1 Pasha Technique
user2	user2 Roza Syabitova" ''
c user create --f
is 'options' 0 "\
--firstname
--format	the output format" ''
c user list --
first
is 'all options' 0 '--where --search --sort --limit --offset --after --with --id --username --firstname --lastname --age --slug --db --migrations --config --format --json --jsonl --csv --tsv --chart --columns --output --null --no-header --width --color --no-pager --quiet --verbose --timing --timeout --read-only --dry-run --yes --no-input --help ' \
	''
c user create -
first
is 'all options of another operation' 0 '--username --firstname --lastname --age --data --set --db --migrations --config --format --json --jsonl --csv --tsv --chart --columns --output --null --no-header --width --color --no-pager --quiet --verbose --timing --timeout --read-only --dry-run --yes --no-input --help ' \
	''
c task create --us
is 'two ways to say a reference' 0 "\
--user-id
--user	user, by id or name" ''
c task create --user ''
is 'the values of a reference' 0 "\
user1	user1 Pasha Technique
user2	user2 Roza Syabitova" ''
c task create --user=user2
is 'and with =' 0 '--user=user2	user2 Roza Syabitova' ''
: >rows.json
c user create --data @r
is 'a file of records' 0 '@rows.json' ''
c user create --data r
is 'JSON itself is not a file' 0 '' ''
rm rows.json
c task update 1 --set ''
first
is 'the fields that --set can set' 0 \
	'title= content= priority= completed= user_id= ' ''
c task create --set completed=
is 'the values of one' 0 "\
completed=true
completed=false" ''
c task create --set=user_id=2
is 'or the rows that it refers to' 0 \
	'--set=user_id=2	user2 Roza Syabitova' ''
c task list --where c
first
is 'the columns of a condition' 0 'content= completed= ' ''
c task count --where priority.g
first
is 'and its operators' 0 'priority.gt= priority.gte= ' ''
c task list --where us
is 'a reference is a field and begins a path' 0 "\
user_id=
user=	user, by id or name
user." ''
c task list --where '(user.a'
is 'the fields of the row that it refers to' 0 '(user.age=' ''
c task list --where user.username.l
first
is 'their operators' 0 'user.username.lt= user.username.lte= user.username.lacks= user.username.like= ' ''
c task list --where user.age=
is 'their values are not keys of the reference' 0 '' ''
c task list --where=user.
like 'after =' 0 '--where=user.id=
*' ''
c task update 1 --set us
is 'no path is set' 0 'user_id=' ''
c user update --where us
is 'of what is updated, columns that cannot be set too' 0 \
	'username=	login name' ''
c task delete --where completed=
is 'of what is deleted' 0 'completed=true
completed=false' ''
c user list --sort=-username,a
is 'columns in a list' 0 '--sort=-username,age' ''
c task create --user-id ''
like 'and of its column' 0 '1	user1 *
2	user2 *' ''
c task list --where user_id=user
is 'which takes no names' 0 '' ''
c task list --sort -us
is 'references begin paths' 0 "\
-user_id
-user.	users" ''
c task list --sort user.a
is 'which go on' 0 'user.age' ''
c user list --columns username,t
is 'and rows that have one' 0 'username,tasks.	tasks' ''
c task create --columns us
is 'where related rows are read' 0 'user_id' ''
c task count --by completed --sort ''
is 'the columns of a result' 0 'count' ''
c user list --sort ''
first
is 'columns to sort by' 0 'id username firstname lastname age slug ' ''
c user list --sort age,us
is 'the second of them' 0 'age,username	login name' ''
c user list --columns -sl
like 'columns to leave out' 0 '-slug*' ''
c user list --format ''
first
is 'formats' 0 'table text line json jsonl csv tsv markdown insert chart ' ''
c user list --format=json
is 'formats begun' 0 "\
--format=json	an array of objects, or one object
--format=jsonl	one JSON object per line" ''
c --color a
is 'choices' 0 "\
auto
always" ''
c --json user sh
is 'after an option of the program' 0 'show	Show one or more users' ''
c --db taskmanager.db user sh
is 'after one with a value' 0 'show	Show one or more users' ''
c help o
is 'help on options' 0 'options	what every command takes' ''
c help us
is 'help of a noun' 0 'user' ''
c help user sh
is 'help of a verb' 0 'show	Show one or more users' ''
c db up
is 'the commands of db' 0 'upgrade	Run revisions up to a later one' ''
c nope ''
is 'a noun that is not there' 0 '' ''
c user nope ''
is 'a verb that is not there' 0 '' ''
c user list --nope ''
like 'an option that is not there' 0 '*' ''
c user show "user1'"
is 'quotes' 0 '' ''
c user list -- ''
is 'where nothing is expected' 0 '' ''

# Values that could hurt.
run user create --username "$(printf 'tab\there\nand \033[31m')" --firstname F \
	--lastname L --age 1 --quiet -o /dev/null
run task create --user 1 --title "$(printf 'two\nlines\033[31m')" --quiet \
	-o /dev/null
c task show ''
same 'a candidate is a line' "$(wc -l <"$WORK/out" | tr -d ' ')" 2
same 'without control bytes' "$(tr -d '\n\t' <"$WORK/out" | LC_ALL=C tr -cd '\000-\037\177' | wc -c | tr -d ' ')" 0

# It leaves the database alone, in whatever state that is.
before=$(sha256sum taskmanager.db)
files=$(echo *)
c user show ''
c user create --
same 'the database is unchanged' "$(sha256sum taskmanager.db)" "$before"
same 'no file was left' "$(echo *)" "$files"
hold taskmanager.db "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;
	INSERT INTO users VALUES (99, 'z', 'F', 'L', 1, 'z');"
start=$(date +%s)
c user show ''
like 'locked' 0 '*' ''
c us
like 'locked, a noun' 0 '*' ''
same 'it did not wait' "$(($(date +%s) - start < 3))" 1
release ROLLBACK
fresh
c ''
is 'no database: what the schema will have' 0 "\
user
task
db
sql	Run SQL, read-only unless --write is given
undo	Undo what the last commands changed
redo	Do again what was undone
help	help on commands" ''
c user ''
first
is 'and its verbs' 0 'list show create import update delete count tasks ' ''
c user show ''
is 'but no keys' 0 '' ''
c --db nowhere/x.db user l
is 'in a folder that is not there' 0 'list	List users' ''
same 'nothing was made' "$(echo *)" '*'
mkdir dir
mkfifo fifo
echo text >text
head -c 50000 /dev/urandom >random
: >empty
for db in dir fifo text random empty /dev/null '' postgresql://x; do
	for word in '' d u; do
		c --db "$db" "$word"
		like "database '$db', word '$word'" 0 '*' ''
	done
	c --db "$db" user show ''
	like "database '$db', keys" 0 '*' ''
done
c --db text d
is 'the commands of db are there all the same' 0 'db' ''
printf '[taskmgr]\nnonsense = 1\n' >taskmgr.ini
c user ''
like 'a broken taskmgr.ini' 0 '*' ''
rm taskmgr.ini
run __complete user list >/dev/null
clean "$TASKMGR" __complete '' >/dev/full 2>"$WORK/err"
STATUS=$?
: >"$WORK/out"
is 'a full device' 0 '' ''
clean "$TASKMGR" __complete '' >&- 2>"$WORK/err"
STATUS=$?
is 'standard output closed' 0 '' ''
clean "$TASKMGR" __complete "$(printf 'a\377')" "$(printf '\033')" \
	>"$WORK/out" 2>"$WORK/err"
STATUS=$?
is 'odd bytes' 0 '' ''
same 'no file was left anywhere' "$(echo *)" 'dir empty fifo random text'

# Many rows.
run db upgrade
sqlite3 taskmanager.db "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
	INSERT INTO users SELECT i, 'user' || i, 'F', 'L', 1, 'user' || i FROM n"
c user show user4999
first
is 'some of many' 0 'user4999 user49990 user49991 user49992 user49993 user49994 user49995 user49996 user49997 user49998 user49999 ' \
	''
c user show ''
same 'not all of many' "$(($(wc -l <"$WORK/out") <= 200))" 1
c user show 4999
first
is 'ids of many' 0 '4999 49990 49991 49992 49993 49994 49995 49996 49997 49998 49999 ' \
	''

# Revisions and tables, where db wants one.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE jobs (id INTEGER PRIMARY KEY, note);' '' \
	'branch_labels: work'
revision bbbb1111 aaaa1111 'CREATE VIEW v AS SELECT 1 AS x;' ''
run db upgrade aaaa1111
c db upgrade ''
is 'revisions that are to come' 0 'head	the only head
heads	all heads
+1	one step up from the current revision
base	before the first revision
bbbb1111	revision bbbb1111
work@head	the head of a branch' ''
c db downgrade ''
first
is 'those that are there' 0 '-1 base aaaa1111 work@base ' ''
run db upgrade
c db downgrade ''
is 'the targets of a downgrade' 0 '-1	one step down from the current revision
base	before the first revision
bbbb1111	revision bbbb1111
aaaa1111	revision aaaa1111
work@base	before a branch' ''
c db show ''
first
is 'what can be shown' 0 'head heads base bbbb1111 aaaa1111 work@head ' ''
c db downgrade --sq
first
is 'an option before the target' 0 '--sql ' ''
c db downgrade -
first
like 'a step among options' 0 '--sql *--yes *-1 ' ''
c db downgrade -1 ''
is 'after it comes nothing' 0 '' ''
sqlite3 options.db "CREATE TABLE cards (id INTEGER PRIMARY KEY,
	format TEXT CHECK (format IN ('a4', 'a5')), done BOOLEAN)"
c --db options.db card create --format t
first
is 'an option of the program, not the column of that name' 0 \
	'table text tsv ' ''
c --db options.db card create --no-done=
is 'a negated switch takes no value' 0 '' ''
c db stamp --purge aaaa1111 b
is 'one of several' 0 'base	before the first revision
bbbb1111	revision bbbb1111' ''
c db history -r aaaa1111:bb
is 'the end of a range' 0 'aaaa1111:bbbb1111	revision bbbb1111' ''
c db revision --depends-on=w
is 'after an equals sign' 0 '--depends-on=work@head	the head of a branch' ''
c db schema ''
first
is 'tables' 0 'jobs v ' ''
c db diff --rename jobs
first
is 'what may be renamed' 0 'jobs= jobs.id= jobs.note= ' ''
echo 'CREATE TABLE jobs (id INTEGER PRIMARY KEY, note TEXT NOT NULL, due DATE NOT NULL,
d TEXT NOT NULL DEFAULT 1, e); CREATE TABLE n (x NOT NULL);' >migrations/schema.sql
c db diff --fill jobs.
is 'columns whose old rows want a value' 0 'jobs.note=	TEXT
jobs.due=	DATE' ''
c db diagram --format ''
first
is 'formats of its own' 0 'text mermaid dot ' ''
rm app.db*
mkdir -p sub/deep
: >sub/copy.db
: >sub/.hidden
: >'sub/two words'
c db restore s
is 'a folder' 0 'sub/' ''
c db restore sub/
is 'what is in it' 0 'sub/copy.db
sub/deep/
sub/two words' ''
c db restore sub/.
is 'what hides' 0 'sub/.hidden' ''
c db import-alembic sub/
is 'folders alone' 0 'sub/deep/' ''
c --db=sub/c
is 'a database' 0 '--db=sub/copy.db' ''
c user list -o sub/deep/
is 'nothing there' 0 '' ''
c db restore nosuch/
is 'no such folder' 0 '' ''
echo nonsense >migrations/versions/aaaa1111.sql
c db upgrade ''
is 'revisions that cannot be read' 0 '' ''
finish
