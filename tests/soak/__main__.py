"""The long runs of devices and of the kiosk; the exit status is the verdict.

`python -m tests.soak devices [--cycles 100] [DEVICE …]`, `python -m tests.soak kiosk [--visits N]`.
"""

from __future__ import annotations

import argparse
import os
import sys

from tests.soak.devices import soak
from tests.soak.rig import SOAKED


def main(arguments: list[str]) -> int:
    """0: every device came back each time and gave back what it held."""
    parser = argparse.ArgumentParser(prog="./run soak", description=__doc__)
    parser.add_argument("what", choices=["devices", "kiosk"])
    parser.add_argument("--cycles", type=int, default=100, help="2 or more")
    parser.add_argument("--visits", type=int, default=1000, help="of the kiosk")
    parser.add_argument("--warm-up", type=int, default=60, help="visits before the first look")
    parser.add_argument("devices", nargs="*", help="names of units; left out: all")
    options = parser.parse_intermixed_args(arguments)
    if options.what == "kiosk":
        return _kiosk(options.visits, options.warm_up)
    unknown = set(options.devices) - set(SOAKED)
    if unknown:
        parser.error(f"no unit {', '.join(sorted(unknown))}; there are {', '.join(SOAKED)}")
    if options.cycles < 2:
        parser.error("the first cycle only warms up; write --cycles 2 or more")
    verdict = soak(options.devices or SOAKED, options.cycles)
    print(verdict)
    return 1 if verdict.faults else 0


def _kiosk(visits: int, warm_up: int) -> int:
    """Qt is named and imported only here: the devices' soak counts threads."""
    from tests.helpers.kiosk_house import offscreen
    from tests.soak.kiosk import soak as soak_kiosk

    offscreen()

    told = soak_kiosk(visits, warm_up)
    print(told)
    return 1 if told.faults else 0


if __name__ == "__main__":
    exit_code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)  # a thread that hangs must not keep the verdict from being told
