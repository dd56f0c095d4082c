#!/bin/sh
# Help fits a terminal, begins with examples, and each example works.
. tests/lib.sh

# operations: "noun verb" of everything that there is help on.
operations() {
	run help "$@"
	sed -n '/^Nouns:/,/^$/p' "$WORK/out" | awk '/^  [^ ]/ { print $1 }' |
		while read -r noun; do
			run help "$noun" "$@"
			grep -q '^Commands:' "$WORK/out" || echo "$noun"
			sed -n '/^Commands:/,/^$/p' "$WORK/out" |
				awk -v noun="$noun" '/^  [^ ]/ { print noun, $1 }'
		done
}

# wide: the lines of help that do not fit 80 columns.
wide() {
	clean wc -L "$@" | awk '$1 > 79 && $2 != "total"'
}

# screens: all help, a file each, in the folder help.
screens() {
	mkdir -p "$WORK/help"
	rm -f "$WORK"/help/*
	operations "$@" >"$WORK/operations"
	for topic in '' options $(cut -d ' ' -f 1 "$WORK/operations" | sort -u); do
		# shellcheck disable=SC2086 # none for the program
		run help $topic "$@"
		cp "$WORK/out" "$WORK/help/$topic,"
	done
	while read -r noun verb; do
		# shellcheck disable=SC2086 # sql has no verb
		run help "$noun" $verb "$@"
		cp "$WORK/out" "$WORK/help/$noun,$verb"
	done <"$WORK/operations"
}

with_users
screens
same 'every screen fits 80 columns' "$(wide "$WORK"/help/*)" ''
same 'that of the program fits 30 lines' \
	"$(($(wc -l <"$WORK/help/,") <= 30))" 1
same 'every operation has an example' \
	"$(grep -L -e '^Example' "$WORK"/help/*,?*)" ''
same 'before its options' \
	"$(for screen in "$WORK"/help/*,?*; do
		grep -E '^(Example|Options|Arguments)' "$screen" | head -n 1
	done | sort -u)" 'Example:'

# Each example runs where it makes sense: two revisions, one of them applied,
# and what it names.
mkdir "$WORK/bin"
ln -s "$TASKMGR" "$WORK/bin/taskmgr"
quiet() {
	clean "$TASKMGR" -q "$@" >/dev/null || echo "# failed: $*"
}
table() {
	echo "CREATE TABLE $1 (id INTEGER PRIMARY KEY, body TEXT);" \
		>>migrations/schema.sql
	quiet db revision --autogenerate -m "$1" --rev-id "$2"
}
fresh
quiet db init
quiet db revision --autogenerate -m first --rev-id aaaa1111
quiet db upgrade
table notes bbbb1111
quiet db upgrade
quiet user create --username u1 --firstname F --lastname L --age 1
quiet task create --title T --user 1
printf 'username,firstname,lastname,age\nx,F,L,1\n' >FILE.csv
cp -r . "$WORK/prepared"
prepare() {
	cd "$WORK" && rm -rf here && cp -r prepared here && cd here || exit 1
	case $1 in
	'db init') rm -r ./* ;;
	'task import') printf 'title,user_id\nx,1\n' >FILE.csv ;;
	'db revision') echo 'CREATE TABLE more (a);' >>migrations/schema.sql ;;
	'db upgrade') table more cccc1111 ;;
	'db merge') quiet db revision -m two --head aaaa1111 --splice ;;
	'db restore') quiet db backup today.db ;;
	'redo ') quiet undo ;;
	'db import-alembic')
		mkdir -p alembic/versions
		rm migrations/versions/*
		printf 'revision = "abcd"\ndown_revision = None\n' \
			>alembic/versions/abcd_x.py
		;;
	esac
}
while read -r noun verb; do
	prepare "$noun $verb"
	sed -n '/^Example/,/^$/p' "$WORK/help/$noun,$verb" | sed 1d >"$WORK/example"
	holds "$noun $verb: $(sed -n 's/^ *//; 1p' "$WORK/example")" \
		clean PATH="$WORK/bin:$PATH" EDITOR=true sh -e "$WORK/example"
done <"$WORK/operations"
for topic in '' user db; do
	same "the examples of '$topic' are its commands'" \
		"$(sed -n '/^Examples:/,/^$/p' "$WORK/help/$topic," | sed '1d;$d' |
		while read -r line; do
			grep -qxF "  $line" "$WORK"/help/*,?* || echo "$line"
		done)" ''
done

# Many columns with long names, texts and choices; many tables.
fresh
{
	echo 'CREATE TABLE wide (id INTEGER PRIMARY KEY'
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		echo ", some_long_name_$i VARCHAR(10) NOT NULL CHECK
			(some_long_name_$i IN ('it''s red', 'green', 'blue$i',
			'magenta', 'cyan', 'white')) -- A description that goes on and on, $i"
	done
	echo ');'
} | sqlite3 wide.db
screens --db wide.db
same 'a wide table: it fits' "$(wide "$WORK"/help/*)" ''
sed -n '/^Example/,/^$/p' "$WORK/help/wide,create" | sed 1d >"$WORK/example"
holds 'its long example runs' clean PATH="$WORK/bin:$PATH" \
	TASKMGR_DB=wide.db sh -e "$WORK/example"
run --db wide.db -f "$WORK/example"
like 'in a script too' 0 '*│  2 │*' ''
sqlite3 many.db "$(for i in $(seq 500); do
	echo "CREATE TABLE t$i (a);"
done)"
run --db many.db help
same 'many tables: it fits' "$(wide "$WORK/out")" ''
same 'in a few lines' "$(($(wc -l <"$WORK/out") < 70))" 1
like 'with all of them' 0 '* t1 *t499 *t500*db  *' ''
finish
