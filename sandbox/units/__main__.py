"""Command line of the virtual devices: ``python -m sandbox.units --run-dir DIR``.

Talks to the process (arguments, SIGTERM). It leaves by ``os._exit``: a thread that still waits for
a silent acquirer must not keep the program from ending within a second.
"""

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path

from sandbox.units.daemon import DaemonFailed
from sandbox.units.fitted import CARD_WAIT_S, ID_READ_S, MOTION_S
from sandbox.units.program import UNIT_NAMES, Settings, UnitsProgram
from sandbox.units.request import ControlError
from sandbox.units.vending import POLL_S


def _settings(arguments: list[str]) -> Settings:
    parser = argparse.ArgumentParser(prog="python -m sandbox.units", description=__doc__)
    parser.add_argument("--run-dir", type=Path, required=True, help="folder of this run")
    parser.add_argument("--only", default=",".join(UNIT_NAMES), help="units, comma-separated")
    parser.add_argument("--pos-host-url", help="acquirer of the card terminal, http://...")
    parser.add_argument("--vpcd-port", type=int, help="port of the virtual PC/SC reader")
    parser.add_argument("--motion-s", type=float, default=MOTION_S)
    parser.add_argument("--id-read-s", type=float, default=ID_READ_S)
    parser.add_argument("--card-wait-s", type=float, default=CARD_WAIT_S)
    parser.add_argument("--vending-poll-s", type=float, default=POLL_S)
    given = parser.parse_args(arguments)
    only = tuple(given.only.split(","))
    for name in only:
        if name not in UNIT_NAMES:
            parser.error(f"no unit {name!r}; there are {', '.join(UNIT_NAMES)}")
    return Settings(
        run_dir=given.run_dir,
        only=only,
        pos_host_url=given.pos_host_url,
        vpcd_port=given.vpcd_port,
        motion_s=given.motion_s,
        id_read_s=given.id_read_s,
        card_wait_s=given.card_wait_s,
        vending_poll_s=given.vending_poll_s,
    )


async def _serve(settings: Settings) -> None:
    end = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end.set)
    await UnitsProgram(settings).run(end)


def main() -> int:
    """Serve until SIGTERM or SIGINT; 1 when the units cannot be started here."""
    settings = _settings(sys.argv[1:])
    try:
        asyncio.new_event_loop().run_until_complete(_serve(settings))
    except (DaemonFailed, ControlError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    exit_code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)
