"""Pages of a discharge: the final list in sums."""

from __future__ import annotations

from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Column, ForCustomer, Line, Table, WorkSheet
from core.billing import InsuranceClass
from core.inpatient import StayList
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Yuan, said
from core.stay_papers import CLASSES


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
