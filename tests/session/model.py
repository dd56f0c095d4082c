"""Users and tasks as plain tables: what their commands must answer and leave,
whatever taskmgr does."""
import copy
import json
import os
import re
import sqlite3
from contextlib import closing

COLUMNS = {
    'user': ['id', 'username', 'firstname', 'lastname', 'age', 'slug'],
    'task': ['id', 'title', 'content', 'priority', 'completed', 'user_id',
             'slug'],
}
SWITCHES = {'yes', 'completed', 'no-completed', 'jsonl', 'json', 'csv', 'tsv',
            'read-only', 'help', 'no-header', 'nope'}
# Options that this model knows nothing of.
ODD = {'--data', '--set', '-o', '--migrations', '--config', '--db', '--width',
       '--format', '-c', '-nqv', 'help'}
WRITERS = {'create', 'update', 'delete'}
LIMIT = 2 ** 63


class Failure(Exception):
    """What went wrong, for the report."""


class Wrong(Exception):
    """A command that must fail, with one of these statuses."""


def split(words):
    """Options as a dict, and the arguments."""
    options, arguments = {}, []
    rest = list(words[2:])
    while rest:
        word = rest.pop(0)
        if not word.startswith('-'):
            arguments.append(word)
            continue
        name, equals, value = word.lstrip('-').partition('=')
        if not equals:
            value = True if len(word) == 2 or name in SWITCHES else rest.pop(0)
        options[name] = value
    return options, arguments


def slug_of(text):
    text = text.replace('ë', 'e').lower()
    return re.sub(r'[^a-z0-9]+', '-', text).strip('-')


def integer(text):
    if not re.fullmatch(r'[+-]?\d+', text) or not \
            -LIMIT <= int(text) < LIMIT:
        raise Wrong(4)
    return int(text)


def truth(text):
    if text not in (True, 'true', 'false'):
        raise Wrong(2, 4)
    return text in (True, 'true')


class Tables:
    def __init__(self, path):
        self.rows = {'user': {}, 'task': {}}
        uri = 'file:%s?mode=ro' % path
        with closing(sqlite3.connect(uri, uri=True)) as db:
            for noun, columns in COLUMNS.items():
                if [row[1] for row in db.execute(
                        'PRAGMA table_info(%ss)' % noun)] != columns:
                    raise sqlite3.Error('another table')
                for values in db.execute('SELECT %s FROM %ss' % (
                        ', '.join(columns), noun)):
                    row = dict(zip(columns, values))
                    if noun == 'task':
                        row['completed'] = bool(row['completed'])
                    self.rows[noun][row['id']] = row

    def __eq__(self, other):
        return isinstance(other, Tables) and self.rows == other.rows

    def list(self, noun):
        return [self.rows[noun][i] for i in sorted(self.rows[noun])]

    def find(self, noun, key):
        if re.fullmatch(r'-?\d+', key):
            found = [row for row in self.list(noun) if row['id'] == int(key)]
        else:
            found = [row for row in self.list(noun)
                     if key in (row['slug'], row.get('username'))]
        if len(found) != 1:
            raise Wrong(3)
        return found[0]

    def run(self, words):
        """The rows of the answer; changes the tables.  Wrong if it fails."""
        noun, verb = words[:2]
        options, arguments = split(words)
        if 'nope' in options or 'extra' in arguments or \
                verb == 'count' and 'columns' in options:
            raise Wrong(2)
        run = getattr(self, 'run_' + verb, None)
        if not run or (noun, verb) == ('task', 'tasks'):
            raise Wrong(2)
        return run(noun, options, arguments)

    def run_list(self, noun, options, arguments):
        rows = self.list(noun)
        if options.get('sort') == '-age':
            rows.sort(key=lambda row: -row['age'])
        rows = rows[int(options.get('offset', 0)):]
        return rows[:int(options['limit'])] if 'limit' in options else rows

    def run_count(self, noun, options, arguments):
        return [{'count': len(self.rows[noun])}]

    def run_show(self, noun, options, arguments):
        return [self.find(noun, key) for key in arguments]

    def run_tasks(self, noun, options, arguments):
        user = self.find('user', arguments[0])
        return [row for row in self.list('task')
                if row['user_id'] == user['id']]

    def run_delete(self, noun, options, arguments):
        gone = {self.find(noun, key)['id'] for key in arguments}
        if not {'yes', 'n'} & set(options):
            raise Wrong(2)
        for i in gone:
            del self.rows[noun][i]
        if noun == 'user':
            self.rows['task'] = {
                i: task for i, task in self.rows['task'].items()
                if task['user_id'] not in gone}
        return []

    def fields(self, noun, options):
        """Values of the columns that options give."""
        found = {name: options[name] for name in COLUMNS[noun]
                 if name in options}
        for name in ('age', 'priority'):
            if name in found:
                found[name] = integer(found[name])
        if 'no-completed' in options:
            found['completed'] = False
        elif 'completed' in options:
            found['completed'] = truth(options['completed'])
        if 'user-id' in options:
            found['user_id'] = integer(options['user-id'])
        if 'user' in options:
            try:
                found['user_id'] = self.find('user', options['user'])['id']
            except Wrong:
                raise Wrong(3, 4) from None
        if found.get('user_id', 0) not in [0] + list(self.rows['user']):
            raise Wrong(3, 4)
        return found

    def run_update(self, noun, options, arguments):
        fields = self.fields(noun, options)
        if not fields:
            raise Wrong(2)
        row = self.find(noun, arguments[0])
        self.rows[noun][row['id']] = {**row, **fields}
        return [self.rows[noun][row['id']]]

    def run_create(self, noun, options, arguments):
        row = {'content': '', 'priority': 0, 'completed': False} \
            if noun == 'task' else {}
        row.update(self.fields(noun, options))
        row['id'] = max(self.rows[noun], default=0) + 1
        row['slug'] = slug_of(row.get('title', row.get('username', '')))
        if set(row) != set(COLUMNS[noun]) or not row['slug']:
            raise Wrong(4)
        taken = {other['slug'] for other in self.list(noun)}
        if noun == 'user' and row['slug'] in taken:
            raise Wrong(4)
        slug, number = row['slug'], 1
        while row['slug'] in taken:
            number += 1
            row['slug'] = '%s-%d' % (slug, number)
        self.rows[noun][row['id']] = {name: row[name]
                                      for name in COLUMNS[noun]}
        return [self.rows[noun][row['id']]]


class Model:
    """The databases of a folder, as they must be."""

    def __init__(self, folder):
        self.folder = folder
        self.tables = {}
        self.look()

    def look(self):
        """Reads them: after what is not a command of users and tasks."""
        for name in ('taskmanager.db', 'other.db'):
            self.tables[name] = self.read(name)

    def read(self, name):
        """Tables; None if there is no database, False for another kind."""
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            return None
        try:
            return Tables(path)
        except sqlite3.Error:
            return False

    def check(self, words, status, out, err):
        """Compares a command's answer, and what it left, with the model's."""
        name = 'other.db' if '--db=other.db' in words else 'taskmanager.db'
        before = self.tables[name]
        plain = words[0] in COLUMNS and len(words) > 1 and '--help' not in \
            words and not ODD & {
                word.split('=')[0] for word in words
                if word != '--db=other.db'}
        if not plain:
            self.look()
        if not plain and words[0] != 'db':
            return
        if words[0] == 'db':
            self.check_db(words, status, name, before)
        elif before is None:
            expect(status != 0, words, 'fails: there is no database', status)
            expect(self.read(name) is None, words, 'makes none', status)
        elif before and status != 6:
            self.check_rows(words, status, out, name)

    def check_db(self, words, status, name, before):
        now = self.tables[name]
        own = os.path.exists(os.path.join(self.folder, 'taskmgr.ini'))
        if words == ['db', 'upgrade'] and before is None and not own:
            expect(status == 0 and now and not now.list('user'), words,
                   'makes the database', status)
        if {'-n', '--read-only'} & set(words):
            expect(before == now, words, 'changes no row', status)

    def check_rows(self, words, status, out, name):
        after = copy.deepcopy(self.tables[name])
        read_only = '--read-only' in words and words[1] in WRITERS
        try:
            rows = after.run(words)
            if read_only:
                raise Wrong(1)
            if '-n' not in words:
                self.tables[name] = after
            expect(status == 0, words, 'succeeds', status)
            if '--jsonl' in words:
                got = [json.loads(line) for line in out.splitlines()]
                expect(got == rows, words, 'answers %r' % rows, got)
        except Wrong as wrong:
            expect(status in wrong.args or read_only and status == 1, words,
                   'fails with status %s' % (wrong.args,), status)
        now = self.read(name)
        expect(now == self.tables[name], words, 'leaves %r' %
               (self.tables[name] and self.tables[name].rows), now and now.rows)


def expect(good, words, what, got):
    if not good:
        raise Failure('the model: %s\n  %s; got %r' % (
            ' '.join(words), what, got))


BODY = {'username', 'firstname', 'lastname', 'age', 'title', 'priority'}


def request(words):
    """The HTTP request that is this command: method, path, body; None for a
    command that has none."""
    noun, verb = words[:2]
    options, arguments = split(words)
    if not all(re.fullmatch(r'\d+', key) for key in arguments) or \
            set(options) - BODY - {'user-id', 'completed', 'no-completed',
                                   'yes', 'jsonl'}:
        return None
    query = '?%s_id=%s' % (noun, arguments[0]) if arguments else ''
    if verb == 'list':
        return 'GET', '/%s/' % noun, None
    if verb == 'count':
        return 'GET', '/%s/count' % noun, None
    if verb == 'show':
        return 'GET', '/%s/%s_id%s' % (noun, noun, query), None
    if verb == 'tasks':
        return 'GET', '/user/user_id/tasks' + query, None
    if verb == 'delete' and 'yes' in options:
        return 'DELETE', '/%s/delete%s' % (noun, query), None
    body = {name: options[name] for name in BODY if name in options}
    if 'user-id' in options:
        body['user_id'] = options['user-id']
    if 'no-completed' in options:
        body['completed'] = False
    elif 'completed' in options:
        body['completed'] = options['completed']
    if verb == 'create':
        return 'POST', '/%s/create' % noun, body
    if verb == 'update' and body:
        return 'PATCH', '/%s/update%s' % (noun, query), body
    return None
