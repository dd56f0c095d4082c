#!/usr/bin/env python3
"""Many clients at once of a listener with a million rows; prints TAP.

usage: http_threads.py PORT DATABASE PID
"""
import json
import resource
import socket
import sqlite3
import sys
import threading
import time

PORT = int(sys.argv[1])
DATABASE = sys.argv[2]
PID = int(sys.argv[3])
number = 0


def same(name, got, wanted):
    """One line of TAP."""
    global number
    number += 1
    good = got == wanted
    print('%sok %d - %s' % ('' if good else 'not ', number, name))
    if not good:
        print('# got: %s\n# wanted: %s' % (got, wanted))


def connect():
    """A connection that waits a minute."""
    return socket.create_connection(('127.0.0.1', PORT), 60)


def request(method, path, body=None, fields='', version='1.1'):
    """A request's bytes."""
    data = '' if body is None else json.dumps(body)
    if body is not None:
        fields += ('Content-Type: application/json\r\n'
                   'Content-Length: %d\r\n' % len(data))
    return ('%s %s HTTP/%s\r\nHost: localhost\r\n%s\r\n%s' %
            (method, path, version, fields, data)).encode()


def read_all(client):
    """All that comes until the other side closes."""
    pieces = []
    while True:
        piece = client.recv(1 << 20)
        if not piece:
            return b''.join(pieces)
        pieces.append(piece)


def ask(method, path, body=None, fields='', version='1.1'):
    """One request's answer: status, fields and the bytes after them."""
    client = connect()
    client.sendall(request(method, path, body,
                           fields + 'Connection: close\r\n', version))
    data = read_all(client)
    client.close()
    head, _, rest = data.partition(b'\r\n\r\n')
    lines = head.decode().split('\r\n')
    fields = dict(line.lower().split(': ', 1) for line in lines[1:])
    return int(lines[0].split()[1]), fields, rest


def user(name):
    """A record."""
    return {'username': name, 'firstname': 'F', 'lastname': 'L', 'age': 1}


def unchunk(data):
    """The body of chunks; None if its end is missing."""
    body = []
    while data:
        line, _, data = data.partition(b'\r\n')
        size = int(line, 16)
        if not size:
            return b''.join(body)
        body.append(data[:size])
        data = data[size + 2:]
    return None


def memory(what='VmHWM'):
    """The most memory that the listener ever had, in MB; 0 if it is watched."""
    with open('/proc/%d/maps' % PID) as maps:
        if 'san.so' in maps.read():
            return 0
    with open('/proc/%d/status' % PID) as status:
        for line in status:
            if line.startswith(what):
                return int(line.split()[1]) // 1024
    return 0


def all_at_once(jobs):
    """What each function gives, run in threads of their own."""
    results = [None] * len(jobs)

    def run(i):
        results[i] = jobs[i]()

    threads = [threading.Thread(target=run, args=(i,))
               for i in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_order():
    """Requests of one connection, sent together."""
    client = connect()
    client.sendall(request('POST', '/user/create', user('order')) +
                   request('GET', '/user/count') +
                   request('PATCH', '/user/update?user_id=1', {'age': 7}) +
                   request('GET', '/user/user_id?user_id=1') +
                   request('DELETE', '/user/delete?user_id=1') +
                   request('GET', '/user/user_id?user_id=1',
                           None, 'Connection: close\r\n'))
    data = read_all(client).split(b'HTTP/1.1 ')[1:]
    same('their answers', [int(part[:3]) for part in data],
         [201, 200, 200, 200, 200, 404])
    same('each sees the one before', b'"age":7,' in data[3], True)


def see_own_writes(number):
    """The ages that one client reads after it wrote them."""
    client = connect()
    for age in range(100):
        client.sendall(
            request('PATCH', '/user/update?user_id=%d' % number,
                    {'age': age}) +
            request('GET', '/user/user_id?user_id=%d' % number))
    client.sendall(request('GET', '/health', None, 'Connection: close\r\n'))
    data = read_all(client).split(b'HTTP/1.1 ')[1:]
    return [json.loads(part.split(b'\r\n\r\n')[1])['age']
            for part in data[1:-1:2]]


def test_own_writes():
    """Each change is seen by the reading that follows it."""
    ask('POST', '/user/create', [user('own writes %d' % i) for i in range(24)])
    listed = json.loads(ask('GET', '/user/?format=json&limit=25')[2])
    seen = all_at_once([lambda row=row: see_own_writes(row['id'])
                        for row in listed])
    same('a change is seen at once', seen, [list(range(100))] * len(listed))


def test_neighbours():
    """A name that only one can have, among names that all can have."""
    jobs = []
    for i in range(40):
        name = 'same' if i % 2 else 'own%d' % i
        jobs.append(lambda name=name: ask('POST', '/user/create',
                                          user(name))[0])
    results = all_at_once(jobs)
    same('of equal names one is taken', sorted(results[1::2]),
         [201] + [409] * 19)
    same('the others all are', results[::2], [201] * 20)


def test_lock():
    """Another process holds the write lock for a while."""
    other = sqlite3.connect(DATABASE, isolation_level=None,
                            check_same_thread=False)
    other.execute('BEGIN IMMEDIATE')
    answers = []
    writers = [threading.Thread(target=lambda i=i: answers.append(
        ask('POST', '/user/create', user('lock%d' % i))[0]))
        for i in range(8)]
    for writer in writers:
        writer.start()
    time.sleep(0.2)
    reads = [ask('GET', '/user/user_id?user_id=2')[0] for _ in range(20)]
    same('reads go on while a lock is waited for', reads, [200] * 20)
    same('and writes wait', answers, [])
    other.execute('COMMIT')
    other.close()
    for writer in writers:
        writer.join()
    same('then they are done', answers, [201] * 8)


def test_list(rows):
    """A long list is streamed."""
    before = memory()
    _, fields, data = ask('GET', '/thing/')
    same('a long list comes in chunks', fields.get('transfer-encoding'),
         'chunked')
    same('it is whole', len(json.loads(unchunk(data))), rows)
    _, fields, old = ask('GET', '/thing/', version='1.0')
    same('HTTP/1.0 has it without', (fields.get('transfer-encoding'),
                                     old == unchunk(data)), (None, True))
    status, fields, data = ask('HEAD', '/thing/')
    same('HEAD has its head only', (status, data), (200, b''))
    same('it takes less than 20 MB', memory() - before < 20 or memory(), True)


def test_slow():
    """Clients that don't read hold up nobody else."""
    before = memory()
    stuck = [connect() for _ in range(20)]
    for client in stuck:
        client.sendall(request('GET', '/thing/'))
    time.sleep(0.3)
    same('a read by key', ask('GET', '/user/user_id?user_id=2')[0], 200)
    same('a write', ask('POST', '/user/create', user('stuck'))[0], 201)
    same('a short list, in its turn', ask('GET', '/user/')[0], 200)
    same('they take less than 40 MB', memory() - before < 40 or memory(), True)
    for client in stuck:
        client.close()


def test_leaving():
    """Clients that leave before their answer."""
    for i in range(100):
        client = connect()
        client.sendall(request('POST', '/user/create', user('left%d' % i))
                       if i % 2 else request('GET', '/thing/'))
        if i % 3 == 0:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                              b'\1\0\0\0\0\0\0\0')
        client.close()
    time.sleep(0.2)
    same('the others stay', ask('GET', '/health')[0], 200)
    same('no write is half done', ask('GET', '/user/count')[0], 200)


def test_large():
    """Bodies that are decoded away from the loop."""
    good = [user('large%d' % i) for i in range(2000)]
    bad = good[:-1] + [{'username': 1}]
    answers = all_at_once([lambda: ask('POST', '/user/create', good)[0],
                           lambda: ask('POST', '/user/create', bad)[0],
                           lambda: ask('POST', '/user/create', good)[0]])
    same('one of two equal ones is taken', sorted(answers), [201, 409, 422])


def waiting_writes():
    """How many changes wait for the writer, by the listener's own count."""
    line = [line for line in ask('GET', '/metrics')[2].decode().splitlines()
            if line.startswith('taskmgr_waiting{kind="write"}')][0]
    return int(line.split()[1])


def test_full():
    """More changes than may wait, while another process holds the lock."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    other = sqlite3.connect(DATABASE, isolation_level=None)
    other.execute('BEGIN IMMEDIATE')
    clients = [connect() for _ in range(1024)]
    for i, client in enumerate(clients):
        client.sendall(request('POST', '/user/create', user('full%d' % i)))
    for _ in range(300):
        if waiting_writes() >= 1024:
            break
        time.sleep(0.01)
    refused = (503, b'{"detail":"Too many requests are waiting"}')
    status, _, data = ask('POST', '/user/create', user('small'))
    same('a change beyond those that may wait', (status, data), refused)
    many = [user('many%d' % i) for i in range(2000)]
    status, _, data = ask('POST', '/user/create', many)
    same('also one with a large body', (status, data), refused)
    other.execute('COMMIT')
    other.close()
    for client in clients:
        client.recv(12)
        client.close()
    same('and then a large body, too',
         ask('POST', '/user/create', many)[0], 201)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_rest():
    """Memory for many bodies, after they and all clients but one are gone."""
    body = request('POST', '/user/create', user('x' * 60000))[:-1]
    clients = [connect() for _ in range(600)]
    for client in clients:
        client.sendall(body)
    while clients[1:]:
        clients.pop().close()
    for _ in range(100):
        if memory('VmRSS') < 20:
            break
        time.sleep(0.1)
    same('the system gets back what is not used', memory('VmRSS') < 20, True)
    clients.pop().close()


test_order()
test_own_writes()
test_neighbours()
test_lock()
test_list(int(sys.argv[4]))
test_slow()
test_leaving()
test_large()
test_full()
test_rest()
