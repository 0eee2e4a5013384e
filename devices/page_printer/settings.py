"""The page printer's settings, apart from what drives it: without one no reportlab is loaded."""

from __future__ import annotations

from enum import StrEnum

from core.settings import Kind, Setting, Settings
from devices.rare_text import font_setting, missing_fonts, named_fonts, readable

DEVICE = "page_printer"


class PaperSize(StrEnum):
    """Paper in the tray."""

    A4 = "A4"
    A5 = "A5"


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "page_printer.path",
        Kind.DEVICE_PATH,
        "The print queue of the page printer, such as cups:KioskA4.",
        schemes=("cups",),
    ),
    Setting(
        "page_printer.server",
        Kind.TEXT,
        "HOST, HOST:PORT or socket of the print server; left out: the system's own.",
        default="",
    ),
    Setting(
        "page_printer.paper",
        Kind.TEXT,
        "Paper in the tray.",
        default=PaperSize.A4.value,
        choices=tuple(PaperSize),
    ),
    font_setting(DEVICE),
)


def contradictions(settings: Settings) -> list[str]:
    """Font files that cannot be read, or not be put into a PDF."""
    from devices.page_printer.pages import embeddable

    files = readable(named_fonts(settings, DEVICE))
    return missing_fonts(settings, DEVICE) + [
        f"page_printer.fonts: {file.name} has no TrueType outlines; write another file"
        for file in files
        if not embeddable(file)
    ]
