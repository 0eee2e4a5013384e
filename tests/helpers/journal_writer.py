"""A process that appends to a journal until it is killed: `python -m … PATH [ROOM_BYTES]`.

It says each acknowledged sequence number on its standard output. With ROOM_BYTES the files may
only grow so far: the kernel then refuses writes as a full or failing disk does.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

from core.errors import JournalError
from tests.helpers.journal import entry, open_journal


def main(path: Path, room_bytes: int | None) -> None:
    """Append for ever; tell how the end came."""
    journal = open_journal(path)
    if room_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room_bytes, room_bytes))
    number = journal.head[0]
    while True:
        number += 1
        try:
            journal.append(entry(number), "s1")
        except JournalError as error:
            _say(f"refused: {error}")
            break
        _say(str(number))
    try:
        journal.append(entry(number), "s1")
    except JournalError as error:
        _say(f"after: {error}")


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
