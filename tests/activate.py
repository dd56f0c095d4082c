#!/usr/bin/python3
"""activate.py ADDRESS PROGRAM ARGUMENTS: runs it as systemd would for a socket
of that kind: "127.0.0.1" and the like, "unix:PATH", or "none" for a file."""
import os
import socket
import sys

address, command = sys.argv[1], sys.argv[2:]
if address == "none":
    fd = os.open("/dev/null", os.O_RDONLY)
elif address.startswith("unix:"):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address[len("unix:"):])
    listener.listen()
    fd = listener.fileno()
else:
    listener = socket.socket()
    listener.bind((address, 0))
    listener.listen()
    fd = listener.fileno()
os.dup2(fd, 3)
os.set_inheritable(3, True)
os.environ["LISTEN_PID"] = str(os.getpid())
os.environ["LISTEN_FDS"] = os.environ.get("SOCKETS", "1")
os.execv(command[0], command)
