#!/bin/sh
# The lesson in Swagger UI, clicked through in headless Chromium.
. tests/lib.sh
. "$TOP/tests/web/serve.sh"
fresh
run db upgrade
serve --db taskmanager.db
ln -s "$TOP/build/web/node_modules" node_modules
cp "$TOP/tests/web/lesson.mjs" .
# By another name of the same host than the one that was announced.
node lesson.mjs "http://localhost:$PORT" "${SHOTS:-$WORK}"
