"""A private PC/SC daemon with one virtual reader, under the run folder.

Talks to ``pcscd`` of the system, started in a mount namespace of its own so that its fixed socket
folder is ours; clients find it by ``PCSCLITE_CSOCK_NAME``. The driver keeps state for one port pair
only, hence one reader a daemon. Nobody but this object stops the process, by its pid.
"""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from sandbox.units.control import LONGEST_SOCKET_PATH

FRIENDLY_NAME = "Kiosk Card Reader"
READER_NAME = f"{FRIENDLY_NAME} 00 00"
DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
SOCKET_FOLDER = Path("/run/pcscd")
PARENT_DEATH = ("setpriv", "--pdeathsig", "TERM")  # a killed parent must not leave the port taken
START_LIMIT_S = 8.0
STOP_LIMIT_S = 0.5
CHECK_S = 0.02


class DaemonFailed(Exception):
    """The daemon cannot run here; the text says what is missing."""


class PcscDaemon:
    """One running daemon; ``port`` is where the card side connects, ``socket`` where clients do."""

    def __init__(self, run_dir: Path, wanted_port: int | None) -> None:
        self.port = wanted_port or _free_port_pair()
        self.socket = run_dir / "run" / "pcscd.comm"
        self._run_dir = run_dir
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until clients and card side are served; raises DaemonFailed."""
        self._check_ground()
        self.socket.parent.mkdir(parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        configuration = self._run_dir / "conf"
        configuration.mkdir(exist_ok=True)
        (configuration / "vpcd").write_text(
            f'FRIENDLYNAME "{FRIENDLY_NAME}"\n'
            f"DEVICENAME /dev/null:0x{self.port:X}\n"
            f"LIBPATH {DRIVER}\n"
            f"CHANNELID 0x{self.port:X}\n",
            encoding="ascii",
        )
        namespace = "-m" if os.geteuid() == 0 else "-Urm"
        inner = 'mount --bind "$1" /run/pcscd && exec pcscd -f -i -c "$2"'
        folders = [str(self.socket.parent), str(configuration)]
        with (self._run_dir / "pcscd.log").open("wb") as log:
            self._process = subprocess.Popen(
                [*PARENT_DEATH, "unshare", namespace, "sh", "-c", inner, "sh", *folders],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_ready(self._process)

    def stop(self) -> None:
        """End the process; killed when it does not go within STOP_LIMIT_S."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(STOP_LIMIT_S)
        self._process = None

    def _check_ground(self) -> None:
        if not DRIVER.exists():
            raise DaemonFailed(f"the virtual reader driver is missing: {DRIVER}")
        for program in ("pcscd", "unshare", "setpriv"):
            if shutil.which(program) is None:
                raise DaemonFailed(f"the program {program} is missing")
        if len(str(self.socket).encode()) > LONGEST_SOCKET_PATH:
            raise DaemonFailed(f"the run folder is too deep for a Unix socket: {self.socket}")
        if not SOCKET_FOLDER.is_dir():
            if os.geteuid() != 0:
                raise DaemonFailed(f"the folder {SOCKET_FOLDER} is missing")
            SOCKET_FOLDER.mkdir()

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        limit = time.monotonic() + START_LIMIT_S
        while not (self.socket.exists() and _listens(self.port)):
            if process.poll() is not None or time.monotonic() > limit:
                self.stop()
                log = (self._run_dir / "pcscd.log").read_text(errors="replace")
                raise DaemonFailed(f"pcscd did not start: {log.strip()[-300:]}")
            time.sleep(CHECK_S)


def _listens(port: int) -> bool:
    """True when the port is taken; asked without connecting, which would insert a card."""
    hexadecimal = f":{port:04X}"
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text(encoding="ascii").splitlines()[1:]:
            words = line.split()
            if words[1].endswith(hexadecimal) and words[3] == "0A":
                return True
    return False


def _free_port_pair() -> int:
    """A port whose neighbour is free as well: the driver listens on both."""
    for _attempt in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port
    raise DaemonFailed("no free pair of ports")
