"""One house, one terminal and one judge for all kill tests."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sandbox.house import VISIT, House
from tests.crash.cases import Cases
from tests.crash.lives import Lives
from tests.crash.town import Town, filed_profile
from tests.crash.verdict import Verdict
from tests.helpers.forked import Forked


def quick(module: str, arguments: Sequence[str], log: Path) -> Forked:
    """Machines have quick motors, and the vending machine asks often."""
    hurry = ("--motion-s", "0.05", "--vending-poll-s", "0.05") if module == "sandbox.units" else ()
    return Forked(module, (*arguments, *hurry), log)


@pytest.fixture(scope="session")
def town() -> Iterator[Town]:
    """The house. Its folder has a short name, because Unix sockets stand in it."""
    with tempfile.TemporaryDirectory(prefix="zf") as folder:
        fitted, profile = (*VISIT, "vending", "cash"), filed_profile(Path(folder))
        house = House(Path(folder), window=(), fitted=fitted, profile=profile, begin=quick)
        try:
            house.start()
            town = Town(house)
            town.fill_machine()
            yield town
        finally:
            house.stop()


@pytest.fixture(scope="session")
def cases(town: Town) -> Cases:
    """All cases of this run keep one score."""
    return Cases(town, Lives(town.silence_backend), Verdict(town))
