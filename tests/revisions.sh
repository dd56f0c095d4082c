# Helpers for tests of migrations.  Source it after tests/lib.sh.

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

is_db() {
	name=$1 status=$2 out=$3 err=$4
	shift 4
	run db "$@"
	is "$name" "$status" "$out" "$err"
}

# The database's contents except the log, which failures add to.
state() {
	sql .dump 'PRAGMA integrity_check' 'PRAGMA foreign_key_check' |
		grep -v -e _taskmgr_log -e _taskmgr_revision
}

two() {
	fresh_folder
	revision aaaa1111 '' 'CREATE TABLE a (x);
INSERT INTO a VALUES (1);' 'DROP TABLE a;'
	run db upgrade
	was=$(state)
}
