#!/bin/sh
# Runs the unit tests and the black-box tests, all of which print TAP, and ends
# with "N passed, N failed".  MODE says which build is tested; names of files
# as arguments run these alone; each may take LIMIT seconds.
set -u
cd "$(dirname "$0")/.." || exit 1
mode=${MODE:-release}
TASKMGR=$PWD/build/$mode/taskmgr
export TASKMGR MODE="$mode" CMOCKA_MESSAGE_OUTPUT=TAP
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0 skipped=0

run_one() {
	name=$1
	shift
	status=0
	timeout "${LIMIT:-300}" "$@" >"$log" 2>&1 </dev/null || status=$?
	skip=$(grep -cE '^(not )?ok .*# SKIP' "$log")
	good=$(grep '^ok ' "$log" | grep -cv '# SKIP')
	bad=$(grep '^not ok ' "$log" | grep -cv '# SKIP')
	# A program that dies, or runs no test at all, has failed.
	if [ "$bad" = 0 ] && { [ "$status" != 0 ] || [ "$good" = 0 ]; }; then
		bad=1
	fi
	passed=$((passed + good)) failed=$((failed + bad))
	skipped=$((skipped + skip))
	if [ "$bad" = 0 ]; then
		echo "ok      $name ($good)"
		tr '\r' '\n' <"$log" | grep '^# seed '
	else
		echo "FAILED  $name ($good passed, $bad failed, status $status)"
		grep -vE '^ok |# SKIP' "$log" | head -100
	fi
}

if [ $# = 0 ]; then
	for unit in tests/unit/test_*.c; do
		unit=$(basename "$unit" .c)
		run_one "$unit" "build/$mode/unit/$unit"
	done
	set -- tests/sh/*.sh
fi
for script; do
	run_one "$script" sh "$script"
done
[ "$skipped" = 0 ] || echo "$skipped skipped, for want of what they need"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
