#!/bin/sh
# The manual says what the program says: its options, commands, formats,
# statuses, routes and annotations are the program's, no more and no less;
# and what stands in its examples works.
. tests/lib.sh

MAN=$TOP/man
with_users

# section PAGE TITLE: the lines of a page's section.
section() {
	awk -v title=".Sh $2" '/^\.Sh/ { on = $0 == title; next } on' "$MAN/$1"
}

# literal PAGE TITLE N: the N-th literal block of a section.
literal() {
	section "$1" "$2" | awk -v n="$3" '/^\.Ed/ { on = 0 }
		on { gsub(/\\e/, "\\"); print }
		/^\.Bd -literal/ { on = ++count == n }'
}

# Options as "-o --output FILE", from .It Fl of a page on standard input.
page_options() {
	sed -n 's/^\.It Fl /-/p' |
		sed 's/ Ns Op = Ns Ar \(.*\)/[=\1]/; s/ , -/ --/; s/ Ar / /' | sort
}

# The same from help on standard input, behind the title that is given.
help_options() {
	awk -v title="$1:" '/^[^ ]/ { on = $0 == title } on && /^ / {
		line = $0
		sub(/^ +/, "", line)
		sub(/  .*/, "", line)
		if (line ~ /^-/) {
			sub(/, /, " ", line)
			print line
		}
	}' | sort
}

# words PAGE TITLE MACRO: what .It MACRO has in a section.
words() {
	section "$1" "$2" | sed -n "s/^\\.It $3 \\([^ ]*\\).*/\\1/p"
}

# set_of NAME GOT WANTED: the same words, in any order, and some.
set_of() {
	got=$(printf '%s\n' "$2" | sort) wanted=$(printf '%s\n' "$3" | sort)
	same "$1" "${got:-none}" "${wanted:-some}"
}

pages='taskmgr.1 taskmgr-db.1 taskmgr-serve.1'
pages="$pages taskmgr-revision.5 taskmgr-schema.5"
set_of 'there are these pages' "$(ls "$MAN")" "$(echo "$pages" | tr ' ' '\n')"
if command -v mandoc >/dev/null; then
	same 'mandoc finds nothing wrong' \
		"$(mandoc -Tlint -W warning "$MAN"/*.[1-8] 2>&1)" ''
else
	ok 'mandoc finds nothing wrong # SKIP there is no mandoc'
fi

run help options
cp "$WORK/out" "$WORK/help"

# taskmgr(1)
set_of 'taskmgr(1): the options' "$(section taskmgr.1 OPTIONS | page_options)" \
	"$({ help_options 'Options of every command' <"$WORK/help"
	help_options 'Options of the program' <"$WORK/help"; })"
set_of 'taskmgr(1): the formats' "$(words taskmgr.1 OUTPUT Cm)" \
	"$(awk '/^[^ ]/ { on = $0 == "Formats:"; next } on { print $1 }' \
	"$WORK/help")"
set_of 'taskmgr(1): the exit statuses' \
	"$(section taskmgr.1 'EXIT STATUS' | sed -n 's/^\.It //p')" \
	"$(sed -n '/^Exit status/,$p' "$WORK/help" | grep -o '[0-9]*')"
set_of 'taskmgr(1): the keys of taskmgr.ini' "$(words taskmgr.1 FILES Ic)" \
	"$(grep -o '\.key = "[a-z_]*"' "$TOP/src/catalog/settings.c" |
	cut -d'"' -f2)"
set_of 'taskmgr(1): the environment' \
	"$(section taskmgr.1 ENVIRONMENT | sed -n 's/^\.It Ev //p' |
	tr -d ' ' | tr , '\n')" \
	"$(grep -ohE '(getenv|is_env_on)\("[A-Z_]*"' "$TOP"/src/*/*.c "$TOP"/src/*/*/*.c |
	cut -d'"' -f2 | sort -u
	sed -n 's/.*names\[\] = { "LC_ALL", "LC_CTYPE", "LANG".*/LC_ALL\
LC_CTYPE\
LANG/p' "$TOP/src/shell/line/terminal.c")"

run help user
verbs=$(awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' \
	"$WORK/out")
set_of 'taskmgr(1): the commands of a resource' \
	"$(words taskmgr.1 RESOURCES Cm)" \
	"$(printf '%s\n' "$verbs" | grep -vx tasks)"
# Their options are the same for every table, but for those of its fields.
fields=$(for noun in user task; do
	run $noun list --csv --limit 0
	tr -d '\r' <"$WORK/out" | tr , '\n' | tr _ - | sed 's/.*/^--&( |$)/'
done; echo '^--user ')
set_of 'taskmgr(1): the options of a resource' \
	"$(section taskmgr.1 RESOURCES | page_options)" \
	"$(for verb in $verbs; do
		run user "$verb" --help
		help_options Options <"$WORK/out"
	done | sort -u | grep -vE "$fields")"

run sql --help
set_of 'taskmgr(1): the options of sql' \
	"$(section taskmgr.1 SQL | page_options)" \
	"$(help_options Options <"$WORK/out")"

run undo --help
set_of 'taskmgr(1): the options of undo' \
	"$(section taskmgr.1 UNDO | page_options)" \
	"$(help_options Options <"$WORK/out")"

# taskmgr-db(1)
run help db
verbs=$(awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' \
	"$WORK/out")
set_of 'taskmgr-db(1): the commands' "$(words taskmgr-db.1 COMMANDS Cm)" \
	"$verbs"
for verb in $verbs; do
	section taskmgr-db.1 COMMANDS | awk -v verb="$verb" '
		/^\.It Cm/ { on = $3 == verb; next }
		/^\.Ss/ { on = 0 }
		on' | page_options >"$WORK/page"
	run db "$verb" --help
	same "taskmgr-db(1): the options of $verb" "$(cat "$WORK/page")" \
		"$(help_options Options <"$WORK/out")"
	# .It Cm history Op Ar A Ar B ... is "history [A] B" in help.
	same "taskmgr-db(1): the arguments of $verb" \
		"$(section taskmgr-db.1 COMMANDS | sed -n \
		"s/ \\.\\.\\.$/…/; s/^\\.It Cm $verb *\\(.*\\)/\\1/p" |
		sed 's/Op Ar \([A-Z]*\)/[\1]/g; s/Ar //g')" \
		"$(sed -n "s/^Usage: taskmgr db $verb *//p" "$WORK/out" |
		sed 's/ *\[OPTIONS\]$//')"
done

# Every option that a page names anywhere is one.
{ help_options 'Options of every command' <"$WORK/help"
help_options 'Options of the program' <"$WORK/help"
help_options 'Options of --serve' <"$WORK/help"
for verb in $verbs; do
	run db "$verb" --help
	help_options Options <"$WORK/out"
done
run sql --help
help_options Options <"$WORK/out"
run undo --help
help_options Options <"$WORK/out"
for verb in list create import update delete count; do
	run task "$verb" --help
	help_options Options <"$WORK/out"
	run user "$verb" --help
	help_options Options <"$WORK/out"
done; } | grep -oE -- '(^| )--?[a-zA-Z][a-z-]*' | tr -d ' ' | sort -u \
	>"$WORK/known"
# --no-completed is --completed, -nv is -n -v.
printf '%s\n' --no-completed -nv >>"$WORK/known"
for page in $pages; do
	same "$page: no option that the program doesn't have" \
		"$(grep -oE 'Fl -?[a-zA-Z][a-z-]*' "$MAN/$page" |
		sed 's/Fl /-/' | sort -u | grep -vxF -f "$WORK/known")" ''
done

# Every command that a page mentions is one.
sed -nE 's/^\.(Ql|Dl|Nm|Ic) (taskmgr )?((user|task|db) [a-z_-]+).*/\3/p' \
	"$MAN"/*.[1-8] | sort -u >"$WORK/mentioned"
set_of 'no page mentions a command that is not there' \
	"$(while read -r noun verb; do
		run help "$noun" "$verb"
		echo "$STATUS"
	done <"$WORK/mentioned" | sort -u)" 0

# Every command line that a page quotes whole runs.
sed -nE 's/^\.(Ql|Dl) (taskmgr )?((user|task|db|help|undo|redo) .*)/\3/p' \
	"$MAN"/*.[1-8] | sed 's/ [.,;:]$//' | awk '!/ [A-Z]+$/ && (NF > 2 || / -/)' |
	sort -u >"$WORK/quoted"
same 'there are some' "$(($(wc -l <"$WORK/quoted") > 5))" 1
same 'each of them runs' "$(while read -r line; do
	eval "run $line" </dev/null
	[ "$STATUS" = 0 ] || echo "$line: $(cat "$WORK/err")"
done <"$WORK/quoted")" ''

# taskmgr-serve(1)
set_of 'taskmgr-serve(1): the options' \
	"$(section taskmgr-serve.1 DESCRIPTION | page_options)" \
	"$(help_options 'Options of --serve' <"$WORK/help")"
: >"$WORK/serve"
# shellcheck disable=SC2016 # for the inner shell
clean sh -c 'echo $$ >"$0"; exec "$1" --serve --port 0' "$WORK/pid" \
	"$TASKMGR" >"$WORK/out" 2>"$WORK/serve" &
for _ in 1 2 3 4 5 6 7 8 9 10; do
	url=$(sed -n 's/.* at \(http[^ ]*\) .*/\1/p' "$WORK/serve")
	[ -z "$url" ] || break
	sleep 0.2
done
curl -s "$url/openapi.json" | jq -r '.paths | to_entries[] |
	.key as $path | .value | keys[] | "\(ascii_upcase) \($path)"' |
	grep -E ' (/user/|/$)' >"$WORK/routes"
# Pages of the listener itself, which are no part of its API.
for page in /health /metrics /openapi.json /docs /ready; do
	[ "$(curl -s -o /dev/null -w '%{http_code}' "$url$page")" != 200 ] ||
		echo "GET $page" >>"$WORK/routes"
done
set_of 'taskmgr-serve(1): the routes' \
	"$(section taskmgr-serve.1 ROUTES | sed -n 's/^\.It Li //p')" \
	"$(sort -u "$WORK/routes")"
kill "$(cat "$WORK/pid")"
wait

# taskmgr-schema(5), taskmgr-revision(5)
set_of 'taskmgr-schema(5): the annotations' \
	"$(words taskmgr-schema.5 ANNOTATIONS Ic)" \
	"$(grep -o '"@[a-z]*"' "$TOP/src/schema/text/annotation.c" | tr -d '"')"
set_of 'taskmgr-revision(5): the keys of the header' \
	"$(words taskmgr-revision.5 DESCRIPTION Ic)" \
	"$(sed -n 's/^	{ "\([a-z_]*\)", set_.*/\1/p' \
	"$TOP/src/migrate/revision/revision.c")"

# The examples, each page's as one script.
mkdir "$WORK/bin"
ln -s "$TASKMGR" "$WORK/bin/taskmgr"
PATH=$WORK/bin:$PATH

# play PAGE [TITLE]: the commands after a $ and the lines that continue them, of
# a section, or of those that the description and the examples show.
play() {
	if [ $# -gt 1 ]; then
		section "$1" "$2"
	else
		section "$1" DESCRIPTION
		section "$1" EXAMPLES
	fi | awk '/^\.Ed/ { on = 0 }
		on { gsub(/\\e/, "\\") }
		on && sub(/^\$ /, "") { print; more = 1; next }
		on && more && /^\t/ { print; next }
		{ more = 0 }
		/^\.Bd -literal/ { on = 1 }' |
		sed "s/8123/$((20000 + $$ % 10000))/" >"$WORK/script"
	holds "$1: the examples${2:+ in $2} run" clean sh -ex "$WORK/script"
}

fresh
play taskmgr.1
same 'and left what they say' "$(taskmgr user count -q),$(taskmgr task list \
	--columns slug,completed --jsonl)" \
	'1,{"slug":"buy-milk","completed":true}'
play taskmgr.1 SQL
same 'no other section has any' "$(awk '/^\.Sh/ { title = $0 }
	/^\$ / && title !~ /DESCRIPTION|EXAMPLES/ { print title }' \
	"$MAN"/*.[1-8] | sort -u)" '.Sh SQL'
fresh
play taskmgr-db.1
like 'and left what they say' 0 '*added column*(head) (current)*' '*'
fresh
play taskmgr-serve.1
like 'and left what they say' 0 '*"username":"user1"*delete is successful*' '*'

fresh
run db init
literal taskmgr-schema.5 DESCRIPTION 1 >migrations/schema.sql
run db diff
is 'the schema of the example' 0 "added table 'people'
added table 'loans'
added index 'ix_loans_person_id' on '(person_id)'" ''
play taskmgr-schema.5
like 'and left what they say' 0 '*ann-lee*2026-12-24*' '*'
run person create --help
like 'its annotations hold' 0 '*--name TEXT *what they are called; required*' ''
same 'and hide what they hide' \
	"$(grep -cE -- '--(visits|secret|made|changed|slug)' "$WORK/out")" 0

fresh
run db init
run db revision --autogenerate -m i --rev-id 1f2e3d4c5b6a
literal taskmgr-revision.5 DESCRIPTION 1 >migrations/versions/due.sql
run db upgrade
is 'the revision of the example' 0 '' "\
Running upgrade  -> 1f2e3d4c5b6a, i
Running upgrade 1f2e3d4c5b6a -> 0a1b2c3d4e5f, add due date"
run db downgrade -1
is 'and back' 0 '' \
	'Running downgrade 0a1b2c3d4e5f -> 1f2e3d4c5b6a, add due date'
finish
