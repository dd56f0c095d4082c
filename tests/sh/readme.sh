#!/bin/sh
# The README's tour is what the program does: every command that stands there
# behind a $ is run in order, and must print what stands below it.  Lines that
# hold … may be anything in its place.
. tests/lib.sh

mkdir "$WORK/bin"
ln -s "$TASKMGR" "$WORK/bin/taskmgr"
PATH=$WORK/bin:$PATH

# The blocks of the tour, without their indentation.
awk '/^## The tour/ { on = 1; next } /^## / { on = 0 }
	on && /^    / { print substr($0, 5) }' "$TOP/README.md" >"$WORK/tour"

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
	[ -n "$command" ] || return 0
	STATUS=0
	clean sh -c "$command" >"$WORK/out" 2>&1 </dev/null || STATUS=$?
	: >"$WORK/err"
	if agrees; then
		ok "$(printf '%s\n' "$command" | head -n 1)"
	else
		not_ok "$command"
		sed 's/^/# wanted: /' "$WORK/want"
	fi
}

command='' heredoc=''
: >"$WORK/want"
while IFS= read -r line; do
	if [ -n "$heredoc" ]; then
		command="$command
$line"
		[ "$line" != "$heredoc" ] || heredoc=
		continue
	fi
	case $line in
	'$ '*)
		compare
		command=${line#??}
		: >"$WORK/want"
		case $command in *"<<'SQL'"*) heredoc=SQL ;; esac
		;;
	*) printf '%s\n' "$line" >>"$WORK/want" ;;
	esac
done <"$WORK/tour"
compare
finish
