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
	CREATE TABLE levels (at REAL PRIMARY KEY, ph REAL CHECK (ph >= 0.1));
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
large='must be a 64-bit integer'

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

# Numbers.
v sum create --n 12345678901234567890
is 'an integer beyond 64 bits' 4 '' \
	"taskmgr: sum create: --n $large, not \"12345678901234567890\""
v sum create --data '{"n":99999999999999999999,"d":-9223372036854775809,"i":1e20}'
is 'in JSON, as it was sent' 4 '' \
	"taskmgr: sum create: n $large, not 99999999999999999999
taskmgr: sum create: d $large, not -9223372036854775809
taskmgr: sum create: i $large, not 1e20"
v sum create --data '{"r":1e400}'
is 'a number too large for a REAL' 4 '' \
	'taskmgr: sum create: r must be a finite number, not 1e400'
v sum create --data '{"r":9e999,"n":-9e999}' --jsonl
is 'infinity' 0 '{"id":1,"n":-9e999,"d":null,"i":null,"r":9e999}' ''
plain sum create --r=-Infinity --columns r --csv
is 'infinity as CSV has it' 0 'r
-Infinity' ''
v sum create --data '{"i":{"$text":"abc"},"n":{"$base64":"AAE="}}' --jsonl
is 'values that are not of the type' 0 \
	'{"id":3,"n":{"$base64":"AAE="},"d":null,"i":{"$text":"abc"},"r":null}' ''
v sum create --data '{"i":{"$text":"a"},"n":{"$text":5},"r":{"$blob":""}}'
is 'what is no tag is refused' 4 '' \
	'taskmgr: sum create: n must be a number
taskmgr: sum create: r must be a number'

# Types that only sound like integers.
v place create --geom x --code y --jsonl
is 'a POINT takes text' 0 '{"geom":"x","code":"y"}' ''
v place create --data '{"geom":{"$base64":"AAE="},"code":5}' --jsonl
is 'and bytes' 0 '{"geom":{"$base64":"AAE="},"code":5}' ''

# Times.
for at in 2026-01-01T01:00:00 '2026-01-01 00:30:00.5' 2026-01-01T00:30:00+02:00; do
	v event create --at "$at" --quiet
done
plain event list --sort at --columns id,at --csv --no-header
is 'times sort' 0 '3,2025-12-31 22:30:00
2,2026-01-01 00:30:00.5
1,2026-01-01 01:00:00' ''
said "SELECT count(*) FROM events WHERE datetime(at) IS NULL"
is 'and SQLite can read them' 0 0 ''
v event create --at 2026-01-01_02:00:00
like 'what it cannot read is refused' 4 '' '*invalid datetime separator*'
said "UPDATE events SET at = '2026-01-01T01:00:00Z', day = 2460676.5 WHERE id = 1"
v event show 1 --json
cp "$WORK/out" event.json
is 'another spelling is tagged' 0 \
	'{"id":1,"at":{"$text":"2026-01-01T01:00:00Z"},"day":{"$real":2460676.5}}' ''
v event update 1 --data @event.json --quiet
said 'SELECT quote(at), quote(day) FROM events WHERE id = 1'
is 'and stays' 0 "'2026-01-01T01:00:00Z'|2460676.5" ''

# Documents.
v doc create --data '{"doc": {"a" : [1.50, 12345678901234567890]}}' --quiet
v doc create --data '{"doc": {"$text":"null"}, "s": {"$text_base64":"/wA="}}' --quiet
v doc create --data '{"doc": {"$text": ["x"]}, "b": ""}' --quiet
said 'SELECT quote(doc) FROM docs'
is 'a document is kept as it is written' 0 \
	"'{\"a\" : [1.50, 12345678901234567890]}'
'null'
'{\"\$text\": [\"x\"]}'" ''
v doc list --jsonl
is 'and shown as it is' 0 \
	'{"id":1,"doc":{"a" : [1.50, 12345678901234567890]},"s":null,"b":null}
{"id":2,"doc":{"$text":"null"},"s":{"$text_base64":"/wA="},"b":null}
{"id":3,"doc":{"$text":"{\"$text\": [\"x\"]}"},"s":null,"b":""}' ''
said "INSERT INTO docs (doc) VALUES ('[1,' || char(10) || '2]')"
v doc show 4 --columns doc --json
is 'with its lines in JSON' 0 '{"doc":[1,
2]}' ''
v doc show 4 --columns doc --jsonl
is 'but not in JSON Lines' 0 '{"doc":{"$text":"[1,\n2]"}}' ''
plain doc show 3 4 --columns id,b --csv --no-header
is 'an empty blob is not NULL in CSV' 0 '3,""
4,' ''
said "CREATE TABLE needs (id INTEGER PRIMARY KEY, j JSON NOT NULL)"
v need create --data '{"j":null}'
like 'null is NULL in a JSON column, too' 4 '' '*j must not be null*'

# Keys as they are printed.
said "INSERT INTO files VALUES (x'6869', 1), (x'', 2), ('text', 3);
	INSERT INTO parts VALUES (x'00', 1), ('5', 1.5), (5, 'x,y');
	INSERT INTO places VALUES (x'6869', 1)"
for key in aGk= text ''; do
	v file show "$key" --columns part --csv --no-header
	cat "$WORK/out"
done >keys
same 'a blob is found by its base64' "$(tr -d '\r' <keys | tr '\n' ' ')" '1 3 2 '
v place show aGk= --columns code --jsonl
is 'also one in another column' 0 '{"code":1}' ''
for key in AA==,1 5,1.5 5,x,y; do
	v part show "$key" --jsonl
	cat "$WORK/out"
done >keys
same 'and so are the parts of a key' "$(cat keys)" \
	'{"a":{"$base64":"AA=="},"b":1}
{"a":"5","b":1.5}
{"a":5,"b":"x,y"}'
v spot show 1.0
is 'a number in other words is no key' 3 '' \
	"taskmgr: spot show: Spot $not_found (no spot \"1.0\")"
v level create --at 0.3 --ph 0.05
is 'a limit has the digits of its CHECK' 4 '' \
	'taskmgr: level create: --ph must be at least 0.1, not "0.05"'
v level create --at 0.30000000000000004 --ph 0.1 --jsonl
is 'a real has the digits that it needs' 0 '{"at":0.30000000000000004,"ph":0.1}' ''
v level create --at 0.30000000000000004
like 'also as a key in a message' 4 '' '*0.30000000000000004*'

# Over HTTP.
start --db v.db
post /spot/create '{"lat":3,"id":7}'
same 'the place of what was created' "$(header Location)" \
	'/spot/spot_id?spot_id=7'
post /level/create '{"at":1e300}'
same 'whose key is a real' "$(header Location)" \
	'/level/level_id?level_id=1e%2B300'
ask GET /openapi.json
case $body in
*'"minimum":0.1}'* | *'"minimum":0.1,'*) found=yes ;;
*) found=no ;;
esac
same 'and OpenAPI has the limit' "$found" yes
post /file/create '{"hash":"/+8=","part":{"$real":1e300}}'
same 'whose key is a blob' "$(header Location)" '/file/file_id?file_id=%2F%2B8%3D'
ask GET "$(header Location)"
same 'is found there' "$status $body" \
	'200 {"hash":"/+8=","part":1e+300}'
post /place/create '{"geom":{"$base64":"/+8="},"code":9e999}'
ask GET "$(header Location)"
same 'also where it is tagged' "$status $body" \
	'200 {"geom":{"$base64":"/+8="},"code":9e999}'
post /staff/create '[{"id":20,"manager":21},{"id":21}]'
same 'records that name each other' "$status" 201
post /sum/create '{"n":12345678901234567890}'
same 'an integer beyond 64 bits is reported as it was sent' \
	"$status $(printf %s "$body" | tr -d ' ')" \
	'422 {"detail":[{"type":"int_parsing_size","loc":["body","n"],"msg":"Unabletoparseinputstringasaninteger,exceededmaximumsize","input":12345678901234567890}]}'
ask GET /openapi.json
same 'OpenAPI has the tags' "$(jq -r .info.description body |
	grep -o '\$[a-z_0-9]*' | sort | tr '\n' ' ')" \
	'$base64 $integer $real $text $text_base64 '
same 'and promises no integer for a POINT' \
	"$(jq -c '.components.schemas.Place.properties.geom.type' body)" null
stop

# Random ones.
clean ROUNDS="${ROUNDS:-3}" SEED="${SEED-}" TASKMGR="$TASKMGR" \
	/usr/bin/python3 "$TOP/tests/values.py" >random
grep '^#' random
grep -c '^ok' random >count
same 'random values come back' "$(cat count)" "${ROUNDS:-3}"
finish
