#!/bin/sh
# Which rows a conflict is with, which ones refer to which, and what goes when
# one of them goes.
. tests/lib.sh

sqlite3 r.db <<'SQL'
CREATE TABLE emps (id INTEGER PRIMARY KEY, name TEXT,
	boss_id INTEGER REFERENCES emps (id));
CREATE TABLE msgs (id INTEGER PRIMARY KEY,
	to_id INTEGER REFERENCES emps (id) ON DELETE RESTRICT);
INSERT INTO emps VALUES (1, 'Ann', NULL), (2, 'Bob', 1), (3, 'Cy', 3),
	(4, 'Di', NULL), (5, 'Ed', 4);
INSERT INTO msgs VALUES (1, 2);
CREATE TABLE seats (row INTEGER, letter TEXT, PRIMARY KEY (row, letter));
CREATE TABLE bookings (id INTEGER PRIMARY KEY, row INTEGER NOT NULL,
	letter TEXT NOT NULL, who TEXT UNIQUE,
	FOREIGN KEY (row, letter) REFERENCES seats);
CREATE TABLE holds (id INTEGER PRIMARY KEY, row INTEGER, letter TEXT,
	FOREIGN KEY (row, letter) REFERENCES seats DEFERRABLE INITIALLY DEFERRED);
INSERT INTO seats VALUES (1, 'A'), (1, 'B');
INSERT INTO bookings VALUES (1, 1, 'A', 'x');
CREATE TABLE ps (id INTEGER PRIMARY KEY, name TEXT, code TEXT UNIQUE);
CREATE TABLE cs (id INTEGER PRIMARY KEY,
	p_id INTEGER REFERENCES ps ON DELETE CASCADE);
CREATE TABLE gs (id INTEGER PRIMARY KEY,
	c_id INTEGER REFERENCES cs ON DELETE CASCADE);
CREATE TABLE rs (id INTEGER PRIMARY KEY,
	g_id INTEGER REFERENCES gs ON DELETE RESTRICT);
CREATE TABLE ns (id INTEGER PRIMARY KEY,
	p_id INTEGER REFERENCES ps ON DELETE SET NULL);
CREATE TABLE ds (id INTEGER PRIMARY KEY,
	p_id INTEGER DEFAULT 1 REFERENCES ps ON DELETE SET DEFAULT);
CREATE TABLE ks (id INTEGER PRIMARY KEY, p_code TEXT REFERENCES ps (code));
CREATE TABLE ws (id INTEGER PRIMARY KEY,
	p_id INTEGER NOT NULL REFERENCES ps ON DELETE SET NULL);
CREATE TABLE laters (id INTEGER PRIMARY KEY,
	p_id INTEGER REFERENCES ps DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE logs (id INTEGER PRIMARY KEY, text TEXT);
CREATE TRIGGER cs_log AFTER DELETE ON cs BEGIN
	DELETE FROM logs WHERE id = OLD.id; END;
INSERT INTO ps VALUES (1, 'one', 'k1'), (2, 'b', 'k2'), (3, 'c', 'k3'),
	(4, 'd', 'k4'), (5, 'e', 'k5'), (6, 'f', 'k6'), (7, 'g', 'k7');
INSERT INTO cs VALUES (1, 2), (2, 2), (3, 3);
INSERT INTO gs VALUES (1, 1), (2, 1), (3, 2), (4, 3);
INSERT INTO rs VALUES (1, 4);
INSERT INTO ns VALUES (1, 2), (2, 4), (3, 4);
INSERT INTO ds VALUES (1, 4);
INSERT INTO ks VALUES (1, 'k5');
INSERT INTO ws VALUES (1, 6);
INSERT INTO laters VALUES (1, 7);
INSERT INTO logs VALUES (1, 'x');
CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL UNIQUE,
	slug TEXT NOT NULL UNIQUE /* @slug username */);
INSERT INTO users VALUES (1, 'user1', 'user1'), (2, 'User 2', 'user-2');
CREATE TABLE accounts (id INTEGER PRIMARY KEY, email TEXT, site TEXT,
	nick TEXT, active INTEGER DEFAULT 1, low INTEGER, high INTEGER,
	area INTEGER AS (low * high) UNIQUE, UNIQUE (low, high));
CREATE UNIQUE INDEX ux_email ON accounts (lower(email), site);
CREATE UNIQUE INDEX ux_nick ON accounts (nick COLLATE NOCASE) WHERE active = 1;
INSERT INTO accounts (id, email, site, nick, active, low, high) VALUES
	(1, 'a@x.org', 's', 'Nick', 0, 1, 2), (2, 'b@x.org', 's', 'Nick', 1, 3, 5);
SQL
before=$(sqlite3 r.db .dump | sha256sum)

# refused NAME MESSAGE WORDS…: with status 4 and nothing changed.
refused() {
	name=$1
	wanted=$2
	shift 2
	run --db r.db "$@"
	is "$name" 4 '' "taskmgr: $1 $2: $wanted"
}

# asks NAME QUESTION WORDS…
asks() {
	name=$1
	wanted=$2
	shift 2
	run --db r.db "$@"
	is "$name" 2 '' \
		"taskmgr: $1 $2: $wanted? Without a terminal this needs --yes"
}

# What conflicts, and with which row
refused 'a slug that was given' 'slug "user1" is already taken by user 1' \
	user create --username u9 --slug user1
refused 'a slug that was made' \
	'slug "user-2" is already taken by user 2 (made from username "USER 2")' \
	user create --username 'USER 2'
refused 'the source of a slug' 'username "user1" is already taken by user 1' \
	user create --username user1
refused 'a key' 'id 2 is already taken' user create --id 2 --username x
refused 'a composite key' 'row 1 with letter "A" is already taken' \
	seat create --row 1 --letter A
refused 'two columns together' \
	'low 1 with high 2 is already taken by account 1' \
	account create --low 1 --high 2
refused 'one of them from the row that is there' \
	'low 1 with high 2 is already taken by account 1' \
	account update 2 --set low=1 --set high=2
refused 'a computed column' 'area 15 is already taken by account 2' \
	account create --low 5 --high 3
refused 'an index of expressions' 'email "A@X.org" with site "s" is already taken by account 1 (lower(email), site must be unique)' \
	account create --email A@X.org --site s
refused 'an index of some rows, by its collation and a default' \
	'nick "nick" is already taken by account 2 (unique where active = 1)' \
	account create --nick nick

# References to rows that are not there
refused 'a composite foreign key' 'no seat with row 1, letter "Q"' \
	booking create --row 1 --letter Q
refused 'with half of it from the row' 'no seat with row 1, letter "Q"' \
	booking update 1 --letter Q
refused 'one that the commit would refuse' 'no seat with row 9, letter "Q"' \
	hold create --row 9 --letter Q
refused 'in one of several records' 'record 2: no seat with row 9, letter "Q"' \
	hold create --data '[{"row":1,"letter":"A"},{"row":9,"letter":"Q"}]'

# Rows that others refer to
refused RESTRICT 'emp 2 "Bob" is still referenced by 1 msg (to_id)' \
	emp delete 2
refused 'RESTRICT, unasked' 'emp 2 "Bob" is still referenced by 1 msg (to_id)' \
	emp delete 2 --yes
refused 'NO ACTION' 'emp 1 "Ann" is still referenced by 1 emp (boss_id)' \
	emp delete 1
refused 'a composite one' \
	'seat 1,"A" is still referenced by 1 booking (row, letter)' \
	seat delete 1,A
refused 'one of another column than the key' \
	'p 5 "e" is still referenced by 1 k (p_code)' p delete 5
refused 'an update' 'p 5 "e" is still referenced by 1 k (p_code)' \
	p update 5 --code zz
refused 'SET NULL of what is NOT NULL' \
	'p 6 "f" is still referenced by 1 w, whose p_id cannot be NULL' \
	p delete 6
refused DEFERRED 'p 7 is still referenced by 1 later (p_id)' p delete 7 --yes
refused 'behind a cascade' \
	'deleting p 3 "c" would also delete gs that are still referenced by 1 r (g_id)' \
	p delete 3
refused 'of several' '2 emps are still referenced by 1 msg (to_id)' \
	emp delete 1 2

# What the question counts
asks 'what cascades, by triggers too, and what becomes NULL' \
	'Delete p 2 “b”, 2 cs, 3 gs and 1 log (1 n loses its p_id)' p delete 2
asks 'what becomes the default' \
	'Delete p 4 “d” (1 d resets its p_id; 2 ns lose their p_id)' p delete 4
asks 'a row that refers to itself' 'Delete emp 3 “Cy”' emp delete 3
asks 'rows that refer to each other, each once' 'Delete 2 emps' emp delete 4 5 4
same 'nothing was changed' "$(sqlite3 r.db .dump | sha256sum)" "$before"
run --db r.db emp delete 4 5 4 --yes
is 'rows that refer to each other go together' 0 '' 'Deleted 2 emps'
sqlite3 r.db 'WITH RECURSIVE n (i) AS (VALUES (100) UNION ALL
	SELECT i + 1 FROM n WHERE i < 110200) INSERT INTO cs SELECT i, 2 FROM n'
asks 'a great many are not waited for' \
	'Delete p 2 “b”, 99995 cs, 3 gs and 1 log (1 n loses its p_id), and perhaps more' \
	p delete 2

# Composite keys as single ones
run --db r.db seat bookings 1,A --jsonl
is 'the rows that refer to a composite key' 0 \
	'{"id":1,"row":1,"letter":"A","who":"x"}' ''
run --db r.db booking create --seat 1,B --jsonl
is 'a row named by its composite key' 0 \
	'{"id":2,"row":1,"letter":"B","who":null}' ''
run --db r.db booking create --seat 1,Z
is 'that is not there' 3 '' \
	'taskmgr: booking create: Seat was not found (no seat "1,Z")'
run --db r.db hold create --seat 1,A --row 2
is 'both ways must agree' 4 '' \
	'taskmgr: hold create: seat: contradicts row'
STATUS=0
clean env TASKMGR_DB=r.db "$TASKMGR" __complete booking create --seat 1 \
	>"$WORK/out" 2>"$WORK/err"
is 'completion knows them' 0 "1,A
1,B" ''

# Foreign keys of programs that don't enforce them.
sqlite3 loose.db 'CREATE TABLE ps (id INTEGER PRIMARY KEY, n TEXT);
	CREATE TABLE cs (id INTEGER PRIMARY KEY, n TEXT REFERENCES ps (n));
	CREATE TABLE ds (id INTEGER PRIMARY KEY, gone_id REFERENCES gone);
	INSERT INTO ps VALUES (1, 1); INSERT INTO ds VALUES (1, NULL)'
run --db loose.db p delete 1 --yes
is 'one that references no key' 1 '' "\
taskmgr: p delete: foreign key mismatch - \"cs\" referencing \"ps\"
hint: the columns that it references need a PRIMARY KEY or a UNIQUE index; taskmgr --db loose.db db schema shows them"
run --db loose.db d delete 1 --yes
is 'one that references no table' 1 '' "\
taskmgr: d delete: no such table: main.gone
hint: a view, a trigger or a foreign key uses it; taskmgr --db loose.db db schema shows which"
finish
