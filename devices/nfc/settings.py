"""The tap point's settings, and what of them cannot be.

What a reader would get wrong: they stand apart from the service because nfcpy takes 50 ms to
import, which only a machine with a tap point shall pay.
"""

from __future__ import annotations

from core.settings import Kind, Setting, Settings

VISIT = "{visit}"

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "nfc.path",
        Kind.DEVICE_PATH,
        "The NFC chip: nfc:usb, nfc:tty:USB0:pn532, nfc:pn532:/dev/PORT or nfc:udp:HOST:PORT.",
        schemes=("nfc",),
    ),
    Setting(
        "nfc.uri_template",
        Kind.TEXT,
        "What a phone opens when it is held to the tap point; {visit} is the visit's one-time id.",
    ),
    Setting(
        "nfc.android_package",
        Kind.TEXT,
        "Android application that opens that page; empty: the phone chooses.",
        default="",
    ),
    Setting(
        "nfc.tag_type",
        Kind.TEXT,
        "Which NFC Forum tag the chip pretends to be; auto: type4 where it can, else type3.",
        default="auto",
        choices=("auto", "type3", "type4"),
    ),
)


def is_path(path: str) -> bool:
    """nfc:usb…, nfc:udp:HOST:PORT, nfc:tty:NAME:pn532 or nfc:pn532:PORT."""
    match path.split(":"):
        case ["nfc", "usb", *_] | ["nfc", "udp", _, _]:
            return True
        case ["nfc", "tty", name, "pn532"]:
            return bool(name)
        case ["nfc", "pn532", port, *_]:
            return bool(port)
        case _:
            return False


def contradictions(settings: Settings) -> list[str]:
    """A path nobody can open, and a page that knows no visit."""
    faults = []
    path = settings.text("nfc.path")
    if not is_path(path):
        faults.append(
            f"nfc.path = {path!r}: write nfc:usb, nfc:tty:USB0:pn532, nfc:pn532:/dev/PORT or"
            " nfc:udp:HOST:PORT"
        )
    template = settings.text("nfc.uri_template")
    if VISIT not in template:
        faults.append(f"nfc.uri_template = {template!r}: must hold {VISIT}")
    if not settings.text("nfc.android_package").isascii():
        faults.append("nfc.android_package: must be ASCII, such as com.tencent.mm")
    return faults
