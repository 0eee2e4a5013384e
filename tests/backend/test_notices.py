"""Notices: written once, sent once, in words that exist for every kind."""

from __future__ import annotations

import ast
import json
from datetime import datetime
from pathlib import Path

import pytest
from backend_bench import ROOT, Platforms
from service_bench import LI_ID, House

from settlement_backend.notices import outbox
from settlement_backend.notices.delivery import is_quiet
from settlement_backend.notices.tables import Notice
from settlement_backend.notices.templates import templates
from settlement_backend.policy.profile import NoticeRules, load_policy

CLAIM_STATES = ("claim_succeeded", "claim_refused")


def test_every_kind_that_is_told_has_its_words_and_no_other() -> None:
    told = set(CLAIM_STATES)
    for file in (ROOT / "settlement_backend").rglob("*.py"):
        told |= _kinds_of(file)

    assert told == set(templates())


def _kinds_of(file: Path) -> set[str]:
    """The fourth argument of every `tell(session, now, person, kind, …)`."""
    return {
        call.args[3].value
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and "tell" in (getattr(call.func, "id", ""), getattr(call.func, "attr", ""))
        and len(call.args) > 4
        and isinstance(call.args[3], ast.Constant)
        and isinstance(call.args[3].value, str)
    }


def test_words_are_filled_with_amounts_in_yuan_and_times_as_people_write_them() -> None:
    words = templates()["deferral_due"].filled(
        "李**", {"amount_fen": 12345, "due_at": "2026-03-02T09:05:00.000+08:00", "more": "x"}
    )

    assert words.zh == "李**，本次就诊待结123.45元，请于2026-03-02 09:05前结清。"
    assert "123.45 yuan" in words.en


@pytest.mark.parametrize(
    ("begin", "end", "at", "quiet"),
    [
        ("22:00", "07:00", "21:59", False),
        ("22:00", "07:00", "22:00", True),
        ("22:00", "07:00", "06:59", True),
        ("22:00", "07:00", "07:00", False),
        ("12:00", "14:00", "13:00", True),
        ("00:00", "00:00", "00:00", False),
    ],
)
def test_phones_are_left_alone_in_quiet_hours(begin: str, end: str, at: str, quiet: bool) -> None:
    now = datetime.fromisoformat(f"2026-03-02T{at}:00+08:00")
    rules = NoticeRules(quiet_from=begin, quiet_until=end, urgent=(), give_up_hours=24)

    assert is_quiet(rules, now) is quiet


def test_w05_notice_is_queued_once_and_sent_once(house: House, platforms: Platforms) -> None:
    person = house.person(LI_ID)
    _tell(house, person)
    _tell(house, person)

    house.tick()
    house.later(2)

    (sent,) = platforms.messages.books()["messages"]
    assert (sent["template"], sent["to"]) == ("refund_paid", "139****1234")
    assert "退款12.00元" in sent["text"]
    assert "李秀芳" not in sent["text"]
    (shown,) = house.get(f"/v1/patients/{person}/notices")["notices"]
    assert (shown["kind"], shown["state"]) == ("refund_paid", "SENT")


def test_notices_of_one_moment_keep_one_order(house: House) -> None:
    person, now = house.person(LI_ID), house.clock.now()
    with house.service.db.write() as session:
        for number in range(5):
            outbox.tell(session, now, person, "refund_paid", f"R{number}", amount_fen=1200)

    told = house.get(f"/v1/patients/{person}/notices")["notices"]

    numbers = [notice["notice_id"] for notice in told]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.expects_warnings("settlement_backend")
def test_lost_answer_is_asked_again_under_the_same_number(
    house: House, platforms: Platforms
) -> None:
    _tell(house, house.person(LI_ID))
    platforms.messages.fault("/send", "answer_lost")

    house.tick()
    house.later(3)

    assert len(platforms.messages.books()["messages"]) == 1
    assert _states(house) == ["SENT"]


def test_refused_recipient_is_shown_and_not_asked_again(house: House, platforms: Platforms) -> None:
    platforms.messages.control("refuse", path="/send", code="BAD_RECIPIENT")
    person = house.person(LI_ID)
    _tell(house, person)

    house.tick()
    house.later(60)

    (shown,) = house.get(f"/v1/patients/{person}/notices")["notices"]
    assert (shown["state"], shown["trouble"]) == ("REFUSED", "BAD_RECIPIENT")
    assert platforms.messages.books()["messages"] == []


def test_busy_gateway_is_tried_later(house: House, platforms: Platforms) -> None:
    platforms.messages.control("refuse", path="/send", code="GATEWAY_BUSY")
    _tell(house, house.person(LI_ID))

    house.tick()
    assert _states(house) == ["QUEUED"]
    house.later(3)

    assert _states(house) == ["SENT"]


def test_profile_of_the_demo_has_its_quiet_hours() -> None:
    rules = load_policy(ROOT / "resources/profiles/demo-2026.toml").notices

    assert (rules.quiet_from, rules.quiet_until) == ("22:00", "07:00")
    assert set(rules.urgent) <= set(templates())


def _tell(house: House, person: str) -> None:
    with house.service.db.write() as session:
        outbox.tell(session, house.clock.now(), person, "refund_paid", "R1", amount_fen=1200)


def _states(house: House) -> list[str]:
    with house.service.db.read() as session:
        kept = session.query(Notice).all()
        assert all(json.loads(notice.facts) for notice in kept)
        return [notice.state for notice in kept]
