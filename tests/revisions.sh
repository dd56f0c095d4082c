# Helpers for tests of migrations.  Source it behind tests/lib.sh.

# An empty folder of migrations, in a folder of its own.
fresh_folder() {
	fresh
	mkdir -p migrations/versions
	: >migrations/schema.sql
	printf '%s\n' '[taskmgr]' 'url = sqlite:///app.db' \
		'migrations = migrations' >taskmgr.ini
}

# revision ID DOWN UP DOWNSQL [HEADER LINES…]: writes versions/ID.sql.  The
# create date follows the order of the calls.
SECOND=0
revision() {
	file=migrations/versions/$1.sql
	SECOND=$((SECOND + 1))
	{
		printf '%s\n' "-- revision $1" "--" "-- revision: $1" \
			"-- down_revision: $2"
		printf -- '-- create_date: 2026-11-22 11:%02d:%02d\n' \
			$((SECOND / 60 % 60)) $((SECOND % 60))
		up=$3 down=$4
		shift 4
		for line; do
			printf -- '-- %s\n' "$line"
		done
		printf '\n-- migrate:up\n%s\n' "$up"
		if [ "$down" ]; then
			printf '\n-- migrate:down\n%s\n' "$down"
		fi
	} >"$file"
}

sql() {
	sqlite3 -batch app.db "$@"
}
