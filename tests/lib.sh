# A page of helpers for the black-box tests, which print TAP.  Each test file
# runs in a scratch folder of its own, with nothing of the caller's
# environment.  Source it from the tree's top folder: . tests/lib.sh

TOP=$PWD
TASKMGR=${TASKMGR:-$TOP/build/taskmgr}
WORK=$(mktemp -d)
trap 'cd /; rm -rf "$WORK"' EXIT
mkdir "$WORK/home" "$WORK/here"
cd "$WORK/here" || exit 1
COUNT=0

# A clean environment with a fixed clock: 2026-11-22 11:07:02 UTC.
clean() {
	env -i PATH="$PATH" HOME="$WORK/home" TZ=UTC LC_ALL=C.UTF-8 \
		SOURCE_DATE_EPOCH=1795345622 ASAN_OPTIONS="${ASAN_OPTIONS-}" \
		UBSAN_OPTIONS="${UBSAN_OPTIONS-}" "$@"
}

# run WORDS…: taskmgr with these words; leaves STATUS and the files
# $WORK/out and $WORK/err.  Standard input is what it is.
run() {
	STATUS=0
	clean "$TASKMGR" "$@" >"$WORK/out" 2>"$WORK/err" || STATUS=$?
}

ok() {
	COUNT=$((COUNT + 1))
	echo "ok $COUNT - $1"
}

# not_ok NAME: shows the actual output.
not_ok() {
	COUNT=$((COUNT + 1))
	echo "not ok $COUNT - $1"
	echo "# status $STATUS, stdout:"
	head -c 3000 "$WORK/out" | sed 's/^/#   /'
	echo "# stderr:"
	head -c 3000 "$WORK/err" | sed 's/^/#   /'
}

# is NAME STATUS STDOUT STDERR: all three, exactly.
is() {
	printf '%s' "${3:+$3
}" >"$WORK/want.out"
	printf '%s' "${4:+$4
}" >"$WORK/want.err"
	if [ "$STATUS" = "$2" ] && cmp -s "$WORK/out" "$WORK/want.out" &&
	    cmp -s "$WORK/err" "$WORK/want.err"; then
		ok "$1"
	else
		not_ok "$1"
		diff "$WORK/want.out" "$WORK/out" | head -20 | sed 's/^/# out /'
		diff "$WORK/want.err" "$WORK/err" | head -20 | sed 's/^/# err /'
	fi
}

# like NAME STATUS STDOUT STDERR: the texts are patterns of the shell.
like() {
	out=$(cat "$WORK/out") err=$(cat "$WORK/err")
	# shellcheck disable=SC2254 # patterns on purpose
	case $out in $3) ;; *) not_ok "$1"; return ;; esac
	# shellcheck disable=SC2254
	case $err in $4) ;; *) not_ok "$1"; return ;; esac
	if [ "$STATUS" = "$2" ]; then ok "$1"; else not_ok "$1"; fi
}

# same NAME GOT WANTED
same() {
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		COUNT=$((COUNT + 1))
		echo "not ok $COUNT - $1"
		printf '%s\n' "got: $2" "wanted: $3" | head -c 3000 |
			sed 's/^/#   /'
	fi
}

# holds NAME COMMAND…: the command succeeds.
holds() {
	name=$1
	shift
	STATUS=0
	"$@" >"$WORK/out" 2>"$WORK/err" || STATUS=$?
	if [ "$STATUS" = 0 ]; then ok "$name"; else not_ok "$name"; fi
}

# hold DATABASE SQL: another program begins a transaction with this SQL and keeps
# it open, with its lock, until release.  Returns once it has run.
hold() {
	rm -f "$WORK/hold" "$WORK/held"
	mkfifo "$WORK/hold" "$WORK/held"
	sqlite3 "$1" <"$WORK/hold" >/dev/null &
	HOLDER=$!
	exec 9>"$WORK/hold"
	printf '%s\n' '.timeout 9000' "$2" ".shell echo >'$WORK/held'" >&9
	read -r _ <"$WORK/held"
}

# release COMMIT|ROLLBACK: ends the transaction.
release() {
	printf '%s\n' "$1;" .exit >&9
	exec 9>&-
	wait "$HOLDER"
}

# A new empty folder.
fresh() {
	cd "$WORK" && rm -rf here && mkdir here && cd here || exit 1
}

# The lesson's two tables with two users and a task.
with_users() {
	fresh
	run db upgrade
	run user create --username user1 --firstname Pasha \
		--lastname Technique --age 40
	run user create --username user2 --firstname Roza \
		--lastname Syabitova --age 62
	run task create --user user1 --title 'Buy milk' --priority 1
}

finish() {
	echo "1..$COUNT"
}
