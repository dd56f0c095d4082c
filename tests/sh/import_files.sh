#!/bin/sh
# import of files as spreadsheets and other programs write them: dates and
# numbers in another spelling, UTF-16, lists inside of lists, rejects of JSON.
. tests/lib.sh

fresh
sqlite3 here.db <<'END'
CREATE TABLE people (
	id INTEGER PRIMARY KEY, name TEXT NOT NULL, born DATE, seen DATETIME,
	height REAL, salary DECIMAL(10,2), age INTEGER
);
CREATE TABLE pets (
	id INTEGER PRIMARY KEY, name TEXT NOT NULL,
	person_id INTEGER REFERENCES people (id)
);
END
# person WORDS…: on an empty table, into rows.
person() {
	sqlite3 here.db 'DELETE FROM people'
	run --db here.db person "$@"
	rows=$(sqlite3 here.db \
		'SELECT name, born, seen, height, salary, age FROM people')
}
nothing='hint: nothing was imported; --max-errors N leaves up to N bad records out, --rejects FILE keeps them in a file'

# Another spelling
printf 'Name;Born;Seen;Height;Salary;Age\r\nA;31.12.1990;1.2.2026 10:30;1,75;1.234,50;1.000\r\nB;1990-01-02;;-0,5;-1 234 567;7\r\n\r\n' >excel.csv
person import excel.csv
is 'has a next step' 4 '' 'taskmgr: person import: line 2: born must be a date (YYYY-MM-DD): invalid character in year (got "31.12.1990")
taskmgr: person import: line 2: seen must be a date and time: invalid character in year (got "1.2.2026 10:30")
taskmgr: person import: line 2: height must be a number, not "1,75"
taskmgr: person import: line 2: salary must be a number, not "1.234,50"
taskmgr: person import: line 3: height must be a number, not "-0,5"
taskmgr: person import: line 3: salary must be a number, not "-1 234 567"
hint: nothing was imported; --dates dmy reads 31.12.1990, mdy 12/31/1990; --decimal comma reads 1.234,5, point 1,234.5'
person import excel.csv --dates dmy --decimal comma
is 'which works' 0 'inserted 2, updated 0, skipped 0, rejected 0' \
	'excel.csv: columns are separated by ;'
same 'the values' "$rows" 'A|1990-12-31|2026-02-01 10:30|1.75|1234.5|1000
B|1990-01-02||-0.5|-1234567|7'
printf 'name,born,salary,age\nA,12/31/1990,"1,234.50","1,000"\nB,2/1/2026,.5,7\n' >us.csv
person import us.csv --dates mdy --decimal point
is 'American' 0 'inserted 2, updated 0, skipped 0, rejected 0' ''
same 'its values' "$rows" 'A|1990-12-31|||1234.5|1000
B|2026-02-01|||0.5|7'
printf 'name,born\nA,1990/12/31\nB,1990.1.2\n' >ymd.csv
person import ymd.csv --dates ymd
same 'with the year first' "$rows" 'A|1990-12-31||||
B|1990-01-02||||'
printf 'name;born;salary\nA;31.12.90;1.5\nB;31.12/1990;1234.567\nC;1.2.3.1990;1,2,3\nD;31.02.1990;12.34.567\nE;.1.1990;1,234.567\nF;123.1.1990;1.234.\n' >bad.csv
person import bad.csv --dates dmy --decimal comma --rejects rejects.csv
is 'what has neither spelling' 0 \
	'inserted 0, updated 0, skipped 0, rejected 6' \
	'bad.csv: columns are separated by ;'
same 'is refused as it was' "$(tr -d '\r' <rejects.csv | sed '1d; s/.*""",//')" \
	'A,31.12.90,1.5
B,31.12/1990,1234.567
C,1.2.3.1990,"1,2,3"
D,31.02.1990,12.34.567
E,.1.1990,"1,234.567"
F,123.1.1990,1.234.'
person import us.csv --dates dym
is 'no such order' 2 '' \
	'taskmgr: person import: --dates must be dmy, mdy or ymd, not dym'
echo '{"name":"A"}' >one.jsonl
person import one.jsonl --decimal comma
is 'JSON has one spelling' 2 '' \
	'taskmgr: person import: --decimal: only for CSV and TSV'

printf 'name,born,age\nA,n/a,1\nB,2026-01-01,-\n' >null.csv
person import null.csv
like 'a word for NULL' 4 '' \
	'*"-"
hint: nothing was imported; --null n/a reads that as NULL'
person import null.csv --null n/a
like 'and another one' 4 '' '*; --null - reads that as NULL'
printf 'name,age\nA,x\n' >x.csv
person import x.csv
is 'any other word is not one' 4 '' \
	"taskmgr: person import: line 2: age must be a whole number, not \"x\"
$nothing"

# A line for spreadsheets
for separator in ';' ',' '\t'; do
	printf '\357\273\277sep=%b\r\nname%bage\r\nA%bx\r\n' "$separator" \
		"$separator" "$separator" >sep.csv
	person import sep.csv
	like "sep=$separator" 4 '' '*line 3: age must be a whole number, not "x"*'
done
printf 'sep=;\n' >sep.csv
person import sep.csv
like 'and nothing else' 4 '' '*sep.csv is empty, without even a header*'

# UTF-16 without its mark
for order in LE BE; do
	iconv -f UTF-8 -t UTF-16$order us.csv >utf16.csv
	person import utf16.csv
	is "UTF-16$order" 4 '' \
		"taskmgr: person import: utf16.csv is in UTF-16, not in UTF-8
hint: convert it first: iconv -f UTF-16$order -t UTF-8"
done

# Lists inside of records
echo '{"data":[{"name":"A"}]}' >api.json
person import api.json
is 'the answer of an API' 4 '' \
	"taskmgr: person import: record 1: data is not a field (to read the records in this list, take it out with jq .data; related rows need create --data)
taskmgr: person import: record 1: name is required
$nothing"
jq .data api.json >data.json
person import data.json
is 'as the message says' 0 'inserted 1, updated 0, skipped 0, rejected 0' ''
echo '[{"name":"A","pets":[{"name":"Rex"}]}]' >nested.json
person import nested.json
is 'related rows' 4 '' \
	"taskmgr: person import: record 1: pets is not a field (to read the records in this list, take it out with jq .pets; related rows need create --data)
$nothing"
person create --data @nested.json --json=name
is 'are for create' 0 '[{"name":"A"}]' ''

# Rejects of JSON can be corrected and imported.
sqlite3 here.db 'DELETE FROM pets'
cat >bad.json <<'END'
[{"name": "A", "age": "x"},
 {"name": "B",
  "age": 2, "nick": "b"}, {"name": "C, \"c\""}]
END
person import bad.json --rejects rejects.csv
is 'rejects' 0 'inserted 1, updated 0, skipped 0, rejected 2' ''
sed 's/: ""x""/: 1/; s/, ""nick"": ""b""//' rejects.csv >corrected.csv
person import corrected.csv
is 'are imported once they are corrected' 0 \
	'inserted 2, updated 0, skipped 0, rejected 0' ''
same 'with their values' "$rows" 'A|||||1
B|||||2'
printf '{"name":"A"}x\n{bad\n{"age":1}\n' >bad.jsonl
person import bad.jsonl --rejects rejects.csv
like 'lines that are not JSON' 0 '*rejected 3' ''
person import rejects.csv
is 'are still bad' 4 '' \
	"taskmgr: person import: line 2: record: must be one JSON object
taskmgr: person import: line 3: JSON decode error: Expecting property name enclosed in double quotes (line 1, column 2)
taskmgr: person import: line 4: name is required
$nothing"
printf 'reject_line,reject_column,reject_reason,record\n1,,,\n2,,,[]\n3,,,5\n4,,,"[{""name"":""A""},{""name"":""B""}]"\n' >odd.csv
person import odd.csv
like 'nor is anything else one record' 4 '' '*line 2: *line 3: *line 4: *line 5: *'
printf 'record,name\nx,A\n' >record.csv
person import record.csv
like 'another column of that name is none' 4 '' \
	'*column "record" is not a field of person*'
finish
