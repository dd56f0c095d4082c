#!/bin/sh
# A change is judged by what it breaks: what worked before and would fail
# after it is refused before a file is written; what failed before is silent.
. tests/lib.sh

# begin: x.db with the SQL of standard input, and a folder that knows it.
begin() {
	fresh
	sqlite3 -batch -bail x.db >/dev/null
	run --db x.db db init -q
}

# change SED: schema.sql, edited.
change() {
	sed "$@" migrations/schema.sql >edited && mv edited migrations/schema.sql
}

revise() {
	run db revision --autogenerate --yes -m change "$@"
}

written() {
	cat migrations/versions/*_change.sql 2>/dev/null
}

# Tables that are dropped together.
begin <<'E'
CREATE TABLE users (id INTEGER PRIMARY KEY,
	boss INTEGER REFERENCES users (id) ON DELETE CASCADE);
CREATE TABLE tasks (id INTEGER PRIMARY KEY,
	user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE);
CREATE TABLE steps (task_id INTEGER NOT NULL REFERENCES tasks);
INSERT INTO users VALUES (1, NULL), (2, 1), (3, 2);
INSERT INTO tasks VALUES (1, 1), (2, 3);
INSERT INTO steps VALUES (1), (2);
E
: >migrations/schema.sql
revise
same 'tables are dropped before those that they refer to' \
	"$(written | sed -n '/migrate:up/,/migrate:down/p; /foreign_keys/p')" "\
-- migrate:up
DROP TABLE steps;
DROP TABLE tasks;
DROP TABLE users;

-- migrate:down"
run db upgrade
like 'and rows are not in the way' 0 '' 'Running upgrade *'
begin <<'E'
CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES b);
CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a);
INSERT INTO a VALUES (1, NULL); INSERT INTO b VALUES (1, 1);
UPDATE a SET b = 1;
E
: >migrations/schema.sql
revise
holds 'where they refer to each other, foreign keys are off' \
	grep -q '^-- foreign_keys: off' migrations/versions/*_change.sql
run db upgrade
like 'and they go' 0 '' 'Running upgrade *'
begin <<'E'
CREATE TABLE p (id INTEGER PRIMARY KEY,
	up INTEGER REFERENCES p ON DELETE RESTRICT);
INSERT INTO p VALUES (1, NULL), (2, 1);
E
: >migrations/schema.sql
revise
run db upgrade
like 'a table that restricts itself goes' 0 '' 'Running upgrade *'

# What worked and would fail: nothing is written, and the object is named.
begin <<'E'
CREATE TABLE docs (id INTEGER PRIMARY KEY, title TEXT, body TEXT, extra TEXT);
CREATE VIRTUAL TABLE docs_fts USING fts5 (title, body, content = 'docs',
	content_rowid = 'id');
CREATE TRIGGER docs_ai AFTER INSERT ON docs BEGIN
	INSERT INTO docs_fts (rowid, title, body)
	VALUES (NEW.id, NEW.title, NEW.body);
END;
CREATE VIEW titles AS SELECT id, title FROM docs;
CREATE TABLE old (id INTEGER PRIMARY KEY, c TEXT);
CREATE VIEW broken AS SELECT nope FROM old;
CREATE TRIGGER never AFTER DELETE ON old BEGIN DELETE FROM nowhere; END;
CREATE TRIGGER app AFTER UPDATE ON old BEGIN SELECT app_function(NEW.c); END;
INSERT INTO docs VALUES (1, 'a', 'b', 'c');
E
cp migrations/schema.sql whole.sql
run db check
is 'what is broken from the start is silent' 0 '' \
	'No new upgrade operations detected.'
echo 'CREATE TABLE fresh (id INTEGER PRIMARY KEY);' >>migrations/schema.sql
revise
like 'where another table comes, too' 0 '' "Detected added table 'fresh'
Generating *"
rm migrations/versions/*_change.sql

cp whole.sql migrations/schema.sql
change 's/, body TEXT//; s/, NEW.body//; s/(rowid, title, body)/(rowid, title)/'
revise
is 'a column that a full-text index reads' 4 '' "\
taskmgr: db revision: SELECT from docs_fts would fail: no such column: T.body
hint: it works now; change table docs_fts in schema.sql so that it still does, or remove it"
same 'no file is written' "$(written)" ''
run db diff
is 'db diff notes it' 0 "removed column 'docs.body'
changed trigger 'docs_ai' on 'docs'" \
	'schema.sql: SELECT from docs_fts would fail: no such column: T.body'
cp whole.sql migrations/schema.sql
change 's/, body TEXT//; s/(title, body, content/(title, content/'
revise
is 'a column that a trigger reads' 4 '' "\
taskmgr: db revision: INSERT into docs would fail: trigger docs_ai: table docs_fts has no column named body
hint: it works now; change trigger docs_ai in schema.sql so that it still does, or remove it"
cp whole.sql migrations/schema.sql
change 's/title TEXT, //; s/title, body/body/g; s/NEW.title, //'
revise
is 'a column that a view reads' 4 '' "\
taskmgr: db revision: SELECT from titles would fail: no such column: title
hint: it works now; change view titles in schema.sql so that it still does, or remove it"
cp whole.sql migrations/schema.sql
change 's/, c TEXT//'
revise
is 'a column that a trigger reads beside a function of the application' 4 '' "\
taskmgr: db revision: UPDATE of old would fail: trigger app: no such column: NEW.c
hint: it works now; change trigger app in schema.sql so that it still does, or remove it"
cp whole.sql migrations/schema.sql
change 's/, c TEXT//; s/(NEW.c)/(NEW.id)/'
revise
like 'what failed before may fail for another reason' 0 '' "\
Detected removed column 'old.c'
*Generating *"

# A full-text index that cannot be read.
sqlite3 x.db 'DROP TRIGGER docs_ai; DROP VIEW broken; DROP TRIGGER never; ALTER TABLE docs DROP COLUMN body'
run db verify
is 'db verify finds it' 1 '' 'taskmgr: db verify: 1 thing is wrong with x.db
    docs_fts cannot be read: no such column: T.body'

# A referenced column must stay a key; a rowid is one.
begin <<'E'
CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT UNIQUE);
CREATE TABLE c (p INTEGER REFERENCES p, code TEXT REFERENCES p (code));
E
cp migrations/schema.sql whole.sql
for change in 's/ UNIQUE//' 's/INTEGER PRIMARY KEY/INTEGER/'; do
	cp whole.sql migrations/schema.sql
	change "$change"
	revise
	is "a referenced column that is no longer a key: $change" 4 '' "\
taskmgr: db revision: a foreign key in c would reference columns that are neither PRIMARY KEY nor UNIQUE
hint: give those columns a PRIMARY KEY, a UNIQUE or a unique index of their own"
done

# A rename: the triggers and views of schema.sql must follow.
begin <<'E'
CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT, at TEXT);
CREATE TRIGGER members_au AFTER UPDATE ON members BEGIN
	UPDATE members SET at = 'now' WHERE id = NEW.id;
END;
CREATE VIEW ids AS SELECT id FROM members;
INSERT INTO members VALUES (1, 'Ann', NULL);
E
cp migrations/schema.sql whole.sql
change 's/members (id/members (member_id/; s/SELECT id FROM/SELECT member_id AS id FROM/'
revise --rename members.id=members.member_id
is 'a trigger with the old name' 4 '' "\
taskmgr: db revision: UPDATE of members would fail: trigger members_au: no such column: id
hint: it works now; change trigger members_au in schema.sql so that it still does, or remove it"
change 's/WHERE id = NEW.id/WHERE member_id = NEW.member_id/'
revise --rename members.id=members.member_id
like 'and one that follows' 0 '' '*Generating *'
run db upgrade
sqlite3 x.db "UPDATE members SET name = 'Bo'"
same 'it works after the upgrade' "$(sqlite3 x.db 'SELECT * FROM members')" \
	'1|Bo|now'
run db downgrade -1 --yes
sqlite3 x.db "UPDATE members SET at = NULL, name = 'Cy'"
same 'and after the downgrade' "$(sqlite3 x.db 'SELECT * FROM members')" \
	'1|Cy|now'

# What ANALYZE found, of a table that is rebuilt, renamed, or left alone.
begin <<'E'
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT);
CREATE INDEX ix_t_a ON t (a);
CREATE TABLE u (id INTEGER PRIMARY KEY, a INT);
CREATE INDEX ix_u_a ON u (a);
CREATE TABLE w (a INT);
CREATE TABLE n (a INT);
CREATE INDEX ix_n_a ON n (a);
INSERT INTO t VALUES (1, 'x', 1), (2, 'y', 2), (3, 'y', 3);
INSERT INTO u VALUES (1, 1), (2, 1);
INSERT INTO w VALUES (1); INSERT INTO n VALUES (1);
ANALYZE t; ANALYZE u; ANALYZE w;
E
found="\
t ix_t_a 3 2
v ix_u_a 2 2
w  1"
change 's/a TEXT/a TEXT NOT NULL/; s/TABLE u/TABLE v/; s/ON u/ON v/; s/TABLE n (a INT)/TABLE n (a INT NOT NULL)/'
revise --rename u=v
run db upgrade
like 'a rebuild after ANALYZE' 0 '' 'Running upgrade *'
statistics() {
	sqlite3 -separator ' ' x.db "SELECT * FROM sqlite_stat1
		WHERE tbl IN (SELECT name FROM sqlite_schema) ORDER BY tbl"
}
same 'keeps its statistics, and makes none where there were none' \
	"$(statistics)" "$found"
run db downgrade -1 --yes
same 'so does the way back' "$(statistics | cut -d' ' -f1,2 | xargs)" \
	't ix_t_a u ix_u_a w'
finish
