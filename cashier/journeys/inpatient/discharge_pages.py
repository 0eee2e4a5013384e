"""Pages of a discharge: the final list in sums, and the sheet that the patient signs."""

from __future__ import annotations

from cashier.journeys.pad import PAD
from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Column, ForCustomer, Line, Table, WorkSheet
from core.billing import ComponentKind, InsuranceClass, Settlement
from core.inpatient import StayList
from core.page_parts import Row, Section, Strip, Tone
from core.papers import PageSection, PageTable, WrittenPages
from core.phrase import Day, Moment, Phrase, Yuan, said
from core.stay_papers import CLASSES
from core.wording import COMPONENTS, TENDERS


def final_sheet(at: AtWork, charged: StayList, insurer: str = "") -> WorkSheet:
    """The whole list in sums, checked with the patient before anything is settled (N09).
    `insurer`: who pays a part directly (L10)."""
    total_fen = sum(day.day_fen for day in charged.days)
    columns = (
        Column(said("Day"), 2),
        Column(said("Items"), right=True),
        Column(said("Amount"), 2, right=True),
    )
    lines = tuple(
        Line(day.day, (Day(day.day), str(day.items), Yuan(day.day_fen))) for day in charged.days
    )
    pays = Strip(Tone.SUCCESS, "shield-check", said("{name} pays its part", name=insurer))
    direct = Action("insurer", said("A commercial insurer pays a part"), key="Ctrl+B")
    return WorkSheet(
        title=said("Settle the stay"),
        patient=at.patient,
        strip=pays if insurer else None,
        big_label=said("Charged in all"),
        big_value=Yuan(total_fen),
        sections=(
            Section(
                said("By insurance class"),
                (
                    *_classes(charged),
                    Row("wallet", said("Deposit left"), Yuan(charged.deposit_fen)),
                ),
            ),
        ),
        table=Table(columns, lines),
        actions=(
            Action("settle", said("Checked: go on")),
            *(() if insurer else (direct,)),
        ),
        customer=ForCustomer(said("Please check your charges with us"), total_fen),
    )


def _classes(charged: StayList) -> tuple[Row, ...]:
    lines = charged.bill.lines if charged.bill else ()
    sums = {
        each: sum(line.amount_fen for line in lines if line.insurance_class is each)
        for each in InsuranceClass
    }
    return tuple(
        Row("receipt", words, Yuan(sums[each])) for each, words in CLASSES.items() if sums[each]
    )


def sign_sheet(at: AtWork, settlement: Settlement, strip: Strip | None = None) -> WorkSheet:
    """Paid already; the signature says that the sums are right."""
    rows = tuple(Row("receipt", label, amount) for label, amount in _sums(settlement))
    return WorkSheet(
        title=said("Sheet to be signed"),
        patient=at.patient,
        strip=strip,
        text=said("Print the sheet and have it signed. It is paid, signed or not."),
        big_label=said("Charged in all"),
        big_value=Yuan(settlement.total_fen),
        sections=(Section("", rows),),
        actions=(
            Action("signed", said("It is signed")),
            PAD,
            Action("print", said("Print the sheet"), key="Ctrl+P"),
        ),
    )


def sheet_lines(settlement: Settlement) -> tuple[Phrase, ...]:
    """What is signed on a screen: the same sums as on paper."""
    sums = ((said("Charged in all"), Yuan(settlement.total_fen)), *_sums(settlement))
    lines = (said("{label}: {amount}", label=label, amount=amount) for label, amount in sums)
    return (said("Settlement of a stay"), *lines)


def _sums(settlement: Settlement) -> tuple[tuple[Phrase, Yuan], ...]:
    """What insurance bears, then what each tender paid."""
    parts = (p for p in settlement.components if p.kind is not ComponentKind.SELF_PAY)
    return (
        *((said(COMPONENTS[part.kind]), Yuan(part.amount_fen)) for part in parts),
        *((said(TENDERS[one.kind]), Yuan(one.amount_fen)) for one in settlement.tenders),
    )


def sheet_paper(at: AtWork, settlement: Settlement) -> WrittenPages:
    """The sums of the settlement with a line to sign on (L06)."""
    who = said("Patient {name}", name=at.served.display_name)
    paid_at = said("Settled at {time}", time=Moment(settlement.settled_at))
    rows: tuple[tuple[Phrase, ...], ...] = (
        (said("Charged in all"), Yuan(settlement.total_fen)),
        *_sums(settlement),
    )
    table = PageTable((said("What"), said("Amount")), rows)
    line = said("Signature and date: ______________________")
    return WrittenPages(
        settlement.settlement_id,
        said("Settlement of a stay"),
        (PageSection("", (who, paid_at), (table,)), PageSection("", (line,))),
    )
