#!/bin/sh
# Preconditions that the schema asks for, and what the OpenAPI document says of
# all conditions and statuses.
# shellcheck disable=SC2119 # start has options, all of them optional
. tests/lib.sh
. "$TOP/tests/serve.sh"
fresh
sqlite3 taskmanager.db 'CREATE TABLE pages ( -- the wiki @precondition
	id INTEGER PRIMARY KEY, text VARCHAR NOT NULL UNIQUE);
CREATE TABLE logs (id INTEGER PRIMARY KEY, text VARCHAR NOT NULL);
CREATE VIEW both AS SELECT text FROM pages UNION ALL SELECT text FROM logs'
start
for noun in page log; do
	post /$noun/create '[{"text":"a"},{"text":"b"},{"text":"c"}]'
	same "$noun: creating needs no tag" "$status" 201
done
page='/page/update?page_id=1'
needed='{"detail":"If-Match with the row'\''s ETag is required"}'
exchange 'PATCH needs one' PATCH "$page" '{"text":"x"}' 428 "$needed"
exchange 'PUT, too' PUT "$page" '{"text":"x"}' 428 "$needed"
exchange 'and DELETE' DELETE '/page/delete?page_id=1' - 428 "$needed"
exchange 'many rows have none' PATCH '/page/?id.gt=0' '{"text":"x"}' 428 \
	'{"detail":"Rows are changed one by one, with If-Match"}'
exchange 'to delete them neither' DELETE '/page/?id.gt=0' - 428 \
	'{"detail":"Rows are changed one by one, with If-Match"}'
ask PATCH "$page" -H 'Content-Type: application/json' -d '{"text":"x"}' \
	-H 'If-None-Match: "x"'
same 'another condition is not enough' "$status" 428
ask GET '/page/page_id?page_id=1'
tag=$(header ETag)
same 'nothing was changed' "$body" '{"id":1,"text":"a"}'
change() {
	ask PATCH "$page" -H 'Content-Type: application/json' -d "$1" \
		-H "If-Match: $2"
}
change '{"text":"x"}' "$tag"
same 'with the tag it is' "$status" 200
change '{"text":"y"}' "$tag"
same 'once' "$status" 412
change '{"text":"y"}' '*'
same 'a client may take any' "$status" 200
change '{"text":"b"}' '*'
same 'a conflict is one' "$status" 409
ask PATCH '/page/update?page_id=9' -H 'If-Match: *' \
	-H 'Content-Type: application/json' -d '{"text":"b"}'
same 'a row that is not there' "$status" 404
exchange 'another table needs none' PATCH '/log/update?log_id=1' \
	'{"text":"x"}' 200 \
	'{"status_code":200,"transaction":"Log update is successful!"}'
for noun in page log; do
	for what in reject skip update; do
		ask POST "/$noun/import?on_conflict=$what" \
			-H 'Content-Type: text/csv' -d 'id,text
1,new'
		echo "$noun $what $status $(jq -c .detail body)"
	done
done >imports
same 'an import changes no row unseen' "$(cut -d' ' -f1-3 imports)" 'page reject 422
page skip 200
page update 428
log reject 422
log skip 200
log update 200'
matches 'and says why' "$(sed -n 3p imports)" \
	'*"on_conflict=update is not allowed: rows are changed one by one, with If-Match"'
exchange 'the row is as it was' GET '/page/page_id?page_id=1' - 200 \
	'{"id":1,"text":"y"}'
run page update 1 --text z
like 'at the shell there is none' 0 '*z*' ''

ask GET /openapi.json
# answers PATH METHOD: the statuses that are described.
answers() {
	jq -r --arg path "$1" --arg method "$2" \
		'.paths[$path][$method].responses | keys | join(" ")' body
}
# sends PATH METHOD: the header fields, ! for those that it must.
sends() {
	jq -r --arg path "$1" --arg method "$2" '. as $root |
		[.paths[$path][$method].parameters[] | .["$ref"] // empty |
		split("/") as $at | $root | getpath($at[1:]) |
		select(.in == "header") |
		.name + if .required then "!" else "" end] | join(" ")' body
}
same 'a row' "$(answers /page/page_id get) $(sends /page/page_id get)" \
	'200 304 404 406 422 default If-None-Match'
same 'a list' "$(answers /page/ get) $(sends /page/ get)" \
	'200 406 422 default '
same 'a change' "$(answers /log/update patch) $(sends /log/update patch)" \
	'200 404 406 409 412 413 415 422 default Prefer If-Match Idempotency-Key'
same 'one with a precondition' \
	"$(answers /page/update patch) $(sends /page/update patch)" \
	'200 404 406 409 412 413 415 422 428 default Prefer If-Match! Idempotency-Key'
same 'a deletion' "$(answers /page/delete delete) $(sends /page/delete delete)" \
	'200 404 409 412 422 428 default If-Match! Idempotency-Key'
same 'creating' "$(answers /page/create post) $(sends /page/create post)" \
	'201 406 409 413 415 422 default Prefer Idempotency-Key'
same 'an import' "$(answers /log/import post) $(sends /log/import post)" \
	'200 406 409 413 415 422 default Idempotency-Key'
same 'one that could change rows' "$(answers /page/import post)" \
	'200 406 409 413 415 422 428 default'
same 'nothing is described that is not used' "$(jq -c '
	[.. | .["$ref"]? // empty] as $used | .components |
	[to_entries[] | select(.key == "responses" or .key == "parameters") |
	.key as $part | .value | keys[] | "#/components/\($part)/\(.)"] |
	[length > 10, . - $used]' body)" '[true,[]]'
finish
