#!/bin/sh
# Runs the unit tests and the black-box tests, all of which print TAP, and ends
# with "N passed, N failed".  MODE says which build is tested; names of files
# as arguments run these alone; each may take LIMIT seconds, and JOBS run at a
# time.
set -u
cd "$(dirname "$0")/.." || exit 1
mode=${MODE:-release}
# One more than there are processors: most suites wait now and then.
jobs=${JOBS:-$(($(getconf _NPROCESSORS_ONLN) + 1))}

# Runs one file; its output is printed at once when it is done.
run_one() {
	dir=$1 file=$2 status=0
	name=$(basename "$file")
	log=$dir/$name.log
	case $file in
	*.c) set -- "build/$mode/unit/${name%.c}" ;;
	*) set -- sh "$file" ;;
	esac
	timeout "${LIMIT:-300}" "$@" >"$log" 2>&1 </dev/null || status=$?
	skip=$(grep -cE '^(not )?ok .*# SKIP' "$log")
	good=$(grep '^ok ' "$log" | grep -cv '# SKIP')
	bad=$(grep '^not ok ' "$log" | grep -cv '# SKIP')
	# A program that dies, or runs no test at all, has failed.
	if [ "$bad" = 0 ] && { [ "$status" != 0 ] || [ "$good" = 0 ]; }; then
		bad=1
	fi
	until mkdir "$dir/lock" 2>/dev/null; do sleep 0.01; done
	if [ "$bad" = 0 ]; then
		echo "ok      $file ($good)"
		tr '\r' '\n' <"$log" | grep '^# seed '
	else
		echo "FAILED  $file ($good passed, $bad failed, status $status)"
		grep -vE '^ok |# SKIP' "$log" | head -100
	fi
	echo "$good $bad $skip" >>"$dir/counts"
	rmdir "$dir/lock"
}

if [ "${1-}" = --one ]; then
	run_one "$2" "$3"
	exit 0
fi

# The slowest run first, so that none runs alone at the end.
slow='migrate_alembic http_threads http_probes others hostile doors http_start migrate_at_once complete_shells http_bounds http_contract repl typing prompt pty manual'
if [ $# = 0 ]; then
	for name in $slow; do set -- "$@" "tests/sh/$name.sh"; done
	for file in tests/sh/*.sh tests/unit/test_*.c; do
		case " $* " in
		*" $file "*) ;;
		*) set -- "$@" "$file" ;;
		esac
	done
fi
TASKMGR=$PWD/build/$mode/taskmgr
export TASKMGR MODE="$mode" CMOCKA_MESSAGE_OUTPUT=TAP
# In memory if there is room: the suites mostly wait for the disk.
room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ -z "${TMPDIR-}" ] && [ -w /dev/shm ] && [ "${room:-0}" -gt 500000 ] &&
    ! grep -q ' /dev/shm [^ ]* [^ ]*noexec' /proc/mounts; then
	export TMPDIR=/dev/shm
fi
# Random tests are the same for one commit, and others for the next.
if [ -z "${SEED-}" ]; then
	commit=$(git rev-parse --short=7 HEAD 2>/dev/null || echo 1)
	SEED=$(printf '%d' "0x$commit")
fi
export SEED
echo "# seed $SEED"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
printf '%s\n' "$@" | xargs -P "$jobs" -n 1 sh tests/run.sh --one "$dir"
awk -v files=$# '
	{ passed += $1; failed += $2; skipped += $3 }
	END {
		failed += files - NR
		if (skipped)
			print skipped " skipped: requirements missing"
		print passed + 0 " passed, " failed " failed"
		exit failed > 0
	}' "$dir/counts"
