#!/bin/sh
# The strict parser over a socket: tests/http_probes.py against a server.
. tests/lib.sh

run db upgrade
: >log
env -i PATH="$PATH" HOME="$WORK/home" ASAN_OPTIONS="${ASAN_OPTIONS-}" \
	TSAN_OPTIONS="${TSAN_OPTIONS-}" \
	"$TASKMGR" --serve --port 0 2>log &
server=$!
trap 'kill "$server" 2>/dev/null; cd /; rm -rf "$WORK"' EXIT
trap 'exit 1' HUP INT TERM
port=
tries=0
while [ -z "$port" ] && [ $tries -lt 100 ]; do
	sleep 0.05
	port=$(sed -n 's/.* at http:[^ ]*:\([0-9]*\) .*/\1/p' log)
	tries=$((tries + 1))
done
[ -n "$port" ] || {
	echo "Bail out! no server: $(cat log)"
	exit 1
}
python3 "$TOP/tests/http_probes.py" "$port"
