#!/bin/sh
# The OpenAPI description: no lint tool has a word to say, client generators
# take it, and a generated client plays the lesson.
. tests/lib.sh
. "$TOP/tests/serve.sh"
export REDOCLY_TELEMETRY=off
bin=$TOP/build/web/node_modules/.bin
fresh
run db upgrade
sqlite3 odd.db <"$TOP/tests/web/odd.sql"
sqlite3 cyrillic.db 'CREATE TABLE "таблица" (id INTEGER PRIMARY KEY,
	"столбец" TEXT);
	CREATE TABLE "c{d}[e]|^f" (id INTEGER PRIMARY KEY)'
for document in odd cyrillic taskmanager; do
	stop
	start --db "$document.db"
	curl -s "$url/openapi.json" >"$document.json"
done
mv taskmanager.json lesson.json
stop
echo 0123456789abcdef >token
start --db taskmanager.db --token-file token
curl -s "$url/openapi.json" >tokens.json
stop
start --db taskmanager.db
ln -s "$TOP/build/web/node_modules" node_modules

for document in lesson tokens odd cyrillic; do
	holds "$document: redocly" "$bin/redocly" lint \
		--config "$TOP/tests/web/redocly.yaml" "$document.json"
	# Spectral decodes the keys of paths and then finds nothing there.
	[ $document = cyrillic ] ||
		holds "$document: spectral" "$bin/spectral" lint -F hint \
		-r "$TOP/tests/web/spectral.yaml" "$document.json"
	holds "$document: openapi-typescript" "$bin/openapi-typescript" \
		"$document.json" -o "$document.d.ts" --default-non-nullable=false
	holds "$document: openapi-ts" "$bin/openapi-ts" -i "$document.json" \
		-o "client-$document"
done

cp "$TOP/tests/web/client.ts" .
cat >tsconfig.json <<'JSON'
{"compilerOptions": {"strict": true, "outDir": "out", "module": "nodenext",
"target": "es2022", "lib": ["es2022", "dom"], "skipLibCheck": true,
"types": ["node"]}}
JSON
holds 'the clients compile strictly' "$bin/tsc" -p .
STATUS=0
node out/client.js "$url" >"$WORK/out" 2>"$WORK/err" ||
	STATUS=$?
done='{"status_code":201,"transaction":"Successful"}'
is 'a client plays the lesson' 0 "[[201,$done],[201,$done],[201,$done],\
[200,{\"status_code\":200,\"transaction\":\"User update is successful!\"}],201,200,\
[\"2 l\",3],200,[\"1 Alex\",\"3 Bear\"],[404,{\"detail\":\"User was not found\"}]]"
finish
