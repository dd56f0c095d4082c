#!/bin/sh
# What was run is known: by its text, its place in the graph and its file.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

# The applied text is known: an edit is seen, a comment is none.
two
sed -i 's/^-- migrate:up/&\n-- a remark/; s/CREATE TABLE/create   table/' \
	migrations/versions/aaaa1111.sql
is_db 'a comment is not an edit' 0 '' '' upgrade
revision aaaa1111 '' 'CREATE TABLE a (x, y);' 'DROP TABLE a;'
is_db 'an edited revision' 6 '' "\
taskmgr: db upgrade: Revision aaaa1111 was changed after it was applied (2026-11-22 11:07:02): versions/aaaa1111.sql
hint: put the file back, or accept the change: taskmgr db repair" upgrade
is_db 'status says so' 0 \
	'edited   2026-11-22 11:07:02  aaaa1111, revision aaaa1111' '' status
is_db 'repair' 0 '' 'Repaired the record of 1 revision: aaaa1111' repair
is_db 'once' 0 '' 'Nothing to repair' repair
is_db 'after the repair' 0 '' '' upgrade

# Its file may even be gone.
two
revision bbbb1111 aaaa1111 'CREATE TABLE b (x);' 'DROP TABLE b;'
run db upgrade
rm migrations/versions/bbbb1111.sql
is_db 'a missing file' 6 '' "\
taskmgr: db upgrade: Can't locate revision identified by 'bbbb1111': the database has it (\"revision bbbb1111\", applied 2026-11-22 11:07:02), but it has no file in migrations/versions
hint: get its file, or go back with: taskmgr db downgrade -1" upgrade
is_db 'current of a missing file' 0 'bbbb1111 (missing)' '' current
run db status --json
same 'status as data' "$(jq -r '.[] | .revision + " " + .state' "$WORK/out")" \
	'aaaa1111 applied
bbbb1111 missing'
is_db 'it is downgraded all the same' 0 '' \
	'Running downgrade bbbb1111 -> aaaa1111, revision bbbb1111' downgrade -1
same 'and its table is gone' "$(state)" "$was"
sql "UPDATE alembic_version SET version_num = 'ffff9999'"
is_db 'a revision that nobody knows' 6 '' "\
taskmgr: db upgrade: Can't locate revision identified by 'ffff9999': the database has it, but it has no file in migrations/versions
hint: get its file, or run: taskmgr db stamp --purge REV" upgrade
is_db 'stamp --purge' 0 '' 'Running stamp_revision ffff9999 -> aaaa1111' \
	stamp --purge head

# Nothing is built on what has no file, and nothing unasked is made.
fresh_folder
is_db 'the version table of no database' 6 '' "\
taskmgr: db ensure_version: database app.db does not exist
hint: create it with: taskmgr db upgrade" ensure_version
is_db 'a wait of less than nothing' 2 '' \
	'taskmgr: db upgrade: --lock-timeout must be 0 or more seconds' \
	upgrade --lock-timeout=-1
revision aaaa1111 '' 'CREATE TABLE a (x);' ''
revision bbbb1111 aaaa1111 'CREATE TABLE b (x);' ''
run db upgrade
rm migrations/versions/bbbb1111.sql
is_db 'a revision of what has no file' 3 '' \
	"taskmgr: db revision: Can't locate revision identified by 'bbbb1111': it has no file" \
	revision --head bbbb1111 --splice -m x
STATUS=0
env -i PATH="$PATH" LC_ALL=C.UTF-8 ASAN_OPTIONS="${ASAN_OPTIONS-}" \
	EDITOR="sed -i 's/^-- down_revision.*/&nosuch/'" "$TASKMGR" \
	db edit aaaa1111 >"$WORK/out" 2>"$WORK/err" || STATUS=$?
is 'an edit that breaks the graph' 6 '' 'Revision aaaa1111 has already been run; to accept the edited file, run: taskmgr db repair
taskmgr: db edit: Revision nosuch referenced from aaaa1111 (versions/aaaa1111.sql) is not present'

revision aaaa1111 '' 'CREATE TABLE a (x);' ''
run --read-only --db none.db db upgrade
is 'read-only makes nothing, and says so' 6 '' "\
taskmgr: db upgrade: database none.db does not exist
hint: create it with: taskmgr --db none.db db upgrade"

fresh_folder
is_db 'the first step is told' 0 '' \
	'There are no revisions yet
write the first with: taskmgr db revision --autogenerate -m "…"' \
	upgrade
for look in status history heads; do
	is_db "db $look has one, too" 0 '' 'There are no revisions yet
write the first with: taskmgr db revision --autogenerate -m "…"' $look
done
is_db 'an option that would do nothing' 2 '' \
	'taskmgr: db revision: --rename, --fill and --column-order need --autogenerate' \
	revision -m x --fill t.a=1

# The folder that taskmgr.ini names is made by db init.
fresh_folder
rm -r migrations
run db init
like 'db init for a file that is there' 0 '' 'Creating directory migrations *'
is_db 'but not a second time' 1 '' \
	'taskmgr: db init: Directory migrations already exists and is not empty
hint: choose another: taskmgr db init DIR' init
is_db 'nor under another name' 1 '' 'taskmgr: db init: taskmgr.ini already exists
hint: to create the folder that it names: taskmgr db init' init other

# A file may be missing under others that are there.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' 'DROP TABLE a;'
revision bbbb1111 aaaa1111 'CREATE TABLE b (x);' 'DROP TABLE b;'
run db upgrade
revision cccc1111 bbbb1111 'CREATE TABLE c (x);' ''
rm migrations/versions/aaaa1111.sql
run db status
like 'a missing file below' 0 'missing *aaaa1111*
applied *bbbb1111*
pending *cccc1111*' ''
run db upgrade
like 'nothing is built on it' 6 '' "*Can't locate revision identified by 'aaaa1111'*"
run db downgrade base
is 'but it can be taken back' 0 '' "\
Running downgrade bbbb1111 -> aaaa1111, revision bbbb1111
Running downgrade aaaa1111 -> , revision aaaa1111"
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' ''
run db upgrade
sql "UPDATE alembic_version SET version_num = 'ffff9999'"
is_db 'an unknown revision cannot be downgraded' 6 '' "\
taskmgr: db downgrade: Can't locate revision identified by 'ffff9999': the database has it, but it has no file in migrations/versions
hint: get its file, or run: taskmgr db stamp --purge REV" downgrade base

# How a revision runs is a part of it.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' 'DROP TABLE a;' 'foreign_keys: off'
run db upgrade
sed -i '/foreign_keys/d' migrations/versions/aaaa1111.sql
run db downgrade -1
like 'an edited header' 6 '' '*Revision aaaa1111 was changed after*'
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' 'DROP TABLE a;'
revision bbbb1111 '' 'CREATE TABLE b (x);' 'DROP TABLE b;'
revision cccc1111 'aaaa1111, bbbb1111' 'CREATE TABLE c (x);' 'DROP TABLE c;'
run db upgrade
sed -i 's/^-- down_revision: aaaa.*/-- down_revision: bbbb1111,aaaa1111/' \
	migrations/versions/cccc1111.sql
is_db 'the order of parents is none' 0 '' '' upgrade
sed -i 's/^-- down_revision: bbbb.*/-- down_revision: bbbb1111/' \
	migrations/versions/cccc1111.sql
run db upgrade heads
like 'another parent is an edit' 6 '' '*Revision cccc1111 was changed after*'
rm migrations/versions/cccc1111.sql
run db current --check-heads
like 'a head without a file' 6 '' '*Database is not on all head revisions*'

# What cannot be looked at is not missing.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE a (x);' ''
run --db taskmgr.ini/x db status
is 'a path through a file' 1 '' \
	'taskmgr: db status: database taskmgr.ini/x: Not a directory'
run --db no/x.db db upgrade
is 'a folder that is missing' 1 '' \
	'taskmgr: db upgrade: database no/x.db cannot be opened: No such file or directory'
mkfifo migrations/versions/pipe.sql
run db history
is 'a pipe among the revisions' 6 '' \
	'taskmgr: db history: versions/pipe.sql is not a regular file'
finish
