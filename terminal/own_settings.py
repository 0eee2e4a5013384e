"""The terminal's own settings: what it is called, where it stands, how it shows itself.

Apart from `terminal/settings.py`, which knows every device and with them every driver: a window is
shown before those are loaded.
"""

from __future__ import annotations

from core.settings import Kind, Setting
from devices import ownership

TERMINAL: tuple[Setting, ...] = (
    *ownership.SETTINGS,
    Setting(
        "terminal.language",
        Kind.TEXT,
        "Language of the home screen.",
        default="zh",
        choices=("zh", "en"),
    ),
    Setting(
        "terminal.full_screen",
        Kind.BOOLEAN,
        "Whether the window covers the whole screen, without a frame.",
        default=True,
    ),
    Setting(
        "terminal.idle_percent",
        Kind.INTEGER,
        "Length of all waiting times in per cent of the normal ones.",
        default=100,
        low=50,
        high=400,
    ),
    Setting(
        "terminal.reports",
        Kind.TEXT,
        "Folder for reports that are saved as PDF or CSV; left out: reports in the data folder.",
        default="",
    ),
    Setting(
        "display.customer_screen",
        Kind.INTEGER,
        "Screen of a window's customers, counted without the main one; 0: there is none.",
        default=0,
        low=0,
        high=8,
    ),
    Setting(
        "display.customer_touch",
        Kind.BOOLEAN,
        "Whether that screen takes touch: patients sign on it instead of on paper.",
        default=False,
    ),
    Setting("hospital.name_zh", Kind.TEXT, "The hospital's Chinese name, for screens and slips."),
    Setting("hospital.name_en", Kind.TEXT, "The hospital's English name."),
    Setting("hospital.place_zh", Kind.TEXT, "Where this terminal stands, in Chinese."),
    Setting("hospital.place_en", Kind.TEXT, "Where this terminal stands, in English."),
    Setting("hospital.service_line", Kind.TEXT, "The telephone number printed on slips."),
)
