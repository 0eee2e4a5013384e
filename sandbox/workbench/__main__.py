"""Command line of the workbench: ``python -m sandbox.workbench --run-dir DIR``.

Talks to the process. It leaves by ``os._exit``: a thread may still wait for a silent backend.
"""

import argparse
import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from sandbox.workbench.window import Workbench
from sandbox.workbench.words import LANGUAGES

SIGNAL_PERIOD_MS = 200
KIOSK_WIDTH = 1080


def main() -> int:
    """Show the window until it is closed or the process is told to end."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.workbench", description=__doc__)
    parser.add_argument("--run-dir", type=Path, required=True, help="run folder of the house")
    parser.add_argument("--language", choices=LANGUAGES, default="zh")
    given = parser.parse_args()
    application = QApplication(sys.argv[:1])
    window = Workbench(given.run_dir, given.language)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: window.close())
    awake = QTimer()  # Python looks at signals only between Qt's events
    awake.timeout.connect(lambda: None)
    awake.start(SIGNAL_PERIOD_MS)
    if application.primaryScreen().size().width() >= KIOSK_WIDTH + window.width():
        window.move(KIOSK_WIDTH, 0)  # beside the kiosk, which stands at the left edge
    window.show()
    return application.exec()


if __name__ == "__main__":
    exit_code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)
