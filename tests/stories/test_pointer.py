"""The whole visit on a real display: only the X pointer moves, from ID card to settled bill."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from sandbox.house import House
from sandbox.player.auditor import audit

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 90
SCREEN = "1980x1940x24"


@pytest.fixture
def display() -> Iterator[str]:
    """A display of our own, such as ":7"; the server chooses its number."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    assert number, "the display did not start"
    yield f":{number}"
    server.terminate()
    server.wait(10)


def test_visit_is_settled_with_the_pointer_alone(
    house: House, display: str, tmp_path: Path
) -> None:
    picture = tmp_path / "settled.png"
    environment = {**house.environment(), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}

    done = subprocess.run(
        [sys.executable, "-m", "tests.stories.pointer_child", str(house.run_dir), str(picture)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-3000:]
    assert (QImage(str(picture)).width(), QImage(str(picture)).height()) == (1980, 1940)
    sums = audit(house, ("K01",))
    assert sums.disagreements == []
    assert sums.agree
    assert sums.cards_issued == 1
    assert sums.settled_fen == sums.money_in_fen > 0
    assert sums.papers == 4  # the fee, the number, the hold, the bill
