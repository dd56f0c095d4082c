#!/usr/bin/env python3
"""Serves random schemas and holds the listener to its own OpenAPI document,
as schemathesis does, and prints TAP.

    http_contract.py TASKMGR COUNT

Each answer must have a status, a media type and a body that the document
describes, and none is a 5xx.  What the document allows is accepted, what it
forbids is refused; Allow names the methods that there are; what was created is
there, and what was deleted is not.  SEED makes it another run.
"""
import http.client
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse
import warnings

# Its tables are not to be left where the test happens to run.
os.environ.setdefault('HYPOTHESIS_STORAGE_DIRECTORY',
                      os.path.join(tempfile.gettempdir(), 'hypothesis'))
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, RefResolver

TASKMGR, COUNT = os.path.abspath(sys.argv[1]), int(sys.argv[2])
SEED = int(os.environ.get('SEED') or 1)
EXAMPLES = 4            # bodies for each operation, good and bad
METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
JSON = 'application/json'
# Text of any kind, but for NUL, which no column takes, and surrogates.
TEXT = st.text(st.characters(blacklist_characters='\0',
                             blacklist_categories=['Cs']), max_size=12)

warnings.filterwarnings('ignore', category=DeprecationWarning)


# Schemas.

NAMES = ['a', 'note', 'two words', 'select', 'limit', 'sort', 'where', 'format',
         'count', 'Case', 'with"quote', "it's", 'a-b', 'a_b_c', 'имя',
         '表', 'x%y', 'a/b', 'a?b', 'q&a', 'a+b', '1st', 'type', 'loc', 'data']
TABLES = ['things', 'order', 'user data', 'Boxes', 'errors', 'transactions',
          'группы', 'items', 'a/b', 'x%41', 'db', 'help', 'statuses', 'news',
          'create_things', 'q"t']


def quoted(name):
    return '"%s"' % name.replace('"', '""')


def integer_check(rng, name):
    low = rng.randint(-50, 50)
    return rng.choice([
        '%s >= %d' % (name, low), '%d < %s' % (low, name),
        '%s BETWEEN %d AND %d' % (name, low, low + rng.randint(0, 9)),
        '%s > %d AND %s <= %d' % (name, low, name, low + 20),
        '%s IN (%d, %d)' % (name, low, low + 3)])


def text_check(rng, name):
    return rng.choice(['length(%s) <= %d' % (name, rng.randint(1, 20)),
                       "%s IN ('new', 'it''s', 'a\"b\\c', '')" % name])


def real_check(rng, name):
    return rng.choice(['%s >= 0' % name, '%s > -1.5 AND %s < 1e3' %
                       (name, name), '%s IN (-0.5, 1, 2.0)' % name])


TYPES = [
    ('INTEGER', integer_check), ('INTEGER', None), ('TEXT', text_check),
    ('TEXT', None), ('VARCHAR(7)', None), ('REAL', real_check),
    ('REAL', None), ('NUMERIC', None), ('BOOLEAN', None), ('DATE', None),
    ('TIME', None), ('DATETIME', None), ('JSON', None), ('BLOB', None),
    ('', None),
]


def column(rng, name):
    kind, check = rng.choice(TYPES)
    sql = '%s %s' % (quoted(name), kind)
    if rng.random() < 0.4:
        sql += ' NOT NULL'
    elif rng.random() < 0.1 and kind in ('INTEGER', 'TEXT'):
        sql += ' UNIQUE'
    if check and rng.random() < 0.8:
        sql += ' CHECK (%s)' % check(rng, quoted(name))
    return sql


def key_columns(rng):
    """The definitions of a key, and its columns' names and types."""
    kind = rng.choice(['id', 'id', 'id', 'text', 'two', 'null', 'none'])
    if kind == 'id':
        return ['id INTEGER PRIMARY KEY'], [('id', 'INTEGER')], ''
    if kind == 'text':
        return ['code TEXT NOT NULL PRIMARY KEY'], [('code', 'TEXT')], ''
    if kind == 'two':
        return (['k1 INTEGER NOT NULL', 'k2 TEXT NOT NULL'],
                [('k1', 'INTEGER'), ('k2', 'TEXT')],
                'PRIMARY KEY (k1, k2)')
    if kind == 'null':
        return ['k1 INTEGER', 'k2 TEXT'], [], 'PRIMARY KEY (k1, k2)'
    return [], [], ''


def schema(rng):
    """CREATE statements of a few tables, which reference each other."""
    made, statements = {}, []
    for table in rng.sample(TABLES, rng.randint(1, 3)):
        columns, key, primary = key_columns(rng)
        taken = {name.lower() for name, _ in key}
        names = [name for name in rng.sample(NAMES, rng.randint(1, 5))
                 if name.lower() not in taken]
        columns += [column(rng, name) for name in names]
        ends = [primary] if primary else []
        for other, keys in made.items():
            if not keys or rng.random() < 0.5:
                continue
            mine = ['%s_%s' % (other, name) for name, _ in keys]
            columns += ['%s %s' % (quoted(name), kind)
                        for name, (_, kind) in zip(mine, keys)]
            ends.append('FOREIGN KEY (%s) REFERENCES %s (%s)' % (
                ', '.join(map(quoted, mine)), quoted(other),
                ', '.join(name for name, _ in keys)))
        made[table] = key
        statements.append('CREATE TABLE %s (\n\t%s\n)' % (
            quoted(table), ',\n\t'.join(columns + ends)))
        if rng.random() < 0.2:
            statements.append('CREATE VIEW %s AS SELECT * FROM %s' % (
                quoted('view of ' + table), quoted(table)))
    return statements


# What a schema of the document allows, and what it does not.

class Document:
    def __init__(self, tree):
        self.tree = tree
        self.resolver = RefResolver('', tree)

    def find(self, part):
        while '$ref' in part:
            part = self.resolver.resolve(part['$ref'])[1]
        return part

    def faults(self, part, value):
        validator = Draft202012Validator(part, resolver=self.resolver)
        return [e.message for e in validator.iter_errors(value)]

    def allowed(self, part):
        part = self.find(part)
        if 'anyOf' in part:
            return st.one_of([self.allowed(one) for one in part['anyOf']])
        if 'enum' in part:
            return st.sampled_from(part['enum'])
        if 'type' not in part:
            return st.sampled_from([None, 1, 'x', [None, {}], {'a': 1.5}]
                                   ).filter(lambda value: not self.faults(
                                       part, value))
        kinds = part['type']
        kinds = kinds if isinstance(kinds, list) else [kinds]
        return st.one_of([getattr(self, 'allowed_' + kind)(part)
                          for kind in kinds])

    def allowed_null(self, _):
        return st.none()

    def allowed_boolean(self, _):
        return st.booleans()

    def allowed_integer(self, part):
        low, high = -2 ** 63, 2 ** 63 - 1
        low = max(low, part.get('minimum', low),
                  part.get('exclusiveMinimum', low - 1) + 1)
        high = min(high, part.get('maximum', high),
                   part.get('exclusiveMaximum', high + 1) - 1)
        return st.integers(low, high)

    def allowed_number(self, part):
        low = part.get('minimum', part.get('exclusiveMinimum', -1e6))
        high = part.get('maximum', part.get('exclusiveMaximum', 1e6))
        return st.integers(int(low * 100), int(high * 100)).map(
            lambda n: n / 100).filter(lambda n: not self.faults(part, n))

    def allowed_string(self, part):
        if part.get('contentMediaType') == JSON:
            return st.sampled_from(['1', '"x"', '[null]', '{"a": 1.5}'])
        if part.get('format') == 'date':
            return st.dates().map(str)
        if 'pattern' in part:
            return st.from_regex(part['pattern'], fullmatch=True).filter(
                is_on_calendar)
        return TEXT.filter(lambda text: len(text) <=
                           part.get('maxLength', 100)).map(str)

    def allowed_array(self, part):
        return st.lists(self.allowed(part['items']), max_size=3)

    def allowed_object(self, part):
        needed = part.get('required', [])
        members = {name: self.allowed(one)
                   for name, one in part.get('properties', {}).items()}
        return st.fixed_dictionaries(
            {name: members[name] for name in needed},
            optional={name: one for name, one in members.items()
                      if name not in needed})

    def forbidden(self, part):
        """Values that break the schema in a way that no conversion mends."""
        part = self.find(part)
        if 'anyOf' in part:
            part = self.find(part['anyOf'][0])
        changes = st.tuples(st.sampled_from(sorted(part['properties']) +
                                            ['surplus']),
                            st.sampled_from([{'a': [1]}, [[]], 'x y', None,
                                             '\x7f' * 99, -10 ** 15 + .5]))
        return st.tuples(self.allowed_object(part), changes).map(
            lambda pair: {**pair[0], pair[1][0]: pair[1][1]}).filter(
                lambda body: self.faults(part, body))


def is_on_calendar(text):
    day = re.match(r'\d{4}-(\d\d)-(\d\d)', text)
    return text[:4] != '0000' and (not day or int(day[2]) <= 28)


# The listener, and what it answers.

class Broken(Exception):
    pass


class Server:
    def __init__(self, path):
        self.process = subprocess.Popen(
            [TASKMGR, '--db', path, '--serve', '--port', '0'],
            cwd=os.path.dirname(path), stderr=subprocess.PIPE, text=True)
        found = None
        while not found:
            line = self.process.stderr.readline()   # warnings come first
            if not line:
                raise Broken('the server does not start')
            found = re.search(r' at http://[^ ]*:(\d+) ', line)
        self.port = int(found[1])
        self.connection = http.client.HTTPConnection('127.0.0.1', self.port)
        self.document = Document(self.send('GET', '/openapi.json')[2])

    def send(self, method, path, body=None, fields=()):
        data = None if body is None else json.dumps(body).encode()
        fields = dict(fields, **({'Content-Type': JSON} if data else {}))
        self.connection.request(method, path, data, fields)
        answer = self.connection.getresponse()
        data = answer.read()
        kind = answer.headers.get_content_type()
        value = json.loads(data) if data and kind == JSON else data
        return answer.status, answer.headers, value

    def stop(self):
        self.connection.close()
        self.process.terminate()
        self.process.stderr.read()
        return self.process.wait(10)


def messages(answer):
    """What an error says, without the values that it repeats."""
    detail = answer.get('detail') if isinstance(answer, dict) else None
    return ' '.join(problem['msg'] for problem in detail) \
        if isinstance(detail, list) else str(detail)


def address(path, query):
    text = urllib.parse.urlencode(list(query))
    return path + ('?' + text if text else '')


class Operation:
    """One method of one path, as the document has it."""

    def __init__(self, server, path, method, tree):
        self.server, self.path, self.method = server, path, method.upper()
        self.tree, self.document = tree, server.document
        self.parameters = [self.document.find(one)
                           for one in tree.get('parameters', [])]
        content = tree.get('requestBody', {}).get('content', {})
        self.body = content.get(JSON, {}).get('schema')

    def call(self, query=(), body=None, fields=()):
        path = address(self.path, query)
        status, headers, value = self.server.send(self.method, path, body,
                                                  fields)
        said = '%s %s %s: %d %s' % (self.method, path, json.dumps(body),
                                    status, str(value)[:500])
        if status >= 500:
            raise Broken('a fault of the server: ' + said)
        self.check_answer(status, headers, value, said)
        return status, headers, value, said

    def check_answer(self, status, headers, value, said):
        if status >= 400 and re.search('--[a-z]', messages(value)):
            raise Broken('an option of the shell is named: ' + said)
        answers = self.tree['responses']
        answer = answers.get(str(status)) or (status >= 400 and (
            answers.get('4XX') or answers.get('default')))
        if not answer:
            raise Broken('a status that is not documented: ' + said)
        content = self.document.find(answer).get('content', {})
        kind = headers.get_content_type()
        if value not in (b'', None) and kind not in content:
            raise Broken('a media type that is not documented: %s, %s' %
                         (kind, said))
        if kind == JSON and kind in content:
            faults = self.document.faults(content[kind]['schema'], value)
            if faults:
                raise Broken('a body that is not as documented: %s, %s' %
                             (faults[0], said))

    def needed(self):
        """The parameters that must be there, with values that may be."""
        return st.fixed_dictionaries({
            one['name']: self.document.allowed(one['schema']).filter(
                lambda value: value is not None)
            for one in self.parameters
            if one['in'] == 'query' and one.get('required')})


def run(number, strategy, check):
    """Calls check with some values of the strategy.  Hypothesis would try one
    that fails again, but the database is another one by then."""
    found = []

    @seed(number)
    @settings(max_examples=EXAMPLES, deadline=None, database=None,
              phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(strategy)
    def examples(value):
        try:
            if not found:
                check(value)
        except Broken as broken:
            found.append(broken)

    examples()
    if found:
        raise found[0]


def is_refused(status):
    return 400 <= status < 500


def try_parameters(operation, number):
    """Values of the query: documented ones are accepted, others not."""
    known = {one['name']: one['schema'] for one in operation.parameters
             if one['in'] == 'query'}
    keys = {one['name'] for one in operation.parameters if one.get('required')}

    def is_grammar(problem):
        """Of an option whose text has a grammar that no schema describes."""
        name = problem['loc'][1]
        return problem['type'] == 'value_error' and name not in keys and \
            known.get(name, {}).get('type') == 'string'

    def good(query):
        query = {name: value for name, value in query.items()
                 if value is not None}
        status, _, value, said = operation.call(plain(query))
        if status == 422 and all(is_grammar(one) for one in value['detail']):
            return
        if is_refused(status) and status != 404:
            raise Broken('an allowed query is refused: ' + said)

    def bad(query):
        status, _, _, said = operation.call(list(plain(query)) +
                                            [('nowhere', '1')])
        if not is_refused(status):
            raise Broken('an unknown parameter is accepted: ' + said)

    optional = {name: operation.document.allowed(one)
                for name, one in known.items()}
    query = st.tuples(operation.needed(), st.fixed_dictionaries(
        {}, optional=optional)).map(lambda both: {**both[1], **both[0]})
    run(number, query, good)
    if known:
        run(number, operation.needed(), bad)


def plain(query):
    """As a query spells values."""
    for name, value in query.items():
        yield name, (json.dumps(value) if isinstance(value, (bool, list))
                     else value)


def try_records(operation, number, rows):
    """Creates records, and leaves the addresses of some in rows."""
    def good(body):
        status, headers, value, said = operation.call(
            (), body, {'Prefer': 'return=representation'})
        # A row is missing, or there already, or named in two ways.
        if status in (404, 409) or 'Value error, contradicts' in said:
            return
        if status != 201:
            raise Broken('an allowed body is refused: ' + said)
        if isinstance(body, list):
            return
        for name, given_value in body.items():
            if name in value and isinstance(given_value, int) and \
                    value[name] != given_value:
                raise Broken('%s was stored otherwise: %s' % (name, said))
        rows.append(headers['Location'])

    def bad(body):
        status, _, _, said = operation.call((), body)
        if not is_refused(status):
            raise Broken('a forbidden body is accepted: ' + said)

    run(number, operation.document.allowed(operation.body), good)
    run(number, operation.document.forbidden(operation.body), bad)


def try_change(operation, number, rows):
    """Changes a record that there is."""
    def good(body):
        query = urllib.parse.parse_qsl(urllib.parse.urlsplit(rows[0]).query,
                                       keep_blank_values=True)
        status, _, _, said = operation.call(query, body)
        if status not in (200, 404, 409) and not re.search(
                'frozen_field|Value error, contradicts', said):
            raise Broken('an allowed change is refused: ' + said)
        if status == 200 and 'id' in body:
            raise Broken('a key is changed: ' + said)

    body = operation.document.allowed(operation.body).map(
        lambda body: {name: value for name, value in body.items()
                      if name not in ('id', 'code', 'k1', 'k2', 'rowid')})
    run(number, body, good)


def try_rows(server, operations, rows):
    """What was created is there; once deleted it is gone."""
    for location in rows:
        path, _, query = location.partition('?')
        show = operations[urllib.parse.unquote(path), 'get']
        delete = operations[urllib.parse.unquote(path.rsplit('/', 1)[0]) +
                            '/delete', 'delete']
        query = urllib.parse.parse_qsl(query, keep_blank_values=True)
        for operation, wanted in ((show, 200), (delete, 200), (show, 404),
                                  (delete, 404)):
            status, _, _, said = operation.call(query)
            if status == 409 and operation is delete:
                break           # another row references it
            if status != wanted:
                raise Broken('%d was expected: %s' % (wanted, said))


def try_methods(server, path, tree):
    known = {method.upper() for method in tree}
    for method in METHODS:
        if method in known:
            continue
        status, headers, value = server.send(method, path)
        allow = set((headers['Allow'] or '').split(', '))
        if status != 405 or allow != known | {'OPTIONS'} | (
                {'HEAD'} if 'GET' in known else set()):
            raise Broken('%s %s: %d, Allow: %s, %s' %
                         (method, path, status, headers['Allow'], value))


def try_server(server, number):
    paths = server.document.tree['paths']
    operations = {
        (urllib.parse.unquote(path), method): Operation(server, path, method,
                                                        tree)
        for path, methods in paths.items() for method, tree in methods.items()}
    for path, methods in paths.items():
        try_methods(server, path, methods)
    for (path, method), operation in operations.items():
        if path.endswith('/create'):
            rows = []
            try_records(operation, number, rows)
            base = path[:-len('create')]
            for change in ('put', 'patch'):
                if rows:
                    try_change(operations[base + 'update', change], number,
                               rows)
            try_rows(server, operations, rows)
        elif method == 'get':
            try_parameters(operation, number)


def main():
    print('# seed %d' % SEED)
    rng = random.Random(SEED)
    failed = 0
    for number in range(1, COUNT + 1):
        statements = schema(rng)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'x.db')
            with sqlite3.connect(path) as db:
                for sql in statements:
                    db.execute(sql)
            db.close()
            server = Server(path)
            try:
                try_server(server, SEED + number)
            except Broken as broken:
                failed += 1
                print('not ok %d - schema %d holds' % (number, number))
                for line in (str(broken) + '\n' + ';\n'.join(
                        statements)).split('\n'):
                    print('#   ' + line)
            else:
                print('ok %d - schema %d holds' % (number, number))
            finally:
                if server.stop() != 0:
                    print('# the server did not end well')
                    failed += 1
    print('1..%d' % COUNT)
    sys.exit(failed > 0)


main()
