"""Balance, holds, prices, and where each amount of money is."""

from __future__ import annotations

from backend_client.exchange import Exchange, Requests, Told
from backend_client.shapes import reader
from core.look_up import Balance, Holds, MoneyTrail, Prices
from core.steps.look_up import FetchBalance, FetchHolds, FetchMoney, FetchPrices


def balance(backend: Exchange, step: FetchBalance) -> Told[Balance]:
    """Prepaid money (S35)."""
    return backend.get(reader(Balance), "/v1/patients/{}/prepay", step.patient_id)


def holds(backend: Exchange, step: FetchHolds) -> Told[Holds]:
    """Newest first."""
    return backend.get(reader(Holds), "/v1/patients/{}/holds", step.patient_id)


def money(backend: Exchange, step: FetchMoney) -> Told[MoneyTrail]:
    """Every transaction with its state."""
    return backend.get(reader(MoneyTrail), "/v1/patients/{}/money", step.patient_id)


def prices(backend: Exchange, step: FetchPrices) -> Told[Prices]:
    """The price list (S35)."""
    return backend.get(reader(Prices), "/v1/prices?search={}", step.search)


REQUESTS: Requests = {
    FetchBalance: balance,
    FetchHolds: holds,
    FetchMoney: money,
    FetchPrices: prices,
}
