#!/bin/sh
# The graph of revisions: branches, heads, merges, labels, and the arithmetic
# of their names, in Alembic's words where those are good.
. tests/lib.sh
. "$TOP/tests/revisions.sh"

# One root, a branch of one and one with a label.
diamond() {
	fresh_folder
	SECOND=0
	revision aaaa1111 '' 'CREATE TABLE a (x);' 'DROP TABLE a;'
	revision bbbb1111 aaaa1111 'CREATE TABLE b (x);' 'DROP TABLE b;'
	revision bbbb2222 aaaa1111 'CREATE TABLE b2 (x);' 'DROP TABLE b2;' \
		'branch_labels: side'
}

diamond
is_db 'heads' 0 'bbbb1111 (head)
bbbb2222 (side) (head)' '' heads
is_db 'branches' 0 'aaaa1111 (branchpoint)
         -> bbbb1111 (head)
         -> bbbb2222 (side) (head)
' '' branches
is_db 'history' 0 'aaaa1111 -> bbbb2222 (side) (head), revision bbbb2222
aaaa1111 -> bbbb1111 (head), revision bbbb1111
<base> -> aaaa1111 (branchpoint), revision aaaa1111' '' history
is_db 'history --graph' 0 '* bbbb2222 (side) (head), revision bbbb2222
| * bbbb1111 (head), revision bbbb1111
|/
* aaaa1111, revision aaaa1111' '' history --graph
is_db 'several heads are named' 6 '' "\
taskmgr: db upgrade: Multiple head revisions are present for given argument 'head': bbbb1111, bbbb2222; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
hint: to join them, run: taskmgr db merge heads -m \"merge\"" upgrade
is_db 'a beginning that several share' 3 '' \
	"taskmgr: db upgrade: Multiple revisions start with 'bbbb': bbbb1111, bbbb2222" \
	upgrade bbbb
is_db 'a branch behind its @' 3 '' \
	"taskmgr: db upgrade: Can't locate revision identified by 'head'
hint: write the branch before the @: side@head" upgrade head@side
is_db 'an id that nobody has' 3 '' \
	"taskmgr: db upgrade: Can't locate revision identified by 'nosuch'
hint: taskmgr db history lists the revisions" \
	upgrade nosuch
for words in HEAD:head Head:head bas:base hed:head current1:current; do
	is_db "${words%:*} is near ${words#*:}" 3 '' "\
taskmgr: db upgrade: Can't locate revision identified by '${words%:*}'
hint: did you mean ${words#*:}?" upgrade "${words%:*}"
done
is_db 'steps up without a sign' 3 '' \
	"taskmgr: db upgrade: Can't locate revision identified by '02'
hint: did you mean +02?" upgrade 02
is_db 'a file without a = after --backup' 3 '' \
	"taskmgr: db upgrade: Can't locate revision identified by 'bk.db'
hint: attach the value with =: --backup=bk.db" \
	upgrade --backup bk.db
is_db 'before a target' 2 '' \
	"taskmgr: db upgrade: unexpected argument \"head\"
hint: attach the value with =: --backup=FILE" \
	upgrade --backup bk.db head
is_db 'a command with - for _' 0 \
	'generic - Plain SQL revisions for one database.' '' list-templates
is_db 'current of no database' 0 '' 'database app.db does not exist' current
for words in repair log vacuum 'vacuum --dry-run' 'downgrade base' \
	'downgrade -1' 'downgrade base --dry-run'; do
	# shellcheck disable=SC2086 # words
	is_db "$words of no database" 6 '' "\
taskmgr: db ${words%% *}: database app.db does not exist
hint: create it with: taskmgr db upgrade" $words
done
holds 'looking made no database' test ! -e app.db

is_db 'LABEL@head' 0 '' 'Running upgrade  -> aaaa1111, revision aaaa1111
Running upgrade aaaa1111 -> bbbb2222, revision bbbb2222' upgrade side@head
is_db 'all heads' 0 '' \
	'Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111' upgrade heads
is_db 'steps without a sign' 3 '' \
	"taskmgr: db downgrade: Can't locate revision identified by '1'
hint: did you mean -1?" downgrade 1
is_db 'no target' 3 '' \
	"taskmgr: db downgrade: Can't locate revision identified by ''
hint: taskmgr db history lists the revisions" \
	downgrade ''
is_db 'more than anybody steps' 3 '' \
	"taskmgr: db downgrade: Can't locate revision identified by '2026'
hint: taskmgr db history lists the revisions" \
	downgrade 2026
is_db 'two heads are current' 0 'bbbb1111 (head)
bbbb2222 (head)' '' current
is_db 'one step back from two heads' 1 '' "\
taskmgr: db downgrade: Ambiguous walk: '-1' could start from bbbb1111, bbbb2222" \
	downgrade -1
is_db 'one step back on a branch' 0 '' \
	'Running downgrade bbbb2222 -> aaaa1111, revision bbbb2222' \
	downgrade side@-1
is_db 'one step forth on a branch' 0 '' \
	'Running upgrade aaaa1111 -> bbbb2222, revision bbbb2222' \
	upgrade side@+1

is_db 'revision on two heads' 6 '' "\
taskmgr: db revision: Multiple heads are present (bbbb1111, bbbb2222); please specify the head revision on which the new revision should be based, or perform a merge.
hint: use --head REV, or run: taskmgr db merge heads -m \"merge\"" \
	revision -m x
is_db 'merge' 0 '' \
	'Generating migrations/versions/cccc1111_join.sql ...  done' \
	merge heads -m join --rev-id cccc1111
is_db 'upgrade over a merge' 0 '' \
	'Running upgrade bbbb1111, bbbb2222 -> cccc1111, join' upgrade
same 'one row of the version table' \
	"$(sql 'SELECT * FROM alembic_version')" cccc1111
is_db 'current at the merge' 0 'cccc1111 (head) (mergepoint)' '' current
is_db 'back over the merge' 0 '' \
	'Running downgrade cccc1111 -> bbbb1111, bbbb2222, join' downgrade -1
is_db 'forth again' 0 '' \
	'Running upgrade bbbb1111, bbbb2222 -> cccc1111, join' upgrade +1
is_db 'too far' 1 '' \
	"taskmgr: db upgrade: Relative revision +1 didn't produce 1 migrations" \
	upgrade +1
is_db 'history of a range' 0 "\
bbbb1111, bbbb2222 -> cccc1111 (side) (head) (mergepoint), join
aaaa1111 -> bbbb2222 (side), revision bbbb2222
aaaa1111 -> bbbb1111, revision bbbb1111" '' history -r cccc1111-1:cccc
is_db 'history marks the current one' 0 "\
bbbb1111, bbbb2222 -> cccc1111 (side) (head) (current) (mergepoint), join" '' \
	history -i -r head:
run db history --graph
like 'the merge is drawn' 0 '* cccc1111*join
|?*|*bbbb2222*bbbb1111*aaaa1111*' ''
run db show head-1
like 'head-1 over a merge is both parents' 0 \
	'Rev: bbbb1111*Parent: aaaa1111*Rev: bbbb2222*Branch names: side*' ''
run db show base+1
like 'base+1 is the root' 0 'Rev: aaaa1111 (branchpoint)*Parent: <base>*' ''
is_db 'show at length' 0 'Rev: cccc1111 (head) (mergepoint) (current)
Merges: bbbb1111, bbbb2222
Branch names: side
Path: migrations/versions/cccc1111_join.sql

    join

    Revision ID: cccc1111
    Revises: bbbb1111, bbbb2222
    Create Date: 2026-11-22 11:07:02
' '' show cccc
run db heads --json
same 'heads as data' \
	"$(jq -r '.[] | .revision, .down_revision, .is_head' "$WORK/out")" \
	'cccc1111
bbbb1111, bbbb2222
true'
run db history --json
same 'history as data' "$(jq -r '.[].revision' "$WORK/out" | xargs)" \
	'cccc1111 bbbb2222 bbbb1111 aaaa1111'

is_db 'no head and no --splice' 2 '' "\
taskmgr: db revision: Revision aaaa1111 is not a head revision; please specify --splice to create a new branch from this revision" \
	revision -m x --head aaaa1111
is_db 'splice, depends_on, label' 0 '' \
	'Generating migrations/versions/dddd1111_x.sql ...  done' \
	revision -m x --head aaaa1111 --splice --rev-id dddd1111 \
	--depends-on cccc --branch-label late
same 'the header holds all that' \
	"$(sed -n 's/^-- \([a-z_]*:.*\)/\1/p' migrations/versions/dddd1111*)" \
	'revision: dddd1111
down_revision: aaaa1111
create_date: 2026-11-22 11:07:02
branch_labels: late
depends_on: cccc1111
migrate:up
migrate:down'
run db heads
like 'a head that another depends on' 0 \
	'cccc1111 (side) (effective head)
dddd1111 (late) (head)' ''
run db heads --resolve-dependencies
is 'without those' 0 'dddd1111 (late) (head)' ''
is_db 'a label twice' 4 '' "\
taskmgr: db revision: --branch-label late: revision dddd1111 (versions/dddd1111_x.sql) already has that label" \
	revision -m y --head cccc1111 --rev-id eeee1111 --branch-label late
is_db 'an id that another has' 4 '' "\
taskmgr: db revision: --rev-id dddd1111: revision dddd1111 (versions/dddd1111_x.sql) already has that identifier" \
	revision -m y --head cccc1111 --rev-id dddd1111
is_db 'a label that is an id' 4 '' "\
taskmgr: db merge: --branch-label dddd1111: revision dddd1111 (versions/dddd1111_x.sql) already has that identifier" \
	merge heads --branch-label dddd1111
is_db 'a character that arithmetic needs' 2 '' "\
taskmgr: db revision: Character(s) '-' not allowed in revision identifier 'bad-id'" \
	revision -m y --head cccc1111 --rev-id bad-id
run db upgrade late@head
is 'what it depends on is there' 0 '' \
	'Running upgrade aaaa1111 -> dddd1111, x'
is_db 'the base with all that stands on it' 0 '' "\
Running downgrade dddd1111 -> aaaa1111, x
Running downgrade cccc1111 -> bbbb1111, bbbb2222, join
Running downgrade bbbb2222 -> aaaa1111, revision bbbb2222
Running downgrade bbbb1111 -> aaaa1111, revision bbbb1111
Running downgrade aaaa1111 -> , revision aaaa1111" downgrade base
run db upgrade late@head
same 'depends_on brings its branch along' \
	"$(sed -n 's/.*-> \([a-d0-9]*\),.*/\1/p' "$WORK/err" | xargs)" \
	'aaaa1111 bbbb1111 bbbb2222 cccc1111 dddd1111'

# A walk that ends at the base of one branch leaves the others alone.
two_bases() {
	fresh_folder
	revision a1 '' 'SELECT 1;' 'SELECT 1;'
	revision a2 a1 'SELECT 1;' 'SELECT 1;'
	revision n1 '' 'SELECT 1;' 'SELECT 1;' 'branch_labels: net'
	[ "$1" ] && revision m1 "$1" 'SELECT 1;' 'SELECT 1;'
	run db upgrade heads
}
for spec in net@head-1 net@n1-1 n1@head-1 net@-1 n1-1; do
	for verb in downgrade stamp; do
		two_bases
		run db $verb $spec
		same "$verb $spec" "$STATUS $(sql 'SELECT * FROM alembic_version')" \
			'0 a2'
	done
done
two_bases
run db downgrade net@base
run db downgrade net@head-1
same 'a branch that is not there' \
	"$STATUS $(sql 'SELECT * FROM alembic_version')" '0 a2'
two_bases 'a2, n1'
run db downgrade net@-2
same 'over a merge' "$(sed 's/.*downgrade \(..\).*/\1/' "$WORK/err" | xargs)" \
	'm1 n1'
two_bases 'a2, n1'
is_db 'two ways of other lengths' 1 '' "\
taskmgr: db downgrade: Ambiguous walk: '-2' could lead to base or a1" downgrade -2

# A line of four, for the arithmetic of one branch.
fresh_folder
for i in 1 2 3 4; do
	revision r$i "$([ $i = 1 ] || echo r$((i - 1)))" \
		"CREATE TABLE t$i (x);" "DROP TABLE t$i;"
done
at() {
	run db "$2" "$3"
	[ "$STATUS" = 0 ] || { not_ok "$2 $3"; return; }
	same "$1: $2 $3" "$(sql 'SELECT * FROM alembic_version')" "$1"
}
at r2 upgrade +2
at r3 upgrade r2+1
at r4 upgrade head
at r3 downgrade -1
at r1 downgrade r3-2
at r3 upgrade head-1
at r1 downgrade base+1
at r2 stamp +1
at r1 stamp -1
at r4 upgrade head
at r2 downgrade head-2
at '' downgrade base
at r2 upgrade base+2
run db history -r -1:current
same 'history -r -1:current' "$(sed 's/.*-> \(r.\).*/\1/' "$WORK/out" | xargs)" \
	'r2 r1'
run db history -r current:
same 'history -r current:' "$(sed 's/.*-> \(r.\).*/\1/' "$WORK/out" | xargs)" \
	'r4 r3 r2'
is_db 'a range for upgrade' 2 '' \
	"taskmgr: db upgrade: Range revision not allowed: 'r1:r2' is for --sql" \
	upgrade r1:r2
is_db 'half a range' 2 '' "\
taskmgr: db history: History range requires [start]:[end], [start]:, or :[end]" \
	history -r r1

# A stamp as SQL, for a database that isn't there.
stamped() {
	run db stamp "$2" --sql
	sqlite3 -batch -bail other.db <"$WORK/out" 2>"$WORK/err"
	same "stamp $2 --sql" \
		"$(sqlite3 other.db 'SELECT * FROM alembic_version')" "$1"
	same 'and says it' "$(grep '^--' "$WORK/out")" "-- Running stamp_revision $3"
}
stamped r3 head-1 ' -> r3'
stamped r4 r3:head 'r3 -> r4'
stamped r1 r4:r1 'r4 -> r1'
is_db 'nothing is forgotten in SQL' 2 '' \
	"taskmgr: db stamp: Can't use --purge with --sql mode" \
	stamp r1 --purge --sql
run --db none.db db downgrade base --sql
is 'nor taken back from nowhere' 2 '' \
	'taskmgr: db downgrade: downgrade with --sql requires <fromrev>:<torev> if there is no database'
stamped '' r1:base 'r1 -> '
is_db 'a stamp that is not run' 0 '' 'Running stamp_revision r2 -> r4 (dry run)' \
	stamp head --dry-run
before=$(sql 'SELECT count(*) FROM _taskmgr_log')
run db stamp r2
same 'a stamp that changes nothing is not logged' \
	"$(sql 'SELECT count(*) FROM _taskmgr_log')" "$before"

# A prefix of one branch, and a dependency in any spelling.
revision r5x r1 'SELECT 1;' 'SELECT 1;' 'branch_labels: side'
run db show side@r5
like 'a prefix of its branch' 0 'Rev: r5x*' ''
revision r50 r4 'SELECT 1;' 'SELECT 1;'
run db show side@r5
like 'whatever begins so elsewhere' 0 'Rev: r5x*' ''
run db revision -m dep --head r50 --depends-on side@head --rev-id r6
same 'a dependency on a head' "$(sed -n 's/^-- depends_on: //p' \
	migrations/versions/r6_dep.sql)" r5x
rm migrations/versions/r5* migrations/versions/r6*

run db downgrade r4
like 'a downgrade to what is not below' 1 '' 'taskmgr: db downgrade: *'
run db current --check-heads
like 'current --check-heads' 6 '*' \
	'taskmgr: db current: Database is not on all head revisions*'

# A branch is what its label says, and what it grew from is not it.
fresh_folder
revision r1 '' 'CREATE TABLE t1 (x);' 'DROP TABLE t1;'
revision r2 r1 'CREATE TABLE t2 (x);' 'DROP TABLE t2;'
revision s1 r1 'CREATE TABLE s1 (x);' 'DROP TABLE s1;'
revision s2 s1 'CREATE TABLE s2 (x);' 'DROP TABLE s2;' 'branch_labels: side'
run db upgrade r2
is_db 'a step back of a branch that is not there' 1 '' "\
taskmgr: db downgrade: Relative revision -1 didn't produce 1 migrations: nothing of branch 'side' is applied" \
	downgrade side@-1
run db upgrade heads
run db downgrade side@-1
is 'one of a branch' 0 '' 'Running downgrade s2 -> s1, revision s2'
run db upgrade heads
run db downgrade side@base
is 'all that the label is shown at' 0 '' 'Running downgrade s2 -> s1, revision s2
Running downgrade s1 -> r1, revision s1'
run db upgrade heads
is_db 'a stamp goes where a downgrade does' 0 '' \
	'Running stamp_revision r2, s2 -> r2' stamp side@base
sql "DELETE FROM alembic_version WHERE version_num = 'r2'; INSERT INTO alembic_version VALUES ('s2')"
is_db 'where nothing else stands there' 0 '' \
	'Running stamp_revision s2 -> r1' stamp side@base
is_db 'and stays there' 0 '' \
	'Running stamp_revision r1 -> r1' stamp side@base
run db stamp r2
for spec in side@ @head +-1; do
	is_db "what names nothing: $spec" 3 '' \
		"taskmgr: db show: Can't locate revision identified by '$spec'
hint: taskmgr db history lists the revisions" \
		show $spec
done
run db history -v
same 'a blank line behind each' "$(grep -c '^Rev:' "$WORK/out") $(grep -c '^$' \
	"$WORK/out")" '4 12'
run db upgrade heads
revision r4 r2 'SELECT 1;' 'SELECT 1;'

# A range is what lies between its ends.
ids() {
	run db history --json -r "$1"
	same "history -r $1" "$(jq -r '.[].revision' "$WORK/out" | xargs)" "$2"
}
fresh_folder
revision a1 '' 'SELECT 1;' 'SELECT 1;'
revision b1 a1 'SELECT 1;' 'SELECT 1;'
revision c1 a1 'SELECT 1;' 'SELECT 1;'
revision d1 'b1, c1' 'SELECT 1;' 'SELECT 1;'
revision f1 c1 'SELECT 1;' 'SELECT 1;' 'branch_labels: side'
revision x1 '' 'SELECT 1;' 'SELECT 1;' 'branch_labels: other' 'depends_on: b1'
revision x2 x1 'SELECT 1;' 'SELECT 1;'
run db upgrade x1
is_db 'what stands by another that depends on it' 0 'b1
x1' '' current
ids b1:d1 'd1 b1'
ids f1: f1
ids x1: 'x2 x1'
ids other@base: 'x2 x1 b1 a1'
is_db 'a range out of its branch' 1 '' 'taskmgr: db history: Requested range other@base:c1 does not refer to ancestor/descendant revisions along the same branch: x1' \
	history -r other@base:c1
ids b1:+1 'd1 b1'
ids :c1 'c1 a1'
revision r4 d1 'SELECT 1;' 'SELECT 1;'

run db history --graph
is 'what is below a base is not its child' 0 '* r4 (head), revision r4
*   d1, revision d1
|\
* | b1, revision b1
| | * x2 (other) (head), revision x2
| | * x1 (other), revision x1
| |
| | * f1 (side) (head), revision f1
| |/
| * c1, revision c1
|/
* a1, revision a1' ''
for message in 'transaction: off' ' Migrate:up' 'revision : 5'; do
	run db revision -m "$message"
	like "a message that is an instruction: $message" 2 '' \
		'taskmgr: db revision: a message cannot begin with *'
done
run db revision -m 'transactions: on' --head r4 --rev-id r7
run db show r7
like 'one that is none' 0 '*    transactions: on
*' ''
run db revision -m 'of two
lines' --head r7 --rev-id r8
same 'a message is one line' "$(head -n 1 migrations/versions/r8_*.sql)" \
	'-- of two lines'

# What is wrong with the files is one line that names them.
revision r5 nosuch 'SELECT 1;' ''
is_db 'a parent that is missing' 6 '' "\
taskmgr: db heads: Revision nosuch referenced from r5 (versions/r5.sql) is not present" \
	heads
revision r5 r6 'SELECT 1;' ''
revision r6 r5 'SELECT 1;' ''
is_db 'a cycle' 6 '' "\
taskmgr: db heads: Cycle is detected in revisions: versions/r5.sql, versions/r6.sql" \
	heads
rm migrations/versions/r[56].sql
cp migrations/versions/r4.sql migrations/versions/copy.sql
run db history
like 'an id twice' 6 '' "taskmgr: db history: Revision r4 is present more than once: versions/*.sql, versions/*.sql"
echo 'CREATE TABLE x (y);' >migrations/versions/copy.sql
is_db 'no header' 6 '' "\
taskmgr: db history: versions/copy.sql: no \"-- revision: …\" in its first lines" \
	history
rm migrations/versions/copy.sql
printf -- '\n-- migrate:up\nSELECT 1;\n' >>migrations/versions/r4.sql
is_db 'a section twice' 6 '' "\
taskmgr: db upgrade: versions/r4.sql:13: a second section \"migrate:up\" (the first begins on line 7)" \
	upgrade r4

# A branch that rebuilds a table knows its parts, not what another
# has put there; nor what somebody has besides all revisions.
beside() {
	fresh_folder
	revision aaaa1111 '' 'CREATE TABLE t (id INTEGER PRIMARY KEY, a, b);
INSERT INTO t VALUES (1, 2, 3);' 'DROP TABLE t;'
	revision bbbb1111 aaaa1111 "$1" "$2"
	revision bbbb2222 aaaa1111 "CREATE TABLE n (id INTEGER PRIMARY KEY, a CHECK (a > 0));
INSERT INTO n SELECT id, a FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;
$3" 'SELECT 1;'
}
undo='rebuilding t would drop parts this revision was not written for'
beside 'ALTER TABLE t ADD COLUMN c TEXT; UPDATE t SET c = 5; CREATE INDEX i ON t (a);
CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END;' 'SELECT 1;'
was="Running upgrade aaaa1111 -> bbbb2222, revision bbbb2222
taskmgr: db upgrade: versions/bbbb2222.sql: $undo
    t.c
    i
    g
hint: revision bbbb1111 created it; follow that revision and keep it in the rebuild, or allow the loss with a comment: -- t.c"
run db upgrade bbbb1111
is_db 'what another branch made' 4 '' "$was" upgrade heads
is_db 'in a rehearsal too' 4 '' "$was" upgrade heads --dry-run
same 'it is still there' "$(sql 'SELECT c FROM t')" 5
run db merge heads -m both
like 'a merge warns' 0 '' "Warning: replaying the revisions: versions/bbbb2222.sql: $undo
    t.c*
hint: revision bbbb1111 created it*"
run db check --all
like 'the check finds it' 4 '' "*$undo*"
rm migrations/versions/*both.sql
run db upgrade bbbb2222 --db other.db
like 'alone it is right' 0 '' '*-> bbbb2222*'
run db upgrade heads --db other.db
like 'as it is before the other' 0 '' '*-> bbbb1111*'
run db downgrade bbbb2222@-1 --yes --db other.db
like 'and on the way back' 0 '' '*bbbb2222 -> aaaa1111*'
beside 'ALTER TABLE t ADD COLUMN c TEXT; CREATE INDEX i ON t (a);' 'SELECT 1;' \
	'CREATE INDEX I ON t (a); -- T.C goes'
run db upgrade heads
is 'what is named may go' 0 '' 'Running upgrade  -> aaaa1111, revision aaaa1111
Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111
Running upgrade aaaa1111 -> bbbb2222, revision bbbb2222'
beside 'SELECT 1;' ''
run db upgrade bbbb1111
sql 'ALTER TABLE t ADD COLUMN UNIQUE_b CHECK (a < 9)'
is_db 'what nobody made' 4 '' "\
Running upgrade aaaa1111 -> bbbb2222, revision bbbb2222
taskmgr: db upgrade: versions/bbbb2222.sql: $undo
    t.UNIQUE_b
    CHECK (a < 9)
hint: no revision created it; keep it in the rebuild, or allow the loss with a comment: -- t.UNIQUE_b" \
	upgrade heads
beside 'SELECT 1;' ''
sql 'CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c)'
run db stamp bbbb1111
sed -i 's/^CREATE TABLE t.*/SELECT 1 FROM nothing;/' migrations/versions/aaaa1111.sql
run db repair
is_db 'a table that no revision knows' 0 '' \
	"Running upgrade aaaa1111 -> bbbb2222, revision bbbb2222
Warning: cannot check what bbbb2222 drops: replaying its ancestors: versions/aaaa1111.sql:8:15: near \"nothing\": syntax error" \
	upgrade heads
beside 'SELECT 1;' ''
run db upgrade bbbb1111
sql 'DROP TABLE IF EXISTS t' 'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a, b)'
run db upgrade heads
like 'AUTOINCREMENT is a part too' 4 '' "*$undo
    AUTOINCREMENT
hint: no revision created it*"
beside 'CREATE INDEX i ON t (a);' 'DROP INDEX i;'
sed -i 's/^SELECT 1;/CREATE TABLE n (id INTEGER PRIMARY KEY, a, b);\nINSERT INTO n (id, a) SELECT id, a FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;/' \
	migrations/versions/bbbb2222.sql
run db upgrade bbbb2222
run db upgrade bbbb1111
cp app.db both.db
is_db 'what came last goes first' 0 '' "\
Running downgrade bbbb1111 -> aaaa1111, revision bbbb1111
Running downgrade bbbb2222 -> aaaa1111, revision bbbb2222" \
	downgrade aaaa1111 --yes
cp both.db app.db
sql 'DELETE FROM _taskmgr_log'
is_db 'a downgrade in the wrong order' 4 '' "\
Running downgrade bbbb2222 -> aaaa1111, revision bbbb2222
taskmgr: db downgrade: versions/bbbb2222.sql: $undo
    i
hint: revision bbbb1111 created it; downgrade that first: taskmgr db downgrade bbbb1111@-1" \
	downgrade aaaa1111 --yes
run db downgrade bbbb1111@-1
run db downgrade aaaa1111 --yes
like 'and in the right one' 0 '' 'Running downgrade bbbb2222 -> aaaa1111*'
# Indexes and triggers of its own ancestors that a rebuild forgets.
diamond
rm migrations/versions/bbbb2222.sql
revision aaaa1111 '' 'CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE INDEX i ON t (a);
CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END;' 'DROP TABLE t;'
anew='CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO n SELECT * FROM t;
DROP TABLE t; ALTER TABLE n RENAME TO t;'
revision bbbb1111 aaaa1111 "$anew" '' 'foreign_keys: off'
run db upgrade aaaa1111
run db upgrade
is 'what a rebuild leaves out is warned of' 0 '' "\
Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111
Warning: versions/bbbb1111.sql rebuilds t without its index i: recreate it, or allow the loss with a comment: -- i
Warning: versions/bbbb1111.sql rebuilds t without its trigger g: recreate it, or allow the loss with a comment: -- g"
diamond
rm migrations/versions/bbbb2222.sql
revision aaaa1111 '' 'CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE INDEX i ON t (a);
CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END;' 'DROP TABLE t;'
revision bbbb1111 aaaa1111 "DROP TRIGGER g; -- i goes, too
$anew" '' 'foreign_keys: off'
run db upgrade aaaa1111
is_db 'unless it is intended' 0 '' \
	'Running upgrade aaaa1111 -> bbbb1111, revision bbbb1111' upgrade

# Each step is judged by what lies below it, whatever ran before.
beside 'ALTER TABLE t ADD COLUMN c TEXT; CREATE INDEX i ON t (a);' ''
revision bbbb1112 bbbb1111 'CREATE TABLE n (id INTEGER PRIMARY KEY, a, c TEXT);
INSERT INTO n SELECT id, a, c FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;' ''
sed -i 's/^-- create_date.*/-- create_date: 2026-11-22 12:00:00/' \
	migrations/versions/bbbb2222.sql
run db upgrade aaaa1111
run db upgrade heads
like 'a branch after another' 4 '' "*-> bbbb1112*-> bbbb2222*
taskmgr: db upgrade: versions/bbbb2222.sql: $undo
    t.c
hint: revision bbbb1111 created it*"

# Only where the file speaks of the table is it known.
beside 'ALTER TABLE t ADD COLUMN created_at TEXT; CREATE INDEX email ON t (a);' '' \
	'CREATE TABLE logs (created_at TEXT, email REFERENCES t);'
run db upgrade heads
like 'the same words of another table' 4 '' "*$undo
    t.created_at
    email
hint: revision bbbb1111 created it*"
beside "CREATE UNIQUE INDEX i ON t (a); CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW BEGIN SELECT 1; END;" '' ''
sed -i '/^CREATE UNIQUE/d' migrations/versions/bbbb1111.sql
sed -i 's/^INSERT INTO t/CREATE INDEX i ON t (a ASC);\n&/' migrations/versions/aaaa1111.sql
run db upgrade aaaa1111
sql 'DROP INDEX i' 'CREATE INDEX i ON t (a)'
run db upgrade bbbb2222
like 'what only is spelt otherwise is known' 0 '' '*-> bbbb2222*'
beside 'ALTER TABLE t ADD COLUMN c TEXT;' '' ''
sed -i 's/^CREATE TABLE n/ALTER TABLE t RENAME TO people; &/; s/FROM t;/FROM people;/; s/DROP TABLE t;/DROP TABLE people;/; s/RENAME TO t;/RENAME TO people;/' \
	migrations/versions/bbbb2222.sql
run db upgrade heads
like 'under another name' 4 '' '*rebuilding t would drop*
    t.c
*'

# A revision in the middle that has no file is in the record.
fresh_folder
revision a1 '' 'CREATE TABLE a (x);' 'DROP TABLE a;'
revision b1 a1 'CREATE TABLE b (x);' 'DROP TABLE b;'
revision c1 b1 'CREATE TABLE c (x);' 'DROP TABLE c;'
run db upgrade
rm migrations/versions/b1.sql
is_db 'a history with a gap' 0 'b1 -> c1 (head), revision c1
a1 -> b1 (missing), revision b1
<base> -> a1, revision a1' '' history
is_db 'its heads' 0 'c1 (head)' '' heads
is_db 'what it made' 0 '' 'The database matches its revisions.' check --drift
is_db 'elsewhere nobody knows' 6 '' 'taskmgr: db history: Revision b1 referenced from c1 (versions/c1.sql) is not present' \
	history --db other.db
# Errors name the first of many.
fresh_folder
for head in $(seq -w 14); do
	revision "many$head" '' '' ''
done
is_db 'many heads' 6 '' "\
taskmgr: db revision: Multiple heads are present (many01, many02, many03, many04, many05, many06, many07, many08, many09, many10 and 4 more); please specify the head revision on which the new revision should be based, or perform a merge.
hint: use --head REV, or run: taskmgr db merge heads -m \"merge\"" revision -m x
is_db 'that begin alike' 3 '' "\
taskmgr: db upgrade: Multiple revisions start with 'many': many01, many02, many03, many04, many05, many06, many07, many08, many09, many10 and 4 more" \
	upgrade many
finish
