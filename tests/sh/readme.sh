#!/bin/sh
# The README's tour is what the program does: every command that stands there
# behind a $ is run in order, and must print what stands below it.  Lines that
# hold … may be anything in its place.
# shellcheck disable=SC2119 # start has options, all of them optional
. tests/lib.sh
. "$TOP/tests/tour.sh"
. "$TOP/tests/serve.sh"

mkdir "$WORK/bin"
ln -s "$TASKMGR" "$WORK/bin/taskmgr"
PATH=$WORK/bin:$PATH

# Line by line; … stands for anything.
agrees() {
	[ "$(wc -l <"$WORK/want")" = "$(wc -l <"$WORK/out")" ] || return 1
	while IFS= read -r want && IFS= read -r got <&3; do
		pattern=$(printf '%s\n' "$want" |
			sed 's/[][*?\\]/\\&/g; s/…/*/g')
		# shellcheck disable=SC2254 # a pattern on purpose
		case $got in $pattern) ;; *) return 1 ;; esac
	done <"$WORK/want" 3<"$WORK/out"
}

compare() {
	STATUS=0
	clean sh -c "$1" >"$WORK/out" 2>&1 </dev/null || STATUS=$?
	: >"$WORK/err"
	# A body of HTTP does not end its line.
	[ -z "$(tail -c 1 "$WORK/out")" ] || echo >>"$WORK/out"
	if agrees; then
		ok "$(printf '%s\n' "$1" | head -n 1)"
	else
		not_ok "$1"
		sed 's/^/# wanted: /' "$WORK/want"
	fi
}
tour "$TOP/README.md" "$WORK/want" compare

# The commands at the doors that end by themselves.
sed -nE "s/^    (taskmgr (user list|-c '[^']*')).*/\1/p" "$TOP/README.md" \
	>"$WORK/script"
holds 'the doors open' clean sh -ex "$WORK/script"
same 'two of them' "$(grep -c '^+ taskmgr' "$WORK/err")" 2

# The requests to the listener, which has another port here.
start
request() {
	# shellcheck disable=SC2154 # of serve.sh
	case $1 in
	curl*) compare "$(printf '%s\n' "$1" | sed "s|localhost:8000|$url|")" ;;
	esac
}
tour "$TOP/README.md" "$WORK/want" request 'The doors'

# make demo plays the same.
rm -rf "$WORK/here" && mkdir "$WORK/here"
STATUS=0
clean sh "$TOP/tests/demo.sh" "$TASKMGR" >"$WORK/out" 2>"$WORK/err" </dev/null ||
	STATUS=$?
esc=$(printf '\033')
sed -n "s/^$esc\\[1m\\(\$ .*\\)$esc\\[0m\$/\\1/p" "$WORK/out" >"$WORK/played"
awk '/^## The tour/ { on = 1; next } /^## / { on = 0 } on && /^    \$ /' \
	"$TOP/README.md" | sed 's/^    //; /<<.SQL.$/d' >"$WORK/shown"
sed -i '/<<.SQL.$/d' "$WORK/played"
if [ "$STATUS" = 0 ] && cmp -s "$WORK/played" "$WORK/shown"; then
	ok 'make demo plays the tour, command for command'
else
	not_ok 'make demo plays the tour'
	diff "$WORK/shown" "$WORK/played" | sed 's/^/# /'
fi
finish
