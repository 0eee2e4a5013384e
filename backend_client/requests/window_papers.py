"""Official paper at a window, and signatures that were kept.

What a reader would get wrong: keys are fresh ones. A sheet is called back or voided once by the
bureau's own books, so a second try is refused with a word of its own.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass

from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import Garbled, read, reader
from core.papers import Invoice, Invoices, Sheet, Sheets
from core.signing import KeptSignature
from core.steps.window_papers import (
    FetchInvoice,
    FetchInvoicesToSettle,
    FetchSheets,
    FetchSignature,
    FindInvoice,
    RecallSheet,
    SeeSheet,
    SpoilSheet,
)


@dataclass(frozen=True, slots=True)
class _Signature:
    document_id: str
    kind: str
    sha256: str
    png: str
    terminal_id: str
    at: str
    purged_at: str


def find_invoice(backend: Exchange, step: FindInvoice) -> Told[Invoice]:
    """By its QR."""
    return backend.post(reader(Invoice), "/v1/invoices/find", body={"text": step.text})


def invoice(backend: Exchange, step: FetchInvoice) -> Told[Invoice]:
    """One."""
    read_one = reader(Invoice, invoice_id=step.invoice_id)
    return backend.get(read_one, "/v1/invoices/{}", step.invoice_id)


def to_settle(backend: Exchange, _step: FetchInvoicesToSettle) -> Told[Invoices]:
    """What only a window ends (S25)."""
    return backend.get(reader(Invoices), "/v1/invoices/to-settle")


def recall(backend: Exchange, step: RecallSheet) -> Told[Invoice]:
    """The sheet is void from now on."""
    read_one = reader(Invoice, invoice_id=step.invoice_id)
    body = {"reason": step.reason}
    path = "/v1/invoices/{}/recall"
    return backend.post(read_one, path, step.invoice_id, body=body, key=fresh_key())


def see(backend: Exchange, step: SeeSheet) -> Told[Invoice]:
    """It came out after all."""
    read_one = reader(Invoice, invoice_id=step.invoice_id)
    path = "/v1/invoices/{}/mark-printed"
    return backend.post(read_one, path, step.invoice_id, body={}, key=fresh_key())


def spoil(backend: Exchange, step: SpoilSheet) -> Told[Sheet]:
    """A blank sheet that will never be printed."""
    body = {
        "paper_batch_code": step.paper_batch_code,
        "paper_no": step.paper_no,
        "reason": step.reason,
    }
    read_one = reader(Sheet, paper_no=step.paper_no)
    return backend.post(read_one, "/v1/invoices/spoilt-sheets", body=body, key=fresh_key())


def sheets(backend: Exchange, step: FetchSheets) -> Told[Sheets]:
    """The newest 500."""
    return backend.get(reader(Sheets), "/v1/invoices/sheets?place={}", step.place)


def signature(backend: Exchange, step: FetchSignature) -> Told[KeptSignature]:
    """With its picture while that is kept."""
    return backend.get(_kept, "/v1/signatures/{}", step.document_id)


def _kept(body: bytes) -> KeptSignature:
    told = read(_Signature, body)
    try:
        png = b64decode(told.png, validate=True)
    except NotBase64:
        raise Garbled("KeptSignature: no base64") from None
    where = (told.terminal_id, told.at, told.purged_at)
    return KeptSignature(told.document_id, told.kind, told.sha256, png, *where)


REQUESTS: Requests = {
    FindInvoice: find_invoice,
    FetchInvoice: invoice,
    FetchInvoicesToSettle: to_settle,
    RecallSheet: recall,
    SeeSheet: see,
    SpoilSheet: spoil,
    FetchSheets: sheets,
    FetchSignature: signature,
}
