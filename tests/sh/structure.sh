#!/bin/sh
# The house of DESIGN.md: rooms use rooms below them, libraries stay in their
# rooms, every header compiles alone, files stay readable, nothing is unused.
. tests/lib.sh
cd "$TOP" || exit 1
OBJECTS=$(dirname "$(readlink -f "$TASKMGR")")

# Each room and those just below it: it may use these and all that they may.
rooms='
main: shell http/server
shell: shell/prompt
shell/prompt: shell/word
shell/word: shell/command
shell/command: shell/pager
shell/pager: shell/line
shell/line: describe
http/server: http/jobs
http/jobs: http/service
http/service: http/answer
http/answer: http/wire
http/wire: describe
describe: catalog
catalog: resource/op migrate sql undo
migrate: migrate/op
migrate/op: migrate/generate migrate/run migrate/alembic
migrate/generate: migrate/watch
migrate/run: migrate/explain
migrate/alembic: migrate/record
migrate/explain: migrate/watch
migrate/watch: migrate/record
migrate/record: migrate/graph
migrate/graph: migrate/revision
migrate/revision: operation schema/diff
resource/op: resource/write resource/filter
resource/write: resource/key
resource/filter: resource/key
resource/key: resource/model
resource/model: resource/text operation schema/diff
resource/text: util
schema/diff: schema/hazard
schema/hazard: schema/plan
schema/plan: schema/shape schema/trial
schema/shape: schema/model
schema/trial: schema/model
schema/model: schema/text
schema/text: engine/script
sql: operation schema/model
undo: operation
operation: engine/script engine/change output input
engine/script: engine
engine/change: engine
engine: util
output: util
input: util
util:
'

# Reads the table, then lines "ROOM ROOM WHERE", and prints WHERE for each step
# that the table doesn't have.
cat >"$WORK/judge.awk" <<'END'
FILENAME == ARGV[1] {
	room = $1
	sub(/:$/, "", room)
	known[room] = 1
	for (i = 2; i <= NF; i++)
		below[room] = below[room] " " $i
	next
}
function is_below(room, other,    names, count, i) {
	count = split(below[room], names)
	for (i = 1; i <= count; i++)
		if (names[i] == other || is_below(names[i], other))
			return 1
	return 0
}
$1 == $2 { next }
!(($1, $2) in judged) {
	judged[$1, $2] = known[$1] && known[$2] && is_below($1, $2)
}
!judged[$1, $2] { printf "%s ", $3 }
END
echo "$rooms" | grep . >"$WORK/rooms"

sources() {
	find src -name '*.[ch]' | sort
}

# src/http/answer/reply.c uses "migrate/migrate.h": http migrate src/http/answer/reply.c->…
sources | xargs grep -H '^#include ".*/' |
	sed 's,^src/\(.*\):#include "\(.*\)".*,\1 \2 src/\1->\2,' |
	awk '{
		sub(/(\/[^\/]*|\.c)$/, "", $1)
		sub(/\/[^\/]*$/, "", $2)
		print
	}' >"$WORK/includes"
same 'rooms include only from rooms below them' \
	"$(awk -f "$WORK/judge.awk" "$WORK/rooms" "$WORK/includes")" ''
same 'other rooms use only the public headers of migrate' \
	"$(grep -v '^migrate' "$WORK/includes" | awk '$2 ~ /^migrate\// {print $3}')" ''

# The same of the symbols, as a header may declare what is defined above it.
sources | sed -n "s,^src/\(.*\)\.c$,$OBJECTS/\1.o,p" |
	xargs nm -A -g -P 2>/dev/null |
	sed "s,^$OBJECTS/\(.*\)\.o: ,\1 ," | grep -v ' __' >"$WORK/symbols"
awk '
	{ room = $1; sub(/\/[^\/]*$/, "", room) }
	$3 != "U" { file[$2] = $1; home[$2] = room; next }
	{ uses[$1 " " $2] = room }
	END {
		for (use in uses) {
			split(use, part)
			if (part[2] in home)
				print uses[use], home[part[2]], part[1] "->" part[2]
		}
	}' "$WORK/symbols" >"$WORK/calls"
same 'and call nothing above them' \
	"$(awk -f "$WORK/judge.awk" "$WORK/rooms" "$WORK/calls")" ''
same 'functions used in one file are static, and all are used' \
	"$(awk '
	$3 == "U" { used[$2] = 1 }
	$3 != "U" { file[$2] = $1 }
	END {
		for (name in file)
			if (!used[name] && name != "main")
				print file[name] ":" name
	}' "$WORK/symbols")" ''
holds 'symbols were read' grep -q '^util/arena arena_alloc T' "$WORK/symbols"

outside() {
	sources | xargs grep -lE "$1" | grep -v "^src/$2/" | tr '\n' ' '
}
same 'sqlite3.h stays in engine' \
	"$(outside '#include <sqlite3.h>' engine)" ''
same 'libcsv stays in input' \
	"$(outside '#include <csv.h>' input)" ''
same 'zlib stays in http' \
	"$(outside '#include <zlib.h>' http)" ''
same 'readline stays in shell' \
	"$(outside '#include <readline/' shell)" ''
same 'sockets stay in http' \
	"$(outside '#include <(sys/socket|sys/epoll|sys/eventfd|netinet/.*|arpa/inet)\.h>' http)" ''

# shellcheck disable=SC2016 # the inner shell's
same 'every header compiles alone' \
	"$(sources | grep '\.h$' | xargs -P 2 -n 8 sh -c '
	for header; do
		${CC:-gcc} -std=gnu11 -D_GNU_SOURCE -Isrc -fsyntax-only \
			-Wall -Wextra -x c "$header" 2>/dev/null ||
			echo "$header"
	done' _)" ''

same 'no file is over 500 lines' \
	"$(sources | xargs wc -l | awk '$2 != "total" && $1 > 500')" ''
same 'no room is over 25 files' \
	"$(sources | sed 's,/[^/]*$,,' | sort | uniq -c | awk '$1 > 25')" ''
same 'a name has one meaning: no two structs share it' \
	"$(sources | xargs grep -hoE '^(struct|enum|union) [a-z_]+ \{' |
		sort | uniq -d)" ''
same 'nothing else is at the top' \
	"$(git ls-files 2>/dev/null | cut -d/ -f1 | sort -u | grep -vxE \
	'src|man|migrations|tests|completions|Makefile|README.md|LICENSE|CHANGELOG.md|\.(ci|clang-format|clang-tidy|gitignore|shellcheckrc)')" ''
finish
