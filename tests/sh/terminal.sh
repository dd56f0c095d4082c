#!/bin/sh
# What only a terminal shows, on a real pty.
. tests/lib.sh

# on_tty COLUMNS WORDS…: run on a terminal that wide and 24 lines high, without
# colour, which leaves what was shown in $WORK/out.
on_tty() {
	columns=$1
	shift
	: >"$WORK/err"
	STATUS=0
	for word; do
		printf " '%s'" "$(printf %s "$word" | sed "s/'/'\\\\''/g")"
	done >"$WORK/words"
	clean TASKMGR_PAGER=cat TERM=xterm NO_COLOR=1 script -qec \
		"stty cols $columns rows 24; '$TASKMGR' $(cat "$WORK/words")" \
		/dev/null </dev/null >"$WORK/raw" || STATUS=$?
	tr -d '\r' <"$WORK/raw" >"$WORK/out"
}

# What can come next.
fresh
on_tty 80 user list
is 'a missing database names the command that creates it' 6 "\
taskmgr: user list: database taskmanager.db does not exist
hint: create it with: taskmgr db upgrade" ''
run db upgrade
on_tty 80 task list
like 'an empty table: how to create a row' 0 \
	'*create the first one: taskmgr task create --title=abc --user-id=1' ''
on_tty 80 task list --completed
same 'nothing found is not an empty table' \
	"$(grep -c 'create the first' "$WORK/out")" 0
run task list
same 'a pipe gets no such line' "$(wc -c <"$WORK/err")" 0
on_tty 80 -q task list
same 'nor does --quiet' "$(grep -c 'create the first' "$WORK/out")" 0

# No rows are shown as such, and rows are readable at any width.
on_tty 80 task list --completed
is 'no rows' 0 "\
┌────┬───────┬─────────┬──────────┬───────────┬─────────┬──────┐
│ id │ title │ content │ priority │ completed │ user_id │ slug │
└────┴───────┴─────────┴──────────┴───────────┴─────────┴──────┘
(0 rows)" ''
on_tty 40 task list --completed
is 'on a narrow terminal' 0 '(0 rows)' ''
on_tty 80 task list --completed --format line
is 'in lines' 0 '(0 rows)' ''
on_tty 80 task list --completed --chart=title,priority
is 'in a chart' 0 '(0 rows)' ''
on_tty 80 task list --completed --csv
is 'but not in CSV' 0 'id,title,content,priority,completed,user_id,slug' ''
run task list --completed
same 'nor in a pipe' "$(grep -c rows "$WORK/out")" 0
run user create --username 'a long enough name' --firstname '' \
	--lastname 'L' --age 7
on_tty 64 user list
is 'shortened where that is readable' 0 "\
┌────┬─────────────┬───────────┬──────────┬─────┬─────────────┐
│ id │ username    │ firstname │ lastname │ age │ slug        │
├────┼─────────────┼───────────┼──────────┼─────┼─────────────┤
│  1 │ a long eno… │           │ L        │   7 │ a-long-eno… │
└────┴─────────────┴───────────┴──────────┴─────┴─────────────┘" ''
on_tty 44 user list
is 'in lines where it is not' 0 '       id = 1
 username = a long enough name
firstname = 
 lastname = L
      age = 7
     slug = a-long-enough-name' ''
on_tty 44 user list --format table
like 'an asked table is a table' 0 '┌─*│  1 │ a lo… │*' ''
run user list --width 44
like 'so is one in a pipe' 0 '┌─*│  1 │ a lo… │*' ''
sqlite3 wide.db "CREATE TABLE wide (id INTEGER PRIMARY KEY $(for i in $(seq 300); do
	echo ", c$i INTEGER DEFAULT $i"
done)); INSERT INTO wide DEFAULT VALUES;
	WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
	INSERT INTO wide (id, c1) SELECT i, NULL FROM n"
on_tty 80 --db wide.db wide list
same 'many columns and rows are in lines: as many' \
	"$(grep -c '^ *id = ' "$WORK/out"),$(wc -l <"$WORK/out")" \
	"1500,$((1500 * 302 - 1))"
same 'and in order' "$(sed -n 's/^ *id = //p' "$WORK/out" | sort -nc 2>&1)" ''

# Colours: bold and dim alone, which any background leaves readable.
clean TASKMGR_PAGER=cat TERM=xterm script -qec "stty cols 80; '$TASKMGR' --db wide.db wide list \
	--columns id,c1 --limit 2; '$TASKMGR' user list --format table" \
	/dev/null </dev/null >"$WORK/out"
same 'sequences' "$(grep -o "$(printf '\033')\[[0-9;]*[a-zA-Z]" "$WORK/out" |
	tr -d '\033' | sort -u | tr '\n' ' ')" '[0m [1m [2m '
like 'NULL is dim, and a word' 0 "*│ $(printf '\033')[2mNULL$(printf '\033')[0m │*" '*'

# Words of other programs, and the wrong way round.
for case in 'user remove:delete' 'user insert:create' 'user change:update' \
	'user view:show' 'user find:list'; do
	run ${case%%:*}
	like "${case%%:*}" 2 '' "*(did you mean ${case##*:}?)*"
done
for case in 'find users:user list' 'insert task:task create' 'serve:--serve' \
	'version:--version'; do
	run ${case%%:*}
	like "${case%%:*}" 2 '' "*did you mean: taskmgr ${case##*:}[?]"
done
run user help
cp "$WORK/out" help
run help user
is 'user help is help user' 0 "$(cat help)" ''
run user help list
cp "$WORK/out" help
run help user list
is 'user help list is help user list' 0 "$(cat help)" ''
run user
is 'a noun alone' 2 '' "\
taskmgr: user needs a command
hint: one of list, show, create, import, update, delete, count, tasks"
run user list -n 3
is 'a number of rows' 2 '' "\
taskmgr: user list: unexpected argument \"3\"
hint: write --limit 3"
run user update 1 age=5
is 'a field without its dashes' 2 '' "\
taskmgr: user update: unexpected argument \"age=5\"
hint: write --age 5"
for case in "age>5:--where 'age>5'" 'limit:--limit N' 'where:--where CONDITION'; do
	run user list "${case%%:*}"
	is "user list ${case%%:*}" 2 '' "\
taskmgr: user list: unexpected argument \"${case%%:*}\"
hint: write ${case#*:}"
done
run user update 1 nosuch=5
is 'which is not one' 2 '' \
	'taskmgr: user update: unexpected argument "nosuch=5"
hint: taskmgr user update --help'
printf '{"username":"n","firstname":"F","lastname":"L","age":1}\n\004' |
	clean TASKMGR_PAGER=cat TERM=xterm script -qec "'$TASKMGR' user create --data - -q" \
	/dev/null >"$WORK/out"
on_tty 80 user count
is 'records typed at a terminal' 0 2 ''
run --db wide.db wide list --columns nope
is 'an error names some of many columns' 2 '' "taskmgr: wide list: no column \"nope\"
hint: columns: id, $(seq -s ', ' -f 'c%.0f' 29) and 271 more"
finish
