#!/bin/sh
# bench_import.sh PROGRAM BARE: times an import of ROWS rows (a table with two
# unique texts, in WAL mode) against the sqlite3 shell's .import and BARE, which
# is tests/bench/bare.c; alternating in one run.  Prints medians of the time and
# of the ratio; CPU=1 takes the processor's time rather than the clock's, which
# is fairer on a busy machine.  With shuffled keys BARE also has a cache that holds
# the whole database, the best setting found.  Needs sqlite3 and python3.
set -eu
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
bare=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export LC_ALL=C.UTF-8 TASKMGR="$program" BARE="$bare" ROWS="${ROWS:-300000}"
"$program" --db empty.db db upgrade -q

# In a process of its own: the memory of one that starts others is theirs.
cat >make.py <<'PY'
import csv, json, os, random
rows = int(os.environ["ROWS"])
names = ["Pasha", "Zoë", "Łukasz", "Иван", "김", "O'Neil, Jr", 'Say "hi"',
         "Anna", "Bob", "Ming"]
columns = ["id", "username", "firstname", "lastname", "age", "slug"]

def write(name, order):
    with open(name + ".csv", "w", newline="") as table, \
            open(name + ".jsonl", "w") as lines:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(columns)
        for id, i in enumerate(order, 1):
            row = [id, f"user{i}", names[i % 10], names[i * 7 % 10], i % 90,
                   f"user{i}"]
            writer.writerow(row)
            lines.write(json.dumps(dict(zip(columns, row)),
                                   ensure_ascii=False) + "\n")

random.seed(1)
write("sorted", range(rows))
write("shuffled", random.sample(range(rows), rows))
PY

cat >bench.py <<'PY'
import os, shutil, statistics, subprocess, time
rows, runs = int(os.environ["ROWS"]), int(os.environ.get("RUNS", 3))
program, bare = os.environ["TASKMGR"], os.environ["BARE"]
taskmgr = [program, "--db", "t.db", "-q", "user"]
commands = {
    "CSV": taskmgr + ["import", "sorted.csv"],
    "CSV, shuffled": taskmgr + ["import", "shuffled.csv"],
    "JSONL": taskmgr + ["import", "sorted.jsonl"],
    "create": taskmgr + ["create", "--data", "@sorted.jsonl"],
    ".import": ["sqlite3", "t.db", ".import --csv --skip 1 sorted.csv users"],
    ".import, shuffled":
        ["sqlite3", "t.db", ".import --csv --skip 1 shuffled.csv users"],
    "bare": [bare, "t.db", "users", "sorted.csv"],
    "bare, shuffled": [bare, "t.db", "users", "shuffled.csv"],
    "bare, cached": [bare, "t.db", "users", "shuffled.csv",
                     f"PRAGMA cache_size = -{64 + rows // 5}"],
}
null = open(os.devnull, "wb")
memory, written = {}, {}

def once(name):
    for end in "", "-wal", "-shm":
        if os.path.exists("t.db" + end):
            os.unlink("t.db" + end)
    shutil.copy("empty.db", "t.db")
    start = time.perf_counter()
    process = subprocess.Popen(commands[name], stdout=null)
    _, status, use = os.wait4(process.pid, 0)
    spent = time.perf_counter() - start
    assert status == 0, name
    memory[name] = max(memory.get(name, 0), use.ru_maxrss / 1024)
    written[name] = use.ru_oublock / 2048
    return use.ru_utime + use.ru_stime if os.environ.get("CPU") else spent

def pair(title, a, b, most):
    pairs = [(once(a), once(b)) for _ in range(runs)]
    ratio = statistics.median(x / y for x, y in pairs)
    one, two = (statistics.median(t[i] for t in pairs) * 1000 for i in (0, 1))
    label = "bare" if "bare" in b else "sqlite3" if ".i" in b else "CSV"
    print(f"{title:36} taskmgr {one:9.2f} ms   {label:7} {two:9.2f} ms"
          f"   ratio {ratio:.2f}{'' if ratio <= most else '   SLOWER'}",
          flush=True)
    return one

count = f"{rows:,} rows"
pair(f"import of {count}, CSV", "CSV", ".import", 1.05)
pair("the same", "CSV", "bare", 1.2)
pair("shuffled keys", "CSV, shuffled", ".import, shuffled", 1.3)
pair("the same", "CSV, shuffled", "bare, shuffled", 1.3)
pair("the same, all in the cache", "CSV, shuffled", "bare, cached", 1.3)
pair("JSON Lines", "JSONL", "CSV", 1 / 0.6)
spent = pair("create --data of JSON Lines", "create", "CSV", 2.2)
seconds = spent * 1000 / rows
print(f"{'of a million':36} taskmgr {seconds:9.2f} s "
      f"{'' if seconds < 6 else '   SLOWER'}")
for name in "CSV", "CSV, shuffled", "JSONL", "create":
    print(f"{'memory of ' + name:36} taskmgr {memory[name]:9.1f} MB")
for name in "CSV, shuffled", "bare, shuffled", "bare, cached":
    print(f"{'written by ' + name:36} {written[name]:17.1f} MB")
PY
python3 make.py
python3 bench.py
