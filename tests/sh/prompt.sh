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
is 'no file' 2 '' 'taskmgr: read: give it what it needs: read FILE'

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
is 'a word behind it' 2 '' 'taskmgr: unexpected argument "b" after a'
run -c 'help user | head -1; set | wc -l'
like 'it works for words of the session' 0 'Usage: taskmgr user COMMAND
*' ''
run -c '! echo "a;b"; echo c
user count; !exit 3'
is '! runs the shell, with the rest of the line' 1 'a;b
c
1' 'taskmgr: !: exit 3: exit status 3'
printf '! cat\nuser count\n' >input
run <input
is 'and reads no commands' 0 1 ''

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
sqlite3 odd.db "CREATE TABLE selects (id INTEGER PRIMARY KEY);
	CREATE TABLE withs (id INTEGER PRIMARY KEY)"
run --db odd.db -c 'select count; list with --csv'
is 'a table may have such a name' 0 "$(printf '0\nid\r')" ''

# At the prompt.
run user create --username y --firstname F --lastname L --age 3
open "'$TASKMGR' --db none.db"
sees 'without a database it says what creates one' \
	'taskmgr 1.0: none.db does not exist yet, db upgrade creates it
help lists the commands, *
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
keys '\q' Enter
sees 'and leaves' '*[[]left: 0[]]*'
open "'$TASKMGR' -q"
sees 'with -q no greeting' "$PROMPT"
run db init
run db revision -m later
keys Enter
sees 'revisions that are to be run' "*taskmgr(pending)>"
keys 'exit' Enter
finish
