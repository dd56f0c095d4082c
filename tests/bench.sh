#!/bin/sh
# bench.sh PROGRAM [NEWEST [NOTHING]]: compares taskmgr with the sqlite3 shell on
# the same database in the same run, alternating; prints medians of the
# processor's time, and of their ratio, which is marked if it misses its goal: a
# million rows as JSON take 0.7 of the shell's time, as CSV 0.8, as a table no
# more, in a tenth of the memory.  NOTHING is tests/bench/nothing.c, linked with
# the libraries that taskmgr uses: a start takes at most 1.15 of its time.
# Queries on a million rows take less than 5 ms.  NEWEST is taskmgr with a
# SQLite of its own built in, which is timed against PROGRAM.  Then the largest
# size of the log in CREATES commits of one process, while others list all rows
# again and again.  Needs sqlite3 and python3.
set -eu
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
newest=
[ ! -x "${2-}" ] || newest=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
nothing=
[ ! -x "${3-}" ] || nothing=$(cd "$(dirname "$3")" && pwd)/$(basename "$3")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export LC_ALL=C.UTF-8 CPU=1 TASKMGR="$program"
select='SELECT id,username,firstname,lastname,age,slug FROM users'

fill() {
	"$program" --db "$1" db upgrade -q
	sqlite3 "$1" "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL
		SELECT i + 1 FROM n WHERE i < $2)
		INSERT INTO users (username, firstname, lastname, age, slug)
		SELECT 'user' || i, 'Pasha', 'Technique, \"the\"', i % 90,
		'user' || i FROM n"
}
fill small.db 20
fill large.db "${ROWS:-1000000}"

cat >pair.py <<'PY'
import os, resource, statistics, subprocess, sys, time
name, runs, repeat = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
cut = sys.argv.index("--")
a, b = sys.argv[4:cut], sys.argv[cut + 1:]
most = float(os.environ.get("MOST", 1.05))
null = open(os.devnull, "wb")
def clock():
    if not os.environ.get("CPU"):
        return time.perf_counter()
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime
def once(command):
    start = clock()
    for _ in range(repeat):
        subprocess.run(command, stdout=null, check=True)
    return (clock() - start) / repeat * 1000
once(a), once(b)
pairs = [(once(a), once(b)) for _ in range(runs)]
ratio = statistics.median(x / y for x, y in pairs)
one, two = os.environ.get("LABELS", "taskmgr sqlite3").split()
print(f"{name:36} {one} {statistics.median(x for x, _ in pairs):9.2f} ms"
      f"   {two} {statistics.median(y for _, y in pairs):9.2f} ms"
      f"   ratio {ratio:.2f}{'' if ratio <= most else '   SLOWER'}")
PY

date -u '+%Y-%m-%d'
uname -m
"$program" --version | head -1
sqlite3 --version | cut -d' ' -f1
python3 pair.py 'list of 20 rows as JSON' 21 20 \
	"$program" --db small.db user list --json \
	-- sqlite3 -json small.db "$select"
cat >memory.py <<'PY'
import os, re, subprocess, sys, time
def most(command):
    process = subprocess.Popen(command, stdout=open(os.devnull, "wb"))
    most = 0
    while process.poll() is None:
        status = open(f"/proc/{process.pid}/status").read()
        most = max([most] + [int(kb) for kb in
                             re.findall(r"VmHWM:\s+(\d+)", status)])
        time.sleep(0.01)
    return most / 1024
cut = sys.argv.index("--")
a, b = most(sys.argv[1:cut]), most(sys.argv[cut + 1:])
print(f"{'memory of that':36} taskmgr {a:9.1f} MB   sqlite3 {b:9.1f} MB"
      f"   ratio {a / b:.2f}")
PY
# lists FORMAT MODE MOST: all rows; MODE is what the sqlite3 shell calls it.
lists() {
	MOST=$3 python3 pair.py "list of a million rows as $1" 5 1 \
		"$program" --db large.db user list --format "$1" \
		-- sqlite3 "-$2" large.db "$select"
	python3 memory.py "$program" --db large.db user list --format "$1" \
		-- sqlite3 "-$2" large.db "$select"
}
lists json json 0.7
lists csv csv 0.8
lists table box 1
[ -z "$nothing" ] || LABELS='taskmgr nothing' MOST=1.15 python3 pair.py \
	'start' 21 50 "$program" --version -- "$nothing"
# Queries on a million rows, and related rows of a thousand.
page() {
	"$program" --db large.db user list --json --limit 20 -v "$@" 2>&1 >page |
		sed -n 's/^next page: --after //p'
}
rows=$(sqlite3 large.db 'SELECT count(*) FROM users')
after=$(page --offset $((rows - 40)))
page --after "$after" >/dev/null
tail -1 page | grep -q "\"user$rows\"" || echo 'NOT THE LAST PAGE'
LABELS='last first' MOST=1.2 python3 pair.py 'last page by --after' 11 20 \
	"$program" --db large.db user list --json --limit 20 --after "$after" \
	-- "$program" --db large.db user list --json --limit 20
python3 pair.py 'the same' 11 20 \
	"$program" --db large.db user list --json --limit 20 --after "$after" \
	-- sqlite3 -json large.db "$select WHERE id > $((rows - 20))
		ORDER BY id LIMIT 20"
python3 pair.py 'filter on an indexed column' 11 20 \
	"$program" --db large.db user list --json --where "slug=user$rows" \
	-- sqlite3 -json large.db "$select WHERE slug = 'user$rows'"
fill related.db 1000
sqlite3 related.db "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL
	SELECT i + 1 FROM n WHERE i < 10000)
	INSERT INTO tasks (title, user_id, slug)
	SELECT 'Task ' || i, 1 + i % 1000, 'task-' || i FROM n"
MOST=1.5 python3 pair.py '10,000 tasks --with 1,000 users' 11 5 \
	"$program" --db related.db user list --jsonl --with tasks \
	-- sqlite3 related.db "SELECT json_object('id', id, 'username', username,
		'firstname', firstname, 'lastname', lastname, 'age', age,
		'slug', slug, 'tasks', (SELECT json_group_array(json_object(
			'id', id, 'title', title, 'content', content,
			'priority', priority,
			'completed', json(iif(completed, 'true', 'false')),
			'user_id', user_id, 'slug', slug))
			FROM tasks WHERE user_id = users.id)) FROM users"
if [ -n "$newest" ]; then
	"$newest" --db small.db db info |
		sed -n 's/^engine version */newest: SQLite /p'
	export LABELS='newest Debian'
	python3 pair.py 'list of 20 rows as JSON' 21 20 \
		"$newest" --db small.db user list --json \
		-- "$program" --db small.db user list --json
	python3 pair.py 'list of a million rows as JSON' 11 1 \
		"$newest" --db large.db user list --json \
		-- "$program" --db large.db user list --json
fi
cat >log.py <<'PY'
import os, subprocess, sys, threading, time
program, creates = os.environ["TASKMGR"], int(sys.argv[1])
def run(readers):
    name = f"log{readers}.db"
    command = [program, "--db", name]
    subprocess.run(command + ["db", "upgrade", "-q"], check=True)
    script = "".join(f"user create --username u{i} --firstname F --lastname L "
                     "--age 1\n" for i in range(creates))
    writer = subprocess.Popen(command + ["-q"], text=True,
                              stdin=subprocess.PIPE,
                              stdout=subprocess.DEVNULL)
    most = 0
    def read():
        while writer.poll() is None:
            subprocess.run(command + ["user", "list", "--json"],
                           stdout=subprocess.DEVNULL)
    threads = [threading.Thread(target=read) for _ in range(readers)]
    threads.append(threading.Thread(target=writer.communicate, args=[script]))
    for thread in threads:
        thread.start()
    while writer.poll() is None:
        try:
            most = max(most, os.stat(name + "-wal").st_size)
        except FileNotFoundError:
            pass
        time.sleep(0.01)
    for thread in threads:
        thread.join()
    print(f"{f'largest log, {readers} readers':36} taskmgr "
          f"{most / 1048576:9.1f} MB")
run(0), run(2)
PY
python3 log.py "${CREATES:-5000}"
