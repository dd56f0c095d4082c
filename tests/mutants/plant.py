"""Plants a bug: plant.py FILE OLD NEW puts the text of the file NEW in place
of OLD's, which must be there once.  plant.py --split LIST DIR takes a list of
bugs apart, into N.file, N.suites, N.old and N.new in DIR."""
import os
import sys


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def write(path, text):
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def plant(path, old, new):
    text, old, new = read(path), read(old), read(new)
    if text.count(old) != 1:
        sys.exit('its text is there %d times, not once: %s'
                 % (text.count(old), old.strip()))
    write(path, text.replace(old, new))


def split(path, folder):
    number = 0
    for block in read(path).split('\n\n'):
        lines = [line for line in block.split('\n')
                 if line and not line.startswith('#')]
        if not lines:
            continue
        number += 1
        name, suites = lines[0].split(': ', 1)
        base = os.path.join(folder, str(number))
        os.mkdir(base + '.d')
        write(base + '.file', name + '\n')
        write(base + '.suites', suites + '\n')
        for mark, end in ('-', '.old'), ('+', '.new'):
            write(base + end, '\n'.join(
                line[1:] for line in lines[1:] if line[0] == mark))


if sys.argv[1] == '--split':
    split(*sys.argv[2:])
else:
    plant(*sys.argv[1:])
