#!/bin/sh
# The listener's answers are those of FastAPI, but for what is listed in
# tests/http_replay.py.
. tests/lib.sh
. "$TOP/tests/serve.sh"

run db upgrade
sqlite3 taskmanager.db "
	CREATE TABLE pairs (a INTEGER, b INTEGER, PRIMARY KEY (a, b));
	CREATE TABLE items (id INTEGER PRIMARY KEY, low INTEGER, high INTEGER,
		a INTEGER, b INTEGER, CHECK (low <= high),
		FOREIGN KEY (a, b) REFERENCES pairs (a, b));"
start --port 0
python3 "$TOP/tests/http_replay.py" "${url##*:}" \
	"$TOP/tests/fixtures/fastapi.jsonl"
