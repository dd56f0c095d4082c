#!/bin/sh
# What a terminal shows while a command is typed: colours, values that would be
# refused, suggestions.
. tests/lib.sh
. "$TOP/tests/terminal.sh"

with_users
sqlite3 taskmanager.db "CREATE TABLE cards (
	id INTEGER PRIMARY KEY,
	name VARCHAR(5) NOT NULL UNIQUE,
	kind TEXT CHECK (kind IN ('todo', 'done')),
	size INTEGER CHECK (size BETWEEN 1 AND 10),
	due DATE,
	user_id INTEGER REFERENCES users,
	name_of TEXT REFERENCES cards (name));
	INSERT INTO cards (name) VALUES ('12')"
# paints NAME PATTERN: the screen with its colours, ESC as ^.
painted() {
	tm capture-pane -ep | tr '\033' '^' | sed 's/ *$//' |
		sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'
}
paints() {
	comes painted "$@"
}
# typed NAME LINE PATTERN: LINE on an empty one.
typed() {
	keys C-e C-u
	sees "$1: an empty line" "*
$PROMPT"
	keys "$2"
	paints "$1" "$3"
}
RED='^[[]31m'
open "'$TASKMGR'"
sees 'a session' "*
$PROMPT"
typed 'a noun, a command, an option, a text' 'user create --username "a b" --age 4' \
	'*^[[]1muser^[[]0m*^[[]36mcreate^[[]39m ^[[]35m--username^[[]39m ^[[]32m"a b"^[[]39m ^[[]35m--age^[[]39m 4'
keys x
paints 'no number: at once, with the reason' "*${RED}4x*
*--age must be a whole number, not \"4x\""
keys BSpace
paints 'which is put right' '*--age^[[]39m 4'
typed 'a date after a pause' 'card create --due 2026-13-01' "*${RED}2026-13-01*
*--due must be a date*"
typed 'one of some' 'card create --kind tod --size 3' "*${RED}tod^*
*--kind must be *todo* or *done*, not \"tod\""
typed 'too long' 'card create --name=abcdef' "*${RED}abcdef*
*--name must have at most 5 characters*"
typed 'too large' 'card create --size 11' "*${RED}11*
*--size must be at most 10, not *11*"
typed 'too small' 'card create --size 0 ' "*${RED}0^*
*--size must be at least 1, not *0*"
typed 'a reference to nothing' 'card create --user user9 --size 1' \
	"*${RED}user9^*
*User was not found (no user \"user9\"*"
typed 'by its number' 'card create --user-id 9 ' "*${RED}9^*
*User was not found (no user 9)"
typed 'one that is there' 'card create --user user1 --size 1' \
	'*--user^[[]39m user1 ^*--size^[[]39m 1'
typed 'a reference to another column than the key' \
	'card create --name-of 12 --size 1' \
	'*--name-of^[[]39m 12 ^*--size^[[]39m 1'
typed 'a key' 'user show user1 9 1' "*user1 ${RED}9^[[]39m 1
*User was not found (no user 9)"
# Similar names are searched in a pause: that takes longer than a key may.
written() {
	cat written
}
tm pipe-pane "cat >written"
typed 'a key that is nearly one' 'user show usr1 ' '*User was not found (no user "usr1"; did you mean "user1"[?])'
comes written 'and at first without the names that are near' \
	'*(no user "usr1")*did you mean*'
tm pipe-pane
typed 'an unknown option' 'user list --frob x' "*${RED}--frob^*
*unknown option --frob"
typed 'an unknown command' 'user frob 1' "*${RED}frob^*
*user has no command frob"
typed 'the verb first' 'create user --age x' "*^[[]36mcreate^*^[[]1muser^*${RED}x*"
typed 'a filter takes more than its column' 'user list --age 1,2 --sort age' \
	'*--age^[[]39m 1,2 ^[[]35m--sort^[[]39m age'
typed 'the second command of a line' 'user count; user create --age q' \
	"*count^[[]39m; ^*${RED}q*
*--age must be*"
typed 'what is for the shell is not' 'user list | user create --age 4x' \
	'*list^[[]39m | user create --age 4x'
typed 'a word of the session' 'set format json' '*^[[]36mset^[[]39m format json'

# The line is longer than the screen is wide, and at its lowest row.
LONG="user create --username aaaaaaaaaaaaaaaaaaaaaaaaaaa --firstname bbbbbbbbbbbbbbbbbbbbbbbbbb"
typed 'a line of two rows' "$LONG --age 4x" "*${RED}4x*
*--age must be a whole number*"
keys Home
keys Right Right Right Right X BSpace C-e
sees 'edited in its first row' "*taskmgr> user create --username aaaaaaaaaaaaaaaaaaaaaaaaaaa --firstname *
-age 4x
--age must be*"
keys C-u
keys '! seq 40' Enter
sees 'the end of the screen' '*
39
40
taskmgr>'
typed 'there the screen scrolls' 'user create --age 4x' "*
taskmgr> *${RED}4x*
*--age must be a whole number, not \"4x\""
keys Enter
sees 'and Enter leaves nothing of it' '*
taskmgr> user create --age 4x
taskmgr: user create: --age must be a whole number, not "4x"
taskmgr: user create: --username is required
*
taskmgr>'
typed 'before Ctrl-C' 'user create --age 4x' "*
*--age must be a whole number, not \"4x\""
keys C-c
sees 'which leaves nothing, either' '*
taskmgr> user create --age 4x^C
taskmgr>'
keys 'user create --age 4x --fi'
sees 'before Tab' '*
--age must be a whole number, not "4x"'
keys Tab
sees 'it goes on' '*
taskmgr> user create --age 4x --firstname
--age must be a whole number, not "4x"'
keys C-u 'user create --kind x' C-r cre
sees 'a search is not painted' "*
(reverse-i-search)*"
keys C-c
sees 'and is left' "*
$PROMPT"
keys "user show '4" Enter
sees 'an open quote' "*
    ...>"
keys "x --age 4x'"
sees 'nor the second line of a command' "*
taskmgr> user show '4
    ...> x --age 4x'"
keys C-c C-l

# Suggestions.
keys 'user count --where age=40' Enter
sees 'a command' '*
1
taskmgr>'
keys C-l 'user co'
paints 'is suggested' '*^[[]1muser^[[]0m* co^[[]2munt --where age=40'
keys Right
paints 'taken' '*^[[]36mcount^*--where^[[]39m age=40'
keys Enter
sees 'and run' 'taskmgr> user count --where age=40
1
taskmgr>'
keys C-l 'user c'
sees 'suggested again' 'taskmgr> user count --where age=40'
keys C-a Right C-e Enter
sees 'only taken at the end, and gone with Enter' 'taskmgr> user c
taskmgr: user has no command c
*'
keys C-l 'user c'
sees 'and again' 'taskmgr> user count --where age=40'
tm set-buffer "$(printf 're\033[C')"
tm paste-buffer
sees 'another one is shown' 'taskmgr> user create --age 4x*'
keys ' x'
sees 'and none was taken' 'taskmgr> user cre x*'
keys C-u C-l 'user count' Enter
sees 'keys that come at once' 'taskmgr> user count
2
taskmgr>'

# Switches.
keys 'set suggest off; set check off' Enter C-l 'user c'
paints 'no suggestions' '*^[[]1muser^[[]0m* c'
keys C-u 'user create --age 4x '
paints 'no checks' '*--age^[[]39m 4x'
keys C-u 'user frob --nope '
paints 'of names, either' '*user^[[]0m*frob --nope'
keys C-u 'set highlight off' Enter C-l 'user list "a"'
paints 'no colours' 'taskmgr> user list "a"'
keys C-u 'set check on' Enter C-l 'user create --age 4x'
paints 'the reason alone' 'taskmgr> user create --age 4x
^[[]2m--age must be *'
keys C-u 'set check maybe' Enter
sees 'a bad switch' '*set: --check must be on or off, not maybe*'
keys C-d
mkdir -p "$WORK/home/.config/taskmgr"
printf '[taskmgr]\nhighlight = off\nsuggest = off\n' \
	>"$WORK/home/.config/taskmgr/config.ini"
open "'$TASKMGR' --check off"
sees 'a session with a configuration' "*
$PROMPT"
keys 'user create --age 4x '
paints 'in the configuration, and as an option' '*
taskmgr> user create --age 4x'
rm "$WORK/home/.config/taskmgr/config.ini"

# A terminal that changes its width folds the line again.
for plain in SUGGEST=on NO_COLOR=1; do
	reason='
--age must be a whole number, not "4x"'
	[ $plain = SUGGEST=on ] || reason=
	open "$plain '$TASKMGR' -q --suggest off"
	sees "$plain: a session" "$PROMPT"
	keys 'user count' Enter "user create --age 4x --firstname $(
		printf '%040d' 0)"
	sees "$plain: one row" "*
2
taskmgr> user create --age 4x --firstname $(printf '%040d' 0)$reason"
	tm resize-window -x 60 -y 30
	sleep 0.4 # until it is drawn
	sees "$plain: in two" "*2
taskmgr> user create --age 4x --firstname 000000000000000000
0000000000000000000000$reason"
	tm resize-window -x 90 -y 30
	sleep 0.4
	sees "$plain: in one again" "taskmgr> user count
2
taskmgr> user create --age 4x --firstname $(printf '%040d' 0)$reason"
	keys BSpace y
	sees "$plain: and edited" "taskmgr> user count
2
taskmgr> user create --age 4x --firstname $(printf '%039d' 0)y$reason"
done

# Wide characters at the margin: the line is where readline alone has it.
printf '#1\nuser show %s\n' "$(printf '👨👍🏽%.0s' $(seq 9))" >long
WIDTH=30 HEIGHT=12
open "sh -c 'cp long one; TASKMGR_HISTORY=one exec \"$TASKMGR\" -q --check off \
	--suggest off'"
tm rename-session painted
tm new-session -d -s plain -x $WIDTH -y $HEIGHT "env -i HOME='$WORK/home' TERM=screen \
	LC_ALL=C.UTF-8 TASKMGR_HISTORY= '$TASKMGR' -q --highlight off --check off --suggest off"
# pair KEYS…: in both sessions; screens, cursors: what both have alike, if they
# do, and what is painted.
pair() {
	for session in painted plain; do
		tm send-keys -t $session "$@"
	done
}
screens() {
	for session in painted plain; do
		tm capture-pane -p -t $session >screen.$session
		tm display -p -t $session '#{cursor_x},#{cursor_y}' \
			>>screen.$session
	done
	cmp -s screen.painted screen.plain && tail -n 1 screen.plain
	tm capture-pane -ep -t painted | tr '\033' '^'
}
cursors() {
	for session in painted plain; do
		tm display -p -t $session '#{cursor_x},#{cursor_y}'
	done | uniq
	tm capture-pane -p -t painted
}
comes screens 'two sessions' '9,0
*'
pair 'user show "aaaaaaaaa日'
comes screens 'a wide character that wraps' '2,1
*^[[]1muser^*'
pair Left
comes screens 'the cursor on it' '0,1
*^[[]1muser^*'
pair x BSpace Left Left
comes screens 'and before it' '27,0
*^[[]1muser^*'
pair BSpace
comes screens 'which brings it back' '26,0
*^[[]1muser^*'
pair C-e '日本語日本語日本語日本語日本語日本語' Home '日'
comes screens 'a line of three rows' '11,0
*'
pair C-e
comes screens 'and its end' '*,2
*'
pair C-u "user show e$(printf '\314\201')" Left
comes screens 'a combining character' '19,0
*^[[]1muser^*'
pair C-e C-u
comes screens 'nothing' '9,0
taskmgr>'
tm send-keys -t painted 'set check on' Enter 'set suggest on' Enter C-l
pair 'user show 👨'
comes cursors 'a suggestion that the terminal draws wider' '21,0
taskmgr> user show 👨👍*'
pair "$(printf 'a日本日本日本日本日本日本日本日本') "
comes cursors 'a reason that is cut' '25,1
*
User was not found (no user*'
WIDTH=100 HEIGHT=30

for plain in NO_COLOR=1 TERM=dumb; do
	open "$plain '$TASKMGR' -q"
	sees "$plain: a session" "$PROMPT*"
	keys 'user create --age 4x '
	paints "$plain: nothing" 'taskmgr> user create --age 4x'
done

# For a screen reader.
printf '[taskmgr]\ncolor = never\nformat = line\n' \
	>"$WORK/home/.config/taskmgr/config.ini"
open "'$TASKMGR' -q"
sees 'a session without colour' "$PROMPT"
keys 'user show 1 --columns id,age' Enter 'user c' Space '--age 4x '
paints 'is plain text, and a field of a record has a line' \
	'taskmgr> user show 1 --columns id,age
 id = 1
age = 40
taskmgr> user c --age 4x'
finish
