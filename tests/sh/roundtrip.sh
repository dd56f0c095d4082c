#!/bin/sh
# Random tables go through a file of each format and come back the same.
. tests/lib.sh
clean ROUNDS="${ROUNDS:-8}" SEED="${SEED-}" TASKMGR="$TASKMGR" \
	/usr/bin/python3 "$TOP/tests/roundtrip.py"
