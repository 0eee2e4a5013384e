"""`python -m tests.load`: the long runs behind `./run soak backend` and `./run bench backend`."""

from __future__ import annotations

import argparse
import sys
import time

from tests.helpers.databases import KINDS
from tests.load.kills import same_bill, under_kills
from tests.load.speed import bench


def _soak(kills: int, terminals: int, bills: int, seed: int) -> bool:
    good = True
    for kind in KINDS:
        begun = time.monotonic()
        verdict = under_kills(kind, terminals, kills, seed)
        good = good and verdict.good
        print(f"{kind}: {terminals} terminals, backend killed {kills} times: {verdict}")
        print(f"  ({time.monotonic() - begun:.0f} s)", flush=True)
        begun = time.monotonic()
        told = same_bill(kind, terminals, bills)
        good = good and told["paid"] == bills and told["wrong"] == 0
        print(f"{kind}: {terminals} contenders for each of {bills} bills: {dict(told)}")
        print(f"  ({time.monotonic() - begun:.0f} s)", flush=True)
    return good


def main(arguments: list[str]) -> int:
    """0: nothing lost, doubled or unbalanced."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("what", choices=["soak", "bench"])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--terminals", type=int, default=64)
    parser.add_argument("--bills", type=int, default=1000, help="that all contend for")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--settlements", type=int, default=512, help="of each measurement")
    parser.add_argument("--earlier", default="1000,1000000", help="bills there before")
    told = parser.parse_args(arguments)
    if told.what == "soak":
        return 0 if _soak(told.kills, told.terminals, told.bills, told.seed) else 1
    earlier = tuple(int(count) for count in told.earlier.split(","))
    for line in bench(KINDS, earlier, told.settlements):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
