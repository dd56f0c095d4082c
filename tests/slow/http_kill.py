#!/usr/bin/env python3
"""Creates records and arrays of three until the listener is gone.

usage: http_kill.py PORT ROUND

Prints the names that were answered with 201, an array's with " 3" behind it.
"""
import http.client
import json
import sys
import threading

PORT = int(sys.argv[1])
ROUND = sys.argv[2]
answered = []


def write(number):
    """One client, which waits for each answer."""
    client = http.client.HTTPConnection('127.0.0.1', PORT, timeout=10)
    for i in range(1000000):
        name = '%s_%d_%d' % (ROUND, number, i)
        rows = [{'username': name + suffix, 'firstname': 'F',
                 'lastname': 'L', 'age': i % 90}
                for suffix in ('', 'x', 'y')]
        many = i % 2
        try:
            client.request('POST', '/user/create',
                           json.dumps(rows if many else rows[0]),
                           {'Content-Type': 'application/json'})
            response = client.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            return
        if response.status == 201:
            answered.append(name + (' 3' if many else ' 1'))


threads = [threading.Thread(target=write, args=(n,)) for n in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('\n'.join(answered))
