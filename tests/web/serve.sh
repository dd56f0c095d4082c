# Sourced after tests/lib.sh.  serve ARGUMENT…: starts a listener on a free
# port and leaves its port in PORT; all of them end with the script.
SERVERS=
trap 'kill $SERVERS 2>/dev/null; cd /; rm -rf "$WORK"' EXIT

serve() {
	: >"$WORK/serve.log"
	clean "$TASKMGR" "$@" --serve --port 0 >"$WORK/serve.log" 2>&1 &
	SERVERS="$SERVERS $!"
	tries=200
	until PORT=$(grep -o '127\.0\.0\.1:[0-9]*' "$WORK/serve.log"); do
		[ $((tries -= 1)) -gt 0 ] || return 1
		sleep 0.05
	done
	PORT=${PORT#*:}
}
