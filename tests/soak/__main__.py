"""`python -m tests.soak devices [--cycles 100] [DEVICE …]`: the exit status is the verdict."""

from __future__ import annotations

import argparse
import os
import sys

from tests.soak.devices import soak
from tests.soak.rig import SOAKED


def main(arguments: list[str]) -> int:
    """0: every device came back each time and gave back what it held."""
    parser = argparse.ArgumentParser(prog="./run soak", description=__doc__)
    parser.add_argument("what", choices=["devices"])
    parser.add_argument("--cycles", type=int, default=100, help="2 or more")
    parser.add_argument("devices", nargs="*", help="names of units; left out: all")
    options = parser.parse_intermixed_args(arguments)
    unknown = set(options.devices) - set(SOAKED)
    if unknown:
        parser.error(f"no unit {', '.join(sorted(unknown))}; there are {', '.join(SOAKED)}")
    if options.cycles < 2:
        parser.error("the first cycle only warms up; write --cycles 2 or more")
    verdict = soak(options.devices or SOAKED, options.cycles)
    print(verdict)
    return 1 if verdict.faults else 0


if __name__ == "__main__":
    exit_code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)  # a thread that hangs must not keep the verdict from being told
