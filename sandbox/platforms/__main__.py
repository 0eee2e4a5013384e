"""Command line of the platforms: ``python -m sandbox.platforms --run-dir DIR``.

Talks to the process (arguments, SIGTERM). It leaves by ``os._exit``, so that nothing a caller
left open keeps the program from ending within two seconds.
"""

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path

from sandbox.platforms.program import Settings, serve


def _settings(arguments: list[str]) -> Settings:
    parser = argparse.ArgumentParser(prog="python -m sandbox.platforms", description=__doc__)
    parser.add_argument("--run-dir", type=Path, required=True, help="folder of this run")
    parser.add_argument("--acquirer-port", type=int, default=0, help="0: any free port")
    parser.add_argument("--insurance-port", type=int, default=0, help="0: any free port")
    given = parser.parse_args(arguments)
    return Settings(given.run_dir, given.acquirer_port, given.insurance_port)


async def _serve(settings: Settings) -> None:
    end = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end.set)
    await serve(settings, end)


def main() -> int:
    """Serve until SIGTERM or SIGINT; 1 when a port is taken."""
    settings = _settings(sys.argv[1:])
    try:
        asyncio.run(_serve(settings))
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    exit_code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)
