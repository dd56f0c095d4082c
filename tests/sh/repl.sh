#!/bin/sh
# The REPL at a real terminal (tmux's).
. tests/lib.sh

. "$TOP/tests/terminal.sh"

with_users
plainly
open "'$TASKMGR'"
sees 'a greeting and a prompt' \
	"taskmgr [0-9]*, taskmanager.db: help lists commands, *
$PROMPT*"
keys 'user count' Enter
sees 'a command' "*count
2
$PROMPT"
keys 'user show user1 --columns id,slug' Enter
sees 'a table at a terminal' "*┌────┬───────┐
│ id │ slug  │
├────┼───────┤
│  1 │ user1 │
└────┴───────┘
$PROMPT*"
keys 'user show 99; user count' Enter
sees 'an error' "*taskmgr: user show: User was not found (no user 99)
$PROMPT*"
keys 'nope' Enter
sees 'an unknown command' '*taskmgr: unknown command nope*'
keys Enter ' ' Enter
wipe errors

# Tab.
keys 'user' Tab
sees 'Tab completes a noun' "$PROMPT user"
keys 'cou' Tab
sees 'a verb' "$PROMPT user count"
keys Enter
sees 'that runs' "$PROMPT user count
2
$PROMPT"
keys 'user create --fi' Tab
sees 'an option' '*user create --firstname'
keys C-c
sees 'Ctrl-C clears the line' "*--firstname*
$PROMPT*"
keys 'task show b' Tab
sees 'a key, without waiting for another' "*$PROMPT task show buy-milk"
keys C-u 'user list --format=j' Tab Tab
sees 'two candidates are shown' '*json*jsonl*'
keys C-u 'user ' Tab
sees 'all verbs are shown' '*count *create *delete *list *show *tasks *update*'
keys C-u
wipe Tab

# Ctrl-C, which must not eat what is typed next.
keys 'user lixxx' C-c 'user count' Enter
sees 'Ctrl-C, and at once another command' "*$PROMPT user count
2
$PROMPT"
keys 'abc' C-c C-c 'task count' Enter
sees 'twice' "*$PROMPT task count
1
$PROMPT*"
keys C-r C-c 'user count' Enter
sees 'in a search' "*$PROMPT user count
2
$PROMPT"
wipe Ctrl-C
keys 'db downgrade base' Enter
sees 'a question' '*will be lost. Go on? *y/N*'
keys C-c
sees 'Ctrl-C denies it' "*db downgrade: nothing was changed
$PROMPT"
keys 'user count' Enter
sees 'and is not for the next command' "*$PROMPT user count
2
$PROMPT"
wipe questions
sqlite3 taskmanager.db "CREATE VIEW forever AS WITH RECURSIVE n (i) AS
	(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
keys 'forever count' Enter
sleep 0.5
keys C-c
sees 'Ctrl-C stops a command that is busy' "*forever count: interrupted
$PROMPT*"
keys 'forever list --jsonl' Enter
sees 'a long list' '*"i":*'
keys C-c
sees 'stops, too' "*interrupted*
$PROMPT*"
keys 'user count' Enter
sees 'and the prompt is back' "*$PROMPT user count
2
$PROMPT"
wipe interrupt

# Quotes over several lines.
keys "user create --username 'two" Enter
sees 'an open quote continues' "*   ...>"
keys "lines' --firstname F --lastname L --age 3 --jsonl --columns username" Enter
sees 'and is closed' '*{"username":"two\\nlines"}*'
keys "user show 'never" Enter
sees 'an open quote' "*user show 'never
    ...>"
keys C-c 'user count' Enter
sees 'is given up by Ctrl-C' "*$PROMPT user count
3
$PROMPT*"
keys "user show \"never" Enter
sees 'another open quote' "*   ...>"
keys C-d
sees 'is given up by Ctrl-D' "*$PROMPT*"
sees_not 'which does not leave' '*left:*'
wipe quotes

# SQL over several lines.
keys 'select username' Enter
sees 'SQL continues' "*$PROMPT select username
*...>"
keys 'from us' Tab
sees 'Tab completes a table' '*...> from users'
keys "where users.usern" Tab
sees 'and a column of it' '*...> from users where users.username'
keys "= 'user1'; user count" Enter
sees 'until its semicolon' '*│ user1    │
└──────────┘
3
*'
keys 'sql --j' Tab
sees 'Tab completes an option of sql' "*$PROMPT sql --json"
keys C-u 'sql --jsonl select 1 as a; select agee' Enter 'from users\;' Enter
sees 'an error has its place in it' '*{"a":1}*line 1:8: no such column: agee *
    select agee
           ^
*'
wipe SQL

# The question.
keys 'user delete user1' Enter
sees 'deleting asks' '*Delete user 1 “user1” and 1 task? [[]y/N[]]'
keys n Enter
sees 'n is no' "*user delete: nothing was deleted
$PROMPT*"
# asked COMMAND ANSWER: the answer is typed once the question is there.
asked() {
	wipe "$1, $2"
	keys "user delete $1" Enter
	sees "$1, $2: asks" '*[[]y/N[]]'
	keys "$2" Enter
}
asked user1 ''
sees 'and is answered' "*nothing was deleted
$PROMPT"
keys 'user count' Enter
sees 'Enter is no' "*user count
3
$PROMPT*"
asked user1 ye
sees 'ye is neither, and asked again' "*[[]y/N[]] ye
Please answer y or n.
Delete user 1 *[[]y/N[]]"
keys 'yes no' Enter
sees 'and again' "*[[]y/N[]] yes no
Please answer y or n.
Delete user 1 *[[]y/N[]]"
keys NO Enter
sees 'NO is no' "*nothing was deleted
$PROMPT"
keys 'user count' Enter
sees 'until it is answered' "*[[]y/N[]] NO
taskmgr: user delete: nothing was deleted
$PROMPT user count
3
$PROMPT*"
asked user2 Y
sees 'Y is yes' "*Deleted user 2
$PROMPT"
asked user1 yes
sees 'and so is yes' "*Deleted user 1
$PROMPT*"
wipe question
keys 'user delete 3' Enter
sees 'a question' '*[[]y/N[]]'
keys C-c
sees 'Ctrl-C is no, and stays' "*[[]y/N[]]*$PROMPT*"
keys 'user count' Enter
sees 'nothing was deleted' "*user count
1
$PROMPT*"

# Another process changes the file under a question, and under the prompt.
cp taskmanager.db copy.db
keys 'user delete 3' Enter
sees 'a question once more' '*[[]y/N[]]'
mv copy.db taskmanager.db
keys y Enter
sees 'of a database that is not there any more' \
	"*user delete: database * was deleted or replaced by another process
hint: run the command again
$PROMPT*"
keys 'user update 3 --age 3 --columns age' Enter
sees 'the next command is for the new one' "*│   3 │*$PROMPT*"
sees_not 'where nothing was deleted' '*Deleted*'
holds 'at the prompt there is no WAL that could be taken for that of another' \
	test ! -e taskmanager.db-wal
keys 'user count' Enter
sees 'nothing else was changed' "*user count
1
$PROMPT*"
# Leaving, and the history.
keys C-d
sees 'Ctrl-D leaves' '*[[]left: 0[]]*'
history=$WORK/home/.local/state/taskmgr/history
same 'the history is its owner'"'"'s alone' "$(stat -c %a "$history")" 600
open "'$TASKMGR'"
sees 'a new session' "*
$PROMPT*"
keys Up
sees 'recalls the last command' "*
$PROMPT user count*"
keys Enter
sees 'and runs it' "*
$PROMPT user count
1
$PROMPT*"
keys C-r 'two'
sees 'finds one of several lines' "*user create --username 'two*"
keys C-c
keys 'exit' Enter
sees 'exit leaves' '*[[]left: 0[]]*'
open "'$TASKMGR' --json"
sees 'a session with options' "*
$PROMPT*"
keys 'user count' Enter
sees 'they hold' '*{"count":1}*'
keys 'quit' Enter
sees 'quit leaves' '*[[]left: 0[]]*'
open "'$TASKMGR' -n --csv"
sees 'the prompt of a dry run' '*
taskmgr(dry-run)>*'
keys 'user update 3 --age 99 --columns age' Enter
sees 'which is reported' '*(dry run: nothing was changed)
age
99
taskmgr(dry-run)>*'
keys "taskmgr user show \\" Enter '3 --columns age' Enter
sees 'and it, a pasted command, a joined line' '*taskmgr(dry-run)> taskmgr user show ?
             ...> 3 --columns age
age
3
taskmgr(dry-run)>*'
keys 'taskmgr user cou' Tab
sees 'Tab after the name of the program' '*taskmgr user count'
keys C-u 'exit' Enter
sees 'quit leaves' '*[[]left: 0[]]*'
open "'$TASKMGR' --read-only --db nowhere.db"
sees 'a session without a database' 'taskmgr 1.0: nowhere.db does not exist yet, db upgrade creates it
help lists commands, *
taskmgr(nowhere.db, read-only)>*'
keys 'user list' Enter
sees 'is reported' '*nowhere.db does not exist*taskmgr db upgrade*'
keys 'exit' Enter
sees 'and can be left' '*[[]left: 0[]]*'

# A terminal asks the command line, too.
open "'$TASKMGR' user delete 3"
sees 'a command asks' '*Delete user 3 “two\\nlines”? [[]y/N[]]'
keys n Enter
sees 'and a no is reported' '*taskmgr: user delete: nothing was deleted
[[]left: 1[]]*'
open "'$TASKMGR' user delete 3 --no-input"
sees 'or may not ask' '*needs --yes
[[]left: 2[]]*'
open "'$TASKMGR' user create --username '$(head -c 150 /dev/zero | tr '\0' w)' --firstname F --lastname L --age 1"
sees 'a table fits the terminal' '*w…*│*[[]left: 0[]]*'
sees_not 'whole' '*wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww*'

# Leaving a question answers nothing.
mkdir "$WORK/leave"
cd "$WORK/leave" || exit
run db init
run db revision --autogenerate -m one
run db upgrade
sed -i 's/content VARCHAR/body VARCHAR/' migrations/schema.sql
for key in C-c C-d; do
	open "'$TASKMGR' db revision --autogenerate -m two"
	sees "a rename is asked for, $key" '*Did you rename tasks.content to tasks.body*y/N*'
	keys $key
	[ $key = C-c ] && left=130 || left=1
	sees "$key writes nothing" "*db revision: nothing was written
[[]left: ${left}[]]*"
done
same 'indeed' "$(find migrations/versions -type f | wc -l)" 1
open "'$TASKMGR' db revision --autogenerate -m two"
sees 'a rename is asked for' '*Did you rename tasks.content to tasks.body*y/N*'
keys a@b.de Enter
sees 'what answers nothing removes nothing' "*a@b.de
Please answer y or n.
Did you rename tasks.content to tasks.body*y/N*"
keys y Enter
sees 'y' "*Detected renamed column 'tasks.content' to 'tasks.body'*[[]left: 0[]]*"
run db upgrade
sqlite3 taskmanager.db "INSERT INTO users VALUES (1, 'u', 'f', 'l', 1, 'u')"
sed -i 's/^	age INTEGER/	size INTEGER NOT NULL CHECK (size > 3),&/' \
	migrations/schema.sql
ASKS='users.size is NOT NULL and has no default. Value for existing rows:'
open "'$TASKMGR' db revision --autogenerate -m three"
sees 'a value is asked for' "$ASKS"
keys Enter
sees 'an empty answer is refused' "*a value is required; '' is the empty text
$ASKS"
keys NULL Enter
sees 'so is NULL' "*fill users.size: a NOT NULL column cannot be filled with NULL
$ASKS"
keys 3 Enter
sees 'one that a CHECK refuses' "*users gets CHECK (size > 3), and 1 row is in the way
*
$ASKS"
keys 4 Enter
sees 'one that does' "*Detected added column 'users.size'*[[]left: 0[]]*"
run db upgrade
same 'is what the row gets' "$(sqlite3 taskmanager.db \
	'SELECT size FROM users')" 4
"$TASKMGR" db revision -m endless --rev-id e0e0e0e0 2>/dev/null
sed -i '/^-- migrate:up/a\
DELETE FROM users WHERE 1 < (WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL\
	SELECT 1 FROM n) SELECT count(*) FROM n);' migrations/versions/e0e0e0e0*
open "'$TASKMGR' db upgrade"
sees 'a slow revision is reported' '*e0e0e0e0_endless.sql: still running after 2 s *'
keys C-c
sees 'Ctrl-C ends it' '*endless.sql:*interrupted*[[]left: 130[]]*'
same 'and undoes it' "$(sqlite3 taskmanager.db \
	'SELECT count(*) FROM users')" 1
cd "$WORK/here" || exit

finish
