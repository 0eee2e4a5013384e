"""`python -m kiosk --config FILE`: first the window, then what is behind it."""

from __future__ import annotations

import gc
import signal
import sys

from PySide6.QtWidgets import QApplication

from core.errors import ZhenfuError
from kiosk.front import open_front
from terminal.launch import config_from, settings_at
from ui.fonts import use_font


def main(arguments: list[str]) -> int:
    """2 when settings, journal, lock or screens cannot be had."""
    gc.disable()  # what is loaded stays; `run_to_end` collects what comes later
    try:
        config = config_from("kiosk", "Zhenfu, the patients' terminal.", arguments)
        application = QApplication(sys.argv[:1])  # the technician's page is made of Widgets
        use_font(application)
        front = open_front(config)
        from kiosk.app import Kiosk  # takes long: by now the patient sees the window
        from ui.closing import run_to_end

        kiosk = Kiosk(settings_at(config), front=front)
    except ZhenfuError as error:
        print(error, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: kiosk.close())
    kiosk.start()
    return run_to_end(application, kiosk.stop)


sys.exit(main(sys.argv[1:]))
