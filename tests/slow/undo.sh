#!/bin/sh
# A thousand random changes are undone and done again.
. tests/lib.sh
seed=${SEED:-$(date +%s)}
python3 "$TOP/tests/undo.py" "$TASKMGR" 1000 "$seed" >random
echo "# seed $seed"
same 'random changes' "$(grep -o '^ok\|^not ok' random)" ok
finish
