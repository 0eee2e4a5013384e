"""Home announces what the hospital manages centrally, and promotes nothing to the old."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hall import Hall

from core.clock import CHINA
from sandbox.house import House
from sandbox.player import qml
from sandbox.player.hands import wait_until
from sandbox.player.stage import post

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

DESK, SUPERVISOR = "demo-tech", {"operator": "2101", "password": "demo-2101"}


def _add(house: House, token: str, kind: str, title: str) -> None:
    """The supervisor writes something for idle screens, for yesterday to tomorrow."""
    today = datetime.now(UTC).astimezone(CHINA).date()
    days = {"since": str(today - timedelta(days=1)), "until": str(today + timedelta(days=1))}
    words = {"title_zh": title, "title_en": title, "text_zh": "内容。", "text_en": "What it is."}
    body: dict[str, Any] = {"kind": kind, **words, **days}
    url = f"{house.backend_url}/v1/idle-content"
    request = urllib.request.Request(url, json.dumps(body).encode())  # noqa: S310  loopback
    request.add_header("Content-Type", "application/json")
    request.add_header("Idempotency-Key", uuid4().hex)
    request.add_header("Authorization", f"Bearer {DESK}")
    request.add_header("X-Operator-Token", token)
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  loopback
        assert answer.status == 201


@pytest.fixture
def announced(hall: Hall) -> Iterator[Hall]:
    """A notice and a promotion stand beside the announcement of policy; all modes end off."""
    house = hall.house
    token = post(f"{house.backend_url}/v1/operators/sign-in", SUPERVISOR, DESK)["token"]
    _add(house, str(token), "NOTICE", "Flu shots from Monday")
    _add(house, str(token), "PROMOTION", "Health check, a fifth off")
    hall.stage.kiosk.announcements.look()
    wait_until(lambda: "Health check, a fifth off" in _titles(hall), 8, "the announcements")
    yield hall
    hall.stage.kiosk.ui.reset()


def _titles(hall: Hall) -> list[str]:
    told = hall.stage.kiosk.ui.property("announcements")
    return [str(one["title"]) for one in told]


def _shown(hall: Hall) -> set[str]:
    """Everything that is shown in turn; the screen stands still in tests, so it is turned by us."""
    notices = qml.find(hall.stage.kiosk.window, "notices")
    seen = set()
    for place in range(len(notices.property("turns").toVariant())):
        notices.setProperty("place", place)
        seen.add(hall.words())
    return seen


def test_w22_h41_policy_and_notices_are_announced_at_home(announced: Hall) -> None:
    everything = "\n".join(_shown(announced))
    assert "Outpatient prepayments have ended" in everything
    assert "you can ask for it back at a machine" in everything
    assert "Flu shots from Monday" in everything
    assert "Health check, a fifth off" in everything
    assert "Your details are cleared from this machine when you leave" in everything


def test_w22_h41_nothing_is_promoted_to_who_reads_large_text(announced: Hall) -> None:
    announced.stage.press("dock_large")
    everything = "\n".join(_shown(announced))
    assert "Outpatient prepayments have ended" in everything
    assert "Flu shots from Monday" in everything
    assert "Health check" not in everything
