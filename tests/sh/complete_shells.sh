#!/bin/sh
# Completion in bash, zsh and fish, at a real terminal: what Tab makes of a line.
. tests/lib.sh

. "$TOP/tests/terminal.sh"

mkdir bin
ln -s "$TASKMGR" bin/taskmgr
PATH=$PWD/bin:$PATH
sqlite3 q.db <<'SQL'
CREATE TABLE files (id INTEGER PRIMARY KEY, name TEXT UNIQUE,
	state TEXT CHECK (state IN ('open', 'in progress')), done BOOLEAN);
INSERT INTO files (name) VALUES ('new house one'), ('new house two'),
	('it''s'), ('k:v 1'), ('d$x'), ('a\b'), ('[b]*'), ('é è'), ('x@y=1');
SQL
mkdir folder 'two words'
: >folder/records.json
: >'two words/one.csv'

# tab WANT KEYS…: the line after these keys.
tab() {
	want=$1
	shift
	keys C-u "$@"
	sees "$SHELL_NAME: $*" "*% $want*"
}

# each: what all three shells do alike.
each() {
	tab 'taskmgr file' 'taskmgr fi' Tab
	tab 'taskmgr file create --name' 'taskmgr file create --na' Tab
	tab 'taskmgr file create --no-done' 'taskmgr file create --no-d' Tab
	tab 'taskmgr file list --format=markdown' \
		'taskmgr file list --format=mark' Tab
	tab 'taskmgr file list --sort id,name' 'taskmgr file list --sort id,na' \
		Tab
	tab 'taskmgr file list --where state=open' \
		'taskmgr file list --where state=o' Tab
	tab "taskmgr file list --where 'id>3 and name=" \
		"taskmgr file list --where 'id>3 and na" Tab
	tab 'taskmgr file create --state in\\ progress' \
		'taskmgr file create --state in' Tab
	# Words with blanks, in and out of quotes, and on after the first Tab.
	tab 'taskmgr file show new\\ house\\ one' 'taskmgr file show ne' Tab o \
		Tab
	tab 'taskmgr file show "new house two"' 'taskmgr file show "new h' Tab \
		t Tab
	tab "taskmgr file show 'new house two'" "taskmgr file show 'new h" Tab \
		t Tab
	tab "taskmgr file show it\\\\'s" 'taskmgr file show it' Tab
	# shellcheck disable=SC2016 # as it is typed
	tab 'taskmgr file show "d\\$x"' 'taskmgr file show "d' Tab
	tab 'taskmgr file show k:v\\ 1' 'taskmgr file show k' Tab
	tab 'taskmgr file show a\\\\b' 'taskmgr file show a' Tab
	tab 'taskmgr file show \\\[b\\\]\\\*' 'taskmgr file show \[' Tab
	tab 'taskmgr file show é\\ è' 'taskmgr file show é' Tab
	tab 'taskmgr file show x@y=1' 'taskmgr file show x@' Tab
	tab 'taskmgr file create --data @folder/records.json' \
		'taskmgr file create --data @fol' Tab Tab
	tab 'taskmgr file import two\\ words/one.csv' 'taskmgr file import tw' \
		Tab Tab
	tab 'taskmgr file count > two\\ words/one.csv' \
		'taskmgr file count > two\ w' Tab o Tab
	# No database, no such command: nothing, and no noise.
	tab 'taskmgr --db nowhere/x db up*' 'taskmgr --db nowhere/x db up' Tab
	tab 'taskmgr nope x' 'taskmgr nope ' Tab Tab x
	sees_not "$SHELL_NAME: no message of the program" '*taskmgr:*'
}

# shell NAME COMMAND SETUP
shell() {
	SHELL_NAME=$1
	if ! command -v "$1" >/dev/null; then
		ok "completion in $1 # SKIP there is no $1"
		return 1
	fi
	open "TASKMGR_DB=$PWD/q.db $2"
	sees "$1 starts" '*[$#%>]'
	keys "$3; clear" Enter
	sees "$1 with completion" '%'
	each
}

shell bash 'bash --norc --noprofile' \
	"PS1='% '; . $TOP/completions/taskmgr.bash"
if [ "$SHELL_NAME" = bash ]; then
	keys C-u C-l 'taskmgr db upgrade ' Tab Tab
	sees 'bash keeps the order in which candidates are given' \
		'*head *heads *base *'
fi
echo "PS1='%% '; fpath=($TOP/completions \$fpath); autoload -Uz compinit
	compinit -u -D" >"$WORK/home/.zshrc"
if shell zsh zsh :; then
	keys C-u 'taskmgr file ' Tab
	sees 'zsh describes' '*show  *-- Show one or more files
*'
fi
if shell fish 'fish --no-config' "function fish_prompt; echo '% '; end
	source $TOP/completions/taskmgr.fish"; then
	keys C-u 'taskmgr file ' Tab
	sees 'fish describes' '*show  *(Show one or more files)*'
fi

# Where make install puts the scripts, and that it takes them away again.
installed() {
	make -s -C "$TOP" "$1" DESTDIR="$WORK/its root" PREFIX=/usr >/dev/null 2>&1
	(cd "$WORK/its root/usr/share" && find . -name '*taskmgr*' ! -path './man/*' \
		-type f | sort | tr '\n' ' ')
}
same 'make install' "$(installed install)" \
	'./bash-completion/completions/taskmgr ./fish/vendor_completions.d/taskmgr.fish ./zsh/site-functions/_taskmgr '
same 'make uninstall' "$(installed uninstall)" ''
finish
