"""Every Act has exactly one route, and whatever a route replies is a member of the Act's union."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from terminal_bench import MESSAGES, NO_WISH, DirectLane, settings_of

from core import steps
from core.catalogue import Catalogue
from core.flow import Act
from core.ports import DeviceTrouble, NotSent, Refused, Unknown
from core.routes import Route
from core.steps.paying import PayAtPos
from core.steps.sale import SellAtPos
from devices.card_dispenser.service import CardDispenser
from devices.pos.zvt.service import ZvtPos
from devices.receipt_printer.escpos.service import ReceiptPrinter
from terminal.machine import Machine
from terminal.routes import Lanes, Table, device_routes
from terminal.slips import Letterhead
from tests.helpers.kinds import kinds_of

FITTED = """
[card_dispenser]
path = "tcp:127.0.0.1:9"
[pos]
path = "tcp:127.0.0.1:10"
[receipt_printer]
path = "tcp:127.0.0.1:11"
"""
Kind = type[Act[Any]]


ACTS = [kind for kind in kinds_of(Act) if kind.__module__.startswith("core.")]


def _union(kind: Kind) -> tuple[type, ...]:
    """The members of an Act's reply."""
    (base,) = vars(kind)["__orig_bases__"]
    (reply,) = get_args(base)
    return get_args(reply) or (reply,)


def _devices(*fitted: str) -> Table:
    services = {
        "card_dispenser": CardDispenser("tcp:127.0.0.1:9"),
        "pos": ZvtPos("tcp:127.0.0.1:9"),
        "receipt_printer": ReceiptPrinter("tcp:127.0.0.1:9"),
    }
    lane = DirectLane()
    lanes = Lanes(lane, lane, dict.fromkeys(fitted, lane))
    chosen = {name: services[name] for name in fitted}

    def letterhead() -> Letterhead:
        raise AssertionError("nothing is printed here")

    catalogue = Catalogue("en", MESSAGES)
    return device_routes(lanes, chosen, letterhead, lambda: (0, ""), lambda: catalogue)


@pytest.fixture(params=["", FITTED], ids=["bare", "fitted"])
def routes(request: pytest.FixtureRequest, tmp_path: Path) -> dict[Kind, Route]:
    """The table of a machine without devices, and of one with them."""
    return Machine(settings_of(tmp_path, str(request.param)), MESSAGES).routes


def test_there_are_acts() -> None:
    assert len(ACTS) > 30
    assert all(len(_union(kind)) > 1 for kind in ACTS)


def test_every_act_has_a_route_and_every_route_an_act(routes: dict[Kind, Route]) -> None:
    assert set(routes) == set(ACTS)


def test_what_is_said_without_doing_it_is_of_the_acts_union(routes: dict[Kind, Route]) -> None:
    wrong = [
        f"{kind.__name__}: {reply!r}"
        for kind, route in routes.items()
        for reply in (route.unstarted, route.overdue)
        if not isinstance(reply, _union(kind))
    ]
    assert wrong == []


def test_what_never_began_is_never_called_done(routes: dict[Kind, Route]) -> None:
    no = (NotSent, Refused, DeviceTrouble, steps.JournalBroken)
    hopeful = [kind for kind, route in routes.items() if not isinstance(route.unstarted, no)]
    assert hopeful == [steps.FollowSettlement]


def test_what_began_and_moves_something_is_unknown_when_nobody_waited() -> None:
    harmless = {steps.AskPosForLast}  # asking moves nothing, so it may be asked again
    table = _devices("card_dispenser", "pos", "receipt_printer")
    certain = {
        kind
        for kind, route in table.items()
        if Unknown in _union(kind) and not isinstance(route.overdue, Unknown)
    }
    assert certain == harmless


def test_silence_is_no_evidence_that_a_settlement_is_unknown_to_the_backend(
    routes: dict[Kind, Route],
) -> None:
    follow = routes[steps.FollowSettlement]
    assert (follow.unstarted, follow.overdue) == (Unknown("backend_silent"),) * 2
    assert follow.limit_ms > 120_000


def test_leaving_does_something_only_while_the_pos_or_the_phone_is_waited_for(
    tmp_path: Path,
) -> None:
    table = Machine(settings_of(tmp_path, FITTED), MESSAGES).routes
    leaving = {kind for kind, route in table.items() if route.may_leave}
    assert leaving == {steps.FollowSettlement, steps.PlaceHoldAtPos, SellAtPos, PayAtPos}


@pytest.mark.parametrize("missing", ["card_dispenser", "pos", "receipt_printer"])
def test_device_that_is_not_fitted_says_so_in_words_of_the_union(missing: str) -> None:
    names = ("card_dispenser", "pos", "receipt_printer")
    table = _devices(*(name for name in names if name != missing))
    assert set(table) == set(_devices(*names))
    absent = {kind: route for kind, route in table.items() if _said(route, kind) is not None}
    replies = {kind.__name__: _said(route, kind) for kind, route in absent.items()}
    assert replies
    for kind in absent:
        reply = replies[kind.__name__]
        assert isinstance(reply, _union(kind))
        assert isinstance(reply, NotSent | Refused | DeviceTrouble)
        assert reply.reason == "not_fitted"


def _said(route: Route, kind: Kind) -> object:
    """What an absent device's route replies; None for a route that has a device."""
    if route.unstarted != route.overdue or "not_fitted" not in repr(route.unstarted):
        return None
    return route.work(kind.__new__(kind), NO_WISH)
