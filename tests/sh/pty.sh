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

# What data has that would drive the terminal.
EVIL=$(printf '\033]0;evil\007\033[2J\033[31m\302\233')
sqlite3 evil.db "CREATE TABLE cards (id INTEGER PRIMARY KEY, name TEXT UNIQUE,
	note TEXT); INSERT INTO cards (name, note) VALUES
	('a$EVIL', '$EVIL'), ('ab', '$EVIL'), ('ac', 'x')"
open "'$TASKMGR' -q --db evil.db"
PROMPT='taskmgr(evil.db)>'
sees 'a session' "$PROMPT"
watch
keys 'card list' Enter 'card list --format line' Enter
sees 'is shown' '*?x1b]0;evil?x07?x1b[[]2J?x1b[[]31m?x9b*'
keys C-l 'card show a' Tab b Enter
sees 'also where Tab lists keys' '*
ab
ac  x
*2 │ ab *evil*'
keys C-l 'card delete 1' Enter
sees 'in a question' '*Delete card 1 *evil*[[]y/N[]]'
keys n Enter C-l
sees 'which is answered' "$PROMPT"
tm set-buffer "$(printf 'card show \033]0,evil\007')"
tm paste-buffer -p
keys Enter
sees 'in an error' '*no card "?x1b]0,evil?x07")*'
keys Up
sees 'and from the history' '*card show ^[[[]]0,evil^G'
keys C-c
same 'none of it is sent' "$(raw | grep -cE '\^](0|2)|\^\[(2J|31m)')" 0
same 'nor has it changed the title' \
	"$(tm display -p '#{pane_title}' | grep -c evil)" 0
PROMPT='taskmgr>'

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

# For programs, and for people.
open "sh -c \"'$TASKMGR' user create --json --age x; '$TASKMGR' user list --json=;
	'$TASKMGR' user list --json=id,slug; '$TASKMGR' user show usr1\""
sees 'an error is an object; columns are listed, and chosen' \
	'{"code":"invalid",*"field":"age","value":"x",*}]}
id
username
firstname
lastname
age
slug
[[]{"id":1,"slug":"user1"},
 {"id":2,"slug":"user2"}[]]
taskmgr: user show: User was not found (no user "usr1"; did you mean "user1"?)
[[]left: 3[]]'
open "sh -c \"'$TASKMGR' help --json >all; jq -c keys all; '$TASKMGR' help user show --json |
	jq -r '.operations[].command'; '$TASKMGR' -c 'user count; user nope; user count'\""
sees 'so is the catalogue; a script stops at its first error' \
	'[[]"exit_statuses",*"operations",*[]]
user show
2
taskmgr: user has no command nope
hint: taskmgr help user lists them
[[]left: 2[]]'
open "'$TASKMGR' -q"
sees 'a session' "$PROMPT"
keys 'user update 1 --age 41 -q; undo' Enter
sees 'a change is undone' '*
Undone: user update 1 --age 41 *
taskmgr>'
keys C-l 'user show 1 --jsonl=age; user list --nope' Enter
sees 'indeed; an error has a next step' '*
{"age":40}
taskmgr: user list: unknown option --nope
*
taskmgr>'
keys C-d
sees 'and out' '*[[]left: 0[]]*'

# Colours, by the environment.
open "sh -c \"read x; for on in NO_COLOR= NO_COLOR=1 CLICOLOR=0 TERM=dumb; do
	env \\\$on '$TASKMGR' user list --columns id --limit 1; done;
	CLICOLOR_FORCE=1 '$TASKMGR' user list --columns id | cat;
	'$TASKMGR' user list --columns id | cat\""
watch
keys Enter
sees 'six tables' '*[[]left: 0[]]*'
same 'the first and the fifth are in colour' \
	"$(raw | grep '│.*id' | sed 's/.*1mid.*/yes/; t; s/.*/no/' | tr '\n' ' ')" \
	'yes no no no yes no '

# Widths: a row that is a column too wide would be folded.
sqlite3 wide.db "CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT);
	INSERT INTO names (name) VALUES ('$(printf '日本語%.0s' $(seq 20))'),
	('$(printf 'e\314\201%.0s' $(seq 90))'), ('$(printf '👍x%.0s' $(seq 40))'),
	('$(printf 'ｶﾞ%.0s' $(seq 50))')"
# ends: the column where each line of the screen ends, as the terminal has it.
ends() {
	tm copy-mode
	tm send-keys -X top-line
	for line in $(seq "$1"); do
		tm send-keys -X end-of-line
		tm display -p '#{copy_cursor_x}'
		tm send-keys -X cursor-down
	done | tr '\n' ' '
	tm send-keys -X cancel
}
for columns in 39 40; do
	open "sh -c \"read x; clear; '$TASKMGR' --db wide.db name list\""
	tm resize-window -x $columns -y 30
	keys Enter
	sees "$columns columns" '*[[]left: 0[]]'
	same "$columns columns: all rows are as wide" "$(ends 8)" \
		"$(yes $columns | head -n 8 | tr '\n' ' ')"
done

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
sqlite3 tags.db "CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
	WITH RECURSIVE n (i) AS (VALUES (101) UNION ALL SELECT i + 1 FROM n
	WHERE i < 290) INSERT INTO tags SELECT i, 'tag' || i FROM n"
tm resize-window -x 41 -y 12
keys C-u C-l 'use tags.db' Enter C-l
sees 'a small terminal' 'taskmgr(tags.db)>'
keys 'tag show t' Tab
sees 'candidates that do not fit are counted, and nothing is asked' \
	'taskmgr(tags.db)> tag show t
tag101  tag109  tag117  tag125  tag133
tag102 *
*
tag108  tag116  tag124  tag132  tag140
and 150 more
taskmgr(tags.db)> tag show tag'
keys C-c C-l 'tag count' Enter
sees 'nor are keys taken for an answer' 'taskmgr(tags.db)> tag count
190
*'
tm resize-window -x $WIDTH -y $HEIGHT
keys C-u C-l 'use wide.db' Enter C-l
sees 'another database' 'taskmgr(wide.db)>'
keys 'card show 日' Tab
sees 'wide characters, and a line that is cut' '*
日x   long long *long
日y
日本  Japan
taskmgr(wide.db)> card show 日'
finish
