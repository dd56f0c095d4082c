"""Folders that sequences of commands begin in, and what is left there."""
import glob
import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing

from doors import TASKMGR, shown
from model import Failure


def rows_of(path):
    """All that is in a database, but for what a clock decides, and the record
    for undo, which has what was typed, and nothing of HTTP."""
    uri = 'file:%s?mode=ro' % path
    with closing(sqlite3.connect(uri, uri=True)) as db:
        schema = db.execute('SELECT type, name, sql FROM sqlite_schema '
                            "WHERE name <> '_taskmgr_undo' "
                            'ORDER BY type, name').fetchall()
        tables = [row[1] for row in schema if row[0] == 'table']
        dump = {'schema': schema}
        for table in tables:
            columns = [row[1] for row in
                       db.execute('PRAGMA table_info("%s")' % table)]
            keep = ', '.join('"%s"' % name for name in columns
                             if name not in ('duration', 'error')
                             # As typed, which differs from door to door.
                             and (table, name) != ('_taskmgr_undo', 'command'))
            dump[table] = db.execute('SELECT %s FROM "%s" ORDER BY 1'
                                     % (keep, table)).fetchall()
    return dump


def contents(folder):
    """The tables of databases, and the other files, of a folder."""
    found = {}
    for path in glob.glob(folder + '/**', recursive=True):
        name = os.path.relpath(path, folder)
        if name.endswith(('-wal', '-shm')) or os.path.isdir(path):
            continue
        if '.db' in name:
            for table, rows in rows_of(path).items():
                found['%s: %s' % (name, table)] = rows
        else:
            with open(path, encoding='utf-8') as file:
                found[name] = file.read()
    return found


class Setups:
    """Folders to begin with, made once and copied."""

    def __init__(self, top):
        self.top = top
        user = 'user create --username %s --firstname F --lastname L --age %d'
        self.make('missing', [])
        self.make('upgraded', ['db upgrade'])
        self.make('users', ['db upgrade', user % ('u1', 40),
                            user % ('u2', 62),
                            'task create --user u1 --title Walk'])
        self.make('project', [
            'db init', 'db revision --autogenerate -m first --rev-id f1f1f1f1',
            'db revision -m second --rev-id f2f2f2f2'])
        self.make('spare', ['db upgrade', user % ('spare', 7)])

    def make(self, name, commands):
        folder = os.path.join(self.top, 'setup-' + name)
        os.mkdir(folder)
        for command in commands:
            subprocess.run([TASKMGR, '-q'] + command.split(), cwd=folder,
                           env=shown.environment, check=True,
                           stdout=subprocess.DEVNULL)

    def fresh(self, name, door):
        folder = os.path.join(self.top, door)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(os.path.join(self.top, 'setup-' + name), folder)
        return folder

    @property
    def spare(self):
        return os.path.join(self.top, 'setup-spare', 'taskmanager.db')


def scratch():
    """A folder for all of it: in memory where there is such a place, for the
    disk would be waited for at every commit."""
    place = '/dev/shm' if os.access('/dev/shm', os.W_OK) else None
    return tempfile.TemporaryDirectory(dir=place)


def differ(what, got, wanted):
    if got != wanted:
        raise Failure('%s\n  got:    %r\n  wanted: %r' % (what, got, wanted))


def differ_files(got, wanted, where=''):
    """What contents() found in two folders must be the same."""
    for name in sorted(set(got) | set(wanted)):
        differ(where + name, got.get(name), wanted.get(name))
