#!/bin/sh
# How the listener is started: where it listens, what it is called, who may
# ask from another site, what it logs.
. tests/lib.sh
. "$TOP/tests/serve.sh"
with_users

# refused NAME MESSAGE OPTIONS: a mistake of usage.
refused() {
	name=$1 message=$2
	shift 2
	run --serve --port 0 "$@"
	like "$name" 2 '' "taskmgr: $message"
}

refused 'no threads' '--threads must be a number from 1 to 64, not 0' --threads 0
refused 'an origin with a path' \
	'--cors http://a.example/ is not an origin*http://localhost:5173' \
	--cors http://a.example/
refused 'one of two origins' '--cors b.example is not an origin*' \
	--cors http://a.example --cors b.example
refused 'every origin' '--cors \*: any web page could change everything*' \
	--cors '*'
refused 'a root path without a slash' \
	'--root-path api is not a path such as /api*' --root-path api
refused 'a root path that ends with one' '--root-path /api/ is not a path *' \
	--root-path /api/
refused 'a name as the address' \
	'--host example.org is not an address*hint: write an IP address*' \
	--host example.org
refused 'a socket and a port' '--unix cannot be combined with --port' --unix s
run --serve --unix "$(printf '%0108d' 0)"
like 'a long path' 2 '' 'taskmgr: --unix 0* is longer than the 107 bytes *'
run --serve --port 0 --access-log no/log
like 'a log that cannot be written' 1 '' \
	'taskmgr: cannot write the access log no/log: No such file or directory'
run --serve --port 0 --access-log taskmanager.db
like 'nor the database' 2 '' \
	'taskmgr: --access-log taskmanager.db is the database itself, *'
run --serve --port 0 --no-docs=perhaps
is 'a switch has two values' 2 '' \
	'taskmgr: --no-docs must be true or false, not perhaps'

run --port 0 </dev/null
is 'without the listener its options have no effect' 2 '' \
	'taskmgr: --port works only with --serve'
run --no-docs -c 'user count'
is 'also with commands' 2 '' 'taskmgr: --no-docs works only with --serve'
run --port 3 user list
is 'and before a command' 2 '' \
	'taskmgr: "user list" cannot be combined with --port
hint: --port works only with --serve'

# The command line overrides the file.
printf '[server]\nunix = s.sock\nthreads = 2\n' >taskmgr.ini
start
matches 'an address instead of the socket of taskmgr.ini' "$url" \
	'http://127.0.0.1:*'
stop
printf '[server]\nport = 1\nhost = 127.0.0.2\n' >taskmgr.ini
PORT=
start --unix s.sock
same 'a socket instead of its address' "$socket" s.sock
stop
wait
rm taskmgr.ini

# A Unix socket.
start --unix s.sock
same 'the start line names the socket' "$(sed -n 's/.* serving .* at unix/unix/p' log)" \
	'unix:s.sock (docs at /docs, Ctrl-C stops)'
exchange 'a Unix socket' GET /user/count - 200 '{"count":2}'
same 'its owner and group may connect' "$(stat -c '%A' s.sock)" 'srw-rw----'
run --serve --unix s.sock
is 'a socket that is served' 1 '' \
	'taskmgr: another process listens at s.sock'
kill -9 "$server"
wait "$server" 2>/dev/null
holds 'a killed listener leaves its socket' [ -S s.sock ]
start --unix s.sock
exchange 'which the next one replaces' GET /user/count - 200 '{"count":2}'
mv s.sock other.sock
echo text >s.sock
stop
wait
same 'a file in its place is kept' "$(cat s.sock)" text
run --serve --unix s.sock
is 'a file is not replaced' 1 '' \
	'taskmgr: s.sock exists and is not a socket'
rm s.sock other.sock
run --serve --unix no/s.sock
is 'a folder that is not there' 1 '' \
	'taskmgr: cannot listen at no/s.sock: No such file or directory'
start --unix s.sock
stop
wait
same 'at the end it is removed' "$(echo *.sock)" '*.sock'

# A socket from systemd.
INHERIT=127.0.0.1 start --host 127.0.0.9
matches 'an inherited socket' "$url" 'http://127.0.0.1:*'
exchange 'is served' GET /user/count - 200 '{"count":2}'
stop
INHERIT=unix:i.sock start
exchange 'an inherited Unix socket' GET /user/count - 200 '{"count":2}'
stop
wait
holds 'which is left to systemd' [ -S i.sock ]

# inherits NAME ADDRESS MESSAGE
inherits() {
	STATUS=0
	clean SOCKETS="${SOCKETS-1}" python3 "$TOP/tests/activate.py" "$2" \
		"$TASKMGR" --serve >"$WORK/out" 2>"$WORK/err" || STATUS=$?
	like "$1" 2 '' "taskmgr: $3"
}
inherits 'no socket' none 'the socket from systemd is not one of *'
inherits 'one that other machines reach' 0.0.0.0 'http://0.0.0.0:*: every client *'
SOCKETS=2 inherits 'two sockets' 127.0.0.1 'systemd passed 2 sockets*'
PORT=0

# Cross-origin requests.
start --cors http://a.example,http://b.example:81 --cors http://c.example
site='Access-Control-Allow-Origin'
for origin in http://a.example http://b.example:81 http://c.example; do
	ask GET /user/ -H "Origin: $origin"
	same "$origin may read" "$status $(header $site) $(header Vary | tail -1)" \
		"200 $origin Origin"
done
ask GET /user/ -H 'Origin: http://b.example'
same 'another one may not' "$status $(header $site)" '200 '
ask GET /user/
same 'and caches know' "$(header Vary | tr '\n' ' ')" 'Accept, Accept-Encoding Origin '
post /user/create '{}' -H 'Origin: http://a.example' \
	-H 'Sec-Fetch-Site: cross-site'
same 'an error may be read, too' "$status $(header $site)" \
	'422 http://a.example'
post /user/create '{}' -H 'Origin: http://x.example'
same 'who is not named changes nothing' "$status $(header $site)" '403 '
ask OPTIONS /no/path -H 'Origin: http://a.example' \
	-H 'Access-Control-Request-Method: PUT'
same 'a preflight' \
	"$status $(header Access-Control-Allow-Methods) $(header $site)" \
	'204 GET, HEAD, POST, PUT, PATCH, DELETE http://a.example'
ask OPTIONS /user/create -H 'Origin: http://x.example' \
	-H 'Access-Control-Request-Method: PUT'
same 'one of another site' \
	"$status $(header Allow) $(header Access-Control-Allow-Methods)" \
	'204 POST, OPTIONS '
stop

# Below a path, behind a proxy.
printf '[server]\nroot_path = /api\nno_docs = false\n' >taskmgr.ini
start
post /user/create '{"username":"u","firstname":"f","lastname":"l","age":1}'
same 'Location below the root path' "$(header Location)" \
	'/api/user/user_id?user_id=3'
ask GET '/user/?limit=1'
matches 'and Link' "$(header Link)" \
	'</api/user/[?]limit=1&after=*>; rel="next"'
exchange 'a proxy may leave the path as it is' GET /api/user/count - 200 \
	'{"count":3}'
exchange 'also of the root' GET /api - 200 \
	'{"message":"Welcome to Taskmanager"}'
ask GET /apis/user/count
same 'but no other path' "$status" 404
ask GET /openapi.json
same 'the document' "$(jq -r '.servers[0].url' body)" /api
ask GET /docs
same 'and its page' "$(grep -c '"/api/\|/api/openapi' body)" \
	"$(grep -c '"/\|openapi' body)"
stop
rm taskmgr.ini

start --no-docs
matches 'without documentation' "$(cat log)" '* (Ctrl-C stops)*'
for path in /docs /docs/init.js /openapi.json; do
	ask GET $path
	same "there is no $path" "$status" 404
done
ask GET /user/count
same 'the rest is there' "$status" 200
stop

# The access log.
start --access-log -
ask GET '/user/?limit=1' -H 'Referer: http://r.example/' -A 'a"b\c é' \
	-H 'Authorization: Bearer secret'
id=$(header X-Request-ID)
post /user/create '{"username":"hush"}' -H 'X-Request-ID: mine'
same "the client's id" "$(header X-Request-ID)" mine
ask GET /user/count -H 'X-Request-ID: not "one"'
matches 'which must be a word' "$(header X-Request-ID)" '*-2'
ask HEAD /user/ -I
python3 - "$url" <<'END'
import socket, sys
host, port = sys.argv[1][7:].split(":")
with socket.create_connection((host, int(port))) as s:
    s.sendall(b"GET\x7f / HTTP/1.1\r\n\r\n")
    s.recv(1000)
END
stop
wait
date='[[]??/???/????:??:??:?? +0000]'
time='[0-9]*.[0-9][0-9][0-9][0-9][0-9][0-9]'
line() {
	sed -n "$1p" access
}
matches 'a line of the log' "$(line 1)" \
	"127.0.0.1 - - $date \"GET /user/[?]limit=1 HTTP/1.1\" 200 * \"http://r.example/\" \"a\\\\x22b\\\\x5cc \\\\xc3\\\\xa9\" $id $time"
matches 'a change' "$(line 2)" \
	"127.0.0.1 - - $date \"POST /user/create HTTP/1.1\" 422 * \"-\" \"curl/*\" mine $time"
matches 'HEAD sends no body' "$(line 4)" '* "HEAD /user/ HTTP/1.1" 200 0 *'
matches 'bytes that are no request' "$(line 5)" \
	'* "GET\\x7f / HTTP/1.1" 400 * "-" "-" * 0.*'
same 'no body, no token' "$(grep -c 'hush\|secret' access)" 0

start --access-log log.1
ask GET /user/count
same 'a line before the log is moved' "$status" 200
mv log.1 log.2
ask GET /user/count -H 'X-Request-ID: after'
sleep 1.1
ask GET /user/count -H 'X-Request-ID: later'
stop
wait
same 'a log that was moved away is made again' \
	"$(grep -c count log.2) $(grep -o later log.1)" '2 later'
start
ask GET /user/count
same 'without a log a request has no id' "$(header X-Request-ID)" ''
ask GET /user/count -H 'X-Request-ID: mine'
same "but the client's" "$(header X-Request-ID)" mine
stop

# Files that change while they are served.
# notes PATTERN: what the log has of it, once it has it.
notes() {
	tries=0
	until grep -q "$1" log || [ $tries -ge 60 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
	grep -o "$1" log | tail -1
}
# began N: it has started that often.
began() {
	tries=0
	until [ "$(grep -c ' serving ' log)" = "$1" ] || [ $tries -ge 60 ]; do
		sleep 0.05
		tries=$((tries + 1))
	done
}
clean "$TASKMGR" db init -q
echo 'secret-of-16-bytes' >tokens
chmod 600 tokens
start --reload --token-file tokens
echo 'CREATE TABLE pets (id INTEGER PRIMARY KEY);' >>migrations/schema.sql
same 'a change of schema.sql names the next step' \
	"$(notes "migrations: New upgrade .* 'pets'; run: taskmgr db revision .*")" \
	"migrations: New upgrade operations detected: added table 'pets'; run: taskmgr db revision --autogenerate -m \"…\""
clean "$TASKMGR" db stamp head -q 2>stamped
clean "$TASKMGR" db revision -q --autogenerate -m pets
same 'so does a new revision' "$(notes 'migrations: Target .*')" \
	'migrations: Target database is not up to date.; run: taskmgr db upgrade'
ask GET /pet/ -H 'Authorization: Bearer secret-of-16-bytes'
same 'the database is not changed' "$status" 404
clean "$TASKMGR" db upgrade -q
echo '[servr]' >>taskmgr.ini
same 'settings with an error are not used' "$(notes 'not restarted.*')" \
	'not restarted: taskmgr.ini:5: unknown section [servr] (did you mean server?)'
sed -i 's/.servr./[server]\nno_docs = true/' taskmgr.ini
matches 'other settings are' "$(notes 'serving .* (Ctrl-C stops)')" \
	'serving * (Ctrl-C stops)'
echo 'another-of-16-bytes' >tokens
began 3
url=$(notes 'at http:[^ ]*')
url=${url#at }
ask GET /pet/ -H 'Authorization: Bearer another-of-16-bytes'
same 'and other tokens' "$status $body" '200 []'
stop
INHERIT=127.0.0.1 start --reload
sed -i 's/no_docs = true/no_docs = false/' taskmgr.ini
began 2
ask GET /docs
same "at systemd's socket, too" "$status" 200
stop
holds 'a signal ends it' wait
finish
