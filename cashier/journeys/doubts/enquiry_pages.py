"""Pages of enquiries, complaints and problem reports."""

from __future__ import annotations

from collections.abc import Mapping

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
from core.cases import Enquiry
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Moment, Phrase, Said, said

_KINDS: dict[str, Said] = {"ENQUIRY": said("Enquiry"), "COMPLAINT": said("Complaint")}
_STEPS: dict[str, Said] = {
    "TAKEN_DOWN": said("Taken down"),
    "HANDLED": said("Handled"),
    "ANSWERED": said("Answered"),
}
_SUBJECTS: dict[str, Said] = {
    "printer": said("Printer"),
    "scanner": said("Scanner"),
    "reader": said("Card or ID reader"),
    "pos": said("Card terminal"),
    "drawer": said("Cash drawer"),
    "screen": said("Screen or keyboard"),
    "network": said("Network"),
    "software": said("Software"),
    "other": said("Something else"),
}
_MOST_TEXT = 500


def _kind(enquiry: Enquiry) -> Phrase:
    return _KINDS.get(enquiry.kind, enquiry.kind)


def list_sheet(at: AtWork, enquiries: tuple[Enquiry, ...], *, answered: bool) -> WorkSheet:
    """Those that are due first."""
    columns = (
        Column(said("Kind"), 2),
        Column(said("Name"), 2),
        Column(said("Content"), 5),
        Column(said("Since"), 2),
        Column(said("Answer due"), 2),
        Column(said("Taken by"), 2),
    )
    late = sum(one.overdue for one in enquiries)
    return WorkSheet(
        title=said("Enquiries and complaints"),
        patient=at.patient,
        chip=said("{count} overdue", count=late) if late else "",
        chip_tone=Tone.DANGER if late else Tone.PLAIN,
        table=Table(
            columns, tuple(_line(one) for one in enquiries), nothing=said("Nothing is here.")
        ),
        actions=(
            *((Action("open", said("Open it"), takes=Takes.ROW),) if enquiries else ()),
            Action("new", said("Take down a new one"), key="Ctrl+E"),
            Action("open_ones", said("Show the open ones"))
            if answered
            else Action("answered_ones", said("Show the answered ones")),
        ),
    )


def _line(enquiry: Enquiry) -> Line:
    cells = (
        _kind(enquiry),
        enquiry.name,
        enquiry.content,
        Moment(enquiry.at),
        Moment(enquiry.due_at),
        enquiry.taken_by,
    )
    return Line(enquiry.enquiry_id, cells, Tone.DANGER if enquiry.overdue else Tone.PLAIN)


def new_sheet(at: AtWork, kept: Mapping[str, str], trouble: str = "") -> WorkSheet:
    """Who, how to reach them, and what it is about."""
    name = at.patient.display_name if at.patient else ""
    kinds = tuple(FieldOption(key, words) for key, words in _KINDS.items())
    return WorkSheet(
        title=said("Take down an enquiry or complaint"),
        patient=at.patient,
        trouble=trouble,
        text=said("What nobody can answer on the spot is followed up and answered."),
        fields=(
            Field("kind", said("Kind"), FieldKind.CHOICE, kept.get("kind", "ENQUIRY"), kinds),
            Field("name", said("Name"), value=kept.get("name", name), most=40),
            Field(
                "contact",
                said("Phone or other contact"),
                value=kept.get("contact", ""),
                most=80,
            ),
            Field("content", said("Content"), value=kept.get("content", ""), most=_MOST_TEXT),
        ),
        actions=(Action("take", said("Take down")),),
    )


def enquiry_sheet(at: AtWork, enquiry: Enquiry, trouble: str = "") -> WorkSheet:
    """The whole of it with its steps."""
    still = enquiry.state == "OPEN"
    late = Strip(Tone.DANGER, "clock", said("The answer is overdue."))
    return WorkSheet(
        title=said("{kind} {number}", kind=_kind(enquiry), number=enquiry.enquiry_id),
        patient=at.patient,
        chip=said("Not ended yet") if still else said("Answered"),
        chip_tone=Tone.WARNING if still else Tone.SUCCESS,
        trouble=trouble,
        strip=late if enquiry.overdue else None,
        text=enquiry.content,
        sections=(
            Section("", _facts(enquiry)),
            Section(said("Steps"), step_rows(enquiry.history, _STEPS)),
        ),
        actions=(
            Action("answer", said("Answer")),
            Action("step", said("Note a step"), key="Ctrl+E"),
        )
        if still
        else (Action("done", said("Done")),),
    )


def _facts(enquiry: Enquiry) -> tuple[Row, ...]:
    rows = [
        Row("user", said("Name"), enquiry.name),
        Row("phone", said("Contact"), enquiry.contact),
        Row("clock", said("Answer due"), Moment(enquiry.due_at)),
    ]
    if enquiry.answer:
        rows.append(Row("message-2", said("Answer"), enquiry.answer, enquiry.answered_by))
    return tuple(rows)


def step_sheet(at: AtWork, enquiry: Enquiry) -> WorkSheet:
    """What was done about it."""
    return WorkSheet(
        title=said("Note a step"),
        patient=at.patient,
        text=enquiry.content,
        sections=(Section("", _facts(enquiry)),),
        fields=(Field("text", said("What was done"), most=_MOST_TEXT),),
        actions=(Action("note", said("Note")),),
    )


def answer_sheet(at: AtWork, enquiry: Enquiry) -> WorkSheet:
    """The answer that was given; it ends it."""
    return WorkSheet(
        title=said("Answer"),
        patient=at.patient,
        text=enquiry.content,
        sections=(Section("", _facts(enquiry)),),
        fields=(Field("answer", said("What was answered"), most=_MOST_TEXT),),
        actions=(Action("answer", said("It is answered"), twice=True),),
    )


def problem_sheet(at: AtWork, kept: Mapping[str, str], trouble: str = "") -> WorkSheet:
    """Something of a machine or of the software is wrong (S52)."""
    return WorkSheet(
        title=said("Report a problem of the terminal"),
        trouble=trouble,
        text=said("A technician gets it with the state of this window."),
        fields=(
            Field(
                "subject",
                said("What is it about"),
                FieldKind.CHOICE,
                kept.get("subject", ""),
                tuple(FieldOption(key, words) for key, words in _SUBJECTS.items()),
            ),
            Field("text", said("What happened"), value=kept.get("text", ""), most=_MOST_TEXT),
        ),
        actions=(Action("report", said("Report")),),
    )
