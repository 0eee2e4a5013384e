"""End a drawer: counted blind, compared, explained, signed; or handed to the next person.

The count is on disk before what is expected is shown. What a reader would get wrong: an answer that
was lost is asked for again with the same count, which is the same request; nobody closes twice.
"""

from __future__ import annotations

from cashier.journeys.day.counting import Counted, count
from cashier.journeys.day.drawer_sheet import show_drawer
from cashier.journeys.day.opening import open_for
from cashier.journeys.work import AtWork, No, refused
from cashier.steps.sheet import Action, Field, FieldKind, Pressed, WorkSheet
from core.audit import AuditEvent
from core.journeys.drawer import WhyOpened
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Phrase, Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.shifts import HandedOver, Shift, Shifts
from core.steps import Facts, JournalBroken
from core.steps.media import NoteAudit
from core.steps.window_day import (
    CloseShift,
    DrawerCount,
    FetchMyShifts,
    FetchShift,
    HandOverShift,
)

_COUNT = said("Count the drawer")
BLIND = said("Count every note and coin. What is expected is shown afterwards.")
_RESULT = said("Result of the count")
_MOST_NUMBER, _MOST_PASSWORD = 20, 200


async def close_drawer(at: AtWork, shift: Shift) -> Shift | None:
    """The drawer as it was closed; None: it is open as before."""
    counted = await _count_blind(at, shift.shift_id)
    while counted is not None:
        now = await _now(at, shift)
        if now is None:
            return None
        ended = await _compare(now, counted, to_next=False)
        if isinstance(ended, Shift):
            await show_drawer(at, ended, fresh=True)
            return ended
        if ended is None:
            return None
        counted = await _count_blind(at, shift.shift_id)
    return None


async def hand_over(at: AtWork, shift: Shift) -> bool:
    """Two people count, each for themselves; True when the cash is in other hands."""
    while True:
        first = await _count_blind(at, shift.shift_id)
        if first is None:
            return False
        second = await count(
            said("The next person counts too"),
            said("Without looking at the first count. Both counts must be the same."),
        )
        if second is None:
            return False
        if first != second:
            await refused(at, _RESULT, Refused("counts_differ"))
            continue
        now = await _now(at, shift)
        if now is None:
            return False
        ended = await _compare(now, first, to_next=True)
        if isinstance(ended, Shift):
            await show_drawer(at, ended, fresh=True)
            return True
        if ended is None:
            return False


async def _count_blind(at: AtWork, shift_id: str) -> Counted | None:
    """The drawer springs open, and what was found is written down before anybody is told more."""
    await open_for(at, WhyOpened.COUNT)
    counted = await count(_COUNT, BLIND)
    if counted is None:
        return None
    facts: Facts = {"shift_id": shift_id, "counted_fen": counted.total_fen}
    if isinstance(await NoteAudit(AuditEvent.DRAWER_COUNTED, facts), JournalBroken):
        await refused(at, _COUNT, Refused("journal_broken"))
        return None
    return counted


async def _now(at: AtWork, shift: Shift) -> Shift | None:
    """What is expected, as it stands after the count."""
    match await FetchShift():
        case Shift(shift_id=shift.shift_id) as now:
            return now
        case Shift():
            await refused(at, _RESULT, Refused("drawer_closed"))
        case no:
            await refused(at, _RESULT, no)
    return None


def result_sheet(
    shift: Shift,
    counted: Counted,
    *,
    to_next: bool,
    with_second: bool = False,
    trouble: str = "",
    explained: str = "",
) -> WorkSheet:
    """Counted beside expected. `with_second`: the difference is above the limit. `explained`: what
    was written a moment ago."""
    difference_fen = counted.total_fen - shift.expected_fen
    rows = (
        Row("cash-banknote", said("Float"), Yuan(shift.float_fen)),
        Row("cash", said("Expected in the drawer"), Yuan(shift.expected_fen)),
        Row("coins", said("Counted"), Yuan(counted.total_fen)),
    )
    fields = [
        *_explained(difference_fen, explained, with_second=with_second),
        *(_next_person() if to_next else ()),
    ]
    word = said("Hand over") if to_next else said("Close the drawer")
    return WorkSheet(
        title=_RESULT,
        trouble=trouble,
        strip=_difference(difference_fen),
        big_label=said("Counted"),
        big_value=Yuan(counted.total_fen),
        sections=(Section(said("Drawer"), rows), Section(said("Pieces"), counted.rows)),
        fields=tuple(fields),
        actions=(
            Action("end", word, twice=True, amount_fen=counted.total_fen),
            Action("again", said("Count again"), key="Ctrl+O", fills=False),
        ),
    )


def _difference(difference_fen: int) -> Strip:
    if not difference_fen:
        return Strip(Tone.SUCCESS, "circle-check", said("The drawer agrees with the books"))
    amount = Yuan(abs(difference_fen))
    over = said("Over by {amount}: say why", amount=amount)
    short = said("Short by {amount}: say why", amount=amount)
    words: Phrase = over if difference_fen > 0 else short
    return Strip(Tone.WARNING, "alert-triangle", words)


def _explained(difference_fen: int, explained: str, *, with_second: bool) -> tuple[Field, ...]:
    why = Field("explanation", said("Explanation"), value=explained, most=200)
    second = (
        Field("second_operator", said("Second person, number"), FieldKind.DIGITS),
        Field("second_password", said("Second person, password"), FieldKind.HIDDEN, most=200),
    )
    return (*((why,) if difference_fen else ()), *(second if with_second else ()))


def _next_person() -> tuple[Field, ...]:
    return (
        Field("to_operator", said("Next person, number"), FieldKind.DIGITS, most=_MOST_NUMBER),
        Field("to_password", said("Their password"), FieldKind.HIDDEN, most=_MOST_PASSWORD),
    )


class _Again:
    """Count anew."""


async def _compare(shift: Shift, counted: Counted, *, to_next: bool) -> Shift | _Again | None:
    """Until it is ended, counted anew, or left."""
    trouble, with_second, explained = "", False, ""
    while True:
        match await result_sheet(
            shift,
            counted,
            to_next=to_next,
            with_second=with_second,
            trouble=trouble,
            explained=explained,
        ):
            case Pressed("end") as pressed:
                explained = dict(pressed.values).get("explanation", "")
                told = await _end(shift, counted, pressed, to_next=to_next)
            case Pressed():
                return _Again()
            case _:
                return None
        match told:
            case Shift():
                return told
            case Refused("not_open"):
                trouble = "drawer_closed"
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason
                with_second = with_second or reason == "second_person_needed"


async def _end(shift: Shift, counted: Counted, pressed: Pressed, *, to_next: bool) -> Shift | No:
    said_there = dict(pressed.values)
    found = DrawerCount(
        counted.total_fen,
        shift.expected_fen,
        said_there.get("explanation", ""),
        said_there.get("second_operator", ""),
        said_there.get("second_password", ""),
    )
    if to_next:
        to_whom = (said_there["to_operator"], said_there["to_password"])
        handed = await HandOverShift(shift.shift_id, found, *to_whom)
        told = handed.closed if isinstance(handed, HandedOver) else handed
    else:
        told = await CloseShift(shift.shift_id, found)
    if isinstance(told, Shift) or not _may_be_closed(told):
        return told
    return await _as_closed(shift.shift_id) or told


def _may_be_closed(no: No) -> bool:
    """Somebody closed it before, perhaps we: an answer may have been lost."""
    return isinstance(no, Unknown) or no.reason == "not_open"


async def _as_closed(shift_id: str) -> Shift | None:
    """As it was closed; None: it is open, or nobody answers."""
    match await FetchMyShifts():
        case Shifts(shifts):
            ended = (one for one in shifts if one.shift_id == shift_id and not one.is_open)
            return next(ended, None)
    return None
