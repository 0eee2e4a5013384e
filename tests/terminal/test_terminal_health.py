"""The matrix device × function × state: what is missing, and the reason a patient is told."""

from __future__ import annotations

import pytest

from core.operation import OperationKind
from core.ports import DeviceHealth
from core.wording import REASONS
from devices.fitting import FITTINGS
from terminal.health import NEEDS, Health

DEVICES = tuple(fitting.name for fitting in FITTINGS)
ALL = ("backend", *DEVICES)
STATES = ("ok", "low", "out", "jammed", "offline", "hung", "unknown")
FUNCTIONS = tuple(NEEDS)

# Reasons by function where the device is needed; everywhere else nothing is missing.
SICK = {
    "out": "empty",
    "jammed": "jam",
    "offline": "offline",
    "hung": "offline",
    "unknown": "offline",
}
MONEY = ("pay", "register", "hold", "card", "cash", "booklet")
NEEDED: dict[str, tuple[str, ...]] = {
    "backend": MONEY,
    "pos": ("hold",),
    "id_card": ("card", "read_id_card"),
    "card_dispenser": ("card",),
    "card_reader": (),
    "smart_card": (),
    "scanner": (),
    "camera": (),
    "nfc": ("insurance_tap",),
    "cash": ("cash",),
    "vending": ("booklet",),
    "relay": ("cabinet",),
    "receipt_printer": ("print_slip",),
    "page_printer": ("print_page",),
}


OF_PAPER_AND_BOOKLETS = {
    ("receipt_printer", "out"): "paper_out",
    ("receipt_printer", "jammed"): "paper_jam",
    ("page_printer", "out"): "paper_out",
    ("page_printer", "jammed"): "paper_jam",
    ("vending", "out"): "booklets_out",
    ("vending", "jammed"): "booklet_jam",
}


def _all_well(*but: str) -> Health:
    health = Health(tuple(name for name in ALL if name not in but))
    for name in ALL:
        if name not in but:
            health.hear(DeviceHealth(name, "ok"))
    return health


def test_with_everything_well_nothing_is_missing() -> None:
    assert {_all_well().missing(function) for function in FUNCTIONS} == {""}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("device", ALL)
def test_one_device_in_one_state(device: str, state: str) -> None:
    health = _all_well()
    health.hear(DeviceHealth(device, state))
    reason = "backend_silent" if device == "backend" and state in SICK else SICK.get(state, "")
    reason = OF_PAPER_AND_BOOKLETS.get((device, state), reason)
    expected = {f: reason if f in NEEDED[device] else "" for f in FUNCTIONS}
    assert {f: health.missing(f) for f in FUNCTIONS} == expected


@pytest.mark.parametrize("device", DEVICES)
def test_device_that_is_not_fitted(device: str) -> None:
    health = _all_well(device)
    expected = {f: "not_fitted" if f in NEEDED[device] else "" for f in FUNCTIONS}
    assert {f: health.missing(f) for f in FUNCTIONS} == expected


def test_before_anything_was_heard_everything_is_missing() -> None:
    health = Health(ALL)
    expected = {f: "backend_silent" if f in MONEY else "offline" for f in FUNCTIONS}
    assert {f: health.missing(f) for f in FUNCTIONS} == expected


@pytest.mark.parametrize(
    ("function", "group"),
    [("read_code", ("scanner", "camera")), ("read_card", ("smart_card", "card_reader"))],
)
def test_one_of_two_devices_is_enough_and_without_both_it_is_missing(
    function: str, group: tuple[str, str]
) -> None:
    health = _all_well()
    health.hear(DeviceHealth(group[0], "jammed"))
    assert health.missing(function) == ""
    health.hear(DeviceHealth(group[1], "offline"))
    assert health.missing(function) == "jam"
    assert _all_well(*group).missing(function) == "not_fitted"


@pytest.mark.parametrize(
    ("kind", "blocked"),
    [
        (OperationKind.HOLD, {"hold"}),
        (OperationKind.CARD_ISSUE, {"card"}),
        (OperationKind.SETTLE, set()),
        (OperationKind.REFUND, set()),
        (OperationKind.DOCUMENT, set()),
    ],
)
def test_open_doubt_blocks_what_would_wipe_out_its_proof(
    kind: OperationKind, blocked: set[str]
) -> None:
    health = _all_well()
    health.doubts_are(frozenset({kind}))
    assert {f for f in FUNCTIONS if health.missing(f) == "starting"} == blocked
    health.doubts_are(frozenset())
    assert {health.missing(f) for f in FUNCTIONS} == {""}


def test_the_same_doubts_are_no_news() -> None:
    health, holds = _all_well(), frozenset({OperationKind.HOLD})
    assert [health.doubts_are(kinds) for kinds in (holds, holds, frozenset(), frozenset())] == [
        True,
        False,
        True,
        False,
    ]


def test_every_device_serves_some_function() -> None:
    assert {name for groups in NEEDS.values() for group in groups for name in group} == set(ALL)


def test_every_reason_has_words() -> None:
    assert {*SICK.values(), "backend_silent", "not_fitted", "starting"} <= set(REASONS)
