"""The short form of `./run monkey`."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.helpers.source import ROOT

_EVENTS, _LIMIT_S = 250, 150


@pytest.mark.slow
def test_random_taps_keys_and_scans_find_no_exception_no_trap_and_no_way_out() -> None:
    command = [sys.executable, "-m", "tests.monkey", "--events", str(_EVENTS), "--seed", "7"]
    told = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=_LIMIT_S, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
