#!/bin/sh
# Filters: --where, --FIELD, --search, and the pages of a list.
. tests/lib.sh
. "$TOP/tests/serve.sh"
fresh
run db upgrade
run user create --username user1 --firstname Паша --lastname "O'Neil" --age 40
run user create --username user2 --firstname Roza --lastname Sya --age 62
run user create --username user3 --firstname Alex --lastname U --age 25
run task create --user user1 --title 'Buy milk' --priority 1
run task create --user user2 --title 'Sell milk, now' --priority 3 --completed
run task create --user user1 --title '50% off (today)' --priority 2

# ids NOUN CONDITION IDS: what one condition lets through.
ids() {
	run "$1" list --where "$2" --columns id --tsv --no-header
	is "$1: $2" 0 "$3" ''
}
ids user 'age>=40' '1
2'
ids user 'age.gte=40' '1
2'
ids user 'age > 30 and not age=62' 1
ids user 'age=25,40' '1
3'
ids user 'age.in=25, 62' '2
3'
ids user 'age!=25,40' 2
ids user 'firstname~паш' 1
ids user 'firstname!~А' '2
3'
ids user "lastname=O'Neil" 1
ids user "lastname='O\\'Neil'" 1
ids user '"age" = 25' 3
# As SQL and C spell them.
ids user 'age == 25' 3
ids user 'age<>25 and age gte 60' 2
ids user 'age in (25, 62)' '2
3'
ids user 'not (age NOT  IN (25,62))' '2
3'
ids user 'username like "USER_"' '1
2
3'
ids user "username not like '%2' and lastname='O''Neil'" 1
ids user 'age is null' ''
ids user 'not age is not null' ''
ids user 'username contains R1' 1
ids user 'age=' ''
ids user 'age!=' '1
2
3'
ids user 'username.like=USER_' '1
2
3'
ids user 'username.like=user\_' ''
ids task 'title="Sell milk, now"' 2
ids task 'title~"%"' 3
ids task 'title~"(today)" or completed=true' '2
3'
ids task '(priority<3 and title~milk) or priority=3' '1
2'
ids task 'not (completed=true or priority=1)' 3
ids task 'user=user2' 2
ids task 'user=1' '1
3'
ids task 'user!=user2' '1
3'
ids task 'user_id=2' 2
ids task 'user.age<50' '1
3'
ids task 'not user.age<50' 2
ids task 'user.username=' ''

run task list --where 'priority>1' --where 'title~milk' --columns id --tsv
is 'each of several holds' 0 'id
2' ''
run task list --user user1 --priority 2 --columns id --tsv
is 'columns are options' 0 'id
3' ''
run task list --no-completed --search MILK --columns id --tsv
is 'search' 0 'id
1' ''
run task count --where 'user.username=user1' --json
is 'count' 0 '{"count":2}' ''
run user tasks user1 --where 'priority=2' --columns id --tsv
is 'linked rows' 0 'id
3' ''

# A foreign key of several columns.
sqlite3 seats.db "CREATE TABLE seats (row INTEGER, letter TEXT, kind TEXT,
	PRIMARY KEY (row, letter)); CREATE TABLE bookings (id INTEGER PRIMARY
	KEY, row INTEGER, letter TEXT, FOREIGN KEY (row, letter) REFERENCES
	seats); INSERT INTO seats VALUES (1, 'A', 'window'), (1, 'B', 'aisle');
	INSERT INTO bookings VALUES (1, 1, 'A'), (2, 1, 'B'), (3, NULL, NULL)"
for words in '--seat=1,A' '--where=seat="1,A"' '--where=seat.kind=window'; do
	run --db seats.db booking list "$words" --columns id --tsv --no-header
	is "composite: $words" 0 1 ''
done
run --db seats.db booking list --where 'seat!="1,A"' --columns id --tsv --no-header
is 'composite: not' 0 2 ''

# What is wrong is shown with its place.
refused() {
	run "${3:-user}" list --where "$1"
	is "refused: $1" "${4:-2}" '' "taskmgr: ${3:-user} list: $2"
}
refused 'agee>1' '--where: user has no column agee (did you mean age?)
    agee>1
    ^'
refused 'age>x' '--where: expected a whole number, not x
    age>x
        ^' user 4
refused 'age>99999999999999999999' '--where: expected a number that 64 bits can hold, not 99999999999999999999
    age>99999999999999999999
        ^' user 4
run user list --age x
is 'with the status of an option' 4 '' \
	'taskmgr: user list: --age must be a whole number, not "x"'
run user delete --where 'age in (1, x)' --yes
like 'of a list' 4 '' '*expected a whole number, not x*'
sqlite3 days.db 'CREATE TABLE days (day DATE, at DATETIME, start TIME, raw BLOB)'
for each in 'day=2026-02-30:a date (YYYY-MM-DD)' 'start=25h:a time (HH:MM:SS)' \
	'at<soon:a date and time (YYYY-MM-DD HH:MM:SS)' 'raw=x:base64'; do
	words=${each%%:*}
	run --db days.db day list --where "$words"
	like "refused: $words" 4 '' \
		"taskmgr: day list: --where: expected ${each#*:}, not ${words#*[=<]}*"
done

# Dates relative to now, which is 2026-11-22 11:07:02.
sqlite3 days.db <<'END'
CREATE TABLE notes (id INTEGER PRIMARY KEY, due DATE, at DATETIME, name TEXT);
INSERT INTO notes VALUES
	(1, '2026-11-21', '2026-11-21 23:59:59', 'today'),
	(2, '2026-11-22', '2026-11-22 00:00:00', ''),
	(3, '2026-11-23', '2026-11-22 11:07:02', ''),
	(4, '2026-11-15', '2026-11-22 11:07:03', '-7d'),
	(5, '2027-01-01', '2026-11-15 00:00:00', '');
END
notes() {
	run --db days.db note list --columns id --tsv --no-header --where "$1"
	same "$1" "$(tr '\n' ' ' <"$WORK/out")" "$2"
}
notes 'due=today' '2 '
notes 'due=Yesterday or due=tomorrow' '1 3 '
notes 'due>=-7d and due<today' '1 4 '
notes 'due>+3w' '5 '
notes 'due<=now' '1 2 4 '
notes 'at>=today' '2 3 4 '
notes 'at>now' '4 '
notes 'at>=-11h' '3 4 '
notes 'at in (now, "2026-11-15 00:00:00")' '3 5 '
notes 'due!=today,-1d' '3 4 5 '
notes 'name=today,-7d' '1 4 '
notes 'at~today' ''
for word in -7m -d 7d -123456d -7days +; do
	run --db days.db note list --where "due>$word"
	like "not $word" 4 '' \
		"taskmgr: note list: --where: expected a date (YYYY-MM-DD), not $word*"
done
refused 'username=a b' '--where: expected "and", "or" or the end; a value with blanks or parentheses needs quotes
    username=a b
               ^'
refused 'username="a' '--where: the quote is not closed
    username="a
             ^'
refused '(age=1' '--where: expected ")"
    (age=1
          ^'
refused 'age=1)' '--where: unmatched ")"
    age=1)
         ^'
refused 'age=>1' '--where: a value that begins with > needs quotes
    age=>1
        ^'
refused 'age between 1 and 2' '--where: expected an operator, not between
    age between 1 and 2
        ^
hint: write age>=LOW and age<=HIGH'
refused 'age near 1' '--where: expected an operator, not near
    age near 1
        ^
hint: use one of = != < <= > >= ~ (contains) !~ like in, is null, is not null, or their opposites'
run user list --where 'tasks.priority>1'
is 'rows that reference it' 2 '' \
	'taskmgr: user list: --where: user has no column tasks
    tasks.priority>1
    ^
hint: a path follows references, and task references user: begin with taskmgr task list'
run user list --sort users.age
like 'its own table' 2 '' '*hint: a column of user itself has no prefix'
run user list --sort 'age DESC'
is 'a word of SQL' 2 '' \
	'taskmgr: user list: --sort: user has no column age DESC
hint: write -age to sort it descending'
run task list --where 'not completed'
like 'a boolean alone' 2 '' '*hint: write completed=true or completed=false'
run task list --where 'completed is true'
like 'or in SQL' 2 '' '*hint: write completed=true or completed=false'
refused 'username=null' '--where: nothing compares with null
    username=null
             ^
hint: write is null or is not null, or quotes for this text: "null"'
refused 'age in (1, 2' '--where: expected "," or ")"
    age in (1, 2
                ^'
refused 'age is null 1' '--where: expected "and", "or" or the end; a value with blanks or parentheses needs quotes
    age is null 1
                ^'
refused 'age<1,2' '--where: < compares with one value, not a list
    age<1,2
    ^'
refused 'age<' '--where: a value is missing
    age<
    ^'
refused 'age=1,' '--where: a value is missing; write "" for an empty text
    age=1,
          ^'
refused 'age.foo=1' '--where: age references no other table
    age.foo=1
        ^'
refused '' "--where: expected a column name
    
    ^"
refused 'имя=1 or agee=1' '--where: user has no column имя
    имя=1 or agee=1
    ^'
refused 'user.usrname=x' '--where: user has no column usrname (did you mean username?)
    user.usrname=x
         ^' task
run user list --where age
is 'a word without an operator shows the quotes' 2 '' \
"taskmgr: user list: --where: an operator is missing
    age
       ^
hint: quote the condition, so that the shell leaves it alone: --where 'age>=30', or write age.gte=30"
run task list --where user=nobody
is 'a row that is not there' 3 '' \
	'taskmgr: task list: User was not found (no user "nobody")'
deep=$(printf '%200s' '' | tr ' ' '(')
run user list --where "$deep"
like 'parentheses have a bound' 2 '' '*too many parentheses*'
many=$(seq -s ' or age=' 0 600)
run user list --where "age=$many"
like 'so have conditions' 2 '' '*more than 500 conditions*'
run user list --where "username~$(seq -s , 0 1100)"
like 'each pattern is one' 2 '' '*more than 500 conditions*'
run task list --where "user.username~$(seq -s , 0 499)"
like 'and more at the end of a path' 2 '' '*more than 500 conditions*'
run user list --where "age=$(printf ' or age=%.0s' $(seq 600))"
like 'NULL is one, too' 2 '' '*more than 500 conditions*'

# Nothing of a value is SQL.
# shellcheck disable=SC1003 # a backslash is one of them
for text in "'" '"' "x' OR '1'='1" '");--' '%' '\' "$(printf '\001')"; do
	quoted=$(printf '%s' "$text" | sed 's/[\\"]/\\&/g')
	run user count --where "username=\"$quoted\"" --json
	is "a value is a value: $quoted" 0 '{"count":0}' ''
done
head -c 100000 /dev/zero | tr '\0' x >long
run user count --where "username~$(cat long)" --json
is 'a long one' 0 '{"count":0}' ''

# Pages: each begins where the one before it ended.
sqlite3 pages.db "CREATE TABLE rows (id INTEGER PRIMARY KEY, a INTEGER, b TEXT
	NOT NULL); CREATE TABLE pairs (x TEXT, y INTEGER, PRIMARY KEY (x, y))
	WITHOUT ROWID; CREATE TABLE loose (v); CREATE VIEW seen AS SELECT * FROM
	rows; WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
	INSERT INTO rows SELECT i, CASE WHEN i % 3 THEN i % 7 END, 'b' || (i % 5)
	FROM n; INSERT INTO pairs SELECT b, id FROM rows;
	INSERT INTO loose SELECT a FROM rows"
# pages NOUN SORT: all pages joined are the whole list.
pages() {
	sort=${2:+--sort=$2}
	run --db pages.db "$1" list ${sort:+"$sort"} --tsv --no-header
	cp "$WORK/out" whole
	: >joined
	after='' n=0
	while [ $((n += 1)) -lt 20 ]; do
		run --db pages.db "$1" list ${sort:+"$sort"} --tsv --no-header \
			--limit 7 --verbose ${after:+--after "$after"}
		cat "$WORK/out" >>joined
		after=$(sed -n 's/^next page: --after //p' "$WORK/err")
		[ -n "$after" ] || break
	done
	same "pages: $1 $2" "$n $(cat joined)" "6 $(cat whole)"
}
pages row ''
pages row a
pages row -a
pages row b,-a
pages row -b,a
pages pair ''
pages pair -y
pages loose v
run --db pages.db row list --limit 2 --sort a --verbose --tsv
cursor=$(sed -n 's/^next page: --after //p' "$WORK/err")
run --db pages.db row list --sort b --after "$cursor"
is 'a cursor belongs to its order' 2 '' \
'taskmgr: row list: --after: this cursor is for another order
hint: use the cursor printed after a list that --limit cut'
for cursor in zz 7 7330 "$(printf %s "$cursor" | cut -c1-20)"; do
	run --db pages.db row list --sort a --after "$cursor"
	like "not a cursor: $cursor" 2 '' '*--after: *cursor*'
done
run --db pages.db seen list --limit 1 --after 73303a
like 'rows without a key have no next page' 2 '' '*have no key to continue from*'
run --db pages.db row list --limit 40 --verbose --columns id --tsv
is 'the last page says nothing' 0 "id
$(seq 40)" ''

# Over HTTP the same words.
start --db taskmanager.db
get() {
	ask GET "$1" -G --data-urlencode "$2"
	same "$1 $2" "$status $(printf %s "$body" | jq -c "$4")" "$3"
}
get /user/ 'age.gte=40' '200 [1,2]' 'map(.id)'
get /user/ 'where=age>=40 and not username~2' '200 [1]' 'map(.id)'
get /user/ 'age=25' '200 [3]' 'map(.id)'
get /user/ 'age.in=25,40' '200 [1,3]' 'map(.id)'
get /task/ 'user.username=user2' '200 [2]' 'map(.id)'
get /task/ 'user=user2' '200 [2]' 'map(.id)'
get /user/ 'search=паша' '200 [1]' 'map(.id)'
get /user/count 'age.lt=41' '200 2' .count
get /user/ 'username.eq=x" or age>0 or username="' '200 []' 'map(.id)'
get /user/ 'sort=nope' '422 ["query","sort"]' '.detail[0].loc'
get /user/ 'where=agee>1' '422 "did you mean age?"' '.detail[0].hint'
get /user/ 'agee.gte=1' '422 ["query","agee.gte"]' '.detail[0].loc'
get /user/ 'after=zz' '422 ["query","after"]' '.detail[0].loc'
get /user/ 'age=x' '422 "int_parsing"' '.detail[0].type'
stop
start --db days.db
get /note/ 'at.gte=today' '200 [2,3,4]' 'map(.id)'
get /note/ 'due.in=-7d,tomorrow' '200 [3,4]' 'map(.id)'
stop

# Random ones against SQLite's own judgement.
python3 "$TOP/tests/filters.py" "$TASKMGR" 500 "${SEED:-$(date +%s)}" >random
grep "^#" random
same 'random filters' "$(grep -o '^ok\|^not ok' random)" ok
finish
