#!/bin/sh
# lint.sh FLAGS: gcc and clang must be silent, and so must clang-tidy, cppcheck
# and shellcheck.  Prints TAP and ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/.." || exit 1
flags="-std=gnu11 $1"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0

judge() {
	name=$1
	shift
	if "$@" >"$log" 2>&1 && [ ! -s "$log" ]; then
		passed=$((passed + 1))
		echo "ok - $name"
	else
		failed=$((failed + 1))
		echo "not ok - $name"
		head -60 "$log"
	fi
}

# All sources through a compiler that is quiet when it is content.
compile() {
	# shellcheck disable=SC2086 # flags are words
	printf '%s\n' src/*.c src/*/*.c src/*/*/*.c tests/unit/*.c tests/fuzz/*.c |
		xargs -P 2 -n 8 "$1" $flags -O2 -Werror -fsyntax-only
}

# One file at a time: the check of va_lists in clang-tidy 14 takes what it has seen
# in one file into the next.
tidy() {
	# shellcheck disable=SC2086
	printf '%s\n' src/*.c src/*/*.c src/*/*/*.c |
		xargs -P 2 -n 1 sh -c 'clang-tidy --quiet "$@" -- '"$flags" _ \
			2>/dev/null
}

check() {
	cppcheck -q -j 2 --std=c11 --inline-suppr --error-exitcode=1 \
		--enable=warning,performance,portability \
		--suppress=missingIncludeSystem --suppress=normalCheckLevelMaxBranches \
		-Isrc -Ibuild/release/gen -D_GNU_SOURCE src
}

make -s build/release/gen/slug_table.h build/release/gen/width_table.h \
	build/release/gen/fold_table.h
judge gcc compile gcc
judge clang compile clang
judge clang-tidy tidy
judge cppcheck check
judge shellcheck shellcheck -s sh tests/*.sh tests/sh/*.sh tests/slow/*.sh tests/web/*.sh src/util/embed.sh src/http/docs/collect.sh
judge 'shellcheck bash' shellcheck -s bash completions/taskmgr.bash .ci/run
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
