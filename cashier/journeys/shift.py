"""A shift at one window: sign in, then one patient after another until the operator locks."""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.day.drawer import HANDED_OVER, begin_day
from cashier.journeys.day.sign_on import sign_in, sign_out
from cashier.journeys.people.find import find, of_entry
from cashier.journeys.refunds.review import open_refund
from cashier.journeys.serve import serve
from cashier.journeys.till import hand_back
from cashier.journeys.work import AtWork
from cashier.journeys.works import do_work, offers
from cashier.steps import (
    AllWorks,
    CardTakenAway,
    Desk,
    DoWork,
    Lock,
    RefreshQueue,
    Sought,
    SoughtByPhone,
)
from core.flow import Abandoned, Event, Reason
from core.journeys.desk import CashInHand
from core.ports import NotSent, Refused, Unknown
from core.steps import NotUnderstood
from core.window_steps import (
    FetchOperator,
    FetchPatient,
    FetchQueue,
    Operator,
    Queue,
    QueueEntry,
)


async def shift(in_hand_fen: int = 0) -> int:
    """Until locked, left alone for too long, or closed; whoever sat here is signed out then.

    `in_hand_fen`: cash of a patient that the shift before left at this window; whoever signs in
    reads it. Answers what this one left.
    """
    operator = await sign_in(in_hand_fen)
    in_hand_fen = 0
    try:
        await _at_desk(operator)
    except Abandoned as abandoned:
        if isinstance(abandoned, CashInHand):
            in_hand_fen = await hand_back(abandoned)
        await sign_out()
        if abandoned.reason is not Reason.IDLE:
            raise
    else:
        await sign_out()
    return in_hand_fen


async def _at_desk(operator: Operator) -> None:
    """One patient or work after another, until the operator locks or gives the drawer away."""
    message = await begin_day(operator)
    served: Event | None = None
    while message != HANDED_OVER:
        queue = await _queue()
        operator = await _now(operator)
        works = offers(operator, for_patient=False)
        wish = await Desk(operator, queue, message, works, served)
        message = ""
        match wish:
            case Lock():
                return
            case RefreshQueue():
                continue
            case CardTakenAway():
                served = None
                continue
            case DoWork() | AllWorks():
                done = await do_work(AtWork(operator), wish)
                found: AtWork | str = done if isinstance(done, str) else AtWork(operator, done)
            case NotUnderstood(reason):
                found = reason
            case QueueEntry(kind="REFUND") as entry:
                await open_refund(AtWork(operator), entry.reference)
                continue
            case QueueEntry() as entry:
                found = of_entry(operator, await FetchPatient(entry.patient_id))
            case Sought(about=about) as sought:
                found, served = await find(AtWork(operator), sought), about or served
            case SoughtByPhone() as sought:
                found = await find(AtWork(operator), sought)
            case other:
                assert_never(other)
        message = found if isinstance(found, str) else await _serve(found, queue)


async def _serve(at: AtWork, queue: tuple[QueueEntry, ...]) -> str:
    """One patient, and each whose code is scanned meanwhile. Answers a message for the desk."""
    end = await serve(at, queue)
    while isinstance(end, Sought):
        found = await find(AtWork(at.operator), end)
        end = found if isinstance(found, str) else await serve(found, queue)
    return end


async def _now(operator: Operator) -> Operator:
    """The shift's sums as they stand; the last known when nobody answers."""
    match await FetchOperator():
        case Operator() as now:
            return now
        case Refused() | NotSent() | Unknown():
            return operator


async def _queue() -> tuple[QueueEntry, ...]:
    match await FetchQueue():
        case Queue(entries):
            return entries
        case Refused() | NotSent() | Unknown():
            return ()
