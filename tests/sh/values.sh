#!/bin/sh
# What is printed as JSON can be given back: each value comes back with its
# storage class and bytes, or is refused with the reason.
# shellcheck disable=SC2016,SC2154 # $text is a tag; serve.sh assigns status
. tests/lib.sh
. "$TOP/tests/serve.sh"

cat >v.sql <<-'END'
	CREATE TABLE spots (lat REAL, id INTEGER PRIMARY KEY);
	CREATE TABLE staff (id INTEGER PRIMARY KEY, badge INTEGER UNIQUE,
		manager INTEGER REFERENCES staff (id),
		deputy REFERENCES staff (badge));
	CREATE TABLE sums (id INTEGER PRIMARY KEY, n NUMERIC, d DECIMAL(20,0),
		i INTEGER, r REAL);
	CREATE TABLE places (geom POINT PRIMARY KEY, code INTEGER_OR_TEXT);
	CREATE TABLE files (hash BLOB PRIMARY KEY, part, UNIQUE (part));
	CREATE TABLE parts (a, b, PRIMARY KEY (a, b));
	CREATE TABLE events (id INTEGER PRIMARY KEY, at DATETIME, day DATE);
	CREATE TABLE docs (id INTEGER PRIMARY KEY, doc JSON, s TEXT, b BLOB);
	CREATE TABLE jobs (id INTEGER PRIMARY KEY, name TEXT, made TEXT);
	CREATE TRIGGER jobs_made AFTER INSERT ON jobs BEGIN
		UPDATE jobs SET made = 'now' WHERE id = NEW.id; END;
	CREATE TABLE queue (id INTEGER PRIMARY KEY, name TEXT);
	CREATE TRIGGER queue_done AFTER INSERT ON queue BEGIN
		DELETE FROM queue WHERE id = NEW.id; END;
END
sqlite3 v.db <v.sql
v() {
	run --db v.db "$@"
}
# said SQL: the database's own answer as the output.
said() {
	STATUS=0
	sqlite3 v.db "$1" >"$WORK/out" 2>"$WORK/err" || STATUS=$?
}
# plain WORDS: the same without CSV's carriage returns.
plain() {
	v "$@"
	tr -d '\r' <"$WORK/out" >plain
	mv plain "$WORK/out"
}
not_found='was not found'
large='Unable to parse input string as an integer, exceeded maximum size'

# The row that is shown is the one that is stored.
v spot create --lat 1 --jsonl
is 'a key behind a REAL is an integer' 0 '{"lat":1.0,"id":1}' ''
v spot create --data '{"lat":2,"id":9007199254740993}' --jsonl
is 'to the last digit' 0 '{"lat":2.0,"id":9007199254740993}' ''
v spot update 1 --lat 5 --jsonl
is 'also where it is updated' 0 '{"lat":5.0,"id":1}' ''
v job create --name x --jsonl
is 'what a trigger has changed is seen' 0 '{"id":1,"name":"x","made":"now"}' ''
v queue create --name x --jsonl
is 'a row that a trigger took away was there' 0 '{"id":1,"name":"x"}' ''

# References.
printf '[{"id":1,"manager":2,"deputy":7},{"id":2,"badge":7}]' >staff.json
v staff create --data @staff.json --jsonl
is 'a record may name a later one' 0 \
	'{"id":1,"badge":null,"manager":2,"deputy":7}
{"id":2,"badge":7,"manager":null,"deputy":null}' ''
v staff create --id 3 --manager 3 --jsonl
is 'or itself' 0 '{"id":3,"badge":null,"manager":3,"deputy":null}' ''
v staff create --id 4 --manager 5
is 'but none that is not there' 3 '' \
	"taskmgr: staff create: Staff $not_found (no staff 5)"
v staff create --data '[{"id":4,"manager":5},{"id":6}]'
is 'nor one that no record brings' 3 '' \
	"taskmgr: staff create: record 1: Staff $not_found (no staff 5)"
v staff create --data '{"id":7,"badge":1}' --quiet
v staff create --data '{"id":8,"deputy":1}' --columns deputy --jsonl
is 'a reference is to its column, not to the key' 0 '{"deputy":1}' ''
v staff create --id 9 --deputy 7 --columns deputy --jsonl
is 'and has the type of what it refers to' 0 '{"deputy":7}' ''

finish
