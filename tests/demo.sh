#!/bin/sh
# demo.sh PROGRAM: plays the tour of the README in a scratch folder, showing
# each command and what it prints.
set -eu
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin"
ln -s "$program" "$folder/bin/taskmgr"
PATH=$folder/bin:$PATH
export PATH LC_ALL=C.UTF-8
unset TASKMGR_DB
mkdir "$folder/tour"
cd "$folder/tour"

# Shows a command as it would be typed, and runs it.  What is meant to fail
# says so by its status.
play() {
	printf '\n\033[1m$ %s\033[0m\n' "$1"
	status=0
	sh -c "$1" || status=$?
	[ "$status" = "${2:-0}" ] || {
		echo "demo: status $status instead of ${2:-0}" >&2
		exit 1
	}
}

play 'taskmgr db init'
play 'taskmgr db revision --autogenerate -m "Initial migration"'
play 'taskmgr db upgrade head'
play 'taskmgr user create --username user1 --firstname Pasha --lastname Technique --age 40'
play 'taskmgr user create --username user2 --firstname Roza --lastname Syabitova --age 62'
play "echo '{\"username\":\"user3\",\"firstname\":\"Alex\",\"lastname\":\"Unknown\",\"age\":25}' | taskmgr user create --data -"
play 'taskmgr user update 3 --firstname Bear --lastname Grylls --age 50'
play 'taskmgr user delete 2 --yes'
play 'taskmgr user list'
play "taskmgr user list --json | jq -r '.[].username'"
play 'taskmgr user show 2' 3
play 'taskmgr task create --user user1 --title "Buy milk" --content "2 l" --priority 1 && taskmgr user tasks user1'
echo
echo 'The schema is the program: a table and a column more.'
play "cat >>migrations/schema.sql <<'SQL'

CREATE TABLE projects (
	id INTEGER PRIMARY KEY,
	name VARCHAR(40) NOT NULL UNIQUE -- what it is called
);
SQL"
play "sed -i 's/^	slug VARCHAR NOT NULL UNIQUE -- @slug title/	slug VARCHAR NOT NULL UNIQUE, -- @slug title\\n	due DATE/' migrations/schema.sql"
play 'taskmgr db revision --autogenerate -m "Add projects"'
play 'taskmgr db upgrade'
play 'taskmgr project create --name "New house"'
play 'taskmgr task create --user user1 --title Paint --due 2026-12-24'
play 'taskmgr task create --help'
echo
echo "That was taskmgr. It is $program"
