"""Seconds of what `./run fuzz` does for a minute each: coverage-guided bytes into every parser."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.helpers.parsers import TOGETHER


@pytest.mark.slow
def test_all_parsers_together_survive_seconds_of_guided_bytes() -> None:
    command = [sys.executable, "-m", "tests.fuzz", "--seconds", "8", TOGETHER]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stdout[-4000:]
    assert "1 of 1 parsers survived" in ended.stdout
