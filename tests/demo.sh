#!/bin/sh
# demo.sh PROGRAM: plays the tour of the README in a scratch folder, showing
# each command and what it prints.
set -eu
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/tests/tour.sh"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin" "$folder/tour"
ln -s "$program" "$folder/bin/taskmgr"
PATH=$folder/bin:$PATH
export PATH LC_ALL=C.UTF-8
unset TASKMGR_DB
cd "$folder/tour"

# Shows a command as it would be typed, and runs it.  Those that the README
# shows to be refused fail on purpose.
play() {
	printf '\n\033[1m$ %s\033[0m\n' "$1"
	sh -c "$1" </dev/null 2>&1 || grep -q '^taskmgr: ' "$folder/want" || {
		echo "demo: this should not have failed" >&2
		exit 1
	}
}
tour "$top/README.md" "$folder/want" play
echo
echo "That was taskmgr. It is $program"
