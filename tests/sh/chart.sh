#!/bin/sh
# Bars as long as the last column.
. tests/lib.sh

sqlite3 c.db <<'SQL'
CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, r REAL);
INSERT INTO items (name, n, r) VALUES ('ant', 1, 0.5), ('日本', 4, -2.0),
	('bear', 8, 1.25), (NULL, NULL, NULL), ('', 0, 0.0);
SQL
c() {
	run --db c.db "$@"
}
c item list --chart=name,n --width 27
is 'a bar for each row' 0 "\
ant     1 ██▏
日本    4 ████████▌
bear    8 █████████████████
NULL NULL
        0" ''
c item list --columns name,r --format chart --width 30
is 'reals, and negative ones by their size' 0 "\
ant   0.5 █████
日本 -2.0 ████████████████████
bear 1.25 ████████████▌
NULL NULL
      0.0" ''
c sql 'SELECT n > 2 AS big, count(*) FROM items GROUP BY 1' --chart --width 24
is 'of one grouped query' 0 "\
NULL 1 ████████▌
0    2 █████████████████
1    2 █████████████████" ''
c item count --by name --where 'n>0' --chart --width 24
is 'of the groups that count makes' 0 "\
ant  1 █████████████████
bear 1 █████████████████
日本 1 █████████████████" ''
c item list --chart=n --where n=8
like 'a pipe has 80 columns' 0 '8 █*' ''
same 'as many' "$(($(wc -m <"$WORK/out") - 1))" 79
c item list --chart=name,n --where 'n>=0' --width 5
is 'at least ten columns of bars' 0 "\
an 1 █▎
日 4 █████
be 8 ██████████
   0" ''
STATUS=0
clean LC_ALL=C "$TASKMGR" --db c.db item list --chart=name,n --where 'n>3' \
	--width 20 >"$WORK/out" 2>"$WORK/err" || STATUS=$?
is 'without UTF-8' 0 "\
日本 4 #######
bear 8 #############" ''
c item list --chart=n --where n=8
cp "$WORK/out" attached
c item list --chart n --where n=8
is 'its columns may be the next word' 0 "$(cat attached)" ''
c item list --csv id,n --where n=8 -q
is 'those of another format, too' 0 "$(printf 'id,n\r\n3,8\r')" ''
c item count --json --by n --where n=8
is 'but not an option' 0 '[{"n":8,"count":1}]' ''
c item list --chart nope
like 'which is not a column' 2 '' 'taskmgr: item list: *nope*'
c item show --csv 3 --columns n
is 'a command that takes words has them' 0 "$(printf 'n\r\n8\r')" ''
c item list --chart=n,name
is 'the last column must be a number' 2 '' "\
taskmgr: item list: a chart needs a number in its last column, name
hint: choose the columns with --columns"
c item list --chart=name,n --limit 0
is 'no rows, no bars' 0 '' ''
sqlite3 c.db "DELETE FROM items; WITH RECURSIVE i (i) AS (SELECT 1 UNION ALL
	SELECT i + 1 FROM i WHERE i < 1200) INSERT INTO items (name, n)
	SELECT char(27) || '[31m', i FROM i"
c item list --chart=name,n --width 40
same 'later bars are cut to the scale of the first thousand' \
	"$(sed -n '1000p;1200p' "$WORK/out" | grep -o '█' | wc -l)" \
	"$((2 * $(sed -n 1000p "$WORK/out" | grep -o '█' | wc -l)))"
same 'names cannot drive the terminal' \
	"$(LC_ALL=C tr -cd '\033' <"$WORK/out" | wc -c | tr -d ' ')" 0

# One column: a histogram.
c item list --chart=n --limit 3 --width 20
is 'of few whole numbers, each has its own bar' 0 "\
1 1 ████████████████
2 1 ████████████████
3 1 ████████████████" ''
c item list --chart=n --where 'n<=230' --width 25
is 'ranges, fitted to the width' 0 "\
0 to 19    19 ██████████▌
20 to 39   20 ███████████
40 to 59   20 ███████████
60 to 79   20 ███████████
80 to 99   20 ███████████
100 to 119 20 ███████████
120 to 139 20 ███████████
140 to 159 20 ███████████
160 to 179 20 ███████████
180 to 199 20 ███████████
200 to 219 20 ███████████
220 to 239 11 ██████" ''
c sql 'VALUES (NULL), (-1), (-1), (9e999), (NULL), (2)' --chart --width 24
is 'NULL and what is in no range' 0 "\
NULL     2 █████████████
-1       2 █████████████
0        0
1        0
2        1 ██████▌
infinite 1 ██████▌" ''
c sql 'VALUES (0.3), (0.5), (0.7), (0.7000001), (2)' --chart --width 26
is 'an edge is in the range that begins with it' 0 "\
0.3 to <0.4 1 ██████
0.4 to <0.5 0
0.5 to <0.6 1 ██████
0.6 to <0.7 0
0.7 to <0.8 2 ████████████
0.8 to <0.9 0
0.9 to <1   0
1 to <1.1   0
1.1 to <1.2 0
1.2 to <1.3 0
1.3 to <1.4 0
1.4 to <1.5 0
1.5 to <1.6 0
1.6 to <1.7 0
1.7 to <1.8 0
1.8 to <1.9 0
1.9 to <2   0
2 to <2.1   1 ██████" ''
c sql 'VALUES (2.5), (2.5)' --chart --width 18
is 'one value' 0 "\
2.5 2 ████████████" ''
c sql 'VALUES (1764520000000000), (1764520000000003)' --chart --width 36
is 'whole numbers have all their digits' 0 "\
1764520000000000 1 █████████████████
1764520000000001 0
1764520000000002 0
1764520000000003 1 █████████████████" ''
c sql "VALUES (1), ('two')" --chart
is 'no text' 2 '' "\
taskmgr: sql: a chart needs a number in its last column, column1
hint: choose the columns with --columns"

# Whatever the numbers are and in whatever order they come, SQL counts the same
# in each range.
for scale in 1 1000003 0.001 -0.37; do
	sqlite3 c.db "DROP TABLE IF EXISTS spread; CREATE TABLE spread (
		id INTEGER PRIMARY KEY, v REAL); WITH RECURSIVE i (i) AS (
		SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < 5000)
		INSERT INTO spread (v)
		SELECT (i * 7919 % 2003) * (i % 17) * $scale FROM i"
	c spread list --chart=v
	awk '{ below = $3 ~ /^</ ? substr($3, 2) : $3 " + 1"
		printf "SELECT count(*) = %s FROM spread WHERE v >= %s AND " \
			"v < %s;\n", $4, $1, below; n += $4 }
		END { print "SELECT 4 + (" n " = 5000)" }' "$WORK/out" \
		>"$WORK/script"
	same "a histogram at a scale of $scale" \
		"$(sqlite3 c.db <"$WORK/script" | sort -u | tr '\n' ' ')" \
		'1 5 '
done
finish
