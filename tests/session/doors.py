"""The doors of taskmgr, as walk.py and others open them: each plays the steps of a
sequence in a folder and returns what it answered."""
import fcntl
import http.client
import json
import os
import pty
import re
import select
import shutil
import sqlite3
import struct
import subprocess
import tempfile
import termios
from contextlib import closing

from model import request

TASKMGR = os.environ['TASKMGR']
PROMPT = re.compile(rb'taskmgr(\([^)]*\))?\*?> $')
WAIT = 20  # seconds until a door counts as dead


class shown:
    """How words are typed, and what of an answer is compared."""
    environment = {
        'PATH': os.environ['PATH'], 'HOME': '/nonexistent', 'TZ': 'UTC',
        'LC_ALL': 'C.UTF-8', 'SOURCE_DATE_EPOCH': '1795345622',
        'EDITOR': 'true', 'USER': 'tester', 'TERM': 'dumb',
        'TASKMGR_HISTORY': '',
        'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', ''),
        'UBSAN_OPTIONS': os.environ.get('UBSAN_OPTIONS', ''),
    }

    @staticmethod
    def word(word):
        if re.fullmatch(r'[\w./=+,@-]+', word):
            return word
        return "'" + word.replace("'", "'\\''") + "'"

    @staticmethod
    def line(words):
        return ' '.join(map(shown.word, words))

    @staticmethod
    def clean(text):
        """Without durations, the place in a script, and --no-input, which a
        session has for all of its commands."""
        text = re.sub(r'"--no-input",|--no-input ', '', text)
        text = re.sub(r'\d+\.\d{3} s\b', 'N s', text)
        text = re.sub(r'"(\w*duration|milliseconds)":[\d.]+', r'"\1":N', text)
        text = re.sub(r'(?m)^(taskmgr: )(standard input|\S*script\.tm):\d+: ',
                      r'\1', text)
        text = re.sub(r'"where":"(standard input|[^"]*script\.tm):\d+",',
                      '', text)
        return re.sub(r'(?m)^taskmgr: exit: unexpected argument "sync-\d+"\n',
                      '', text)


# What another process does between two commands ------------------------------

def _files(folder):
    return [os.path.join(folder, 'taskmanager.db' + end)
            for end in ('', '-wal', '-shm')]


def _delete(folder, spare, names=3):
    for path in _files(folder)[:names]:
        if os.path.exists(path):
            os.unlink(path)


def _replace(folder, spare, names=3):
    _delete(folder, spare, names)
    shutil.copy(spare, os.path.join(folder, 'taskmanager.db'))


def _add_column(folder, spare):
    path = _files(folder)[0]
    if not os.path.exists(path):
        return
    with closing(sqlite3.connect(path)) as db:
        columns = db.execute('PRAGMA table_info(users)').fetchall()
        if columns:
            db.execute('ALTER TABLE users ADD COLUMN note%d TEXT' %
                       len(columns))


OUTSIDE = {
    'a column added': _add_column,
    'deleted': _delete,
    'deleted without its WAL': lambda folder, spare: _delete(folder, spare, 1),
    'replaced': _replace,
    # At a prompt, where no connection is open; else SQLite takes the WAL for
    # the new file's.
    'moved over': lambda folder, spare: _replace(folder, spare, 1),
}


# Answers ---------------------------------------------------------------------

class Answers:
    """Of each step, and of all steps together."""

    def __init__(self):
        self.steps = {'out': [], 'err': [], 'rows': []}
        self.whole = {'out': '', 'err': '', 'status': 0}

    def add(self, words, out, err, status):
        out, err = shown.clean(out), shown.clean(err)
        self.steps['out'].append(out)
        self.steps['err'].append(err)
        if '--jsonl' in words and '--help' not in words:
            self.steps['rows'].append(
                'status %d' % status if status else
                [json.loads(line) for line in out.splitlines()])
        self.whole['out'] += out
        self.whole['err'] += err
        self.whole['status'] = self.whole['status'] or status


def call(folder, words, text=''):
    done = subprocess.run([TASKMGR, '--no-input'] + words, cwd=folder,
                          env=shown.environment, input=text.encode(),
                          capture_output=True, timeout=WAIT)
    return (done.stdout.decode(errors='replace'),
            done.stderr.decode(errors='replace'), done.returncode)


def alone(folder, steps, keep, spare, judge):
    """One process for each command: the truth for all others."""
    answers = Answers()
    for step in steps:
        if isinstance(step, str):
            OUTSIDE[step](folder, spare)
            judge.look()
            continue
        out, err, status = call(folder, step)
        answers.add(step, out, err, status)
        judge.check(step, status, out, err)
        if status and not keep:
            break
    return answers


def _together(out, err, status):
    return {'out': shown.clean(out), 'err': shown.clean(err),
            'status': status}


def _going(keep):
    return ['--keep-going'] if keep else []


class Commands:
    """-c: all in one text, every second with the program's name."""

    def can(self, steps, keep):
        return not any(isinstance(step, str) for step in steps)

    def text(self, steps):
        return ''.join(('taskmgr ' if i % 2 else '') + shown.line(words) +
                       ('\n' if i % 3 else '; ')
                       for i, words in enumerate(steps))

    def run(self, folder, steps, keep, spare):
        return _together(*call(folder, _going(keep) +
                               ['-c', self.text(steps)]))


class File(Commands):
    """-c with the first command, -f with the rest: a file with a byte order
    mark whose lines are joined by backslashes."""

    def run(self, folder, steps, keep, spare):
        path = folder + '-script.tm'
        with open(path, 'w', encoding='utf-8-sig') as file:
            for words in steps[1:]:
                file.write(' \\\n'.join(map(shown.word, words)) + '\n')
        return _together(*call(folder, _going(keep) + [
            '-c', self.text(steps[:1]), '-f', path]))


class Input(Commands):
    """Standard input; waits for each command before another process acts."""

    def can(self, steps, keep):
        return keep and 'moved over' not in steps or \
            super().can(steps, keep)

    def run(self, folder, steps, keep, spare):
        if super().can(steps, keep):
            return _together(*call(folder, _going(keep), self.text(steps)))
        with tempfile.TemporaryFile() as out:
            process = subprocess.Popen(
                [TASKMGR, '--no-input', '--keep-going'], cwd=folder,
                env=shown.environment, stdin=subprocess.PIPE, stdout=out,
                stderr=subprocess.PIPE)
            err = self.feed(process, folder, steps, spare)
            process.wait(WAIT)
            process.stderr.close()
            out.seek(0)
            return {'out': shown.clean(out.read().decode()),
                    'err': shown.clean(err)}

    def feed(self, process, folder, steps, spare):
        err = b''
        for number, step in enumerate(steps):
            if isinstance(step, str):
                sync = 'sync-%d' % number
                process.stdin.write(b'exit %s\n' % sync.encode())
                process.stdin.flush()
                while b'"%s"\n' % sync.encode() not in err:
                    err += read_some(process.stderr.fileno())
                OUTSIDE[step](folder, spare)
            else:
                process.stdin.write(shown.line(step).encode() + b'\n')
        process.stdin.close()
        return (err + process.stderr.read()).decode(errors='replace')


def read_some(fd):
    if not select.select([fd], [], [], WAIT)[0]:
        raise TimeoutError('no answer')
    data = os.read(fd, 65536)
    if not data:
        raise EOFError('it ended')
    return data


class Terminal:
    """A REPL whose standard input and error are a terminal."""

    def __init__(self, folder, options=('--no-input',)):
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ,
                    struct.pack('HHHH', 50, 4000, 0, 0))
        attributes = termios.tcgetattr(slave)
        attributes[1] &= ~termios.OPOST
        termios.tcsetattr(slave, termios.TCSANOW, attributes)
        self.out = tempfile.TemporaryFile()
        self.seen = 0
        self.master = master
        self.process = subprocess.Popen(
            [TASKMGR] + list(options), cwd=folder, env=shown.environment,
            stdin=slave, stdout=self.out, stderr=slave,
            start_new_session=True)
        os.close(slave)
        self.until(PROMPT)

    def until(self, end):
        """What comes before the end, a pattern."""
        text = b''
        while not (found := end.search(text)):
            text += read_some(self.master)
        return text[:found.start()].decode(errors='replace')

    def type(self, line):
        """What it wrote to standard output and standard error."""
        os.write(self.master, line.encode() + b'\r')
        err = self.until(PROMPT)
        err = err[err.index('\n') + 1:]
        # Not read(): the place in the file is the program's, too.
        out = os.pread(self.out.fileno(), 1 << 24, self.seen)
        self.seen += len(out)
        return out.decode(errors='replace'), err

    def close(self):
        os.write(self.master, b'exit\r')
        try:
            status = self.process.wait(WAIT)
        finally:
            self.process.kill()
            os.close(self.master)
            self.out.close()
        return status


class Repl:
    def can(self, steps, keep):
        return keep

    def run(self, folder, steps, keep, spare):
        answers = {'out': [], 'err': []}
        terminal = Terminal(folder)
        try:
            for step in steps:
                if isinstance(step, str):
                    OUTSIDE[step](folder, spare)
                    continue
                out, err = terminal.type(shown.line(step))
                answers['out'].append(shown.clean(out))
                answers['err'].append(shown.clean(err))
        finally:
            terminal.close()
        return answers


class Http:
    """The listener; each answer as the rows that --jsonl would print."""

    def can(self, steps, keep):
        return True

    def run(self, folder, steps, keep, spare):
        process = subprocess.Popen(
            [TASKMGR, '--serve', '--port', '0'], cwd=folder,
            env=shown.environment, stderr=subprocess.PIPE)
        try:
            line = process.stderr.readline().decode()
            port = int(re.search(r'127\.0\.0\.1:(\d+)', line).group(1))
            connection = http.client.HTTPConnection('127.0.0.1', port,
                                                    timeout=WAIT)
            return {'rows': [self.ask(connection, words) for words in steps]}
        finally:
            process.terminate()
            process.wait(WAIT)
            process.stderr.close()

    def ask(self, connection, words):
        method, path, body = request(words)
        headers = {'Prefer': 'return=representation'}
        if body is not None:
            headers['Content-Type'] = 'application/json'
            body = json.dumps(body)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        found = json.loads(answer.read())
        if answer.status == 404:
            return 'status 3'
        if answer.status in (409, 422):
            return 'status 4'
        if answer.status >= 300:
            return 'HTTP %d %r' % (answer.status, found)
        if words[1] == 'delete':
            return []
        return found if isinstance(found, list) else [found]


DOORS = {'-c': Commands(), '-f': File(), 'stdin': Input(), 'repl': Repl(),
         'http': Http()}
