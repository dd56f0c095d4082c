#!/bin/sh
# bench_migrate.sh PROGRAM: times migrations against the sqlite3 shell doing
# the same, Debian's alembic and dbmate (npm install -g dbmate), alternating in
# one run; prints medians and their ratio.  Needs sqlite3 and python3; alembic
# and dbmate where they are installed.
set -eu
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export LC_ALL=C.UTF-8 TASKMGR="$program"

cat >make.py <<'PY'
import os
N = int(os.environ.get("REVISIONS", "1000"))
os.makedirs("many/versions")
os.makedirs("alembic/versions")
os.makedirs("dbmate")
open("many/schema.sql", "w").close()
one, each = ["BEGIN;"], []
table = """CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);"""
one.append(table)
each.append(table)
for i in range(N):
    rev, down = f"r{i:05}", f"r{i - 1:05}" if i else ""
    sql = (f"CREATE TABLE t{i} (id INTEGER PRIMARY KEY, a TEXT, b INTEGER);\n"
           f"CREATE INDEX ix{i} ON t{i} (a);")
    with open(f"many/versions/{rev}_step.sql", "w") as f:
        f.write(f"-- step {i}\n--\n-- revision: {rev}\n"
                f"-- down_revision: {down}\n"
                f"-- create_date: 2026-01-01 {i // 3600:02}:"
                f"{i // 60 % 60:02}:{i % 60:02}\n\n"
                f"-- migrate:up\n{sql}\n\n"
                f"-- migrate:down\nDROP TABLE t{i};\n")
    with open(f"dbmate/{i + 1:014}_step.sql", "w") as f:
        f.write(f"-- migrate:up\n{sql}\n\n"
                f"-- migrate:down\nDROP TABLE t{i};\n")
    with open(f"alembic/versions/{rev}_step.py", "w") as f:
        f.write(f'"""step {i}\n\nCreate Date: 2026-01-01\n"""\n'
                f"from alembic import op\nrevision = {rev!r}\n"
                f"down_revision = {down or None!r}\n"
                f"branch_labels = None\ndepends_on = None\n"
                f"def upgrade():\n" + "".join(
                    f"    op.execute({line!r})\n"
                    for line in sql.split("\n")) +
                f"def downgrade():\n    op.drop_table('t{i}')\n")
    version = (f"UPDATE alembic_version SET version_num = '{rev}'"
               f" WHERE version_num = '{down}';" if down else
               f"INSERT INTO alembic_version VALUES ('{rev}');")
    one += [sql, version]
    each += ["BEGIN;", sql, version, "COMMIT;"]
one.append("COMMIT;")
open("one.sql", "w").write("PRAGMA journal_mode = WAL;\n" + "\n".join(one))
open("each.sql", "w").write("PRAGMA journal_mode = WAL;\n" + "\n".join(each))

os.makedirs("wide/versions")
tables = []
for i in range(200):
    columns = "".join(f",\n\tc{j} {('TEXT', 'INTEGER NOT NULL DEFAULT 0', 'VARCHAR(50)')[j % 3]}"
                      for j in range(8))
    link = f",\n\tp INTEGER REFERENCES w{i - 1} (id)" if i else ""
    tables.append(f"CREATE TABLE w{i} (\n\tid INTEGER PRIMARY KEY{columns}"
                  f"{link}\n);\nCREATE INDEX iw{i} ON w{i} (c0);\n")
open("wide.sql", "w").write("".join(tables))
tables[100] = tables[100].replace("c7 INTEGER", "c7 TEXT").replace(
    "id INTEGER PRIMARY KEY", "id INTEGER PRIMARY KEY,\n\tnew TEXT")
open("wide/schema.sql", "w").write("".join(tables))

os.makedirs("big/versions")
big = """CREATE TABLE big (
	id INTEGER PRIMARY KEY,
	name TEXT,
	note TEXT,
	n INTEGER
);
CREATE INDEX big_name ON big (name);
CREATE INDEX big_n ON big (n);
"""
open("big.sql", "w").write(big + """
INSERT INTO big WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL
	SELECT i + 1 FROM s WHERE i < %s)
	SELECT i, 'name ' || i, 'a note of some forty letters for row ' || i,
	i %% 1000 FROM s;
""" % os.environ.get("ROWS", "1000000"))
open("big/schema.sql", "w").write(big.replace("name TEXT", "name TEXT NOT NULL"))
open("twelve.sql", "w").write("""PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE new_big (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	note TEXT,
	n INTEGER
);
INSERT INTO new_big (id, name, note, n) SELECT id, name, note, n FROM big;
DROP TABLE big;
ALTER TABLE new_big RENAME TO big;
CREATE INDEX big_name ON big (name);
CREATE INDEX big_n ON big (n);
PRAGMA foreign_key_check;
COMMIT;
PRAGMA foreign_keys = ON;
""")
open("alembic/env.py", "w").write("""from alembic import context
from sqlalchemy import create_engine
engine = create_engine("sqlite:///alembic.db")
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
""")
open("alembic.ini", "w").write("[alembic]\nscript_location = alembic\n")
PY
python3 make.py

cat >pair.py <<'PY'
import os, statistics, subprocess, sys, time
name, runs, limit = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
parts, part = [], []
for word in sys.argv[4:] + ["--"]:
    if word == "--":
        parts.append(part)
        part = []
    else:
        part.append(word)
reset, a, b = parts
null = open(os.devnull, "wb")
def once(command):
    if reset[0]:
        subprocess.run(["sh", "-c", reset[0]], check=True)
    start = time.perf_counter()
    subprocess.run(command, stdout=null, stderr=null, check=True)
    return (time.perf_counter() - start) * 1000
once(a)
if not b:
    mine = statistics.median(once(a) for _ in range(runs))
    line = f"{name:36} taskmgr {mine:9.2f} ms"
else:
    once(b)
    pairs = [(once(a), once(b)) for _ in range(runs)]
    mine = statistics.median(x for x, _ in pairs)
    ratio = statistics.median(x / y for x, y in pairs)
    other = os.path.basename(b[0])
    line = (f"{name:36} taskmgr {mine:9.2f} ms   {other:7}"
            f" {statistics.median(y for _, y in pairs):9.2f} ms"
            f"   ratio {ratio:.3f}")
print(line + ("   TOO SLOW" if limit and mine > limit else ""), flush=True)
PY

many="$program --db many.db --migrations many db"
date -u '+%Y-%m-%d'
uname -m
"$program" --version | head -1
sqlite3 --version | cut -d' ' -f1
alembic --version 2>/dev/null || :
dbmate --version 2>/dev/null || :
$many upgrade -q --single-transaction
# shellcheck disable=SC2086 # commands of several words
{
python3 pair.py 'current, 1000 revisions' 21 20 '' -- \
	$many current -- sqlite3 many.db 'SELECT * FROM alembic_version'
python3 pair.py 'heads, 1000 revisions' 21 20 '' -- $many heads --
python3 pair.py 'history, 1000 revisions' 21 20 '' -- $many history --
python3 pair.py 'upgrade, nothing to do' 21 0 '' -- $many upgrade --
python3 pair.py '1000 revisions, one transaction' 5 600 \
	'rm -f new.db*; sync -f .' -- "$program" --db new.db --migrations many \
	db upgrade -q --single-transaction -- sqlite3 new.db '.read one.sql'
python3 pair.py '1000 revisions, a transaction each' 5 0 \
	'rm -f new.db*; sync -f .' -- "$program" --db new.db --migrations many \
	db upgrade -q -- sqlite3 new.db '.read each.sql'
python3 pair.py 'autogenerate, 200 new tables' 11 60 '' -- \
	"$program" --db none.db --migrations wide db revision --autogenerate \
	-m x -n -- sqlite3 :memory: '.read wide.sql'
sqlite3 wide.db '.read wide.sql'
python3 pair.py 'autogenerate, 200 tables, 2 changes' 11 60 '' -- \
	"$program" --db wide.db --migrations wide db revision --autogenerate \
	-m x -n -y --column-order -- sqlite3 :memory: '.read wide.sql'
sqlite3 big.db '.read big.sql'
"$program" --db big.db --migrations big db revision --autogenerate -m x -q
python3 pair.py 'rebuild of a million rows' 5 0 \
	'rm -f copy.db*; cp big.db copy.db; sync -f .' -- "$program" \
	--db copy.db --migrations big db upgrade -q \
	-- sqlite3 copy.db '.read twelve.sql'
}
# shellcheck disable=SC2086
if alembic --help >/dev/null 2>&1; then
	alembic upgrade head >/dev/null 2>&1
	python3 pair.py 'current' 3 0 '' -- $many current -- alembic current
	python3 pair.py 'heads' 3 0 '' -- $many heads -- alembic heads
	python3 pair.py 'history' 3 0 '' -- $many history -- alembic history
	python3 pair.py 'upgrade of 1000' 1 0 \
		'rm -f new.db* alembic.db; sync -f .' -- "$program" \
		--db new.db --migrations many db upgrade -q \
		-- alembic upgrade head
fi
# shellcheck disable=SC2086
if dbmate --version >/dev/null 2>&1; then
	dbmate="dbmate --url sqlite:dbmate.db --migrations-dir dbmate
		--no-dump-schema"
	$dbmate up >/dev/null
	python3 pair.py 'current, or status' 5 0 '' -- $many current -- $dbmate status
	python3 pair.py 'upgrade of 1000' 3 0 \
		'rm -f new.db* dbmate.db*; sync -f .' -- "$program" \
		--db new.db --migrations many db upgrade -q -- $dbmate up
fi
