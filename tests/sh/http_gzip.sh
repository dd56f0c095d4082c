#!/bin/sh
# Answers compressed with gzip: when, with which tag, and streamed.
. tests/lib.sh
. "$TOP/tests/serve.sh"
with_users
python3 - >people.csv <<'END'
print('username,firstname,lastname,age')
for i in range(20000):
    print(f'n{i},Bear,Grylls,{i % 90}')
END
run user import people.csv
start

coding() {
	header Content-Encoding
}
# packed NAME ACCEPT-ENCODING WANTED
packed() {
	ask GET '/user/?limit=100' -H "Accept-Encoding: $2"
	same "$1" "$status $(coding)" "200 $3"
}
packed 'a client that accepts gzip gets it' gzip gzip
packed 'by its old name, too' x-gzip gzip
packed 'in any case' 'br, GZip;q=0.1' gzip
packed 'by a star' '*' gzip
packed 'unless it is excluded' 'gzip;q=0' ''
packed 'also from a star' '*, gzip;q=0.0' ''
packed 'or liked less than a plain body' 'identity, gzip;q=0.5' ''
packed 'another coding' 'br, deflate' ''
packed 'no coding at all' '*;q=0' ''
packed 'nothing' '' ''
ask GET '/user/?limit=100'
same 'without the field' "$status $(coding)" '200 '
same 'which caches know' "$(header Vary)" 'Accept, Accept-Encoding'
ask GET '/user/?limit=1' -H 'Accept-Encoding: gzip'
same 'a small answer is not worth it' "$(coding)" ''
ask GET '/user/?limit=100' -H 'Accept-Encoding: br' \
	-H 'Accept-Encoding: gzip'
same 'two lines are one list' "$status $(coding)" '200 gzip'

for path in '/user/?limit=100' '/user/?limit=100&format=csv' /user/ /openapi.json \
	/docs/swagger-ui.css; do
	curl -s -g "$url$path" >plain
	curl -s -g -H 'Accept-Encoding: gzip' -D headers "$url$path" |
		gzip -dc >expanded
	holds "$path is the same" cmp plain expanded
	same "$path is compressed" "$(coding)" gzip
done
curl -s --http1.0 -H 'Accept-Encoding: gzip' "$url/user/" | gzip -dc >expanded
curl -s "$url/user/" >plain
holds 'without chunks, too' cmp plain expanded
ask GET /user/ -H 'Accept-Encoding: gzip'
same 'a long list is sent in chunks' \
	"$(header Transfer-Encoding) $(header Content-Length)" 'chunked '
ask HEAD '/user/?limit=100' -I -H 'Accept-Encoding: gzip'
length=$(header Content-Length)
ask GET '/user/?limit=100' -H 'Accept-Encoding: gzip'
same 'HEAD has the compressed length' "$length" "$(wc -c <body)"
ask HEAD /user/ -I -H 'Accept-Encoding: gzip'
same 'and the coding' "$(coding)" gzip

# Stopped while a client reads a long list.
for coding in identity gzip; do
	PORT=
	stop
	wait
	start --unix s.sock
	python3 - "$server" $coding >"$WORK/list" <<'END'
import os, signal, socket, sys, time, zlib
server, coding = int(sys.argv[1]), sys.argv[2]
client = socket.socket(socket.AF_UNIX)
client.connect("s.sock")
client.sendall(b"GET /user/ HTTP/1.1\r\nHost: localhost\r\n"
    b"Accept-Encoding: " + coding.encode() + b"\r\n\r\n")
data = client.recv(1000)
os.kill(server, signal.SIGTERM)
time.sleep(0.2)
try:
    socket.socket(socket.AF_UNIX).connect("s.sock")
    print("it still accepts connections")
except OSError:
    pass
while part := client.recv(100000):
    data += part
head, rest = data.split(b"\r\n\r\n", 1)
body = b""
while True:
    size, rest = rest.split(b"\r\n", 1)
    if size == b"0":
        break
    body += rest[:int(size, 16)]
    rest = rest[int(size, 16) + 2:]
if coding == "gzip":
    body = zlib.decompress(body, 31)
print(body.count(b'"username"'), rest == b"\r\n")
END
	STATUS=0
	wait "$server" || STATUS=$?
	same "SIGTERM lets a client read its list ($coding)" \
		"$STATUS $(cat "$WORK/list")" '0 20002 True'
done
PORT=0
start

# Tags (RFC 9110, 8.8.3.3): each coding has its own.
for path in /openapi.json /docs/swagger-ui.css; do
	ask GET "$path" -H 'Accept-Encoding: gzip'
	tag=$(header ETag)
	ask GET "$path"
	same "$path: two tags" "$tag" "$(header ETag | sed 's/"$/-gzip"/')"
	ask GET "$path" -H 'Accept-Encoding: gzip' -H "If-None-Match: $tag"
	same 'what the client has is not sent' \
		"$status $(header ETag) $(coding) $(header Vary)" \
		"304 $tag  Accept-Encoding"
	ask GET "$path" -H "If-None-Match: $tag"
	same 'but what it has is not what it asks for' "$status" 200
done
curl -s "$url/docs/swagger-ui.css" >plain
curl -s -H 'Accept-Encoding: gzip' "$url/docs/swagger-ui.css" | gzip -dc >expanded
ask GET /docs/swagger-ui.css
holds 'a file is the same in both codings, and again' \
	sh -c 'cmp plain expanded && cmp plain body'
firstname=$(printf '%02000d' 0)
post /user/create "{\"username\":\"long\",\"firstname\":\"$firstname\",\"lastname\":\"l\",\"age\":1}" \
	-H 'Accept-Encoding: gzip' -H 'Prefer: return=representation' \
	-H 'Idempotency-Key: k'
same 'a change is not compressed' "$status $(coding)" '201 '
row="/user/user_id?user_id=$(jq .id body)"
ask GET "$row" -H 'Accept-Encoding: gzip'
same 'a row is' "$(coding)" gzip
tag=$(header ETag)
change="/user/update?${row#*[?]}"
ask PATCH "$change" -H 'Content-Type: application/json' -H "If-Match: $tag" \
	-d '{"age":2}'
same 'its tag is good for a change' "$status" 200
ask PATCH "$change" -H 'Content-Type: application/json' -H "If-Match: $tag" \
	-d '{"age":3}'
same 'once' "$status" 412
finish
