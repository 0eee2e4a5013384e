"""What a terminal's report alarms about, and what its type offers; tables, no database."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from backend_bench import ROOT

from settlement_backend.base.clock import CHINA
from settlement_backend.policy.profile import load_policy
from settlement_backend.terminals.requests import ConsumableState, DeviceState
from settlement_backend.terminals.rules import Standing, alarms, functions_of

RULES = load_policy(ROOT / "resources/profiles/demo-2026.toml").terminal
NOW = datetime(2026, 3, 2, 10, tzinfo=CHINA)
SCANNER = DeviceState(name="scanner", state="ONLINE")


def found(
    *devices: DeviceState,
    kind: str = "kiosk",
    consumables: tuple[ConsumableState, ...] = (),
    silent_s: int | None = 0,
    certificate_days: int | None = None,
    problems: int = 0,
) -> list[tuple[str, str]]:
    """Kinds of alarms and what they are about."""
    standing = Standing(
        kind=kind,
        reported_at=None if silent_s is None else NOW - timedelta(seconds=silent_s),
        devices=devices,
        consumables=consumables,
        certificate_ends=None
        if certificate_days is None
        else NOW + timedelta(days=certificate_days),
        open_problems=problems,
    )
    return [(alarm.kind, alarm.about) for alarm in alarms(RULES, standing, NOW)]


@pytest.mark.parametrize(
    ("kind", "states", "expected"),
    [
        ("kiosk", {"scanner": "ONLINE"}, []),
        ("window", {"scanner": "BUSY"}, []),
        ("kiosk", {"camera": "ONLINE"}, []),
        ("kiosk", {}, [("scanner_missing", "scanner")]),
        ("window", {}, [("scanner_missing", "scanner")]),
        ("clinic", {}, []),
        (
            "kiosk",
            {"scanner": "NO_DEVICE"},
            [("device_broken", "scanner"), ("scanner_missing", "scanner")],
        ),
        ("kiosk", {"scanner": "OFFLINE", "camera": "ONLINE"}, [("device_broken", "scanner")]),
        ("kiosk", {"scanner": "ONLINE", "pos": "UNKNOWN"}, [("device_broken", "pos")]),
    ],
)
def test_h01_scanner_is_missed_at_kiosk_and_window(
    kind: str, states: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    devices = [
        DeviceState.model_validate({"name": name, "state": state}) for name, state in states.items()
    ]

    assert found(*devices, kind=kind) == expected


@pytest.mark.parametrize(
    ("level", "left", "alarm"),
    [
        ("FULL", None, ""),
        ("FULL", 20, ""),
        ("FULL", 19, "consumable_low"),
        ("LOW", None, "consumable_low"),
        ("UNKNOWN", None, ""),
        ("UNKNOWN", 0, "consumable_out"),
        ("OUT", None, "consumable_out"),
        ("OUT", 50, "consumable_out"),
    ],
)
def test_s47_consumables_alarm_by_level_and_by_number(
    level: str, left: int | None, alarm: str
) -> None:
    cards = ConsumableState.model_validate({"name": "card_dispenser", "level": level, "left": left})

    expected = [(alarm, "card_dispenser")] if alarm else []
    assert found(SCANNER, consumables=(cards,)) == expected


@pytest.mark.parametrize(
    ("silent_s", "alarm"), [(0, False), (180, False), (181, True), (None, True)]
)
def test_silent_terminal_alarms(silent_s: int | None, alarm: bool) -> None:
    assert (("silent", "") in found(SCANNER, silent_s=silent_s)) is alarm


@pytest.mark.parametrize(("days", "alarm"), [(16, False), (15, True), (-1, True), (None, False)])
def test_certificate_that_ends_alarms(days: int | None, alarm: bool) -> None:
    assert (("certificate_ends", "") in found(SCANNER, certificate_days=days)) is alarm


def test_urgent_alarms_come_first() -> None:
    paper = ConsumableState(name="receipt_printer", level="LOW")

    told = found(SCANNER, consumables=(paper,), silent_s=None, problems=1)

    assert told == [("silent", ""), ("consumable_low", "receipt_printer"), ("problem_reported", "")]


@pytest.mark.parametrize(
    ("terminal_type", "own", "offered", "not_offered"),
    [
        ("MULTI_FUNCTION", "", "discharge", "enquiry"),
        ("DUAL_SCREEN", "", "pay", "enquiry"),
        ("ENQUIRY", "", "prices", "pay"),
        ("ENQUIRY", "enquiry,pay", "pay", "prices"),
    ],
)
def test_l16_functions_switch_by_type(
    terminal_type: str, own: str, offered: str, not_offered: str
) -> None:
    functions = functions_of(RULES, terminal_type, own)
    assert offered in functions
    assert not_offered not in functions


def test_type_nobody_described_offers_nothing() -> None:
    assert functions_of(RULES, "UNHEARD_OF", "") == ()
