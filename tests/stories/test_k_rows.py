"""Rows of no one service: time for the slow, the order of the money, settled while nobody is there,
and a terminal that talks to its backend and its devices alone.

What a reader would get wrong: an audit hook of Python cannot be taken away, so there is one for the
process and it listens only while a story wants it.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import urlsplit

import cast_later
import cast_money as cast
import cast_paying
import pytest
from cast_later import visited
from cast_prefund import FILED, born, hall_under
from hall import Hall
from money_steps import begin, leave, paid, transfer, use_bank_card, visitor
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from sandbox.player.hands import let_live, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]

OLD = 1955
BALANCE_FEN, HOLD_FEN, ACCOUNT_FEN = 10_000, 100_000, 300


@pytest.fixture(scope="module")
def filed(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Whoever is exempt may pay in advance."""
    with hall_under(tmp_path_factory.mktemp("rows"), FILED) as hall:
        yield hall


# --- time


@pytest.mark.parametrize("mode", ["large", "calm"])
def test_w40_who_needs_large_text_or_calm_has_twice_the_time_and_can_have_more(
    hall: Hall, mode: str
) -> None:
    kiosk, found = hall.stage.kiosk, visitor(hall)
    hall.see_bill(found.guest)
    usual = _seconds_left(hall)

    kiosk.ui.toggle(mode)

    assert _seconds_left(hall) >= 2 * usual - 2
    assert _seconds_left(hall) >= 120
    kiosk.runner.stretch(24 / hall.view["seconds_total"])
    hall.reads("Do you need more time?")
    hall.stage.press("idle_more")
    wait_until(lambda: _seconds_left(hall) >= 22, 5, "time again")
    assert hall.stage.screen() == "ConfirmQuote"
    kiosk.ui.reset()
    assert _seconds_left(hall) >= usual - 2
    hall.stage.press("dock_leave")
    hall.home()


def _seconds_left(hall: Hall) -> int:
    return int(hall.stage.kiosk.ui.property("secondsLeft"))


# --- the order of the money


def test_s17_insurance_account_then_balance_then_hold_on_the_bill_and_on_the_slip(
    filed: Hall,
) -> None:
    who = born(filed.house, OLD)
    cast_paying.insure(filed.house, who, account_fen=ACCOUNT_FEN)
    visit = visited(filed.house, who)
    cast_paying.order(filed.house, visit, "OPHT", HYAL=3)
    cast_paying.order(filed.house, visit, "CARD", ECG12=3)
    transfer(filed, who, BALANCE_FEN)
    leave(filed)
    begin(filed, "hold", who)
    filed.stage.arrive("ChooseHoldAmount")
    filed.stage.press(f"amount_{HOLD_FEN}")
    use_bank_card(filed)
    filed.stage.arrive("ShowHoldPlaced", 30)
    leave(filed)

    filed.see_bill(who)

    assert [one["words"] for one in filed.view["taken"]] == ["Prepaid balance", "Pre-authorisation"]
    filed.reads("Insurance account", "¥3.00", "Prepaid balance", "¥100.00", "Pre-authorisation")
    filed.stage.press("pay")
    told = paid(filed, who)
    parts = {part["kind"]: part["amount_fen"] for part in told["components"]}
    assert parts["PERSONAL_ACCOUNT"] == ACCOUNT_FEN
    assert [one["kind"] for one in told["tenders"]] == ["PREPAY_BALANCE", "PREAUTH"]
    assert told["tenders"][0]["amount_fen"] == BALANCE_FEN
    slip = _newest_slip(filed)
    order = [slip.index(w) for w in ("Insurance account", "Prepaid balance", "Pre-authorisation")]
    assert order == sorted(order)
    leave(filed)


def _newest_slip(hall: Hall) -> str:
    papers = hall.stage.units.books("printer")["papers"]
    assert isinstance(papers, list)
    return "\n".join(map(str, papers[-1]["lines"]))


# --- with nobody there


def test_w39_what_is_settled_while_nobody_is_there_is_told_and_never_asked_for_twice(
    hall: Hall,
) -> None:
    who = hall.guest()
    cast_later.insured(hall.house, who.person)
    visit = visited(hall.house, who)
    cast_later.bound(hall.house, who)
    cast.signed_with_debit(hall.house, who)
    cast_later.order(hall.house, visit, "HYAL")
    cast_later.end_visit(hall.house, visit)
    cast_later.wait_for_visit(hall.house, who, "DUE")
    cast.settled_by_itself(hall.house, visit)

    begin(hall, "pay", who)
    hall.stage.arrive("ShowNothingDue")
    hall.finish()
    begin(hall, "my_payments", who)
    hall.stage.arrive("Choose")
    hall.reads("Your bills and payments")
    slips = [one for one in hall.view["options"] if one["words"] == "Settlement slip"]
    hall.stage.press(f"choose_{slips[0]['key']}")
    hall.stage.arrive("Show")
    hall.reads("¥52.60")
    leave(hall, "dock_leave")


# --- apart from everything else


_SEEN: dict[str, str] = {}
"""Address, and the thread that asked for it."""
_LISTENING: list[bool] = []


@cache
def _listen() -> None:
    sys.addaudithook(_on_audit)


def _on_audit(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and _LISTENING:
        asked, address = arguments
        assert isinstance(asked, socket.socket)
        if asked.family != socket.AF_UNIX and isinstance(address, tuple):
            _SEEN[f"{address[0]}:{address[1]}"] = threading.current_thread().name
    elif event == "socket.getaddrinfo" and _LISTENING:
        _SEEN[f"{arguments[0]}:{arguments[1]}"] = threading.current_thread().name


@contextmanager
def _watched() -> Iterator[dict[str, str]]:
    _listen()
    _SEEN.clear()
    _LISTENING.append(True)
    yield _SEEN
    _LISTENING.clear()


def _allowed(hall: Hall) -> set[str]:
    """The backend, and what the settings name as a device."""
    lines = (hall.house.run_dir / "kiosk.toml").read_text("utf-8").splitlines()
    devices = {line.split('"')[1].removeprefix("tcp:") for line in lines if '= "tcp:' in line}
    return {urlsplit(hall.house.backend_url).netloc, *devices}


def test_h03_whole_visit_talks_to_the_backend_and_the_devices_alone(hall: Hall) -> None:
    allowed, found = _allowed(hall), visitor(hall)
    with _watched() as seen:
        hall.see_bill(found.guest)
        hall.stage.press("pay_OTHER")
        hall.stage.arrive("Choose")
        hall.stage.press("choose_BANK_CARD")
        use_bank_card(hall)
        hall.stage.arrive("ShowSettled", 30)
        hall.stage.press("done")
        hall.stage.do("id_reader", "remove")
        hall.stage.go_home()
    hall.home()
    assert seen
    assert {address: who for address, who in seen.items() if address not in allowed} == {}


def test_h04_h05_no_key_leads_out_of_the_kiosk(hall: Hall) -> None:
    window = hall.stage.kiosk.window
    keys = [Qt.Key.Key_F4, Qt.Key.Key_Tab, Qt.Key.Key_Q, Qt.Key.Key_W, Qt.Key.Key_Delete]
    modifiers = [Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier]
    for key in [*keys, Qt.Key.Key_Escape, Qt.Key.Key_F11, Qt.Key.Key_Meta]:
        for modifier in modifiers:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(window, QKeyEvent(kind, key, modifier))
    let_live(100)

    assert window.isVisible()
    assert hall.stage.screen() == "Home"
    assert hall.stage.kiosk.diagnostics is None
    hall.is_usable()
