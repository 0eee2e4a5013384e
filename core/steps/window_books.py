"""Acts of finance at a window: the daily close, its lines, statistics, the self-evaluation.

All of them look, or are done once by a rule of the backend's own: a day is signed once, a line
corrected once, a reference of a statement entered once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from core.figures import Evaluation, PrepaidTotals, Statistics, SurveyScores
from core.flow import Act
from core.papers import Pdf
from core.ports import NotSent, Refused, Unknown
from core.reconciliation import BankCredit, DailyClose, ReconciliationLine, ReconciliationLines
from core.steps.files import Csv


@dataclass(frozen=True, slots=True)
class FetchDailyClose(Act[DailyClose | Refused | NotSent | Unknown]):
    """A day as it stands. `day`: 2026-11-22."""

    durable: ClassVar[bool] = False
    day: str


@dataclass(frozen=True, slots=True)
class RunDay(Act[DailyClose | Refused | NotSent | Unknown]):
    """Fetch what is missing and compare now."""

    durable: ClassVar[bool] = False
    day: str


@dataclass(frozen=True, slots=True)
class CloseDay(Act[DailyClose | Refused | NotSent | Unknown]):
    """Finance signs it; that cannot be taken back."""

    durable: ClassVar[bool] = False
    day: str


@dataclass(frozen=True, slots=True)
class FetchLines(Act[ReconciliationLines | Refused | NotSent | Unknown]):
    """Movements of a day, unknown first."""

    durable: ClassVar[bool] = False
    day: str


@dataclass(frozen=True, slots=True)
class CorrectLine(Act[ReconciliationLine | Refused | NotSent | Unknown]):
    """The ledger follows the other side; above a limit a second person says so too."""

    durable: ClassVar[bool] = False
    line_id: str
    reason: str
    second_operator: str = ""
    second_password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class EnterCredit(Act[BankCredit | Refused | NotSent | Unknown]):
    """What a bank's statement says it credited; each reference once."""

    durable: ClassVar[bool] = False
    day: str
    bank: str
    channel: str
    amount_fen: int
    reference: str


@dataclass(frozen=True, slots=True)
class FetchDayReport(Act[Csv | Refused | NotSent | Unknown]):
    """The day in its fixed form (S45)."""

    durable: ClassVar[bool] = False
    day: str


@dataclass(frozen=True, slots=True)
class FetchStatistics(Act[Statistics | Refused | NotSent | Unknown]):
    """Both days included."""

    durable: ClassVar[bool] = False
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class FetchPrepaidTotals(Act[PrepaidTotals | Refused | NotSent | Unknown]):
    """Income, spending and refunds of prepaid money (S46); both days included."""

    durable: ClassVar[bool] = False
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class FetchSurveyScores(Act[SurveyScores | Refused | NotSent | Unknown]):
    """How patients answered (H40); both days included."""

    durable: ClassVar[bool] = False
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class FetchFinanceReport(Act[Pdf | Refused | NotSent | Unknown]):
    """Charts of some days as pages. `language`: zh or en."""

    durable: ClassVar[bool] = False
    since: str
    until: str
    language: str


@dataclass(frozen=True, slots=True)
class FetchFinanceTable(Act[Csv | Refused | NotSent | Unknown]):
    """The numbers of the same charts."""

    durable: ClassVar[bool] = False
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class FetchEvaluation(Act[Evaluation | Refused | NotSent | Unknown]):
    """`month`: 2026-11."""

    durable: ClassVar[bool] = False
    month: str


@dataclass(frozen=True, slots=True)
class AnswerEvaluation(Act[Evaluation | Refused | NotSent | Unknown]):
    """What the books cannot know; the last answer counts. Fact "remark": the text in `note`."""

    durable: ClassVar[bool] = False
    month: str
    fact: str
    value: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class FetchEvaluationPages(Act[Pdf | Refused | NotSent | Unknown]):
    """The same as pages."""

    durable: ClassVar[bool] = False
    month: str
