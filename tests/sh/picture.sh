#!/bin/sh
# The picture in the README is what the program writes.
. tests/lib.sh

/usr/bin/python3 "$TOP/tests/picture.py" "$TASKMGR" >picture.svg
same 'make picture has been run' "$(diff "$TOP/tests/picture.svg" picture.svg)" ''
same 'nothing failed to start' "$(grep -c 'not found<' picture.svg)" 0
same 'the README shows it' "$(grep -c '(tests/picture.svg)' "$TOP/README.md")" 1
finish
