#!/usr/bin/env python3
"""Measures the listener with wrk, in alternation with the lesson's application
on FastAPI (tests/bench/fastapi, one worker) and with a bare loop
(tests/bench/bare_http.c), on the same rows.

    bench_http.py TASKMGR BARE SLOW_SYNC

Needs wrk and sqlite3.  Prints for each kind of request: requests a second, the latency's median and
99th percentile, the processor's time for each, and ratios; then the memory
after each of two millions of requests (REQUESTS), and how long reads by key
take while a million rows (ROWS) are scanned again and again, and records are
created, on a disk whose sync takes 20 ms (SLOW_SYNC, tests/bench/slow_sync.c).
SECONDS is how long a run is, ROUNDS how often each is done; the medians count.
"""
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

TASKMGR, BARE, SLOW_SYNC = (os.path.abspath(name) for name in sys.argv[1:4])
APP = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'bench',
                   'fastapi')
PYTHON = '/usr/bin/python3'
SECONDS = os.environ.get('SECONDS', '3')
ROUNDS = int(os.environ.get('ROUNDS', '3'))
REQUESTS = int(os.environ.get('REQUESTS', '1000000'))
ROWS = int(os.environ.get('ROWS', '1000000'))
CREATE = '''
local n, start = 0, ""
function init(words) start = words[1] end
function request()
    n = n + 1
    return wrk.format("POST", "/user/create",
        { ["Content-Type"] = "application/json" },
        '{"username":"' .. start .. n ..
        '","firstname":"Pasha","lastname":"Technique","age":40}')
end
'''


def make_database(path, rows):
    subprocess.run([TASKMGR, '--db', path, 'db', 'upgrade', '-q'], check=True)
    subprocess.run(['sqlite3', path, '''
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL
            SELECT i + 1 FROM n WHERE i < %d)
        INSERT INTO users (username, firstname, lastname, age, slug)
        SELECT 'user' || i, 'Pasha', 'Technique', i %% 90, 'user' || i
        FROM n''' % rows], check=True)


def free_port():
    with socket.socket() as sock:
        sock.bind(('127.0.0.1', 0))
        return sock.getsockname()[1]


class Server:
    def __init__(self, name, folder, database, **environment):
        self.name, self.folder, self.port = name, folder, free_port()
        os.mkdir(folder)
        shutil.copy(database, os.path.join(folder, 'taskmanager.db'))
        self.process = subprocess.Popen(
            self.command(), cwd=folder, stderr=subprocess.DEVNULL,
            env=dict(os.environ, PYTHONPATH=APP, PYTHONDONTWRITEBYTECODE='1',
                     **environment))
        self.log = 0
        threading.Thread(target=self.watch_log, daemon=True).start()
        self.wait()

    def watch_log(self):
        """The largest size of the database's log, in MB, is kept in log."""
        path = os.path.join(self.folder, 'taskmanager.db-wal')
        while self.process.poll() is None:
            try:
                self.log = max(self.log, os.stat(path).st_size / 1e6)
            except OSError:
                pass
            time.sleep(0.02)

    def show_log(self, title):
        print('%-34s %-8s %9.1f MB' % ('largest log, ' + title, self.name,
                                       self.log))

    def command(self):
        port = str(self.port)
        if self.name == 'taskmgr':
            return [TASKMGR, '--db', 'taskmanager.db', '--serve', '--port',
                    port]
        if self.name == 'bare':
            return [BARE, 'taskmanager.db', port]
        # As the application makes its database.
        subprocess.run(['sqlite3', 'taskmanager.db',
                        'PRAGMA journal_mode = DELETE'], cwd=self.folder,
                       check=True, stdout=subprocess.DEVNULL)
        return [PYTHON, '-m', 'uvicorn', 'app.main:app', '--port', port,
                '--no-access-log', '--log-level', 'critical']

    def wait(self):
        for _ in range(500):
            try:
                socket.create_connection(('127.0.0.1', self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        sys.exit('%s does not start' % self.name)

    def seconds(self):
        with open('/proc/%d/stat' % self.process.pid) as file:
            fields = file.read().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')

    def memory(self):
        with open('/proc/%d/status' % self.process.pid) as file:
            return int(re.search(r'VmRSS:\s+(\d+)', file.read())[1]) / 1024

    def run(self, path, connections, script=None, seconds=SECONDS):
        """A second, p50 and p99 in ms, µs of processor each, and how many."""
        before = self.seconds()
        command = ['wrk', '-t1', '-c%d' % connections, '-d%ss' % seconds,
                   '--latency', 'http://127.0.0.1:%d%s' % (self.port, path)]
        if script:
            command[1:1] = ['-s', script]
            command += ['--', '%s%d_' % (self.name, time.monotonic_ns())]
        out = subprocess.run(command, check=True, capture_output=True,
                             text=True).stdout
        count = int(re.search(r'(\d+) requests in', out)[1])
        if 'Non-2xx' in out:
            sys.exit('%s %s: %s' % (self.name, path, out))
        used = self.seconds() - before
        return (float(re.search(r'Requests/sec:\s+([\d.]+)', out)[1]),
                milliseconds(re.search(r' 50%\s+(\S+)', out)[1]),
                milliseconds(re.search(r' 99%\s+(\S+)', out)[1]),
                used / max(count, 1) * 1e6, count)

    def load(self, path, connections, script=None):
        """Requests that others are measured beside, until it is killed."""
        command = ['wrk', '-t1', '-c%d' % connections, '-d1h', '--timeout',
                   '60s', 'http://127.0.0.1:%d%s' % (self.port, path)]
        if script:
            command[1:1] = ['-s', script]
            command += ['--', 'beside']
        return subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


def milliseconds(text):
    number, unit = re.fullmatch(r'([\d.]+)(us|ms|s|m)', text).groups()
    return float(number) * {'us': 0.001, 'ms': 1, 's': 1000, 'm': 6e4}[unit]


def compare(title, servers, path, connections, script=None):
    found = {server.name: [] for server in servers}
    for _ in range(ROUNDS):
        for server in servers:
            found[server.name].append(server.run(path, connections, script))
    rates = {}
    for name, runs in found.items():
        rate, p50, p99, used = (statistics.median(column)
                                for column in list(zip(*runs))[:4])
        rates[name] = rate
        print('%-34s %-8s %9.0f/s  p50 %8.2f ms  p99 %8.2f ms  %8.1f µs' %
              (title, name, rate, p50, p99, used))
    for name in list(rates)[1:]:
        print('%-34s taskmgr / %s: %.2f' % (
            title, name, rates['taskmgr'] / max(rates[name], 1e-9)))


def start(names, folder, rows):
    database = os.path.join(folder, '%d.db' % rows)
    make_database(database, rows)
    return [Server(name, os.path.join(folder, '%s%d' % (name, rows)), database)
            for name in names]


def grow(server):
    """The memory after a number of requests, and after as many again."""
    for turn in 'first', 'second':
        done = 0
        while done < REQUESTS:
            done += server.run('/user/user_id?user_id=500', 64)[4]
        print('%-34s taskmgr %9.1f MB' % ('memory, %s %d requests' %
                                          (turn, done), server.memory()))


def beside(folder, script):
    database = os.path.join(folder, 'million.db')
    make_database(database, ROWS)
    server = Server('taskmgr', os.path.join(folder, 'slow'), database,
                    LD_PRELOAD=SLOW_SYNC)
    key = '/user/user_id?user_id=%d' % (ROWS // 2)
    for title, loads in (
            ('by id, alone', []),
            ('by id, beside scans', [('/user/count?search=nobody', 1)]),
            ('by id, beside scans and creates', [
                ('/user/count?search=nobody', 1), ('/', 8, script)])):
        others = [server.load(*load) for load in loads]
        runs = [server.run(key, 4) for _ in range(ROUNDS)]
        for other in others:
            other.kill()
            other.wait()
        rate, p50, p99 = (statistics.median(column)
                          for column in list(zip(*runs))[:3])
        print('%-34s taskmgr  %9.0f/s  p50 %8.2f ms  p99 %8.2f ms' %
              (title, rate, p50, p99))
    server.show_log('scans and creates')
    server.stop()


def main():
    names = ['taskmgr', 'bare']
    if subprocess.run([PYTHON, '-c', 'import fastapi, uvicorn, slugify'],
                      stderr=subprocess.DEVNULL).returncode == 0:
        names.append('FastAPI')
    else:
        print('FastAPI is not here: python3-fastapi uvicorn python3-slugify')
    with tempfile.TemporaryDirectory() as folder:
        script = os.path.join(folder, 'create.lua')
        with open(script, 'w', encoding='utf-8') as file:
            file.write(CREATE)
        servers = start(names, folder, 100)
        compare('list of 100 rows', servers, '/user/', 32)
        for server in servers:
            server.stop()
        servers = start(names, folder, 1000)
        compare('by id', servers, '/user/user_id?user_id=500', 32)
        compare('list of 1000 rows', servers, '/user/', 32)
        grow(servers[0])
        compare('durable create', [one for one in servers
                                   if one.name != 'bare'], '/', 64, script)
        servers[0].show_log('creates')
        for server in servers:
            print('%-34s %-8s %9.1f MB' % ('memory at the end', server.name,
                                           server.memory()))
            server.stop()
        beside(folder, script)


main()
