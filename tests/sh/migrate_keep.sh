#!/bin/sh
# What stands around running revisions: copies of the database, its health,
# drawings of it, rows that are in a change's way, and a first revision.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

with_users
run db backup copy.db
is 'backup, and the copy'\''s name' 0 copy.db ''
run db backup copy.db
is 'a backup overwrites nothing' 1 '' 'taskmgr: db backup: copy.db: File exists
hint: a backup never overwrites a file; choose another name'
same 'the copy is sound, and one file' \
	"$(sqlite3 copy.db 'PRAGMA integrity_check' \
		'SELECT username FROM users'; ls)" 'ok
user1
user2
copy.db
taskmanager.db'
touch app.db.part
for i in 1 2 3 4; do
	clean "$TASKMGR" db backup >/dev/null 2>&1 &
done
wait
same 'four at once, and no file of others goes' "$(find . -name '*.backup*' |
	wc -l; find . -name '*.part'; rm -f ./*.backup* ./*.part)" '4
./app.db.part'
run user delete user1 --yes
run db restore copy.db
is 'a restore asks' 2 '' "taskmgr: db restore: Replace all data in sqlite:///taskmanager.db with copy.db? Without a terminal this needs --yes"
run db restore copy.db --yes
is 'restore' 0 '' 'Restored sqlite:///taskmanager.db from copy.db'
run user list --csv --columns username --no-header
same 'all is back' "$(tr -d '\r' <"$WORK/out" | xargs)" 'user1 user2'
run --db new.db db restore copy.db
is 'a restore makes the database' 0 '' \
	'Restored new.db from copy.db'
run --db new.db user count
is 'with its rows' 0 2 ''
ln -s taskmanager.db link.db
run db restore link.db --yes
is 'a restore of the database onto itself' 2 '' \
	'taskmgr: db restore: link.db is the database itself'
run db restore nosuch.db --yes
is 'a copy that is not there' 3 '' \
	'taskmgr: db restore: nosuch.db: file not found'
head -c 20000 copy.db >half.db
run db restore half.db --yes
like 'a copy that is damaged' 1 '' 'taskmgr: db restore: *half.db*'
: >empty.db
run db restore empty.db
is 'an empty copy, before anything is asked' 1 '' \
	'taskmgr: db restore: empty.db is empty, so it is not a backup'
echo text >text.db
run db restore text.db
is 'no database' 1 '' \
	'taskmgr: db restore: database text.db: file is not a database'
run db restore text.db --dry-run
is 'also in a dry run' 1 '' \
	'taskmgr: db restore: database text.db: file is not a database'
run db restore empty.db --yes
is 'an empty file is not a backup' 1 '' \
	'taskmgr: db restore: empty.db is empty, so it is not a backup'
sqlite3 other.db 'PRAGMA page_size = 1024' 'CREATE TABLE p (id INTEGER PRIMARY KEY)' \
	'CREATE TABLE c (p REFERENCES p (id))' 'INSERT INTO c VALUES (7)'
run --db other.db db backup dangling.db
run --db wal.db db restore copy.db
sqlite3 wal.db 'PRAGMA journal_mode = WAL' >/dev/null
run --db wal.db db restore dangling.db --yes
is 'a copy as it was, with pages of another size' 0 '' \
	'Restored wal.db from dangling.db'
same 'in the mode that was' \
	"$(sqlite3 wal.db 'PRAGMA journal_mode' 'SELECT * FROM c')" 'wal
7'
run db verify
like 'verify' 0 '' 'sqlite:///taskmanager.db is sound (sqlite 3.*).*'
sqlite3 taskmanager.db 'PRAGMA foreign_keys = OFF; DELETE FROM users'
run db verify
is 'verify finds what dangles' 1 '' "\
taskmgr: db verify: 1 thing is wrong with sqlite:///taskmanager.db
    row 1 of tasks refers to a row of users that does not exist"
sqlite3 broken.db 'CREATE TABLE t (a, b NOT NULL, c, PRIMARY KEY (c, a)) WITHOUT ROWID' \
	'INSERT INTO t VALUES (1, 2, 3)' 'CREATE TABLE u (a CHECK (a > 1))' \
	'PRAGMA ignore_check_constraints = ON' 'INSERT INTO u VALUES (1)'
run --db broken.db db verify
is 'verify knows what SQLite is wrong about' 1 '' "\
taskmgr: db verify: 1 thing is wrong with broken.db
    CHECK constraint failed in u"
cp taskmanager.db bad.db
# The last page is the root of an index or a table.
printf 'garbage' | dd of=bad.db bs=1 conv=notrunc status=none \
	seek=$(($(wc -c <bad.db) - 4096))
run --db bad.db db backup bad.copy
like 'a damaged database' 1 '' 'taskmgr: db backup: bad.db is damaged: *
hint: no backup was made; db verify lists what is wrong'
same 'leaves no file' "$(echo bad.copy*)" 'bad.copy*'
run --db wal.db db restore bad.db --yes
like 'a damaged copy' 1 '' 'taskmgr: db restore: bad.db is damaged: *
hint: nothing was changed; restore another backup'
same 'replaces nothing' "$(sqlite3 wal.db 'SELECT * FROM c')" 7
run --db broken.db db backup broken.copy
run --db wal.db db restore broken.copy --yes
is 'a copy of rows that break a constraint' 0 '' \
	'Restored wal.db from broken.copy'
sqlite3 taskmanager.db 'CREATE TABLE fat AS SELECT randomblob(1000000)' \
	'DROP TABLE fat'
run db vacuum
like 'vacuum' 0 '' '[0-9]* bytes, 1[0-9]* before'
holds 'the file is small again' test "$(stat -c %s taskmanager.db)" -lt 100000

with_users
run db diagram
like 'diagram' 0 '*users
    id INTEGER PRIMARY KEY
    username VARCHAR NOT NULL UNIQUE
*tasks (user_id) n --- 1 users' ''
run db diagram --format mermaid
like 'diagram for mermaid' 0 'erDiagram
    users {
        INTEGER id PK
        VARCHAR username UK
*    users ||--o{ tasks : "user_id"' ''
sqlite3 odd.db 'CREATE TABLE "a b" (x)' \
	'CREATE TABLE a_b (x REFERENCES "a b" (x))' 'CREATE TABLE "" (y)'
sqlite3 long.db "CREATE TABLE a_name_that_is_rather_long (
	a, b, c, d, PRIMARY KEY (a, b, c, d))" \
	"CREATE TABLE another_name_that_is_rather_long (w, x, y, z,
	FOREIGN KEY (w, x, y, z) REFERENCES a_name_that_is_rather_long)"
run --db long.db db diagram
like 'long names' 0 '*
another_name_that_is_rather_long (w, x, y, z) n --- 1
    a_name_that_is_rather_long or none' ''
same 'a diagram fits 80 columns' "$(($(wc -L <"$WORK/out") < 80))" 1
run --db odd.db db diagram --format mermaid
like 'any name' 0 '*"a b" {*    a_b {*"(no name)" {*    "a b" |o--o{ a_b : "x"' ''
run db diagram --format dot
like 'diagram for dot' 0 'digraph schema {
*	"tasks" -> "users" \[label="user_id"\];
}' ''
run db diagram --format=png
is 'another format' 2 '' \
	'taskmgr: db diagram: --format must be text, mermaid or dot, not png'

# A copy before the upgrade.
fresh_folder
revision aaaa1111 '' 'CREATE TABLE t (a INT, b INT);
INSERT INTO t VALUES (1, NULL), (1, 2), (2, 2);' 'DROP TABLE t;'
revision bbbb1111 aaaa1111 'DELETE FROM t;' ''
run db upgrade aaaa1111
run db upgrade --backup=before.db
is 'upgrade --backup=FILE' 0 '' 'Backup in before.db
Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111'
same 'it holds what was there' "$(sqlite3 before.db \
	'SELECT count(*) FROM t' 'SELECT * FROM alembic_version')" '3
aaaa1111'
run db restore before.db --yes
run db upgrade --backup
is 'upgrade --backup' 0 '' 'Backup in app.db.2026-11-22T11-07-02.backup
Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111'
run db restore before.db --yes
run db upgrade --backup=no/such/folder
like 'no copy, no upgrade' 1 '' 'taskmgr: db upgrade: *no/such/folder*'
same 'nothing ran' "$(sql 'SELECT count(*) FROM t')" 3
rm migrations/versions/bbbb1111.sql

# Rows in the way of a change are counted and shown before it is written.
wants() {
	echo "$1" >migrations/schema.sql
	run db revision --autogenerate -m x
	is "$2" 4 '' "$3"
	same "$2: no file" "$(ls migrations/versions)" aaaa1111.sql
}
wants 'CREATE TABLE t (a INT UNIQUE, b INT);' 'duplicates' "\
Detected added unique constraint on '(a)'
taskmgr: db revision: t becomes unique in (a), and 2 rows are in the way
    a 1, count(*) 2
hint: change the rows first; taskmgr db diff --sql shows the SQL to write a revision by hand"
wants 'CREATE TABLE t (a INT, b INT CHECK (b < 2));' 'a CHECK' "\
Detected added check constraint (b < 2) on table 't'
taskmgr: db revision: t gets CHECK (b < 2), and 2 rows are in the way
    a 1, b 2
    a 2, b 2
hint: change the rows first; taskmgr db diff --sql shows the SQL to write a revision by hand"
wants 'CREATE TABLE t (a INT, b INT); CREATE UNIQUE INDEX i ON t (b + 1) WHERE a;' \
	'duplicates of an expression' "\
Detected added index 'i' on '(b + 1)'
taskmgr: db revision: t becomes unique in (b + 1) WHERE a, and 2 rows are in the way
    b + 1 3, count(*) 2
hint: change the rows first; taskmgr db diff --sql shows the SQL to write a revision by hand"
wants "CREATE TABLE t (a INT, b INT, c TEXT AS (a + b) CHECK (c < '4'));" \
	'a CHECK of a generated column' "\
Detected added column 't.c'
Detected added check constraint (c < '4') on table 't'
taskmgr: db revision: t gets CHECK (c < '4'), and 1 row is in the way
    a 2, b 2, c 4
hint: change the rows first; taskmgr db diff --sql shows the SQL to write a revision by hand"
wants 'CREATE TABLE t (a INT, b INT, c AS (b) NOT NULL);' \
	'a generated column that is NOT NULL' "\
Detected added column 't.c'
taskmgr: db revision: t.c is generated and NOT NULL, and 1 row is in the way
    a 1, b NULL, c NULL
hint: change the rows first; taskmgr db diff --sql shows the SQL to write a revision by hand"
wants 'CREATE TABLE t (a INT, b INT NOT NULL);' 'NULLs' "\
Detected NOT NULL on column 't.b'
taskmgr: db revision: t.b becomes NOT NULL, and 1 row is in the way
    a 1, b NULL
hint: change the rows first, or use --fill t.b=VALUE; taskmgr db diff --sql shows the SQL to write a revision by hand"
wants "CREATE TABLE t (a INT, b INT, c AS (json_extract('x' || b, '$')));" \
	'an expression that fails' "\
Detected added column 't.c'
taskmgr: db revision: t.c cannot be computed: malformed JSON
hint: change the rows first, or schema.sql"
wants "CREATE TABLE t (a INT, b INT, c INT AS (json_extract('x' || b, '$')) CHECK (c > 1));" \
	'a CHECK of what fails' "\
Detected added column 't.c'
Detected added check constraint (c > 1) on table 't'
taskmgr: db revision: the new rows of t cannot be computed: malformed JSON
hint: change the rows first, or schema.sql"
wants "CREATE TABLE t (a INT, b INT, c INT DEFAULT 3 CHECK (c > 4));" \
	'a new column that refuses its own DEFAULT' "\
Detected added column 't.c'
Detected added check constraint (c > 4) on table 't'
taskmgr: db revision: t gets CHECK (c > 4), and 3 rows are in the way
    a 1, b NULL, c 3
    a 1, b 2, c 3
    a 2, b 2, c 3
hint: change schema.sql first; taskmgr db diff --sql shows the SQL to write a revision by hand"
wants 'CREATE TABLE t (a INT, b INT REFERENCES t (a));' \
	'a foreign key to no key' "\
taskmgr: db revision: a foreign key in t would reference columns that are neither PRIMARY KEY nor UNIQUE
hint: give those columns a PRIMARY KEY, a UNIQUE or a unique index of their own"
echo 'CREATE TABLE t (a INT, b INT); CREATE TABLE u (x, y AS (z), z AS (y));' \
	>migrations/schema.sql
run db diff
# A newer SQLite does not even create such a table.
like 'generated columns that go round in circles' "$STATUS" '*' \
	'*schema.sql:*: generated column loop on "z"*'
echo 'CREATE TABLE t (a INT, b INT NOT NULL);' >migrations/schema.sql
run db revision --autogenerate -m x --rev-id bbbb1111 --fill t.b=7
run db upgrade
same '--fill' "$(sql 'SELECT b FROM t' | xargs)" '7 2 2'
run db show head --sql up --json
same 'show --sql as data' "$(jq -r .sql "$WORK/out" | grep -c 'CREATE TABLE')" 1

# An option that would do nothing is told.
echo 'CREATE TABLE t (a INT, b INT NOT NULL, c INT, d INT NOT NULL);
CREATE TABLE n (a INT NOT NULL);' >migrations/schema.sql
refused() {
	run db revision --autogenerate -m x --fill t.d=1 "--${2%% *}" "$3"
	is "$1" 4 '' "taskmgr: db revision: $2"
}
refused 'a fill of an unknown table' 'fill zz.a: unknown table zz' zz.a=1
refused 'a fill of an unknown column' 'fill t.zz: unknown column' t.zz=1
refused 'a fill of what may be NULL' \
	'fill t.c: the column allows NULL' t.c=1
refused 'a fill of what has values' 'fill t.b: no row lacks a value' \
	t.b=1
refused 'a fill of a new table' 'fill n.a: no row lacks a value' n.a=1
refused 'a rename into another table' \
	'rename t.a=n.a: a column cannot move to another table' t.a=n.a
refused 'a rename of an unknown table' 'rename a=c: unknown table a' a=c
echo 'CREATE TABLE t (aa INT, b INT NOT NULL);' >migrations/schema.sql
run db diff --rename a=aa
is 'a column that is taken for a table' 4 '' "\
taskmgr: db diff: rename a=aa: unknown table a
hint: to rename a column, use --rename t.a=t.aa"
run db diff --rename b=bb
is 'one that was not renamed' 4 '' \
	'taskmgr: db diff: rename b=bb: unknown table b'

# A STRICT table refuses a value, whatever rows there are.
echo 'CREATE TABLE t (a INT, b INT NOT NULL, e INT NOT NULL) STRICT;' \
	>migrations/schema.sql
run db revision --autogenerate -m x --fill t.e=abc
is 'a fill of another type' 4 '' \
	'taskmgr: db revision: fill t.e: cannot store TEXT value in INT column t.e'
echo 'CREATE TABLE t (a INT, b INT NOT NULL, d INT NOT NULL, e REAL NOT NULL);' \
	>migrations/schema.sql
refused 'a fill that is not a number' "fill t.e: 'abc' is not of type REAL" t.e=abc
sed -i 's/e REAL/e INT/' migrations/schema.sql
refused 'a fill that is not an integer' 'fill t.e: 1.5 is not of type INT' t.e=1.5

# A literal of SQL is meant as one; all else is a text.
filled() {
	echo 'CREATE TABLE t (a INT, b INT NOT NULL, c INT, e NOT NULL);' \
		>migrations/schema.sql
	run db revision --autogenerate -m x --rev-id ffff1111 --fill "t.e=$1"
	run db upgrade
	same "--fill t.e=$1" "$(sql 'SELECT DISTINCT quote(e) FROM t')" "$2"
	run db downgrade -1 --yes
	rm -f migrations/versions/ffff1111*
}
filled "it's" "'it''s'"
filled "'it''s'" "'it''s'"
filled -1.5e3 -1500.0
filled "x'00ff'" "X'00FF'"
filled 2026-11-26 "'2026-11-26'"
filled 5x "'5x'"
filled "'a' || 'b'" "'''a'' || ''b'''"
filled true 1

# Names that have a point or an equals sign stand in quotes.
fresh_folder
echo 'CREATE TABLE "t.x" (id INTEGER PRIMARY KEY);' >migrations/schema.sql
run db revision --autogenerate -m one
run db upgrade
sql 'INSERT INTO "t.x" VALUES (1)'
echo 'CREATE TABLE "t.x" (id INTEGER PRIMARY KEY, "a=""b." TEXT NOT NULL);' \
	>migrations/schema.sql
run db revision --autogenerate -m two
like 'the hint quotes them' 2 '' \
	"*hint: use --fill '\"t.x\".\"a=\"\"b.\"=VALUE'"
run db revision --autogenerate -m two --fill '"t.x"."a=""b."=5'
run db upgrade
echo 'CREATE TABLE t (id INTEGER PRIMARY KEY, "c.d" TEXT NOT NULL);' \
	>migrations/schema.sql
run db revision --autogenerate -m three --rename '"t.x"=t' \
	--rename 't."a=""b."="c.d"'
run db upgrade
same 'options take them' "$(sql 'SELECT "c.d" FROM t')" 5

# What only looks like an FTS table's own is somebody's.
fresh_folder
echo 'CREATE TABLE d_content (id INTEGER PRIMARY KEY, t);' >migrations/schema.sql
run db revision --autogenerate -m one
run db upgrade
sql "INSERT INTO d_content VALUES (7, 'some words')"
echo "CREATE VIRTUAL TABLE d USING fts5(t, content='d_content',
	content_rowid='id');" >>migrations/schema.sql
run db revision --autogenerate -m two
like 'an index of a table that is named as its shadow' 0 '' \
	"Detected added table 'd'
Generating *"
run db upgrade
same 'is filled, and the table stays' \
	"$(sql "SELECT rowid FROM d WHERE d MATCH 'words'" 'SELECT * FROM d_content')" \
	'7
7|some words'
run --keep-going -c 'db downgrade -1 --yes; db diff; d_content count'
like 'and it stays when the index goes' 6 1 '*'

# Functions in constraints are SQLite's business.
fresh_folder
echo "CREATE TABLE j (id INTEGER PRIMARY KEY, a TEXT CHECK (json_valid(a)),
	b AS (a ->> 0)); CREATE INDEX j_b ON j (json_extract(a, '$.x'));" \
	>migrations/schema.sql
run db revision --autogenerate -m json
run db upgrade
run -c 'db check; j create --a "[1]" --jsonl; j count'
is 'JSON functions in a schema' 0 '{"id":1,"a":"[1]","b":1}
1' \
	'No new upgrade operations detected.'

# A database that others made gets a first revision for what is there.
fresh
sqlite3 app.db 'CREATE TABLE a (x)' 'INSERT INTO a VALUES (1)'
run --db app.db db init
like 'init on tables' 0 '' '*_baseline.sql ...  done
*Running stamp_revision  -> ????????????
Next, edit migrations/schema.sql, then
write a revision: taskmgr --db app.db db revision --autogenerate -m "what changes"
and run it: taskmgr --db app.db db upgrade'
run db check
is 'nothing is left to be found' 0 '' 'No new upgrade operations detected.'
run --db other.db db upgrade
like 'the same can be made elsewhere' 0 '' '*baseline: the tables as they were found'
same 'the same' "$(sqlite3 other.db 'PRAGMA table_info(a)')" '0|x||0||0'

# What alembic.ini names, in its spellings.
for line in 'sqlalchemy.url: sqlite:///app.db' 'SQLAlchemy.URL = sqlite+pysqlite:///%(here)s/app.db'; do
	fresh
	sqlite3 app.db 'CREATE TABLE a (x)'
	printf '[alembic]\nscript_location = alembic\n%s\n' "$line" >alembic.ini
	run db init
	like "init takes $line" 0 '' 'Using the database of alembic.ini: sqlite*:///*app.db
*_baseline.sql*'
done
fresh
echo 'sqlalchemy.url = sqlite:///none.db' >alembic.ini
run db init
like 'init says what is not there' 0 '' 'The database of alembic.ini, sqlite:///none.db, does not exist; name another with --db
*'
fresh
echo 'sqlalchemy.url = postgresql://me:secret@here/x' >alembic.ini
run db init
like 'or of another kind' 0 '' "The database of alembic.ini is not a SQLite database; name one with --db
Creating *"

# Comments at the end of what was found end before what follows.
fresh
printf 'CREATE TABLE u (x);\nCREATE VIEW v AS SELECT x FROM u -- live\n;
CREATE INDEX i ON u (x) -- fast\n; CREATE TABLE w (y) -- last\n;' | sqlite3 app.db
run --db app.db db init
like 'comments at the end' 0 '' '*Running stamp_revision*'
run db check --all
like 'are no harm' 0 '' '*No new upgrade operations detected.'

# A folder without schema.sql.
with_users
run db init --quiet
rm migrations/schema.sql
is_db 'nothing to compare with' 1 '' "\
taskmgr: db diff: schema.sql: cannot be opened: No such file or directory
hint: to write the schema that the database has: taskmgr db schema -o migrations/schema.sql" diff
printf 'CREATE\0' >migrations/schema.sql
is_db 'one that is not text gets no such hint' 1 '' "\
taskmgr: db diff: schema.sql: contains NUL bytes, so it is not SQL text" diff
rm migrations/schema.sql
run db schema -o migrations/schema.sql
is_db 'what the hint writes is equal' 0 '' '' diff
rm migrations/schema.sql taskmanager.db
run user list
is 'neither schema.sql nor a database' 6 '' "\
taskmgr: database taskmanager.db does not exist
hint: create it with: taskmgr db upgrade"
run help
like 'help without either' 0 'Usage: *' ''
finish
