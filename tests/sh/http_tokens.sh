#!/bin/sh
# Bearer tokens, and addresses that other machines can connect to.
. tests/lib.sh
. "$TOP/tests/serve.sh"
with_users
one=0123456789abcdef0123456789abcdef
two=abcdefghijklmnopqrstuv-._~+/==

# bad NAME MESSAGE CONTENT: a file of tokens that is refused.
bad() {
	printf '%b' "$3" >bad
	run --serve --port 0 --token-file bad
	like "$1" 2 '' "taskmgr: $2"
}
bad 'no token' 'bad has no token*head -c 32 /dev/urandom | base64 >bad' '# none\n\n'
bad 'a short one' 'bad:3: the token has fewer than 16 characters*' \
	"# one\n$one\n123456789012345\n"
bad 'one with a blank' 'bad:1: the token has a character *' "$one x\n"
bad 'one with an equals sign inside' 'bad:1: the token has a character *' \
	"a=$one\n"
bad 'only equals signs' 'bad:1: *' '================\n'
bad 'a long line' 'bad:2: the line is too long' \
	"# \n$(printf '%05000d' 0)\n"
run --serve --port 0 --token-file nowhere
is 'no file' 2 '' \
	'taskmgr: cannot read the token file nowhere: No such file or directory'
run --serve --port 0 --host 0.0.0.0
like 'an address that others reach' 2 '' \
	'taskmgr: http://0.0.0.0:0: every client that reaches it could change everything*use --token-file * or --insecure'

printf '# made on Monday\r\n%s\r\n\n %s ' $one $two >token
chmod 644 token
start --token-file token --cors '*'
matches 'a file that everybody can read' "$(cat log)" \
	'warning: every user of this machine can read token (chmod o-r token)*'
stop
chmod 600 token
start --token-file token --cors '*'
same 'one that is not' "$(grep -c 'can read token' log)" 0

challenge() {
	header WWW-Authenticate
}
exchange 'without a token' GET /user/ - 401 '{"detail":"Not authenticated"}'
same 'the challenge' "$(challenge)" 'Bearer realm="taskmgr"'
for sent in "Bearer ${one}0" "Bearer ${one%f}" "Bearer" "Bearer " "Basic $one" \
	"$one" "Bearer$one" "Bearer $one,$two"; do
	ask GET /user/ -H "Authorization: $sent"
	same "not with '$sent'" "$status" 401
done
ask GET /user/ -H "Authorization: Bearer x$one"
same 'a wrong token' "$body $(challenge)" \
	'{"detail":"Invalid authentication credentials"} Bearer realm="taskmgr", error="invalid_token"'
for token in $one $two; do
	ask GET /user/count -H "Authorization: Bearer $token"
	same 'with a token' "$status $body" '200 {"count":2}'
done
ask GET /user/count -H "Authorization: bearer  $one"
same 'the scheme has no case' "$status" 200
for path in / /health /ready /docs /docs/init.js /openapi.json; do
	ask GET $path
	same "$path needs none" "$status" 200
done
for path in /metrics /user/count /nothing /user/user_id/tasks; do
	ask GET $path
	same "$path needs one" "$status" 401
done
ask OPTIONS /user/create
same 'also to ask what there is' "$status" 401
ask OPTIONS /user/create -H 'Origin: http://a.example' \
	-H 'Access-Control-Request-Method: POST'
same 'but browsers ask without' \
	"$status $(header Access-Control-Allow-Origin)" '204 http://a.example'
ask GET /user/count -H 'Origin: http://a.example'
same 'and may read why not' \
	"$status $(header Access-Control-Allow-Origin)" '401 http://a.example'
post /user/create '{"username":"u","firstname":"f","lastname":"l","age":1}'
same 'nothing is changed' "$status" 401
head -c 3000000 /dev/zero >large
ask POST /user/create -H 'Content-Type: application/json' -H 'Expect:' \
	--data-binary @large
same 'a large body is not waited for' "$status" 401
ask GET /openapi.json
same 'the document' "$(jq -c '[.security, .components.securitySchemes.bearer.type,
	.paths["/user/"].get.responses["401"]["$ref"], .paths["/health"].get.security]' body)" \
	'[[{"bearer":[]}],"http","#/components/responses/Unauthorized",[]]'
stop

# Other machines.
start --host 0.0.0.0 --token-file token
url=http://127.0.0.1:${url##*:}
matches 'it warns' "$(cat log)" \
	'*warning: traffic is not encrypted; use a reverse proxy with TLS*'
same 'of nothing more' "$(grep -c 'every client' log)" 0
ask GET /user/count -H "Authorization: Bearer $one" -H 'Host: 192.0.2.1:80'
same 'it is asked by any address' "$status" 200
ask GET /user/count -H "Authorization: Bearer $one" -H 'Host: evil.example'
same 'not by any name' "$status" 421
stop
start --host 0.0.0.0 --insecure
url=http://127.0.0.1:${url##*:}
matches 'without tokens' "$(cat log)" \
	'*warning: every client that reaches http://0.0.0.0:* can read and change everything*'
exchange 'it serves everybody' GET /user/count - 200 '{"count":2}'
ask GET /openapi.json
same 'and the document says so' \
	"$(jq -c '[.security, .components.securitySchemes]' body)" '[[],null]'
finish
