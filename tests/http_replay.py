#!/usr/bin/env python3
"""Replays what was recorded from the lesson's application on FastAPI against
the listener at a port, and prints TAP.  An answer must have the recorded
status and body, or be in the one table of deliberate differences.

    http_replay.py PORT fastapi.jsonl
"""
import json
import os
import random
import re
import socket
import sys

PORT = int(sys.argv[1])
SIZE = 'Unable to parse input string as an integer, exceeded maximum size'
OBJECT = ('Input should be a valid dictionary or object to extract fields '
          'from')
SAME = object()     # the recorded body
ANY = object()
DONE = {'status_code': 201, 'transaction': 'Successful'}


def problem(kind, loc, msg, given, **more):
    return {'detail': [{'type': kind, 'loc': loc, 'msg': msg, 'input': given,
                        **more}]}


def invalid(at, words):
    return problem('json_invalid', ['body', at], 'JSON decode error', {},
                   ctx={'error': words})


def no_slug(name):
    return problem('value_error', ['body', 'username'],
                   'Value error, no letter or digit to make a slug from', name)


def too_large(loc, given):
    return problem('int_parsing_size', loc, SIZE, given)


# Why; status and body of the listener; numbers of the exchanges.
DIFFERENCES = [
    ('creating answers 201', 201, SAME,
     [2, 3, 4, 13, 14, 19, 69, 84, 86, 87, 89, 92, 95, 102, 104, 105, 126, 128,
      131, 132, 134, 135, 137, 143, 146, 227]),
    ('a repeated title gets the slug title-2', 201, DONE, [17]),
    ('the schema has a default for priority', 201, DONE, [18]),
    ('completed can be set', 200, lambda got: got[-1]['completed'] is True,
     [20, 25, 29]),
    ('Cyrillic is spelled in Latin letters, which are free', 201, DONE, [125]),
    ('an integer beyond 64 bits is 422', 422,
     too_large(['query', 'user_id'], '9' * 23), [47]),
    ('and so in a body', 422,
     too_large(['body', 'age'], 9223372036854775808), [107]),
    ('however long', 422,
     too_large(['body', 'age'], 123456789012345678901234567890), [108]),
    ('or as a real', 422, too_large(['body', 'age'], float('inf')), [93]),
    ('an input of more than 1000 bytes is not repeated', 422,
     too_large(['query', 'user_id'], None), [59]),
    ('a repeated parameter is refused', 422,
     problem('value_error', ['query', 'user_id'],
             'Value error, given more than once', '99'), [48]),
    ('an unknown parameter is refused', 422,
     problem('extra_forbidden', ['query', 'extra'],
             'Extra inputs are not permitted', '2'), [50]),
    ('with a close name', 422,
     {'detail': problem('extra_forbidden', ['query', 'USER_ID'],
                        'Extra inputs are not permitted', '1',
                        hint='did you mean user_id?')['detail'] +
      problem('missing', ['query', 'user_id'], 'Field required',
              None)['detail']}, [51]),
    ('Infinity is not JSON', 422, invalid(55, 'Expecting value'), [68]),
    ('a body is UTF-8', 422, invalid(12, 'Not UTF-8'), [71]),
    ('half a surrogate pair is not text', 422,
     invalid(12, 'Unpaired surrogate in a string'), [72]),
    ('a duplicate name is refused', 422,
     invalid(18, 'Duplicate property name "username"'), [75]),
    ('a slug is not empty', 422, no_slug(''), [117]),
    ('nor one of signs', 422, no_slug('!!!'), [119]),
    ('whichever', 422, no_slug('???'), [120]),
    ('or pictures', 422, no_slug('\U0001f600'), [129]),
    ('a conflict is 409', 409,
     {'detail': 'username "user1" is already taken by user 1'}, [122]),
    ('that names the field', 409,
     {'detail': 'slug "user1" is already taken by user 1'}, [123]),
    ('an array creates many records', 422,
     lambda got: got['detail'][0]['loc'] == ['body', 0] and
     got['detail'][0]['msg'] == OBJECT, [138]),
    ('a body without its type is not JSON', 415, ANY, [140, 141, 147, 149]),
    ('JSON is UTF-8', 415, ANY, [144]),
    ('a coding is not ignored', 415, ANY, [150]),
    ('a slash at the end makes no difference', 200, ANY,
     [158, 159, 165, 173, 176]),
    ('nor for what is missing', 422,
     problem('missing', ['query', 'user_id'], 'Field required', None), [164]),
    ('a wrong escape is refused', 400, ANY, [167]),
    ('limit limits', 200, lambda got: len(got) == 1, [180]),
    ('there is no second page of documentation', 404, {'detail': 'Not Found'},
     [174]),
    ('a lone * is for OPTIONS', 400, ANY, [182]),
    ('a filter deletes its rows, and there must be one', 422,
     problem('missing', ['query', 'where'], 'Field required', None), [188]),
    ('PATCH changes some fields', 422,
     problem('frozen_field', ['body', 'username'], 'Field is frozen', 'pm189'),
     [189]),
    ('HEAD works where GET does', 200, '', [194]),
    ('OPTIONS works', 204, '', [198, 200, 201, 209]),
    ('an unknown method is 501', 501, ANY, [203, 204]),
    ('which a path has not is 405, with a slash or without', 405,
     {'detail': 'Method Not Allowed'}, [206]),
    ('and one that it has works', 201, DONE, [207]),
    ('another host than the server is 421', 421, ANY, [183, 210]),
    ('CSV for those who accept it', 200,
     lambda got: got.startswith('id,username,firstname,'), [212]),
    ('what is known is not sent again', 304, '', [215]),
    ('HTTP/0.9 is answered', 400, ANY, [221]),
    ('only the grammar of RFC 9112 is accepted', 400, ANY, [224, 225]),
    ('errors of the parser are JSON', 400, ANY, [222, 228, 230, 231, 242]),
    ('100 Continue only for those who wait for it', 201, DONE, [233]),
    ('what is expected cannot be met', 417, ANY, [234]),
    ('large header fields have their own status', 431, ANY, [236]),
    ('and so has a long target', 414, ANY, [237]),
    ('and another version', 505, ANY, [245]),
]
BY_NUMBER = {n: row for row in DIFFERENCES for n in row[3]}

# The recorder cut long texts; these end the requests.
HOST = ' HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n'
ENDS = {
    59: HOST,
    135: '", "firstname": "F", "lastname": "L", "age": 1}',
    137: '", "lastname": "L", "age": 1}',
    236: '\r\n\r\n',
    237: HOST,
}
# These were sent before the numbered one, and not recorded.
BEFORE = {
    156: ('PUT', '/user/update?user_id=1',
          b'{"firstname":"P2","lastname":"T2","age":41}'),
}
# Sends less than it says, and waits.
UNFINISHED = {239, 240}

# Requests of which each must be refused with this place.
REFUSED = [
    ('GET', '/user/?sort=nosuch', None, ['query', 'sort']),
    ('GET', '/user/?sort=', None, ['query', 'sort']),
    ('GET', '/user/?sort=age,,id', None, ['query', 'sort']),
    ('GET', '/user/?limit=x', None, ['query', 'limit']),
    ('GET', '/user/?limit=-1', None, ['query', 'limit']),
    ('GET', '/user/?offset=-1', None, ['query', 'offset']),
    ('GET', '/user/?after=x', None, ['query', 'after']),
    ('GET', '/user/?where=age', None, ['query', 'where']),
    ('GET', '/user/?where=(age=1', None, ['query', 'where']),
    ('GET', '/user/?where=age>x', None, ['query', 'where']),
    ('GET', '/user/?age.gte=x', None, ['query', 'age.gte']),
    ('GET', '/user/?where=age=1&age.lt=', None, ['query', 'age.lt']),
    ('GET', '/user/?age.in=1,x', None, ['query', 'age.in']),
    ('GET', '/user/?age=x', None, ['query', 'age']),
    ('GET', '/user/?format=x', None, ['query', 'format']),
    ('GET', '/user/?count=x', None, ['query', 'count']),
    ('GET', '/user/?sort=age&sort=id', None, ['query', 'sort']),
    ('GET', '/pair/pair_id?pair_id=abc', None, ['query', 'pair_id']),
    ('DELETE', '/pair/delete?pair_id=1', None, ['query', 'pair_id']),
    ('PATCH', '/user/update?user_id=1', '[{"age":1}]', ['body']),
    ('PATCH', '/user/update?user_id=1', '"x"', ['body']),
    ('PATCH', '/user/update?user_id=1', '{"id":9}', ['body', 'id']),
    ('PATCH', '/user/update?user_id=1', '{"slug":"a b"}', ['body', 'slug']),
    ('POST', '/task/create?user_id=1', '{"title":"x","user_id":2}',
     ['body', 'user_id']),
    ('POST', '/task/create', '[{"title":"x"}]', ['body', 0, 'user_id']),
    ('POST', '/user/create', '[{"age":1},{}]', ['body', 0, 'username']),
    ('POST', '/user/create', '\ufeff[{"age":1},{}]', ['body', 0, 'username']),
    ('POST', '/item/create', '{"low":2,"high":1}', ['body']),
    ('POST', '/item/create', '{"pair":"1"}', ['body', 'pair']),
    ('POST', '/item/create', '{"low":"1x"}', ['body', 'low']),
    ('POST', '/user/create', ' \n ', ['body', 3]),
]

count = 0


def tap(good, name, *lines):
    global count
    count += 1
    print('%sok %d - %s' % ('' if good else 'not ', count, name))
    if not good:
        for line in lines:
            print('#   ' + str(line)[:2000])


def exchange(data, finished=True):
    """Status, fields and body of the one answer."""
    answer = b''
    with socket.create_connection(('127.0.0.1', PORT), timeout=10) as sock:
        if not finished:
            sock.settimeout(0.1)
        try:
            sock.sendall(data)
            if finished:
                sock.shutdown(socket.SHUT_WR)
        except OSError:
            pass                # refused before it was read
        try:
            while part := sock.recv(65536):
                answer += part
        except OSError:
            pass
    head, _, body = answer.partition(b'\r\n\r\n')
    if not head:
        return None, {}, ''
    if head.startswith(b'HTTP/1.1 100'):
        head, _, body = body.partition(b'\r\n\r\n')
    lines = head.decode().split('\r\n')
    fields = dict(line.lower().split(': ', 1) for line in lines[1:])
    if fields.get('transfer-encoding') == 'chunked':
        body = unchunk(body)
    return int(lines[0].split()[1]), fields, parse(body.decode())


def unchunk(body):
    whole = b''
    while body:
        size, _, body = body.partition(b'\r\n')
        whole += body[:int(size, 16)]
        body = body[int(size, 16) + 2:]
    return whole


def parse(text):
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return text or ''


def send(method, path, body=None):
    data = '%s %s HTTP/1.1\r\nHost: localhost\r\n' % (method, path)
    if body is None:
        return exchange(data.encode() + b'\r\n')
    body = body if isinstance(body, bytes) else body.encode()
    data += ('Content-Type: application/json\r\nContent-Length: %d\r\n\r\n'
             % len(body))
    return exchange(data.encode() + body)


def restore(record):
    """The request, with what the recorder cut or spelled."""
    text = record['request']
    cut = re.search(r'(.)\.\.\.\[(\d+) bytes\]$', text)
    if cut:
        text, end = text[:cut.start() + 1], ENDS[record['n']]
        missing = int(cut[2]) - len(text.encode()) - len(end.encode())
        text += cut[1] * missing + end
    data = re.sub(rb'\\x([0-9a-f]{2})', lambda m: bytes.fromhex(m[1].decode()),
                  text.encode())
    return data.replace(b'127.0.0.1:8000', b'127.0.0.1:%d' % PORT)


def same_rows(recorded, got):
    """Of a list that the recorder cut: rows that both have, without ids,
    because not all that was sent was recorded."""
    rows = {}
    for text in re.findall(r'\{[^{}]*\}', recorded.split('...[')[0]):
        row = json.loads(text)
        rows[row['username']] = row
    both = [row for row in got if row['username'] in rows]
    return len(both) > 1 and all(
        {**row, 'id': 0} == {**rows[row['username']], 'id': 0} for row in both)


def fits(record, body, got):
    if body is ANY:
        return True
    if callable(body):
        return body(got)
    if body is not SAME:
        return got == body
    recorded = record['body']
    if recorded and '...[' in recorded and record['n'] != 59:
        return same_rows(recorded, got)
    return got == parse(recorded)


def shape(got):
    """What is wrong with the form of a 422; None if nothing."""
    details = got['detail'] if isinstance(got, dict) else None
    if not isinstance(details, list) or not details:
        return 'not a list'
    for one in details:
        if not {'type', 'loc', 'msg', 'input'} <= set(one):
            return 'a member is missing'
        if one['loc'][0] not in ('body', 'query', 'header'):
            return 'a place that a request has not'
    if '--' in json.dumps([(one['msg'], one.get('hint')) for one in details]):
        return 'a word of the command line'
    return None


def replay(record):
    n = record['n']
    for request in BEFORE.get(n, ()) and [BEFORE[n]]:
        send(*request)
    status, fields, got = exchange(restore(record), n not in UNFINISHED)
    row = BY_NUMBER.get(n)
    wanted = (record['status'], SAME) if row is None else row[1:3]
    good = status == wanted[0] and fits(record, wanted[1], got)
    stale = (row and status == record['status'] and record['body'] and
             got == parse(record['body']))
    wrong = shape(got) if status == 422 else None
    tap(good and not wrong and not stale,
        '%s%s' % (record['label'], ': ' + row[0] if row else ''),
        'request: ' + record['request'][:300],
        'recorded: %s %s' % (record['status'], record['body']),
        'got: %s %s' % (status, json.dumps(got)),
        wrong or ('no longer a difference' if stale else ''))
    # What FastAPI did not store must not be in the lists that follow.
    if status == 201 and record['status'] != 200:
        path = fields['location']
        send('DELETE', re.sub(r'/\w+\?', '/delete?', path))


def sent(path, body, loc):
    """What is there at a place of the request."""
    if loc[0] == 'query':
        pairs = [pair.partition('=') for pair in path.split('?')[1].split('&')]
        return [value for name, _, value in pairs if name == loc[1]][-1]
    try:
        at = json.loads(body.lstrip('\ufeff'))
    except ValueError:
        return {}
    for part in loc[1:]:
        at = at.get(part, at) if isinstance(part, str) else at[part]
    return at


def refusals():
    """Requests of which each is refused with its place and its input."""
    for method, path, body, loc in REFUSED:
        status, _, got = send(method, path.replace('>', '%3E'), body)
        wrong = shape(got) if status == 422 else 'status %s' % status
        if not wrong and got['detail'][0]['loc'] != loc:
            wrong = 'another place'
        if not wrong and got['detail'][0]['input'] != sent(path, body, loc):
            wrong = 'another input'
        tap(not wrong, '%s %s %s' % (method, path, body or ''), wrong, got)


# What json.loads accepts, and the listener refuses before it goes on.
STRICTER = re.compile('Unpaired surrogate|Duplicate property|.*NUL$')


def constant(name):
    raise ValueError(name)


def mutant(rng):
    text = rng.choice([
        '{"username": "a", "firstname": "\u00e4\\u00e4", "age": [1, -2.5e3]}',
        '[{"age": 1}, {"a": {"b": [true, null, "\\n"]}}]', '{}', '"x\\ud83d"',
        '12', '[]', '[{}, {"username": ""}]'])
    for _ in range(rng.randint(1, 3)):
        at = rng.randint(0, len(text))
        text = (text[:at] + rng.choice('{}[],:"\\u0n1e.- \n\tt\u00e9\x01\x00') *
                rng.randint(0, 2) + text[at + rng.randint(0, 2):])
    return rng.choice(['', '', '', '\ufeff']) + text


def mutants(seed):
    """Where JSON is wrong, as json.loads says."""
    rng = random.Random(seed)
    wrong = tried = 0
    for _ in range(400):
        text = mutant(rng) or '[1'
        if '\0' in text.removeprefix('\ufeff')[:2]:
            continue            # it looks like UTF-16
        try:
            json.loads(text.removeprefix('\ufeff'), parse_constant=constant)
            continue
        except json.JSONDecodeError as e:
            words, at = e.msg, e.pos
        except ValueError:      # NaN
            continue
        if words.startswith('Illegal trailing comma'):
            continue            # Python 3.13
        status, _, got = send('POST', '/user/create', text)
        tried += 1
        if shape(got) is None and STRICTER.match(
                got['detail'][0]['ctx']['error']):
            continue
        if (status, got) != (422, invalid(at, words)):
            wrong += 1
            print('#   %r: %s %s, not %s %s' % (text, status, got, at, words))
    tap(tried > 100 and not wrong,
        '%d texts that are not JSON' % tried if wrong else
        'texts that are not JSON, as Python says', 'seed %d' % seed)


def main():
    with open(sys.argv[2], encoding='utf-8') as file:
        records = [json.loads(line) for line in file]
    for record in records:
        replay(record)
    unknown = set(BY_NUMBER) - {record['n'] for record in records}
    tap(not unknown, 'each difference is one of an exchange', unknown)
    refusals()
    seed = int(os.environ.get('SEED') or 1)
    print('# seed %d' % seed)
    mutants(seed)
    print('1..%d' % count)


main()
