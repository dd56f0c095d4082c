#!/usr/bin/env python3
"""Sends bytes to a listener that must be answered strictly; prints TAP.

usage: http_probes.py PORT

Each probe says what must come back: the statuses of the answers joined by
"+", and a "c" behind them where the server must close the connection.
"""
import itertools
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


def closing(fields='', line='GET / HTTP/1.1'):
    """A request whose answer is the last one, so that nobody waits."""
    return get(line, HOST + 'Connection: close\r\n' + fields)


def closed(text, fields):
    return post('Connection: close\r\n' + fields, text)


def te(value, text=None):
    return closed(text or chunk(BODY % 'nobody'), 'Transfer-Encoding:' + value)


def cl(value):
    return closed(BODY % 'nobody', 'Content-Length:' + value)


def framing_probes():
    """RFC 9112, 6 and 7: what a body's end could be mistaken by."""
    b = body()
    n = len(b)
    yield 'TE in another case', te(' Chunked\r\n', chunk(body())), '201c'
    yield 'TE after a tab', te('\tchunked\r\n', chunk(body())), '201c'
    yield 'TE before blanks', te(' chunked \t\r\n', chunk(body())), '201c'
    for label, value in (
            ('empty', '\r\n'), ('"identity"', ' identity\r\n'),
            ('"chunked, identity"', ' chunked, identity\r\n'),
            ('",chunked"', ' ,chunked\r\n'), ('"chunked,"', ' chunked,\r\n'),
            ('"chunked;q=1"', ' chunked;q=1\r\n'),
            ('"\\"chunked\\""', ' "chunked"\r\n'),
            ('after a vertical tab', ' \vchunked\r\n'),
            ('after a form feed', ' \fchunked\r\n'),
            ('before NUL', ' chunked\0\r\n'), ('folded', '\r\n chunked\r\n'),
            ('before a lone CR', ' chunked\r\r\n'),
            ('with a bare LF', ' x\nchunked\r\n'),
            ('twice', ' chunked\r\nTransfer-Encoding: chunked\r\n'),
            ('and then another', ' chunked\r\nTransfer-Encoding: gzip\r\n'),
            ('and a length', ' chunked\r\nContent-Length: %d\r\n' % n),
            ('and length 0', ' chunked\r\nContent-Length: 0\r\n')):
        yield 'TE ' + label, te(value), '400c'
    yield 'TE, blank before the colon', closed(
        chunk(b), 'Transfer-Encoding : chunked\r\n'), '400c'
    # Another name: no length is given, and the body is the next request.
    yield 'Transfer_Encoding', closed(
        chunk(b), 'Transfer_Encoding: chunked\r\n'), '422c'
    yield 'CL after a tab', closed(
        b, 'Content-Length:\t%d \r\n' % n), '201c'
    for label, value in (
            ('empty', '\r\n'), ('a word', ' ten\r\n'), ('a blank', '  \r\n'),
            ('"-0"', ' -0\r\n'), ('"1_0"', ' 1_0\r\n'), ('"1.0"', ' 1.0\r\n'),
            ('"1e1"', ' 1e1\r\n'), ('"5 5"', ' 5 5\r\n'), ('"5;"', ' 5;\r\n'),
            ('"5,"', ' 5,\r\n'), ('", 5"', ' , 5\r\n'), ('"5, 6"', ' 5, 6\r\n'),
            ('Arabic digits', ' \u0665\r\n'.encode().decode('latin1')),
            ('folded', '\r\n 5\r\n'), ('before NUL', ' 5\0\r\n'),
            ('a vertical tab', ' \v5\r\n'),
            ('twice, empty', ' 5\r\nContent-Length:\r\n'),
            ('and another in lower case', ' 5\r\ncontent-length: 6\r\n')):
        yield 'CL ' + label, cl(value), '400c'
    yield 'CL, blank before the colon', closed(
        b, 'Content-Length : %d\r\n' % n), '400c'
    yield 'CL 2^63', cl(' 9223372036854775808\r\n'), '413c'
    yield 'CL of a thousand digits', cl(' ' + '9' * 1000 + '\r\n'), '413c'
    yield 'CL 0', closed('', 'Content-Length: 0\r\n'), '422c'
    yield 'no CL, no TE', closed('', ''), '422c'
    yield 'GET with a body', get(
        fields=HOST + 'Content-Length: 5\r\n') + 'GET /' + GET, '200+200'
    yield 'OPTIONS with a body', get('OPTIONS / HTTP/1.1', HOST +
        'Content-Length: 5\r\n') + 'GET /' + GET, '204+200'
    b = body()
    yield 'two requests, each with its body', sized(body()) + closed(
        b, 'Content-Length: %d\r\n' % len(b)), '201+201c'
    yield 'the body is a request', closed(
        GET, 'Content-Length: %d\r\n' % len(GET)), '422c'


def chunk_probes():
    """RFC 9112, 7.1: only its grammar, and extensions are ignored."""
    def send(data):
        return closed(data, 'Transfer-Encoding: chunked\r\n')

    def sizes(form, **more):
        b = body()
        return send(form.format(n='%x' % len(b), N='%X' % len(b), b=b, **more))

    for label, form in (
            ('in upper case', '{N}\r\n{b}\r\n0\r\n\r\n'),
            ('with zeros before', '000{n}\r\n{b}\r\n000\r\n\r\n'),
            ('with an extension', '{n};a\r\n{b}\r\n0\r\n\r\n'),
            ('with a value', '{n};a=b\r\n{b}\r\n0;c="d;\\"\x09e"\r\n\r\n'),
            ('with blanks, as bad clients', '{n} ; a = b\r\n{b}\r\n0\r\n\r\n'),
            ('with a trailer', '{n}\r\n{b}\r\n0\r\nX-A: 1\r\nX-B: 2\r\n\r\n'),
            ('with CL as a trailer',
             '{n}\r\n{b}\r\n0\r\nContent-Length: 3\r\n\r\n'),
            ('with TE as a trailer',
             '{n}\r\n{b}\r\n0\r\nTransfer-Encoding: gzip\r\n\r\n')):
        yield 'chunk ' + label, sizes(form), '201c'
    b = body()
    yield 'chunks of one byte', send(''.join(
        '1\r\n%s\r\n' % c for c in b) + '0\r\n\r\n'), '201c'
    yield 'no chunk but the last', send('0\r\n\r\n'), '422c'
    for label, form in (
            ('size missing', '\r\n{b}\r\n0\r\n\r\n'),
            ('size blank', ' {n}\r\n{b}\r\n0\r\n\r\n'),
            ('size "+"', '+{n}\r\n{b}\r\n0\r\n\r\n'),
            ('size "_"', '0_{n}\r\n{b}\r\n0\r\n\r\n'),
            ('size "h"', '{n}h\r\n{b}\r\n0\r\n\r\n'),
            ('size "xyz"', 'xyz\r\n{b}\r\n0\r\n\r\n'),
            ('size with a comma', '{n},{n}\r\n{b}\r\n0\r\n\r\n'),
            ('size before NUL', '{n}\0\r\n{b}\r\n0\r\n\r\n'),
            ('size before a blank', '{n} \r\n{b}\r\n0\r\n\r\n'),
            ('size before a lone CR', '{n}\r{b}\r\n0\r\n\r\n'),
            ('extension without a name', '{n};\r\n{b}\r\n0\r\n\r\n'),
            ('extension with a bare LF', '{n};a\n{b}\r\n0\r\n\r\n'),
            ('extension with a lone CR', '{n};a\rb\r\n{b}\r\n0\r\n\r\n'),
            ('extension with NUL', '{n};a\0\r\n{b}\r\n0\r\n\r\n'),
            ('data longer than its size', '5\r\n{b}\r\n0\r\n\r\n'),
            ('data without its CRLF', '{n}\r\n{b}0\r\n\r\n'),
            ('data that ends with LF', '{n}\r\n{b}\n0\r\n\r\n'),
            ('data that ends with CR', '{n}\r\n{b}\r0\r\n\r\n'),
            ('trailer that ends with LF', '{n}\r\n{b}\r\n0\r\nX: 1\n\r\n'),
            ('trailer without a colon', '{n}\r\n{b}\r\n0\r\nX\r\n\r\n'),
            ('trailer with a folded line',
             '{n}\r\n{b}\r\n0\r\nX: 1\r\n 2\r\n\r\n'),
            ('last line LF', '{n}\r\n{b}\r\n0\r\n\n')):
        yield 'chunk: ' + label, sizes(form), '400c'
    yield 'chunk: size of 2^64', send('10000000000000000\r\n'), '413c'
    yield 'chunk: extension of 64 KB', send(
        '5;' + 'a' * 65536 + '\r\nhello\r\n0\r\n\r\n'), '4xxc'


def line_probes():
    """RFC 9112, 2 and 3, and RFC 9110, 4: lines, methods, targets, Host."""
    yield 'CR alone ends no line', \
        GET.replace('\r\n', '\r') + '\r\n\r\n', '400c'
    yield 'bare LF after the request line', get('GET / HTTP/1.1\nX: 1'), '400c'
    yield 'bare LF after a field', get(fields=HOST + 'X: 1\nY: 2\r\n'), '400c'
    yield 'bare LF ends the head', get(fields=HOST)[:-2] + '\n', '400c'
    yield 'LF CR', GET.replace('\r\n', '\n\r'), '400c'
    yield 'a blank before the first field', get(fields=' X: 1\r\n' + HOST), \
        '400c'
    yield 'a line of blanks', get(fields=HOST + '   \r\n'), '400c'
    yield 'a blank before the method', get(' GET / HTTP/1.1'), '400c'
    yield 'a blank after the version', get('GET / HTTP/1.1 '), '400c'
    yield 'a third empty line', '\r\n' * 3 + closing(), '200c'
    for label, line in (
            ('no target', 'GET HTTP/1.1'), ('an empty target', 'GET  HTTP/1.1'),
            ('no version', 'GET /'), ('four parts', 'GET / / HTTP/1.1'),
            ('HTTP/1', 'GET / HTTP/1'), ('HTTP/1.', 'GET / HTTP/1.'),
            ('HTTP/01.1', 'GET / HTTP/01.1'), ('HTTP/1.01', 'GET / HTTP/1.01'),
            ('http/1.1', 'GET / http/1.1'), ('HTTP/1,1', 'GET / HTTP/1,1'),
            ('HTTP /1.1', 'GET / HTTP /1.1'), ('HTTPS/1.1', 'GET / HTTPS/1.1'),
            ('a fragment', 'GET /#a HTTP/1.1'),
            ('a backslash', 'GET /\\a HTTP/1.1'),
            ('a quote', 'GET /"a HTTP/1.1'), ('<>', 'GET /<a> HTTP/1.1'),
            ('half an escape', 'GET /%4 HTTP/1.1'),
            ('a wrong escape', 'GET /?a=%zz HTTP/1.1'),
            ('NUL', 'GET /\0 HTTP/1.1'), ('DEL', 'GET /\x7f HTTP/1.1'),
            ('a byte 0xff', 'GET /\xff HTTP/1.1'),
            ('* with GET', 'GET * HTTP/1.1'),
            ('a target without a slash', 'GET ?a=1 HTTP/1.1'),
            ('a host alone', 'GET localhost HTTP/1.1'),
            ('userinfo', 'GET http://u@localhost/ HTTP/1.1'),
            ('another scheme', 'GET ftp://localhost/ HTTP/1.1'),
            ('a scheme without a host', 'GET http:/// HTTP/1.1')):
        yield 'request line: ' + label, closing(line=line), '400c'
    yield 'a line in a target', closing(line='GET /%0d%0aX:1 HTTP/1.1'), '404c'
    yield 'an overlong slash', closing(line='GET /%c0%af HTTP/1.1'), '404c'
    yield 'dots in a target', closing(line='GET /../../etc/passwd HTTP/1.1'), \
        '404c'
    yield 'encoded dots', closing(line='GET /%2e%2e/%2e HTTP/1.1'), '404c'
    # Host is ignored then (RFC 9112, 3.2.2).
    yield 'absolute-form beats Host', get(
        'GET http://127.0.0.1/ HTTP/1.1',
        'Host: evil.example\r\nConnection: close\r\n'), '200c'
    yield 'absolute-form with a port', closing(
        line='GET HTTP://LOCALHOST:80/ HTTP/1.1'), '200c'
    yield 'absolute-form without a path', closing(
        line='GET http://localhost HTTP/1.1'), '200c'
    yield 'a method of 1 MB', get('G' * 1000000 + ' / HTTP/1.1'), '4xxc'
    yield 'a method that is no token', get('G(T / HTTP/1.1'), '400c'
    yield 'TRACE', get('TRACE / HTTP/1.1'), '501c'
    for value in ('', ' ', ' a b', ' a,b', ' localhost, localhost',
                  ' u@localhost', ' localhost/x', ' localhost:x',
                  ' localhost:-1', ' [::1', ' [::1]x', ' http://localhost',
                  ' local\thost', ' localhost\0', ' localhost#',
                  ' %6cocalhost'):
        yield 'Host:%r' % value, get(fields='Host:%s\r\n' % value +
                                     'Connection: close\r\n'), '4xxc'
    yield 'Host: an empty port', get(
        fields='Host: localhost:\r\nConnection: close\r\n'), '200c'
    yield 'Host twice, the same', get(fields=HOST * 2), '400c'
    yield 'Host in another case, too', get(
        fields=HOST + 'hOST: localhost\r\n'), '400c'
    yield 'Host, folded', get(fields='Host:\r\n 127.0.0.1\r\n'), '400c'
    yield 'Host, blank before the colon', get(
        fields='Host : 127.0.0.1\r\n'), '400c'


def field_probes():
    """RFC 9110, 5: names and values of fields."""
    for label, field in (
            ('a tab before the colon', 'X-A\t: 1'), ('a NUL name', 'X\0A: 1'),
            ('a blank in a name', 'X A: 1'), ('a name in brackets', '(X): 1'),
            ('a name in UTF-8', 'X-\xc3\xa4: 1'), ('DEL in a name', 'X\x7f: 1'),
            ('a name of a colon', ':: 1'), ('a comma in a name', 'X,Y: 1'),
            ('a slash in a name', 'X/Y: 1'), ('a quote in a name', '"X": 1'),
            ('DEL in a value', 'X: \x7f'), ('a vertical tab', 'X: a\vb'),
            ('a bell', 'X: \a'), ('an escape', 'X: \x1b[1m'),
            ('folded with a tab', 'X: 1\r\n\t2'),
            ('folded and empty', 'X: 1\r\n '),
            ('a lone CR at the end', 'X: 1\r')):
        yield 'field: ' + label, closing(field + '\r\n'), '400c'
    for label, field in (
            ('an empty value', 'X:'), ('no blank', 'X:1'), ('a tab', 'X:\t1\t'),
            ('a colon in a value', 'X: a:b'),
            ('UTF-8 in a value', 'X: \xc3\xa4'),
            ('a byte 0xff', 'X: \xff'), ('all signs', "!#$%&'*+-.^_`|~1a: 1"),
            ('twice', 'X: 1\r\nX: 2'), ('an underscore', 'Content_Length: 9'),
            ('cookies', 'Cookie: a=b; ;=;"\x80'), ('many commas', 'X: ,,,,'),
            ('Upgrade',
             'Upgrade: h2c, websocket\r\nHTTP2-Settings: AAMAAABkAA'),
            ('a Range', 'Range: bytes=0-1,5-,-1'),
            ('Max-Forwards', 'Max-Forwards: x'),
            ('TE', 'TE: trailers, deflate;q=0.5'),
            ('a long value', 'X: ' + 'a' * 8000),
            ('a wrong date', 'If-Modified-Since: yesterday')):
        yield 'field: ' + label, closing(field + '\r\n'), '200c'
    yield 'a name of 20 KB', closing('X' * 20000 + ': 1\r\n'), '431c'
    yield 'an Accept that is none', closing('Accept: ;;q=,/\r\n'), '200c'
    yield 'Connection: close, in a list', get(
        fields=HOST + 'Connection: foo, CLOSE\r\n'), '200c'
    yield 'two types', sized(body(), 'Content-Type: text/plain\r\n'), '400c'
    yield 'Expect twice', sized(body(), 'Expect: 100-continue\r\n' * 2), '4xxc'


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


def ask(data, wanted, wait):
    """What comes back, until nothing more comes for wait seconds; the first of
    what is wanted may be late on a busy machine."""
    s = socket.create_connection(('127.0.0.1', PORT), 5)
    try:
        s.sendall(data.encode('utf-8' if '\u044e' in data else 'latin1'))
    except OSError:
        pass
    s.settimeout(max(10, wait) if wanted else wait)
    got = b''
    end = ''
    try:
        while True:
            piece = s.recv(65536)
            if not piece:
                end = 'c'
                break
            got += piece
            s.settimeout(wait)
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


REFUSALS = ('400c', '413c', '414c', '417c', '421c', '431c')
results = []


def run(number, label, data, wanted, wait):
    got = ask(data, wanted, wait)
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
    for label, data, wanted in itertools.chain(
            probes(), framing_probes(), chunk_probes(), line_probes(),
            field_probes()):
        results.append(None)
        run(len(results) - 1, label, data, wanted,
            5 if wanted.endswith('c') else 0.3)
    wait_for_100()
    half_closed()
    for thread in threads:
        thread.join()
    print('1..%d' % len(results))
    status = 0
    for i, (label, wanted, got) in enumerate(results, 1):
        good = got == wanted or (wanted == '4xxc' and got in REFUSALS)
        print('%sok %d - %s' % ('' if good else 'not ', i, label))
        if not good:
            status = 1
            print('# wanted %s, got %s' % (wanted, got or 'nothing'))
    return status


sys.exit(main())
