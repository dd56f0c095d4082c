#!/bin/sh
# A rebuild must not set off an ON DELETE of the tables that stay.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

# Without the header foreign keys are on, so a rebuild must not set them off.
cascades() {
	fresh_folder
	sql 'CREATE TABLE p (id INTEGER PRIMARY KEY)' 'INSERT INTO p VALUES (1), (2)' \
		"CREATE TABLE c (id INTEGER PRIMARY KEY, p DEFAULT 1
			REFERENCES P ON DELETE $4)" 'INSERT INTO c VALUES (1, 2)' \
		'CREATE TABLE d (c REFERENCES c ON DELETE CASCADE)' \
		'INSERT INTO d VALUES (1)'
	was=$(sql 'SELECT * FROM p, c, d')
	revision aaaa1111 '' "$2" '' "$5"
	run db upgrade
	[ "$3" ] || {
		is "$1" 0 '' 'Running upgrade  -> aaaa1111, revision aaaa1111'
		return
	}
	is "$1" 4 '' "\
Running upgrade  -> aaaa1111, revision aaaa1111
taskmgr: db upgrade: versions/aaaa1111.sql:$3"
	same 'and nothing was changed' "$(sql 'SELECT * FROM p, c, d')" "$was"
}
rebuild='CREATE TABLE n (id INTEGER PRIMARY KEY, x);
INSERT INTO n (id) SELECT id FROM p;
DROP TABLE p;
ALTER TABLE n RENAME TO p;'
at="11:1: DROP TABLE p would"
shown='
    DROP TABLE p;
    ^
hint: add "-- foreign_keys: off" to the header, or DELETE those rows first'
cascades 'a rebuild would delete' "$rebuild" \
	"$at delete 1 row of c, by ON DELETE CASCADE$shown" CASCADE
cascades 'a rebuild would set NULL' "$rebuild" \
	"$at change 1 row of c, by ON DELETE SET NULL$shown" 'SET NULL'
cascades 'a rebuild would set the default' "INSERT INTO p VALUES (3);
UPDATE c SET p = 3; DELETE FROM p WHERE id = 3; $rebuild" \
	"12:1: FOREIGN KEY constraint failed
    DROP TABLE p;
    ^
hint: rows of c refer to it: drop that table first, or, to rebuild p, add \"-- foreign_keys: off\" to the header" 'SET DEFAULT'
cascades 'a rebuild with the header' "$rebuild" '' CASCADE 'foreign_keys: off'
cascades 'what it sets off further down' 'DROP TABLE IF EXISTS main.p; DROP TABLE c;' \
	"9:1: DROP TABLE p would delete 1 row of d, by ON DELETE CASCADE
    DROP TABLE IF EXISTS main.p; DROP TABLE c;
    ^
hint: add \"-- foreign_keys: off\" to the header, or DELETE those rows first" \
	CASCADE
cascades 'all of them may go' 'DROP TABLE p; DROP TABLE d; DROP TABLE c;' '' CASCADE
cascades 'rows that were deleted' 'DELETE FROM d; DELETE FROM c; DROP TABLE p;' '' CASCADE
cascades 'both are rebuilt' "$rebuild
CREATE TABLE m AS SELECT * FROM c; DROP TABLE c; ALTER TABLE m RENAME TO c;" \
	"$at delete 1 row of c, by ON DELETE CASCADE$shown" CASCADE
cascades 'both, the copies first' "CREATE TABLE m AS SELECT * FROM c;
CREATE TABLE n AS SELECT * FROM p; DROP TABLE d; DROP TABLE p; DROP TABLE c;
ALTER TABLE m RENAME TO c; ALTER TABLE n RENAME TO p;
CREATE TABLE d AS SELECT 1 AS c;" '' CASCADE
cascades 'rows that go and come again' "CREATE TEMP TABLE b AS SELECT * FROM p;
DELETE FROM p;
INSERT INTO p SELECT * FROM b;" "10:1: DELETE FROM p would delete 1 row of c, by ON DELETE CASCADE
    DELETE FROM p;
    ^
hint: add \"-- foreign_keys: off\" to the header, or DELETE those rows first" \
	CASCADE
cascades 'rows that are replaced' "WITH x AS (SELECT replace('2', '3', '4') AS id)
REPLACE INTO p SELECT id FROM x;" "9:1: REPLACE INTO p would delete 1 row of c, by ON DELETE CASCADE
    WITH x AS (SELECT replace('2', '3', '4') AS id)
    ^
hint: use INSERT … ON CONFLICT … DO UPDATE, which deletes nothing, or add \"-- foreign_keys: off\" to the header" \
	CASCADE
for statement in 'DELETE FROM p WHERE 1;' 'DELETE FROM main.p AS x WHERE x.id > 0;' \
	'DELETE FROM "P" NOT INDEXED RETURNING id;' \
	'WITH x AS (SELECT id FROM p) DELETE FROM p WHERE id IN x;'; do
	cascades "$statement" "$statement
WITH x AS (SELECT 1) INSERT INTO main.p SELECT * FROM x;" "\
9:1: DELETE FROM p would delete 1 row of c, by ON DELETE CASCADE
    $statement
    ^
hint: add \"-- foreign_keys: off\" to the header, or DELETE those rows first" \
		CASCADE
done
for rest in 'INSERT INTO p SELECT 2;' 'WITH x AS (SELECT 2) INSERT INTO main.p SELECT * FROM x;'; do
	cascades "some rows that come again: $rest" "DELETE FROM p WHERE id = 2;
$rest" "\
9:1: DELETE FROM p would delete 1 row of c, by ON DELETE CASCADE
    DELETE FROM p WHERE id = 2;
    ^
hint: add \"-- foreign_keys: off\" to the header, or DELETE those rows first" \
		CASCADE
done
cascades 'a table that takes its place' "CREATE TABLE n AS SELECT * FROM p;
DELETE FROM p;
DROP TABLE p; ALTER TABLE n RENAME TO p;" "\
10:1: DELETE FROM p would delete 1 row of c, by ON DELETE CASCADE
    DELETE FROM p;
    ^
hint: add \"-- foreign_keys: off\" to the header, or DELETE those rows first" \
	CASCADE
view='CREATE VIEW w AS SELECT * FROM p;
CREATE TRIGGER t INSTEAD OF DELETE ON w BEGIN DELETE FROM p WHERE id = old.id; END;
CREATE TABLE n AS SELECT * FROM p;'
cascades 'by way of a view' "$view
DELETE FROM w;
INSERT INTO p SELECT * FROM n;" "\
12:1: DELETE FROM p would delete 1 row of c, by ON DELETE CASCADE
    DELETE FROM w;
    ^
hint: add \"-- foreign_keys: off\" to the header, or DELETE those rows first" \
	CASCADE
cascades 'for good' "$view
DELETE FROM w;" '' CASCADE
cascades 'some rows that go' 'DELETE FROM p WHERE id = 2; INSERT INTO p VALUES (3);' \
	'' CASCADE
cascades 'a log of it' 'CREATE TABLE log (p); DELETE FROM p; INSERT INTO log (p) VALUES (1);' \
	'' CASCADE
cascades 'a conflict that replaces' "CREATE TABLE q (id PRIMARY KEY ON CONFLICT REPLACE);
INSERT INTO q VALUES (1); CREATE TABLE r (q REFERENCES q ON DELETE SET NULL);
INSERT INTO r VALUES (1);
INSERT INTO q VALUES (1);" "\
12:1: replacing rows of q would change 1 row of r, by ON DELETE SET NULL
    INSERT INTO q VALUES (1);
    ^
hint: use INSERT … ON CONFLICT … DO UPDATE, which deletes nothing, or add \"-- foreign_keys: off\" to the header" \
	CASCADE
cascades 'children in the same table' "CREATE TABLE q (id PRIMARY KEY,
up REFERENCES q ON DELETE CASCADE); INSERT INTO q VALUES (1, NULL), (2, 1);
REPLACE INTO q VALUES (1, NULL);" "\
11:1: REPLACE INTO q would delete 1 row of q, by ON DELETE CASCADE
    REPLACE INTO q VALUES (1, NULL);
    ^
hint: use INSERT … ON CONFLICT … DO UPDATE, which deletes nothing, or add \"-- foreign_keys: off\" to the header" \
	CASCADE
cascades 'outside of a transaction' "INSERT INTO p VALUES (7);
DELETE FROM p WHERE id = 7; BEGIN; COMMIT;
DROP TABLE p;" "\
11:1: DROP TABLE p would delete 1 row of c, by ON DELETE CASCADE
    DROP TABLE p;
    ^
hint: add \"-- foreign_keys: off\" to the header, or DELETE those rows first; earlier statements stay committed" \
	CASCADE 'transaction: off'
cascades 'rows of which nothing hangs' "INSERT OR REPLACE INTO p VALUES (1), (3);
UPDATE OR REPLACE p SET id = 1 WHERE id = 3; UPDATE c SET p = replace(p, 7, 8);" \
	'' CASCADE
cascades 'rows that go' 'DELETE FROM p; INSERT INTO d VALUES (NULL);' '' CASCADE
cascades 'a temporary table of the same name' 'CREATE TEMP TABLE p AS SELECT 1;
DROP TABLE p;' '' CASCADE
cascades 'rows of nobody' "UPDATE c SET p = NULL; DROP TABLE p;
DROP TABLE IF EXISTS p; DROP TABLE IF EXISTS gone;" '' CASCADE
cascades 'a table that is made again' 'DROP TABLE d; CREATE TABLE d (x);' '' CASCADE
cascades 'a rebuild that loses a row' "CREATE TEMP TABLE w (x); DELETE FROM w;
CREATE TABLE n AS SELECT id FROM p LIMIT 1; DROP TABLE d; DROP TABLE c; DROP TABLE p;
ALTER TABLE n RENAME TO p;" \
	' table "p" had 2 rows and would have 1
hint: to delete rows on purpose, add a DELETE FROM p; nothing was changed' \
	CASCADE
finish
