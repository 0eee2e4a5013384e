"""A window that dies in the middle: what the next start knows, and what nobody does twice.

What a reader would get wrong: the first window is a process that is killed, the second one runs
here; recovery of a refund needs somebody signed in, so a window that is not waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cast_later as cast
import pytest
from cast import guest, with_bill
from cast_paying import bills
from cast_window_cuts import cut, pulses, started_again, still_open, with_drawer
from cast_window_day import count_with
from cast_window_refunds import refund
from cast_window_special import last_slip
from window_hall import WindowHall

from core.operation import OperationKind, OperationState
from sandbox.house import House
from sandbox.player.auditor import audit
from sandbox.player.hands import wait_until
from tests.helpers.kiosk_house import built_house
from tests.helpers.window_house import DESK

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.expects_warnings("devices", "terminal"),
]
_FLOAT_FEN, _LIMIT_S = 20_000, 20


@pytest.fixture(scope="module")
def town() -> Iterator[House]:
    """A window's surroundings without a window; afterwards the books agree."""
    with built_house(window=DESK) as house:
        yield house
        assert audit(house, ("W07",)).disagreements == []


def count_and_close(at: WindowHall, **pieces: int) -> None:
    """From the desk: counted blind, found to agree, closed."""
    at.work("shift")
    at.sheet("Shift and drawer")
    at.do("close")
    at.sheet("Count the drawer")
    count_with(at, **pieces)
    at.sheet("Result of the count")
    at.reads("The drawer agrees with the books")
    at.do("end")
    at.sheet("Sheet of the shift")
    at.leave()


@pytest.mark.parametrize(("moment", "left"), [("before", "REVIEWED"), ("after", "PAID")])
def test_w20_refund_stays_open_until_somebody_signs_in_and_the_backend_is_heard(
    town: House, tmp_path: Path, moment: str, left: str
) -> None:
    refund_id = cast.ask_refund(town, cast.paid(town, guest(town), "ECG12"))
    cut(town, "refund", "ConfirmRefund", moment, refund_id)
    assert refund(town, refund_id)["state"] == left

    with started_again(town, tmp_path) as at:
        machine = at.stage.window.machine
        (waiting,) = still_open(machine)
        assert (waiting.kind, waiting.state) == (OperationKind.REFUND, OperationState.UNKNOWN)
        at.as_operator()
        wait_until(lambda: not still_open(machine), _LIMIT_S, "the backend's word")
        ended = machine.operations()[waiting.operation_id]
    assert ended.state is OperationState.DONE
    assert refund(town, refund_id)["state"] == "PAID"


def test_drawer_that_was_counted_and_not_closed_is_open_and_counted_again(
    town: House, tmp_path: Path
) -> None:
    with_drawer(town, _FLOAT_FEN)
    cut(town, "close", "CloseShift", "before", "2")

    with started_again(town, tmp_path) as at:
        at.as_operator()
        count_and_close(at, n10000=2)


def test_drawer_that_was_closed_as_the_window_died_is_found_with_its_sheet(
    town: House, tmp_path: Path
) -> None:
    with_drawer(town, _FLOAT_FEN)
    cut(town, "close", "CloseShift", "after", "2")

    with started_again(town, tmp_path) as at:
        at.as_operator()
        at.work("shift")
        at.sheet("Open the shift")
        at.do("earlier")
        at.sheet("Earlier drawers")
        at.take_row(at.row_with("¥200.00"))
        at.do("show")
        at.sheet("Sheet of the shift")
        at.reads("Closed", "¥200.00")
        at.leave()


@pytest.mark.parametrize(
    ("boundary", "moment"), [("CommitSettlement", "after"), ("OpenDrawer", "before")]
)
def test_f18_cash_that_was_booked_is_booked_once_and_no_drawer_opens_by_itself_later(
    town: House, tmp_path: Path, boundary: str, moment: str
) -> None:
    with_drawer(town, _FLOAT_FEN)
    who, before = with_bill(town), pulses(town)
    cut(town, "cash", boundary, moment, who.person.id_number)

    with started_again(town, tmp_path) as at:
        assert bills(town, who) == []
        assert pulses(town) == before
        at.as_operator()
        count_and_close(at, n10000=2, n1000=3, n100=2)
        at.leave()
    assert pulses(town) == before + 1  # of the count


@pytest.mark.parametrize(
    ("moment", "line", "counted"),
    [
        ("before", "The bill was not paid. This cash goes back to the patient.", {}),
        ("after", "The payment stands. This cash belongs in the drawer.", {"n1000": 2}),
    ],
)
def test_f14_part_in_cash_is_told_on_paper_and_counted_as_it_was_booked(
    town: House, tmp_path: Path, moment: str, line: str, counted: dict[str, int]
) -> None:
    with_drawer(town, _FLOAT_FEN)
    who = with_bill(town)
    cut(town, "part", "CommitSettlement", moment, who.person.id_number)

    with started_again(town, tmp_path) as at:
        assert "".join(line.split()) in last_slip(at).replace("\n", "")
        assert len(bills(town, who)) == (0 if counted else 1)
        at.as_operator()
        count_and_close(at, n10000=2, **counted)
        at.leave()
