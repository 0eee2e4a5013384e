"""What a day's figures are counted from: one grouped query for each table of the other packages.

Reads only. Every query is a range of one stamp column, which sorts as text. What a reader would
get wrong: an event counts on the day it ended, so a day that is over does not change any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, distinct, func, literal, or_, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from settlement_backend.acquirers.tables import Agreement
from settlement_backend.base.tables import Step
from settlement_backend.bills.tables import Bill
from settlement_backend.deferral.tables import DeferralAgreement
from settlement_backend.documents.tables import InvoiceSheet, SlipPrint
from settlement_backend.holds.tables import Hold
from settlement_backend.inpatient.tables import Admission
from settlement_backend.notices.tables import Notice
from settlement_backend.people.tables import Person
from settlement_backend.refunds.tables import Refund
from settlement_backend.settling.tables import Settlement, Tender
from settlement_backend.statistics.figures import Figure, Measure
from settlement_backend.statistics.tables import MediumUse
from settlement_backend.terminals.tables import Terminal
from settlement_backend.visits.tables import Registration, Ticket

Counted = Select[str, str, int, int]
Column = ColumnElement[str] | InstrumentedAttribute[str]
_NOWHERE = literal("")
_BY_POSITION = (text("1"), text("2"))  # PostgreSQL takes no parameter in GROUP BY
_HOUR_PLACE, _HOUR_LENGTH = 12, 2
_AT_A_TIME = 2_000


@dataclass(frozen=True, slots=True)
class Day:
    """From its first moment to before the next day's, as stamps begin."""

    since: str
    until: str

    def holds(self, at: InstrumentedAttribute[str]) -> ColumnElement[bool]:
        """Whether a stamp lies in it."""
        return (at >= self.since) & (at < self.until)


def figures_of(session: Session, day: Day) -> Iterator[Figure]:
    """Everything that is counted of one day."""
    for measure, wanted in (*_settled(day), *_done(day), *_told(day)):
        for name, channel, count, amount_fen in session.execute(wanted):
            yield Figure(measure, name, channel or "", count, int(amount_fen))
    yield from _times(session, day)


def _counted(
    name: Column, channel: Column, count: ColumnElement[int], amount: ColumnElement[int]
) -> Counted:
    return select(name, channel, count, amount).group_by(*_BY_POSITION)


def _simple(name: Column, channel: Column = _NOWHERE) -> Counted:
    """Rows, without money."""
    return _counted(name, channel, func.count(), literal(0))


def _settled(day: Day) -> Iterator[tuple[Measure, Counted]]:
    """Settlements by kind, who paid how, in which department."""
    in_day = (Settlement.state == "COMPLETED", day.holds(Settlement.settled_at))
    amount_fen = func.sum(Settlement.total_fen)

    def settlements(name: Column, count: ColumnElement[int]) -> Counted:
        wanted = _counted(name, Terminal.kind, count, amount_fen).select_from(Settlement)
        return wanted.join(Terminal, Terminal.id == Settlement.terminal_id).where(*in_day)

    yield Measure.FUNCTION, settlements(literal("SETTLE_") + Settlement.kind, func.count())
    insured = settlements(literal("INSURED"), func.count())
    yield Measure.FUNCTION, insured.where(Settlement.setl_id != "")
    emergency = settlements(literal("EMERGENCY"), func.count(distinct(Settlement.id)))
    yield (
        Measure.FUNCTION,
        emergency.join(Bill, Bill.settlement_id == Settlement.id)
        .join(Registration, Registration.id == Bill.registration_id)
        .where(Registration.scene.startswith("EMERGENCY")),
    )
    by_bill = _counted(_department(), Terminal.kind, func.count(), func.sum(Bill.total_fen))
    yield (
        Measure.DEPARTMENT,
        by_bill.select_from(Settlement)
        .join(Terminal, Terminal.id == Settlement.terminal_id)
        .join(Bill, Bill.settlement_id == Settlement.id)
        .where(*in_day),
    )
    yield Measure.TENDER, _tenders(_way(), day)
    family = (Tender.payer_id != "") & (Tender.payer_id != Settlement.person_id)
    paid_for = _tenders(literal("FAMILY_PAY"), day)
    named = (Tender.kind == "FAMILY_CREDIT_LINE") | (Settlement.relation_id != "")
    yield Measure.FUNCTION, paid_for.where(or_(family, named))


def _tenders(name: Column, day: Day) -> Counted:
    wanted = _counted(name, Terminal.kind, func.count(), func.sum(Tender.amount_fen))
    return (
        wanted.select_from(Settlement)
        .join(Tender, Tender.settlement_id == Settlement.id)
        .join(Terminal, Terminal.id == Settlement.terminal_id)
        .where(
            Settlement.state == "COMPLETED",
            day.holds(Settlement.settled_at),
            Tender.state == "TAKEN",
        )
    )


def _way() -> ColumnElement[str]:
    """A kind, with its wallet where it has one."""
    return case(
        (Tender.channel == "", Tender.kind), else_=Tender.kind + literal(":") + Tender.channel
    )


def _department() -> ColumnElement[str]:
    return case((Bill.department_code == "", Bill.department_zh), else_=Bill.department_code)


def _done(day: Day) -> Iterator[tuple[Measure, Counted]]:
    """Everything else that people did."""
    function = Measure.FUNCTION
    for name, at in (
        ("FIRST_VISIT", Person.consent_at),
        ("BOOK", Registration.booked_at),
        ("REGISTER", Registration.confirmed_at),
        ("CHECK_IN", Ticket.checked_in_at),
        ("DISCHARGE", Admission.settled_at),
        ("HOLD", Hold.created_at),
    ):
        yield function, _simple(literal(name)).where(day.holds(at))
    for name, at, where_id in (
        ("ADMIT", Admission.admitted_at, Admission.admitted_by),
        ("PRINT_INVOICE", InvoiceSheet.printed_at, InvoiceSheet.terminal_id),
        ("PRINT_SLIP", SlipPrint.at, SlipPrint.terminal_id),
    ):
        placed = _simple(literal(name), Terminal.kind).select_from(at.class_)
        yield function, placed.outerjoin(Terminal, Terminal.id == where_id).where(day.holds(at))
    refunded = _simple(literal("REFUND_") + Settlement.kind, Refund.channel).select_from(Step)
    yield (
        function,
        refunded.join(Refund, Refund.id == Step.of)
        .join(Settlement, Settlement.id == Refund.settlement_id)
        .where(Step.step == "PAID", day.holds(Step.at)),
    )


def _told(day: Day) -> Iterator[tuple[Measure, Counted]]:
    """Media shown, messages sent, agreements signed (N25)."""
    media = _simple(MediumUse.kind, MediumUse.channel)
    yield Measure.MEDIUM, media.where(day.holds(MediumUse.at))
    sent = _simple(Notice.kind).where(Notice.state == "SENT")
    yield Measure.NOTICE, sent.where(day.holds(Notice.sent_at))
    yield Measure.SIGNING, _simple(Agreement.kind).where(day.holds(Agreement.signed_at))
    deferral = _simple(literal("DEFERRAL"), DeferralAgreement.channel)
    yield Measure.SIGNING, deferral.where(day.holds(DeferralAgreement.signed_at))


def _times(session: Session, day: Day) -> Iterator[Figure]:
    """Load of each hour (L17), and from the first question to the last coin by channel."""
    wanted = (
        select(Terminal.kind, Settlement.created_at, Settlement.settled_at)
        .join(Terminal, Terminal.id == Settlement.terminal_id)
        .where(Settlement.state == "COMPLETED", day.holds(Settlement.settled_at))
    )
    for channel, begun, ended in session.execute(wanted).yield_per(_AT_A_TIME):
        took = datetime.fromisoformat(ended) - datetime.fromisoformat(begun)
        yield Figure(Measure.SERVICE_TIME, "SETTLE", channel, 1, seconds=int(took.total_seconds()))
    for at in (Settlement.settled_at, Registration.confirmed_at, Ticket.checked_in_at):
        hour = func.substr(at, _HOUR_PLACE, _HOUR_LENGTH)
        wanted_hours = _simple(hour).where(day.holds(at))
        for name, _channel, count, _fen in session.execute(wanted_hours):
            yield Figure(Measure.HOUR, name, "", count)
