"""A shift at one window: sign in, then one patient after another until the operator locks."""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.serve import serve
from cashier.steps import Credentials, Desk, Lock, RefreshQueue, SignIn, Sought
from core.flow import Abandoned, Reason
from core.identity import MediumKind, Patient
from core.ports import NotSent, Refused, Unknown
from core.steps import FindPatient, NotUnderstood
from core.window_steps import (
    FetchOperator,
    FetchPatient,
    FetchQueue,
    Operator,
    Queue,
    QueueEntry,
    ResolveSlip,
    SignInOperator,
    SlipMeaning,
)


async def shift() -> None:
    """Until locked, left alone for too long, or closed."""
    operator = await _sign_in()
    message = ""
    while True:
        queue = await _queue()
        operator = await _now(operator)
        try:
            wish = await Desk(operator, queue, message)
        except Abandoned as abandoned:
            if abandoned.reason is Reason.IDLE:
                return
            raise
        message = ""
        match wish:
            case Lock():
                return
            case RefreshQueue():
                continue
            case NotUnderstood(reason):
                message = reason
                continue
            case QueueEntry() as entry:
                found = await FetchPatient(entry.patient_id)
            case Sought() as sought:
                found = await _find(sought)
            case other:
                assert_never(other)
        match found:
            case Patient() as patient:
                message = await serve(operator, queue, patient)
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                message = reason
            case nobody:
                assert_never(nobody)


async def _sign_in() -> Operator:
    trouble = ""
    while True:
        given: Credentials = await SignIn(trouble)
        match await SignInOperator(given.operator, given.password):
            case Operator() as operator:
                return operator
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason


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


async def _find(sought: Sought) -> Patient | Refused | NotSent | Unknown:
    """A slip names its patient; every other medium is one."""
    if sought.medium.kind is not MediumKind.SLIP:
        return await FindPatient(sought.medium)
    match await ResolveSlip(sought.medium.value):
        case SlipMeaning(patient=Patient() as patient):
            return patient
        case SlipMeaning():
            return Refused("not_found")
        case Refused() | NotSent() | Unknown() as no:
            return no
        case other:
            assert_never(other)
