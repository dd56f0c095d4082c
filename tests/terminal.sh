# shellcheck shell=sh
# Helpers for tests at a real terminal, which is tmux's.  Source it after lib.sh:
# . "$TOP/tests/terminal.sh"

if ! command -v tmux >/dev/null; then
	ok 'at a terminal # SKIP there is no tmux'
	finish
	exit
fi
SOCKET=taskmgr-test-$$-
SESSIONS=0
tm() {
	env -u TMUX TMUX_TMPDIR="$WORK" tmux -L "$SOCKET$SESSIONS" -f /dev/null "$@"
}
leave() {
	tm kill-server 2>/dev/null
	cd / && rm -rf "$WORK"
}
trap leave EXIT
# open COMMAND: a new terminal that runs it; output is not paged unless PAGED is
# set and empty; the terminal has $WIDTH columns and $HEIGHT rows.
WIDTH=100 HEIGHT=30
open() {
	tm kill-server 2>/dev/null
	SESSIONS=$((SESSIONS + 1))
	tm new-session -d -x $WIDTH -y $HEIGHT "env -i PATH='$PATH' HOME='$WORK/home' \
		TERM=screen TZ=UTC LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=1795345622 \
		${PAGED-TASKMGR_PAGER=cat} ASAN_OPTIONS='${ASAN_OPTIONS-}' $1; echo \"[left: \$?]\"; cat"
}
# plainly: sessions suggest nothing from the history.
plainly() {
	mkdir -p "$WORK/home/.config/taskmgr"
	printf '[taskmgr]\nsuggest = off\n' \
		>"$WORK/home/.config/taskmgr/config.ini"
}
keys() {
	tm send-keys "$@"
}
screen() {
	tm capture-pane -p | sed 's/ *$//' | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'
}
# comes VIEW NAME PATTERN: what VIEW prints fits the pattern within five seconds.
comes() {
	tries=0
	while :; do
		view=$($1)
		# shellcheck disable=SC2254 # a pattern
		case $view in
		$3) ok "$2"; return ;;
		esac
		tries=$((tries + 1))
		[ $tries -lt 100 ] || break
		sleep 0.05
	done
	STATUS='of the screen'
	echo "$view" >"$WORK/out"
	: >"$WORK/err"
	not_ok "$2"
}
# sees NAME PATTERN: the screen fits it.
sees() {
	comes screen "$@"
}
# sees_not NAME PATTERN: the screen, as it is, doesn't fit.
sees_not() {
	# shellcheck disable=SC2254
	case $(screen) in
	$2)
		STATUS='of the screen'
		screen >"$WORK/out"
		: >"$WORK/err"
		not_ok "$1"
		;;
	*) ok "$1" ;;
	esac
}
# As it is on the screen, without blanks at its end.
PROMPT='taskmgr>'
wipe() {
	keys C-l
	sees "$1: a new screen" "$PROMPT*"
}

