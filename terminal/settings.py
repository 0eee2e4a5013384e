"""All settings of a terminal: its own, the backend's, and one table per fitted device."""

from __future__ import annotations

from pathlib import Path

from backend_client.opening import SETTINGS as BACKEND
from core.settings import Setting, Settings, load
from devices.fitting import FITTINGS, rules
from terminal import alarms, machine_front, probes, technicians, voice
from terminal.own_settings import TERMINAL

UPKEEP: tuple[Setting, ...] = (
    *alarms.SETTINGS,
    *technicians.SETTINGS,
    *probes.SETTINGS,
    *voice.SETTINGS,
)


def read(path: Path) -> Settings:
    """Checked settings of one terminal. Raises SettingsError that names every fault."""
    required = (*TERMINAL, *machine_front.SETTINGS, *BACKEND, *UPKEEP)
    fitted = [setting for fitting in FITTINGS for setting in fitting.settings]
    return load(path, required, fitted, (rules, machine_front.contradictions))
