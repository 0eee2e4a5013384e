"""How each slip is laid out on 48 columns: in the patient's language, with the journal's proof.

A slip names nobody in full, not even at a window, whose backend tells full names. Its foot carries
terminal, journal sequence and the first 8 digits of the journal's hash, so that paper proves the
journal (reliability.md 5.1).
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from core.billing import Bill, Completer, ComponentKind, Settlement, Text
from core.catalogue import Catalogue
from core.document import Align, Document, DocumentLine, Pair, QrCode, Rule, Space, TextLine
from core.identity import Audience, mask_name, short_card
from core.money import format_yuan, yuan_in_words
from core.operation import OperationKind
from core.phrase import Phrase, date_words, spoken
from core.slips import (
    DoubtSlip,
    HoldSlip,
    ReferralSlip,
    RefundSlip,
    SettlementSlip,
    SlipContent,
    WrittenSlip,
)
from core.wording import COMPONENTS, ROUTES, paid_with, wording

_UNSURE = {OperationKind.RELEASE: "release_unsure"}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What every slip of this terminal carries."""

    hospital: Text
    terminal_id: str
    place: Text
    service_line: str
    slip_key: bytes


@dataclass(frozen=True, slots=True)
class Moment:
    """When and with which journal proof a slip is printed. `printed_at`: local wall time text."""

    printed_at: str
    journal_seq: int
    journal_hash: str


def slip_key(token: str) -> bytes:
    """The key of slips a terminal makes itself, derived from its token (docs/backend_api.md)."""
    return hmac.new(token.encode(), b"slip", hashlib.sha256).digest()


def doubt_code(head: Letterhead, slip: DoubtSlip) -> str:
    """`ZF1.U.<terminal>-<case>-<amount>.<MAC>`: checked by the backend, made without it."""
    text = f"ZF1.U.{head.terminal_id}-{slip.operation_id}-{slip.amount_fen}"
    mac = hmac.new(head.slip_key, text.encode(), hashlib.sha256).digest()[:16]
    return f"{text}.{b32encode(mac).decode().rstrip('=')}"


def lay_out(content: SlipContent, head: Letterhead, moment: Moment, _: Catalogue) -> Document:
    """The lines of a slip, in the catalogue's language."""
    paper = _Paper(_)
    match content:
        case SettlementSlip(settlement):
            title, name = _title_of(settlement, _), settlement.settlement_id
            lines = list(paper.settled(settlement))
        case ReferralSlip(slip=slip):
            title, name = _("Please go to the window"), slip.slip_id
            lines = list(paper.referred(content))
        case HoldSlip(hold=hold):
            title, name, lines = _("Pre-authorisation"), hold.hold_id, list(paper.held(content))
        case RefundSlip(refund):
            title, name, lines = _("Refund slip"), refund.refund_id, list(paper.refunded(content))
        case DoubtSlip(operation_id=operation_id):
            title, name = _("Being checked"), operation_id
            lines = list(paper.doubtful(content, doubt_code(head, content)))
        case WrittenSlip(about=name, title=phrase):
            title, lines = spoken(phrase, _), list(paper.written(content))
        case _:
            assert_never(content)
    top = (
        Space(),
        TextLine(paper.of(head.hospital), Align.CENTRE, bold=True),
        TextLine(title, Align.CENTRE, bold=True, large=True),
        Rule(),
    )
    foot = (
        Rule(),
        Pair(
            f"{head.terminal_id} {paper.of(head.place)}", date_words(moment.printed_at, _.language)
        ),
        Pair(f"{_('Journal')} {moment.journal_seq}", moment.journal_hash[:8]),
        TextLine(f"{_('Service line')} {head.service_line}"),
        Space(2),
    )
    return Document(name, (*top, *lines, *foot))


def _title_of(settlement: Settlement, _: Catalogue) -> str:
    """A deposit's voucher and the slip of a discharge are papers of their own (H24, H25)."""
    match {bill.kind for bill in settlement.bills}:
        case kinds if kinds == {"DEPOSIT"}:
            return _("Inpatient deposit slip")
        case kinds if kinds == {"INPATIENT"}:
            return _("Discharge settlement slip")
    return _("Settlement slip")


class _Paper:
    """The bodies, in one language."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._language, self._ = catalogue.language, catalogue

    def of(self, text: Text) -> str:
        return spoken(text, self._)

    def _patient(self, display_name: str) -> Pair:
        return Pair(self._("Patient"), mask_name(display_name, Audience.KIOSK))

    def settled(self, settlement: Settlement) -> Iterator[DocumentLine]:
        _ = self._
        yield self._patient(settlement.patient)
        for bill in settlement.bills:
            yield from self._bill(bill)
        yield Rule()
        yield Pair(_("Total"), format_yuan(settlement.total_fen), bold=True)
        for part in settlement.components:
            if part.amount_fen and part.kind is not ComponentKind.SELF_PAY:
                yield Pair(_(COMPONENTS[part.kind]), format_yuan(part.amount_fen))
        for tender in settlement.tenders:
            yield Pair(paid_with(tender, _), format_yuan(tender.amount_fen))
        yield Pair(_("You paid"), format_yuan(settlement.self_pay_fen), bold=True)
        yield from self._in_words(settlement.self_pay_fen)
        hold = settlement.hold
        if hold is not None:
            yield Rule()
            yield Pair(
                f"{_('Frozen on')} {short_card(hold.masked_card)}", format_yuan(hold.amount_fen)
            )
            yield Pair(_("Taken from it"), format_yuan(hold.taken_fen))
            yield Pair(_("Released to the card"), format_yuan(hold.released_fen))
            yield Pair(_("Still frozen"), format_yuan(hold.remaining_fen))
        if settlement.slip is not None:
            yield QrCode(settlement.slip.qr_text)
            yield TextLine(settlement.slip.slip_id, Align.CENTRE)

    def referred(self, content: ReferralSlip) -> Iterator[DocumentLine]:
        _ = self._
        yield self._patient(content.patient.display_name)
        yield TextLine(_(wording(content.reason).happened), bold=True)
        yield TextLine(_("Nothing was charged"))
        for bill in content.bills:
            yield Pair(self.of(bill.department), format_yuan(bill.total_fen))
        yield TextLine(self.of(content.window), Align.CENTRE, bold=True, large=True)
        yield QrCode(content.slip.qr_text)
        yield TextLine(content.slip.slip_id, Align.CENTRE)

    def held(self, content: HoldSlip) -> Iterator[DocumentLine]:
        _, hold = self._, content.hold
        yield self._patient(content.patient.display_name)
        yield Pair(_("Bank card"), short_card(hold.masked_card))
        yield Pair(_("Frozen, not charged"), format_yuan(hold.amount_fen), bold=True)
        yield from self._in_words(hold.amount_fen)
        yield Pair(_("Falls free by itself on"), date_words(hold.expires_on, _.language))
        usable = {
            Completer.ACQUIRER: _("Can be used at every machine and window"),
            Completer.THIS_POS: _("Can be used at this machine only"),
        }
        yield TextLine(usable[hold.completer])

    def refunded(self, content: RefundSlip) -> Iterator[DocumentLine]:
        _, refund = self._, content.refund
        yield Pair(_("Refunded"), format_yuan(refund.total_fen), bold=True)
        for part in refund.parts:
            name = _(ROUTES.get(part.route, part.route))
            yield Pair(f"{name} {short_card(part.label)}".rstrip(), format_yuan(part.amount_fen))
        if refund.slip is not None:
            yield QrCode(refund.slip.qr_text)
            yield TextLine(refund.slip.slip_id, Align.CENTRE)

    def doubtful(self, content: DoubtSlip, code: str) -> Iterator[DocumentLine]:
        _ = self._
        words = wording(_UNSURE.get(content.operation_kind, "being_checked"))
        yield TextLine(_(words.happened), bold=True)
        yield TextLine(_(words.advice))
        if content.amount_fen:
            yield Pair(_("Amount in question"), format_yuan(content.amount_fen))
        yield TextLine(_("Case number"))
        yield TextLine(content.operation_id)
        yield QrCode(code)

    def written(self, content: WrittenSlip) -> Iterator[DocumentLine]:
        if content.is_copy:
            yield TextLine(self._("Copy: this slip was printed before"), Align.CENTRE, bold=True)
        if content.display_name:
            yield self._patient(content.display_name)
        for label, value in content.pairs:
            yield Pair(self._said(label), self._said(value))
        if content.big:
            yield TextLine(self._said(content.big), Align.CENTRE, bold=True, large=True)
        for line in content.lines:
            yield TextLine(self._said(line))
        if content.slip is not None:
            yield QrCode(content.slip.qr_text)
            yield TextLine(content.slip.slip_id, Align.CENTRE)

    def _said(self, phrase: Phrase) -> str:
        return spoken(phrase, self._)

    def _in_words(self, amount_fen: int) -> Iterator[DocumentLine]:
        """The banking capitals, which only a Chinese slip has."""
        if self._language == "zh":
            yield TextLine(yuan_in_words(amount_fen), Align.RIGHT)

    def _bill(self, bill: Bill) -> Iterator[DocumentLine]:
        yield Pair(self.of(bill.department), format_yuan(bill.total_fen), bold=True)
        for line in bill.lines:
            name = f" {line.quantity} × {self.of(line.name)}"
            yield Pair(name, format_yuan(line.amount_fen))
