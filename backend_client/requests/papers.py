"""Invoices and their one sheet, slips, reports, visit summaries."""

from __future__ import annotations

from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import pdf, reader
from core.papers import (
    Invoice,
    OfficialPaper,
    Papers,
    Pdf,
    Progress,
    Receipt,
    Reports,
    ReportSheet,
    SlipPrint,
    Summary,
)
from core.steps.papers import (
    CountReportSheet,
    CountSlipPrint,
    FetchPapers,
    FetchProgress,
    FetchReceipt,
    FetchReportPages,
    FetchReports,
    FetchSummary,
    TakeSheet,
    TellSheet,
)


def papers(backend: Exchange, step: FetchPapers) -> Told[Papers]:
    """What may be printed at any terminal (H21, H27)."""
    path = "/v1/patients/{}/papers?slip_days={}"
    return backend.get(reader(Papers), path, step.patient_id, str(step.slip_days))


def take_sheet(backend: Exchange, step: TakeSheet) -> Told[OfficialPaper]:
    """The one token over all terminals (S25); the same key goes on with the same sheet."""
    key = f"{step.operation_id}/sheet"
    read = reader(OfficialPaper)
    return backend.post(read, "/v1/invoices/{}/sheets", step.invoice_id, body={}, key=key)


def tell_sheet(backend: Exchange, step: TellSheet) -> Told[Invoice]:
    """PRINTED only when the printer proved it."""
    outcome = "PRINTED" if step.printed else "UNCERTAIN"
    return backend.post(
        reader(Invoice, invoice_id=step.invoice_id),
        "/v1/invoices/{}/printed",
        step.invoice_id,
        body={"token": step.token, "outcome": outcome},
        key=f"{step.operation_id}/printed",
    )


def count_slip_print(backend: Exchange, step: CountSlipPrint) -> Told[SlipPrint]:
    """Number 1 is the original, then copies."""
    path = "/v1/slips/{}/prints"
    return backend.post(reader(SlipPrint), path, step.slip_id, body={}, key=fresh_key())


def receipt(backend: Exchange, step: FetchReceipt) -> Told[Receipt]:
    """As things stand now (S21, L07)."""
    return backend.get(reader(Receipt), "/v1/slips/{}/receipt", step.slip_id)


def reports(backend: Exchange, step: FetchReports) -> Told[Reports]:
    """Ready ones, newest first (S36)."""
    return backend.get(reader(Reports), "/v1/patients/{}/reports", step.patient_id)


def count_report_sheet(backend: Exchange, step: CountReportSheet) -> Told[ReportSheet]:
    """One more sheet."""
    read = reader(ReportSheet, report_id=step.report_id)
    path = "/v1/reports/{}/sheets"
    return backend.post(read, path, step.report_id, body={}, key=fresh_key())


def report_pages(backend: Exchange, step: FetchReportPages) -> Told[Pdf]:
    """A whole PDF file, as it is printed."""
    path = "/v1/reports/{}/pages?sheet={}"
    return backend.get(pdf, path, step.report_id, str(step.sheet))


def progress(backend: Exchange, step: FetchProgress) -> Told[Progress]:
    """Today's visits."""
    return backend.get(reader(Progress), "/v1/patients/{}/progress", step.patient_id)


def summary(backend: Exchange, step: FetchSummary) -> Told[Summary]:
    """One visit (S21)."""
    return backend.get(reader(Summary), "/v1/registrations/{}/summary", step.registration_id)


REQUESTS: Requests = {
    FetchPapers: papers,
    TakeSheet: take_sheet,
    TellSheet: tell_sheet,
    CountSlipPrint: count_slip_print,
    FetchReceipt: receipt,
    FetchReports: reports,
    CountReportSheet: count_report_sheet,
    FetchReportPages: report_pages,
    FetchProgress: progress,
    FetchSummary: summary,
}
