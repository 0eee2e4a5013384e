"""Requests of a window about old balances: the queue, one word for several, stock and ledger."""

from __future__ import annotations

from contract_answers import Json, text
from request_cases import FRESH, Case

from core.billing import Text
from core.history import StepTaken
from core.prepay import WayBack
from core.steps.files import Csv
from core.steps.window_prefund import (
    ConfirmCleanOut,
    EnterLedger,
    FetchCleanOutFile,
    FetchCleanOutsIn,
    FetchIdle,
    FetchLedger,
    FetchLedgerTable,
    FetchStock,
    JudgeCleanOuts,
)
from core.window_prepay import (
    Age,
    CleanOutFile,
    CleanOutFiles,
    Holder,
    Holders,
    Ledger,
    LedgerEntry,
    Stock,
)

_AT = "2026-03-05T09:02:03.000+08:00"
_ROWS = "\ufeff姓名,金额\r\n李*,80.00\r\n".encode()
_FILE_JSON: Json = {
    "clean_out_id": "c-1",
    "patient_id": "p-1",
    "display_name": "李明",
    "state": "ACCEPTED",
    "amount_fen": 8000,
    "channel": "window",
    "ways": [
        {
            "channel": "OLD",
            "channel_name": text("历史余额", "Earlier balance"),
            "day": "2024-11-05",
            "amount_fen": 8000,
            "route": "TRANSFER",
            "rule_id": "RF-NO-ROUTE",
            "why": text("原路不存在", "No way back"),
            "state": "PLANNED",
        }
    ],
    "needs": [],
    "payee_account": "*4567",
    "payee_bank": "中国工商银行",
    "reason": "",
    "asked_at": _AT,
    "steps": [
        {"step": "ACCEPTED", "text": "", "at": _AT, "operator": "2107", "terminal_id": "W07"}
    ],
    "slip": None,
}
_FILE = CleanOutFile(
    *("c-1", "p-1", "李明", "ACCEPTED", 8000),
    (
        WayBack(
            *("OLD", Text("历史余额", "Earlier balance"), "2024-11-05", 8000, "TRANSFER"),
            *("RF-NO-ROUTE", Text("原路不存在", "No way back"), "PLANNED"),
        ),
    ),
    *((), "*4567", "中国工商银行", "", _AT),
    (StepTaken("ACCEPTED", "", _AT, "2107", "W07"),),
    None,
)
_HOLDER_JSON: Json = {
    "patient_id": "p-1",
    "display_name": "李*",
    "balance_fen": 8000,
    "state": "OPEN",
    "oldest_day": "2024-11-05",
    "age_days": 485,
    "idle_days": 485,
}
_HOLDER = Holder("p-1", "李*", 8000, "OPEN", "2024-11-05", 485, 485)
_LEDGER_JSON: Json = {
    "entries": [
        {
            "patient_id": "p-1",
            "display_name": "李*",
            "display_id": "330302********4525",
            "channel": "OLD",
            "day": "2024-11-05",
            "amount_fen": 8000,
            "reason": "nobody could be reached",
            "entered_at": _AT,
            "claimed_at": "",
        }
    ],
    "open_fen": 8000,
}
_LEDGER = Ledger(
    (
        LedgerEntry(
            *("p-1", "李*", "330302********4525", "OLD", "2024-11-05", 8000),
            *("nobody could be reached", _AT, ""),
        ),
    ),
    8000,
)
CASES: dict[str, Case] = {
    "clean-outs in a state": Case(
        FetchCleanOutsIn("ACCEPTED"),
        "GET /v1/prepay/clean-outs?state=ACCEPTED",
        None,
        "",
        {"clean_outs": [_FILE_JSON]},
        CleanOutFiles((_FILE,)),
    ),
    "clean-out": Case(
        FetchCleanOutFile("c-1"), "GET /v1/prepay/clean-outs/c-1", None, "", _FILE_JSON, _FILE
    ),
    "judge clean-outs": Case(
        JudgeCleanOuts(("c-1",), "2201", "demo-2201", approve=True, reason=""),
        "POST /v1/prepay/clean-outs/review",
        {
            "clean_out_ids": ["c-1"],
            "operator": "2201",
            "password": "demo-2201",
            "approve": True,
            "reason": "",
        },
        FRESH,
        {"clean_outs": [_FILE_JSON]},
        CleanOutFiles((_FILE,)),
    ),
    "confirm clean-out": Case(
        ConfirmCleanOut("op-1", "c-1"),
        "POST /v1/prepay/clean-outs/c-1/confirm",
        {},
        "op-1/confirm",
        _FILE_JSON,
        _FILE,
    ),
    "stock": Case(
        FetchStock(),
        "GET /v1/prepay/stock",
        None,
        "",
        {
            "deadline": "2025-12-31",
            "days_left": 0,
            "accounts": [_HOLDER_JSON],
            "ages": [{"until_years": 3, "accounts": 1, "amount_fen": 8000}],
            "open_fen": 8000,
            "under_way_fen": 0,
            "returned_fen": 100,
            "ledgered_fen": 0,
        },
        Stock("2025-12-31", 0, (_HOLDER,), (Age(3, 1, 8000),), 8000, 0, 100, 0),
    ),
    "idle": Case(
        FetchIdle(),
        "GET /v1/prepay/idle",
        None,
        "",
        {"accounts": [_HOLDER_JSON]},
        Holders((_HOLDER,)),
    ),
    "ledger": Case(FetchLedger(), "GET /v1/prepay/ledgered", None, "", _LEDGER_JSON, _LEDGER),
    "ledger table": Case(
        FetchLedgerTable(), "GET /v1/prepay/ledgered.csv", None, "", _ROWS, Csv(_ROWS)
    ),
    "enter ledger": Case(
        EnterLedger("nobody could be reached"),
        "POST /v1/prepay/ledgered",
        {"reason": "nobody could be reached"},
        FRESH,
        _LEDGER_JSON,
        _LEDGER,
    ),
}
