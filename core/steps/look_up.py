"""Acts that only look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Act
from core.look_up import Balance, Holds, MoneyTrail, Prices
from core.ports import NotSent, Refused, Unknown


@dataclass(frozen=True, slots=True)
class FetchBalance(Act[Balance | Refused | NotSent | Unknown]):
    """Prepaid money of a person."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class FetchHolds(Act[Holds | Refused | NotSent | Unknown]):
    """Pre-authorisations, ended ones too."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class FetchMoney(Act[MoneyTrail | Refused | NotSent | Unknown]):
    """Where each amount is."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class FetchPrices(Act[Prices | Refused | NotSent | Unknown]):
    """By a part of a name or the beginning of a code (S35)."""

    durable: ClassVar[bool] = False
    search: str
