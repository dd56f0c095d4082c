#!/bin/sh
# Every case of tests/fixtures/autogenerate, from the difference to the way
# back: what is written must run, keep the rows, make just the schema that was
# wanted, leave nothing to be found, and undo itself.  The sqlite3 shell judges.
. tests/lib.sh

CASES=$TOP/tests/fixtures/autogenerate
FACTS=$TOP/tests/schema_facts.sql

# queries FILE WHICH: its lines in pairs, for before (1) or after (0).
queries() {
	awk -v which="$2" 'NR % 2 == which' "$1"
}

# The database before, its rows and facts, and the facts that are wanted.
prepare() {
	queries "$1/keep.sql" 1 >keep_before.sql
	queries "$1/keep.sql" 0 >keep_after.sql
	cp "$1/after.sql" migrations/schema.sql
	sqlite3 -batch -bail app.db "PRAGMA foreign_keys = ON" \
		".read '$1/before.sql'" ".read '$1/rows.sql'" \
		".output rows.was" ".read keep_before.sql" \
		".output facts.was" ".read '$FACTS'" \
		".open :memory:" ".read '$1/after.sql'" \
		".output facts.want" ".read '$FACTS'"
}

# look KEEP: what the database holds now, into rows.now and facts.now.
look() {
	sqlite3 -batch app.db ".output rows.now" ".read $1" \
		".output facts.now" ".read '$FACTS'" 2>looked.err
}

differs() {
	diff "$1.$2" "$1.now" >"$WORK/out" 2>&1 && return 1
	printf '%s\n' "$1 $3" >"$WORK/err"
}

db() {
	run --db app.db --migrations migrations db "$@"
}

# Each step's failure is the answer; silence is success.
walk() {
	# shellcheck disable=SC2046 # options are words
	db revision --autogenerate --yes -m change \
		$(cat "$1/options" 2>/dev/null)
	[ "$STATUS" = 0 ] || return 1
	set -- migrations/versions/*.sql
	[ -e "$1" ] || return 1
	db upgrade
	[ "$STATUS" = 0 ] || return 1
	look keep_after.sql
	differs rows was 'after the upgrade' && return 1
	differs facts want 'after the upgrade' && return 1
	db check
	[ "$STATUS" = 0 ] || return 1
	db downgrade -1 --yes
	[ "$STATUS" = 0 ] || return 1
	look keep_before.sql
	differs rows was 'after the downgrade' && return 1
	differs facts was 'after the downgrade' && return 1
	return 0
}

# Nothing is to be found, and nothing written.
silent() {
	db revision --autogenerate --yes -m change
	[ "$STATUS" = 0 ] && [ -z "$(ls migrations/versions)" ]
}

# It is refused, sooner or later, and all is as it was.
refused() {
	db revision --autogenerate --yes -m change
	if [ "$STATUS" = 0 ]; then
		db upgrade
	fi
	[ "$STATUS" != 0 ] || return 1
	look keep_before.sql
	! differs rows was 'after the refusal' &&
		! differs facts was 'after the refusal'
}

for folder in "$CASES"/*/; do
	folder=${folder%/}
	name=${folder##*/}
	fresh
	mkdir -p migrations/versions
	STATUS=
	if ! prepare "$folder" >"$WORK/out" 2>"$WORK/err"; then
		not_ok "$name: the case itself"
		continue
	fi
	case $name in
	noise_* | h_case_only_rename) judge=silent ;;
	h_unique_add_with_duplicates) judge=refused ;;
	*) judge=walk ;;
	esac
	if $judge "$folder"; then ok "$name"; else not_ok "$name"; fi
done
finish
