"""Acts of a window about old balances: judge, pay out, the stock and its ledger.

Only `ConfirmCleanOut` makes the backend move money, in `core/journeys/clean_out.py`. What a reader
would get wrong: several applications are judged by one word, for all of them or for none (W29).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from core.flow import Act
from core.ports import NotSent, Refused, Unknown
from core.steps.files import Csv
from core.window_prepay import CleanOutFile, CleanOutFiles, Holders, Ledger, Stock


@dataclass(frozen=True, slots=True)
class FetchCleanOutsIn(Act[CleanOutFiles | Refused | NotSent | Unknown]):
    """All in one state, of every campus (W35)."""

    durable: ClassVar[bool] = False
    state: str


@dataclass(frozen=True, slots=True)
class FetchCleanOutFile(Act[CleanOutFile | Refused | NotSent | Unknown]):
    """One, as it stands now."""

    durable: ClassVar[bool] = False
    clean_out_id: str


@dataclass(frozen=True, slots=True)
class JudgeCleanOuts(Act[CleanOutFiles | Refused | NotSent | Unknown]):
    """A second person's word on all of these; what is refused is the balance again."""

    durable: ClassVar[bool] = False
    clean_out_ids: tuple[str, ...]
    operator: str
    password: str = field(repr=False)
    approve: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmCleanOut(Act[CleanOutFile | Refused | NotSent | Unknown]):
    """Pay out what was reviewed: channels at once, transfers with the next batch."""

    operation_id: str
    clean_out_id: str


@dataclass(frozen=True, slots=True)
class FetchStock(Act[Stock | Refused | NotSent | Unknown]):
    """Every account with a balance (W19)."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class FetchIdle(Act[Holders | Refused | NotSent | Unknown]):
    """Balances that did not move for as long as the profile says (S51)."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class FetchLedger(Act[Ledger | Refused | NotSent | Unknown]):
    """What could not be returned in time (W21)."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class FetchLedgerTable(Act[Csv | Refused | NotSent | Unknown]):
    """The same as a spreadsheet for the health authority."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class EnterLedger(Act[Ledger | Refused | NotSent | Unknown]):
    """After the deadline every balance without an application goes on the list; again, what came
    since."""

    durable: ClassVar[bool] = False
    reason: str
