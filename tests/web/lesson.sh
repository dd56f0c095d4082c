#!/bin/sh
# The lesson in Swagger UI with a token, clicked through in headless Chromium.
. tests/lib.sh
. "$TOP/tests/serve.sh"
fresh
run db upgrade
token=0123456789abcdef0123456789abcdef
echo $token >token
start --db taskmanager.db --token-file token
ln -s "$TOP/build/web/node_modules" node_modules
cp "$TOP/tests/web/lesson.mjs" .
# By another name of the same host than the one that was announced.
node lesson.mjs "http://localhost:${url##*:}" "${SHOTS:-$WORK}" $token
