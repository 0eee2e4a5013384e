"""Acts on papers: pages on A4, and what the backend counts and tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Act
from core.papers import (
    Invoice,
    OfficialPaper,
    PageContent,
    Papers,
    Pdf,
    Progress,
    Receipt,
    Reports,
    ReportSheet,
    SlipPrint,
    Summary,
)
from core.ports import DeviceTrouble, Done, NotSent, Printed, Refused, Unknown


@dataclass(frozen=True, slots=True)
class PrintPages(Act[Printed | DeviceTrouble | Unknown]):
    """Set what is not set yet and print it on whole pages. `about`: names the job, no secret."""

    about: str
    content: PageContent


@dataclass(frozen=True, slots=True)
class CheckPagePrinter(Act[Done | DeviceTrouble]):
    """Can pages be printed, before a sheet is counted?"""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class FetchPapers(Act[Papers | Refused | NotSent | Unknown]):
    """Invoices, and slips of the last days, of a person."""

    durable: ClassVar[bool] = False
    patient_id: str
    slip_days: int = 30


@dataclass(frozen=True, slots=True)
class TakeSheet(Act[OfficialPaper | Refused | NotSent | Unknown]):
    """Turn an e-invoice into the one sheet of paper: from then on the sheet counts."""

    operation_id: str
    invoice_id: str


@dataclass(frozen=True, slots=True)
class TellSheet(Act[Invoice | Refused | NotSent | Unknown]):
    """What became of the sheet. `printed` False: nobody knows; a window settles it."""

    operation_id: str
    invoice_id: str
    token: str
    printed: bool


@dataclass(frozen=True, slots=True)
class CountSlipPrint(Act[SlipPrint | Refused | NotSent | Unknown]):
    """One more print of a slip, counted before it is made; a lost count only makes more copies."""

    durable: ClassVar[bool] = False
    slip_id: str


@dataclass(frozen=True, slots=True)
class FetchReceipt(Act[Receipt | Refused | NotSent | Unknown]):
    """What a slip says as things stand now."""

    durable: ClassVar[bool] = False
    slip_id: str


@dataclass(frozen=True, slots=True)
class FetchReports(Act[Reports | Refused | NotSent | Unknown]):
    """Reports that are ready."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class CountReportSheet(Act[ReportSheet | Refused | NotSent | Unknown]):
    """One more sheet of a report, counted before it is drawn; a lost count only makes copies."""

    durable: ClassVar[bool] = False
    report_id: str


@dataclass(frozen=True, slots=True)
class FetchReportPages(Act[Pdf | Refused | NotSent | Unknown]):
    """The pages of a counted sheet; the same sheet is the same bytes."""

    durable: ClassVar[bool] = False
    report_id: str
    sheet: int


@dataclass(frozen=True, slots=True)
class FetchProgress(Act[Progress | Refused | NotSent | Unknown]):
    """Where today's visits stand."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class FetchSummary(Act[Summary | Refused | NotSent | Unknown]):
    """What a visit came to (S21)."""

    durable: ClassVar[bool] = False
    registration_id: str
