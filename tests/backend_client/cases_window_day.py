"""Requests of a window about who sits there and the drawer in their hands."""

from __future__ import annotations

from dataclasses import replace

from contract_answers import Json
from request_cases import FRESH, Case

from core.ports import Done
from core.shifts import (
    BoxNotes,
    CashBox,
    CashBoxes,
    HandedOver,
    OpenDoubt,
    Shift,
    Shifts,
    Taking,
)
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

_AT, _END = "2026-03-02T08:00:00.000+08:00", "2026-03-02T16:30:00.000+08:00"
_OPEN_JSON: Json = {
    "shift_id": "H1",
    "operator": "2107",
    "terminal_id": "W07",
    "campus": "MAIN",
    "state": "OPEN",
    "opened_at": _AT,
    "closed_at": "",
    "float_fen": 20000,
    "counted_fen": 0,
    "expected_fen": 23200,
    "over_fen": 0,
    "short_fen": 0,
    "explanation": "",
    "seen_by": "",
    "must_close": False,
    "takings": [{"kind": "CASH", "taken_fen": 3500, "given_fen": 300, "count": 2}],
    "open_doubts": [{"case_id": "C1", "amount_fen": 700, "owner": "2102", "due_at": _END}],
}
_OPEN = Shift(
    shift_id="H1",
    operator="2107",
    terminal_id="W07",
    campus="MAIN",
    state="OPEN",
    opened_at=_AT,
    closed_at="",
    float_fen=20000,
    counted_fen=0,
    expected_fen=23200,
    over_fen=0,
    short_fen=0,
    explanation="",
    seen_by="",
    must_close=False,
    takings=(Taking("CASH", 3500, 300, 2),),
    open_doubts=(OpenDoubt("C1", 700, "2102", _END),),
)
_ENDED_JSON: Json = {
    **_OPEN_JSON,
    "state": "CLOSED",
    "closed_at": _END,
    "counted_fen": 22200,
    "expected_fen": -100,
    "short_fen": 1000,
    "explanation": "a note is missing",
    "seen_by": "2102",
    "takings": [],
    "open_doubts": [],
}
_ENDED = Shift(
    shift_id="H1",
    operator="2107",
    terminal_id="W07",
    campus="MAIN",
    state="CLOSED",
    opened_at=_AT,
    closed_at=_END,
    float_fen=20000,
    counted_fen=22200,
    expected_fen=-100,
    over_fen=0,
    short_fen=1000,
    explanation="a note is missing",
    seen_by="2102",
    must_close=False,
    takings=(),
    open_doubts=(),
)
_COUNT = DrawerCount(22200, 23200, "a note is missing", "2102", "secret-2")
_COUNT_JSON: Json = {
    "counted_fen": 22200,
    "explanation": "a note is missing",
    "second_operator": "2102",
    "second_password": "secret-2",
}
_BOX_JSON: Json = {
    "box_id": "B1",
    "terminal_id": "K01",
    "box_number": "B-17",
    "technician": "2301",
    "at": _END,
    "counted_fen": 20000,
    "journal_fen": 30000,
    "booked_fen": -500,
    "explanation": "one note short",
    "notes": [{"denomination_fen": 10000, "counted": 2, "in_journal": 3}],
}
_BOX = CashBox(
    "B1",
    "K01",
    "B-17",
    "2301",
    _END,
    20000,
    30000,
    -500,
    "one note short",
    (BoxNotes(10000, 2, 3),),
)

CASES: dict[str, Case] = {
    "sign out": Case(
        SignOutOperator(), "POST /v1/operators/sign-out", {}, "", {"signed_out": True}, Done()
    ),
    "own password": Case(
        ChooseOwnPassword("2107", "old-Secret-1", "new-Secret-2"),
        "POST /v1/operators/password",
        {"operator": "2107", "password": "old-Secret-1", "new_password": "new-Secret-2"},
        FRESH,
        {
            "operator": "2107",
            "name": "林晓雯",
            "roles": ["cashier"],
            "disabled": False,
            "must_change": False,
            "locked_until": "",
            "password_at": _AT,
        },
        Done(),
    ),
    "the drawer": Case(FetchShift(), "GET /v1/shifts/current", None, "", _OPEN_JSON, _OPEN),
    "own drawers": Case(
        FetchMyShifts(),
        "GET /v1/shifts/mine",
        None,
        "",
        {"shifts": [_OPEN_JSON, _ENDED_JSON]},
        Shifts((_OPEN, _ENDED)),
    ),
    "open a drawer": Case(
        OpenShift(20000), "POST /v1/shifts", {"float_fen": 20000}, FRESH, _OPEN_JSON, _OPEN, 201
    ),
    "close a drawer": Case(
        CloseShift("H1", _COUNT),
        "POST /v1/shifts/H1/close",
        _COUNT_JSON,
        "H1/close/3b671dff0ac74ade1bf9",
        _ENDED_JSON,
        _ENDED,
    ),
    "hand a drawer over": Case(
        HandOverShift("H1", _COUNT, "2101", "secret-3"),
        "POST /v1/shifts/H1/hand-over",
        {**_COUNT_JSON, "to_operator": "2101", "to_password": "secret-3"},
        "H1/hand-over/2101/3b671dff0ac74ade1bf9",
        {"closed": _ENDED_JSON, "opened": {**_OPEN_JSON, "operator": "2101"}},
        HandedOver(
            _ENDED,
            replace(_OPEN, operator="2101"),
        ),
    ),
    "boxes of a machine": Case(
        FetchCashBoxes("K01"),
        "GET /v1/cash-boxes/K01",
        None,
        "",
        {"boxes": [_BOX_JSON]},
        CashBoxes((_BOX,)),
    ),
}
