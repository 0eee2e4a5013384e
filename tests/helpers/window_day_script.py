"""What scripted stories of a window's day are told with: a cashier, a drawer, presses, replies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cashier.journeys.work import AtWork
from cashier.steps.sheet import Pressed, WorkSheet
from core.flow import Act, Step
from core.phrase import Said
from core.ports import Done, DrawerSeen, Printed
from core.shifts import DENOMINATIONS_FEN, Shift, Taking
from core.steps import Intend, Intended, Record, Recorded
from core.window_steps import Operator
from tests.helpers.driver import Answer, Played

AT = "2026-11-22T08:00:00.000+08:00"
ME = Operator("2107", "林晓雯", ("cashier",), AT, 0, 0, 0)
DESK = AtWork(ME)
OPEN = Shift(
    shift_id="H1",
    operator="2107",
    terminal_id="W07",
    campus="MAIN",
    state="OPEN",
    opened_at=AT,
    closed_at="",
    float_fen=20_000,
    counted_fen=0,
    expected_fen=25_000,
    over_fen=0,
    short_fen=0,
    explanation="",
    seen_by="",
    must_close=False,
    takings=(Taking("CASH", 5_000, 0, 1), Taking("SCAN", 7_700, 0, 1)),
    open_doubts=(),
)
CLOSED = replace(OPEN, state="CLOSED", closed_at=AT, counted_fen=25_000)
_JOURNAL: dict[str, object] = {
    "NoteAudit": Recorded(),
    "OpenDrawer": Done(),
    "LookAtDrawer": DrawerSeen(False),
    "PrintSlip": Printed(),
}


def counted(fen: int) -> Pressed:
    """So many notes of 100 yuan, one of 50, and so on, largest first."""
    values = []
    for denomination in DENOMINATIONS_FEN:
        pieces, fen = divmod(fen, denomination)
        values.append((f"n{denomination}", str(pieces)))
    return Pressed("counted", (), tuple(values))


def pressed(word: str, **values: str) -> Pressed:
    """An action with what stands in the fields."""
    return Pressed(word, (), tuple(values.items()))


RIGHT = pressed("right")


def answers(*replies: object, **acts: object) -> Answer:
    """Asks are answered in this order, Acts by their name: one reply, or a list of them."""
    waiting = iter(replies)
    told = {
        name: iter(one) if isinstance(one, list) else one
        for name, one in {**_JOURNAL, **acts}.items()
    }

    def answer(step: Step[Any]) -> object:
        if isinstance(step, Intend):
            return Intended("op-1")
        if isinstance(step, Record):
            return Recorded()
        if not isinstance(step, Act):
            return next(waiting)
        reply = told[type(step).__name__]
        return next(reply) if isinstance(reply, Iterator) else reply

    return answer


def title(step: Step[Any]) -> str:
    """Of a page of a work."""
    assert isinstance(step, WorkSheet)
    assert isinstance(step.title, Said)
    return step.title.message


def titles(played: Played[Any]) -> list[str]:
    """Of all pages that were shown."""
    return [title(step) for step in played.asks if isinstance(step, WorkSheet)]


def troubles(played: Played[Any]) -> list[str]:
    """What each page said went wrong."""
    return [step.trouble for step in played.asks if isinstance(step, WorkSheet)]
