#!/usr/bin/env python3
"""Prints an SVG of a terminal session: what the program really writes to a
terminal, command by command.  Usage: picture.py PROGRAM >tests/picture.svg"""

import fcntl
import os
import pty
import re
import struct
import sys
import tempfile
import termios
from html import escape

COLUMNS, WIDTH, HEIGHT, MARGIN = 88, 8.4, 19, 16
COMMANDS = [
    "taskmgr db upgrade",
    "taskmgr user create --username ann --firstname Ann --lastname Lee"
    " --age 31",
    "taskmgr task create --user ann --title 'Buy milk' --priority 2"
    " --jsonl=id,slug",
    "taskmgr task create --user ann --title 'Learn C' --priority 8"
    " --jsonl=id,slug",
    "taskmgr task list --where 'priority>=2 and user.slug=ann'",
    "taskmgr task list --chart=title,priority",
    "taskmgr task update buy-mlk --completed",
]


def run(command, folder):
    """What the command writes to a terminal of its own."""
    child, terminal = pty.fork()
    if not child:
        size = struct.pack("HHHH", 24, COLUMNS, 0, 0)
        fcntl.ioctl(1, termios.TIOCSWINSZ, size)
        os.chdir(folder)
        path = os.path.join(folder, "bin") + ":/usr/bin:/bin"
        os.execve("/bin/sh", ["sh", "-c", command], {
            "PATH": path, "HOME": folder, "TERM": "xterm", "TZ": "UTC",
            "LC_ALL": "C.UTF-8", "TASKMGR_PAGER": "cat",
            "SOURCE_DATE_EPOCH": "1795345622",
        })
    written = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            part = b""
        if not part:
            break
        written += part
    os.close(terminal)
    os.waitpid(child, 0)
    return written.decode().replace("\r\n", "\n").rstrip("\n")


def spans(line):
    """The line's text as SVG; bold and dim are all that the program uses."""
    out, style = "", ""
    for part in re.split(r"(\033\[\d+m)", line):
        if part in ("\033[1m", "\033[2m"):
            style = "b" if part == "\033[1m" else "d"
        elif part == "\033[0m":
            style = ""
        elif style:
            out += f'<tspan class="{style}">{escape(part, False)}</tspan>'
        else:
            out += escape(part, False)
    return out


def picture(lines):
    width = round(COLUMNS * WIDTH + 2 * MARGIN)
    height = len(lines) * HEIGHT + 2 * MARGIN
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" '
           f'height="{height}" viewBox="0 0 {width} {height}">')
    yield ("<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"
           '"DejaVu Sans Mono",monospace;fill:#d8dee9;white-space:pre}'
           ".b{font-weight:bold}.d{opacity:.6}.c{fill:#a3be8c}</style>")
    yield (f'<rect width="{width}" height="{height}" rx="8" '
           'fill="#2e3440"/>')
    for number, line in enumerate(lines):
        plain = re.sub(r"\033\[\d+m", "", line)
        if not plain:
            continue
        kind = ' class="c"' if line.startswith("$ ") else ""
        yield (f'<text{kind} xml:space="preserve" x="{MARGIN}" '
               f'y="{MARGIN + 14 + number * HEIGHT}" '
               f'textLength="{round(len(plain) * WIDTH, 1)}">'
               f"{spans(line)}</text>")
    yield "</svg>"


def main():
    program = os.path.abspath(sys.argv[1])
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "bin"))
        os.symlink(program, os.path.join(folder, "bin", "taskmgr"))
        for command in COMMANDS:
            lines.append("$ " + command)
            lines += run(command, folder).split("\n")
    print("\n".join(picture(lines)))


main()
