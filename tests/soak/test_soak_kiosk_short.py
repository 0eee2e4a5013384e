"""The short form of `./run soak kiosk`."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.helpers.source import ROOT

_LIMIT_S = 240


@pytest.mark.slow
def test_visits_in_a_row_give_back_every_handle_and_thread() -> None:
    command = [sys.executable, "-m", "tests.soak", "kiosk", "--visits", "15", "--warm-up", "10"]
    told = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=_LIMIT_S, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
