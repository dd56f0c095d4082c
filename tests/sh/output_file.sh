#!/bin/sh
# --output: what it replaces, what it leaves alone, what it refuses.
. tests/lib.sh
with_users
one='id
1
2'
# csv FILE: the ids as CSV into the file.
csv() {
	run user list --csv --columns id -o "$1"
}
# The ids that a file has, without carriage returns.
has() {
	tr -d '\r' <"$1"
}

# The database, by every name, and what SQLite keeps next to it.
ln taskmanager.db hard.db
ln -s taskmanager.db soft.db
ln -s taskmanager.db-wal soft.wal
before=$(cksum <taskmanager.db)
for file in taskmanager.db ./taskmanager.db "$PWD/taskmanager.db" hard.db \
	soft.db soft.wal taskmanager.db-wal taskmanager.db-shm \
	../here/taskmanager.db-journal; do
	csv "$file"
	is "-o $file" 2 '' "\
taskmgr: user list: --output $file is the database itself, or a file that \
SQLite keeps next to it
hint: write to another file"
done
run user create --username user3 --firstname a --lastname b --age 1 -o hard.db
same 'nothing is run before' "$STATUS $(cksum <taskmanager.db)" "2 $before"
run --db new.db db upgrade -o new.db
same 'nor is one made' "$STATUS $(ls new.db* 2>/dev/null)" '2 '
for file in hard.db soft.wal taskmanager.db-journal; do
	run db backup "$file"
	is "a backup as $file" 2 '' "\
taskmgr: db backup: $file is the database itself, or a file that SQLite keeps \
beside it"
done
rm -f hard.db soft.db soft.wal

# What the command reads, or writes in another way, is not replaced.
uses='is a file that the same command reads or writes
hint: write to another file'
# kept FILE ARGUMENTS: refused for the sake of the file, which stays as it was.
kept() {
	file=$1
	shift
	had=$(cat "$file" 2>/dev/null)
	run "$@" <"$WORK/in"
	like "$*" 2 '' "*$file $uses"
	same "$file after it" "$(cat "$file" 2>/dev/null)" "$had"
}
: >"$WORK/in"
echo '[taskmgr]' >my.ini
echo 'user count' >s.tm
ln s.tm hard.tm
printf 'user count -o t.tm\nuser count >> t.tm\n' >t.tm
echo '{"username":"q","firstname":"a","lastname":"b","age":1}' >q.json
printf 'username,firstname,lastname,age\nz,a,b,c\n' >i.csv
echo 'SELECT 1' >q.sql
echo 0123456789abcdef0123456789abcdef >token
kept s.tm -f s.tm -o s.tm
kept s.tm -c 'user count' -f hard.tm -o s.tm
kept t.tm --keep-going -f t.tm
kept t.tm -c 'read t.tm'
kept q.json user create --data @q.json -o q.json
kept i.csv user import i.csv -o ./i.csv
kept i.csv user import i.csv --rejects i.csv
kept r.csv user import i.csv --rejects r.csv -o r.csv
kept b.db db backup b.db -o b.db
kept b.db db upgrade --backup=b.db -o b.db
kept q.sql sql @q.sql -o q.sql
kept my.ini --config my.ini user list -o my.ini
kept my.ini --config my.ini user import i.csv --rejects my.ini
kept my.ini --config my.ini --serve --port 0 --access-log my.ini
kept token --serve --port 0 --token-file token --access-log token
cp s.tm "$WORK/in"
ln "$WORK/in" in 2>/dev/null && kept in -o in
cp i.csv "$WORK/in"
ln -f "$WORK/in" in 2>/dev/null && kept in user import - -o in
: >"$WORK/in"
same 'nothing was run before' "$(sqlite3 taskmanager.db \
	'SELECT count(*) FROM users')" 2
mkdir db
cp taskmanager.db db && cd db && run db init -q || exit
set -- migrations/versions/*.sql
kept "$1" db show head --sql up -o "$1"
kept migrations/schema.sql db diff -o migrations/schema.sql
run db schema -o migrations/schema.sql
is 'which another command does not read' 0 '' ''
cd .. && rm -r db
run --version -o version.txt
same 'the version' "$STATUS $(cat "$WORK/out") $(head -n 1 version.txt)" \
	'0  taskmgr 1.0'
run --version -o taskmanager.db
like 'is not written over the database' 2 '' '*is the database itself*'

# Links are followed, whether or not they end at a file.
ln -s kept.csv link.csv
csv link.csv
same 'a link to what is not there' "$STATUS $(readlink link.csv) $(has kept.csv)" \
	"0 kept.csv $one"
mkdir sub && ln -s ../kept.csv sub/link.csv && chmod 640 kept.csv
echo old >kept.csv
csv sub/link.csv
same 'a link, and the mode of the file' \
	"$STATUS $(readlink sub/link.csv) $(stat -c %a kept.csv) $(has kept.csv)" \
	"0 ../kept.csv 640 $one"
if [ "$(id -u)" = 0 ]; then
	chown 4711:4712 kept.csv
	csv kept.csv
	same 'the owner of the file' "$(stat -c '%u:%g %a' kept.csv)" \
		'4711:4712 640'
fi

# A command that fails leaves what was there.
run user show 9 -o kept.csv
same 'a failure leaves the file' "$STATUS $(has kept.csv) $(ls sub)" \
	"3 $one link.csv"

# What is no file is written as it is.
mkfifo pipe
cat pipe >got &
csv pipe
wait
same 'a FIFO' "$STATUS $(has got)" "0 $one"
STATUS=0
{ echo before; clean "$TASKMGR" user count -o /dev/stdout --format text; } \
	>both 2>err || STATUS=$?
same '/dev/stdout is where the shell sends it' "$STATUS $(cat both)" '0 before
2'
same 'which stays a link' "$(readlink /dev/stdout)" /proc/self/fd/1
run user count -o ''
is 'no name' 2 '' 'taskmgr: user count: option --output needs a value'
run user list --help -o help.txt
is 'help goes there too' 0 '' ''
same 'whole' "$(head -n 1 help.txt)" 'List users.'
run help -o taskmanager.db
like 'but not over the database' 2 '' '*is the database itself*'
run user count -o sub
is 'a folder' 1 '' 'taskmgr: user count: --output sub: Is a directory'
run user count -o no/such
is 'no such folder' 1 '' \
	'taskmgr: user count: --output no/such: No such file or directory'

# The results of a session follow one another.
run --jsonl -o all -c 'user count; user show 9' -c 'user count' --keep-going
same 'several commands, one file' "$STATUS $(tr '\n' ' ' <all)" \
	'3 {"count":2} {"count":2} '
printf 'user count\nuser count -o other\nuser count\n' >script
run --format text -o all -f script
same 'which begins empty' "$STATUS $(tr '\n' ' ' <all)" '0 2 2 '
same 'but for those of its own' "$(cat other)" 2
run --jsonl -o all -c 'user count; user show 1 9 --columns id'
same 'a failure adds nothing' "$STATUS $(cat all)" '3 {"count":2}'

# A command that is killed cleans up, and nothing follows it.
sqlite3 taskmanager.db 'CREATE VIEW endless AS WITH RECURSIVE n(i) AS
	(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n'
for signal in TERM=143 HUP=129; do
	clean "$TASKMGR" --keep-going -o killed --csv -c 'endless list' \
		-c 'user delete 1 -y' 2>"$WORK/err" &
	until set -- killed.*.tmp && [ -s "$1" ]; do
		kill -0 $! 2>/dev/null || break
		sleep 0.01
	done
	process=${1#killed.}
	kill "-${signal%=*}" "${process%.tmp}"
	STATUS=0
	wait $! || STATUS=$?
	same "SIG${signal%=*} leaves no file" "$STATUS $(echo killed*)" \
		"${signal#*=} killed*"
done
run user show 1 --columns id --jsonl
is 'nor does the next command run' 0 '{"id":1}' ''
run --serve --port 0 -o all
is 'a listener has no result' 2 '' \
	'taskmgr: --output cannot be combined with --serve'
finish
