#!/bin/sh
# A session (-c, -f, standard input) works on the database that is there now:
# missing, made, deleted or replaced between two commands.
. tests/lib.sh

USER="user create --username a --firstname b --lastname c --age 1 --csv"
ROW=$(printf 'id,username,firstname,lastname,age,slug\r\n1,a,b,c,1,a\r')

# What looks at a missing database takes it as empty, and that is not kept.
fresh
run db init
run db revision --autogenerate -m one
for look in 'db current' 'db status' 'db check' 'db diff' 'db log' \
	'db heads' 'db history' 'db info' 'db schema' 'db stamp head -n' \
	'db upgrade -n' 'db upgrade --sql' 'db ensure_version -n' \
	'db upgrade --read-only' 'db verify' 'user count' \
	'db revision --autogenerate -m looked -n'; do
	rm -f taskmanager.db*
	run -q --keep-going -c "$look; db upgrade; $USER"
	same "$look, then a database is made, and kept" \
		"$(clean "$TASKMGR" user show 1 --csv)" "$ROW"
done
fresh
touch taskmanager.db
run --keep-going -q -c 'user count; db upgrade'
same 'an empty file becomes a database as a missing one does' \
	"$(sqlite3 taskmanager.db 'PRAGMA journal_mode')" wal

# talk: a session on standard input; say LINE: a command, whose end is
# waited for; hush: its end.  $WORK/said and $WORK/told are what it wrote.
talk() {
	rm -f "$WORK/pipe" "$WORK/said" "$WORK/told"
	mkfifo "$WORK/pipe"
	clean "$TASKMGR" --keep-going <"$WORK/pipe" >"$WORK/said" \
		2>"$WORK/told" &
	TALKER=$!
	exec 3>"$WORK/pipe"
	SAID=0
}
say() {
	SAID=$((SAID + 1))
	printf '%s\nnothing-%s\n' "$1" "$SAID" >&3
	until grep -qs "unknown command nothing-$SAID" "$WORK/told"; do
		kill -0 "$TALKER" 2>/dev/null || return 1
		sleep 0.01
	done
}
hush() {
	exec 3>&-
	STATUS=0
	wait "$TALKER" || STATUS=$?
}
said() {
	cat "$WORK/said" && grep -v -e nothing- -e 'help lists all commands' \
		"$WORK/told"
}

for journal in wal delete; do
	fresh
	run db upgrade
	sqlite3 taskmanager.db "PRAGMA journal_mode = $journal" >"$WORK/out"
	run --db other.db db upgrade
	run --db other.db -c "$USER; user count"
	talk
	say 'user count'
	mv other.db taskmanager.db
	say 'user count'
	say 'user update 1 --age 7 --csv --no-header --columns age'
	rm -f taskmanager.db*
	say 'user count'
	say 'db upgrade'
	say 'user count'
	hush
	same "$journal: replaced, deleted and made again" \
		"$(said | sed 's/-> [0-9a-f]*/-> ID/' | tr -d '\r')" "\
0
1
7
0
taskmgr: standard input:7: user count: database taskmanager.db does not exist
hint: create it with: taskmgr db upgrade
Running upgrade  -> ID, Initial migration"
	same "$journal: and what was written is there" \
		"$(clean "$TASKMGR" user count)" 0
done

# A database of another schema: its commands are other ones.
fresh
run db upgrade
sqlite3 things.db 'CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)'
talk
say 'user count'
mv things.db taskmanager.db
say 'thing create --name x --csv --no-header'
say 'user count'
hush
same 'the commands follow the file' "$(said | tr -d '\r')" "\
0
1,x
taskmgr: standard input:5: unknown command user"

# One command's options are not the next one's.
fresh
run db upgrade
run -q -c "$USER; user update 1 --age 2 -n; user update 1 --age 3 --read-only"
like 'a command may be --read-only' 1 '*' '*cannot be written*'
same 'it and a dry run left the row' \
	"$(sqlite3 taskmanager.db 'SELECT age FROM users')" 1
run -q --keep-going -c "user create --username --read-only --age 3
user show 1 --read-only; user list -n; user update 1 --age 4"
same 'and the next command may write' \
	"$(sqlite3 taskmanager.db 'SELECT age FROM users')" 4

# The grammar of sessions: the program's name, exit, joined lines, a BOM.
with_users
run -c 'taskmgr user count; taskmgr; taskmgr -q task count --json'
is 'a session drops the leading name of the program' 0 '2
{"count":1}' ''
run -c 'taskmgr taskmgr user count'
is 'once' 2 '' 'taskmgr: unknown command taskmgr
hint: taskmgr help lists all commands'
run taskmgr user count
is 'the command line does not' 2 '' 'taskmgr: unknown command taskmgr
hint: taskmgr help lists all commands'
run -c 'user count; exit; user show 99'
is 'exit ends a session' 0 2 ''
printf 'user count\nquit\nuser show 99\n' >script
run <script
is 'so does quit, on standard input' 0 2 ''
run -f script
is 'and in a file' 0 2 ''
run --keep-going -c 'user count --jsonl; exit now'
is 'the format of a command is its own' 2 '{"count":2}' \
	'taskmgr: exit: unexpected argument "now"'
run --keep-going -c 'exit now; quit --tsv; user count'
is 'and takes no argument' 2 2 'taskmgr: exit: unexpected argument "now"
taskmgr: quit: unexpected argument "--tsv"'
printf 'user \\\n  co\\\nunt # no \\\nuser show 1 --columns \\\r\n"i\\\nd" --json\nuser show 9\134' \
	>script
run --keep-going -f script
is 'a newline after a backslash is skipped' 3 '2
{"id":1}' 'taskmgr: script:7: user show: User was not found (no user "9\")'
printf 'user count\\\\\nuser count \\\n' >script
run --keep-going -f script
is 'after two it is not, and at the end it ends the line' 2 2 \
	'taskmgr: script:1: user has no command count\ (did you mean count?)
hint: taskmgr help user lists them'
cat >script <<'END'
sql SELECT 'a;
 -- b' AS x,
 1 AS n
 --jsonl
user count --where "username != ';
--'"
select 2 AS n
; user count
END
run --keep-going -f script
is 'a command of several lines ends where it ends' 0 '{"x":"a;\n -- b","n":1}
2
┌───┐
│ n │
├───┤
│ 2 │
└───┘
2' ''
{
	echo 'sql SELECT max(column1) AS n FROM (VALUES (1)'
	seq -f ', (%.0f)' 2 4000
	echo ') --jsonl'
	echo "user show $(seq -s ' ' 20000)"
} >script
python3 - "$TASKMGR" <<'END' >"$WORK/out" 2>&1
import resource, subprocess, sys
subprocess.run([sys.argv[1], "-f", "script"])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 600000)
END
same 'thousands of lines and words take no memory' \
	"$(grep -v '^taskmgr: script:4002: user show: User was not' "$WORK/out")" '{"n":4000}
True'
printf '\357\273\277user count\n\357\273\277user count' >script
run -f script
is 'a byte order mark is skipped at the start alone' 2 2 \
	"$(printf 'taskmgr: script:2: unknown command \357\273\277user')
hint: taskmgr help lists all commands"
run -c '--tsv'
is 'options need a command' 2 '' 'taskmgr: no command given
hint: options apply to one command: user list --json'
run -c '--serve'
is 'taskmgr does not start inside of itself' 2 '' \
	'taskmgr: --serve works only when taskmgr starts
hint: give commands here, such as: help'
finish
