#!/bin/sh
# Long work: what a terminal shows of an import, and how it is interrupted.
. tests/lib.sh
. "$TOP/tests/terminal.sh"
fresh
run db upgrade
mkfifo rows.csv
lines() {
	seq "$1" "$2" | sed 's/.*/u&,F,L,1/'
}
cd "$WORK/here" || exit 1
start() {
	open "$TASKMGR user import rows.csv --columns username,firstname,lastname,age"
	exec 8>rows.csv
	lines 1 300 >&8
	# A line is shown after half a second.
	sleep 0.7
	lines 301 600 >&8
}

start
sees 'records and their rate' '[1-9]* records, [1-9]* a second'
keys C-c
sees 'Ctrl-C ends it' 'taskmgr: user import: interrupted
*left: 130*'
exec 8>&-
same 'and nothing is imported' \
	"$(sqlite3 taskmanager.db 'SELECT count(*) FROM users')" 0

start
sees 'again' '*records, * a second'
exec 8>&-
sees 'the counts take the place of the line' \
	'inserted 600, updated 0, skipped 0, rejected 0
*left: 0*'
same 'with all rows' \
	"$(sqlite3 taskmanager.db 'SELECT count(*) FROM users')" 600

lines 601 602 >few.csv
open "$TASKMGR user import few.csv --columns username,firstname,lastname,age --json"
sees 'as JSON' '{"inserted":2,"updated":0,"skipped":0,"rejected":0,"problems":[]}
*left: 0*'

# A backup and a restore ask before and say what was done.
open "$TASKMGR db backup copy.db && sqlite3 taskmanager.db 'DELETE FROM users' &&
	$TASKMGR db restore copy.db"
sees 'a restore asks' '*Replace all data in sqlite:///taskmanager.db with copy.db? \[y/N\]*'
keys n Enter
sees 'and takes a no' '*nothing was changed
*left: 1*'
same 'so all is as it was' \
	"$(sqlite3 taskmanager.db 'SELECT count(*) FROM users')" 0
open "$TASKMGR db restore copy.db"
sees 'asks again' '*\[y/N\]*'
keys y Enter
sees 'and takes a yes' '*Restored sqlite:///taskmanager.db from copy.db
*left: 0*'
same 'all rows are there' \
	"$(sqlite3 taskmanager.db 'SELECT count(*) FROM users')" 602

finish
