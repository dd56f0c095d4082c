#!/usr/bin/env python3
"""Sends bytes to a listener that must be answered strictly; prints TAP.

usage: http_probes.py PORT

Each probe says what must come back: the statuses of the answers joined by
"+", and a "c" behind them where the server must close the connection.
"""
import socket
import sys
import threading

PORT = int(sys.argv[1])
HOST = 'Host: 127.0.0.1\r\n'
BODY = '{"username":"%s","firstname":"F","lastname":"L","age":1}'
GET = 'GET / HTTP/1.1\r\n' + HOST + '\r\n'
count = 0


def body():
    """A record that no probe sent before."""
    global count
    count += 1
    return BODY % ('probe%d' % count)


def post(fields, text):
    return ('POST /user/create HTTP/1.1\r\n' + HOST +
            'Content-Type: application/json\r\n' + fields + '\r\n' + text)


def sized(text, fields=''):
    return post('Content-Length: %d\r\n%s' % (len(text), fields), text)


def chunked(text, fields='Transfer-Encoding: chunked\r\n'):
    return post(fields, text)


def chunk(text):
    return '%x\r\n%s\r\n0\r\n\r\n' % (len(text), text)


def get(line='GET / HTTP/1.1', fields=HOST):
    return line + '\r\n' + fields + '\r\n'


def probes():
    """(label, bytes, what must come back)"""
    b = body()
    n = len(b)
    # The probes of the research that the listener was decided by.
    yield 'baseline GET', GET, '200'
    yield 'baseline POST', sized(body()), '201'
    yield 'no Host (1.1)', get(fields=''), '400c'
    yield 'two Hosts', get(fields=HOST + 'Host: evil\r\n'), '400c'
    yield 'bare LF lines', 'GET / HTTP/1.1\nHost: x\n\n', '400c'
    yield 'obs-fold', get(fields=HOST + 'X-A: 1\r\n 2\r\n'), '400c'
    yield 'space before colon', get(fields=HOST + 'X-A : 1\r\n'), '400c'
    yield 'header w/o colon', get(fields=HOST + 'XA\r\n'), '400c'
    yield 'empty header name', get(fields=HOST + ': 1\r\n'), '400c'
    yield 'NUL in value', get(fields=HOST + 'X-A: a\0b\r\n'), '400c'
    yield 'ctl in value', get(fields=HOST + 'X-A: a\x01b\r\n'), '400c'
    yield 'lone CR in value', get(fields=HOST + 'X-A: a\rb\r\n'), '400c'
    yield 'CL + TE chunked', chunked(
        chunk(b), 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n'), '400c'
    yield 'two CL differ', sized(b, 'Content-Length: 6\r\n'), '400c'
    yield 'two CL same', sized(b, 'Content-Length: %d\r\n' % n), '400c'
    yield 'CL "+n"', post('Content-Length: +%d\r\n' % n, b), '400c'
    yield 'CL "0xN"', post('Content-Length: 0x%x\r\n' % n, b), '400c'
    yield 'CL "n,n"', post('Content-Length: %d, %d\r\n' % (n, n), b), '400c'
    yield 'CL -1', post('Content-Length: -1\r\n', ''), '400c'
    yield 'CL 2^64+2', post('Content-Length: 18446744073709551618\r\n',
                            '{}'), '413c'
    for coding in 'xchunked', 'chunked, chunked', 'gzip, chunked':
        yield 'TE "%s"' % coding, chunked(
            chunk(b), 'Transfer-Encoding: %s\r\n' % coding), '400c'
    yield 'TE chunked ok', chunked(chunk(body())), '201'
    yield 'TE on HTTP/1.0', chunked(chunk(b)).replace('/1.1', '/1.0'), '400c'
    yield 'chunk size "0x.."', chunked('0x' + chunk(b)), '400c'
    yield 'chunk size "-1"', chunked('-1\r\n%s\r\n0\r\n\r\n' % b), '400c'
    yield 'chunk size 17 f', chunked(
        '1%016x\r\n%s\r\n0\r\n\r\n' % (n, b)), '413c'
    yield 'chunk bare LF', chunked('%x\n%s\n0\n\n' % (n, b)), '400c'
    b = body()
    yield 'trailer Host', chunked(
        '%x\r\n%s\r\n0\r\nHost: evil\r\n\r\n' % (len(b), b)), '201'
    # A higher minor version is answered as 1.1 (RFC 9110, 2.5).
    yield 'HTTP/1.2', get('GET / HTTP/1.2'), '200'
    yield 'HTTP/2.0', get('GET / HTTP/2.0'), '505c'
    yield 'HTTP/11.1', get('GET / HTTP/11.1'), '400c'
    yield 'lowercase method', get('get / HTTP/1.1'), '501c'
    yield 'unknown method FOO', get('FOO / HTTP/1.1'), '501c'
    yield 'two spaces in line', get('GET  / HTTP/1.1'), '400c'
    yield 'tab separators', get('GET\t/\tHTTP/1.1'), '400c'
    yield 'space in target', get('GET /a b HTTP/1.1'), '400c'
    yield 'ctl in target', get('GET /\x01 HTTP/1.1'), '400c'
    yield 'raw utf-8 target', get('GET /\u044e HTTP/1.1'), '400c'
    # The host of the target counts, and it is not ours.
    yield 'absolute-form', get('GET http://x/ HTTP/1.1'), '421'
    yield 'no leading slash', get('GET foo HTTP/1.1'), '400c'
    yield '%00 in path', get('GET /%00 HTTP/1.1'), '400'
    yield 'garbage/TLS hello', '\x16\x03\x01\x02\0\x01\0\r\n\r\n', '400c'
    yield 'header 64 KB', get(
        fields=HOST + 'X: ' + 'a' * 65536 + '\r\n'), '431c'
    yield 'url 64 KB', get('GET /?' + 'a' * 65536 + ' HTTP/1.1'), '414c'
    yield '2000 headers', get(fields=HOST + ''.join(
        'X%d: a\r\n' % i for i in range(2000))), '431c'
    yield 'body 2 MB', sized('x' * 2000000), '422'
    # The body is there already, so no 100 is needed (RFC 9110, 10.1.1).
    yield 'Expect 100', sized(body(), 'Expect: 100-continue\r\n'), '201'
    yield 'Expect foo', sized(b, 'Expect: foo\r\n'), '417c'
    yield 'HEAD /', get('HEAD / HTTP/1.1', HOST + 'Connection: close\r\n'), \
        '200c'
    yield 'leading CRLF', '\r\n\r\n' + GET, '200'
    yield 'pipelined x3', GET * 3, '200+200+200'
    # More of the same kind.
    yield 'pipelined x300', GET * 300, '+'.join(['200'] * 300)
    yield 'pipelined, one refused', GET + 'x\r\n\r\n' + GET, '200+400c'
    yield 'absolute-form, ours', get('GET http://localhost/ HTTP/1.1'), '200'
    yield 'HTTP/1.0 closes', get('GET / HTTP/1.0', ''), '200c'
    yield 'HTTP/0.9', 'GET /\r\n', '400c'
    yield 'h2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '505c'
    yield 'OPTIONS *', get('OPTIONS * HTTP/1.1'), '204'
    yield 'CONNECT', get('CONNECT 127.0.0.1:80 HTTP/1.1'), '501c'
    yield 'foreign Host', get(fields='Host: evil.example\r\n'), '421'
    yield 'Host that ends as ours', get(
        fields='Host: xlocalhost\r\n'), '421'
    yield 'Host that begins as ours', get(
        fields='Host: localhost.evil.example\r\n'), '421'
    yield 'Host localhost:9', get(fields='Host: LOCALHOST:9\r\n'), '200'
    yield 'Host [::1]', get(fields='Host: [::1]:9\r\n'), '200'
    yield 'body 11 MB', post('Content-Length: 11534336\r\n', ''), '413c'
    yield 'foreign Origin', sized(
        b, 'Origin: http://evil.example\r\n'), '403'
    yield 'Origin null', sized(b, 'Origin: null\r\n'), '403'
    yield 'Sec-Fetch-Site', sized(b, 'Sec-Fetch-Site: cross-site\r\n'), '403'
    yield 'own Origin', sized(body(), 'Origin: http://127.0.0.1\r\n'), '201'
    yield 'two Origins', sized(b, 'Origin: http://127.0.0.1\r\n' * 2), '400c'


def statuses(data):
    """The statuses of the answers in data, in their order."""
    found = []
    while data:
        head, _, rest = data.partition(b'\r\n\r\n')
        found.append(head.split(b' ')[1].decode())
        length = 0
        for line in head.split(b'\r\n')[1:]:
            name, _, value = line.partition(b':')
            if name.lower() == b'content-length':
                length = int(value)
        data = rest[length:] if rest[:1] in (b'{', b'[') else rest
    return '+'.join(found)


def ask(data, wait):
    """What comes back, until nothing more comes for wait seconds."""
    s = socket.create_connection(('127.0.0.1', PORT), 5)
    try:
        s.sendall(data.encode('utf-8' if '\u044e' in data else 'latin1'))
    except OSError:
        pass
    s.settimeout(wait)
    got = b''
    end = ''
    try:
        while True:
            piece = s.recv(65536)
            if not piece:
                end = 'c'
                break
            got += piece
    except socket.timeout:
        pass
    except OSError:
        end = 'r'
    s.close()
    return statuses(got) + end


def slow_probes():
    """Deadlines are totals, whatever still drips in."""
    yield 'half a head', 'GET / HTTP/1.1\r\n', '408c'
    yield 'nothing but an empty line', '\r\n', '408c'


results = []


def run(number, label, data, wanted, wait):
    got = ask(data, wait)
    results[number] = (label, wanted, got)


def drip(number):
    """A head that comes byte by byte is late all the same."""
    s = socket.create_connection(('127.0.0.1', PORT), 5)
    s.settimeout(1)
    got = b''
    for byte in GET.encode()[:30]:
        try:
            s.send(bytes([byte]))
            got += s.recv(4096)
        except socket.timeout:
            continue
        except OSError:
            break
        if got:
            break
    s.close()
    results[number] = ('a head that drips', '408', statuses(got))


def wait_for_100():
    """A client that sends its body only when it is told to."""
    text = body()
    s = socket.create_connection(('127.0.0.1', PORT), 5)
    s.settimeout(5)
    s.sendall(post('Expect: 100-continue\r\nContent-Length: %d\r\n'
                   % len(text), '').encode())
    got = s.recv(4096)
    s.sendall(text.encode())
    got += s.recv(4096)
    s.close()
    results.append(('Expect 100, then the body', '100+201', statuses(got)))


def half_closed():
    """A client that has nothing more to say is still answered."""
    s = socket.create_connection(('127.0.0.1', PORT), 5)
    s.settimeout(5)
    s.sendall((GET * 3).encode())
    s.shutdown(socket.SHUT_WR)
    got = b''
    while True:
        piece = s.recv(65536)
        if not piece:
            break
        got += piece
    s.close()
    results.append(('closed on its side', '200+200+200', statuses(got)))


def main():
    threads = []
    for label, data, wanted in slow_probes():
        results.append(None)
        threads.append(threading.Thread(target=run, args=(
            len(results) - 1, label, data, wanted, 14)))
    results.append(None)
    threads.append(threading.Thread(target=drip, args=(len(results) - 1,)))
    for thread in threads:
        thread.start()
    for label, data, wanted in probes():
        results.append(None)
        run(len(results) - 1, label, data, wanted,
            5 if wanted.endswith('c') else 0.3)
    wait_for_100()
    half_closed()
    for thread in threads:
        thread.join()
    print('1..%d' % len(results))
    for i, (label, wanted, got) in enumerate(results, 1):
        good = got == wanted
        print('%sok %d - %s' % ('' if good else 'not ', i, label))
        if not good:
            print('# wanted %s, got %s' % (wanted, got or 'nothing'))
    return 0 if all(r[1] == r[2] for r in results) else 1


sys.exit(main())
