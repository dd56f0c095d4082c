#!/bin/sh
# The lesson in Swagger UI, clicked through in headless Chromium.
. tests/lib.sh
node_modules=$TOP/build/web/node_modules
fresh
run db upgrade
clean "$TASKMGR" --serve --port 0 >log 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; cd /; rm -rf "$WORK"' EXIT
tries=100
while ! grep -q 'serving' log && [ $((tries -= 1)) -gt 0 ]; do sleep 0.05; done
url=$(sed -n 's,.* at \(http://[^ ]*\) .*,\1,p' log)
ln -s "$node_modules" node_modules
cp "$TOP/tests/web/lesson.mjs" .
# By another name of the same host than the one that was announced.
node lesson.mjs "http://localhost:${url##*:}" "${SHOTS:-$WORK}"
