#!/usr/bin/python3
"""Rows that go through a file: random tables, written by list in each format
and read by import into an empty copy (insert: by sqlite3), must be the same
rows, with the same storage classes and bytes.

CSV and TSV have no types, so there a column only has values of its own type;
JSON and SQL have any.  Prints TAP.  ROUNDS databases, from SEED on.
"""
import base64
import json
import os
import random
import sqlite3
import struct
import subprocess

TASKMGR = os.environ["TASKMGR"]
SEED = int(os.environ.get("SEED") or random.randrange(1 << 32))
ROUNDS = int(os.environ.get("ROUNDS") or 10)
TYPED = ["csv", "tsv"]
EXACT = ["json", "jsonl", "insert"]

TYPES = ["INTEGER", "BIGINT", "REAL", "DOUBLE PRECISION", "NUMERIC",
         "DECIMAL(20,6)", "BOOLEAN", "TEXT", "VARCHAR(40)", "CLOB", "DATE",
         "TIME", "DATETIME", "TIMESTAMP", "JSON", "BLOB", ""]
STRICT_TYPES = ["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"]
NAMES = ["name", "First name", "first_name", "x-y", "semi;colon", "a,b",
         'say "hi"', "it's", "tab\tname", "line\nname", "back\\slash", "\\N",
         "select", "format", "json", "csv", "where", "limit", "columns",
         "data", "map", "null", "from", "file", "help", "db", "ключ", "名前",
         "😀", "Ünï", "=x", "a=b", "-v", "--w", "$1", "%s", "#h", " lead",
         "trail ", "a.b", "[x]", "0", "true", "order"]
TABLES = ["things", "Order Items", "select", "данные", "a-b", "tab'le"]
TEXTS = ["", " ", "NULL", "null", "\\N", "\\\\N", "\\n", "\\t", '"', '""',
         '"a', 'a"b', "a,b", "a;b", "a\tb", "a\nb", "a\rb", "a\r\nb", "\n",
         "\r", "'", "''", "-", "=1+1", "#x", "0", "1.0", "true", "\ufeffx",
         "\x01\x1b[31m\x7f", "x" * 30, "\\", "a\\", " lead", "trail ", "{}",
         '{"$text":"x"}', "9e999", "é", "e\u0301", "\u2028", "\u202e"]
REALS = [0.0, -0.0, 1.0, -1.5, 0.1, 0.1 + 0.2, 1e15, 1e16, 123456789.125,
         5e-324, -5e-324, 2.2250738585072014e-308, 1.7976931348623157e308,
         1e300, -1e-300, float("inf"), float("-inf"), 9.2233720368547758e18,
         9007199254740993.0, 1 / 3]
INTEGERS = [0, 1, -1, 255, 1 << 31, 1 << 53, (1 << 53) + 1, (1 << 63) - 1,
            -(1 << 63), -(1 << 63) + 1]
DOCUMENTS = ["{}", "[]", '{"a": [1, null, "x"]}', '"text"', "true", "null",
             "12", "-0.5", '{"é":"\\u00e9"}', ' {"a":1}', "[1,\n2]",
             '"a,\\"b"']


def any_text(rng):
    """Texts of every plane of Unicode."""
    if rng.random() < 0.6:
        return rng.choice(TEXTS)
    out = []
    for _ in range(rng.randrange(1, 12)):
        plane = rng.choice([0, 0, 0] + list(range(17)))
        code = (plane << 16) + rng.randrange(0x10000)
        if code and not 0xd800 <= code < 0xe000:
            out.append(chr(code))
    return "".join(out)


def any_real(rng):
    if rng.random() < 0.5:
        return rng.choice(REALS)
    real = struct.unpack("d", rng.randbytes(8))[0]
    return real if real == real else 0.25


def any_integer(rng):
    return rng.choice(INTEGERS) if rng.random() < 0.5 else \
        rng.randrange(-(1 << 63), 1 << 63)


def decimal(rng):
    """A number that NUMERIC keeps: an integer, or one of 15 digits."""
    if rng.random() < 0.5:
        return any_integer(rng)
    return rng.randrange(-10**14, 10**14) / rng.choice([1.0, 8.0, 100.0, 1e6])


def typed(rng, kind):
    """A value as the column's type has it."""
    day = f"{rng.randrange(1, 9999):04}-{rng.randrange(1, 13):02}-" \
        f"{rng.randrange(1, 29):02}"
    clock = f"{rng.randrange(24):02}:{rng.randrange(60):02}:" \
        f"{rng.randrange(60):02}"
    if kind in ("INTEGER", "BIGINT", "INT"):
        return any_integer(rng)
    if kind in ("REAL", "DOUBLE PRECISION"):
        return any_real(rng)
    if kind in ("NUMERIC", "DECIMAL(20,6)"):
        return decimal(rng)
    if kind == "BOOLEAN":
        return rng.randrange(2)
    if kind == "DATE":
        return day
    if kind == "TIME":
        return clock
    if kind in ("DATETIME", "TIMESTAMP"):
        return f"{day} {clock}"
    if kind == "JSON":
        return rng.choice(DOCUMENTS)
    if kind == "BLOB":
        return rng.randbytes(rng.choice([0, 1, 2, 3, 20, 300]))
    return any_text(rng)


class Table:
    def __init__(self, rng):
        self.rng = rng
        self.name = rng.choice(TABLES)
        self.strict = rng.random() < 0.25
        self.checked = []  # the columns that have a value of their own
        columns, options = [], ["STRICT"] if self.strict else []
        names = rng.sample(NAMES, rng.randrange(1, 8))
        key = rng.randrange(6)
        if key < 3:
            columns.append("id INTEGER PRIMARY KEY")
            self.checked.append(("id", "INTEGER", "id"))
            if rng.random() < 0.4:
                columns.append("parent_id INTEGER REFERENCES "
                               f"{quote(self.name)} (id)")
                self.checked.append(("parent_id", "INTEGER", "parent"))
        for name in names:
            kind = rng.choice(STRICT_TYPES if self.strict else TYPES)
            how = "null"
            text = f"{quote(name)} {kind}"
            if rng.random() < 0.3:
                how = "not null"
                text += " NOT NULL" + rng.choice(
                    ["", " DEFAULT 'x'" if kind in ("TEXT", "") else ""])
            elif rng.random() < 0.2 and kind in ("TEXT", "CLOB"):
                text += " DEFAULT 'other'"
            columns.append(text)
            self.checked.append((name, kind, how))
        if rng.random() < 0.2:
            columns.append("made TEXT GENERATED ALWAYS AS "
                           f"(typeof({quote(names[0])})) "
                           + rng.choice(["STORED", "VIRTUAL"]))
        if key == 3:
            columns.append(f"PRIMARY KEY ({quote(names[0])})")
            if rng.random() < 0.5:
                options.append("WITHOUT ROWID")
        self.sql = f"CREATE TABLE {quote(self.name)} (\n\t" + \
            ",\n\t".join(columns) + "\n) " + ", ".join(options)

    def value(self, kind, how, number, count, exact):
        rng = self.rng
        if how == "id":
            return number if number % 3 else -number
        if how == "parent":
            other = rng.randrange(1, count + 1)
            return rng.choice([None, other if other % 3 else -other])
        if how == "null" and rng.random() < 0.25:
            return None
        if exact and not self.strict and rng.random() < 0.3:
            kind = rng.choice(TYPES)
        if kind == "ANY" and exact:
            kind = rng.choice(STRICT_TYPES)
        value = typed(rng, kind)
        return value

    def fill(self, db, exact):
        count = self.rng.randrange(0, 14)
        put = f"INSERT OR IGNORE INTO {quote(self.name)} (" + \
            ", ".join(quote(name) for name, _, _ in self.checked) + \
            ") VALUES (" + ", ".join("?" * len(self.checked)) + ")"
        for number in range(1, count + 1):
            row = [self.value(kind, how, number, count, exact)
                   for _, kind, how in self.checked]
            try:
                db.execute(put, row)
            except sqlite3.IntegrityError:
                pass  # INTEGER PRIMARY KEY takes nothing else
        if ("parent_id", "INTEGER", "parent") in self.checked:
            name = quote(self.name)
            db.execute(f"UPDATE {name} SET parent_id = NULL WHERE parent_id "
                       f"NOT IN (SELECT id FROM {name})")


def quote(name):
    return '"' + name.replace('"', '""') + '"'


def rows(path, table):
    db = sqlite3.connect(path)
    db.text_factory = bytes
    names = [row[1].decode() for row in
             db.execute(f"PRAGMA table_xinfo({quote(table.name)})")]
    out = db.execute("SELECT " + ", ".join(
        f"typeof({quote(n)}), CASE typeof({quote(n)}) WHEN 'real' THEN "
        f"bits({quote(n)}) ELSE CAST({quote(n)} AS BLOB) END"
        for n in names) + f" FROM {quote(table.name)}") \
        if not db.create_function("bits", 1, lambda x: struct.pack("d", x)) \
        else None
    out = sorted(out, key=repr)
    db.close()
    return out


def run(*words, data=None):
    done = subprocess.run([TASKMGR, *words], input=data, capture_output=True,
                          env={"LC_ALL": "C.UTF-8", "HOME": "/nonexistent",
                               "PATH": os.environ["PATH"], "TZ": "UTC"})
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def empty(path, table):
    for end in "", "-wal", "-shm", "-journal":
        if os.path.exists(path + end):
            os.unlink(path + end)
    db = sqlite3.connect(path)
    db.execute(table.sql)
    db.commit()
    return db


def read_back(format, text, table):
    """None, or what went wrong."""
    db = empty("there.db", table)
    if format == "insert":
        try:
            db.executescript(text.decode())
        except sqlite3.Error as error:
            return f"sqlite3: {error}"
        db.close()
        return None
    db.close()
    # By name, and by content where that is enough.
    words = ["--from", format] if format in TYPED or \
        table.rng.random() < 0.5 else []
    status, _, wrong = run("--db", "there.db", table.name, "import", "-",
                           *words, data=text)
    return wrong if status else None


def try_format(format, table, wanted):
    status, text, wrong = run("--db", "here.db", table.name, "list",
                              "--format", format)
    if status:
        return f"list: {wrong}"
    wrong = read_back(format, text, table)
    if not wrong:
        got = rows("there.db", table)
        if got == wanted:
            return None
        wrong = "\n".join(["rows that went:"] +
                          [repr(row) for row in wanted if row not in got] +
                          ["rows that came:"] +
                          [repr(row) for row in got if row not in wanted])
    return f"{wrong}\n{text[:2000]!r}"


def one_round(rng):
    """What went wrong in one database."""
    table = Table(rng)
    for formats, exact in (TYPED, False), (EXACT, True):
        db = empty("here.db", table)
        table.fill(db, exact)
        db.commit()
        db.close()
        wanted = rows("here.db", table)
        for format in formats:
            wrong = try_format(format, table, wanted)
            if wrong:
                return f"{format}: {table.sql}\n{wrong}"
    return None


def main():
    failed = 0
    for number in range(ROUNDS):
        seed = SEED + number
        wrong = one_round(random.Random(seed))
        if wrong:
            failed += 1
            print(f"not ok {number + 1} - SEED={seed} ROUNDS=1")
            for line in wrong.splitlines()[:60]:
                print("#  ", line[:1000])
    if not failed:
        print(f"ok 1 - {ROUNDS} random tables in each format")
    print(f"# seed {SEED}")
    print(f"1..{ROUNDS if failed else 1}")


main()
