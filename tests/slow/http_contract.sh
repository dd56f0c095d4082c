#!/bin/sh
# The listener keeps what its OpenAPI document says, for a hundred random
# schemas.
. tests/lib.sh

/usr/bin/python3 "$TOP/tests/http_contract.py" "$TASKMGR" 100
