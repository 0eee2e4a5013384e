"""The patient signs on their own screen, in a whole window with two screens."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.kiosk_house import built_house
from tests.helpers.window_house import DESK

pytestmark = pytest.mark.slow

_CHILD = Path(__file__).with_name("pad_child.py")
_LIMIT_S = 90


def test_n01_what_is_drawn_on_the_patients_screen_is_kept_and_a_pulled_cable_signs_nothing() -> (
    None
):
    with built_house(window=DESK) as house:
        played = subprocess.run(
            [sys.executable, str(_CHILD), str(house.run_dir)],
            capture_output=True,
            text=True,
            timeout=_LIMIT_S,
            check=False,
        )
    assert played.returncode == 0, played.stderr[-3000:]
    told = json.loads(played.stdout)
    assert (told["without"], told["left"]) == (False, 0)
    signature = told["signature"]
    assert (signature["state"], signature["channel"]) == ("SIGNED", "window")
    assert len(signature["signature_digest"]) == 64
