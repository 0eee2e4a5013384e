"""The receipt printer's settings, and what they come to.

What a reader would get wrong: `columns` is the profile; it decides the dots across the paper too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.document import Picture
from core.errors import SettingsError
from core.settings import Kind, Setting, Settings
from devices.rare_text import FIXED_WIDTH, font_setting, fonts_from, missing_fonts
from devices.receipt_printer.escpos.driver import Proof
from devices.receipt_printer.escpos.pictures import RareRows, picture_from

TABLE = "receipt_printer"
LOGO = Path(__file__).parents[3] / "resources" / "receipt" / "logo.png"
_CONNECTORS = {"pin_2": 0, "pin_5": 1}
_SWITCHES = {"open_is_1": True, "open_is_0": False}
_PROFILES = (32, 42, 48)

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "receipt_printer.path",
        Kind.DEVICE_PATH,
        "Where the receipt printer is connected.",
        schemes=("serial", "tcp", "file"),
    ),
    Setting(
        "receipt_printer.baud",
        Kind.INTEGER,
        "Baud rate of a serial receipt printer.",
        default=9600,
        low=9600,
        high=115200,
    ),
    Setting(
        "receipt_printer.columns",
        Kind.INTEGER,
        "Half-width columns on the paper: 48 for 80 mm, 42 for 80 mm at 180 dpi, 32 for 58 mm.",
        default=48,
        low=32,
        high=48,
    ),
    Setting(
        "receipt_printer.rom_charset",
        Kind.TEXT,
        "Characters the printer has itself; a row with any other is printed as a picture.",
        default="gbk",
        choices=("gb2312", "gbk", "gb18030"),
    ),
    font_setting(TABLE),
    Setting(
        "receipt_printer.logo",
        Kind.BOOLEAN,
        "Print resources/receipt/logo.png at the head of every slip.",
        default=False,
    ),
    Setting(
        "receipt_printer.automatic_status",
        Kind.BOOLEAN,
        "Let the printer tell its state by itself (1D 61); it is asked all the same.",
        default=True,
    ),
    Setting(
        "receipt_printer.proof",
        Kind.TEXT,
        "How the printer proves a print: process_id for models that know 1D 28 48.",
        default=Proof.PAPER_STATUS.value,
        choices=tuple(Proof),
    ),
    Setting(
        "receipt_printer.drawer",
        Kind.TEXT,
        "Where the cash drawer hangs on the printer's drawer socket (1B 70).",
        default="none",
        choices=("none", *_CONNECTORS),
    ),
    Setting(
        "receipt_printer.drawer_switch",
        Kind.TEXT,
        "How the printer's drawer bit is while the drawer stands open; drawers differ.",
        default="none",
        choices=("none", *_SWITCHES),
    ),
)


@dataclass(frozen=True, slots=True)
class PrinterOptions:
    """`rare` None: all rows are sent as text. `logo`: at the head of every slip.

    `drawer`: its connector, None without one; `drawer_open_bit`: None where it cannot be told.
    """

    columns: int = 48
    baud: int = 9600
    rare: RareRows | None = None
    logo: Picture | None = None
    automatic_status: bool = True
    proof: Proof = Proof.PAPER_STATUS
    drawer: int | None = None
    drawer_open_bit: bool | None = None


def options_from(settings: Settings) -> PrinterOptions:
    """Raises SettingsError when the logo is wanted and cannot be read."""
    fonts = fonts_from(settings, TABLE, FIXED_WIDTH)
    rare = RareRows(settings.text("receipt_printer.rom_charset"), fonts) if fonts else None
    return PrinterOptions(
        columns=settings.integer("receipt_printer.columns"),
        baud=settings.integer("receipt_printer.baud"),
        rare=rare,
        logo=_logo() if settings.boolean("receipt_printer.logo") else None,
        automatic_status=settings.boolean("receipt_printer.automatic_status"),
        proof=Proof(settings.text("receipt_printer.proof")),
        drawer=_CONNECTORS.get(settings.text("receipt_printer.drawer")),
        drawer_open_bit=_SWITCHES.get(settings.text("receipt_printer.drawer_switch")),
    )


def contradictions(settings: Settings) -> list[str]:
    """Settings that name no paper or no file there is."""
    columns = settings.integer("receipt_printer.columns")
    faults = missing_fonts(settings, TABLE)
    if columns not in _PROFILES:
        known = ", ".join(map(str, _PROFILES))
        faults.append(f"receipt_printer.columns = {columns}: no such paper; write one of {known}")
    return faults


def _logo() -> Picture:
    try:
        return picture_from(LOGO)
    except OSError as error:
        raise SettingsError(f"receipt_printer.logo = true: {LOGO}: {error}") from None
