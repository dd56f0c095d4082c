#!/bin/sh
# The strict parser over a socket: tests/http_probes.py against a server.
. tests/lib.sh
. tests/serve.sh

run db upgrade
start
python3 "$TOP/tests/http_probes.py" "${url##*:}"
