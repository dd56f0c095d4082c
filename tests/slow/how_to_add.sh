#!/bin/sh
# README's "How to add": a verb of every table, a format, an annotation and an
# option of every command, each added to a copy of the tree at the places that
# README names, are found at every door.
. tests/lib.sh

cp -a "$TOP/src" "$TOP/Makefile" "$TOP/migrations" "$TOP/man" \
	"$TOP/completions" "$WORK/here" || exit 1
mkdir build
cp -a "$(dirname "$(readlink -f "$TASKMGR")")" build/

# after FILE PATTERN TEXT: a line more behind the first that has the pattern.
after() {
	awk -v pattern="$2" -v text="$3" '{ print }
		!done && index($0, pattern) { print text; done = 1 }
		END { exit !done }' "$1" >"$1.new" && mv "$1.new" "$1"
}
plant() {
	# A verb: its function, its prototype and its row.
	after src/resource/op/read.c '#include "resource/write/foreign.h"' '
enum status resource_first(struct call *call, struct error *e)
{
	return resource_list(call, e);
}' &&
	after src/resource/op/inside.h 'enum status resource_count(struct call' \
		'enum status resource_first(struct call *call, struct error *e);' &&
	after src/resource/op/operations.c 'templates[] = {' '
	{ .operation = { .verb = "first", .summary = "Planted verb",
			 .example = "%n first", .flags = OPERATION_READS,
			 .run = resource_first },
	  .make_parameters = list_parameters, .rows = true,
	  .routes = { { .method = "GET", .path = "first", .status = 200 } } },' &&
	# A format: its functions, which exist here, and its row.
	after src/output/writer.c 'output_formats[] = {' '
	{ .name = "planted", .media_type = "text/x-planted",
	  .summary = "planted format", .row = text_row },' &&
	# An annotation: its member and its row.
	sed -i 's/bool immutable,/bool planted, immutable,/' \
		src/schema/text/annotation.h &&
	after src/schema/text/annotation.c 'instructions[] = {' \
		'	{ "@planted", SETS(planted), NULL },' &&
	# An option of every command: its member and its row.
	sed -i 's/bool no_header,/bool planted, no_header,/' \
		src/catalog/settings.h &&
	after src/catalog/settings.c 'settings_table[] = {' \
		'	{ SWITCH("planted", 0, "planted option"), AT(planted) },'
}
holds 'one of each is added' plant
holds 'and builds' clean make -j2
TASKMGR=$PWD/build/taskmgr

run db upgrade
run user create --username bob --firstname B --lastname L --age 1
run user first --columns username --format planted
is 'argv' 0 bob ''
run -c 'user first --columns username --format planted --planted'
is 'a script' 0 bob ''
run help user
like 'help knows the verb' 0 '*first*Planted verb*' ''
run help options
like 'the format and the option' 0 '*--planted*planted option*planted format*' ''
run __complete user fir
is 'Tab knows the verb' 0 'first	Planted verb' ''
run __complete user list --format plant
is 'the format' 0 'planted	planted format' ''
run __complete user list --plant
is 'the option' 0 '--planted	planted option' ''
run user list --format plantd
like 'it is a near one' 2 '' '*did you mean planted?*'
sqlite3 taskmanager.db 'CREATE TABLE notes (id INTEGER PRIMARY KEY,
	body TEXT -- what was noted @planted
)'
run note create --help
like 'the annotation is not in the description' 0 '*what was noted
*' ''

clean "$TASKMGR" --serve --port 0 >log 2>&1 &
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
	url=$(grep -o 'http://127.0.0.1:[0-9]*' log | head -n 1)
	[ -n "$url" ] && break
	sleep 0.2
done
same 'HTTP has the verb, and the format by its media type' \
	"$(curl -s -H 'Accept: text/x-planted' "$url/user/first" | cut -f 2)" bob
same 'and by its name' "$(curl -s "$url/user/first?format=planted" |
	cut -f 2)" bob
same 'OpenAPI describes both' "$(curl -s "$url/openapi.json" |
	jq -r '.paths["/user/first"].get.responses["200"].content |
		has("text/x-planted")')" true
kill "$server"
finish
