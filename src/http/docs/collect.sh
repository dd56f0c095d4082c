#!/bin/sh
# collect.sh SOURCE OUT: puts what /docs serves into OUT/files.  Swagger UI
# comes from npm by SOURCE's lock file; without npm the page only says so.
set -eu
source=$1 out=$2 files=$2/files
rm -rf "$out"
mkdir -p "$out/npm" "$files"
cp "$source/package.json" "$source/package-lock.json" "$out/npm"
dist=$out/npm/node_modules/swagger-ui-dist

if (cd "$out/npm" && npm ci --ignore-scripts --no-audit --no-fund \
	--fetch-retries=1 --fetch-timeout=20000) >"$out/npm/log" 2>&1; then
	cp "$source/index.html" "$source/init.js" "$files"
	cp "$dist/favicon-32x32.png" "$files/favicon.png"
	gzip -9nc "$dist/swagger-ui-bundle.js" >"$files/swagger-ui.js.gz"
	gzip -9nc "$dist/swagger-ui.css" >"$files/swagger-ui.css.gz"
	touch "$out/stamp"
else
	echo 'No Swagger UI: npm is missing or cannot fetch it, so /docs will' \
		'only link to /openapi.json ("make deps" installs npm)'
	cp "$source/plain.html" "$files/index.html"
	# Older than its sources, so that the next make tries again.
	touch -d @1 "$out/stamp"
fi
