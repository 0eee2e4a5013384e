"""`./run units`: the virtual devices of one terminal, and a settings file that fits them.

Talks to the process. terminal.toml is whole, so kiosk and command line start with it as it is;
what a reader would get wrong: both must also be told where the private PC/SC and print services
listen, and that is environment, not settings: terminal.env.
"""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from sandbox.house import ROOT, House, NotReady
from sandbox.settings_file import device_tables, terminal_tables, toml

RUN_DIR = Path(tempfile.gettempdir()) / f"zhenfu-{os.getuid()}"
"""Where scripts find the machine when nothing else is said; Unix sockets need a short path."""
_BACKEND, _TOKEN = "http://127.0.0.1:8470", "demo-kiosk-01"
_PLACE = ("虚拟机器", "Virtual machine")


def main(arguments: list[str]) -> int:
    """Start, tell where everything is, serve until interrupted; 1 when a unit cannot start."""
    options = _parse(arguments)
    run_dir: Path = options.run_dir.resolve()
    run_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl+C does
    house = House(run_dir)
    window: subprocess.Popen[bytes] | None = None
    try:
        house.start_units(run_dir, tuple(options.only.split(",")) if options.only else ())
        write_files(run_dir, house.read("units.json"), options.backend_url, options.token)
        _tell(run_dir)
        if options.window:
            window = subprocess.Popen(
                [sys.executable, "-m", "sandbox.workbench", "--run-dir", str(run_dir)], cwd=ROOT
            )
        house.wait()
        sys.stderr.write("the units have ended by themselves\n")
    except NotReady as error:
        sys.stderr.write(f"{error}\n")
    except KeyboardInterrupt:
        return 0
    finally:
        if window is not None:
            window.terminate()
            window.wait()
        house.stop()
    return 1


def write_files(
    run_dir: Path, announced: Mapping[str, object], backend_url: str, token: str
) -> None:
    """terminal.toml and terminal.env beside units.json, whose content is `announced`."""
    tables = terminal_tables("K01", str(run_dir / "K01"), backend_url, token, _PLACE)
    tables |= device_tables(announced)
    (run_dir / "terminal.toml").write_text(toml(tables), "utf-8")
    told = cast(Mapping[str, str], announced["environment"])
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in told.items()]
    (run_dir / "terminal.env").write_text("".join(lines), "utf-8")


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run units", description=__doc__)
    parser.add_argument("--run-dir", type=Path, default=RUN_DIR, help=f"default {RUN_DIR}")
    parser.add_argument("--only", help="units, comma-separated; left out: all")
    parser.add_argument("--backend-url", default=_BACKEND, help="what terminal.toml shall say")
    parser.add_argument("--token", default=_TOKEN, help="the terminal's token at the backend")
    parser.add_argument("--window", action="store_true", help="open the workbench as well")
    return parser.parse_args(arguments)


def _tell(run_dir: Path) -> None:
    settings = f"{run_dir}/terminal.toml"
    lines = (
        f"settings:  {settings}",
        f"first say: . {run_dir}/terminal.env",
        f"kiosk:     ./run kiosk --config {settings}",
        f"devices:   ./run devices --config {settings} status",
        f"hand:      ./run hand --run-dir {run_dir} state",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
