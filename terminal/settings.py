"""All settings of a terminal: its own, the backend's, and one table per fitted device."""

from __future__ import annotations

from pathlib import Path

from backend_client.opening import SETTINGS as BACKEND
from core.settings import Kind, Setting, Settings, load
from devices import ownership
from devices.fitting import FITTINGS, rules
from terminal import alarms, probes, technicians, voice

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
        "display.customer_screen",
        Kind.INTEGER,
        "Screen of a window's customers, counted without the main one; 0: there is none.",
        default=0,
        low=0,
        high=8,
    ),
    Setting("hospital.name_zh", Kind.TEXT, "The hospital's Chinese name, for screens and slips."),
    Setting("hospital.name_en", Kind.TEXT, "The hospital's English name."),
    Setting("hospital.place_zh", Kind.TEXT, "Where this terminal stands, in Chinese."),
    Setting("hospital.place_en", Kind.TEXT, "Where this terminal stands, in English."),
    Setting("hospital.service_line", Kind.TEXT, "The telephone number printed on slips."),
)

UPKEEP: tuple[Setting, ...] = (
    *alarms.SETTINGS,
    *technicians.SETTINGS,
    *probes.SETTINGS,
    *voice.SETTINGS,
)


def read(path: Path) -> Settings:
    """Checked settings of one terminal. Raises SettingsError that names every fault."""
    fitted = [setting for fitting in FITTINGS for setting in fitting.settings]
    return load(path, (*TERMINAL, *BACKEND, *UPKEEP), fitted, (rules,))
