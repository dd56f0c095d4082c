#!/bin/sh
# The same commands give the same answers and the same database at every door.
. tests/lib.sh
export TASKMGR PYTHONDONTWRITEBYTECODE=1
cd "$TOP" || exit 1
# play WHAT ARGUMENTS
play() {
	# shellcheck disable=SC2086 # arguments are words
	/usr/bin/python3 "tests/session/$1.py" $2 || echo "not ok - $1 $2"
}
play tour ""
play orders 2
play walk 100
