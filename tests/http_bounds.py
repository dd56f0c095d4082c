#!/usr/bin/env python3
"""What connections may cost a listener, over raw sockets; prints TAP.

usage: http_bounds.py ADDRESS FIRST PID LOG

ADDRESS is a port, or the path of a socket, whose buffers are small.  The
listener has room for fewer than 200 connections.  FIRST is the number of the
first test, LOG the listener's access log.
"""
import os
import signal
import socket
import sys

ADDRESS = sys.argv[1]
number = int(sys.argv[2])
PID = int(sys.argv[3])
LOG = sys.argv[4]
HOST = 'Host: 127.0.0.1\r\n'
JSON = 'Content-Type: application/json\r\n'


def connect():
    """A connection that waits ten seconds for an answer."""
    if ADDRESS.isdigit():
        return socket.create_connection(('127.0.0.1', int(ADDRESS)), 10)
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(10)
    client.connect(ADDRESS)
    return client


def read_all(client):
    """All that comes until the other side closes."""
    data = b''
    while True:
        piece = client.recv(65536)
        if not piece:
            return data
        data += piece


def head(line, fields=''):
    """A request's head."""
    return (line + ' HTTP/1.1\r\n' + HOST + fields + '\r\n').encode()


def status(data):
    """The status of an answer."""
    return int(data.split(b' ', 2)[1]) if data else 0


def same(name, got, wanted):
    """One line of TAP."""
    global number
    good = got == wanted
    print('%sok %d - %s' % ('' if good else 'not ', number, name))
    if not good:
        print('# got: %s\n# wanted: %s' % (got, wanted))
    number += 1


def early(name, wanted, line, fields):
    """A body of 9 MB of which not a byte is sent is refused at once."""
    client = connect()
    client.sendall(head(line, 'Content-Length: 9000000\r\n' + fields))
    client.shutdown(socket.SHUT_WR)
    same(name + ', before its body', status(read_all(client)), wanted)
    client.close()


def test_early():
    """What the head says already."""
    early('no such route', 404, 'POST /nothing', JSON)
    early('not this method', 405, 'POST /user/', JSON)
    early('another media type', 415, 'POST /user/create',
          'Content-Type: text/csv\r\n')
    early('another site', 403, 'POST /user/create',
          JSON + 'Origin: http://evil.example\r\n')


def test_expect():
    """A client that asks before it sends."""
    client = connect()
    client.sendall(head('POST /nothing', JSON + 'Content-Length: 2\r\n'
                        'Expect: 100-continue\r\n'))
    same('no 100 for what is refused', status(read_all(client)), 404)
    client.close()
    client = connect()
    client.sendall(head('POST /user/create', JSON + 'Content-Length: 2\r\n'
                        'Expect: 100-continue\r\n'))
    same('100 for what is wanted', status(client.recv(1000)), 100)
    client.sendall(b'{}')
    same('and then the answer', status(client.recv(1000)), 422)
    client.close()


def test_shared():
    """The bodies of all connections share 64 MB."""
    clients = []

    def begin(size, count):
        """Begins that many bodies; their answers, 0 for none yet."""
        answers = []
        for _ in range(count):
            client = connect()
            client.sendall(head('POST /user/create',
                                JSON + 'Content-Length: %d\r\n' % size))
            client.sendall(b' ' * 1000)
            clients.append(client)
        for client in clients[-count:]:
            client.settimeout(0.1)
            try:
                answers.append(status(client.recv(1000)))
            except socket.timeout:
                answers.append(0)
        return sorted(answers)

    same('bodies beyond it are refused', begin(9900000, 8),
         [0] * 6 + [503] * 2)
    same('those of 40 KB are counted', begin(7600000, 1) + begin(40000, 3),
         [0] * 3 + [503])
    small = connect()
    small.sendall(head('POST /user/create', JSON + 'Content-Length: 2\r\n') +
                  b'{}')
    same('small ones are not', status(small.recv(1000)), 422)
    for client in clients:
        client.close()
    client = connect()
    client.sendall(head('POST /user/create', JSON +
                        'Content-Length: 9900000\r\nConnection: close\r\n'))
    client.sendall(b' ' * 9900000)
    same('their end makes room again', status(read_all(client)), 422)
    client.close()


def count_turn():
    """How many of one connection's requests are answered before another's."""
    many = connect()
    other = connect()
    for client in (many, other):
        client.sendall(head('GET /health'))
        client.recv(1000)
    os.kill(PID, signal.SIGSTOP)
    many.sendall(head('GET /user/user_id?user_id=3') * 20)
    other.sendall(head('GET /ready'))
    os.kill(PID, signal.SIGCONT)
    other.recv(1000)
    other.sendall(head('GET /health'))  # its turn comes after the log's
    other.recv(1000)
    many.close()
    with open(LOG) as log:
        lines = log.read().split('"GET /ready')
    return lines[-2].split('"GET /health')[-1].count('"GET /user/user_id')


def test_turn():
    """Of large answers a connection gets fewer before others have a turn."""
    for _ in range(20):     # the other one may come first
        count = count_turn()
        if count:
            break
    same('sixteen answers of 8 KB are one turn', count, 16)


def test_idle():
    """A new connection is more than one that does nothing."""
    busy = connect()
    idle = []
    served = 0
    for _ in range(400):
        idle.append(connect())
        idle[-1].sendall(head('GET /'))
        served += status(idle[-1].recv(1000)) == 200
        busy.sendall(head('GET /'))
        served += status(busy.recv(1000)) == 200
    same('idle connections give way, the longest idle first', served, 800)
    for client in idle:
        client.close()


def test_silent(name, data):
    """So it is more than one that stops in the middle of something."""
    silent = []
    served = 0
    for _ in range(200):
        silent.append(connect())
        silent[-1].sendall(head('GET /'))
        if status(silent[-1].recv(1000)) != 200:
            break
        served += 1
        silent[-1].sendall(data)
    same(name + ' give way', served, 200)
    for client in silent:
        client.close()


def test_behind_jobs():
    """Requests that arrive while a thread answers the one before."""
    eager = connect()
    for _ in range(200):
        eager.sendall(head('GET /user/count'))
    eager.sendall(head('GET /', 'Connection: close\r\n'))
    same('requests behind those of a thread are answered',
         read_all(eager).count(b'HTTP/1.1 200 OK'), 201)


def test_pipeline():
    """One connection's requests, and another's between them."""
    many = connect()
    many.sendall(head('GET /user/user_id?user_id=1') * 3000 +
                 head('GET /', 'Connection: close\r\n'))
    other = connect()
    other.sendall(head('GET /'))
    same('another is served', status(other.recv(1000)), 200)
    same('all pipelined requests are answered',
         read_all(many).count(b'HTTP/1.1 200 OK'), 3001)


if not ADDRESS.isdigit():
    test_turn()
    # So much of each is unsent that they stay below the memory they share.
    test_silent('answers that are not read', head('GET /openapi.json') * 5)
    sys.exit()
test_early()
test_expect()
test_shared()
test_pipeline()
test_behind_jobs()
test_idle()
test_silent('half heads', b'GET / HTTP/1.1\r\nHost:')
test_silent('half bodies', head('POST /user/create',
                                JSON + 'Content-Length: 9\r\n') + b'{')
test_silent('half chunks', head('POST /user/create', JSON +
                                'Transfer-Encoding: chunked\r\n') + b'9\r\n{')
