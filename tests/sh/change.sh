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
finish
