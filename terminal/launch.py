"""What every mode's command line shares: settings, the log, and errors in words.

What a reader would get wrong: all settings together know every driver, so they are read by a
function that loads what it needs when it is called; a window may be shown before.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path

from core.settings import Settings

_FORMAT = "%(asctime)s %(name)s %(message)s"
_LOG_BYTES, _LOG_FILES = 4 * 1024 * 1024, 3

MESSAGES = Path(__file__).resolve().parent.parent / "build" / "messages"


def settings_from(program: str, sentence: str, arguments: Sequence[str]) -> Settings:
    """Parse `--config FILE`, start the log, read the file. Raises SettingsError."""
    return settings_at(config_from(program, sentence, arguments))


def config_from(program: str, sentence: str, arguments: Sequence[str]) -> Path:
    """Parse `--config FILE` and start the log."""
    parser = argparse.ArgumentParser(prog=program, description=sentence)
    parser.add_argument("--config", type=Path, required=True, help="the settings file (TOML)")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format=_FORMAT)
    config: Path = options.config
    return config


def settings_at(config: Path) -> Settings:
    """Read the file; the log is kept in the data folder from here on. Raises SettingsError."""
    from terminal.settings import read

    settings = read(config)
    keep_log(Path(settings.text("terminal.data")))
    return settings


def keep_log(folder: Path) -> None:
    """The same lines in the data folder too, where a technician reads them; bounded."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "terminal.log", maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter(_FORMAT))
    logging.getLogger().addHandler(handler)
