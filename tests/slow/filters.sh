# Ten thousand random filters against SQLite's own judgement.
. tests/lib.sh
seed=${SEED:-$(date +%s)}
python3 "$TOP/tests/filters.py" "$TASKMGR" 10000 "$seed" >random
echo "# seed $seed"
same 'random filters' "$(grep -o '^ok\|^not ok' random)" ok
finish
