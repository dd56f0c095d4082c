#!/usr/bin/python3
"""The README's tour and the lesson (tests/sh/scene.sh), typed at the prompt of
one REPL, must answer and leave what they do at a shell."""
import os
import re
import subprocess

from doors import TASKMGR, Terminal, shown
from folder import Setups, contents, differ, differ_files, scratch
from model import Failure

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')


def readme():
    """Each command of the tour, with its here-document."""
    with open(os.path.join(TOP, 'README.md'), encoding='utf-8') as file:
        tour = re.search(r'(?ms)^## The tour$(.*?)^## ', file.read()).group(1)
    lines = [line[4:] for line in tour.split('\n')
             if line.startswith('    ')]
    while lines:
        line = lines.pop(0)
        if not line.startswith('$ '):
            continue
        text = [line[2:]]
        while "<<'SQL'" in text[0] and text[-1] != 'SQL':
            text.append(lines.pop(0))
        yield '\n'.join(text)


def lesson():
    """Each command of the scene, until it begins anew."""
    with open(os.path.join(TOP, 'tests/sh/scene.sh'),
              encoding='utf-8') as file:
        text = file.read().split('\nfresh\n')[0]
    text = re.sub(r'(\\|\|)\n\t*', lambda match: match[1].strip('\\'), text)
    for line in text.split('\n'):
        if re.match(r'(echo .*\| *)?run ', line):
            yield re.sub(r'\brun ', 'taskmgr ', line)


def with_names(commands):
    """Revisions by names that are the same in both folders."""
    for number, command in enumerate(commands):
        if ' revision ' in command and '--rev-id' not in command:
            command += ' --rev-id %08x' % (0xabc00000 + number)
        yield command


def shell(folder, command):
    command = command.replace('taskmgr ', 'taskmgr --no-input ')
    done = subprocess.run(['sh', '-c', command], cwd=folder,
                          env=shown.environment, stdin=subprocess.DEVNULL,
                          capture_output=True)
    return shown.clean(done.stdout.decode()), shown.clean(done.stderr.decode())


def play(setups, commands):
    """Types what is taskmgr's; the rest is another shell's in both cases."""
    there = setups.fresh('missing', 'shell')
    here = setups.fresh('missing', 'prompt')
    terminal = Terminal(here)
    try:
        for command in commands:
            if not command.startswith('taskmgr ') or '|' in command:
                differ(command, shell(here, command), shell(there, command))
                continue
            out, err = terminal.type(command)
            differ(command, (shown.clean(out), shown.clean(err)),
                   shell(there, command))
    finally:
        terminal.close()
    left = contents(there)
    differ_files(contents(here), left)
    if not left['taskmanager.db: users']:
        raise Failure('there is no user')


def main():
    with scratch() as top:
        os.mkdir(os.path.join(top, 'bin'))
        os.symlink(TASKMGR, os.path.join(top, 'bin', 'taskmgr'))
        shown.environment['PATH'] = '%s/bin:%s' % (
            top, shown.environment['PATH'])
        setups = Setups(top)
        for name, commands in (('the tour', readme()), ('the lesson',
                                                        lesson())):
            commands = list(with_names(commands))
            try:
                play(setups, commands)
                print('ok - %s at the prompt: %d commands' %
                      (name, len(commands)))
            except Failure as failure:
                print('not ok - %s at the prompt' % name)
                print('\n'.join('#   ' + line
                                for line in str(failure).split('\n')))


main()
