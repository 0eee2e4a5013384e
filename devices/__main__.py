"""`python -m devices --config FILE list | status | test NAME | loop NAME | watch`.

Talks to the devices of one settings file, only while no terminal runs on it (docs/devices_cli.md).
What a reader would get wrong: results are on standard output; what the program logs besides, such
as a device that is lost and back, is on standard error.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from core.errors import SettingsError
from core.settings import Settings, load
from devices.diagnostics.bench import OwnBench
from devices.diagnostics.commands import Commands, NoSuchTest
from devices.diagnostics.grammar import Speaker
from devices.fitting import FITTINGS, rules
from devices.ownership import SETTINGS, AlreadyRunning, InstanceLock

WELL, NOT_WELL, WRONG, HELD = 0, 1, 2, 3
"""Exit status: all was OK; some device was not; wrong words or settings; another holds the lock."""

OTHERS = (
    *("terminal", "front", "hospital", "backend", "upkeep", "maintenance", "site", "display"),
    "voice",
)
"""Tables of the same file that are the terminal's and not read here."""


def main(arguments: list[str]) -> int:
    """The exit status; for wrong words argparse itself ends with WRONG."""
    options = _parse(arguments)
    speaker = Speaker(sys.stdout, as_json=options.json)
    try:
        settings = _read(options.config)
        lock = _lock(Path(settings.text("terminal.data")))
    except SettingsError as error:
        speaker.error("settings", str(error))
        return WRONG
    except AlreadyRunning as error:
        speaker.error("held", str(error))
        return HELD
    try:
        return _on_bench(settings, speaker, options)
    finally:
        lock.release()


def _on_bench(settings: Settings, speaker: Speaker, options: argparse.Namespace) -> int:
    try:
        with closing(OwnBench(settings)) as bench:
            well = _carry_out(Commands(settings, bench, speaker), options)
    except SettingsError as error:
        speaker.error("settings", str(error))
        return WRONG
    except NoSuchTest as error:
        speaker.error("no_such_test", str(error))
        return WRONG
    except KeyboardInterrupt:
        speaker.error("interrupted", "ended at the keyboard")
        return NOT_WELL
    return WELL if well else NOT_WELL


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m devices", description=__doc__)
    parser.add_argument("--config", type=Path, required=True, help="the terminal's settings file")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="what is fitted, and what can be tried")
    commands.add_parser("status", help="health, firmware and serial numbers")
    for name in ("test", "loop"):
        commands.add_parser(name).add_argument("name", help="see list; all")
    watch = commands.add_parser("watch", help="tell events as they come")
    watch.add_argument("--seconds", type=float, help="how long; left out: until interrupted")
    return parser.parse_args(arguments)


def _read(path: Path) -> Settings:
    devices = [setting for fitting in FITTINGS for setting in fitting.settings]
    return load(path, SETTINGS, devices, (rules,), elsewhere=OTHERS)


def _lock(folder: Path) -> InstanceLock:
    try:
        return InstanceLock(folder)
    except OSError as error:
        raise SettingsError(f"terminal.data: {error}") from None


def _carry_out(commands: Commands, options: argparse.Namespace) -> bool:
    match options.command:
        case "list":
            return commands.list_devices()
        case "status":
            return commands.status()
        case "test":
            return commands.test(options.name)
        case "loop":
            return commands.loop(options.name)
        case _:
            return commands.watch(options.seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
