"""A private PC/SC daemon with one or two virtual readers, under the run folder.

Talks to ``pcscd`` of the system, started in a mount namespace of its own so that its fixed socket
folder is ours; clients find it by ``PCSCLITE_CSOCK_NAME``. The driver keeps state for one port pair
only, so the second reader loads a copy of it under another name; with the same file one reader
would answer with the other's card.
"""

import os
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sandbox.units.daemon import Daemon, DaemonFailed
from sandbox.units.json_files import Json

FRIENDLY_NAMES = ("Kiosk Card Reader", "Counter Card Reader")
SLOT = "00 00"  # each reader's second slot is there and stays empty
DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
SOCKET_FOLDER = Path("/run/pcscd")


@dataclass(frozen=True, slots=True)
class VirtualReader:
    """One reader: the name clients see less its slot, and where its card side connects."""

    friendly_name: str
    port: int

    @property
    def name(self) -> str:
        return f"{self.friendly_name} {SLOT}"


class PcscDaemon(Daemon):
    """One running daemon with ``readers``; clients connect to ``socket``."""

    name: ClassVar[str] = "pcscd"
    stop_limit_s: ClassVar[float] = 0.5

    def __init__(self, run_dir: Path, reader_count: int, wanted_port: int | None) -> None:
        first_port = wanted_port or _free_ports(2 * reader_count)
        self.readers = tuple(
            VirtualReader(name, first_port + 2 * index)
            for index, name in enumerate(FRIENDLY_NAMES[:reader_count])
        )
        self._run_dir = run_dir
        super().__init__(run_dir / "run" / "pcscd.comm", run_dir / "pcscd.log")

    def environment(self) -> Json:
        """What a client must have in its environment."""
        return {"PCSCLITE_CSOCK_NAME": str(self.socket)}

    def start(self) -> None:
        """Start and wait until clients and card side are served; raises DaemonFailed."""
        self._check_ground()
        self.socket.parent.mkdir(parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        configuration = self._configure()
        namespace = "-m" if os.geteuid() == 0 else "-Urm"
        inner = 'mount --bind "$1" /run/pcscd && exec pcscd -f -i -c "$2"'
        folders = [str(self.socket.parent), str(configuration)]
        self._run(["unshare", namespace, "sh", "-c", inner, "sh", *folders], self._is_ready)

    def _configure(self) -> Path:
        """The folder with one entry a reader; each reader has a driver file of its own."""
        folder = self._run_dir / "conf"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        drivers = self._run_dir / "drivers"
        drivers.mkdir(exist_ok=True)
        for index, reader in enumerate(self.readers):
            library = DRIVER
            if index:
                library = drivers / f"libifdvpcd{index + 1}.so"
                shutil.copyfile(DRIVER, library)
            (folder / f"vpcd{index + 1}").write_text(
                f'FRIENDLYNAME "{reader.friendly_name}"\n'
                f"DEVICENAME /dev/null:0x{reader.port:X}\n"
                f"LIBPATH {library}\n"
                f"CHANNELID 0x{reader.port:X}\n",
                encoding="ascii",
            )
        return folder

    def _check_ground(self) -> None:
        if not DRIVER.exists():
            raise DaemonFailed(f"the virtual reader driver is missing: {DRIVER}")
        self._require(["pcscd", "unshare"])
        if not SOCKET_FOLDER.is_dir():
            if os.geteuid() != 0:
                raise DaemonFailed(f"the folder {SOCKET_FOLDER} is missing")
            SOCKET_FOLDER.mkdir()

    def _is_ready(self) -> bool:
        return self.socket.exists() and all(_listens(reader.port) for reader in self.readers)


def _listens(port: int) -> bool:
    """True when the port is taken; asked without connecting, which would insert a card."""
    hexadecimal = f":{port:04X}"
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text(encoding="ascii").splitlines()[1:]:
            words = line.split()
            if words[1].endswith(hexadecimal) and words[3] == "0A":
                return True
    return False


def _free_ports(count: int) -> int:
    """The first of ``count`` free ports in a row: the driver listens on two for each reader."""
    for _attempt in range(50):
        with socket.socket() as first:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            if all(_is_free(port + offset) for offset in range(1, count)):
                return port
    raise DaemonFailed(f"no {count} free ports in a row")


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True
