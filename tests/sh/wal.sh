#!/bin/sh
# A database in WAL mode: what is beside its file before and after a command,
# and the warning of a version of SQLite that can lose rows.
. tests/lib.sh

with_users
run db info --json
version=$(jq -r '.[] | select(.item == "engine version").value' "$WORK/out")
told=$(jq -r '.[] | select(.item == "engine warning").value' "$WORK/out")
case $version in
3.44.[6-9] | 3.50.[7-9]) want= ;;
3.? | 3.?.* | 3.[1-4]?.* | 3.50.* | 3.51.[0-2])
	want="SQLite $version can lose rows when two programs write to one \
database; this program avoids that, others with SQLite 3.7.0 to 3.51.2 do not"
	;;
*) want= ;;
esac
same "db info: what it warns of with $version" "$told" "$want"
warned=
[ -z "$want" ] || warned="
warning: $want"
run db verify
is 'db verify names the library and warns of it' 0 '' \
	"sqlite:///taskmanager.db is sound (sqlite $version).$warned"

# Readers leave no file.
same 'after writing there is one file' "$(echo taskmanager.db*)" taskmanager.db
before=$(sha256sum taskmanager.db)
run --read-only user list --columns username --jsonl
is 'read-only' 0 '{"username":"user1"}
{"username":"user2"}' ''
same 'leaves no file' "$(echo taskmanager.db*)" taskmanager.db
run user list
same 'nor does a list' "$(echo taskmanager.db*)" taskmanager.db
run --read-only db verify
same 'nor db verify' "$(echo taskmanager.db*)" taskmanager.db
same 'and not a byte has changed' "$(sha256sum taskmanager.db)" "$before"
run __complete taskmgr --db tas
same 'Tab offers the database alone' "$(cut -f1 "$WORK/out")" taskmanager.db
: >taskmanager.db-walrus
run __complete taskmgr --db tas
same 'and what only looks like its log' "$(cut -f1 "$WORK/out")" \
	'taskmanager.db
taskmanager.db-walrus'
rm taskmanager.db-walrus

# Another program is at it, and then it is not.
sqlite3 taskmanager.db "UPDATE users SET age = 41" \
	".shell cp taskmanager.db dead.db" \
	".shell cp taskmanager.db-wal dead.db-wal" \
	".shell $TASKMGR --read-only user show 1 --columns age --jsonl >seen" \
	".shell ls taskmanager.db* >files"
same 'what it committed is read' "$(cat seen)" '{"age":41}'
same 'its files stay' "$(tr '\n' ' ' <files)" \
	'taskmanager.db taskmanager.db-shm taskmanager.db-wal '
same 'until it ends' "$(echo taskmanager.db*)" taskmanager.db

# A program that died left its log.
before=$(cat dead.db dead.db-wal | sha256sum)
for words in 'user list' '--read-only user list' 'db verify' 'user count' \
	'user update 1 --age 50 --dry-run'; do
	# shellcheck disable=SC2086 # words
	run --db dead.db $words
	same "$words reads it" "$STATUS" 0
	same 'and leaves it as it is' "$(cat dead.db dead.db-wal | sha256sum)" \
		"$before"
	same 'with no further file' "$(echo dead.db*)" 'dead.db dead.db-wal'
done
run --db dead.db user update 2 --age 63
same 'a change takes it in' "$(echo dead.db*)" dead.db
run --db dead.db user list --columns age --jsonl
is 'with what it had' 0 '{"age":41}
{"age":63}' ''

finish
