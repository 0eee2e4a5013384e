"""The headless demo as a visitor starts it: a program of its own, and the proof that it leaves."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 100
STEPS = (
    "get a health card",
    "a second card is refused",
    "register with a doctor, pay by phone",
    "place a pre-authorisation",
    "the doctor orders three fee groups",
    "settle the bill from insurance and hold",
    "a benefit patient is sent to the window",
    "the cashier signs in",
    "the float is counted, and the drawer opens",
    "the slip finds the bill",
    "the window settles it",
    "one item is refunded after review",
)
KIOSK_CONTROLS = {
    *("tile_card", "key_1", "key_enter", "accept", "confirm", "done", "tile_visit"),
    *("choose_CARD", "pay_SCAN", "tile_money", "amount_100000", "pay"),
}
WINDOW_CONTROLS = {
    *("sign_in_operator", "sign_in_password", "sign_in", "settle", "commit", "refund_reason"),
    *("request_refund", "review_operator", "review_password", "approve", "done"),
}


@dataclass(frozen=True, slots=True)
class Demo:
    """What one run left: its exit code, both outputs, its folder and its transcript."""

    code: int
    said: str
    logged: str
    folder: Path
    transcript: dict[str, Any]

    @property
    def pressed(self) -> list[str]:
        """Names of controls in the order of pressing."""
        return [name for step in self.transcript["steps"] for name in step["pressed"]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One run for all tests of this module."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    done = subprocess.run(
        [sys.executable, "-m", "sandbox", "demo", "--headless", "--out", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    transcript = json.loads((folder / "transcript.json").read_text("utf-8"))
    yield Demo(done.returncode, done.stdout, done.stderr, folder, transcript)


def test_demo_is_told_to_its_end_and_all_books_agree(demo: Demo) -> None:
    transcript = demo.transcript

    assert demo.code == 0, demo.logged[-3000:]
    assert "all books agree" in demo.said
    assert tuple(step["what"] for step in transcript["steps"]) == STEPS
    assert {step["outcome"] for step in transcript["steps"]} == {"ok"}
    assert transcript["agree"] is True
    assert transcript["disagreements"] == []
    nothing = ("lost_fen", "doubled_fen", "suspense_fen", "held_fen")
    assert {name: transcript[name] for name in nothing} == dict.fromkeys(nothing, 0)
    kept_fen = transcript["money_in_fen"] - transcript["refunded_fen"]
    assert kept_fen == transcript["settled_fen"] > 0
    assert transcript["refunded_fen"] > 0
    assert transcript["cards_issued"] == 1


def test_every_pressed_control_is_logged_by_its_name(demo: Demo) -> None:
    logged = re.findall(r"^\S+ \S+ press (\S+)$", demo.logged, re.MULTILINE)

    assert logged == demo.pressed
    assert set(demo.pressed) >= KIOSK_CONTROLS | WINDOW_CONTROLS
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", name) for name in demo.pressed)


def test_every_screen_of_the_transcript_is_a_picture(demo: Demo) -> None:
    named = [name for step in demo.transcript["steps"] for name in step["screens"]]
    pictures = {file.name: file.stat().st_size for file in (demo.folder / "screens").iterdir()}

    assert sorted(named) == sorted(pictures)
    assert len(named) > len(STEPS)
    assert min(pictures.values()) > 10_000
    for ending in ("ShowCardIssued", "ShowRegistered", "ShowHoldPlaced", "ShowSettled"):
        assert any(name.endswith(f"_{ending}.png") for name in named), ending


def test_every_paper_is_left_as_a_picture(demo: Demo) -> None:
    papers = sorted(file.name for file in (demo.folder / "paper").iterdir())

    assert len(papers) == demo.transcript["papers"]
    assert {name.split("_")[0] for name in papers} == {"kiosk", "window"}
