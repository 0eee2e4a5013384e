"""Requests of a window about arrears, repaired credit and findings of malice."""

from __future__ import annotations

from contract_answers import Json
from request_cases import FRESH, Case

from core.deferral import Suspension
from core.steps.window_later import (
    ConfirmRepair,
    FetchArrears,
    FetchFindings,
    FindMalicious,
    WithdrawFinding,
)
from core.window_later import Arrears, ArrearsList, Finding, Findings

_AT = "2026-03-05T09:02:03.000+08:00"
_SUSPENSION_JSON: Json = {
    "reference": "Sg-1",
    "registration_id": "g-1",
    "amount_fen": 5260,
    "since": _AT,
    "state": "REPORTED",
    "lacks": ["PAID"],
}
_SUSPENSION = Suspension("Sg-1", 5260, _AT, "REPORTED", ("PAID",))
_FLAG_JSON: Json = {
    "flag_id": "f-1",
    "registration_id": "g-1",
    "state": "FLAGGED",
    "evidence": "said twice that it is never paid",
    "flagged_by": "2102",
    "second": "2101",
    "flagged_at": _AT,
    "withdrawn_by": "",
    "withdrawn_at": "",
    "withdrawn_because": "",
    "reported": False,
}
_GONE = {"state": "WITHDRAWN", "withdrawn_by": "2102", "withdrawn_at": _AT}
_WITHDRAWN_JSON: Json = {**_FLAG_JSON, **_GONE, "withdrawn_because": "paid by now"}
_FLAG = Finding(
    "f-1",
    "g-1",
    "FLAGGED",
    "said twice that it is never paid",
    "2102",
    "2101",
    _AT,
    "",
    "",
    "",
    reported=False,
)
_WITHDRAWN = Finding(
    "f-1",
    "g-1",
    "WITHDRAWN",
    "said twice that it is never paid",
    "2102",
    "2101",
    _AT,
    "2102",
    _AT,
    "paid by now",
    reported=False,
)

CASES: dict[str, Case] = {
    "arrears": Case(
        FetchArrears(),
        "GET /v1/deferral/arrears",
        None,
        "",
        {
            "arrears": [
                {
                    "registration_id": "g-1",
                    "patient_id": "p-1",
                    "display_name": "李*",
                    "day": "2026-01-05",
                    "state": "SUSPENDING",
                    "due_at": _AT,
                    "open_fen": 5260,
                    "suspension": _SUSPENSION_JSON,
                    "flag_id": "",
                }
            ]
        },
        ArrearsList(
            (Arrears("g-1", "p-1", "李*", "2026-01-05", "SUSPENDING", _AT, 5260, _SUSPENSION, ""),)
        ),
    ),
    "confirm repair": Case(
        ConfirmRepair("Sg-1"),
        "POST /v1/deferral/suspensions/Sg-1/confirm-repair",
        {},
        FRESH,
        _SUSPENSION_JSON,
        _SUSPENSION,
    ),
    "findings": Case(
        FetchFindings("p-1"),
        "GET /v1/patients/p-1/deferral/flags",
        None,
        "",
        {"flags": [_FLAG_JSON]},
        Findings((_FLAG,)),
    ),
    "find malicious": Case(
        FindMalicious("g-1", "said twice that it is never paid", "2101", "demo-2101"),
        "POST /v1/deferral/visits/g-1/malicious",
        {
            "evidence": "said twice that it is never paid",
            "operator": "2101",
            "password": "demo-2101",
        },
        FRESH,
        _FLAG_JSON,
        _FLAG,
        201,
    ),
    "withdraw finding": Case(
        WithdrawFinding("f-1", "paid by now"),
        "POST /v1/deferral/flags/f-1/withdraw",
        {"reason": "paid by now"},
        FRESH,
        _WITHDRAWN_JSON,
        _WITHDRAWN,
    ),
}
