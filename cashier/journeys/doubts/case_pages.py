"""Pages of cases: the open ones of all terminals, one with its evidence, and how it ends.

What a reader would get wrong: to resolve a case says what became of money that somebody moved
elsewhere; to decide lets money move here. Both may need a second person.
"""

from __future__ import annotations

from collections.abc import Mapping

from cashier.journeys.doubts.evidence import evidence_words
from cashier.journeys.history import step_rows
from cashier.journeys.work import AtWork
from cashier.steps.sheet import (
    Action,
    Column,
    Field,
    FieldKind,
    FieldOption,
    Line,
    Table,
    Takes,
    WorkSheet,
)
from core.cases import Case
from core.history import StepTaken
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Moment, Phrase, Said, Yuan, said

Kept = Mapping[str, str]
"""What was typed before a refusal, by field."""

_KINDS: dict[str, Said] = {
    "settle": said("Payment"),
    "refund": said("Refund"),
    "hold": said("Pre-authorisation"),
    "release": said("End of a pre-authorisation"),
    "reauthorise": said("Larger pre-authorisation"),
    "top_up": said("Money added to a balance"),
    "clean_out": said("Refund of a balance"),
    "transfer": said("Bank transfer"),
    "goods": said("Article of a machine"),
    "invoice": said("Invoice"),
    "card_issue": said("Issue of a card"),
    "credit": said("Credit record"),
    "reconciliation": said("Difference with a platform"),
    "daily_file": said("Daily file of a platform"),
    "terminal_total": said("Sum of a terminal"),
    "CARD_NUMBER": said("Number of a card"),
}
_STEPS: dict[str, Said] = {
    "OPENED": said("Case opened"),
    "EVIDENCE": said("Evidence added"),
    "GIVEN": said("Taken over"),
    "DECIDED": said("Decided"),
    "RESOLVED": said("Resolved"),
}
_OUTCOMES: dict[str, Said] = {
    "RETURNED": said("The money went back"),
    "BOOKED": said("The money was booked"),
    "NOTHING_MOVED": said("No money had moved"),
    "OTHER": said("Otherwise, see the reason"),
}
_ENDS: dict[str, Said] = {
    **_OUTCOMES,
    "ASKED_AGAIN": said("Asked again"),
    "CORRECTED": said("Corrected by reconciliation"),
    "AGREES": said("Agrees by now"),
}
DECISIONS: dict[str, Said] = {
    "ASK_AGAIN": said("Ask the platform again"),
    "TAKEN": said("The money was taken: book it"),
    "NOT_TAKEN": said("The money was not taken: undo it"),
    "DONE": said("The money went back: book it"),
}
_OWNERS = {
    "cashier-office": said("The cashiers' office"),
    "finance": said("The finance desk"),
}
_MOST_TEXT = 200


def kind_words(case: Case) -> Phrase:
    """What is doubted."""
    return _KINDS.get(case.operation_kind, case.operation_kind)


def owner_words(owner: str) -> Phrase:
    """A desk in words, a person by the number."""
    return _OWNERS.get(owner, owner)


def list_sheet(at: AtWork, cases: tuple[Case, ...], *, closed: bool) -> WorkSheet:
    """Overdue ones first, then what is due first."""
    order = sorted(cases, key=lambda one: (not one.overdue, one.due_at))
    columns = (
        Column(said("What"), 2),
        Column(said("Amount"), right=True),
        Column(said("Case number"), 3),
        Column(said("Owner"), 2),
        Column(said("Answer due"), 2),
        Column(said("Evidence"), 4),
    )
    lines = tuple(_line(one) for one in order)
    late = sum(one.overdue for one in cases)
    return WorkSheet(
        title=said("Doubts and open cases"),
        patient=at.patient,
        chip=said("{count} overdue", count=late) if late else "",
        chip_tone=Tone.DANGER if late else Tone.PLAIN,
        table=Table(columns, lines, nothing=said("No case is here.")),
        actions=(
            Action("open", said("Open it"), takes=Takes.ROW),
            Action("open_ones", said("Show the open ones"))
            if closed
            else Action("closed_ones", said("Show the resolved ones")),
        ),
    )


def _line(case: Case) -> Line:
    cells = (
        kind_words(case),
        Yuan(case.amount_fen),
        case.case_id,
        owner_words(case.owner),
        Moment(case.due_at),
        evidence_words(case.evidence[-1]) if case.evidence else "",
    )
    if case.state != "OPEN":
        return Line(case.case_id, cells)
    return Line(case.case_id, cells, Tone.DANGER if case.overdue else Tone.WARNING)


def case_sheet(at: AtWork, case: Case, trouble: str = "") -> WorkSheet:
    """Evidence, owner and deadline before anything can be pressed."""
    still = case.state == "OPEN"
    return WorkSheet(
        title=said("Case {number}", number=case.case_id),
        patient=at.patient,
        chip=said("Not ended yet") if still else said("Resolved"),
        chip_tone=Tone.WARNING if still else Tone.SUCCESS,
        trouble=trouble,
        strip=_overdue(case),
        big_label=kind_words(case),
        big_value=Yuan(case.amount_fen),
        sections=(
            Section("", _facts(case)),
            Section(
                said("Evidence"),
                tuple(Row("file-text", evidence_words(one), "") for one in case.evidence),
            ),
            Section(said("Steps"), step_rows(case.history, _STEPS, _along)),
        ),
        actions=_actions(at, case),
    )


def _along(step: StepTaken) -> Phrase:
    """What was said along with a step; the backend puts its codes before the reason."""
    codes, _, reason = step.text.partition(": ")
    match step.step:
        case "RESOLVED":
            return said("{what}: {why}", what=_ENDS.get(codes, codes), why=evidence_words(reason))
        case "GIVEN":
            first, _, then = codes.partition(" -> ")
            whose = said("{first} → {then}", first=owner_words(first), then=owner_words(then))
            return said("{what}: {why}", what=whose, why=evidence_words(reason))
        case "DECIDED":
            decision, _, proof = step.text.partition(" ")
            decided = DECISIONS.get(decision, decision)
            return said("{what} ({proof})", what=decided, proof=proof) if proof else decided
        case _:
            return evidence_words(step.text)


def _overdue(case: Case) -> Strip | None:
    if not case.overdue:
        return None
    return Strip(Tone.DANGER, "clock", said("The answer is overdue."))


def _facts(case: Case) -> tuple[Row, ...]:
    tone = Tone.DANGER if case.overdue else Tone.PLAIN
    rows = [
        Row("user-check", said("Owner"), owner_words(case.owner)),
        Row("clock", said("Answer due"), Moment(case.due_at), tone=tone),
        Row("list-search", said("Number of the operation"), case.operation_id),
    ]
    if case.outcome:
        who = said("{first} and {second}", first=case.resolved_by, second=case.second_by)
        by: Phrase = who if case.second_by else case.resolved_by
        outcome = _ENDS.get(case.outcome, case.outcome)
        rows.append(Row("circle-check", said("Outcome"), outcome, note=by))
    return tuple(rows)


def _actions(at: AtWork, case: Case) -> tuple[Action, ...]:
    if case.state != "OPEN":
        return (Action("done", said("Done")),)
    mine = case.owner == at.operator.operator
    take = Action("take", said("Take it over"), key="Ctrl+T")
    evidence = Action("evidence", said("Add evidence"), key="Ctrl+E")
    decide = Action("decide", said("Decide by evidence"))
    resolve = Action("resolve", said("Resolve"), key="Ctrl+R")
    doubted = (decide,) if case.operation_kind in ("settle", "refund") else ()
    return (evidence, *doubted, resolve) if mine else (take, evidence, *doubted, resolve)


def evidence_sheet(at: AtWork, case: Case, trouble: str = "") -> WorkSheet:
    """One more thing that is known; it never goes away again."""
    return WorkSheet(
        title=said("Evidence for {number}", number=case.case_id),
        patient=at.patient,
        trouble=trouble,
        sections=(Section("", _facts(case)),),
        fields=(Field("text", said("What is known now"), most=_MOST_TEXT),),
        actions=(Action("add", said("Add")),),
    )


def _second(kept: Kept) -> tuple[Field, ...]:
    number = kept.get("second_operator", "")
    words = said("Number of a second person, where one is needed")
    return (
        Field("second_operator", words, FieldKind.DIGITS, number, needed=False, most=20),
        Field(
            "second_password", said("Password of the second person"), FieldKind.HIDDEN, needed=False
        ),
    )


def resolve_sheet(at: AtWork, case: Case, kept: Kept, trouble: str = "") -> WorkSheet:
    """What became of the money, by a named person."""
    outcomes = tuple(FieldOption(key, words) for key, words in _OUTCOMES.items())
    return WorkSheet(
        title=said("Resolve {number}", number=case.case_id),
        patient=at.patient,
        trouble=trouble,
        big_label=kind_words(case),
        big_value=Yuan(case.amount_fen),
        text=said("This moves no money. It says what became of it."),
        fields=(
            Field(
                "outcome",
                said("What became of the money"),
                FieldKind.CHOICE,
                kept.get("outcome", ""),
                outcomes,
            ),
            Field("reason", said("By which evidence"), value=kept.get("reason", ""), most=200),
            *_second(kept),
        ),
        actions=(Action("resolve", said("Resolve"), twice=True, amount_fen=case.amount_fen),),
    )


def decide_sheet(
    at: AtWork,
    case: Case,
    decisions: tuple[FieldOption, ...],
    about: tuple[FieldOption, ...],
    kept: Kept,
    trouble: str = "",
) -> WorkSheet:
    """The settlement or refund goes on by what is known now."""
    last = about[-1].key if about else ""
    named = Field(
        "about", said("What is doubted"), FieldKind.CHOICE, kept.get("about", last), about
    )
    return WorkSheet(
        title=said("Decide {number}", number=case.case_id),
        patient=at.patient,
        trouble=trouble,
        big_label=kind_words(case),
        big_value=Yuan(case.amount_fen),
        text=said("Money moves by this decision. The proof is kept with the case."),
        fields=(
            Field(
                "decision",
                said("Decision"),
                FieldKind.CHOICE,
                kept.get("decision", ""),
                decisions,
            ),
            *((named,) if about else ()),
            Field(
                "proof",
                said("Transaction number of the platform"),
                value=kept.get("proof", ""),
                needed=False,
                most=100,
            ),
            Field("reason", said("By which evidence"), value=kept.get("reason", ""), most=200),
            *_second(kept),
        ),
        actions=(Action("decide", said("Decide"), twice=True, amount_fen=case.amount_fen),),
    )
