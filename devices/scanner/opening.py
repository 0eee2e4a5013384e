"""From settings to a scanner: a byte line with or without commands, or a grabbed keyboard.

What a reader would get wrong: a path `evdev:` chooses the keyboard by itself; the protocol then
stays "line", because a keyboard has no commands.
"""

from __future__ import annotations

from collections.abc import Callable

from core.settings import Kind, Setting, Settings
from devices.errors import DeviceError
from devices.scanner.dialect import Dialect
from devices.scanner.gm65.frames import GM65
from devices.scanner.newland.frames import NEWLAND
from devices.scanner.reader import CodeReader
from devices.scanner.serial_scanner import SerialScanner
from devices.scanner.service import CodeScanner
from devices.transport.paths import open_line

DIALECTS: dict[str, Dialect | None] = {"line": None, "gm65": GM65, "newland": NEWLAND}
_KEYBOARD = "evdev:"

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "scanner.path",
        Kind.DEVICE_PATH,
        "Where the code scanner is connected; evdev: for one that acts as a keyboard.",
        schemes=("serial", "tcp", "evdev"),
    ),
    Setting(
        "scanner.protocol",
        Kind.TEXT,
        "What the scanner speaks: line (it only talks), or the commands of gm65 or newland.",
        default="line",
        choices=tuple(DIALECTS),
    ),
    Setting(
        "scanner.baud",
        Kind.INTEGER,
        "Baud rate of a serial code scanner.",
        default=9600,
        low=1200,
        high=115200,
    ),
)


def contradictions(settings: Settings) -> list[str]:
    """A keyboard with commands, or an input device opened as a serial port."""
    path, protocol = settings.text("scanner.path"), settings.text("scanner.protocol")
    faults = []
    if path.startswith(_KEYBOARD) and protocol != "line":
        faults.append(
            f'scanner.protocol = "{protocol}": a scanner at scanner.path = "{path}" is a keyboard '
            'and takes no commands; write scanner.protocol = "line"'
        )
    if path.startswith("serial:/dev/input/"):
        device = path.removeprefix("serial:")
        faults.append(
            f'scanner.path = "{path}": this is an input device and no serial port; '
            f'write scanner.path = "{_KEYBOARD}{device}"'
        )
    return faults


def scanner_at(path: str, *, protocol: str = "line", baud: int = 9600) -> CodeScanner:
    """The scanner at a path; it opens at the first use."""
    if path.startswith(_KEYBOARD):
        return CodeScanner(lambda: _keyboard(path.removeprefix(_KEYBOARD)))
    return CodeScanner(_at_line(path, baud, DIALECTS[protocol]))


def open_from(settings: Settings) -> CodeScanner:
    """The scanner that the settings name."""
    return scanner_at(
        settings.text("scanner.path"),
        protocol=settings.text("scanner.protocol"),
        baud=settings.integer("scanner.baud"),
    )


def _at_line(path: str, baud: int, dialect: Dialect | None) -> Callable[[], CodeReader]:
    return lambda: SerialScanner(open_line(path, baud), dialect)


def _keyboard(device: str) -> CodeReader:
    """python-evdev is loaded only for a scanner that needs it; other systems have none."""
    from devices.scanner.keyboard.driver import KeyboardScanner
    from devices.transport.evdev import open_keys

    keys = open_keys(device)
    try:
        return KeyboardScanner(keys)
    except DeviceError:
        keys.close()
        raise
