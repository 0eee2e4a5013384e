"""Shifts of a window: who sits there, the drawer in their hands, and machines' boxes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from backend_client import shapes
from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import Garbled, read, reader
from core.ports import Done
from core.shifts import CashBoxes, HandedOver, Shift, Shifts
from core.steps.window_day import (
    ChooseOwnPassword,
    CloseShift,
    DrawerCount,
    FetchCashBoxes,
    FetchMyShifts,
    FetchShift,
    HandOverShift,
    OpenShift,
    SignOutOperator,
)


@dataclass(frozen=True, slots=True)
class _Account:
    operator: str


def sign_out(backend: Exchange, _step: SignOutOperator) -> Told[Done]:
    """The token is forgotten whatever becomes of the request."""
    told = backend.post(shapes.signed_out, "/v1/operators/sign-out", body={})
    backend.operator_token = ""
    return told


def choose_password(backend: Exchange, step: ChooseOwnPassword) -> Told[Done]:
    """Nobody has to be signed in."""
    read_one = reader(_Account, operator=step.operator)
    body = {
        "operator": step.operator,
        "password": step.password,
        "new_password": step.new_password,
    }

    def chosen(answer: bytes) -> Done:
        read_one(answer)
        return Done()

    return backend.post(chosen, "/v1/operators/password", body=body, key=fresh_key())


def shift(backend: Exchange, _step: FetchShift) -> Told[Shift]:
    """Of this window."""
    return backend.get(reader(Shift, state="OPEN"), "/v1/shifts/current")


def my_shifts(backend: Exchange, _step: FetchMyShifts) -> Told[Shifts]:
    """Newest first."""
    return backend.get(reader(Shifts), "/v1/shifts/mine")


def open_shift(backend: Exchange, step: OpenShift) -> Told[Shift]:
    """`shift_open` when it was opened before, by whomever."""
    body = {"float_fen": step.float_fen}
    read_one = reader(Shift, float_fen=step.float_fen, state="OPEN")
    return backend.post(read_one, "/v1/shifts", body=body, key=fresh_key())


def close_shift(backend: Exchange, step: CloseShift) -> Told[Shift]:
    """The same count again is the same request."""
    return backend.post(
        reader(Shift, shift_id=step.shift_id, state="CLOSED"),
        "/v1/shifts/{}/close",
        step.shift_id,
        body=_counted(step.count),
        key=f"{step.shift_id}/close/{_mark(step.count)}",
    )


def hand_over(backend: Exchange, step: HandOverShift) -> Told[HandedOver]:
    """Closed and opened at once."""
    to_whom = {"to_operator": step.to_operator, "to_password": step.to_password}

    def read_both(body: bytes) -> HandedOver:
        told = read(HandedOver, body)
        if told.closed.shift_id != step.shift_id or told.opened.operator != step.to_operator:
            raise Garbled("HandedOver: about something else")
        return told

    return backend.post(
        read_both,
        "/v1/shifts/{}/hand-over",
        step.shift_id,
        body={**_counted(step.count), **to_whom},
        key=f"{step.shift_id}/hand-over/{step.to_operator}/{_mark(step.count)}",
    )


def boxes(backend: Exchange, step: FetchCashBoxes) -> Told[CashBoxes]:
    """Newest first."""
    return backend.get(reader(CashBoxes), "/v1/cash-boxes/{}", step.terminal_id)


def _counted(count: DrawerCount) -> dict[str, object]:
    return {
        "counted_fen": count.counted_fen,
        "explanation": count.explanation,
        "second_operator": count.second_operator,
        "second_password": count.second_password,
    }


def _mark(count: DrawerCount) -> str:
    """Of what was counted and said; a password is no part of it."""
    sums = (count.counted_fen, count.expected_fen)
    told = "\n".join((*map(str, sums), count.second_operator, count.explanation))
    return hashlib.sha256(told.encode()).hexdigest()[:20]


REQUESTS: Requests = {
    SignOutOperator: sign_out,
    ChooseOwnPassword: choose_password,
    FetchShift: shift,
    FetchMyShifts: my_shifts,
    OpenShift: open_shift,
    CloseShift: close_shift,
    HandOverShift: hand_over,
    FetchCashBoxes: boxes,
}
