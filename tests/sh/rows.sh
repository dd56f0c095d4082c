#!/bin/sh
# What the commands that act print: rows through the writers where a format
# asks for them, and never an empty list beside work that was done.
. tests/lib.sh
fresh
# masked: times are not what is tested.
masked() {
	sed 's/"milliseconds":[0-9.]*[0-9]/"milliseconds":N/' "$WORK/out" \
		>"$WORK/masked" && mv "$WORK/masked" "$WORK/out"
}
row='"message":"Initial migration","milliseconds":N,"sql":null}'
run db upgrade --json
masked
is 'upgrade' 0 '[{"revision":"4ddf379eea50","direction":"upgrade",'"$row]" \
	'Running upgrade  -> 4ddf379eea50, Initial migration'
run db upgrade --json
is 'nothing to run' 0 '[]' ''
run db downgrade base --jsonl -n
masked
like 'a dry run' 0 \
	'{"revision":"4ddf379eea50","direction":"downgrade",'"$row" \
	'*nothing was changed'
run db downgrade base --jsonl
masked
is 'downgrade' 0 '{"revision":"4ddf379eea50","direction":"downgrade",'"$row" \
	'Running downgrade 4ddf379eea50 -> , Initial migration'
run db upgrade --columns direction,revision --tsv --no-header
is 'columns' 0 'upgrade	4ddf379eea50' \
	'Running upgrade  -> 4ddf379eea50, Initial migration'
run db stamp head --columns revision,direction --jsonl
is 'stamp' 0 '{"revision":"4ddf379eea50","direction":"stamp"}' \
	'Running stamp_revision 4ddf379eea50 -> 4ddf379eea50'
run db upgrade
is 'in words only on standard error' 0 '' ''
run db status --columns revision,milliseconds --jsonl
masked
is 'a duration has its unit' 0 '{"revision":"4ddf379eea50","milliseconds":N}' ''
run db log --columns operation,milliseconds --jsonl
masked
like 'in the log as well' 0 '*{"operation":"upgrade","milliseconds":N}*' ''

same 'the name of a copy, for a script' "$(clean "$TASKMGR" db backup 2>&1)" \
	taskmanager.db.2026-11-22T11-07-02.backup
run db backup copy.db --json
is 'backup' 0 '{"file":"copy.db"}' ''
run db verify --json
like 'verify' 0 '{"database":"sqlite:///taskmanager.db","sound":true}' \
	'sqlite:///taskmanager.db is sound*'
run db vacuum -q --columns bytes_before --jsonl
is 'vacuum' 0 "{\"bytes_before\":$(stat -c %s taskmanager.db)}" ''

# What cannot be is refused before it is asked about.
run db restore nosuch.db
is 'no copy to restore' 3 '' \
	'taskmgr: db restore: nosuch.db: file not found'
ln -s taskmanager.db link.db
run db restore link.db
is 'the database itself' 2 '' \
	'taskmgr: db restore: link.db is the database itself'
before=$(cksum <copy.db)
run db restore copy.db --yes -o copy.db
same 'no result, no file' "$STATUS $(cksum <copy.db)" "0 $before"

# A tab and a backslash with a t are not the same.
sqlite3 note.db "CREATE TABLE notes (id INTEGER PRIMARY KEY, t TEXT);
	INSERT INTO notes (t) VALUES ('a' || char(9) || 'b'), ('a\tb')"
for format in text tsv; do
	run --db note.db note list --format $format --columns t --no-header
	is "$format is unambiguous" 0 'a\tb
a\\tb' ''
done
run --db note.db note list --format line --columns t
is 'line is unambiguous' 0 't = a\tb

t = a\\tb' ''
run --db note.db note list --no-header --columns t
is 'a table is unambiguous' 0 '┌───────┐
│ a\tb  │
│ a\\tb │
└───────┘' ''
run --db note.db note list --no-header --columns t --width 8
is 'and shortens what it shows' 0 '┌──────┐
│ a\tb │
│ a\\… │
└──────┘' ''
finish
