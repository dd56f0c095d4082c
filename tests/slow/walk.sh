#!/bin/sh
# Random schemas, mutated at random, for a long time: ROUNDS of them.
cd "$(dirname "$0")/../.." || exit 1
ROUNDS=${ROUNDS:-10000} exec "build/${MODE:-release}/unit/test_schema_walk"
