#!/usr/bin/python3
"""Values that go out and come back: random tables, filled by SQLite itself.

For every row, what list and show print as JSON is given back: all of it to
create in an empty copy, each row to update on itself, over the shell and over
HTTP.  Each value must come back with its storage class and bytes, or the
program must refuse it and say why; a refusal that isn't known here is a
failure.  Prints TAP.  ROUNDS databases, from SEED on.
"""
import json
import os
import random
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

TASKMGR = os.environ["TASKMGR"]
SEED = int(os.environ.get("SEED") or random.randrange(1 << 32))
ROUNDS = int(os.environ.get("ROUNDS") or 6)
ROWS = 30

TYPES = [
    "", "INTEGER", "INT", "BIGINT", "REAL", "FLOAT", "DOUBLE PRECISION",
    "NUMERIC", "DECIMAL(10,2)", "MONEY", "BOOLEAN", "TEXT", "VARCHAR",
    "CLOB", "DATE", "TIME", "DATETIME", "TIMESTAMP", "JSON", "JSONB", "BLOB",
    "POINT", "INTEGER_OR_TEXT", "STRING", "UUID", "JSON TEXT", "DATE TEXT",
    "VARCHAR(4)", "FLOATING POINT", "JSON BLOB", "BOOLEAN TEXT", "DATETIME BLOB",
]
STRICT_TYPES = ["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"]

TEXTS = [
    b"", b"abc", b"5", b"1.0", b"0x10", b"1e5", b" 7 ", b"true", b"no", b"null", b"NULL",
    b"abcd", b"aGk=", b"AAE=", b"x'00'", b"9e999", b"Infinity", b"-0",
    b"12345678901234567890", b"9223372036854775807", b"1e400",
    b'{"a":1}', b'{"a": 1}', b' {"a":1}', b'{\n  "a": [1.50, 2]\n}',
    b"[]", b'["x"]', b'"abc"', b"false", b'"\\u00e9"', b'"\\ud800"',
    b'"\\u0000"', b'"\\ud83d\\ude00"', b"[12345678901234567890, 1e999, -0]",
    b'{"a":1,"a":2}', b'{"$text":"x"}', b'{"$integer": 5}', b'{"$text":[1]}',
    b'{"\\u0024text":"x"}', b'{ "$base64" : "AAE=" }', b"{'a':1}", b"[1,]",
    b"2026-01-31", b"2026-01-31 10:11", b"2026-01-31 10:11:12",
    b"2026-01-31 10:11:12.123456", b"2026-01-31T10:11:12Z",
    b"2026-01-31T10:11:12", b"2026-01-31 10:11:12+02:00", b"2026-01-31_10:11",
    b"2026-01-31 10:11:12.000 +00:00", b"2026-01-31 00:00:00", b"2026-1-1",
    b"2026-02-30", b"10:11", b"10:11:12.5", b"10:11Z", b"24:00", b"now",
    "žluťoučký 😀".encode(), b"a\nb\r\n", b"\t\"\\'", b"\x01\x1b[31m\x7f",
    b"a\0b", b"\0", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbfx",
    b"-1", b"+1", b"a,b", b"1,2", b"@x", b"$1", b"x" * 300,
]
NUMBERS = [
    0, 1, -1, 2, 5, 1 << 53, (1 << 53) + 1, -(1 << 53) - 1, (1 << 63) - 1,
    -(1 << 63), 1767225600, 0.0, -0.0, 1.0, 1.5, -2.5, 0.1, 0.1 + 0.2, 1e16,
    1e15, 123456789.125, 1e300, -1e300, 5e-324, 1.7976931348623157e308,
    2460676.5, 1e18, 1e19, 9.2233720368547758e18, float("inf"),
    float("-inf"), 1 / 3, 2e-5,
]
BLOBS = [b"", b"abcd", b"5", b"\0\1", b"\xff" * 5, b"null", b"hello world"]

# What may be refused, and why.
REFUSALS = [
    r"Duplicate property name",
    r"(String should|must) have at most 4 characters",
]
# Of an update besides: what KEY says in words may be that of two rows, or of
# another one.
KEY_REFUSALS = [r"matches two \S+", r"Field is frozen",
                r"cannot be changed"]


class Text(bytes):
    """Bytes that are put in as text."""


def random_value(rng):
    kind = rng.randrange(12)
    if kind == 0:
        return None
    if kind < 5:
        return rng.choice(NUMBERS)
    if kind == 5:
        return rng.randrange(-(1 << 63), 1 << 63)
    if kind == 6:
        real = struct.unpack("d", rng.randbytes(8))[0]
        return real if real == real else 0.5
    if kind < 10:
        return Text(rng.choice(TEXTS))
    if kind == 10:
        return rng.randbytes(rng.randrange(9))
    return rng.choice(BLOBS)


class Table:
    def __init__(self, rng, number):
        self.name = f"thing{number}"
        self.strict = rng.random() < 0.25
        types = STRICT_TYPES if self.strict else TYPES
        self.columns = [
            (rng.choice(["c", "Total ", "x-", "sel_"]) + str(i),
             rng.choice(types))
            for i in range(rng.randrange(1, 8))
        ]
        self.parent = None
        self.rowid = True
        options = ["STRICT"] if self.strict else []
        lines = [f'"{name}" {kind}' for name, kind in self.columns]
        key = rng.randrange(5)
        if key == 0:
            self.key = []
        elif key < 3:
            at = rng.randrange(len(lines) + 1)
            self.key = ["id"]
            self.columns.insert(at, ("id", "INTEGER"))
            lines.insert(at, "id INTEGER PRIMARY KEY")
            if rng.random() < 0.5:
                self.parent = rng.choice(["boss", "parent_id"])
                kind = "INTEGER" if self.strict else rng.choice(
                    ["INTEGER", "INT", "", "NUMERIC", "TEXT"])
                self.columns.append((self.parent, kind))
                lines.append(
                    f"{self.parent} {kind} REFERENCES {self.name} (id)")
        else:
            self.key = [name for name, _ in self.columns[: key - 2]]
            columns = ", ".join(f'"{name}"' for name in self.key)
            lines.append(f"PRIMARY KEY ({columns})")
            if rng.random() < 0.5:
                options.append("WITHOUT ROWID")
                self.rowid = False
        self.sql = (f"CREATE TABLE {self.name} ({', '.join(lines)}) "
                    + ", ".join(options))

    def where(self):
        return self.key or ["rowid"]


def fill(db, table, rng):
    names = [name for name, _ in table.columns]
    for i in range(ROWS):
        values = []
        for name, _ in table.columns:
            value = random_value(rng)
            if name == "id" and table.key == ["id"]:
                value = rng.choice([i, i, -i, (1 << 53) + i])
            elif name == table.parent:
                value = None if i == 0 else rng.choice([None, "any", "own"])
            elif name in table.key and value is None:
                value = i
            values.append(value)
        marks = []
        for k, value in enumerate(values):
            marks.append("CAST(? AS TEXT)" if isinstance(value, Text) else "?")
            if value == "own":
                values[k] = values[names.index("id")]
            elif value == "any":
                values[k] = db.execute(
                    f"SELECT id FROM {table.name} ORDER BY random() LIMIT 1"
                ).fetchone()
                values[k] = values[k] and values[k][0]
        columns = ", ".join(f'"{name}"' for name in names)
        try:
            db.execute(
                f"INSERT INTO {table.name} ({columns}) "
                f"VALUES ({', '.join(marks)})",
                [bytes(v) if isinstance(v, Text) else v for v in values])
        except sqlite3.Error:
            pass  # a STRICT type or a key that is taken
    # Later rows named by earlier ones.
    if table.parent:
        db.execute(f"UPDATE {table.name} SET {table.parent} = (SELECT max(id) "
                   f"FROM {table.name}) WHERE id % 3 = 0")
    db.commit()


def exact(value):
    return struct.pack("d", value) if isinstance(value, float) else value


def rows_of(path, table):
    """Every value, with its class and quote()."""
    db = sqlite3.connect(path)
    db.text_factory = bytes
    columns = ", ".join(
        f'"{name}", typeof("{name}"), quote("{name}")'
        for name, _ in table.columns)
    order = ", ".join(f'"{name}"' for name in table.where())
    if not table.key:
        columns = "rowid, " + columns
    rows = db.execute(f"SELECT {columns} FROM {table.name} ORDER BY {order}")
    rows = [tuple(map(exact, row)) for row in rows]
    db.close()
    return rows


def run(*words, data=None):
    done = subprocess.run([TASKMGR, *words], input=data, capture_output=True,
                          env={"PATH": os.environ["PATH"], "TZ": "UTC",
                               "LC_ALL": "C.UTF-8", "HOME": os.getcwd(),
                               "ASAN_OPTIONS":
                               os.environ.get("ASAN_OPTIONS", "")},
                          check=False)
    return done.returncode, done.stdout, done.stderr


class Server:
    def __init__(self, path):
        self.process = subprocess.Popen(
            [TASKMGR, "--db", path, "--serve", "--port", "0"],
            stderr=subprocess.PIPE)
        line = self.process.stderr.readline().decode()
        self.url = re.search(r"http://[0-9.:]+", line).group(0)

    def ask(self, method, path, data=None):
        request = urllib.request.Request(
            self.url + path, data=data, method=method,
            headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request) as answer:
                return 0, answer.read(), b""
        except urllib.error.HTTPError as error:
            return error.code, b"", error.read()

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stderr.close()


class Trial:
    """One database, and the copy that its rows are given back to."""

    def __init__(self, number):
        self.rng = random.Random(SEED + number)
        self.number = number
        self.faults = []
        self.came_back = 0
        self.refused = 0
        self.tables = [Table(self.rng, i) for i in range(6)]
        for path in ("from.db", "empty.db"):
            db = sqlite3.connect(path)
            for table in self.tables:
                db.execute(table.sql)
            if path == "from.db":
                for table in self.tables:
                    fill(db, table, self.rng)
            db.commit()
            db.close()

    def fault(self, table, door, why):
        self.faults.append(
            f"seed {SEED + self.number}: {table.sql}\n{door}: {why}")

    def judge(self, table, door, answer, before, after, untouched, known=()):
        """before are the rows that were given, after those that are there."""
        status, _, error = answer
        if status == 0 and before == after:
            self.came_back += 1
            return True
        if status == 0:
            for old, new in zip(before, after):
                for a, b in zip(old, new):
                    if a != b:
                        self.fault(table, door, f"{old} is {new}")
                        return True
            self.fault(table, door, f"{len(before)} rows are {len(after)}")
            return True
        if after != untouched:
            self.fault(table, door, "refused, but not without a trace")
        text = error.decode(errors="replace")
        if any(re.search(words, text) for words in [*REFUSALS, *known]):
            self.refused += 1
            return False
        self.fault(table, door, f"refused: {text[:400]}")
        return False

    def create_all(self, table, door, lines, create):
        """All rows at once; one by one where that is refused."""
        before = rows_of("from.db", table)
        shutil.copy("empty.db", "to.db")
        answer = create("to.db", b"[" + b",\n".join(lines) + b"]")
        if answer[0] == 0 or not table.parent:
            self.judge(table, door, answer, before, rows_of("to.db", table),
                       [])

    def shell_create(self, table, option):
        _, out, _ = run("--db", "from.db", table.name, "list", option)
        before = rows_of("from.db", table)
        shutil.copy("empty.db", "to.db")
        answer = run("--db", "to.db", table.name, "create", "--data", "-",
                     "-q", "--jsonl", data=out)
        return self.judge(table, f"list {option} to create", answer, before,
                          rows_of("to.db", table), []), out

    def shell_each(self, table):
        """Row by row, so that one refusal hides no other row."""
        _, out, _ = run("--db", "from.db", table.name, "list", "--jsonl")
        before = rows_of("from.db", table)
        for line in out.splitlines():
            shutil.copy("empty.db", "to.db")
            answer = run("--db", "to.db", table.name, "create", "--data",
                         "@/dev/stdin", "-q", data=line)
            if table.parent:
                continue
            after = rows_of("to.db", table)
            same = [row for row in before if row in after]
            self.judge(table, f"create {line[:300]}", answer, same or before,
                       after, [])

    def shell_update(self, table):
        before = rows_of("from.db", table)
        _, out, _ = run("--db", "from.db", table.name, "list", "--jsonl")
        for line in self.rng.sample(out.splitlines(), min(3, len(before))):
            key, known = self.key_of(table, line)
            if key is None:
                continue
            answer = run("--db", "from.db", table.name, "update", "--data",
                         "@/dev/stdin", "-q", "--", key, data=line)
            self.judge(table, f"update {key} {line[:300]}", answer, before,
                       rows_of("from.db", table), before, known)

    @staticmethod
    def key_of(table, line):
        """KEY as the shell and a query have it, and how it may be refused."""
        record = json.loads(line)
        parts = []
        known = []
        kinds = dict(table.columns)
        for name in table.where():
            part = record[name]
            if isinstance(part, dict):
                tag, part = next(iter(part.items()))
                # A key of another class than its column's may have no text
                # that means it alone.
                known = [*KEY_REFUSALS, "was not found"]
                if tag == "$text_base64":
                    return None, known
            # A JSON column's text is quoted: "abc" in JSON, \"abc\" as a key.
            if isinstance(part, str) and "JSON" in kinds.get(name, ""):
                known = [*KEY_REFUSALS, "was not found"]
            if not isinstance(part, int) or isinstance(part, bool):
                known = known or KEY_REFUSALS
            if isinstance(part, (list, type(None), bool, float)):
                return None, known
            parts.append(str(part))
        if any("," in part for part in parts[:-1]) or "\0" in parts[-1]:
            return None, known
        return ",".join(parts), known

    def http(self, table, source, target):
        noun = table.name
        before = rows_of("from.db", table)
        status, rows, error = source.ask("GET", f"/{noun}/")
        if status:
            self.fault(table, "GET", error)
            return
        answer = target.ask("POST", f"/{noun}/create", rows)
        self.judge(table, "GET to POST", answer, before,
                   rows_of("served.db", table), [])
        if not before:
            return
        line = self.rng.choice(json_lines(rows))
        key, known = self.key_of(table, line)
        if key is None or known:
            return
        for method in ("PUT", "PATCH"):
            answer = source.ask(
                method, f"/{noun}/update?{noun}_id={urllib.parse.quote(key)}",
                line)
            self.judge(table, f"{method} {line[:300]}", answer, before,
                       rows_of("from.db", table), before)

    def run(self):
        for table in self.tables:
            for option in ("--json", "--jsonl"):
                back, _ = self.shell_create(table, option)
            if not back:
                self.shell_each(table)
            self.shell_update(table)
        shutil.copy("empty.db", "served.db")
        source, target = Server("from.db"), Server("served.db")
        try:
            for table in self.tables:
                self.http(table, source, target)
        finally:
            source.stop()
            target.stop()
        return self


def json_lines(rows):
    """The records of an array as the program writes it, one a line."""
    text = rows.strip()[1:-1]
    lines = re.split(rb",\n (?=\{)", text)
    return [line for line in lines if is_json(line)]


def is_json(line):
    try:
        json.loads(line)
        return True
    except ValueError:
        return False


def main():
    print(f"# seed {SEED}")
    failed = False
    for number in range(ROUNDS):
        trial = Trial(number).run()
        failed |= bool(trial.faults)
        word = "not ok" if trial.faults else "ok"
        print(f"{word} {number + 1} - values of database {number + 1}: "
              f"{trial.came_back} came back, {trial.refused} refused")
        for fault in trial.faults[:10]:
            print("# " + str(fault).replace("\n", "\n#   "))
        for path in ("from.db", "to.db", "empty.db", "served.db"):
            for suffix in ("", "-wal", "-shm", "-journal"):
                if os.path.exists(path + suffix):
                    os.remove(path + suffix)
    print(f"1..{ROUNDS}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
