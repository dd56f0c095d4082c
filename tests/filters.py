"""filters.py PROGRAM ROUNDS SEED: random filters against SQLite's own judgement.

Makes two tables, and conditions both as taskmgr's --where and as SQL over a
LEFT JOIN; the rows must be the same.  Prints TAP.
"""

import random
import sqlite3
import subprocess
import sys

program, rounds, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rand = random.Random(seed)
WORDS = ["", "a", "Ab", "it's", 'say "x"', "a,b", "a b", "50%", "x_y", "back\\",
         "(p)", "NULL", "not", "and", "ПаШа", "паша", "straße", "12", "-1", "ß"]
ALIAS = {"=": ["=", "=="], "!=": ["!=", "<>"]}
SQL = {"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
WORD_OF = {"=": "eq", "!=": "ne", "<": "lt", "<=": "lte", ">": "gt",
           ">=": "gte"}
COLUMNS = {  # name in a filter: SQL, how to make a value
    "id": ("t.id", "integer"), "title": ("t.title", "text"),
    "n": ("t.n", "integer"), "r": ("t.r", "real"), "done": ("t.done", "boolean"),
    "due": ("t.due", "date"), "user_id": ("t.user_id", "integer"),
    "user.id": ("u.id", "integer"), "user.name": ("u.name", "text"),
    "user.age": ("u.age", "integer"),
    "user.boss.age": ("b.age", "integer"), "user.boss.name": ("b.name", "text"),
}


def maybe(value):
    return None if rand.random() < 0.2 else value


def date():
    return "2026-%02d-%02d" % (rand.randint(1, 12), rand.randint(1, 28))


def make_rows(db):
    db.executescript("""
        CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER,
            boss_id INTEGER REFERENCES users (id));
        CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT, n INTEGER,
            r REAL, done BOOLEAN, due DATE,
            user_id INTEGER REFERENCES users (id));
        CREATE INDEX ix ON tasks (user_id);""")
    for i in range(1, 13):
        db.execute("INSERT INTO users VALUES (?, ?, ?, ?)",
                   (i, maybe(rand.choice(WORDS)), maybe(rand.randint(0, 9)),
                    maybe(rand.randint(1, i))))
    for i in range(1, 61):
        db.execute("INSERT INTO tasks VALUES (?, ?, ?, ?, ?, ?, ?)",
                   (i, maybe(rand.choice(WORDS)), maybe(rand.randint(-3, 9)),
                    maybe(rand.randint(-4, 4) / 2), maybe(rand.randint(0, 1)),
                    maybe(date()), maybe(rand.randint(1, 12))))
    db.commit()


def literal(text):
    return "'" + text.replace("'", "''") + "'"


def quoted(text):
    quote = rand.choice("\"'")
    within = rand.choice([quote + quote, "\\" + quote])
    return quote + text.replace("\\", "\\\\").replace(quote, within) + quote


def make_value(kind):
    """A value as a filter has it, and as SQL has it."""
    if kind == "text":
        text = rand.choice(WORDS)
        bare = text and not set(text) & set(" ,()\"'\\") and rand.random() < 0.5
        return (text if bare and text.lower() not in ("and", "or", "null") else
                quoted(text)), literal(text)
    if kind == "boolean":
        return rand.choice([("true", "1"), ("false", "0"), ("1", "1")])
    if kind == "date":
        text = date()
        return text, literal(text)
    text = str(rand.randint(-3, 9) if kind == "integer"
               else rand.randint(-4, 4) / 2)
    return text, text


def blanks():
    return rand.choice(["", "", " "])


def make_condition():
    name = rand.choice(list(COLUMNS))
    sql, kind = COLUMNS[name]
    roll = rand.random()
    if roll < 0.1:
        sign = rand.choice(["=", "!="])
        word = " is null " if sign == "=" else " IS  NOT NULL "
        return (name + rand.choice([blanks() + sign + " ", word]),
                sql + (" IS NULL" if sign == "=" else " IS NOT NULL"))
    if roll < 0.3 and kind == "text":
        text, part = make_value(kind)
        sign = rand.choice(["~", "!~"])
        return (name + blanks() + sign + blanks() + text,
                "%s contains(%s, %s)" % ("" if sign == "~" else "NOT", sql, part))
    if roll < 0.45:
        values = [make_value(kind) for _ in range(rand.randint(2, 4))]
        sign = rand.choice(["=", "!="])
        words = rand.choice([", ", ","]).join(text for text, _ in values)
        said = rand.choice([sign + words, " in (%s)" % words, ".in=" + words]
                           if sign == "=" else
                           [sign + words, " not in (%s)" % words])
        return (name + said,
                "%s %s (%s)" % (sql, "IN" if sign == "=" else "NOT IN",
                                ", ".join(part for _, part in values)))
    sign = rand.choice(list(SQL))
    text, part = make_value(kind)
    said = rand.choice(["." + WORD_OF[sign] + "=", " %s " % WORD_OF[sign],
                        blanks() + rand.choice(ALIAS.get(sign, [sign])) +
                        blanks()])
    return name + said + text, "%s %s %s" % (sql, SQL[sign], part)


def make_filter(depth):
    roll = rand.random()
    if depth == 0 or roll < 0.4:
        return make_condition()
    if roll < 0.55:
        text, sql = make_filter(depth - 1)
        return "not (" + text + ")", "NOT (" + sql + ")"
    word = rand.choice(["and", "or", "AND"])
    parts = [make_filter(depth - 1) for _ in range(rand.randint(2, 3))]
    return ((" %s " % word).join("(" + text + ")" for text, _ in parts),
            (" %s " % word).join("(" + sql + ")" for _, sql in parts))


def shell(word):
    return "'" + word.replace("'", "'\\''") + "'"


def main():
    db = sqlite3.connect("filters.db")
    db.create_function("contains", 2, lambda text, part: None if text is None
                       else int(lower(part) in lower(text)))
    make_rows(db)
    filters = [make_filter(3) for _ in range(rounds)]
    with open("script", "w", encoding="utf-8") as script:
        for text, _ in filters:
            script.write("task list --columns id --csv --no-header --where %s\n"
                         "task count --csv --no-header --where %s\n"
                         % (shell(text), shell(text)))
    done = subprocess.run([program, "--db", "filters.db", "-f", "script"],
                          capture_output=True, text=True, check=False)
    lines = done.stdout.split("\n")
    wrong = done.stderr[:500]
    for text, sql in filters:
        wanted = [str(row[0]) for row in db.execute(
            "SELECT t.id FROM tasks t LEFT JOIN users u ON u.id = t.user_id "
            "LEFT JOIN users b ON b.id = u.boss_id WHERE " + sql +
            " ORDER BY t.id")]
        got = lines[:len(wanted) + 1]
        del lines[:len(wanted) + 1]
        if got and sorted(got[:-1], key=int) == sorted(wanted, key=int) and \
                got[-1] == str(len(wanted)):
            continue
        wrong = wrong or "%s\nas SQL: %s\nwanted %s\ngot %s" % (
            text, sql, wanted, got)
        break
    print("# seed %d" % seed)
    print("%sok 1 - %d random filters" % ("not " if wrong else "", rounds))
    for line in wrong.splitlines():
        print("# " + line)
    print("1..1")


def lower(text):
    """Unicode's simple lower case, a code point at a time."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


main()
