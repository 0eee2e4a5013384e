"""`python -m tests.monkey [--events 10000] [--seed 1]`: the exit status is the verdict."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from sandbox.player.auditor import audit
from tests.helpers.kiosk_house import built_house, kiosk_at, offscreen
from tests.monkey.monkey import Monkey


def main(arguments: list[str]) -> int:
    """0: no exception, no trap, no way out, and the books agree."""
    parser = argparse.ArgumentParser(prog="./run monkey", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with built_house() as house, tempfile.TemporaryDirectory() as told:
        with kiosk_at(house, Path(told)) as stage:
            found = Monkey(stage, options.seed).play(options.events)
        disagreements = audit(house, ("K01",)).disagreements
    found.faults += disagreements
    print(found)
    return 1 if found.faults else 0


if __name__ == "__main__":
    offscreen()
    exit_code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(exit_code)  # a thread that hangs must not keep the verdict from being told
