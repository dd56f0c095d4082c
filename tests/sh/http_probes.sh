#!/bin/sh
# The strict parser over a socket: tests/http_probes.py against a server.
. tests/lib.sh
. "$TOP/tests/serve.sh"

run db upgrade
start --port 0
python3 "$TOP/tests/http_probes.py" "${url##*:}"
