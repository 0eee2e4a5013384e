"""The soak of every device in its shortest form: each comes back, and nothing leaks.

In a process of its own: what a process holds can only be counted when nothing else runs in it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
LIMIT_S = 110
_ROOT = Path(__file__).parent.parent.parent


def test_every_device_comes_back_and_gives_back_what_it_held() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.soak", "devices", "--cycles", "3"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.splitlines()[-1] == "every device came back each time, nothing leaks"
