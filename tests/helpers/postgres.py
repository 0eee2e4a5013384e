"""A PostgreSQL server of our own, thrown away afterwards; it keeps every promise a real one must.

Talks to Debian's package. What a reader would get wrong: PostgreSQL refuses to run as root, so
root becomes the user that the package made; and it listens on a socket in its folder only.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LIMIT_S = 60
_SETTINGS = (
    "-c listen_addresses='' -c fsync=on -c synchronous_commit=on -c full_page_writes=on "
    "-c max_connections=300"
)


class Postgres:
    """A server in `folder`; `url(name)` is a database of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._data = folder / "data"
        self._tools = max(Path("/usr/lib/postgresql").glob("*/bin"))

    def start(self) -> None:
        """Up and answering; the first time its files are made."""
        if not self._data.exists():
            made = ("-A", "trust", "-U", "postgres", "-E", "UTF8", "--data-checksums", "--no-sync")
            self._run("initdb", "-D", str(self._data), *made)
        options = f"{_SETTINGS} -k {self.folder}"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-w", "-D", str(self._data), "-o", options, "-l", log, "start")

    def stop(self, mode: str = "fast") -> None:
        """`immediate` is a power cut for it."""
        self._run("pg_ctl", "-w", "-D", str(self._data), "-m", mode, "stop")

    def create(self, name: str) -> str:
        """A new empty database; its URL."""
        self._run("createdb", "-h", str(self.folder), "-U", "postgres", name)
        return self.url(name)

    def url(self, name: str) -> str:
        """As `--database-url` takes it."""
        return f"postgresql:///{name}?host={self.folder}&user=postgres"

    def _run(self, tool: str, *arguments: str) -> None:
        subprocess.run(
            [*_as_somebody(), str(self._tools / tool), *arguments],
            check=True,
            timeout=_LIMIT_S,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
        )


def _as_somebody() -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """From its start to its end; the folder's name is short because a socket stands in it."""
    folder = Path(tempfile.mkdtemp(prefix="zfpg"))
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    server = Postgres(folder)
    try:
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder)
