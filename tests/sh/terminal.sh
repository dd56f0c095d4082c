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
	clean TERM=xterm NO_COLOR=1 script -qec \
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
finish
