#!/bin/sh
# Plants the bugs of tests/mutants/list (or of a list that is given), one at a
# time, in copies of the tree, and runs the suites that must notice.  Prints
# those that none noticed, and ends with "N passed, N failed".  JOBS copies are
# at work at a time.
set -u
cd "$(dirname "$0")/.." || exit 1
TOP=$PWD
jobs=${JOBS:-$(getconf _NPROCESSORS_ONLN)}

# The suites in a copy, until one fails.
is_noticed() {
	for suite; do
		case $suite in
		test_*) make -s "build/release/unit/$suite" >>build.log 2>&1 &&
			timeout 60 "build/release/unit/$suite" ;;
		*) timeout 100 sh "tests/sh/$suite.sh" ;;
		esac >suite.log 2>&1 </dev/null || return 0
		! grep -q '^not ok' suite.log || return 0
	done
	return 1
}

# One mutant, N.file, N.suites, N.old and N.new, in a copy that is free.
try() {
	dir=$1 number=$2
	read -r file <"$dir/$number.file"
	read -r suites <"$dir/$number.suites"
	copy=
	while [ -z "$copy" ]; do
		for copy in "$dir"/copy.*; do
			mkdir "$copy/busy" 2>/dev/null && break
			copy=
		done
	done
	cd "$copy" || exit 1
	object=build/release/${file%.c}.o
	cp -p "src/$file" "$object" "$dir/$number.d/"
	# shellcheck disable=SC2086 # suites are words
	if ! python3 "$TOP/tests/mutants/plant.py" "src/$file" \
		"$dir/$number.old" "$dir/$number.new" >build.log 2>&1; then
		verdict="not ok - $file: $(cat build.log)"
	elif ! make -s build/taskmgr >>build.log 2>&1; then
		verdict="not ok - $file: it doesn't build: $(grep -m 1 error build.log)"
	elif TASKMGR=$copy/build/release/taskmgr is_noticed $suites; then
		verdict="ok - $file"
	else
		verdict="not ok - $file: not noticed by $suites: $(cat "$dir/$number.new")"
	fi
	cp -p "$dir/$number.d/$(basename "$file")" "src/$file"
	cp -p "$dir/$number.d/$(basename "$object")" "$object"
	rmdir busy
	printf '%s\n' "$verdict" | tee -a "$dir/verdicts"
}

if [ "${1-}" = --one ]; then
	export MODE=release CMOCKA_MESSAGE_OUTPUT=TAP
	try "$2" "$3"
	exit 0
fi

make -s all units || exit 1
room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ -z "${TMPDIR-}" ] && [ -w /dev/shm ] && [ "${room:-0}" -gt 900000 ] &&
    ! grep -q ' /dev/shm [^ ]* [^ ]*noexec' /proc/mounts; then
	export TMPDIR=/dev/shm
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
python3 tests/mutants/plant.py --split "${1:-tests/mutants/list}" "$dir" || exit 1
for i in $(seq "$jobs"); do
	mkdir "$dir/copy.$i"
	tar --exclude=./.git --exclude=./build/asan -cf - . |
		tar -C "$dir/copy.$i" -xf -
done
find "$dir" -name '*.file' | sed 's,.*/\(.*\)\.file,\1,' | sort -n |
	xargs -P "$jobs" -n 1 sh tests/mutants.sh --one "$dir"
good=$(grep -c '^ok' "$dir/verdicts")
all=$(find "$dir" -maxdepth 1 -name '*.file' | grep -c .)
echo "$good passed, $((all - good)) failed"
[ "$good" = "$all" ]
