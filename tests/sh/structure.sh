#!/bin/sh
# The house of DESIGN.md: rooms use rooms to their right, libraries stay in
# their rooms, every header compiles alone, files stay readable.
. tests/lib.sh
cd "$TOP" || exit 1

# What each room may use, besides itself.
allowed() {
	right="util"
	case $1 in
	util) echo ;;
	engine | output) echo "$right" ;;
	schema | operation) echo "$right engine output" ;;
	resource | migrate) echo "$right engine output operation schema" ;;
	catalog) echo "$right engine output operation schema resource migrate" ;;
	describe) echo "$right engine output operation schema resource migrate catalog" ;;
	shell | http)
		echo "$right engine output operation schema resource migrate catalog describe" ;;
	esac
}

wrong=
for file in src/*/*.[ch] src/*/*/*.[ch]; do
	room=${file#src/} room=${room%%/*}
	for used in $(sed -n 's,^#include "\([a-z]*\)/.*,\1,p' "$file" | sort -u); do
		case " $room $(allowed "$room") " in
		*" $used "*) ;;
		*) wrong="$wrong $file->$used" ;;
		esac
	done
done
same 'rooms use only rooms to their right' "$wrong" ''

outside() {
	grep -lE "$1" src/*.c src/*/*.[ch] src/*/*/*.[ch] | grep -v "^src/$2/" | tr '\n' ' '
}
same 'sqlite3.h stays in engine' \
	"$(outside '#include <sqlite3.h>' engine)" ''
same 'readline stays in shell' \
	"$(outside '#include <readline/' shell)" ''
same 'sockets stay in http' \
	"$(outside '#include <(sys/socket|sys/epoll|netinet/.*|arpa/inet)\.h>' http)" ''

wrong=
for header in src/*/*.h src/*/*/*.h; do
	${CC:-gcc} -std=gnu11 -D_GNU_SOURCE -Isrc -fsyntax-only -Wall -Wextra \
		-x c "$header" 2>/dev/null || wrong="$wrong $header"
done
same 'every header compiles alone' "$wrong" ''

same 'no file is over 500 lines' \
	"$(wc -l src/*.c src/*/*.[ch] src/*/*/*.[ch] | awk '$2 != "total" && $1 > 500')" ''
same 'nothing else stands at the top' \
	"$(git ls-files 2>/dev/null | cut -d/ -f1 | sort -u | grep -vxE \
	'src|man|migrations|tests|completions|Makefile|README.md|LICENSE|CHANGELOG.md|\..*')" ''
finish
