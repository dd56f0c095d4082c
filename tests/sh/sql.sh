#!/bin/sh
# SQL as a command: what it may do, what it says, and how it is typed.
. tests/lib.sh
with_users
run user create --username user3 --firstname Ann --lastname Lee --age 70

run sql 'SELECT username, age * 2 AS twice FROM users WHERE age > :age' \
	--param age=40 --csv
is 'a query' 0 "$(printf 'username,twice\r\nuser2,124\r\nuser3,140\r')" ''
run sql --json 'SELECT t.*, u.id, NULL AS none FROM tasks t, users u LIMIT 1'
is 'values are written as by list, names are distinct' 0 \
	'[{"id":1,"title":"Buy milk","content":"","priority":1,"completed":false,"user_id":1,"slug":"buy-milk","id:1":1,"none":null}]' ''
run sql 'SELECT age, username, 1 AS one FROM users' --columns one,age --jsonl
is 'columns are chosen' 0 '{"one":1,"age":40}
{"one":1,"age":62}
{"one":1,"age":70}' ''
run sql 'SELECT 1 AS a' --columns nope
is 'or refused' 2 '' 'taskmgr: sql: no column "nope"
hint: columns: a'
run sql 'SELECT id, slug FROM users WHERE id = 1' --format insert
is 'rows of a table can be inserted there' 0 \
	"INSERT INTO \"users\" (\"id\",\"slug\") VALUES (1,'user1');" ''
run sql 'SELECT * FROM users WHERE 0' --json
is 'no rows' 0 '[]' ''
run sql 'SELECT count(*) AS n FROM users'
is 'a table, numbers to the right' 0 '┌───┐
│ n │
├───┤
│ 3 │
└───┘' ''

# Parameters.
# shellcheck disable=SC2016 # SQL's parameters
run sql 'SELECT :a AS a, $b AS b, @c AS c, typeof(:a) AS t' --jsonl \
	--param a=007 --param b=-7 --param c=1.5
is 'parameters' 0 '{"a":"007","b":-7,"c":1.5,"t":"text"}' ''
for number in 00.5:text 0.5:real -0.5:real .5:text 1.50:text 1.0:real 1e3:text; do
	run sql 'SELECT typeof(:a) AS t' --jsonl --param "a=${number%:*}"
	is "what ${number%:*} is" 0 "{\"t\":\"${number#*:}\"}" ''
done
run sql "SELECT ? || ?2 AS x" --param 1="it's;" --param 2= --jsonl
is 'by their number, and never spliced' 0 "{\"x\":\"it's;\"}" ''
run sql 'SELECT :agee' --param age=1
is 'without a value' 2 '' 'taskmgr: sql: the parameter :agee has no value (did you mean age?)
hint: give it one with --param agee=VALUE'
run sql 'SELECT 1' --param age=1
is 'a value without a parameter' 2 '' 'taskmgr: sql: no statement has the parameter of --param age=1
hint: write :age where the value belongs'
run sql 'SELECT typeof(:a) || quote(:b) || typeof(?) AS x' --jsonl --param a \
	--param b= --param 3
is 'a name alone is NULL' 0 "{\"x\":\"null''null\"}" ''
run sql 'SELECT :a' --param =1
is 'no name' 2 '' 'taskmgr: sql: --param takes NAME=VALUE, not =1'
run sql 'SELECT 1' --param age
is 'a name without a parameter' 2 '' 'taskmgr: sql: no statement has the parameter of --param age
hint: write :age where the value belongs'
run sql 'SELECT :a' --param a --param a=1
is 'NULL and a value' 2 '' 'taskmgr: sql: --param a is given twice'
run sql 'SELECT :a' --param a=1 --param a=2
is 'two values' 2 '' 'taskmgr: sql: --param a is given twice'

# Errors.
run sql 'SELECT
	agee FROM users'
is 'the place of an error' 1 '' 'taskmgr: sql: line 2:2: no such column: agee (did you mean age?)
    \tagee FROM users
      ^'
run sql 'SELECT é, 1 FROM userz'
is 'close tables' 1 '' 'taskmgr: sql: line 1:18: no such table: userz (did you mean users?)
    SELECT é, 1 FROM userz
                     ^'
run sql "SELECT '$(printf '%0300d' 0)' AS x, $(printf '%0100d' 0) FROM (SELECT )"
like 'a long line is shown around the place' 1 '' '*near ")": syntax error
    0*0 FROM (SELECT )
    *^'
same 'and short' "$(awk 'length > 90' "$WORK/err")" ''
run sql 'SELECT (
'
is 'it ends too early' 1 '' 'taskmgr: sql: line 1:9: incomplete input
    SELECT (
            ^'
run sql ' -- nothing
;'
is 'no statement' 2 '' 'taskmgr: sql: there is no SQL statement'
run sql '-- a comment
SELECT 1 AS one' --jsonl
is 'a comment is not an option' 0 '{"one":1}' ''
run sql 'SELECT 1; SELECT 2'
is 'two results' 2 '' 'taskmgr: sql: only the last statement may return rows
hint: run the others as commands of their own'
printf 'SELECT 1 -- \377' >latin.sql
run sql @latin.sql
is 'not UTF-8' 4 '' \
	'taskmgr: sql: the SQL is not valid UTF-8, or contains NUL'
run sql
is 'nothing' 2 '' 'taskmgr: sql: SQL|@FILE|- is missing
hint: taskmgr sql --help'
run select 1
is 'SQL as words' 2 '' "taskmgr: unknown command select
hint: SQL is one argument of sql: taskmgr sql 'SELECT 1'"
run --db none.db sql 'SELECT 1'
is 'no database' 6 '' 'taskmgr: sql: database none.db does not exist
hint: create it with: taskmgr --db none.db db upgrade'

# Files.
echo 'SELECT 5 AS five' >five.sql
echo 'SELECT 5 AS five FROM nowhere' >bad.sql
run sql @five.sql --jsonl
is 'a file' 0 '{"five":5}' ''
run sql @bad.sql
like 'its errors name it' 1 '' 'taskmgr: sql: bad.sql:1:23: no such table: nowhere*'
run sql @none.sql
is 'no file' 1 '' 'taskmgr: sql: none.sql: No such file or directory'
run sql - --jsonl <five.sql
is 'standard input' 0 '{"five":5}' ''
run -o out.json --json sql @five.sql
is 'into a file' 0 '' ''
run -o out.json --json sql 'SELECT nope'
same 'which a failure leaves alone' "$STATUS,$(cat out.json)" '1,[{"five":5}]'
run -o out.json --write sql 'DELETE FROM tasks WHERE 0'
same 'as does a statement without rows' "$STATUS,$(cat out.json)" '0,[{"five":5}]'

# What may be written.
sqlite3 taskmanager.db .dump >before
refused() {
	run sql "$1"
	like "refused: $1" 4 '' "taskmgr: sql: line 1:1: $2*"
	run sql --write "$1"
	like "also with --write: $1" 4 '' "taskmgr: sql: line 1:1: $2*"
}
for sql in 'INSERT INTO tasks (title, user_id, slug) VALUES (1, 1, 2)' \
	'DELETE FROM users' 'UPDATE users SET age = 1' 'DROP TABLE tasks' \
	'CREATE TABLE t (a)' 'CREATE TEMP TABLE t (a)' 'ANALYZE' 'REINDEX' \
	'ALTER TABLE tasks ADD COLUMN x' 'CREATE INDEX i ON users (age)' \
	'WITH x AS (SELECT 1) DELETE FROM users' 'PRAGMA user_version = 3' \
	'EXPLAIN DELETE FROM users' 'DELETE FROM users RETURNING id'; do
	run sql "$sql"
	like "only with --write: $sql" 4 '' '*changes the database*
hint: sql --write runs SQL that changes it'
done
for sql in 'PRAGMA journal_mode = DELETE' 'PRAGMA foreign_keys = OFF' \
	'PRAGMA writable_schema = ON' 'PRAGMA optimize' \
	'PRAGMA wal_checkpoint' 'PRAGMA incremental_vacuum'; do
	refused "$sql" 'this PRAGMA changes how the database is used*
hint: only PRAGMAs that read are allowed; with --write also user_version and application_id'
done
refused BEGIN 'BEGIN, COMMIT and ROLLBACK are not allowed here'
refused COMMIT 'BEGIN, COMMIT and ROLLBACK are not allowed here'
refused 'SAVEPOINT a' 'SAVEPOINT, RELEASE and ROLLBACK TO are not allowed here'
refused "ATTACH 'x.db' AS x" 'ATTACH and DETACH are not allowed'
refused VACUUM 'VACUUM is not allowed inside a transaction'
refused "VACUUM INTO 'x.db'" 'VACUUM is not allowed inside a transaction'
refused 'DELETE FROM alembic_version' '*'
refused 'DROP TABLE _taskmgr_log' '*'
run sql --write 'UPDATE sqlite_schema SET sql = NULL'
like "SQLite's own schema" 1 '' '*table sqlite_master may not be modified*'
sqlite3 taskmanager.db .dump >after
same 'and nothing was changed' "$(diff before after; ls x.db 2>&1)" \
	"ls: cannot access 'x.db': No such file or directory"
for sql in 'PRAGMA table_info(users)' 'PRAGMA user_version' \
	'PRAGMA integrity_check' 'PRAGMA journal_mode' \
	"SELECT * FROM pragma_index_list('users')" \
	'EXPLAIN QUERY PLAN SELECT 1'; do
	run sql "$sql" --jsonl
	like "it may look: $sql" 0 '{*}' ''
done
run --read-only sql --write 'DELETE FROM users'
like 'a read-only database' 1 '' '*cannot be written*'
run sql --write 'UPDATE users SET age = age + 1; DELETE FROM tasks'
is 'changes' 0 '' '4 rows changed'
run sql --write -n 'DELETE FROM users'
is 'a dry run' 0 '' '3 rows changed (dry run: nothing was changed)'
run sql --write 'UPDATE users SET age = 1 WHERE id = 1 RETURNING id, age' --jsonl
is 'rows that a change returns' 0 '{"id":1,"age":1}' ''
run sql --write "UPDATE users SET age = 2; INSERT INTO users SELECT * FROM users"
is 'all or nothing' 4 '' "taskmgr: sql: line 1:27: UNIQUE constraint failed: users.id
    UPDATE users SET age = 2; INSERT INTO users SELECT * FROM users
                              ^"
run sql --write 'UPDATE users SET age = 2 RETURNING age' --columns nope
like 'an output that cannot be written either' 2 '' '*no column "nope"*'
run sql --write "INSERT INTO tasks (title, user_id, slug) VALUES ('a', 9, 'a')"
like 'a foreign key' 4 '' '*FOREIGN KEY constraint failed*'
run user list --columns age --jsonl
is 'the rest is unchanged' 0 '{"age":1}
{"age":63}
{"age":71}' ''
run sql --write 'CREATE TABLE notes (id INTEGER PRIMARY KEY, at TEXT);
CREATE TRIGGER t AFTER INSERT ON notes BEGIN SELECT 1; SELECT 2; END;
CREATE TEMP TABLE users (a); INSERT INTO notes VALUES (1, 2); PRAGMA user_version = 3'
is 'tables, a trigger' 0 '' '1 row changed'
run note count
is 'and the table is a noun' 0 1 ''

# As it is typed in a session.
cat >script <<'END'
select count(*) as n -- all ; of them
from users
where slug <> 'a;b'; user count
select 1 as a, 'x' as b --json
taskmgr sql --param n=5 --csv select :n + 1 as six;
SELECT 'it''s' as "a;" --jsonl; sql 'select 3 as three' --jsonl
sql --write create trigger tr after insert on users begin
 select 1; select 2;
end; sql @five.sql --jsonl
EXPLAIN QUERY PLAN SELECT 1 --format tsv --columns parent
with x as (select 7 as seven) select * from x
END
run --jsonl -f script
is 'a script' 0 "$(printf '%s\r\n' '{"n":3}' '{"count":3}' '[{"a":1,"b":"x"}]' six 6 \
	'{"a;":"it'"'"'s"}' '{"three":3}' '{"five":5}' |
	sed 's/\r$//; s/^six$/six\r/; s/^6$/6\r/'
	printf 'parent\n0\n{"seven":7}')" ''
run -c "select 1 as a --jsonl; select 'b"
like 'quotes are closed' 1 '{"a":1}' "taskmgr: sql: line 1:8: this quote is never closed*"
# A syntax error that begins a line is most often one of the line before.
run sql --write "CREATE TABLE a (
	b INTEGER NOT NULL -- first
	c TEXT)"
is 'a missing comma' 1 '' 'taskmgr: sql: line 3:2: near "c": syntax error
    \tc TEXT)
      ^
hint: check whether the line before it lacks a comma or a semicolon'
run sql --write "CREATE TABLE aa (
	b INTEGER,
)"
like 'a comma too many' 1 '' '*hint: remove the comma before it, if there is one'
run sql 'selekt
nothing'
like 'neither' 1 '' 'taskmgr: sql: line 1:1: near "selekt": syntax error
    selekt
    ^'
printf 'user count\nselect 1,\n  nope;\nuser count\n' >script
run -f script
like 'an error names the line of the command' 1 3 'taskmgr: script:2: sql: line 2:3: no such column: nope*'

# Completion.
c() {
	run __complete "$@"
	cut -f 1 "$WORK/out" | tr '\n' ' ' >"$WORK/plain"
	mv "$WORK/plain" "$WORK/out"
}
c sql 'SELECT * FROM us'
like 'a table' 0 'SELECT * FROM users ' ''
c sql 'SELECT * FROM users WHERE user'
like 'its columns' 0 'SELECT * FROM users WHERE username SELECT * FROM users WHERE users ' ''
c sql 'SELECT * FROM users u JOIN tasks AS t ON t.user'
like 'those of an alias' 0 '* ON t.user_id ' ''
c sql @f
like 'a file' 0 '@five.sql ' ''
c sql --p
like 'an option' 0 '--param ' ''
finish
