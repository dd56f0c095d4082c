#!/bin/sh
# The grammar of the shell, its scripts, its settings.
. tests/lib.sh

# with VARIABLE=VALUE… -- WORDS…: run with more in the environment.
with() {
	STATUS=0
	clean "$@" >"$WORK/out" 2>"$WORK/err" || STATUS=$?
}
plain() {
	tr -d '\r' <"$WORK/out" >"$WORK/plain" && mv "$WORK/plain" "$WORK/out"
}
esc=$(printf '\033')
visible() {
	sed "s/$esc/^/g" <"$WORK/out" >"$WORK/plain" &&
		mv "$WORK/plain" "$WORK/out"
}
with_users

# Options stand anywhere.
run --json user show user1 --columns id
is 'an option before the noun' 0 '{"id":1}' ''
run user --json show user1 --columns=id
is 'between noun and verb, and with =' 0 '{"id":1}' ''
run user show --columns id user1 --json
is 'before the argument' 0 '{"id":1}' ''
run user show --columns id -- user1
is '-- ends options' 0 "\
┌────┐
│ id │
├────┤
│  1 │
└────┘" ''
run -- user count
is 'also before the command' 0 2 ''
run user show -- --json
is 'after -- are only words' 3 '' \
	'taskmgr: user show: User was not found (no user "--json")'
run -o out.json user show user1 --json --columns id
is '-o VALUE' 0 '' ''
same 'writes the file' "$(cat out.json)" '{"id":1}'
run user list -oout.csv --csv --columns id
is '-oVALUE' 0 '' ''
run -qn user update 1 --age 41 --columns age --jsonl
is 'letters together' 0 '{"age":41}' ''
run user show user1 --columns age --jsonl
is 'a dry run changed nothing' 0 '{"age":40}' ''
run user list --format json --csv --columns id --limit 1
plain
is 'the last format counts' 0 "\
id
1" ''
run user show user1 user2 --columns id,slug --tsv --no-header
is 'without a header' 0 "\
1	user1
2	user2" ''
run usr list
is 'an unknown noun' 2 '' "\
taskmgr: unknown command usr (did you mean user?)
hint: taskmgr help lists all commands"
run user shwo 1
is 'an unknown verb' 2 '' "\
taskmgr: user has no command shwo (did you mean show?)
hint: taskmgr help user lists them"
# meant WORDS: said without the noun, or as other tools do; what is meant.
meant() {
	# shellcheck disable=SC2086 # words
	run $1
	is "$1" 2 '' "taskmgr: unknown command ${1##* }
hint: did you mean: taskmgr $2?"
}
meant upgrade 'db upgrade'
meant 'help list-templates' 'db list_templates'
meant makemigrations 'db revision'
# What other database shells have for it.
meant tables 'db info'
meant .tables 'db info'
meant '\dt' 'db info'
meant '\d' 'db schema'
meant .schema 'db schema'
run show tables
is 'show tables' 2 '' 'taskmgr: unknown command show
hint: did you mean: taskmgr db info?'
run SHOW TABLES
is 'in capitals' 2 '' 'taskmgr: unknown command SHOW
hint: did you mean: taskmgr db info?'
run describe users
is 'describe users' 2 '' 'taskmgr: unknown command describe
hint: did you mean: taskmgr db schema users?'
# hinted WORDS: no command of a session, but a hint on what to type.
hinted() {
	# shellcheck disable=SC2086 # words
	run -c "$1"
	is "$1" 2 '' "taskmgr: unknown command ${1%% *}
hint: $2"
}
hinted clear 'Ctrl-L clears the screen'
hinted 'cd ..' \
	'a session stays in its folder; use FILE opens another database'
hinted q 'exit leaves a session'
hinted ':wq' 'exit leaves a session'
hinted 'pwd' 'in a session, !COMMAND runs a command of the shell'
hinted 'cat /etc/motd' 'in a session, !COMMAND runs a command of the shell'
hinted 'source s.tm' 'read FILE runs the commands in a file'
hinted '.mode csv' \
	'set format NAME chooses the format, set alone lists all settings'
for leave in 'quit()' 'exit()' .q :q; do
	run -c "user count --format text; $leave; user count"
	is "$leave leaves" 0 2 ''
done
run -c 'help()'
like 'help() helps' 0 'Usage: *' ''
run -c '\timing on; user count --format text'
like '\timing' 0 2 '1 row *'
sqlite3 words.db 'CREATE TABLE q (cd TEXT); CREATE TABLE clear (q TEXT)'
run --db words.db -c 'q create --cd 1 --jsonl; clear count --format text'
is 'all of which a table may be called' 0 '{"rowid":1,"cd":"1"}
0' ''
run db schema user
is 'a table by its noun' 3 '' \
	'taskmgr: db schema: unknown table "user" (did you mean users?)'
run upgrade head --sql
is 'a verb with what belongs to it' 2 '' 'taskmgr: unknown command upgrade
hint: did you mean: taskmgr db upgrade?'
run revision --autogenerate -m x
is 'the noun is judged before its options' 2 '' \
	'taskmgr: unknown command revision
hint: did you mean: taskmgr db revision?'
run usr --frmat json
is 'whatever they are' 2 '' \
	'taskmgr: unknown command usr (did you mean user?)
hint: taskmgr help lists all commands'
run --sort -age user list --columns username --jsonl
is 'an option of a command before it' 0 '{"username":"user2"}
{"username":"user1"}' ''
run user --sort -age --columns username --jsonl list
is 'or inside it' 0 '{"username":"user2"}
{"username":"user1"}' ''
run --age 50 --firstname user user --lastname db create --username list \
	--columns firstname,lastname,username --jsonl
is 'with values that are nouns and verbs' 0 \
	'{"firstname":"user","lastname":"db","username":"list"}' ''
run --yes user delete list
run --no-completed --priority 1 task count
is 'a switch before it takes no word' 0 1 ''
run -m note db heads
is 'a letter of no such command' 2 '' 'taskmgr: unknown option -m
hint: taskmgr db heads --help lists them'
run --limit user list
is 'an option that has the noun for its value' 2 '' \
	'taskmgr: option --limit needs a value'
run --agee 50 user create
is 'a misspelt one' 2 '' \
	'taskmgr: unknown option --agee (did you mean --age?)
hint: taskmgr user create --help lists them'
run user delete --alll
is 'only what is near' 2 '' 'taskmgr: user delete: unknown option --alll (did you mean --all?)
hint: taskmgr user delete --help lists them'
run user create --prot x
is 'and valid there' 2 '' 'taskmgr: user create: unknown option --prot
hint: taskmgr user create --help lists them'
run --prot 1
is 'as it is before a command' 2 '' 'taskmgr: unknown option --prot (did you mean --port?)
hint: taskmgr help options lists them'
run task update 1 --completed --no-completed
is 'a switch and its opposite' 2 '' 'taskmgr: task update: options --completed and --no-completed contradict each other'
run task update 1 --no-completed=false
is 'a negation takes no value' 2 '' 'taskmgr: task update: --no-completed takes no value: write --completed or --no-completed'
# bad WORDS: what is wrong with an option's value is usage.
bad() {
	message=$1
	shift
	run "$@"
	is "$*" 2 '' "taskmgr: $message"
}
bad 'user list: --limit must be a whole number of at least 0, not abc' \
	user list --limit abc
bad 'user list: --offset must be a whole number of at least 0, not -1' \
	user list --offset=-1
bad 'db diagram: --format must be text, mermaid or dot, not svg' \
	db diagram --format svg
bad 'db upgrade: --sql must be true or false, not maybe' \
	db upgrade --sql=maybe
bad 'db log: --limit must be a whole number, not x' db log --limit x
run list
is 'a verb of several nouns' 2 '' 'taskmgr: unknown command list
hint: begin with a noun: taskmgr user list'
run rm 5
is 'or another word for it' 2 '' 'taskmgr: unknown command rm
hint: begin with a noun: taskmgr user delete'
run user 1
is 'a key without a verb' 2 '' 'taskmgr: user has no command 1
hint: did you mean: taskmgr user show 1?'
run task update 1 --completed yes
is 'a switch with a value after it' 2 '' \
	'taskmgr: task update: unexpected argument "yes"
hint: attach the value with =: --completed=yes'
run user create bob
is 'an argument where there is none' 2 '' \
	'taskmgr: user create: unexpected argument "bob"
hint: taskmgr user create --help'
for words in migrate:upgrade deploy:upgrade up:upgrade rollback:downgrade \
	down:downgrade makemigrations:revision new:revision \
	generate:revision showmigrations:status sqlmigrate:show dump:schema; do
	run db "${words%%:*}"
	is "db ${words%%:*}" 2 '' "\
taskmgr: db has no command ${words%%:*} (did you mean ${words#*:}?)
hint: taskmgr help db lists them"
done
run zzzz list
is 'a noun that nothing is close to' 2 '' "\
taskmgr: unknown command zzzz
hint: taskmgr help lists all commands"
run user list --limt 1
is 'an unknown option' 2 '' "\
taskmgr: user list: unknown option --limt (did you mean --limit?)
hint: taskmgr user list --help lists them"
run --jsno user list
is 'an unknown option of the program' 2 '' "\
taskmgr: unknown option --jsno (did you mean --json?)
hint: taskmgr user list --help lists them"
run user list -Z
is 'an unknown letter' 2 '' "\
taskmgr: user list: unknown option -Z
hint: taskmgr user list --help lists them"
run user list --read-only=yes
is 'a switch takes no value' 2 '' 'taskmgr: user list: --read-only takes no value'
run user list --json=false --columns id --limit 0
is 'but false' 0 "\
┌────┐
│ id │
└────┘" ''
run user lis
is 'no abbreviations' 2 '' "\
taskmgr: user has no command lis (did you mean list?)
hint: taskmgr help user lists them"
run user list --lim 1
is 'nor of options' 2 '' "\
taskmgr: user list: unknown option --lim (did you mean --limit?)
hint: taskmgr user list --help lists them"
run user
is 'a noun alone' 2 '' "\
taskmgr: user needs a command
hint: one of list, show, create, import, update, delete, count, tasks"
run user list --format
is 'an option without its value' 2 '' \
	'taskmgr: user list: option --format needs a value'
run user list --format jason
is 'an invalid format' 2 '' \
	'taskmgr: user list: no format "jason" (did you mean json or jsonl?)
hint: formats: table, text, line, json, jsonl, csv, tsv, markdown, insert, chart'
run user list --width x
is 'an invalid width' 2 '' \
	'taskmgr: user list: --width must be a number of columns, not x'
run user list --color red
is 'an invalid colour' 2 '' \
	'taskmgr: user list: --color must be auto, always or never, not red'
run user list --version
is 'an option of the start after a command' 2 '' \
	'taskmgr: user list: --version cannot be used with a command'
run db upgrade -c taskmgr.ini
is 'what Alembic has -c for' 2 '' \
	'taskmgr: db upgrade: --command cannot be used with a command
hint: --config FILE reads another taskmgr.ini'
run -c 'user count' user list
like 'and before one' 2 '' 'taskmgr: *'

# -c, -f, standard input.
run -c 'user count; task count'
is '-c with ;' 0 "\
2
1" ''
run -c 'user count
task count'
is '-c with a newline' 0 "\
2
1" ''
run -c 'user show 99; user count'
is 'the first error stops' 3 '' \
	'taskmgr: user show: User was not found (no user 99)'
run --keep-going -c 'user show 99; nope; user count'
is '--keep-going continues, the first status is kept' 3 '2' "\
taskmgr: user show: User was not found (no user 99)
taskmgr: unknown command nope
hint: taskmgr help lists all commands"
echo 'task count; user list --json --columns id --limit 1' >script
run -c 'user count' -f script --command='task count'
is 'all -c and -f are run, in order' 0 '2
1
[{"id":1}]
1' ''
run -c 'user show 99' -f script
is 'until one fails' 3 '' \
	'taskmgr: user show: User was not found (no user 99)'
run --keep-going -qc 'user show 99' -f nowhere -fscript
is 'or on, with the status of the first' 3 '1
[{"id":1}]' 'taskmgr: user show: User was not found (no user 99)
taskmgr: nowhere: No such file or directory'
echo 'user count' >other
run -c 'user count; exit' -f other
is 'exit ends all of them' 0 2 ''
run -f script -c 'user create --data - --columns id --csv --no-header' -f - <other
like 'one standard input has commands or data' 2 '*' '*standard input already holds*'
run '--command=user count' user list
like 'a command together with -c, joined by =' 2 '' \
	'taskmgr: "user list" cannot be combined with --command*'
run -qc 'user count' user list
like 'or among letters' 2 '' 'taskmgr: "user list" cannot be combined with --command*'
run -c ''
is 'nothing to do' 0 '' ''
run -c ' ; ;;# user count'
is 'nothing but blanks and comments' 0 '' ''
run -c "user show 'user1' --columns id --json; user show \"user1\" --columns 'id' --json; user show use\\r1 --columns \"i\"'d' --json"
is 'quotes' 0 '{"id":1}
{"id":1}
{"id":1}' ''
run -c "user show 'user1"
is 'a quote that is not closed' 2 '' 'taskmgr: a quote is not closed'
run -c 'user show "a \"b\" \\ c"'
is 'quotes in quotes' 3 '' \
	'taskmgr: user show: User was not found (no user "a "b" \ c")'
run -c 'user create --username "#1; x" --firstname a#b --lastname "" --age 1 --columns username,firstname,lastname --jsonl'
is 'marks in quotes and in words' 0 '{"username":"#1; x","firstname":"a#b","lastname":""}' \
	''
run -c 'user delete 3'
is 'a script is not asked' 2 '' \
	'taskmgr: user delete: Delete user 3 “#1; x”? Without a terminal this needs --yes'
run -c 'user delete 3' --yes
is 'unless --yes was given' 0 '' 'Deleted user 3'
run -c '--json user count; user count'
is 'options hold for their command' 0 '{"count":2}
2' ''
run --json -c 'user count; user count --format text'
is 'those of the start for all' 0 '{"count":2}
2' ''
cat >script <<-'END'
	# Comment
	user count   # another
	user create --username 'two
	lines' --firstname F --lastname L --age 3 --tsv --columns username

	user count; user show 99; user count
	user count
END
run -f script
is 'a script with its line numbers' 3 '2
username
two\nlines
3' \
	'taskmgr: script:6: user show: User was not found (no user 99)'
run --keep-going -f script
is 'a script that continues' 4 "\
3
3
3
3" \
	'taskmgr: script:3: user create: username "two\nlines" is already taken by user 3
taskmgr: script:6: user show: User was not found (no user 99)'
run -f - <script
is 'a script from standard input' 4 '3' \
	'taskmgr: standard input:3: user create: username "two\nlines" is already taken by user 3'
printf 'user count\nuser sho' >script
run <script
is 'standard input, and a last line without its end' 2 '3' "\
taskmgr: standard input:2: user has no command sho (did you mean show?)
hint: taskmgr help user lists them"
printf "user count\nuser show 'x\n\n" >script
run <script
is 'a quote that is not closed, with the line it begins in' 2 '3' \
	'taskmgr: standard input:2: a quote is not closed'
printf 'user count\r\nuser count\r\n' >script
run -f script
is 'line ends of other systems' 0 "\
3
3" ''
echo 'user create --data -' >script
run <script
is 'records cannot come from where the commands do' 2 '' \
	'taskmgr: standard input:1: user create: --data -: standard input already holds the commands; name a file'
echo '{"username":"piped","firstname":"F","lastname":"L","age":1}' >record
run -f script --output /dev/null <record
is 'but from standard input together with a script' 0 '' ''
run -f nowhere
is 'a script that is not there' 1 '' \
	'taskmgr: nowhere: No such file or directory'
run -f .
like 'a script that is a folder' 1 '' 'taskmgr: *Is a directory'
run </dev/null
is 'an empty script' 0 '' ''
cat >script <<-'END'
	db downgrade base
	user count
	db upgrade
	user count
END
run --db other.db db upgrade
run --db other.db -f script
like 'a script sees the schema change' 6 '' \
	'Running downgrade *script:2: unknown command user*'
run --db other.db --keep-going -f script
like 'and change back' 6 '0' '*Running upgrade *'

# Output.
run user list -o list.csv --csv --columns id --no-header
plain
is 'to a file' 0 '' ''
same 'the file has it' "$(tr -d '\r' <list.csv | tr '\n' ' ')" '1 2 3 4 '
run user list -o - --columns id --jsonl --limit 1
is '- is standard output' 0 '{"id":1}' ''
sqlite3 taskmanager.db 'CREATE TABLE n (a TEXT, b INTEGER)' \
	"INSERT INTO n VALUES (NULL, 1), ('', NULL)"
for format in table line csv tsv json markdown text; do
	run n list --columns a,b --null '(nil)' --format $format
	cat "$WORK/out" >>nulls
done
tr -d '\r' <nulls >"$WORK/out"
is 'NULL in every format but JSON' 0 '┌───────┬───────┐
│ a     │     b │
├───────┼───────┤
│ (nil) │     1 │
│       │ (nil) │
└───────┴───────┘
a = (nil)
b = 1

a = 
b = (nil)
a,b
(nil),1
,(nil)
a	b
(nil)	1
	(nil)
[{"a":null,"b":1},
 {"a":"","b":null}]
| a | b |
| --- | ---: |
| (nil) | 1 |
|  | (nil) |
(nil)	1
	(nil)' ''
run n list --no-header
is 'a table without header' 0 "\
┌───┬──────┬──────┐
│ 1 │ NULL │    1 │
│ 2 │      │ NULL │
└───┴──────┴──────┘" ''
run user list --width 30 --limit 1
is 'a table that is narrow' 0 "\
┌────┬──────┬──────┬──────┬─────┬──────┐
│ id │ use… │ fir… │ las… │ age │ slug │
├────┼──────┼──────┼──────┼─────┼──────┤
│  1 │ use… │ Pas… │ Tec… │  40 │ use… │
└────┴──────┴──────┴──────┴─────┴──────┘" ''
run user list --width 40 --limit 1 --columns id,username,firstname
is 'and one that fits' 0 "\
┌────┬──────────┬───────────┐
│ id │ username │ firstname │
├────┼──────────┼───────────┤
│  1 │ user1    │ Pasha     │
└────┴──────────┴───────────┘" ''
run task list --color always --columns id,title
visible
is 'colour' 0 "\
┌────┬──────────┐
│ ^[1mid^[0m │ ^[1mtitle^[0m    │
├────┼──────────┤
│  1 │ Buy milk │
└────┴──────────┘" ''
run n list --color always --limit 1
visible
is 'a dimmed NULL' 0 "\
┌───────┬──────┬───┐
│ ^[1mrowid^[0m │ ^[1ma^[0m    │ ^[1mb^[0m │
├───────┼──────┼───┤
│     1 │ ^[2mNULL^[0m │ 1 │
└───────┴──────┴───┘" ''
# coloured NAME WANT VARIABLE=VALUE…
coloured() {
	name=$1 want=$2
	shift 2
	# shellcheck disable=SC2086 # words
	with "$@" "$TASKMGR" $OPTION n list
	case $(cat "$WORK/out") in
	*"$esc"*) same "$name" yes "$want" ;;
	*) same "$name" no "$want" ;;
	esac
}
OPTION=
coloured 'no colour in a pipe' no TERM=xterm
coloured 'FORCE_COLOR' yes FORCE_COLOR=1
coloured 'FORCE_COLOR=0' no FORCE_COLOR=0
coloured 'CLICOLOR_FORCE' yes CLICOLOR_FORCE=1
coloured 'CLICOLOR_FORCE in a dumb terminal' yes CLICOLOR_FORCE=1 TERM=dumb
coloured 'NO_COLOR wins over FORCE_COLOR' no NO_COLOR=1 FORCE_COLOR=1
coloured 'an empty NO_COLOR is none' yes NO_COLOR= FORCE_COLOR=1
coloured 'FORCE_COLOR wins over CLICOLOR=0' yes CLICOLOR=0 FORCE_COLOR=1
OPTION='--color always'
coloured '--color always wins over NO_COLOR' yes NO_COLOR=1 TERM=dumb
OPTION='--color never'
coloured '--color never wins over FORCE_COLOR' no FORCE_COLOR=1
OPTION='--json --color always'
coloured 'JSON is never coloured' no FORCE_COLOR=1
with LC_ALL=C "$TASKMGR" user list --columns id,slug --limit 1
is 'ASCII boxes in another locale' 0 "\
+----+-------+
| id | slug  |
+----+-------+
|  1 | user1 |
+----+-------+" ''
with LC_ALL= LC_CTYPE= LANG=de_DE.ISO-8859-1 "$TASKMGR" user count --format table
is 'whichever variable sets it' 0 "\
+-------+
| count |
+-------+
|     4 |
+-------+" ''
with LC_ALL= LANG=de_DE.utf8 "$TASKMGR" user count --format table
is 'UTF-8 by another spelling' 0 "\
┌───────┐
│ count │
├───────┤
│     4 │
└───────┘" ''
run user create --username 日本語 --firstname "$(printf 'e\314\201')" \
	--lastname 👩‍👩‍👧 --age 1 --columns username,firstname,lastname
is 'display width' 0 "\
┌──────────┬───────────┬──────────┐
│ username │ firstname │ lastname │
├──────────┼───────────┼──────────┤
│ 日本語   │ é         │ 👩‍👩‍👧       │
└──────────┴───────────┴──────────┘" ''
run user create --username abcdefghij --firstname 🇩🇪 --lastname ｆｕｌｌ --age 1 \
	--quiet -o /dev/null
run user list --columns username,firstname,lastname,age --offset 4
is 'and its columns' 0 "\
┌────────────┬───────────┬──────────┬─────┐
│ username   │ firstname │ lastname │ age │
├────────────┼───────────┼──────────┼─────┤
│ 日本語     │ é         │ 👩‍👩‍👧       │   1 │
│ abcdefghij │ 🇩🇪        │ ｆｕｌｌ │   1 │
└────────────┴───────────┴──────────┴─────┘" ''
run user list --columns username --offset 4 --width 10
is 'and shortened' 0 "\
┌────────┐
│ usern… │
├────────┤
│ 日本語 │
│ abcde… │
└────────┘" ''

# Asking, and not changing.
run user delete user1
is 'a question without a terminal' 2 '' \
	'taskmgr: user delete: Delete user 1 “user1” and 1 task? Without a terminal this needs --yes'
run user delete user1 --no-input
is 'a question that must not be asked' 2 '' \
	'taskmgr: user delete: Delete user 1 “user1” and 1 task? With --no-input this needs --yes'
run -n user delete user1
is 'a dry run answers with the question' 0 '' \
	'Delete user 1 “user1” and 1 task? (dry run: nothing was changed)'
run user delete user1 -n --yes
is 'with --yes, too' 0 '' \
	'Delete user 1 “user1” and 1 task? (dry run: nothing was changed)'
run user count
is 'and deletes nothing' 0 '6' ''
run --dry-run user create --username dry --firstname F --lastname L --age 1 --columns slug --jsonl
is 'a dry run creates, and takes it back' 0 '{"slug":"dry"}' \
	'(dry run: nothing was changed)'
run user show dry
is 'it is not there' 3 '' \
	'taskmgr: user show: User was not found (no user "dry")'
before=$(sha256sum taskmanager.db)
run --read-only user create --username ro --firstname F --lastname L --age 1
like 'read-only writes nothing' 1 '' 'taskmgr: user create: database taskmanager.db cannot be written: *'
run --read-only user list --columns id --jsonl --limit 1
is 'and reads' 0 '{"id":1}' ''
run --read-only db downgrade base
same 'nor does it migrate' "$((STATUS != 0))" 1
same 'not a byte' "$(sha256sum taskmanager.db)" "$before"
run --db fresh.db --dry-run db upgrade
like 'a dry run of a first upgrade' 0 '*' '*'
holds 'makes no file' test ! -e fresh.db

# Which database, which settings.
fresh
mkdir -p home/.config/taskmgr deep/er xdg/taskmgr
for name in one two three four; do
	run --db $name.db db upgrade
	run --db $name.db user create --username $name --firstname F \
		--lastname L --age 1 --quiet -o /dev/null
done
HERE=$PWD
which() {
	with "$@" "$TASKMGR" user list --columns username --format text
}
which TASKMGR_DB=one.db
is 'TASKMGR_DB' 0 'one' ''
which TASKMGR_DB=sqlite:///one.db
is 'as a URL' 0 'one' ''
which "TASKMGR_DB=sqlite:///$HERE/one.db"
is 'as an absolute URL' 0 'one' ''
which TASKMGR_DB=sqlite+aiosqlite:///one.db
is 'as a URL with a driver of Python' 0 'one' ''
with TASKMGR_DB=one.db "$TASKMGR" --db two.db user list --columns username --format text
is '--db wins' 0 'two' ''
printf '; comment\n# another\n[taskmgr]\n  url = sqlite:///three.db  \nformat=jsonl\n' >taskmgr.ini
run user list --columns username
is 'taskmgr.ini' 0 '{"username":"three"}' ''
which TASKMGR_DB=one.db
is 'TASKMGR_DB wins over taskmgr.ini, an option over its format' 0 'one' ''
cd deep/er || exit 1
run user list --columns username
is 'taskmgr.ini upwards, relative to its folder' 0 '{"username":"three"}' ''
cd ../..
printf '[taskmgr]\nurl = ../four.db\n' >deep/taskmgr.ini
cd deep/er || exit 1
run user list --columns username --format text
is 'the nearest one' 0 'four' ''
cd ../..
printf '[taskmgr]\nurl = sqlite+pysqlite:///../four.db\n' >deep/taskmgr.ini
run --config deep/taskmgr.ini user list --columns username --format text
is 'a URL with a driver, relative to its file' 0 'four' ''
run --config deep/taskmgr.ini user list --columns username --format text
is '--config' 0 'four' ''
run --config nowhere.ini user list
is '--config of what is not there' 2 '' \
	'taskmgr: user list: nowhere.ini: No such file or directory'
rm taskmgr.ini
printf '[taskmgr]\nurl = %s/two.db\n' "$HERE" >xdg/taskmgr/config.ini
which "XDG_CONFIG_HOME=$HERE/xdg"
is 'XDG_CONFIG_HOME' 0 'two' ''
printf '[taskmgr]\nformat = csv\n' >taskmgr.ini
with "XDG_CONFIG_HOME=$HERE/xdg" "$TASKMGR" user list --columns username
plain
is 'what taskmgr.ini leaves open is read there' 0 "\
username
two" ''
printf '[taskmgr]\nurl = one.db\n\nformt = json\n' >taskmgr.ini
run user list
is 'an unknown key' 2 '' \
	'taskmgr: user list: taskmgr.ini:4: unknown key formt in [taskmgr] (did you mean format?)'
printf '[server]\nport = abc\n' >taskmgr.ini
run user count
like 'an invalid port' 2 '' \
	'taskmgr: user count: *taskmgr.ini:2: --port must be a number up to 65535, not abc'
printf '[server]\nurl = one.db\n' >taskmgr.ini
run user list
like 'a key of another section' 2 '' 'taskmgr: *taskmgr.ini:2: unknown key url in *server*'
# ini TEXT MESSAGE: what is wrong with the file, and what to do.
ini() {
	# shellcheck disable=SC2059 # escapes on purpose
	printf "$1\n" >taskmgr.ini
	run user count
	is "$1" 2 '' "taskmgr: user count: taskmgr.ini:$2"
}
ini 'url = x.db' '1: url comes before any section
hint: put [taskmgr] in a line above it'
ini '[other]\nx = 1' '1: unknown section [other]
hint: sections: [taskmgr], [server]'
ini '[taskmger]' '1: unknown section [taskmger] (did you mean taskmgr?)'
ini '[taskmgr]\nurl = "sqlite:///x.db"' \
	'2: url is in quotes, which would be part of it
hint: write: url = sqlite:///x.db'
ini '[taskmgr]\n\nurl = mysql://host/x' \
	'3: database mysql://host/x: only sqlite: URLs and paths can be opened'
ini '[taskmgr]\nurl = sqlite://x.db' \
	'2: database sqlite://x.db: a path needs three slashes (sqlite:///x.db)'
ini '[taskmgr]\nurl =' '2: url has no value
hint: give it one, or remove the line'
ini '[taskmgr]\nurl = a.db\nformat = csv\nurl = b.db' '4: url is given twice'
printf '\357\273\277[taskmgr]\nurl = one.db\nnull =\n' >taskmgr.ini
run user count --format text
is 'a byte order mark, and an empty text for NULL' 0 1 ''
printf '[taskmgr]\njust words\n' >taskmgr.ini
run user list
is 'an invalid line' 2 '' \
	'taskmgr: user list: taskmgr.ini:2: expected key = value'
printf '[taskmgr\n' >taskmgr.ini
run user list
is 'an invalid section' 2 '' \
	'taskmgr: user list: taskmgr.ini:1: a section is written [name]'
printf '[taskmgr]\nurl = one.db\nformat = xml\n' >taskmgr.ini
run user list
like 'an invalid format' 2 '' 'taskmgr: *no format "xml"*'
run --version
like 'the version needs no settings' 0 'taskmgr *' ''
rm taskmgr.ini

# Help and version.
run user list
is 'no database' 6 '' "\
taskmgr: user list: database taskmanager.db does not exist
hint: create it with: taskmgr db upgrade"
run --db one.db user list --help
is 'help of an operation' 0 "\
List users.

Usage: taskmgr user list [OPTIONS]

Example:
  taskmgr user list --limit 10

Options:
      --where CONDITION     only matching rows: 'age>=30'; repeatable
      --search TEXT         only rows with this text in any column
      --sort COLUMNS        sort by these; -COLUMN for descending
      --limit N             show at most N rows
      --offset N            skip the first N rows
      --after CURSOR        continue a list cut by a limit
      --with RELATED        related rows too, such as tasks; repeatable
      --id N
      --username TEXT       login name
      --firstname TEXT
      --lastname TEXT
      --age N
      --slug TEXT

Columns for --columns and --sort:
  id, username, firstname, lastname, age, slug

Options of every command: taskmgr help options" ''
cp "$WORK/out" help
for words in 'user list -h' 'help user list' '-h user list' '--help user list' \
	'user --help list'; do
	# shellcheck disable=SC2086 # words
	run --db one.db $words
	is "also as: $words" 0 "$(cat help)" ''
done
run --db one.db user --help
like 'help of a noun' 0 'Usage: taskmgr user COMMAND*list *show *create *update *delete *count *tasks *' ''
cp "$WORK/out" help
run --db one.db help user
is 'also as: help user' 0 "$(cat help)" ''
run --help
like 'help' 0 'Usage: taskmgr *Examples:*user create *Nouns:*user *task *db *help options *' ''
cp "$WORK/out" help
for words in help -h; do
	run $words
	is "also as: $words" 0 "$(cat help)" ''
done
run help options
like 'help on what every command takes' 0 'Usage: taskmgr *--db URL*--keep-going*--port*exit *Exit status: *' ''
run -c help
like 'help in a session has its words' 0 '*Nouns:*Words of a session:*exit *' ''
run -c 'help options'
like 'and its options' 0 '*--db URL*Formats:*' ''
same 'without those that start the program' \
	"$(grep -c -e --keep-going -e --port "$WORK/out")" 0
run help set
is 'help on a word of a session' 0 'In a session:
  set [NAME [VALUE]]        show or change a setting; default resets it' ''
cp "$WORK/out" help
run -c 'set --help'
is 'which has it itself' 0 "$(cat help)" ''
run -c 'help \watch'
is 'or by the name that psql has for it' 0 'In a session:
  watch [SECONDS] COMMAND   repeat a command' ''
run set
is 'but only help is outside of one' 2 '' 'taskmgr: unknown command set
hint: use it in a session: run taskmgr without a command'
run help nope
is 'help of what is not there' 2 '' "\
taskmgr: unknown command nope
hint: taskmgr help lists all commands"
run help user nope
is 'help of a verb that is not there' 2 '' "\
taskmgr: user has no command nope
hint: taskmgr help user lists them"
run --version
like 'the version' 0 'taskmgr [0-9]*GPL*' ''
run -V
like 'also as -V' 0 'taskmgr [0-9]*GPL*' ''
run --db one.db user create --help
like 'help names what is required' 0 '*--username TEXT*login name*required*--age N*required*--data*' ''
for option in db migrations config format columns output width; do
	run --$option '' user list
	is "--$option without a value" 2 '' \
		"taskmgr: option --$option needs a value"
done
# Help says what is true of the command.
run task update --help
same 'an update has no defaults' "$(grep -c default "$WORK/out")" 0
like 'its example does not wait for a terminal' 0 '*Example:
  taskmgr task update 1 --priority=1
*Columns for --columns:
  id, title, content, priority, completed, user_id, slug
*' ''
same 'a switch can be off' "$(grep -c -e '--completed *--no-completed for false' \
	"$WORK/out")" 1
run task create --help
like 'a new row has them' 0 '*--priority N *default 0*' ''
run user list --help
like 'which columns there are' 0 '*Columns for --columns and --sort:
  id, username, firstname, lastname, age, slug
*' ''
sqlite3 odd.db 'CREATE TABLE things (id INTEGER PRIMARY KEY,
	"the name" VARCHAR NOT NULL)'
run --db odd.db thing create --help
like 'an example can be typed' 0 "*taskmgr thing create '--the name=abc'
*" ''
finish
