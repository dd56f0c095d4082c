#!/bin/sh
# The words of a session: at the prompt of a real terminal, and in scripts.
. tests/lib.sh
. "$TOP/tests/terminal.sh"

with_users

# Scripts have them as well.
run -c 'set format tsv; user list --columns id; set format jsonl; user list --columns id'
is 'set holds for what follows' 0 'id
1
2
{"id":1}
{"id":2}' ''
run -c 'set format csv; set format; set format default; set format'
is 'set shows a setting, and default takes it back' 0 \
'format      csv       the output format
format      default   the output format' ''
run -c set
like 'set lists them' 0 'migrations *
timing      off *' ''
run -c 'set formt csv'
is 'an unknown setting' 2 '' 'taskmgr: set: no setting "formt" (did you mean format?)
hint: set lists them'
run -c 'set db x.db'
like 'db is changed by use' 2 '' '*hint: use FILE changes the database'
run -c 'set color pink'
like 'a bad value' 2 '' 'taskmgr: set: --color must be auto, always or never, not pink'
run -c 'set timing maybe'
like 'a bad switch' 2 '' 'taskmgr: set: --timing *'
run -c 'set a b c'
is 'a word too many' 2 '' 'taskmgr: set: unexpected argument "c"'
run -c 'timing; user list --columns id --csv; timing off; user count'
like 'timing reports rows and time' 0 '*1*2*2' '2 rows (0.[0-9][0-9][0-9] s)'
run user count --timing
like 'and is an option' 0 2 '1 row (0.[0-9][0-9][0-9] s)'
run user delete user2 --yes --timing
like 'without rows, the time' 0 '' '*Deleted user 2*(0.[0-9][0-9][0-9] s)'

run --db other.db db upgrade
run -c 'user count; use other.db; user count; use'
is 'use changes the database' 0 '1
0
other.db' ''
run -c 'use missing.db; use other.db; user count'
is 'a missing one may be created' 0 0 \
	'missing.db does not exist yet: db upgrade creates it'
echo nonsense >broken.db
run --keep-going -c 'use broken.db; user count'
like 'a broken one is not used' 1 1 'taskmgr: use: *broken.db*not a database*'

echo 'user count
exit
nope' >count.tm
run -c 'read count.tm; user count'
is 'read runs a file; exit ends the file' 0 '1
1' ''
echo 'user nope' >bad.tm
run -c 'read bad.tm; user count'
is 'its errors have its name, and stop it' 2 '' \
'taskmgr: bad.tm:1: user has no command nope
hint: taskmgr help user lists them'
echo 'read loop.tm' >loop.tm
run -c 'read loop.tm'
like 'files that read each other end' 1 '' \
	'*loop.tm: 20 files that read each other'
run -c 'read nowhere.tm'
is 'a missing file' 1 '' 'taskmgr: read: nowhere.tm: No such file or directory'
run -c read
is 'no file' 2 '' 'taskmgr: read: missing argument; usage: read FILE'

# Where results go.
run -c 'user list --csv --columns id > one.csv; user list --columns id --no-header --csv >> one.csv'
is '> and >> write files' 0 '' ''
same 'that have the results' "$(cat one.csv)" "$(printf 'id\r\n1\r\n1\r')"
run -c 'user count > one.csv'
is '> overwrites nothing' 2 '' 'taskmgr: one.csv exists
hint: >| one.csv replaces it, >> one.csv appends to it'
run -c 'user count >| one.csv; user count > two.csv'
same '>| does' "$(cat one.csv two.csv)" "$(printf '1\n1')"
run -c 'user show nobody > three.csv'
holds 'a command that fails makes no file' test ! -e three.csv
run -c 'user count > taskmanager.db-wal'
like 'the database is no file for it' 2 '' '*is the database itself*'
run -c "user list --csv | sed 's/user1/A;B/;1d' | cut -d, -f1,2; user count"
is '| is for the shell, up to ;' 0 "$(printf '1,A;B\n1')" ''
run -c 'user list | head -1 | wc -l; user count'
is 'which may stop reading' 0 '1
1' ''
run -c 'user list | grep nothing; user count'
is 'its failure is one' 1 '' 'taskmgr: grep nothing: exit status 1'
run -c "user count --where 'username=\">\"'; user count --where 'username!=\"|\"'"
is 'quoted they are values' 0 '0
1' ''
run -c 'user count |'
is 'no command' 2 '' 'taskmgr: | needs a command after it'
run -c '> x; user count'
is 'no command before it' 2 '' 'taskmgr: no command before >'
run -c 'user count > a b'
is 'a word after it' 2 '' 'taskmgr: unexpected argument "b" after a'
run -c 'help user | head -1; set | wc -l'
like 'it works for words of the session' 0 'Usage: taskmgr user COMMAND
*' ''
run -c '! echo "a;b" | cat; user count; !exit 3'
is '! runs the shell, up to ;' 1 'a;b
1' 'taskmgr: !: exit 3: exit status 3'
printf '! cat\nuser count\n' >input
run <input
is 'and reads no commands' 0 1 ''

# A file that is not text
printf 'user count\nuser count\0; user nope\nuser count\n' >nul.tm
run -f nul.tm
is 'no command of a line with NUL runs' 2 "$(sed -n 1p "$WORK/out")" \
	'taskmgr: nul.tm:2: the line contains NUL, so it is not text
hint: save the commands as text in UTF-8'
run --keep-going -f nul.tm
same 'the others do' "$(wc -l <"$WORK/out")" 2

# What other programs call it.
for leave in exit quit '\q' .quit EXIT; do
	run -c "$leave; nope"
	is "$leave leaves" 0 '' ''
done
for help in '?' '\?' help .help; do
	run -c "$help | head -1"
	like "$help helps" 0 'Usage: taskmgr*' ''
done
run '?'
like '? at the shell' 0 'Usage: taskmgr*' ''
run -c "insert into users values (1)"
is 'SQL that needs --write' 2 '' 'taskmgr: insert: SQL that changes the database needs sql --write
hint: write sql --write before it, and ; at its end'
run -c "UPDATE users SET age=3 WHERE id=1;"
is 'and an UPDATE' 2 '' 'taskmgr: UPDATE: SQL that changes the database needs sql --write
hint: write sql --write before it, and ; at its end'
run -c 'update user set --age 3'
is 'but a row may be called set' 3 '' 'taskmgr: user update: User was not found (no user "set")'
sqlite3 odd.db "CREATE TABLE selects (id INTEGER PRIMARY KEY);
	CREATE TABLE withs (id INTEGER PRIMARY KEY)"
run --db odd.db -c 'select count; list with --csv'
is 'a table may have such a name' 0 "$(printf '0\nid\r')" ''

# Transactions.
NEW='user create --firstname F --lastname L --age 3 --csv --columns slug'
run -c "begin; $NEW --username t; user count; rollback; user count"
is 'rollback undoes' 0 "$(printf 'slug\r\nt\r\n2\n1')" ''
run --keep-going -c "begin; $NEW --username t; $NEW --username t; commit"
like 'a command that fails undoes itself alone' 4 '*t*' '*already taken*'
same 'and commit keeps the rest' "$(clean "$TASKMGR" user count)" 2
run -c "begin; user delete t --yes; user show 99; commit"
is 'a script that stops keeps nothing' 3 '' 'Deleted user 2
taskmgr: user show: User was not found (no user 99)
taskmgr: the transaction was not committed: its changes were undone'
run -c "begin; user delete t --yes"
is 'nor does one that forgets to commit' 1 '' 'Deleted user 2
taskmgr: the transaction was not committed: its changes were undone'
same 'indeed' "$(clean "$TASKMGR" user count)" 2
WITHIN='this cannot be done within a transaction
hint: first: commit, or rollback'
for command in 'db upgrade' 'db vacuum' 'db backup b.db' 'db repair' \
	'db stamp head' 'db restore b.db -y'; do
	run -c "begin; $command"
	is "$command within one" 2 '' "taskmgr: $(
	echo "$command" | cut -d' ' -f1,2): $WITHIN
taskmgr: the transaction was not committed: its changes were undone"
done
run --keep-going -c "begin; begin; user count --db other.db; user count --read-only; db current; user delete t -n; commit; commit"
like 'another one, other databases, other rights' 2 '* (head)' \
'taskmgr: begin: a transaction is open already
taskmgr: user count: a transaction is open on sqlite:///taskmanager.db
hint: first: commit, or rollback
taskmgr: user count: a transaction is open on sqlite:///taskmanager.db
hint: first: commit, or rollback
Delete user 2 “t”[?] (dry run: nothing was changed)
taskmgr: commit: no transaction is open'
run --keep-going --db other.db -c "begin; $NEW --username t; ! sqlite3 other.db 'INSERT INTO users VALUES (9, 9, 9, 9, 9, 9)' 2>&1 | grep -c locked; commit; begin; !rm other.db*; user count; commit; rollback"
like 'nobody else writes; a file that is gone is noticed' 1 "$(printf 'slug\r\nt\r\n1')" \
'taskmgr: user count: database * was deleted or replaced by another process
hint: the transaction is lost: rollback
taskmgr: commit: database * was deleted or replaced by another process
hint: the transaction is lost: rollback'
run --read-only -c "begin; user count; rollback; user count"
is 'a read-only one' 0 '2
2' ''

run -c 'watch'
is 'nothing to watch' 2 '' \
	'taskmgr: watch: missing argument; usage: watch [SECONDS] COMMAND'
run -c 'watch 0.1 user nope'
like 'what fails is not repeated' 2 '' 'taskmgr: user has no command nope*'
run -c 'user list; again'
like 'a script keeps no result' 2 '*' 'taskmgr: again: results are kept only at the prompt'
run -c "history ''"
is 'nothing is not a number' 2 '' 'taskmgr: history: "" is not a number of commands'
run -c edit
is 'nor commands' 2 '' 'taskmgr: edit: this works only at the prompt'

# At the prompt.
plainly
cat >editor <<'END'
#!/bin/sh
sed -i 's/99/1 --columns id/' "$1"
END
chmod +x editor
open "EDITOR=./editor '$TASKMGR' --db none.db"
sees 'without a database it says what creates one' \
	'taskmgr 1.0: none.db does not exist yet, db upgrade creates it
help lists commands, *
taskmgr(none.db)>'
keys 'use taskmanager.db' Enter
sees 'use changes the prompt' "*taskmgr(taskmanager.db)>"
keys 'set read-only on' Enter
sees 'so does set' '*taskmgr(taskmanager.db, read-only)>'
keys 'user update 1 --age 5' Enter
sees 'and it holds' '*cannot be written*'
keys 'set read-only off; timing' Enter C-l
keys 'user count' Enter
sees 'timing at the prompt' '*user count
2
1 row (0.[0-9][0-9][0-9] s)
taskmgr(taskmanager.db)>'
keys 'timing off' Enter C-l 'user list --jsonl --columns id | tr -d {}' Enter
sees 'a pipe' '*"id":1
"id":2
taskmgr(taskmanager.db)>'
keys '! sleep 100' Enter
sleep 0.3
keys C-c
keys 'user count' Enter
sees 'Ctrl-C ends a command of the shell' '*user count
2
taskmgr(taskmanager.db)>'
keys 'user count | sleep 100' Enter
sleep 0.3
keys C-c C-l 'user count' Enter
sees 'and one that reads' '*user count
2
taskmgr(taskmanager.db)>'
keys C-l 'history 2' Enter
sees 'the history' '*history 2
user count
history 2
taskmgr(taskmanager.db)>'
keys C-l 'history 4294967295' Enter
sees 'all of it, where that is less' '*user count
history 2
history 4294967295
taskmgr(taskmanager.db)>'
keys C-l 'begin' Enter
sees 'a transaction in the prompt' '*
taskmgr(taskmanager.db)[*]>'
keys 'user delete 2 -y' Enter 'rollback' Enter C-l 'user list --columns id,slug' Enter
sees 'and without' '*│  2 *
taskmgr(taskmanager.db)>'
keys C-l 'again --jsonl' Enter
sees 'the last result again' '*again --jsonl
{"id":1,"slug":"user1"}
{"id":2,"slug":"t"}
taskmgr(taskmanager.db)>'
sqlite3 taskmanager.db "DELETE FROM users WHERE id = 2"
keys C-l 'again --csv --columns slug | head -3 | tail -1; again slug' Enter
sees 'not of the database; and nothing else' '*
t
taskmgr: again: unexpected argument "slug"
taskmgr(taskmanager.db)>'
keys C-l 'user show 1 --columns id' Enter 'user show 99' Enter 'again --json' Enter
sees 'what failed is no result; one record is one' '*
{"id":1}
taskmgr(taskmanager.db)>'
keys C-l 'watch 0.1 user count' Enter
sees 'watch' 'Every 0.1 s, until Ctrl-C: user count *

1'
# shellcheck disable=SC2086 # words
clean "$TASKMGR" -q $NEW --username w >/dev/null
sees 'shows what changes' 'Every 0.1 s, until Ctrl-C: user count *

2'
keys C-c
sees 'until Ctrl-C' '*
taskmgr(taskmanager.db)>'
keys C-l 'user show 99' Enter 'edit' Enter
sees 'edit, with the editor' '*
taskmgr(taskmanager.db)> user show 1 --columns id
*│  1 │*
taskmgr(taskmanager.db)>'
keys C-l Up
sees 'which the history keeps' 'taskmgr(taskmanager.db)> user show 1 --columns id'
keys C-c C-l '\q' Enter
sees 'and leaves' '*[[]left: 0[]]*'
open "'$TASKMGR' -q"
sees 'with -q no greeting' "$PROMPT"
run db init
run db revision -m later
keys Enter
sees 'revisions that are to be run' "*taskmgr(pending)>"
keys 'exit' Enter
rm -r taskmgr.ini migrations

# What a terminal does.
open "'$TASKMGR'"
sees 'a session' "*
$PROMPT"
tm set-buffer 'user count
user show 1 --columns slug --jsonl
'
tm paste-buffer -p
sees 'pasted lines wait for Enter' "*$PROMPT user count
user show 1 *"
keys Enter
sees 'and are run' '*
2
{"slug":"user1"}
taskmgr>'
keys C-l Up
sees 'and recalled together' 'taskmgr> user count
user show 1 --columns slug --jsonl'
keys C-c C-l
open_one=$SOCKET$SESSIONS
SESSIONS=$((SESSIONS + 1))
tm new-session -d -x 100 -y 30 "env -i HOME='$WORK/home' TERM=screen \
	LC_ALL=C.UTF-8 '$TASKMGR'; cat"
keys 'user count --where age=1' Enter
sees 'another session at the same time' '*
0
taskmgr>'
keys C-d
sees 'that ends' '*exit'
tm kill-server
env -u TMUX TMUX_TMPDIR="$WORK" tmux -L "$open_one" send-keys \
	'user count --where age=2' Enter C-d
SESSIONS=$((SESSIONS - 1))
sees 'and then the first' '*[[]left: 0[]]*'
same 'the history has both' "$(grep -c 'where age=[12]' \
	"$WORK/home/.local/state/taskmgr/history")" 2
tm kill-server
SESSIONS=$((SESSIONS + 2)) # not the name of the one that has just ended
open "bash --norc --noprofile"
sees 'bash' '*[$#]'
keys "PS1='% '; clear; '$TASKMGR' -q" Enter
sees 'in a shell' "*$PROMPT"
keys 'user cou'
sees 'half a command' "*$PROMPT user cou"
keys C-z
sees 'Ctrl-Z stops it' '*Stopped*%'
keys 'fg' Enter
sees 'fg continues it' "*fg*$PROMPT user cou"
keys 'nt' Enter
sees 'with its line' '*user count
2
taskmgr>'
tm resize-window -x 60 -y 30
keys 'user show 1 --columns id,username,firstname,lastname,age,slug --csv' Enter
sees 'a line that is folded in a new size' '*
1,user1,Pasha,Technique,40,user1
taskmgr>'
keys C-d
sees 'and out' '*exit*%'
keys C-l "'$TASKMGR' -q | cat >piped" Enter
sees 'with standard output a pipe' "*$PROMPT"
keys 'user count' Enter C-d
sees 'it is left' '*exit*%'
same 'no key and no prompt is in the pipe' "$(cat piped)" 2
keys C-l "TERM=dumb '$TASKMGR' -q" Enter
sees 'a dumb terminal' "*$PROMPT"
keys 'user count' Enter
sees 'works' '*
2
taskmgr>'
sqlite3 taskmanager.db "CREATE TABLE many (id INTEGER PRIMARY KEY, t TEXT);
	WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n
	WHERE i < 1000000) INSERT INTO many SELECT i, 'row ' || i FROM n"
keys 'many list --jsonl' Enter
sees 'a million rows' '*"row *'
keys C-c
sees 'Ctrl-C stops them; its message has a row of its own' '*
{"code":"interrupted"*
taskmgr>'
sees_not 'not that of ^C' '*^C{*'

# Tab reads a few pages of them, and so does what completes nothing.
# shellcheck disable=SC2016 # as it is typed
keys '! echo $PPID >pid && echo written' Enter
bytes_read() {
	awk '/^rchar/ { print $2 }' "/proc/$(cat pid)/io"
}
sees 'the prompt' '*
written
taskmgr>'
before=$(bytes_read)
keys 'many show 99999' Tab
sees 'Tab on a million rows' '*
999990 *999999 *
taskmgr> many show 99999'
keys C-u 'many list --t ro' Tab ' --where t=ro' Tab ' --csv' Tab
sees 'and on a column without an index' \
	'*taskmgr> many list --t ro --where t=ro --csv'
holds 'reads less than a megabyte' \
	test $(($(bytes_read) - before)) -lt 1000000
keys C-u

# Tab: values that need quotes, and what follows a word of the session.
keys C-d
sqlite3 q.db <<'SQL'
CREATE TABLE files (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
INSERT INTO files (name) VALUES ('new house one'), ('new house two'),
	('it''s'), ('k:v 1'), ('k:w'), ('a;b');
SQL
mkdir file
open "'$TASKMGR' -q --db q.db"
PROMPT='taskmgr(q.db)>'
sees 'a database of names' "$PROMPT"
# completes NAME LINE WANTED: the line after Tab.
completes() {
	keys C-u C-l "$2" Tab
	sees "$1" "$PROMPT $3"
}
keys 'file show ne' Tab
sees 'a blank gets a backslash' '*new house one *new house two
taskmgr(q.db)> file show new? house?*'
keys o Tab
sees 'also the second time' '*
taskmgr(q.db)> file show new? house? one'
completes 'within quotes' 'file show "new house t' 'file show "new house two"'
completes 'single ones' "file show 'new house t" "file show 'new house two'"
completes 'an apostrophe' 'file show it' "file show it\\\\'s"
completes 'and within quotes' "file show 'it" "file show 'it'\\\\''s'"
completes 'a semicolon' 'file show a' 'file show a\\;b'
keys C-u C-l 'file show k' Tab
sees 'a value with a blank is one of several' '*k:v 1 *k:w*'
completes 'a noun that is a folder, too' 'fil' 'file'
completes 'a setting' 'set timi' 'set timing'
completes 'its value' 'set timing of' 'set timing off'
completes 'a format' 'set format markd' 'set format markdown'
completes 'and a file' 'set output count.t' 'set output count.tm'
completes 'a file' 'read count.t' 'read count.tm'
completes 'a command that is watched' 'watch 2 file cou' 'watch 2 file count'
keys C-u C-l 'file show new\ house\ one --json --columns id' Enter
sees 'and what was completed is found' '*
{"id":1}
*'
finish
