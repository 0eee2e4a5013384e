"""A private print service with one queue, under the run folder.

Talks to ``cupsd`` of the system, which listens on a Unix socket of ours; clients find it by
``CUPS_SERVER``. The queue hands PDF unchanged to our own backend, so no print filters are needed.
A job that fails is given up and not tried again: the service must not print what nobody asked for.
"""

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import ClassVar

from sandbox.units import cups_backend
from sandbox.units.cups_texts import QUEUE_CONF, SERVER_CONF, SERVER_FILES_CONF, printer_description
from sandbox.units.daemon import Daemon
from sandbox.units.json_files import Json

QUEUE_NAME = "PagePrinter"
EXECUTOR = Path("/usr/lib/cups/daemon/cups-exec")
ONLY_OWNER = 0o700  # cupsd runs such a backend as itself, and only then it reaches our folder


class CupsDaemon(Daemon):
    """One running print service; clients use ``socket``, its backend calls ``printer_wire``."""

    name: ClassVar[str] = "cupsd"
    stop_limit_s: ClassVar[float] = 2.0

    def __init__(self, run_dir: Path) -> None:
        self._folder = run_dir / "cups"
        self.printer_wire = run_dir / "page_printer.sock"
        super().__init__(self._folder / "cups.sock", self._folder / "log" / "cupsd.log")

    def environment(self) -> Json:
        """What a client must have in its environment."""
        return {"CUPS_SERVER": str(self.socket)}

    def start(self) -> None:
        """Start and wait until clients are served; raises DaemonFailed."""
        self._require(["cupsd"])
        self._configure()
        self.socket.unlink(missing_ok=True)
        options = ["-c", str(self._folder / "cupsd.conf"), "-s", str(self._folder / "files.conf")]
        self._run(["cupsd", "-f", *options], self.socket.exists)

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
