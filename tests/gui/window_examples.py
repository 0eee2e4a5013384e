"""Pages of the window's works, as a cashier meets them: `work_all` has every part a page can have.

Each subject lists its own in `window_examples_<subject>.py`.
"""

from __future__ import annotations

from typing import Any

import window_examples_day
import window_examples_later
import window_examples_refunds
import window_examples_settle

from cashier.steps.sheet import (
    Action,
    Column,
    Field,
    FieldKind,
    FieldOption,
    ForCustomer,
    Line,
    Table,
    Takes,
    WorkSheet,
)
from core.flow import Ask
from core.identity import Patient
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Yuan, said


def everything(patient: Patient | None, *, lines: int = 6) -> WorkSheet:
    """A table with ticks, facts, each kind of field, three actions."""
    return WorkSheet(
        title=said("All work"),
        patient=patient,
        chip=said("Reviewed"),
        chip_tone=Tone.WARNING,
        strip=Strip(Tone.WARNING, "alert-triangle", said("Nothing was charged")),
        big_label=said("Due now"),
        big_value=Yuan(18524),
        sections=(
            Section(
                said("Money"),
                (
                    Row("wallet", said("Prepaid balance"), Yuan(8000), Day("2026-11-20")),
                    Row("clock", said("Still frozen"), Yuan(1), tone=Tone.WARNING),
                ),
            ),
        ),
        table=Table(
            (
                Column(said("No.")),
                Column(said("Item"), 4),
                Column(said("Amount"), 2, right=True),
            ),
            tuple(
                Line(
                    f"row{number}",
                    (str(number), f"阿托伐他汀钙片 20mg×7 第 {number} 盒", Yuan(number * 4210)),
                    Tone.DANGER if number == 2 else Tone.PLAIN,
                    said("Done already") if number == 3 else "",
                )
                for number in range(1, lines + 1)
            ),
            marks=True,
        ),
        fields=(
            Field("reason", said("Reason")),
            Field("amount", said("Amount"), FieldKind.AMOUNT),
            Field(
                "kind",
                said("Kind"),
                FieldKind.CHOICE,
                options=(FieldOption("a", said("Cash")), FieldOption("b", said("Bank card"))),
            ),
            Field("second_password", said("Password"), FieldKind.HIDDEN, needed=False),
            Field("seen", said("The patient agrees"), FieldKind.TICK, needed=False),
        ),
        actions=(
            Action(
                "confirm", said("Approve"), takes=Takes.MARKED, twice=True, amount_fen=123_456_789
            ),
            Action("print", said("Print"), "Ctrl+P", fills=False),
            Action("stop", said("Refuse"), off=said("Not among your roles"), fills=False),
        ),
        customer=ForCustomer(said("Your refund is being prepared"), 18524),
    )


def sheets(patient: Patient) -> dict[str, Ask[Any]]:
    """By name; those that belong to somebody belong to this patient."""
    return {
        "work_all": everything(patient),
        "work_nobody": everything(None, lines=40),
        **window_examples_day.EXAMPLES,
        **window_examples_later.EXAMPLES,
        **window_examples_refunds.EXAMPLES,
        **window_examples_settle.EXAMPLES,
        "work_empty": WorkSheet(
            title=said("All work"),
            table=Table((Column(said("Work")),), (), nothing=said("Nobody is waiting")),
            trouble="not_found",
            actions=(Action("done", said("Done")),),
        ),
    }
