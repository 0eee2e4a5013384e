"""Pages of balances that were asked back: the queue, a word for several, one with its steps."""

from __future__ import annotations

from cashier.journeys.history import step_rows
from cashier.journeys.prefund.clear_pages import account_fields, state_words, ways_table
from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Column, Field, FieldKind, Line, Table, Takes, WorkSheet
from core.page_parts import Row, Section, Tone
from core.phrase import Moment, Said, Yuan, said
from core.window_prepay import CleanOutFile

_STEPS: dict[str, Said] = {
    "ACCEPTED": said("Received"),
    "REVIEWED": said("Reviewed"),
    "CONFIRMED": said("Carried out"),
    "PAID": said("Paid back"),
    "REJECTED": said("Refused"),
}
_TONES = {"ACCEPTED": Tone.WARNING, "REVIEWED": Tone.WARNING, "PAID": Tone.SUCCESS}


def queue_sheet(at: AtWork, files: tuple[CleanOutFile, ...], trouble: str = "") -> WorkSheet:
    """Several are ticked and judged by one word (W29)."""
    columns = (
        Column(said("State"), 3),
        Column(said("Request"), 2),
        Column(said("Patient"), 2),
        Column(said("Amount"), 2, right=True),
        Column(said("Since"), 2),
    )
    lines = tuple(
        Line(
            one.clean_out_id,
            (
                state_words(one.state),
                one.number,
                one.display_name,
                Yuan(one.amount_fen),
                Moment(one.asked_at),
            ),
            _TONES.get(one.state, Tone.PLAIN),
        )
        for one in files
    )
    return WorkSheet(
        title=said("Balances asked back"),
        trouble=trouble,
        chip=said("{count} under way", count=len(files)),
        big_label=said("In all"),
        big_value=Yuan(sum(one.amount_fen for one in files)),
        table=Table(columns, lines, marks=True, nothing=said("No balance was asked back")),
        actions=(
            Action("review", said("Review the ticked"), takes=Takes.MARKED),
            Action("open", said("Open it"), key="Ctrl+O", takes=Takes.ROW),
        ),
    )


def review_sheet(at: AtWork, files: tuple[CleanOutFile, ...], trouble: str = "") -> WorkSheet:
    """Every one of them with its sum, and the reviewer's own password."""
    total_fen = sum(one.amount_fen for one in files)
    rows = tuple(Row("user", one.display_name, Yuan(one.amount_fen), one.number) for one in files)
    return WorkSheet(
        title=said("Review balances"),
        trouble=trouble,
        big_label=said("In all"),
        big_value=Yuan(total_fen),
        sections=(Section("", rows),),
        fields=(
            Field("operator", said("Number of the reviewer"), FieldKind.DIGITS, most=20),
            Field("password", said("Password of the reviewer"), FieldKind.HIDDEN),
            Field("reason", said("Why it is refused"), needed=False, most=200),
        ),
        actions=(
            Action("approve", said("Approve"), twice=True, amount_fen=total_fen),
            Action("refuse", said("Refuse with a reason"), key="Ctrl+E", twice=True),
        ),
    )


def file_sheet(at: AtWork, file: CleanOutFile, trouble: str = "") -> WorkSheet:
    """How each part goes back, its steps, and what can be done in its state."""
    again = "PAYEE" in file.needs
    return WorkSheet(
        title=said("Balance asked back {number}", number=file.number),
        patient=at.patient,
        chip=state_words(file.state),
        chip_tone=_TONES.get(file.state, Tone.PLAIN),
        trouble=trouble,
        big_label=said("Goes back"),
        big_value=Yuan(file.amount_fen),
        sections=(
            Section("", (Row("user", said("Patient"), file.display_name), *_account(file))),
            Section(said("Steps"), step_rows(file.steps, _STEPS)),
        ),
        table=ways_table(file.ways),
        fields=account_fields(named=False) if again else (),
        actions=_actions(file, again=again),
    )


def _account(file: CleanOutFile) -> tuple[Row, ...]:
    if not file.payee_account:
        return ()
    return (Row("building-bank", file.payee_bank, file.payee_account),)


def _actions(file: CleanOutFile, *, again: bool) -> tuple[Action, ...]:
    if again:
        return (Action("payee", said("Take this account")),)
    match file.state:
        case "ACCEPTED":
            return (Action("review", said("Review")),)
        case "REVIEWED":
            words = said("Carry out")
            return (Action("execute", words, twice=True, amount_fen=file.amount_fen),)
        case "PAID" | "REJECTED":
            return (Action("done", said("Done")),)
    return (Action("again", said("Look again")),)
