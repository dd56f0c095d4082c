#!/bin/sh
# Long output on a terminal goes to a pager.
. tests/lib.sh

PAGED=''
. "$TOP/tests/terminal.sh"
if ! command -v less >/dev/null; then
	ok 'less # SKIP there is no less'
	finish
	exit
fi

with_users
sqlite3 taskmanager.db "WITH RECURSIVE n (i) AS (SELECT 3 UNION ALL SELECT i + 1
	FROM n WHERE i < 3000) INSERT INTO users
	SELECT i, 'u' || i, 'F', 'L', 1, 'u' || i FROM n"
mkdir bin
ln -s "$TASKMGR" bin/taskmgr
PATH=$PWD/bin:$PATH
open 'bash --norc --noprofile'
keys "PS1='% '; clear" Enter
sees 'a shell' '%'

# type TEXT: on a new screen.
type() {
	keys "clear; $1; echo \"[\$?]\"" Enter
}
type 'taskmgr user list --limit 20'
sees 'what fits is only printed' '*│ 20 │ u20 *[[]0]
%'
type 'taskmgr user list --limit 40'
sees 'what does not is paged' '┌*│ 25 │ u25 *
:'
keys G
sees 'to its end' '*│ 40 │ u40 *(END)'
# less drops what is typed right after it.
keys C-c
sleep 0.3
keys g
sees 'Ctrl-C does not leave' '┌*│ 25 │ u25 *
:'
keys q
sees 'q does; a note comes after it' '*next page: *[[]0]
%'
type 'taskmgr user list'
sees 'of many rows the first are there at once' '*│      1 │ user1 *
:'
keys q
sees 'leaving them is no failure' '*[[]0]
%'
type 'taskmgr user list --columns id,username'
sees 'another' '*:'
keys C-z
sees 'Ctrl-Z stops both' '*Stopped *[[]148]*'
keys 'clear; fg' Enter
sees 'and fg goes on' '*:'
keys q
sees 'to the end' '*%'
type 'taskmgr user show 1 2; taskmgr user show nobody'
sees 'errors are not paged' '*not found (no user "nobody")
[[]3]
%'
type 'taskmgr help options'
sees 'help is paged' 'Usage: *:'
keys q
sees 'up to q' '*[[]0]
%'
sqlite3 links.db "CREATE TABLE links (id INTEGER PRIMARY KEY, url TEXT);
	WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE
	i < 20) INSERT INTO links SELECT i, 'https://a.example/$(
	printf '%0900d' 0)' FROM n"
type 'TASKMGR_PAGER=false taskmgr --db links.db link list'
sees 'a link takes no room' '*│ 20 │ https*[[]0]
%'
for off in 'taskmgr user list --limit 40 --no-pager' \
	'PAGER=cat taskmgr user list --limit 40' \
	'TASKMGR_PAGER= taskmgr user list --limit 40' \
	'TERM=dumb taskmgr user list --limit 40' \
	'taskmgr user list --limit 40 | cat' \
	'taskmgr user list --limit 40 -o out; cat out'; do
	type "$off"
	sees "none: $off" '*│ 40 │ u40 *[[]0]
%'
done
type "PAGER='sed s/user2/HERE/' taskmgr user list --limit 40"
sees 'PAGER is run by a shell' '*│ 40 │ u40 *[[]0]
%'
type "PAGER=nosuch TASKMGR_PAGER='grep -c u' taskmgr user list --limit 40"
sees 'TASKMGR_PAGER comes first' '41
*[[]0]
%'
type 'PAGER=nosuch taskmgr user list --limit 40'
sees 'one that is not there' '*taskmgr: user list: the pager "nosuch" cannot be run
hint: set TASKMGR_PAGER to another, or use --no-pager
[[]1]
%'
type 'PAGER=false taskmgr user list'
sees 'one that reads nothing' '*[[]0]
%'
type "PAGER='head -n 3 | cat -v' taskmgr user list --limit 40 --columns id"
sees 'colours are kept' '*^\[[[]1mid^\[[[]0m*'
# One cell may be higher than the terminal.
run task create --user 1 --title "$(printf 'x%.0s' $(seq 4000))" -q
type 'taskmgr task show 2 --format line'
sees 'long lines count as what they take' '*:'
keys q
sees 'and can be left' '*[[]0]
%'

# In a session.
type taskmgr
sees 'a session' '*taskmgr>'
keys 'user list --limit 40' Enter
sees 'pages too' '*│ 25 │ u25 *
:'
keys C-c
sleep 0.3
keys q
sees 'and goes on' '*taskmgr>'
keys 'user count' Enter
sees 'with the next command' '*
3000
taskmgr>'
keys C-l 'user list --jsonl' Enter
sees 'more than the pipe to the pager holds' '*"id":20,*
:'
keys C-c
sleep 0.3
keys q
sees 'Ctrl-C ends the list, q the pager' '*interrupted*
taskmgr>'
keys 'user count' Enter
sees 'and the session goes on' '*
3000
taskmgr>'
finish
