#!/bin/sh
# What a hint says to run is about the database that the command was about.
. tests/lib.sh

# tell NAME WORDS…: what a missing database is made with.
tell() {
	wanted=$1
	shift
	run "$@"
	like "$*" 6 '' "taskmgr: *: database * does not exist
hint: create it with: taskmgr${wanted:+ $wanted} db upgrade"
}
tell '' user count
tell '--db other.db' --db other.db user count
tell '--db other.db' user count --db=other.db
tell '--db other.db' --db other.db -c 'user count'
tell '--db other.db' -c 'user count --db other.db'
tell "--db 'it'\\\\''s o.db'" --db "it's o.db" user count
tell "--db ''\\\\''\$x'" --db "'\$x" user count
printf '[taskmgr]\nurl = third.db\n' >own.ini
tell '--config own.ini' --config own.ini user count
STATUS=0
TASKMGR_DB=env.db
export TASKMGR_DB
clean TASKMGR_DB=env.db "$TASKMGR" user count >"$WORK/out" 2>"$WORK/err" ||
	STATUS=$?
is 'the environment applies to the next command too' 6 '' \
	'taskmgr: user count: database env.db does not exist
hint: create it with: taskmgr db upgrade'
unset TASKMGR_DB

# The hint, typed as it is, is the next step.
hint() {
	sed -n 's/^hint: create it with: taskmgr//p' "$WORK/err"
}
run --db "it's o.db" user count
eval "run $(hint)"
is 'the hint, typed' 0 '' 'Running upgrade  -> 4ddf379eea50, Initial migration'
run --db "it's o.db" user count --format text
is 'helps' 0 0 ''

# url URL MESSAGE: no file is named like what is almost a URL.
url() {
	run --db "$1" db upgrade
	is "$1" 2 '' "taskmgr: db upgrade: database $1: $2"
}
slashes='a path needs three slashes'
url sqlite:x.db "$slashes (sqlite:///x.db)"
url sqlite:/x.db "$slashes (sqlite:////x.db)"
url sqlite://x.db "$slashes (sqlite:///x.db)"
url sqlite+aiosqlite:x.db "$slashes (sqlite:///x.db)"
url 'file:x.db?mode=ro' 'only sqlite: URLs and paths can be opened'
url 'sqlite:///x.db?timeout=5' 'a URL takes no options; leave out ?timeout=5'
run --db SQLite:///who.db db upgrade
run --db ./who.db user count --format text
is 'the case of a scheme does not matter' 0 0 ''

run --db chinok.db artist list
is 'a misspelt path, and nouns of its tables' 2 '' \
	'taskmgr: unknown command artist, and database chinok.db does not exist
hint: taskmgr --db chinok.db help lists all commands'
run --db chinok.db help artist
is 'help of such a noun' 2 '' 'taskmgr: unknown command artist
hint: taskmgr --db chinok.db help lists all commands'

run --db sqlite:// user list
is 'nothing makes a database in memory for the next command' 6 '' \
	'taskmgr: unknown command user: the database has no tables
hint: each session starts with an empty database in memory: run db upgrade first, in the same session'
run --db sqlite:// -c 'db upgrade; user count --format text'
is 'in the same session' 0 0 \
	'Running upgrade  -> 4ddf379eea50, Initial migration'

# Notes name commands as well.
run db init
rm -f migrations/versions/*
run --db x.db db upgrade
is 'a note' 0 '' 'There are no revisions yet
write the first with: taskmgr --db x.db db revision --autogenerate -m "…"'
finish
