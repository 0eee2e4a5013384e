"""Pages of arrears: who owes since when, a finding with its evidence, and its withdrawal."""

from __future__ import annotations

from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Column, Field, FieldKind, Line, Table, Takes, WorkSheet
from core.page_parts import Row, Section, Tone
from core.phrase import Day, Moment, Phrase, Yuan, said
from core.window_later import Arrears, Finding

_LEAST, _MOST = 10, 2000
"""Characters of evidence."""


def list_sheet(at: AtWork, found: tuple[Arrears, ...]) -> WorkSheet:
    """The oldest first; names masked."""
    columns = (
        Column(said("Patient"), 2),
        Column(said("Visit of"), 2),
        Column(said("Owed"), 2, right=True),
        Column(said("Due"), 2),
        Column(said("State"), 3),
        Column(said("Malicious"), 2),
    )
    none = "" if "supervisor" in at.operator.roles else said("Not among your roles")
    return WorkSheet(
        title=said("Arrears of pay later"),
        big_label=said("Owed in all"),
        big_value=Yuan(sum(one.open_fen for one in found)),
        table=Table(
            columns, tuple(_line(one) for one in found), nothing=said("Nobody is in arrears")
        ),
        actions=(
            Action("serve", said("Serve this patient"), takes=Takes.ROW),
            Action("flag", said("Malicious arrears"), key="Ctrl+E", takes=Takes.ROW, off=none),
            Action("findings", said("Findings about them"), key="Ctrl+G", takes=Takes.ROW),
        ),
    )


def _line(one: Arrears) -> Line:
    stopped = one.suspension is not None
    state = said("Pay-later is stopped") if stopped else said("Overdue")
    cells: tuple[Phrase, ...] = (
        one.display_name,
        Day(one.day),
        Yuan(one.open_fen),
        Moment(one.due_at),
        state,
        said("found") if one.flag_id else "",
    )
    return Line(one.registration_id, cells, Tone.DANGER if stopped else Tone.WARNING)


def flag_sheet(at: AtWork, one: Arrears, evidence: str = "", trouble: str = "") -> WorkSheet:
    """Evidence in words and a second supervisor; the city is told (N16)."""
    return WorkSheet(
        title=said("Malicious arrears"),
        trouble=trouble,
        big_label=said("Owed"),
        big_value=Yuan(one.open_fen),
        text=said(
            "It is told to the city's credit record. Two supervisors must find it, and say why."
        ),
        sections=(
            Section(
                "",
                (
                    Row("user", said("Patient"), one.display_name),
                    Row("calendar-check", said("Visit of"), Day(one.day)),
                    Row("clock", said("Due"), Moment(one.due_at)),
                ),
            ),
        ),
        fields=(
            Field(
                "evidence",
                said("Evidence, at least {count} characters", count=_LEAST),
                value=evidence,
                least=_LEAST,
                most=_MOST,
            ),
            Field("second_operator", said("Number of the second supervisor"), FieldKind.DIGITS),
            Field("second_password", said("Password of the second person"), FieldKind.HIDDEN),
        ),
        actions=(Action("flag", said("Record as malicious"), twice=True),),
    )


def findings_sheet(at: AtWork, found: tuple[Finding, ...]) -> WorkSheet:
    """Each with its evidence and its two people; a standing one can be withdrawn."""
    columns = (
        Column(said("Found at"), 2),
        Column(said("Evidence"), 5),
        Column(said("Found by"), 2),
        Column(said("State"), 3),
    )
    may = "supervisor" in at.operator.roles
    return WorkSheet(
        title=said("Findings about them"),
        patient=at.patient,
        table=Table(
            columns, tuple(_finding(one) for one in found), nothing=said("Nothing was found")
        ),
        fields=(Field("reason", said("Why it no longer stands"), most=200),) if found else (),
        actions=(
            Action(
                "withdraw",
                said("Withdraw"),
                takes=Takes.ROW,
                twice=True,
                off="" if may else said("Not among your roles"),
            ),
        ),
    )


def _finding(one: Finding) -> Line:
    stands = one.state == "FLAGGED"
    state: Phrase = said("stands")
    if not stands:
        state = said("withdrawn: {reason}", reason=one.withdrawn_because)
    people = said("{first} and {second}", first=one.flagged_by, second=one.second)
    cells = (Moment(one.flagged_at), one.evidence, people, state)
    tone = Tone.DANGER if stands else Tone.PLAIN
    return Line(one.flag_id, cells, tone, "" if stands else said("withdrawn"))
