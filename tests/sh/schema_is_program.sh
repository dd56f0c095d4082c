#!/bin/sh
# The schema is the program: a table and a column more, and everything follows
# without a new build.  And with another schema built in, nothing of the
# shipped one is left.
. tests/lib.sh

run db init
run db revision --autogenerate -m 'Initial migration'
run db upgrade
run user create --username user1 --firstname A --lastname B --age 1
cat >>migrations/schema.sql <<'SQL'

CREATE TABLE projects (
	id INTEGER PRIMARY KEY,
	name VARCHAR(40) NOT NULL UNIQUE, -- what it is called
	stage VARCHAR NOT NULL DEFAULT 'new'
		CHECK (stage IN ('new', 'running', 'done')),
	budget INTEGER CHECK (budget >= 0)
);
SQL
sed -i "s/^	slug VARCHAR NOT NULL UNIQUE -- @slug title/	slug VARCHAR NOT NULL UNIQUE, -- @slug title\\
	due DATE -- when it must be done/" migrations/schema.sql
run db revision --autogenerate -m 'add projects' --rev-id 0a1b2c3d4e5f
like 'autogenerate finds both' 0 '' \
	"*Detected added column 'tasks.due'*Detected added table 'projects'*done"
run db upgrade
like 'upgrade' 0 '' 'Running upgrade * -> 0a1b2c3d4e5f, add projects'
run db check
is 'nothing is left to be found' 0 '' 'No new upgrade operations detected.'
run project create --name 'New house' --budget 5 --jsonl
is 'the new table is a resource' 0 \
	'{"id":1,"name":"New house","stage":"new","budget":5}' ''
run project show 'New house' --columns id --jsonl
is 'and found by its name' 0 '{"id":1}' ''
run task create --user user1 --title Paint --due 2026-12-24 --columns due --jsonl
is 'the new column is an option' 0 '{"due":"2026-12-24"}' ''
run task create --user user1 --title Paint --due 2026-02-30
is 'that knows what a date is' 4 '' 'taskmgr: task create: --due must be a date (YYYY-MM-DD): day value is outside expected range (got "2026-02-30")'
run task create --help
like 'help shows it, with its comment' 0 \
	'*--due DATE*when it must be done; date*' ''
run project create --help
like 'help knows the choices and limits' 0 \
	'*--name TEXT*what it is called; required; at most 40 characters*--stage TEXT*one of new, running, done*--budget N*at least 0*' ''
run project create --name x --stage old --budget -1
is 'and so does validation' 4 '' "\
taskmgr: project create: --stage must be 'new', 'running' or 'done', not \"old\"
taskmgr: project create: --budget must be at least 0, not \"-1\""
run __complete project create --stage ''
is 'and completion' 0 'new
running
done' ''
run db downgrade -1
like 'a downgrade that would lose values says so' 2 '' \
	'*1 value of tasks.due, 1 row of projects would be lost*--yes*'
run db downgrade -1 --yes
like 'downgrade' 0 '' 'Running downgrade 0a1b2c3d4e5f -> *, add projects'
run task create --user user1 --title Hang --due 2026-12-24
like 'the option is gone' 2 '' '*unknown option --due*'
run user list --columns username --jsonl
is 'and no row was lost' 0 '{"username":"user1"}' ''

# Another program: only its own words are in it.
mkdir -p other/versions
cat >other/schema.sql <<'SQL'
CREATE TABLE books (
	isbn TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	slug TEXT UNIQUE
);
SQL
cp "$TOP/migrations/revision.sql.in" other
if [ "$MODE" != asan ]; then
	other=$WORK/other
	built=$(dirname "$(readlink -f "$TASKMGR")")
	# What is built already needs no compiler: only the schema is another.
	mkdir "$other"
	tar -C "$built" --exclude=./unit --exclude=./taskmgr \
		--exclude='./builtin.*' -cf - . | tar -C "$other" -xf -
	holds 'it builds with another schema' make -s -C "$TOP" \
		MIGRATIONS="$PWD/other" B="$other" SHARED=1 "$other/taskmgr"
	strip -o "$other/stripped" "$other/taskmgr"
	words=$(strings "$other/stripped" |
		grep -wE 'users|tasks|username|firstname|priority|/user/|/task/' || :)
	same 'nothing of the shipped schema is in it' "$words" ''
	fresh
	STATUS=0
	clean "$other/taskmgr" db init >"$WORK/out" 2>&1 &&
		clean "$other/taskmgr" db revision --autogenerate -m books \
			>"$WORK/out" 2>&1 &&
		clean "$other/taskmgr" db upgrade >"$WORK/out" 2>&1 &&
		clean "$other/taskmgr" book create --isbn 1 --name 'A b' \
			--jsonl >"$WORK/out" 2>"$WORK/err" || STATUS=$?
	is 'and it works on its own' 0 '{"isbn":"1","name":"A b","slug":"1"}' ''
fi
finish
