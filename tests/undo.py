"""undo.py PROGRAM ROUNDS SEED: random SQL is undone and done again.

Makes tables of every kind of key, some with columns that were added after
their rows, runs random statements with sql --write, and compares all rows
with those before and after.  Prints TAP.
"""

import random
import sqlite3
import subprocess
import sys

program, rounds, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rand = random.Random(seed)
ENCODINGS = ["UTF-8", "UTF-16le", "UTF-16be"]
VALUES = ["NULL", "0", "1", "-7", "9223372036854775807", "2.0", "1e300",
          "-0.5", "''", "'x'", "'5'", "'5.0'", "'a''b'", "'\u00e4\U0001f600'",
          "x''", "x'00ff'", "zeroblob(300)", "hex(zeroblob(200))"]
KEYS = ["1", "2", "3", "4", "7", "2.0", "'2'", "'x'", "x'01'"]
SCHEMA = """
    CREATE TABLE number (k INTEGER PRIMARY KEY, a, b TEXT, c REAL, d INTEGER);
    CREATE TABLE word (k TEXT NOT NULL PRIMARY KEY, a, b TEXT COLLATE NOCASE,
        c REAL, d INTEGER UNIQUE, UNIQUE (b, c));
    CREATE TABLE measure (k REAL NOT NULL PRIMARY KEY, a, b TEXT, c REAL,
        d INTEGER);
    CREATE TABLE pair (k INTEGER NOT NULL, k2 TEXT NOT NULL DEFAULT 'z',
        a, b TEXT, c REAL, d INTEGER, PRIMARY KEY (k2, k)) WITHOUT ROWID;
    CREATE TABLE child (k INTEGER PRIMARY KEY, a INTEGER
        REFERENCES number ON DELETE CASCADE ON UPDATE CASCADE, b TEXT, c REAL,
        d INTEGER REFERENCES number ON DELETE SET NULL ON UPDATE SET NULL);
    CREATE TABLE log (k INTEGER PRIMARY KEY, a, b TEXT, c REAL, d INTEGER);
    CREATE TRIGGER t1 AFTER UPDATE ON word BEGIN
        INSERT INTO log (a) VALUES (old.k); DELETE FROM log WHERE k < 3; END;
    CREATE TRIGGER t2 AFTER INSERT ON pair BEGIN
        UPDATE pair SET a = new.k WHERE k = new.k; END;
"""
TABLES = ["number", "word", "measure", "pair", "child", "log"]
LATER = ["e TEXT DEFAULT 'later'", "f INTEGER NOT NULL DEFAULT 7",
         "g REAL DEFAULT 3"]


def value():
    return rand.choice(VALUES)


def make(path):
    db = sqlite3.connect(path)
    db.executescript("PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF;"
                     "PRAGMA encoding = '%s';" % rand.choice(ENCODINGS)
                     + SCHEMA)
    for _ in range(40):
        try:
            db.execute(insert(rand.choice(TABLES), ""))
        except sqlite3.Error:
            pass
    db.commit()
    columns = dict.fromkeys(TABLES, "")
    for name in TABLES:
        for column in rand.sample(LATER, rand.randint(0, 3)):
            if name == "pair":  # SQLite 3.40 cannot say what its rows have
                break
            db.execute("ALTER TABLE %s ADD COLUMN %s" % (name, column))
            columns[name] += column[0]
    db.commit()
    return db, columns


def insert(name, later):
    words = ["k", "a", "b", "c", "d"] + [c for c in later if rand.random() < .5]
    values = [rand.choice(KEYS)] + [value() for _ in words[1:]]
    kind = rand.choice(["INSERT", "REPLACE", "INSERT OR IGNORE"])
    end = rand.choice(["", " ON CONFLICT DO UPDATE SET a = excluded.b, k = 3"])
    return "%s INTO %s (%s) VALUES (%s)%s" % (
        kind, name, ", ".join(words), ", ".join(values),
        end if kind == "INSERT" else "")


def statement(columns):
    name = rand.choice(TABLES)
    names = "kabcd" + columns[name]
    where = rand.choice(["", " WHERE k = " + rand.choice(KEYS), " WHERE a = b",
                         " WHERE %s IS NULL" % rand.choice(names)])
    kind = rand.random()
    if kind < 0.4:
        return insert(name, columns[name])
    if kind < 0.6:
        return "DELETE FROM " + name + where
    if kind < 0.7:
        return "UPDATE %s SET k = k + 1 WHERE k = (SELECT max(k) FROM %s)" % (
            name, name)
    return "UPDATE OR REPLACE %s SET %s = %s%s" % (
        name, rand.choice(names), value(), where)


def rows(db):
    # As text: Python's 2 equals its 2.0, which are two values to SQLite.
    return [repr(db.execute("SELECT * FROM %s ORDER BY k, b" % t).fetchall())
            for t in TABLES]


def run(*words):
    return subprocess.run([program, "--db", "undo.db", *words],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          text=True)


def play():
    """Runs a random change; returns what became of it, and its SQL."""
    open("undo.db", "w").close()
    db, columns = make("undo.db")
    sql = "; ".join(statement(columns) for _ in range(rand.randint(1, 5)))
    before = rows(db)
    if run("sql", "--write", sql).returncode != 0:
        return "failed" if rows(db) == before else "failed in part", sql
    after = rows(db)
    if before == after:
        return "unchanged", sql
    for word, wanted in ("undo", before), ("redo", after):
        errors = run(word).stderr
        if errors or rows(db) != wanted:
            return word + ": " + (errors.strip() or "other rows"), sql
    return "undone", sql


counts = dict.fromkeys(["undone", "unchanged", "failed"], 0)
bad = []
for number in range(rounds):
    outcome, sql = play()
    if outcome in counts:
        counts[outcome] += 1
    else:
        bad.append("%d: %s\n# %s" % (number, sql, outcome))
print("# seed %d: %s" % (seed, counts))
for text in bad[:5]:
    print("# " + text)
print("%s 1 - %d random changes are undone and done again" %
      ("ok" if counts["undone"] and not bad else "not ok", rounds))
print("1..1")
