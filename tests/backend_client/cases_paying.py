"""Requests about paying."""

from __future__ import annotations

from contract_answers import BILL, SETTLEMENT, SETTLEMENT_JSON, Json, text
from request_cases import FRESH, Case

from core.billing import GiveUp, Reauthorisation, Slip, TenderKind, Text
from core.deferral import Decision
from core.prepay import Residual
from core.steps import CommitSettlement
from core.steps.paying import (
    AnnounceHold,
    FetchReauthorisation,
    FetchResidual,
    GiveUpItems,
    PosWord,
    TellOldReleased,
    TellPosWord,
)

_OPERATION = "0f8fad5b-d9cb-469f-a165-70867728950e"
_REAUTHORISATION_JSON: Json = {
    "reauthorisation_id": _OPERATION,
    "state": "HELD",
    "release_receipt": "0007",
}
_CLEAR_JSON: Json = {
    "allow": True,
    "rule_id": "OP-RESIDUAL",
    "message_key": "prepay.clear_by_route",
    "needs": [],
}
_CLEAR = Decision(True, "OP-RESIDUAL", "prepay.clear_by_route", ())
_REAUTHORISATION = Reauthorisation(_OPERATION, "HELD", "0007")

CASES: dict[str, Case] = {
    "commit_settlement with notes": Case(
        CommitSettlement("op-1", 1, TenderKind.CASH, "", 200, 10_000),
        "POST /v1/settlements/op-1/commit",
        {
            "tender": "CASH",
            "auth_code": "",
            "amount_fen": 200,
            "handed_fen": 10_000,
            "change_fen": 0,
            "part_cash_fen": 0,
        },
        "op-1/commit/1",
        SETTLEMENT_JSON,
        SETTLEMENT,
    ),
    "commit_settlement with cash and its change": Case(
        CommitSettlement("op-1", 1, TenderKind.CASH, "", 200, 1_000, 800),
        "POST /v1/settlements/op-1/commit",
        {
            "tender": "CASH",
            "auth_code": "",
            "amount_fen": 200,
            "handed_fen": 1_000,
            "change_fen": 800,
            "part_cash_fen": 0,
        },
        "op-1/commit/1",
        SETTLEMENT_JSON,
        SETTLEMENT,
    ),
    "commit_settlement with a part in cash": Case(
        CommitSettlement("op-1", 1, TenderKind.BOUND_DEBIT, "", 200, part_cash_fen=50),
        "POST /v1/settlements/op-1/commit",
        {
            "tender": "BOUND_DEBIT",
            "auth_code": "",
            "amount_fen": 200,
            "handed_fen": 0,
            "change_fen": 0,
            "part_cash_fen": 50,
        },
        "op-1/commit/1",
        SETTLEMENT_JSON,
        SETTLEMENT,
    ),
    "tell_pos_word": Case(
        TellPosWord("op-1", "t-1", PosWord.DONE),
        "POST /v1/settlements/op-1/pos-word",
        {"tender_id": "t-1", "word": "DONE"},
        "t-1/word/DONE",
        SETTLEMENT_JSON,
        SETTLEMENT,
    ),
    "residual": Case(
        FetchResidual("op-1"),
        "GET /v1/settlements/op-1/residual",
        None,
        "",
        {
            "residual_fen": 4_800,
            "decision": _CLEAR_JSON,
            "words": text("可退", "Can be returned"),
        },
        Residual(4_800, _CLEAR, Text("可退", "Can be returned")),
    ),
    "give_up_items": Case(
        GiveUpItems(BILL, ("l-1",)),
        "POST /v1/bills/b-1/give-ups",
        {"line_ids": ["l-1"]},
        FRESH,
        {"slip": {"slip_id": "r-1", "qr_text": "ZF1.R.r-1.MAC"}, "line_ids": ["l-1"]},
        GiveUp(Slip("r-1", "ZF1.R.r-1.MAC"), ("l-1",)),
        201,
    ),
    "announce_hold": Case(
        AnnounceHold(_OPERATION, "h-1", 60_000),
        "POST /v1/holds/h-1/reauthorise",
        {"reference": "0F8FAD5BD9CB", "amount_fen": 60_000},
        _OPERATION,
        _REAUTHORISATION_JSON,
        _REAUTHORISATION,
        201,
    ),
    "reauthorisation": Case(
        FetchReauthorisation(_OPERATION),
        f"GET /v1/reauthorisations/{_OPERATION}",
        None,
        "",
        _REAUTHORISATION_JSON,
        _REAUTHORISATION,
    ),
    "tell_old_released": Case(
        TellOldReleased("op-2", _OPERATION),
        f"POST /v1/reauthorisations/{_OPERATION}/old-released",
        {},
        "op-2/released",
        _REAUTHORISATION_JSON,
        _REAUTHORISATION,
    ),
}
