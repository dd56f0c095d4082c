#!/bin/sh
# Phrases that must not come back.  Each line has a pattern of grep -E and,
# after a tab, what to write instead.
. tests/lib.sh
cd "$TOP" || exit 1

cat >"$WORK/phrases" <<'END'
parted by	separated by
(made|make|makes|making|begun|packs?( the file)?) anew	rebuild, compact
stands? (behind|beside|in front of)	follows, cannot be combined with
(is|are) told (by|of|at)	is reported
not told	not reported
foreign keys? (of [a-z]+ )?(would )?leads? to	references
is there twice	duplicate
takes no further word	unexpected argument
there is no command	unknown command
goes? along with	is deleted with, cascades
let(s|ting)? go of	release
for downwards	descending
at most so many	at most N
(is|are|be) passed over	is skipped
says? nothing but	print only
who knows [A-Z][a-z]+ knows	if you know
nothing is to be	nothing to
answer HTTP requests	serve HTTP
END
find src -name '*.[ch]' >"$WORK/files"
printf '%s\n' man/*.[1-8] README.md CHANGELOG.md >>"$WORK/files"
while IFS='	' read -r phrase better; do
	same "$better" "$(xargs grep -nEiw -- "$phrase" <"$WORK/files")" ''
done <"$WORK/phrases"
finish
