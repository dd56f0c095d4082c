#!/bin/sh
# Databases of other programs, tests/fixtures/foreign: each opens, lists, counts
# and shows all its tables, gets a folder of migrations that finds nothing to
# change, and takes back what it lists.  A line of a fixture "-- cannot WHAT
# TABLE: REASON" names what SQLite alone cannot do there.
[ -w /dev/shm ] && export TMPDIR=/dev/shm
. tests/lib.sh

FIXTURES=$TOP/tests/fixtures/foreign

# tables FILE KINDS: their names, a line each.
tables() {
	sqlite3 "$1" "SELECT l.name FROM pragma_table_list AS l
		JOIN sqlite_schema AS s ON s.name = l.name
		WHERE l.schema = 'main' AND l.type IN ($2)
		AND l.name NOT IN ('alembic_version') AND l.name NOT LIKE
		'sqlite_%' ORDER BY s.rowid"
}

# cannot WHAT TABLE: whether the fixture says so.
cannot() {
	grep -q "^-- cannot $1 $2:" "$fixture"
}

# answers WHAT TABLE WORDS…: status 0 and no word on stderr, or what it cannot
# do named.
answers() {
	what=$1 table=$2
	shift 2
	run --db x.db "$@"
	if cannot "$what" "$table"; then
		[ "$STATUS" != 0 ] && grep -q 'SQLite has no' "$WORK/err"
	else
		[ "$STATUS" = 0 ] && [ ! -s "$WORK/err" ]
	fi
}

# noun TABLE: the program's own nouns win.
noun() {
	case $1 in version | help | db) echo "table:$1" ;; *) echo "$1" ;; esac
}

# Fails at the first that does not work, whose words are kept.
reads_all() {
	tables x.db "'table', 'view', 'virtual'" >names
	: >script
	while IFS= read -r table; do
		answers list "$table" "$(noun "$table")" list --jsonl ||
			return 1
		cp "$WORK/out" "$table.jsonl"
		cannot list "$table" ||
			echo "'$(noun "$table")' count" >>script
	done <names
	answers script '' -f script
}

# The fields that are a table's key, as jq has them.
key_of() {
	sqlite3 x.db "SELECT coalesce(nullif(group_concat('.' ||
		json_quote(name)), ''), '.rowid') FROM (SELECT name FROM
		pragma_table_info('$1') WHERE pk ORDER BY pk)"
}

# Each row is shown by its key, and given back, and all is as it was.
gives_back() {
	tables x.db "'table'" >names
	: >script
	while IFS= read -r table; do
		cannot update "$table" && continue
		contents x.db "$table" >"$table.was"
		jq -Rr --arg t "$(noun "$table")" ". as \$row | fromjson |
			([$(key_of "$table")] | map(tostring) | join(\",\") |
				@sh) as \$key | (\$t | @sh) as \$noun |
			\"\\(\$noun) show -- \\(\$key)\",
			\"\\(\$noun) update --data \\(\$row | @sh) -- \\(\$key)\"
		" "$table.jsonl" >>script
	done <names
	answers script '' -f script || return 1
	while IFS= read -r table; do
		cannot update "$table" && continue
		contents x.db "$table" >"$table.now"
		diff "$table.was" "$table.now" >"$WORK/err" || return 1
	done <names
}

contents() {
	sqlite3 "$1" '.mode quote' "SELECT * FROM \"$2\"" | sort
}

# The lists make the same rows in an empty database.
makes_again() {
	grep -vE "^(INSERT INTO [^(]*(VALUES|\(rowid|\(node)|INSERT INTO sqlite_s)" \
		"$fixture" >empty.sql
	sed '/^INSERT INTO sqlite_schema/,$!d' "$fixture" >>empty.sql
	sqlite3 -batch -bail y.db <empty.sql >/dev/null
	tables x.db "'table'" >names
	while IFS= read -r table; do
		cannot create "$table" && continue
		[ -s "$table.jsonl" ] || continue
		run --db y.db -q "$(noun "$table")" create --data "@$table.jsonl"
		[ "$STATUS" = 0 ] || return 1
		contents x.db "$table" >was
		contents y.db "$table" >now
		diff was now >"$WORK/err" || return 1
	done <names
}

each() {
	name=$1
	shift
	if "$@"; then ok "$program: $name"; else
		not_ok "$program: $name (${table-})"
	fi
}

for fixture in "$FIXTURES"/*.sql; do
	program=${fixture##*/} program=${program%.sql}
	fresh
	sqlite3 -batch -bail x.db <"$fixture" >/dev/null
	table=
	each 'db info' answers info '' db info
	each 'help' answers help '' help
	tables x.db "'table', 'view', 'virtual'" | wc -l >names
	same "$program: a noun for each table" \
		"$(sed -n '/^Nouns:/,/^$/p' "$WORK/out" | grep -c '^  [^ ]')" \
		"$(($(cat names) + 4))"
	each 'list and count' reads_all
	each 'show and update' gives_back
	each 'create' makes_again
	run --db x.db db init -q
	is "$program: db init" 0 '' ''
	run db diff
	is "$program: db diff" 0 '' ''
	run db check
	is "$program: db check" 0 '' 'No new upgrade operations detected.'
	run db check --all
	like "$program: db check --all" 0 '' \
		'*No new upgrade operations detected.'
done
finish
