"""The finance bureau's e-invoice platform, in closed words (docs/platforms/invoice.md, B.6).

Talks HTTP through `Outside`; keeps nothing. What a reader would get wrong: `RefusedBy` is the
bureau's own no; `Silent` decides nothing, and the same request under the same number may follow.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from settlement_backend.base.outside import Done, Json, NotFound, Outside, Silent
from settlement_backend.documents.content import InvoiceContent

BUSINESS_NO_USED, NO_INVOICE = "E2001", "E2002"
PAPER_STANDS, NOT_NEXT_SHEET, SHEET_USED = "E3001", "E3005", "E3004"
NO_SHEET, NOT_THIS_SHEET = "E3006", "E3007"
_DONE = "S0000"
_CONNECT_S = 1.0
_SECOND_LENGTH = len("2026-03-02T10:00:00.000")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Issued:
    """An e-invoice's identity. `created`: the bureau's time, yyyyMMddHHmmssSSS."""

    named: Numbered
    check_code: str
    created: str
    bill_qr: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """An e-invoice or a sheet of paper: 8 digits of its batch, 10 of its own."""

    batch_code: str
    number: str


@dataclass(frozen=True, slots=True)
class RefusedBy:
    """The bureau says no; nothing was done. `code`: its own word."""

    code: str


@dataclass(frozen=True, slots=True)
class AskedBy:
    """Who does it, and when: a stamp; the same at every repetition."""

    operator: str
    at: str


def moment(at: str) -> str:
    """A stamp of ours as the wire has it: yyyyMMddHHmmssSSS."""
    return "".join(character for character in at[:_SECOND_LENGTH] if character.isdigit())


class Bureau:
    """One platform. Safe for many threads."""

    def __init__(self, url: str, read_s: float) -> None:
        self._outside = Outside(url, _CONNECT_S, read_s)

    def issue(
        self, business_no: str, payer_name: str, content: InvoiceContent, actor: AskedBy
    ) -> Issued | RefusedBy | Silent:
        """Once for a business number."""
        body = {
            **content.model_dump(),
            **_by(actor),
            "business_no": business_no,
            "payer_name": payer_name,
        }
        path = "/invoice/issue"
        answer = self._outside.ask(path, body)
        return _issued(answer) or _refused(path, answer)

    def find(self, business_no: str) -> Issued | NotFound | Silent:
        """What was issued under a number of ours."""
        path = "/invoice/query"
        answer = self._outside.ask(path, {"business_no": business_no})
        found = _issued(answer) or _refused(path, answer)
        if isinstance(found, RefusedBy):
            return NotFound() if found.code == NO_INVOICE else Silent()
        return found

    def write_off(
        self, invoice: Numbered, business_no: str, reason: str, actor: AskedBy
    ) -> Numbered | RefusedBy | Silent:
        """By a scarlet e-invoice, once: its number."""
        path = "/invoice/write_off"
        body = {**_number(invoice), "business_no": business_no, "reason": reason, **_by(actor)}
        answer = self._outside.ask(path, body)
        match answer:
            case {
                "result": "S0000",
                "scarlet_bill_batch_code": str(batch),
                "scarlet_bill_no": str(number),
            }:
                return Numbered(batch, number)
        return _refused(path, answer)

    def next_sheet(self, place_code: str) -> Numbered | RefusedBy | Silent:
        """The blank sheet that lies in a place's printer; asking uses up nothing."""
        path = "/invoice/paper/next"
        answer = self._outside.ask(path, {"place_code": place_code})
        match answer:
            case {"result": "S0000", "paper_batch_code": str(batch), "paper_no": str(number)}:
                return Numbered(batch, number)
        return _refused(path, answer)

    def turn(
        self, invoice: Numbered, place_code: str, sheet: Numbered, actor: AskedBy
    ) -> Done | RefusedBy | Silent:
        """Exchange an e-invoice for this sheet (换开)."""
        body = {**_number(invoice), "place_code": place_code, **_paper(sheet), **_by(actor)}
        return self._do("/invoice/paper/turn", body)

    def call_back(
        self, invoice: Numbered, sheet: Numbered, reason: str, actor: AskedBy
    ) -> Done | RefusedBy | Silent:
        """The sheet is void, and the e-invoice counts again."""
        body = {**_number(invoice), **_paper(sheet), "reason": reason, **_by(actor)}
        return self._do("/invoice/paper/return", body)

    def spoil(
        self, place_code: str, sheet: Numbered, reason: str, actor: AskedBy
    ) -> Done | RefusedBy | Silent:
        """A blank sheet is void."""
        body = {"place_code": place_code, **_paper(sheet), "reason": reason, **_by(actor)}
        return self._do("/invoice/paper/invalidate_blank", body)

    def _do(self, path: str, body: Json) -> Done | RefusedBy | Silent:
        answer = self._outside.ask(path, body)
        if answer is not None and answer.get("result") == _DONE:
            return Done()
        return _refused(path, answer)


def _issued(answer: Json | None) -> Issued | None:
    match answer:
        case {
            "result": "S0000",
            "bill_batch_code": str(batch),
            "bill_no": str(number),
            "random": str(check_code),
            "create_time": str(created),
            "bill_qr": str(bill_qr),
        }:
            return Issued(Numbered(batch, number), check_code, created, bill_qr)
    return None


def _refused(path: str, answer: Json | None) -> RefusedBy | Silent:
    match answer:
        case {"result": str(code)} if code != _DONE:
            return RefusedBy(code)
        case None:
            return Silent()
    _log.warning("%s: the answer decides nothing", path)
    return Silent()


def _by(actor: AskedBy) -> Json:
    return {"operator": actor.operator, "bus_date_time": moment(actor.at)}


def _number(invoice: Numbered) -> Json:
    return {"bill_batch_code": invoice.batch_code, "bill_no": invoice.number}


def _paper(sheet: Numbered) -> Json:
    return {"paper_batch_code": sheet.batch_code, "paper_no": sheet.number}
