#!/bin/sh
# Random tables go through a file of each format, for a long time.
ROUNDS=${ROUNDS:-2000}
export ROUNDS
cd "$(dirname "$0")/../.." && exec sh tests/sh/roundtrip.sh
