#!/bin/sh
# kill -9 of the listener under load, twenty times: every answered create is
# there, and no half of an array is.
. tests/lib.sh
. "$TOP/tests/serve.sh"

run db upgrade
: >answered
round=0
while [ $round -lt 20 ]; do
	round=$((round + 1))
	start --port 0
	python3 "$TOP/tests/slow/http_kill.py" "${url##*:}" r$round >>answered &
	client=$!
	sleep "0.$((round * 37 % 80 + 10))"
	kill -9 "$server"
	wait "$server" 2>/dev/null
	wait "$client"
done
stop
sqlite3 taskmanager.db "SELECT username FROM users" | sed 's/[xy]$//' |
	sort | uniq -c | awk '{ print $2, $1 }' >there
grep . answered | sort >wanted
sort -o there there
same 'some were answered' "$([ "$(wc -l <wanted)" -gt 100 ] && echo yes)" yes
same 'every answered create is there' "$(comm -23 wanted there)" ''
same 'no half of an array is' "$(grep -c ' 2$' there)" 0
same 'the database is sound' \
	"$(sqlite3 taskmanager.db 'PRAGMA integrity_check')" ok
echo "# $(wc -l <wanted) were answered"
finish
