"""The print service's way to the virtual page printer: a backend program of its own.

Talks to cupsd (arguments, standard input, messages on standard error, exit code) and to the unit
over its Unix socket: one JSON line and the document go there, message lines and ``EXIT n`` come
back. It stands alone, as cupsd starts it without our packages in reach.
"""

import json
import socket
import sys
import time
from pathlib import Path

RETRY_S = 0.2
FAILED = 1


def print_job(wire: Path, job: str, title: str, copies: str, document: bytes) -> int:
    """Hand one job over and wait until it is done; the exit code for cupsd."""
    with _connected(wire) as line:
        header = {"job": int(job), "title": title, "copies": int(copies), "bytes": len(document)}
        line.sendall(json.dumps(header).encode("utf-8") + b"\n" + document)
        for message in line.makefile("r", encoding="utf-8"):
            if message.startswith("EXIT "):
                return int(message.removeprefix("EXIT "))
            _tell(message)
    return FAILED


def _connected(wire: Path) -> socket.socket:
    """The line to the printer; waits for as long as the printer has no power."""
    told = False
    while True:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.connect(str(wire))
        except OSError:
            line.close()
            if not told:
                _tell("STATE: +offline-report\n")
            told = True
            time.sleep(RETRY_S)
            continue
        if told:
            _tell("STATE: -offline-report\n")
        return line


def _tell(message: str) -> None:
    sys.stderr.write(message)
    sys.stderr.flush()


def main(arguments: list[str]) -> int:
    """``WIRE`` alone is the search for devices: none; else job, user, title, copies, options."""
    if len(arguments) < 6:
        return 0
    wire, job, _user, title, copies, _options, *files = arguments
    document = Path(files[0]).read_bytes() if files else sys.stdin.buffer.read()
    return print_job(Path(wire), job, title, copies, document)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
