#!/bin/sh
# The proofs of tests/sh/doors.sh at length: all pairs and triples of db
# commands, and ROUNDS random sequences.
. tests/lib.sh
export TASKMGR PYTHONDONTWRITEBYTECODE=1
cd "$TOP" || exit 1
# play WHAT ARGUMENTS
play() {
	# shellcheck disable=SC2086 # arguments are words
	/usr/bin/python3 "tests/session/$1.py" $2 || echo "not ok - $1 $2"
}
play orders "2 all"
play orders 3
play walk "${ROUNDS:-2000}"
