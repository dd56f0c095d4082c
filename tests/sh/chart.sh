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
finish
