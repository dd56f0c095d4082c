#!/bin/sh
# What takes minutes, and so is not in make check: sh tests/slow/run.sh
# MODE says which build is tested, as for tests/run.sh.
set -u
cd "$(dirname "$0")/../.." || exit 1
mode=${MODE:-release}
TASKMGR=${TASKMGR:-$PWD/build/$mode/taskmgr}
export TASKMGR
status=0
for script in tests/slow/*.sh; do
	[ "$script" = tests/slow/run.sh ] && continue
	echo "# $script"
	sh "$script" || status=1
done
# Random schemas, mutated at random: the seed is printed.
walk=build/$mode/unit/test_schema_walk
if [ -x "$walk" ]; then
	echo "# $walk"
	ROUNDS=${ROUNDS:-3000} "$walk" || status=1
fi
exit $status
