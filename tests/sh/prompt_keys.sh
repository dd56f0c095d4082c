#!/bin/sh
# Keys at the prompt of a real terminal: Ctrl-C twice, the history in its place,
# readline's own settings, pasted text, and a database that Tab cannot read.
. tests/lib.sh
. "$TOP/tests/terminal.sh"

with_users
plainly
sqlite3 taskmanager.db "CREATE VIEW forever AS WITH RECURSIVE n (i) AS
	(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
history=$WORK/state/taskmgr/history
STATE="XDG_STATE_HOME='$WORK/state'"

# Ctrl-C.
open "$STATE sh -c 'echo \$\$ >pid; exec \"$TASKMGR\" -q'"
sees 'a session' "$PROMPT"
pid=$(cat pid)
switches() {
	awk '/^voluntary/ { print $2 }' "/proc/$pid/status"
}
runs() {
	[ "$(awk '/^State/ { print $2 }' "/proc/$pid/status")" = R ]
}
# The prompt is on the screen before it waits, so look again if it woke.
tries=0 before=
while [ "$(switches)" != "$before" ] && [ $tries -lt 10 ]; do
	before=$(switches)
	tries=$((tries + 1))
	sleep 0.3
done
same 'a prompt that waits is never awake' "$(switches)" "$before"
keys 'forever count' Enter
cursor() {
	tm display -p '#{cursor_x},#{cursor_y}'
}
comes cursor 'a command that runs' 0,1
until runs; do
	sleep 0.01
done
kill -INT "$pid"
kill -INT "$pid"
keys C-c 'user count' Enter
sees 'Ctrl-C again and again ends the command alone' '*interrupted
*taskmgr>*user count
2
taskmgr>'
# With many tables the schema, which was changed, is read for a while first.
seq -f 'CREATE TABLE t%.0f (id INTEGER PRIMARY KEY);' 600 |
	sqlite3 taskmanager.db
lost=
for delay in 0 .005 .01 .015 .02 .03; do
	sqlite3 taskmanager.db 'CREATE TABLE more (a); DROP TABLE more'
	keys ' forever count' Enter
	sleep $delay
	keys C-c
	tries=0
	while runs || { sleep 0.05 && runs; } && [ $tries -lt 200 ]; do
		tries=$((tries + 1))
		sleep 0.05
	done
	! runs || lost="$lost $delay"
done
same 'one that comes before the command runs is not lost' "$lost" ''
keys C-l C-c C-d
sees 'Ctrl-D after Ctrl-C leaves' '*[[]left: 0[]]*'

# The history.
same 'it is in XDG_STATE_HOME, for its owner alone' \
	"$(stat -c %a "$history") $(stat -c %a "$WORK/state/taskmgr")" '600 700'
open "$STATE sh -c 'echo \$\$ >pid; exec \"$TASKMGR\" -q'"
sees 'a session' "$PROMPT"
keys 'user count' Enter 'user count' Enter ' user list --csv' Enter \
	"user show '1" Enter "2'" Enter
sees 'commands' '*
taskmgr: user show: User was not found (no user "1?n2")
taskmgr>'
kill -KILL "$(cat pid)"
sees 'a session that is killed' '*[[]left: 137[]]*'
same 'has kept each, but repetitions, and what a blank hides' \
	"$(grep -v '^#' "$history")" "forever count
user count
user show '1
2'"
open "$STATE '$TASKMGR' -q"
sees 'the next session' "$PROMPT"
keys Up
sees 'recalls a command of two lines whole' "taskmgr> user show '1
2'"
keys Up
sees 'and the one before it' 'taskmgr> user count'
keys C-c C-l "'" Enter
sees 'a quote' "taskmgr> '
    ...>"
keys C-c C-d
sees 'given up' '*[[]left: 0[]]*'
same 'is not kept' "$(tail -n 1 "$history")" "2'"
open "TASKMGR_HISTORY= HOME=/nonexistent '$TASKMGR' -q"
sees 'a session without a history' "$PROMPT"
keys 'user count' Enter
sees 'works' '*
2
taskmgr>'
keys C-d
sees 'and ends' '*[[]left: 0[]]*'

seq -f '#1
user show %.0f' 11001 >long
open "TASKMGR_HISTORY=long '$TASKMGR' -q"
sees 'a session with a long history' "$PROMPT"
keys Up
sees 'recalls its end' 'taskmgr> user show 11001'
keys C-c 'user count' Enter C-d
sees 'and ends' '*[[]left: 0[]]*'
same 'its file keeps the newest 10000 commands, for its owner alone' \
	"$(grep -c user long) $(sed -n '2p;$p' long | tr '\n' ' ')$(stat -c %a long)" \
	'10000 user show 1003 user count 600'

# Readline's settings.
cat >inputrc <<'END'
set enable-bracketed-paste off
$if taskmgr
"\C-o": "task count\C-m"
set show-all-if-ambiguous off
set completion-ignore-case on
$endif
$if other
"\C-o": "other\C-m"
$endif
END
open "INPUTRC=inputrc '$TASKMGR' -q"
sees 'a session with an inputrc' "$PROMPT"
keys C-o
sees 'its macro for taskmgr' '*
1
taskmgr>'
keys C-l 'user list --format=j' Tab
sees 'its settings come after ours' 'taskmgr> user list --format=json'
keys Tab Tab
sees 'so the Tab after it lists what comes after =' '*
json   *
jsonl  *'
keys C-u C-l 'TA' Tab 'LI' Tab '--SO' Tab '-PRI' Tab
sees 'and ignores case, if it says so' 'taskmgr> task list --sort -priority'
keys C-u C-l
tm set-buffer 'user count
task count
user cou'
tm paste-buffer
sees 'without bracketed paste each line runs at once' 'taskmgr> user count
2
taskmgr> task count
1
taskmgr> user cou'
keys C-d C-u
keys C-d
sees 'and Ctrl-D leaves only an empty line' '*[[]left: 0[]]*'

# Paste.
open "'$TASKMGR' -q"
sees 'a session' "$PROMPT"
printf "user create --username 'tab\there' --firstname F --lastname L --age 1 --jsonl=username" |
	tm load-buffer -
tm paste-buffer -p
keys Enter
sees 'a pasted Tab is a character' '*{"username":"tab\\there"}
taskmgr>'
keys C-l
tm set-buffer "$(printf '\004')"
tm paste-buffer -p
sees 'a pasted key is a character' 'taskmgr> ^D'
keys C-u C-l 'user count' Enter
sees 'pasted keys are not pressed' 'taskmgr> user count
3
taskmgr>'
keys C-l 'user list --sort age,us' Tab
sees 'Tab goes on after a comma' 'taskmgr> user list --sort age,username'
keys C-u C-l 'user list --columns id,' Tab Tab
sees 'which is all that its list shows' '*
age
*username*
taskmgr> user list --columns id,'
keys C-u C-l
keys C-u 'user list --where username=us' Tab C-u 'user count' Enter
sees 'and is silent where it knows nothing' '*user count
3
taskmgr>'

# Tab and the prompt on a database that cannot be read.
keys C-l
hold taskmanager.db "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;
	INSERT INTO users VALUES (99, 'z', 'F', 'L', 1, 'z');"
keys 'user show us' Tab 'er1'
sees 'a locked one' 'taskmgr> user show user1'
release ROLLBACK
mv taskmanager.db kept.db
head -c 5000 /dev/urandom >taskmanager.db
keys C-u C-l 'user sh' Tab x
sees 'a broken one' 'taskmgr> user sh*x'
sees_not 'gives no message' '*taskmgr:*'
rm taskmanager.db
keys C-u C-l 'user sh' Tab
sees 'a missing one' 'taskmgr> user show'
mv kept.db taskmanager.db
keys C-u C-l 'user show user' Tab
sees 'and one that is back' '*
user1 *
user2 *
taskmgr> user show user'

# Vi's keys.
keys C-u C-d
echo 'set editing-mode vi' >inputrc
open "INPUTRC=inputrc '$TASKMGR' -q"
sees 'a session with vi keys' "$PROMPT"
keys 'user listt' Escape x 0 i 'user count' '\;' ' ' Enter
sees 'which edit' '*user count; user list
3
*'
finish
