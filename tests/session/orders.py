#!/usr/bin/python3
"""All orders of commands on a missing database, then db upgrade and a row: a
session (-c) must answer and leave what a process for each command does.
orders.py LENGTH [all]"""
import itertools
import os
import shutil
import sys

from doors import DOORS, Answers, call, shown
from folder import Setups, contents, differ, differ_files, scratch
from model import Failure
from walk import DB

# Each way in which a command takes a missing database, before it is made.
LOOKS = ['db current', 'db status', 'db check', 'db diff', 'db heads',
         'db history', 'db info', 'db log', 'db init', 'db stamp head -n',
         'db stamp head', 'db upgrade -n', 'db upgrade --sql', 'db upgrade',
         'db upgrade --read-only', 'db ensure_version', 'db downgrade base -y',
         'db revision --autogenerate -m auto --rev-id acacacac',
         'db restore copy.db --yes', 'db backup copy.db', 'user count']


class Memory:
    """What one process answers to a command in a folder, and what it leaves,
    which is run but once: the clock stands still."""

    def __init__(self, setups, setup):
        self.setups = setups
        self.known = {}    # (state, command): (answers, state after)
        self.states = []   # what the folder holds
        self.folders = []  # a copy of it
        self.begin = self.keep(setups.fresh(setup, 'begin'))

    def keep(self, folder):
        state = contents(folder)
        if state not in self.states:
            self.states.append(state)
            self.folders.append(folder + '-%d' % len(self.folders))
            shutil.copytree(folder, self.folders[-1])
        return self.states.index(state)

    def run(self, state, words):
        found = (state, shown.line(words))
        if found not in self.known:
            folder = os.path.join(self.setups.top, 'step')
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(self.folders[state], folder)
            answer = call(folder, words)
            self.known[found] = answer, self.keep(folder)
        return self.known[found]


def order(setups, memory, steps):
    truth, state = Answers(), memory.begin
    for words in steps:
        answer, state = memory.run(state, words)
        truth.add(words, *answer)
    folder = setups.fresh('missing', 'order')
    got = DOORS['-c'].run(folder, steps, True, None)
    for part, answer in got.items():
        differ(part, answer, truth.whole[part])
    differ_files(contents(folder), memory.states[state])


def orders(setups, length, looks):
    """All orders of that many commands on a missing database, then a row."""
    create = ('user create --username a --firstname b --lastname c --age 1 '
              '--jsonl').split()
    memory = Memory(setups, 'missing')
    count = 0
    for some_looks in itertools.product(looks, repeat=length):
        steps = [words.split() for words in some_looks] + [
            'db upgrade'.split(), create]
        try:
            order(setups, memory, steps)
        except Failure as failure:
            print('not ok - %s' % '; '.join(map(shown.line, steps)))
            print('\n'.join('#   ' + line
                            for line in str(failure).split('\n')))
            return
        count += 1
    print('ok - %d orders of %d commands before the first upgrade' %
          (count, length))


if __name__ == '__main__':
    LOOKS += ['db ' + words for words in DB] if 'all' in sys.argv else []
    with scratch() as top:
        orders(Setups(top), int(sys.argv[1]), LOOKS)
