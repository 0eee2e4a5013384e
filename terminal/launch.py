"""What every mode's command line shares: settings, the log, and errors in words."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

from core.settings import Settings
from terminal.settings import read

MESSAGES = Path(__file__).resolve().parent.parent / "build" / "messages"


def settings_from(program: str, sentence: str, arguments: Sequence[str]) -> Settings:
    """Parse `--config FILE`, start the log, read the file. Raises SettingsError."""
    parser = argparse.ArgumentParser(prog=program, description=sentence)
    parser.add_argument("--config", type=Path, required=True, help="the settings file (TOML)")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    return read(options.config)
