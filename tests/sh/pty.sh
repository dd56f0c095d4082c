#!/bin/sh
# What else is expected of a prompt: marks, lists and links, at a real terminal.
. tests/lib.sh
. "$TOP/tests/terminal.sh"

with_users
plainly
# raw: what the program has written to the terminal since watch, ESC as ^ and a
# backslash as /.
raw() {
	tr '\033\r\134' '^ /' <"$RAW"
}
WATCHED=0
watch() {
	WATCHED=$((WATCHED + 1))
	RAW=$WORK/raw$WATCHED
	: >"$RAW"
	tm pipe-pane "cat >>'$RAW'"
}

# OSC 133.
open "'$TASKMGR' -q"
sees 'a session' "$PROMPT"
watch
keys 'user count' Enter
comes raw 'the output of a command is between marks' \
	'*user count*^[]]133;C^/*2*^[]]133;D;0^/^[]]133;A^/*taskmgr> *^[]]133;B^/'
watch
keys 'user nope' Enter
comes raw 'a failure has its status' '*133;C^/*no command*133;D;2^/^[]]133;A*B^/'
watch
keys 'abc' C-c "user show '" Enter "user1'" Enter
comes raw 'a line that is given up has no output, the second of a command no prompt' \
	'*133;A^/*133;B^/*user show *133;C^/*D;3*133;B^/'
same 'as counted' "$(raw | grep -o '133;[A-D]' | tr -d '\n;')" \
	133A133B133C133D133A133B
keys 'set marks off' Enter C-l
sees 'a switch' "$PROMPT"
watch
keys 'user count' Enter
sees 'turns them off' '*2
*>'
same 'all of them' "$(raw | grep -c 133)" 0
open "TERM=dumb sh -c \"read x; exec '$TASKMGR' -q\""
watch
keys Enter
sees 'a dumb terminal' '*taskmgr>'
keys 'user count' Enter
sees 'which runs commands' '*
2
*'
same 'gets no marks' "$(raw | grep -c '133;')" 0

# OSC 8.
sqlite3 links.db "CREATE TABLE links (id INTEGER PRIMARY KEY, url TEXT, note TEXT);
	INSERT INTO links (url) VALUES ('https://a.example/b'),
	('https://a.example/$(printf '%099d' 0)'),
	('https://a.example/\\$(printf '%099d' 0)'),
	('https://a.example/' || char(27) || ']0;x$(printf '%099d' 0)'),
	('ftp://a.example/$(printf '%099d' 0)')"
open "sh -c \"read x; exec '$TASKMGR' --db links.db link list --columns id,url\""
watch
keys Enter
sees 'URLs, whole and shortened' '*│ https://a.example/b *│ https://a.example/0000*…*[[]left: 0[]]*'
same 'one that is shortened is a link to the whole' \
	"$(raw | grep -o '\^[]]8;;[^/]*//[^/]*' | sort)" \
	'^]8;;https://a.example'
same 'which ends in its cell' "$(raw | grep -c '…^[]]8;;^/ │')" 1
open "NO_COLOR=1 sh -c \"read x; exec '$TASKMGR' --db links.db link list\""
watch
keys Enter
sees 'without colour' '*https://a.example/0000*…*[[]left: 0[]]*'
same 'there is none' "$(raw | grep -c '8;;')" 0

# Tab lists what words mean.
sqlite3 wide.db "CREATE TABLE cards (id INTEGER PRIMARY KEY, name TEXT UNIQUE,
	note TEXT); INSERT INTO cards (name, note) VALUES ('日本', 'Japan'),
	('日x', '$(printf 'long %.0s' $(seq 30))'), ('日y', NULL)"
open "'$TASKMGR' -q"
sees 'a session' "$PROMPT"
keys 'user show ' Tab
sees 'keys with the names of their rows' '*user show
user1  user1 Pasha Technique
user2  user2 Roza Syabitova
taskmgr> user show user'
keys C-u C-l 'user show 1' Tab
sees 'the only one is taken' 'taskmgr> user show 1'
keys C-u C-l 'db downgrade ' Tab
sees 'revisions with their messages' '*
-1            one step down from the current revision
????????????  Initial migration
base          before the first revision
taskmgr> db downgrade'
keys C-u C-l 'user ' Tab
sees 'commands' '*
tasks   List tasks of a user
update  Change fields of a user
taskmgr> user'
keys C-u C-l 'user list --' Tab
sees 'more than fit the screen are in columns' '*--after  *--csv  *--id *'
keys C-u C-l 'set color ' Tab
sees 'so are those without a description' '*
always  auto    never
taskmgr> set color'
keys C-u C-l 'use wide.db' Enter C-l
sees 'another database' 'taskmgr(wide.db)>'
keys 'card show 日' Tab
sees 'wide characters, and a line that is cut' '*
日x   long long *long
日y
日本  Japan
taskmgr(wide.db)> card show 日'
finish
