"""A private print service with one queue, under the run folder.

Talks to ``cupsd`` of the system, which listens on a Unix socket of ours; clients find it by
``CUPS_SERVER``. The queue hands PDF unchanged to our own backend, so no print filters are needed.
A job that fails is given up and not tried again: the service must not print what nobody asked for.
Nobody but this object stops the process, by its pid.
"""

import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

from sandbox.units import cups_backend
from sandbox.units.control import LONGEST_SOCKET_PATH
from sandbox.units.cups_texts import QUEUE_CONF, SERVER_CONF, SERVER_FILES_CONF, printer_description
from sandbox.units.json_files import Json
from sandbox.units.pcsc_daemon import PARENT_DEATH, DaemonFailed

QUEUE_NAME = "PagePrinter"
EXECUTOR = Path("/usr/lib/cups/daemon/cups-exec")
START_LIMIT_S, STOP_LIMIT_S, CHECK_S = 8.0, 2.0, 0.02
ONLY_OWNER = 0o700  # cupsd runs such a backend as itself, and only then it reaches our folder


class CupsDaemon:
    """One running print service; clients use ``socket``, its backend calls ``printer_wire``."""

    def __init__(self, run_dir: Path) -> None:
        self._folder = run_dir / "cups"
        self.socket = self._folder / "cups.sock"
        self.printer_wire = run_dir / "page_printer.sock"
        self._process: subprocess.Popen[bytes] | None = None

    def environment(self) -> Json:
        """What a client must have in its environment."""
        return {"CUPS_SERVER": str(self.socket)}

    def start(self) -> None:
        """Start and wait until clients are served; raises DaemonFailed."""
        self._check_ground()
        self._configure()
        self.socket.unlink(missing_ok=True)
        options = ["-c", str(self._folder / "cupsd.conf"), "-s", str(self._folder / "files.conf")]
        with (self._folder / "log" / "cupsd.log").open("wb") as log:
            self._process = subprocess.Popen(
                [*PARENT_DEATH, "cupsd", "-f", *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        limit = time.monotonic() + START_LIMIT_S
        while not self.socket.exists():
            if self._process.poll() is not None or time.monotonic() > limit:
                self.stop()
                told = (self._folder / "log" / "cupsd.log").read_text(errors="replace")
                raise DaemonFailed(f"cupsd did not start: {told.strip()[-300:]}")
            time.sleep(CHECK_S)

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
        for program in ("cupsd", PARENT_DEATH[0]):
            if shutil.which(program) is None:
                raise DaemonFailed(f"the program {program} is missing")
        if len(str(self.socket).encode()) > LONGEST_SOCKET_PATH:
            raise DaemonFailed(f"the run folder is too deep for a Unix socket: {self.socket}")

    def _configure(self) -> None:
        """Write the service's folder anew; jobs of an earlier run are not taken over."""
        shutil.rmtree(self._folder, ignore_errors=True)
        for name in ("bin/backend", "bin/daemon", "bin/filter", "spool/tmp", "cache", "state"):
            (self._folder / name).mkdir(parents=True)
        for name in ("log", "ppd"):
            (self._folder / name).mkdir()
        (self._folder / "bin" / "daemon" / EXECUTOR.name).symlink_to(EXECUTOR)
        owner = "lp" if os.geteuid() == 0 else str(os.geteuid())
        texts = {
            "cupsd.conf": SERVER_CONF.format(socket=self.socket),
            "files.conf": SERVER_FILES_CONF.format(folder=self._folder, owner=owner),
            "printers.conf": QUEUE_CONF.format(queue=QUEUE_NAME),
            f"ppd/{QUEUE_NAME}.ppd": printer_description(),
        }
        for name, text in texts.items():
            (self._folder / name).write_text(text, encoding="ascii")
        backend = self._folder / "bin" / "backend" / "zhenfu"
        command = shlex.join([sys.executable, cups_backend.__file__, str(self.printer_wire)])
        backend.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
        backend.chmod(ONLY_OWNER)
