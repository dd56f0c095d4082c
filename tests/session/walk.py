#!/usr/bin/python3
"""Random sequences of commands, each at every door: as processes of their own,
with -c, -f, standard input, at a terminal (the REPL) and over HTTP.  All must
give the same answers and leave the same files and rows, those of a model in
plain tables.  walk.py COUNT; SEED and ONLY play one again."""
import os
import random
import sys

from doors import DOORS, OUTSIDE, alone, shown
from folder import Setups, contents, differ, differ_files, scratch
from model import Failure, Model, request

SETUPS = ('missing', 'upgraded', 'users', 'project')

NAMES = ['u1', 'u2', 'u3', 'U 3', 'Zoë', '7', '!!!', "o'x"]
TITLES = ['Walk', 'Buy milk', 'buy  milk', '!!!', 'say "x"']
AGES = ['0', '40', '-1', 'x', '9223372036854775808', '']


def key(rng, *more):
    return rng.choice(['1', '2', '3', 'u1', 'u2', '99', 'nope'] + list(more))


def some(rng, options, least=0):
    """A random part of options, which are (name, values)."""
    words = []
    for name, values in options:
        if rng.random() < 0.8 or least > 0:
            words += ['--' + name, rng.choice(values)]
            least -= 1
    return words


def user_words(rng):
    verb = rng.choice(['list', 'list', 'show', 'show', 'create', 'create',
                       'create', 'update', 'update', 'delete', 'count',
                       'tasks', 'nope'])
    words = ['user', verb]
    fields = [('firstname', ['F', 'G', '']), ('lastname', ['L', "O'L"]),
              ('age', AGES[:2] if rng.random() < 0.8 else AGES)]
    if verb == 'create':
        least = 4 if rng.random() < 0.85 else 0
        words += some(rng, [('username', NAMES)] + fields, least)
    elif verb == 'update':
        words += [key(rng)] + some(rng, fields)
    elif verb == 'delete':
        words += [key(rng)] + (['--yes'] if rng.random() < 0.8 else [])
    elif verb in ('show', 'tasks'):
        words += [key(rng)]
    elif verb == 'list' and rng.random() < 0.3:
        words += rng.choice([['--sort', '-age'], ['--limit', '1'],
                             ['--offset', '1'], ['--nope'], ['extra']])
    return words


def task_words(rng):
    verb = rng.choice(['list', 'show', 'create', 'create', 'update', 'delete',
                       'count'])
    words = ['task', verb]
    fields = [('title', TITLES), ('priority', ['0', '3', 'x'])]
    if verb == 'create':
        if rng.random() < 0.9:
            words += [rng.choice(['--user', '--user-id']), key(rng)]
        words += some(rng, fields, 1)
        words += rng.choice([[], ['--completed'], ['--completed=x']])
    elif verb == 'update':
        words += [key(rng, 'walk', 'buy-milk')] + some(rng, fields)
        words += rng.choice([[], ['--completed'], ['--no-completed']])
    elif verb == 'delete':
        words += [key(rng, 'walk', 'buy-milk'), '--yes']
    elif verb == 'show':
        words += [key(rng, 'walk', 'buy-milk')]
    return words


DB = ['current', 'heads', 'branches', 'history', 'status', 'log', 'info',
      'schema', 'diagram', 'check', 'diff', 'verify', 'vacuum', 'repair',
      'ensure_version', 'list_templates', 'upgrade', 'upgrade +1',
      'upgrade --sql', 'stamp head', 'stamp base', 'stamp nope',
      'downgrade base --yes', 'downgrade -1', 'backup copy.db', 'init',
      'restore copy.db --yes', 'show head', 'merge heads -m joined',
      'revision -m more --rev-id abababab', 'nope', 'upgrade nope',
      'revision --autogenerate -m auto --rev-id acacacac', 'edit head',
      'current -v', 'status --json', 'history --graph', 'history -v', 'log -v',
      'upgrade --backup=before.db', 'stamp head --purge', 'check --drift',
      'check --all', 'diff --sql', 'info --json', 'show f1f1', 'edit nope',
      'downgrade base --sql', 'upgrade f1f1f1f1', 'downgrade f1f1f1f1 -y']


def db_words(rng):
    # Upgrading is what most others need.
    if rng.random() < 0.3:
        return ['db', 'upgrade']
    return ['db'] + rng.choice(DB).split()


ODD = [['help', 'user'], ['help', 'db', 'upgrade'], ['user'], ['db'],
       ['help', 'nope'], ['upgrade'], ['users', 'list'], ['--', 'user'],
       ['user', 'create', '--data', '[]'],
       ['user', 'create', '--data', '{"username": "u5", "age": "x"}'],
       ['user', 'create', '--data', '@nowhere'], ['user', 'list', '-o', 'out'],
       ['user', 'create', '--data', '[{"username": "u6", "firstname": "a;b", '
        '"lastname": "# \\\\ it\'s", "age": 6}, {"username": "u7", '
        '"firstname": "\\n", "lastname": "", "age": 7}]'],
       ['user', 'list', '--migrations=nowhere'], ['user', 'list', '--config=x'],
       ['db', 'current', '--config', 'taskmgr.ini'],
       ['user', 'count', '-o', 'taskmanager.db'], ['user', 'list', '--width=x'],
       ['user', 'count', '--db', '.'], ['user', 'count', '--db=script.sql'],
       ['user', 'list', '--format=nope'], ['user', 'list', '-c', 'x'],
       ['user', 'list', '-nqv', '--null', '-'], ['#', 'x'],
       ['user', 'delete', 'u1', 'u2', '--yes'], ['user', 'show', '1', '2'],
       ['user', 'create', '--set', 'username=u8', '--set', 'age=1']]


def odd_words(rng):
    return list(rng.choice(ODD))


def command(rng):
    words = rng.choice([user_words, user_words, task_words, db_words,
                        odd_words])(rng)
    if words in ODD:
        return words
    chance = rng.random()
    if words[0] != 'db' and chance < 0.6:
        words += ['--jsonl']
    elif words[0] == 'db' and chance < 0.2:
        words.append('--json')  # in which durations have names
    elif words[0] != 'db' and chance < 0.7:
        words += [rng.choice(['--json', '--csv', '--tsv', '--format=line',
                              '--columns=id', '--no-header', '-v'])]
    for option, often in (('-n', 0.1), ('--read-only', 0.07),
                          ('--db=other.db', 0.1), ('-q', 0.05),
                          ('--help', 0.02)):
        if rng.random() < often:
            words.append(option)
    return words


def sequence(rng):
    """(setup, steps, keep_going): steps are words, or the name of what
    another process does between two commands."""
    setup = rng.choice(SETUPS)
    steps = []
    outside = rng.random() < 0.3
    if setup in ('missing', 'project') and rng.random() < 0.7:
        steps += [db_words(rng), ['db', 'upgrade']]
    for _ in range(rng.randint(2, 7)):
        if outside and rng.random() < 0.3:
            steps.append(rng.choice(list(OUTSIDE)))
        steps.append(command(rng))
    return setup, steps, rng.random() < 0.8


def http_sequence(rng):
    """Commands alone that have a route, on a database that is there."""
    steps = []
    while len(steps) < 6:
        words = rng.choice([user_words, task_words])(rng) + ['--jsonl']
        if request(words):
            steps.append(words)
    return 'users', steps, True


def typed(setup, steps):
    lines = ['# in a folder: ' + setup]
    return lines + [step if isinstance(step, str) else
                    'taskmgr --no-input ' + shown.line(step)
                    for step in steps]


def play(setups, setup, steps, keep, doors):
    """Plays a sequence at all doors; Failure says where they differ."""
    folder = setups.fresh(setup, 'alone')
    truth = alone(folder, steps, keep, setups.spare, Model(folder))
    left = contents(folder)
    for name in doors:
        door = DOORS[name]
        if not door.can(steps, keep):
            continue
        folder = setups.fresh(setup, name)
        try:
            got = door.run(folder, steps, keep, setups.spare)
        except (OSError, EOFError, ValueError) as e:
            raise Failure('%s: %r' % (name, e)) from e
        for part, answer in got.items():
            wanted = truth.steps if isinstance(answer, list) else truth.whole
            differ('%s: %s' % (name, part), answer, wanted[part])
        differ_files(contents(folder), left, name + ': ')


def shrink(setups, setup, steps, keep, doors):
    """The fewest steps that still fail, by leaving out one at a time."""
    again = True
    while again:
        again = False
        for i in range(len(steps)):
            fewer = steps[:i] + steps[i + 1:]
            try:
                play(setups, setup, fewer, keep, doors)
            except Failure:
                steps, again = fewer, True
                break
    return steps


def report(setups, name, case, doors):
    """Plays it; prints of a failure what to type.  True if good."""
    setup, steps, keep = case
    try:
        play(setups, setup, steps, keep, doors)
        return True
    except Failure as failure:
        why = failure
    fewest = shrink(setups, setup, steps, keep, doors)
    try:
        play(setups, setup, fewest, keep, doors)
        name += ', which failed only once'
    except Failure as failure:
        steps, why = fewest, failure
    print('not ok - %s' % name)
    for line in typed(setup, steps) + str(why).split('\n'):
        print('#   ' + line)
    return False


def walk(setups, count):
    seed = os.environ.get('SEED') or str(random.randrange(10 ** 6))
    only = os.environ.get('ONLY')
    print('# seed %s' % seed)
    good = True
    for i in [int(only)] if only else range(count):
        rng = random.Random('%s:%d' % (seed, i))
        over_http = i % 8 == 7
        case = http_sequence(rng) if over_http else sequence(rng)
        doors = ['-c', 'http'] if over_http else ['-c', '-f', 'stdin', 'repl']
        if not report(setups, 'sequence %d (SEED=%s ONLY=%d)' % (i, seed, i),
                      case, doors):
            good = False
            break
    if good:
        print('ok - %d sequences at every door' % count)


if __name__ == '__main__':
    with scratch() as top:
        walk(Setups(top), int(sys.argv[1]))
