#!/bin/sh
# The listener keeps what its OpenAPI document says, for a few random schemas;
# tests/slow/http_contract.sh tries many.
. tests/lib.sh

/usr/bin/python3 "$TOP/tests/http_contract.py" "$TASKMGR" 5
