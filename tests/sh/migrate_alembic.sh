#!/bin/sh
# Moving in from Alembic: its folder, its revisions, the SQL that it tells.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

# Alembic's own folder, with what SQL it tells.
fresh
if alembic init alembic >/dev/null 2>&1; then
	sed -i 's|^sqlalchemy.url.*|sqlalchemy.url = sqlite:///app.db|' \
		alembic.ini
	alembic revision -m 'first one' --rev-id aaaa1111 >/dev/null
	sed -i '/^def upgrade/,/pass/ s/pass/op.create_table("t", sa.Column("a", sa.String(9)))/
		/^def downgrade/,/pass/ s/pass/op.drop_table("t")/' \
		alembic/versions/aaaa1111*
	alembic revision -m 'a "left" one' --rev-id bbbb1111 >/dev/null
	alembic revision -m right --rev-id bbbb2222 --head aaaa1111 --splice \
		--branch-label side >/dev/null
	alembic merge heads -m both --rev-id cccc1111 >/dev/null
	alembic upgrade head 2>/dev/null
	run --db app.db db init
	run db current
	is 'at the revision that Alembic left' 0 'cccc1111 (head)' ''
	run db import-alembic alembic
	like 'import-alembic' 0 '' '*Imported 4 revisions from alembic'
	run db history
	like 'the whole history is there' 0 "\
bbbb????, bbbb???? -> cccc1111 (side) (head) (mergepoint), both
*<base> -> aaaa1111 (branchpoint), first one" ''
	run db show aaaa1111 --sql up
	like 'with its SQL' 0 'CREATE TABLE t (*a VARCHAR(9)*);' ''
	run db show aaaa1111 --sql down
	is 'and the way back' 0 'DROP TABLE t;' ''
	run db check
	is 'the database is at head' 0 '' \
		'No new upgrade operations detected.'
	run db check --all
	is 'the revisions make it' 0 '' 'No new upgrade operations detected.'
	run db import-alembic alembic
	is 'a second time brings nothing' 0 '' \
		'Imported 0 revisions from alembic'
	same 'Alembic still knows where it is' \
		"$(alembic current 2>/dev/null | cut -c 1-8)" cccc1111
	# Several heads, and a folder that is somewhere else.
	alembic revision -m more --rev-id dddd1111 --head bbbb2222 --splice \
		>/dev/null
	sed -i '/^def upgrade/,/pass/ s/pass/op.create_table("u", sa.Column("a", sa.Integer))/
		/^def downgrade/,/pass/ s/pass/op.drop_table("u")/' \
		alembic/versions/dddd1111*
	alembic upgrade heads 2>/dev/null
	mkdir "$WORK/elsewhere"
	cp app.db "$WORK/elsewhere/"
	cd "$WORK/elsewhere" || exit
	run --db app.db db init
	run db status
	like 'init where Alembic left two versions' 0 \
		'applied *cccc1111, baseline*
applied *dddd1111, baseline*' ''
	run db import-alembic ../here/alembic
	like 'import-alembic from there' 0 '' \
		'*Imported 5 revisions from ../here/alembic'
	run db downgrade base --yes
	same 'goes all the way back' "$(sqlite3 app.db \
		"SELECT name FROM sqlite_schema WHERE name IN ('t', 'u')")" ''
	# What Alembic can't tell, a baseline makes as a whole.
	cd "$WORK/here" || exit
	alembic revision -m batch --rev-id eeee1111 --head cccc1111 >/dev/null
	sed -i '/^def upgrade/,/pass/ s/pass/with op.batch_alter_table("t") as b: b.alter_column("a", nullable=False)/' \
		alembic/versions/eeee1111*
	alembic upgrade heads 2>/dev/null
	rm -r migrations taskmgr.ini
	run db init
	like 'init takes the database of alembic.ini' 0 '' \
		'Using the database of alembic.ini: sqlite:///app.db
*'
	run db import-alembic alembic
	like 'a revision that Alembic prints no SQL for' 0 '' \
		'*Imported 6 revisions from alembic, 6 of them without their own SQL*
Alembic printed no SQL for them; to see why, run: alembic -c *'
	run --db other.db db upgrade heads
	run db check --drift --db other.db
	is 'a new database is made whole' 0 '' \
		'The database matches its revisions.'
	run db check --all
	like 'and the revisions are right' 0 '' \
		'*No new upgrade operations detected.'
	rm taskmgr.ini
	run db init alembic
	is 'a folder that is not free' 1 '' \
		'Using the database of alembic.ini: sqlite:///app.db
taskmgr: db init: Directory alembic already exists and is not empty
hint: choose another: taskmgr db init DIR'
else
	ok 'import-alembic # SKIP there is no alembic'
fi

# Without the command, revisions are recorded, and the baseline keeps its SQL.
fresh
mkdir -p alembic/versions
sqlite3 app.db 'CREATE TABLE t (a)' \
	'CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)' \
	"INSERT INTO alembic_version VALUES ('r2')"
cat >alembic/versions/r1.py <<'EOF'
# a comment first
r'''one of "many" \\ quotes

Create Date: 2020-01-02 03:04:05
'''
from typing import Union
revision: str = "r1"  # the id
down_revision: Union[str, None] = None
text = """
revision = 'not this'
"""
EOF
cat >alembic/versions/r2.py <<'EOF'
"""two"""
revision = 'r2'
down_revision = (
    'r1',  # below
)
branch_labels = ['a', "b"]
depends_on = None
EOF
run --db app.db db init
run db import-alembic alembic
like 'recorded only' 0 '' \
	'*Imported 2 revisions from alembic, 2 of them without their own SQL, 2 without a downgrade
Alembic was not run: no alembic.ini in alembic, its parent folder or the current one'
run db history
is 'their graph' 0 'r1 -> r2 (a, b) (head), two
<base> -> r1 (a, b), one of "many" \ quotes' ''
run db history --json
same 'their dates' "$(jq -r '.[1].create_date' "$WORK/out")" \
	'2020-01-02 03:04:05'
run db downgrade -1
like 'and it cannot be downgraded' 1 '' \
	'taskmgr: db downgrade: Revision r2 cannot be downgraded: *has no "-- migrate:down" section'
run --db other.db db upgrade
same 'a new database gets the tables' \
	"$(sqlite3 other.db 'PRAGMA table_info(t)')" '0|a||0||0'
# Without the tables there is nothing to be run.
mkdir "$WORK/bare"
cp -r alembic "$WORK/bare/"
cd "$WORK/bare" || exit
run --db new.db db init
run db import-alembic alembic
run db upgrade
is 'what is not known is not run' 1 '' "\
taskmgr: db upgrade: Revision r1 cannot be run: its SQL is unknown (versions/r1_one_of_many_quotes.sql)
hint: add its SQL and remove \"-- sql: unknown\", or run: taskmgr db stamp r1"
run db stamp heads
like 'but stamped' 0 '' 'Running stamp_revision  -> r2'
cd "$WORK/here" || exit
echo 'down_revision = compute()' >>alembic/versions/r1.py
run db import-alembic alembic
is 'what cannot be read is named' 1 '' 'taskmgr: db import-alembic: versions/r1.py: cannot read the value of down_revision'
finish
