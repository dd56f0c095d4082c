#!/bin/sh
# fuzz.sh FOLDER: runs each fuzzer in it for SECONDS_EACH, from what it found before
# (build/corpus) and its words (tests/fuzz/NAME.dict); prints how many inputs it
# tried.  A finding is left as FOLDER/NAME-….
set -u
cd "$(dirname "$0")/.." || exit 1
status=0
for fuzzer in "$1"/*; do
	if [ ! -x "$fuzzer" ]; then continue; fi
	name=$(basename "$fuzzer")
	corpus=build/corpus/$name log=$1/$name.log words=
	[ ! -e "tests/fuzz/$name.dict" ] || words=-dict=tests/fuzz/$name.dict
	mkdir -p "$corpus"
	# shellcheck disable=SC2086 # none, or one
	nice -n 19 "$fuzzer" -max_total_time="${SECONDS_EACH:-60}" -max_len=4096 \
		-artifact_prefix="$1/$name-" -print_final_stats=1 $words \
		"$corpus" >"$log" 2>&1 || {
		status=1
		tail -40 "$log"
	}
	echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" \
		"inputs tried"
done
exit $status
