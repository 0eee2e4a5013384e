"""Pages of refunds, paper and doubts at a window, with long values."""

from __future__ import annotations

from typing import Any

from cashier.journeys.doubts import case_pages, enquiry_pages
from cashier.journeys.doubts.money import find_sheet, item_sheet, trail_sheet
from cashier.journeys.papers import invoice_pages
from cashier.journeys.papers.slips import signature_sheet, slips_sheet
from cashier.journeys.refunds import pages
from cashier.steps.sheet import FieldOption
from core.flow import Ask
from core.look_up import MoneyTrail
from core.phrase import Yuan, said
from tests.helpers.told.told_window_refunds import (
    AT,
    CASE,
    CASH_FILE,
    CHILD,
    ENQUIRY,
    FILE,
    INVOICE,
    ITEM,
    SERVING,
    SHEET,
    SIGNED,
    SLIP,
    TRANSFER,
    TRANSFER_FILE,
)

_DECISIONS = (FieldOption("DONE", said("The money went back: book it")),)
_ABOUT = (FieldOption("r-1", said("{way} {amount}", way=said("Credit line"), amount=Yuan(6_500))),)

EXAMPLES: dict[str, Ask[Any]] = {
    "refund_queue": pages.queue_sheet(AT, (FILE, CASH_FILE, TRANSFER_FILE)),
    "refund_queue_empty": pages.queue_sheet(AT, ()),
    "refund_accepted": pages.file_sheet(AT, FILE, "wrong_password"),
    "refund_reviewed": pages.file_sheet(SERVING, CASH_FILE),
    "refund_needs_account": pages.file_sheet(AT, TRANSFER_FILE),
    "refund_refuse": pages.refuse_sheet(AT, FILE),
    "refund_account": pages.payee_sheet(AT, TRANSFER_FILE, TRANSFER, CHILD),
    "refund_contact": pages.contact_sheet(AT, "bad_id_number"),
    "invoices": invoice_pages.list_sheet(SERVING, said("Official invoices"), (INVOICE,)),
    "invoice_uncertain": invoice_pages.invoice_sheet(SERVING, INVOICE),
    "invoice_recall": invoice_pages.recall_sheet(SERVING, INVOICE),
    "invoice_find": invoice_pages.find_sheet(AT, "unknown_invoice"),
    "sheet_spoilt": invoice_pages.spoilt_sheet(AT),
    "sheets_used": invoice_pages.sheets_sheet(AT, (SHEET,)),
    "slips": slips_sheet(SERVING, (SLIP,)),
    "signature": signature_sheet(SERVING, SIGNED),
    "cases": case_pages.list_sheet(AT, (CASE,), closed=False),
    "case": case_pages.case_sheet(AT, CASE),
    "case_evidence": case_pages.evidence_sheet(AT, CASE),
    "case_resolve": case_pages.resolve_sheet(AT, CASE, {}, "second_person_needed"),
    "case_decide": case_pages.decide_sheet(AT, CASE, _DECISIONS, _ABOUT, {}, "proof_needed"),
    "money_find": find_sheet(AT, "search_too_wide"),
    "money": trail_sheet(SERVING, MoneyTrail((ITEM,))),
    "money_item": item_sheet(SERVING, ITEM),
    "enquiries": enquiry_pages.list_sheet(AT, (ENQUIRY,), answered=False),
    "enquiry_new": enquiry_pages.new_sheet(SERVING, {}),
    "enquiry": enquiry_pages.enquiry_sheet(AT, ENQUIRY),
    "enquiry_answer": enquiry_pages.answer_sheet(AT, ENQUIRY),
    "problem": enquiry_pages.problem_sheet(AT, {}),
}
