#!/bin/sh
# Values at the shell and in --data: what is taken, and what is refused.
. tests/lib.sh

sqlite3 v.db <"$TOP/tests/fixtures/validation.sql"
t() {
	run --db v.db "$@"
}
# takes FIELD VALUE WANT: as an option, WANT is what is then there, in JSON.
takes() {
	t item create --title a --set "$1=$2" --columns "$1" --jsonl -qn
	is "$1=$2" 0 "{\"$1\":$3}" ''
}
# refuses FIELD VALUE MESSAGE [END]
refuses() {
	t item create --title a --set "$1=$2"
	is "$1=$2 is refused" 4 '' \
		"taskmgr: item create: --$1 $3${4:-, not \"$2\"}"
}
# Where the message gives a reason the value follows in parentheses.
refuses_got() {
	refuses "$1" "$2" "$3" " (got \"$2\")"
}
# The same in JSON.
json_takes() {
	t item create --data "{\"title\":\"a\",\"$1\":$2}" --columns "$1" --jsonl \
		-qn
	is "{\"$1\":$2}" 0 "{\"$1\":$3}" ''
}
json_refuses() {
	t item create --data "{\"title\":\"a\",\"$1\":$2}"
	is "{\"$1\":$2} is refused" 4 '' "taskmgr: item create: $1 $3"
}
# refused NAME PATTERN: with status 4, nothing on stdout, and no row more.
refused() {
	like "$1" 4 '' "$2"
}

# Integers.
takes low 1 1
takes low +1 1
takes low -1 -1
takes low 007 7
takes low 1_000 1000
takes low 40.0 40
takes low ' 1 ' 1
takes low 9223372036854775807 9223372036854775807
takes low -9223372036854775808 -9223372036854775808
not='must be a whole number'
big='must be a 64-bit integer'
refuses low 40.5 "$not"
refuses low 1e3 "$not"
refuses low 4x "$not"
refuses low 0x10 "$not"
refuses low 1__0 "$not"
refuses low - "$not"
refuses low true "$not"
refuses low null "$not"
refuses low '' "$not"
refuses low ' ' "$not"
refuses low 9223372036854775808 "$big"
refuses low -9223372036854775809 "$big"
refuses low 100000000000000000000000000000 "$big"
json_takes low 1 1
json_takes low '"1"' 1
json_takes low '"40.0"' 40
json_takes low 40.0 40
json_takes low 1e3 1000
json_takes low -0 0
json_takes low true 1
json_takes low false 0
json_takes low null null
json_takes low 9223372036854775807 9223372036854775807
json_takes low -9223372036854775808 -9223372036854775808
json_refuses low 1.5 'must be a whole number, not 1.5'
json_refuses low '"1.5"' "$not, not \"1.5\""
json_refuses low '"1e3"' "$not, not \"1e3\""
json_refuses low '""' "$not, not \"\""
json_refuses low '"null"' "$not, not \"null\""
json_refuses low '[1]' 'must be a whole number, not [1]'
json_refuses low '"9223372036854775808"' "$big, not \"9223372036854775808\""
json_refuses low 1e19 "$big, not 1e19"
t item create --data '{"title":"a","low":9223372036854775808}'
refused 'beyond 64 bits in JSON' "taskmgr: item create: low $big*"
t item create --data '{"title":"a","low":-123456789012345678901234567890}'
refused 'far beyond 64 bits in JSON' "taskmgr: item create: low $big*"
json_refuses count null 'must be a whole number, not null'

# Booleans.
for word in 1 t true True TRUE y yes YES on; do
	takes 'done' $word true
	json_takes "done" "\"$word\"" true
done
for word in 0 f false n no off OFF; do
	takes 'done' $word false
	json_takes "done" "\"$word\"" false
done
json_takes "done" true true
json_takes "done" 0 false
json_takes "done" 1.0 true
json_takes "done" null null
not='must be true or false'
refuses "done" maybe "$not"
refuses "done" 2 "$not"
refuses "done" '' "$not"
json_refuses "done" 2 "$not, not 2"
json_refuses "done" 0.5 "$not, not 0.5"
json_refuses "done" '""' "$not, not \"\""
json_refuses "done" '[]' 'must be true or false, not []'

# Reals.
takes ratio 0.5 0.5
takes ratio .5 0.5
takes ratio 5e-1 0.5
takes ratio 0.1 0.1
takes ratio 0.30000000000000004 0.30000000000000004
json_takes ratio 0.5 0.5
json_takes ratio '"0.5"' 0.5
json_takes ratio null null
not='must be a number'
refuses ratio x "$not"
refuses ratio '' "$not"
refuses ratio 0.5x "$not"
refuses ratio nan "$not"
json_refuses ratio '"inf"' "$not, not \"inf\""
json_refuses ratio '{}' 'must be a number'

# Days and times.
takes day 2026-01-31 '"2026-01-31"'
takes day 2024-02-29 '"2024-02-29"'
takes moment 2026-01-31 '"2026-01-31"'
takes moment '2026-01-31 10:11' '"2026-01-31 10:11"'
takes moment 2026-01-31T10:11:12.5Z '"2026-01-31 10:11:12.5"'
takes moment 2026-01-31T01:11:12+02:00 '"2026-01-30 23:11:12"'
takes hour 10:11 '"10:11"'
takes hour 23:59:59.999 '"23:59:59.999"'
json_takes day null null
not='must be a date (YYYY-MM-DD)'
refuses_got day 2026-02-30 "$not: day value is outside expected range"
refuses_got day 2023-02-29 "$not: day value is outside expected range"
refuses_got day 1900-02-29 "$not: day value is outside expected range"
refuses_got day 2026-13-01 "$not: month value is outside expected range of 1-12"
refuses_got day 2026-1-1 "$not: invalid character in month"
refuses_got day '' "$not: invalid character in year"
refuses_got day 31.01.2026 "$not: invalid character in year"
refuses_got day '2026-01-31x' "$not: unexpected extra characters at the end of the input"
refuses_got moment 2026-01-31T24:00 'must be a date and time: hour value is outside expected range of 0-23'
refuses_got moment 2026-01-31x10:00 "must be a date and time: invalid datetime separator, expected \`T\` or space"
refuses_got hour 24:00 'must be a time: hour value is outside expected range of 0-23'
refuses_got hour 10:60 'must be a time: minute value is outside expected range of 0-59'
json_refuses day true 'must be a valid date, not true'

# Text.
takes code ääää '"ääää"'
takes code '' '""'
takes code ' a ' '" a "'
takes code null '"null"'
json_takes code '"\u00e4\n"' '"ä\n"'
json_takes code null null
refuses_got code 12345 'must have at most 4 characters'
refuses_got code äääää 'must have at most 4 characters'
json_refuses code 1234 'must be text, not 1234'
json_refuses code true 'must be text, not true'
t item create --data '{"title":null}'
is 'null where it may not be' 4 '' \
	'taskmgr: item create: title must be text, not null'
t item create --title 12345678901
is 'VARCHAR(10) is ten characters' 4 '' \
	'taskmgr: item create: --title must have at most 10 characters (got "12345678901")'
t item create --title ääääääääää --columns title --jsonl
is 'not ten bytes' 0 '{"title":"ääääääääää"}' ''
t item create --title "$(printf 'a\377b')"
is 'text that is not UTF-8' 4 '' \
	'taskmgr: item create: --title must be UTF-8 text without NUL, not "a\ufffdb"'
t item create --data "$(printf '{"title":"a\377b"}')"
refused 'nor in JSON' 'taskmgr: item create: JSON decode error: Not UTF-8 (line 1, column 10)'
t item create --data '{"title":"a\u0000b"}'
refused 'nor NUL' 'taskmgr: item create: JSON decode error: A string must not contain NUL *'
t item create --data '{"title":"\ud800"}'
refused 'nor half a surrogate pair' 'taskmgr: item create: JSON decode error: *'

# JSON.
takes doc '[1,{"a":null}]' '[1,{"a":null}]'
# shellcheck disable=SC2016 # $text is a member's name
takes doc null '{"$text":"null"}'
json_takes doc null null
json_takes doc '{"a":[true,1.5]}' '{"a":[true,1.5]}'
json_takes doc '"text"' '"text"'
refuses doc '{' 'must be valid JSON'

# CHECKs.
takes count 0 0
takes rank 5 5
takes state 'done' '"done"'
refuses count -1 'must be at least 0'
refuses rank 0 'must be at least 1'
refuses rank 6 'must be at most 5'
refuses state old "must be 'new' or 'done'"
refuses ratio 0 'must be greater than 0'
refuses ratio 1 'must be less than 1'
json_refuses rank '"9"' 'must be at most 5, not "9"'
t item create --title a --low 5 --high 3
is 'a CHECK that is not simple, by its name' 4 '' \
	'taskmgr: item create: CHECK failed: in_order (low <= high)'
t item create --title forbidden
is 'and by its text' 4 '' \
	"taskmgr: item create: CHECK failed: title <> 'forbidden' OR count = 0"
t item update 1 --high 0 --low 1
is 'by an update' 4 '' \
	'taskmgr: item update: CHECK failed: in_order (low <= high)'

# Several problems.
t item create --data '{"title":null,"count":null,"nope":1,"ranc":2,"rank":9,"state":"old"}'
is 'all problems of a record' 4 '' "\
taskmgr: item create: title must be text, not null
taskmgr: item create: count must be a whole number, not null
taskmgr: item create: nope is not a field
taskmgr: item create: ranc is not a field (did you mean rank?)
taskmgr: item create: rank must be at most 5, not 9
taskmgr: item create: state must be 'new' or 'done', not \"old\""
t item create --state old --count x --day y
is 'all problems of the options' 4 '' "\
taskmgr: item create: --state must be 'new' or 'done', not \"old\"
taskmgr: item create: --count must be a whole number, not \"x\"
taskmgr: item create: --day must be a date (YYYY-MM-DD): invalid character in year (got \"y\")
taskmgr: item create: --title is required"
t item create
is 'missing' 4 '' 'taskmgr: item create: --title is required'
t item create --data '{}'
is 'missing in JSON' 4 '' 'taskmgr: item create: title is required'
t item create --titel x
is 'an unknown option with a close name' 2 '' "\
taskmgr: item create: unknown option --titel (did you mean --title?)
hint: taskmgr --db v.db item create --help lists them"
printf 'id,title\n1,x\n' >rows.csv
t item create --data @rows.csv
is 'CSV is not accepted as data' 4 '' "\
taskmgr: item create: JSON decode error: Expecting value (line 1, column 1)
hint: --data reads JSON only: an object, an array or JSON Lines, as list --json and --jsonl write them"
t item create --title x --no-title
is 'an invalid switch' 2 '' "\
taskmgr: item create: unknown option --no-title
hint: taskmgr --db v.db item create --help lists them"
t item create --data '{"titel":"x","title":"y"}'
is 'an unknown field with a close name' 4 '' \
	'taskmgr: item create: titel is not a field (did you mean title?)'
t item create --data '{"Title":"y"}'
refused 'a field in another case' 'taskmgr: item create: Title is not a field (did you mean title?)*'
t item update 1 --data '{"titel":"x"}'
is 'an unknown field of an update' 4 '' \
	'taskmgr: item update: titel is not a field (did you mean title?)'
t item create --title x --title y
is 'an option twice' 2 '' 'taskmgr: item create: option --title is given twice'
t item create --title x --no-done --done
is 'a switch and its opposite' 2 '' \
	'taskmgr: item create: options --done and --no-done contradict each other'
t item create --title
is 'an option without its value' 2 '' \
	'taskmgr: item create: option --title needs a value'
t item create --title x word
is 'a word too many' 2 '' \
	'taskmgr: item create: unexpected argument "word"
hint: taskmgr --db v.db item create --help'
t item create --count=
is 'an empty value' 4 '' \
	'taskmgr: item create: --count must be a whole number, not ""
taskmgr: item create: --title is required'
t item update 1 --count=
is 'an empty value of an update' 4 '' \
	'taskmgr: item update: --count must be a whole number, not ""'
t item update 1 --unset count
is 'NULL where it may not be' 4 '' \
	'taskmgr: item update: --count must not be null'
t item update 1 --unset nope
is 'unset what is not there' 2 '' \
	'taskmgr: item update: --unset: unknown field nope
hint: taskmgr --db v.db item update --help lists them'
t item update 1 --set cuont=1
is 'set what is nearly there' 2 '' \
	'taskmgr: item update: --set: unknown field cuont (did you mean count?)
hint: taskmgr --db v.db item update --help lists them'

# Many records are one transaction.
before=$(sqlite3 v.db 'SELECT count(*) FROM items')
t item create --data '[{"title":"ok"},{"title":"x","titel":"x"},{"title":"y","count":-1}]'
is 'problems of several records, with their positions' 4 '' "\
taskmgr: item create: record 2: titel is not a field (did you mean title?)
taskmgr: item create: record 3: count must be at least 0, not -1"
t item create --data '[{"title":"ok"},{"title":"x","low":7,"high":8},{"title":"x","low":7,"high":8}]'
is 'a conflict among them' 4 '' \
	'taskmgr: item create: record 3: low 7 with high 8 is already taken by item 3'
t item create --data '[{"title":"ok"},{"title":"x","low":8,"high":7}]'
is 'a CHECK among them' 4 '' \
	'taskmgr: item create: record 2: CHECK failed: in_order (low <= high)'
t item create --data '[{"title":"ok"},{"title":"x","team":"nobody"}]'
is 'a reference among them' 3 '' \
	'taskmgr: item create: record 2: Team was not found (no team "nobody")'
t item create --data '[{"title":"ok"},1]'
is 'an invalid record' 4 '' \
	'taskmgr: item create: record 2: expected a JSON object, not 1'
t item create --data '[1,{"titel":"x","title":"y"},{}]'
is 'positions after it' 4 '' "\
taskmgr: item create: record 1: expected a JSON object, not 1
taskmgr: item create: record 2: titel is not a field (did you mean title?)
taskmgr: item create: record 3: title is required"
printf '{"title":"a"}\n{"title":"b"\n' >lines
t item create --data - <lines
is 'JSON Lines that end early' 4 '' \
	"taskmgr: item create: JSON decode error: Expecting ',' delimiter (line 3, column 1)"
printf '{"title":"a"}\n\n{"title":"b",\n"count":-1}\n{"title":"c"}\n' >lines
t item create --data - <lines
is 'the position in JSON Lines' 4 '' \
	'taskmgr: item create: record 2: count must be at least 0, not -1'
same 'none of them was written' "$(sqlite3 v.db 'SELECT count(*) FROM items')" \
	"$before"
printf '{"title":"l1"}\r\n\n{"title":"l2",\n"count":3}[{"title":"l3"}] {"title":"l4"}' >lines
t item create --data - <lines --columns title,count --jsonl
is 'JSON Lines, arrays, and what lies between' 0 '{"title":"l1","count":1}
{"title":"l2","count":3}
{"title":"l3","count":1}
{"title":"l4","count":1}' ''
t item create --data '[]' --json
is 'an empty array' 0 '[]' ''
t item create --data '[{"title":"one"}]' --columns title --json
is 'an array of one is a list' 0 '[{"title":"one"}]' ''
t item create --data '{"title":"one"}' --columns title --json
is 'an object is an object' 0 '{"title":"one"}' ''
t item create --data '[{"title":"p"},{"title":"q","rank":2}]' --rank 3 --columns title,rank --jsonl
is 'an option holds for all records' 0 '{"title":"p","rank":3}
{"title":"q","rank":3}' ''

# Where records come from.
echo '{"title":"file"}' >'a file.json'
t item create --data '@a file.json' --columns title --jsonl
is 'from a file' 0 '{"title":"file"}' ''
t item create --data=@nofile
is 'from a file that is not there' 1 '' \
	'taskmgr: item create: nofile: No such file or directory'
t item create --data @.
like 'from a folder' 1 '' 'taskmgr: item create: *Is a directory'
t item create --data - <'a file.json' --columns title --jsonl
is 'from standard input' 0 '{"title":"file"}' ''
t item create --data - --jsonl </dev/null
is 'no lines are no records' 0 '' ''
printf '\357\273\277{"title":"mark"}' >mark.json
t item create --data @mark.json --columns title --jsonl
is 'a byte order mark is skipped' 0 '{"title":"mark"}' ''
t item delete mark --yes
t item create --data ''
is 'from an empty text' 4 '' \
	'taskmgr: item create: --data is empty'
t item create --data
is 'without a value' 2 '' 'taskmgr: item create: option --data needs a value'
t item create --data '{}' --data '{}'
is 'twice' 2 '' 'taskmgr: item create: option --data is given twice'
t item create --data null
is 'null is not a record' 4 '' \
	'taskmgr: item create: expected a JSON object, not null'
t item create --data '"x"'
is 'nor is a text' 4 '' \
	'taskmgr: item create: expected a JSON object, not "x"'
t item create --data '{"title":"x"'
is 'no JSON' 4 '' \
	"taskmgr: item create: JSON decode error: Expecting ',' delimiter (line 1, column 13)"
t item create --data "{'title':'x'}"
refused 'no JSON either' 'taskmgr: item create: JSON decode error: *'
t item create --data '{"title":"x","title":"y"}'
is 'a key twice' 4 '' \
	"taskmgr: item create: JSON decode error: Duplicate property name \"title\" (line 1, column 14)"
t item create --data '{"title":"x","doc":{"a":1,"a":2}}'
refused 'a key twice inside' 'taskmgr: item create: JSON decode error: Duplicate property name "a" (line 1, column 27)'
t item create --data '{"title":"x"},'
refused 'a comma too many' 'taskmgr: item create: JSON decode error: *'
t item create --data '{"title":"x"} garbage'
refused 'garbage after it' 'taskmgr: item create: JSON decode error: *(line 1, column [12][0-9])'
t item create --data '{"title":NaN}'
refused 'NaN is not JSON' 'taskmgr: item create: JSON decode error: *'

# References, conflicts, slugs.
t team create --name 'The Team' --jsonl
is 'a slug is made' 0 '{"id":1,"name":"The Team","slug":"the-team"}' ''
t team create --name two --quiet --output /dev/null
t item create --title a --team the-team --columns team_id --jsonl
is 'a reference by slug' 0 '{"team_id":1}' ''
t item create --title a --team 'The Team' --columns team_id --jsonl
is 'by name' 0 '{"team_id":1}' ''
t item create --title a --team 1 --columns team_id --jsonl
is 'by id' 0 '{"team_id":1}' ''
t item create --data '{"title":"a","team":"two"}' --columns team_id --jsonl
is 'in JSON' 0 '{"team_id":2}' ''
t item create --data '{"title":"a","team":null}' --columns team_id --jsonl
is 'to nothing' 0 '{"team_id":null}' ''
t item create --title a --team-id two
is 'the id takes no slug' 4 '' \
	'taskmgr: item create: --team-id must be a whole number, not "two"'
t item create --title a --team-id 1 --team the-team --columns team_id --jsonl
is 'twice the same' 0 '{"team_id":1}' ''
t item create --title a --team-id 1 --team two
refused 'two that disagree' '*'
t item create --title a --team-id 9
is 'an id that is not there' 3 '' \
	'taskmgr: item create: Team was not found (no team 9)'
t item create --title a --team nobody
is 'a slug that is not there' 3 '' \
	'taskmgr: item create: Team was not found (no team "nobody")'
t team create --name 'The Team'
is 'a name that is taken' 4 '' \
	'taskmgr: team create: name "The Team" is already taken by team 1'
t team create --name THE-TEAM
is 'a slug that is taken, of a unique name' 4 '' \
	'taskmgr: team create: slug "the-team" is already taken by team 1 (made from name "THE-TEAM")'
t team update two --name 'The Team'
is 'a name that is taken, by an update' 4 '' \
	'taskmgr: team update: name "The Team" is already taken by team 1'
t item create --title a --low 70 --high 80 --columns id,low --quiet --output /dev/null
t item create --title a --low 70 --high 80
is 'two columns that are unique together' 4 '' \
	'taskmgr: item create: low 70 with high 80 is already taken by item 18'
t item create --title 'Milk!' --columns slug --jsonl
is 'a slug of a title' 0 '{"slug":"milk"}' ''
t item create --title milk --columns slug --jsonl
is 'the second of its kind' 0 '{"slug":"milk-2"}' ''
t item create --title 'Mílk' --columns slug --jsonl
is 'and the third' 0 '{"slug":"milk-3"}' ''
t item create --title milk --slug my-milk --columns slug --jsonl
is 'a slug that was given' 0 '{"slug":"my-milk"}' ''
t item create --title milk --slug my-milk
is 'and is taken' 4 '' \
	'taskmgr: item create: slug "my-milk" is already taken by item 22'
t item create --title milk --slug 'My Milk'
is 'and must be valid' 4 '' \
	'taskmgr: item create: slug: a slug has only a-z, 0-9 and single hyphens'
t item create --title milk --slug ''
is 'and is empty' 4 '' \
	'taskmgr: item create: slug: a slug has only a-z, 0-9 and single hyphens'
t item create --title '!?'
is 'a title without a slug' 4 '' \
	'taskmgr: item create: title: no letter or digit to make a slug from'
t item create --title ''
is 'an empty title' 4 '' \
	'taskmgr: item create: title: no letter or digit to make a slug from'
t item update milk-2 --title new --columns title,slug --jsonl
is 'an update leaves the slug' 0 '{"title":"new","slug":"milk-2"}' ''
t item update milk-2 --data '{"slug":"milk-2","id":0}'
is 'a frozen field that differs' 4 '' \
	'taskmgr: item update: id cannot be changed'
t item update milk-2 --data '{"slug":"milk-2","owner":"me","count":3}' --columns slug,count --jsonl
is 'frozen fields that agree' 0 '{"slug":"milk-2","count":3}' ''
t item update milk-2 --owner you
is 'an @immutable field' 4 '' 'taskmgr: item update: owner cannot be changed'
t item update milk-2 --data '{"owner":null}'
refused 'an @immutable field and null' 'taskmgr: item update: owner *'
t item update milk-2
is 'an update of nothing' 2 '' 'taskmgr: item update: no field is given
hint: set one with --set FIELD=VALUE'
t item update milk-2 --data '{}' --columns count --jsonl
is 'but an empty object is one' 0 '{"count":3}' ''

# Keys.
t item create --id 1 --title a
is 'a key that is taken' 4 '' \
	'taskmgr: item create: id 1 is already taken'
t item create --id -5 --title a --columns id --jsonl
is 'a negative key' 0 '{"id":-5}' ''
t item show -5 --columns id --jsonl
is 'is a word, not an option' 0 '{"id":-5}' ''
t item create --id 9223372036854775807 --title a --columns id --jsonl
is 'the largest key' 0 '{"id":9223372036854775807}' ''
t item show 9223372036854775807 --columns id --jsonl
is 'is found' 0 '{"id":9223372036854775807}' ''
t item show 9223372036854775808
is 'beyond it nothing is' 3 '' \
	'taskmgr: item show: Item was not found (no item "9223372036854775808")'
t item show -9223372036854775809
is 'nor on the other side' 3 '' \
	'taskmgr: item show: Item was not found (no item "-9223372036854775809")'
t item create --title a --columns title --jsonl
is 'and there is room for more' 0 '{"title":"a"}' ''

# STRICT, and 10 MB of text.
t tight create --data '{"n":"1","t":"x"}' --jsonl
is 'STRICT' 0 '{"rowid":1,"n":1,"t":"x"}' ''
t tight create --data '{"n":1,"t":2}'
is 'STRICT text' 4 '' \
	'taskmgr: tight create: t must be text, not 2'
head -c 10485760 /dev/zero | tr '\0' x >big.txt
{ printf '{"n":2,"t":"'; cat big.txt; printf '"}'; } >big.json
t tight create --data @big.json --output big.out --jsonl
is '10 MB of text' 0 '' ''
t tight show 2 --columns t --format text
cmp -s - "$WORK/out" <<-END
	$(cat big.txt)
END
same 'come back whole' $? 0
{ printf '{"n":"'; cat big.txt; printf '"}'; } >big.json
t tight create --data @big.json
refused '10 MB that are no number' 'taskmgr: tight create: n *'
same 'are not repeated' "$(($(wc -c <"$WORK/err") < 2000))" 1
# Signs belong to the values of a CHECK.
sqlite3 signs.db 'CREATE TABLE steps (id INTEGER PRIMARY KEY,
	way INTEGER CHECK (way IN (-1, 1)))'
run --db signs.db step create --way -1 --jsonl
is 'one of them' 0 '{"id":1,"way":-1}' ''
run --db signs.db step create --way 0
is 'none of them' 4 '' \
	'taskmgr: step create: --way must be -1 or 1, not "0"'

finish
