"""Requests that only look."""

from __future__ import annotations

from cases_papers import as_json
from request_cases import Case

from core.steps.look_up import FetchBalance, FetchHolds, FetchMoney, FetchPrices
from tests.helpers.told import told_look_up as told

CASES: dict[str, Case] = {
    "balance": Case(
        FetchBalance("P1"),
        "GET /v1/patients/P1/prepay",
        None,
        "",
        as_json(told.BALANCE),
        told.BALANCE,
    ),
    "holds": Case(
        FetchHolds("P1"), "GET /v1/patients/P1/holds", None, "", as_json(told.HOLDS), told.HOLDS
    ),
    "money": Case(
        FetchMoney("P1"), "GET /v1/patients/P1/money", None, "", as_json(told.MONEY), told.MONEY
    ),
    "prices": Case(
        FetchPrices("ECG"),
        "GET /v1/prices?search=ECG",
        None,
        "",
        as_json(told.PRICES),
        told.PRICES,
    ),
}
