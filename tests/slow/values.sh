#!/bin/sh
# Random values in random tables go out and come back, for a long time: ROUNDS
# databases.
cd "$(dirname "$0")/../.." || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
TASKMGR=$PWD/build/${MODE:-release}/taskmgr
ROUNDS=${ROUNDS:-100}
script=$PWD/tests/values.py
export TASKMGR ROUNDS
cd "$dir" && /usr/bin/python3 "$script"
