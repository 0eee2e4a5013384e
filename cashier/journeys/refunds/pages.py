"""Pages of refunds: the queue, one with its plan, a refusal, an account.

What a reader would get wrong: the plan with its routes and reasons stands on the page before any
button can be pressed, and each button is there only in the state that it is for.
"""

from __future__ import annotations

from cashier.journeys.history import by_whom, not_yet, step_rows
from cashier.journeys.refunds.words import (
    STATES,
    STEPS,
    route_row,
    state_words,
    tone_of,
)
from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Column, Field, FieldKind, Line, Table, Takes, WorkSheet
from core.deferral import Decision
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Moment, Phrase, Yuan, said
from core.refund_files import RefundFile, RefundRoute
from core.refunds import STEPS as AUDITED

_REVIEWER = (
    Field("operator", said("Number of the reviewer"), FieldKind.DIGITS, most=20),
    Field("password", said("Password of the reviewer"), FieldKind.HIDDEN),
)
_ACCOUNT_DIGITS = (8, 30)


def queue_sheet(at: AtWork, files: tuple[RefundFile, ...]) -> WorkSheet:
    """What waits for a window stands first; then the newest."""
    columns = (
        Column(said("State"), 5),
        Column(said("Request"), 2),
        Column(said("Patient"), 2),
        Column(said("Amount"), right=True),
        Column(said("Since"), 2),
        Column(said("Asked by"), 3),
    )
    return WorkSheet(
        title=said("Refund requests"),
        patient=at.patient,
        chip=said("{count} under way", count=len(files)),
        table=Table(
            columns, tuple(_line(file) for file in files), nothing=said("No refund is waiting.")
        ),
        actions=(
            Action("open", said("Open it"), takes=Takes.ROW),
            Action("again", said("Look again")),
        ),
    )


def _line(file: RefundFile) -> Line:
    asked: Phrase = by_whom(file.steps[0]) if file.steps else ""
    cells = (
        state_words(file.state),
        file.number,
        file.display_name,
        Yuan(file.total_fen),
        Moment(file.asked_at),
        asked,
    )
    return Line(file.refund_id, cells, tone_of(file))


def file_sheet(at: AtWork, file: RefundFile, trouble: str = "") -> WorkSheet:
    """Its items, its plan and its steps; below, what can be done in its state."""
    judged = file.state == "ACCEPTED"
    return WorkSheet(
        title=said("Refund request {number}", number=file.number),
        patient=at.patient,
        chip=state_words(file.state),
        chip_tone=tone_of(file),
        trouble=trouble,
        strip=_warning(file),
        big_label=said("Goes back"),
        big_value=Yuan(file.total_fen),
        sections=(
            Section(said("How the money goes back"), tuple(route_row(p) for p in file.parts)),
            Section(said("Items"), (*_items(file), *_why(file))),
            Section(said("Steps"), _steps(file)),
        ),
        fields=_REVIEWER if judged else (),
        actions=_actions(file),
    )


def _items(file: RefundFile) -> tuple[Row, ...]:
    return tuple(
        Row("receipt", line.name, Yuan(line.amount_fen), _quantity(line.quantity, line.unit))
        for line in file.lines
    )


def _quantity(quantity: str, unit: Phrase) -> Phrase:
    return said("{quantity} {unit}", quantity=quantity, unit=unit)


def _why(file: RefundFile) -> tuple[Row, ...]:
    return (
        Row("message-2", said("Reason"), file.reason),
        Row("user", said("Patient"), file.display_name),
    )


def _steps(file: RefundFile) -> tuple[Row, ...]:
    """Those that were taken, with operator and time, then those that are still to come (W20)."""
    taken = {one.step for one in file.steps}
    if "REJECTED" in taken:
        return step_rows(file.steps, STEPS)
    coming = tuple(not_yet(STEPS[step]) for step in AUDITED if step not in taken)
    return (*step_rows(file.steps, STEPS), *coming)


def _warning(file: RefundFile) -> Strip | None:
    if file.warning is None:
        return None
    return Strip(Tone.WARNING, "alert-triangle", file.warning)


def _actions(file: RefundFile) -> tuple[Action, ...]:
    amount_fen = file.total_fen
    payee = Action("payee", said("Enter the account"), key="Ctrl+E")
    match file.state:
        case "ACCEPTED":
            return (
                Action("approve", said("Approve"), twice=True, amount_fen=amount_fen),
                Action("refuse", said("Refuse with a reason"), key="Ctrl+R", fills=False),
            )
        case "REVIEWED":
            execute = Action("execute", said("Carry out"), twice=True, amount_fen=amount_fen)
            return (execute, payee) if file.without_account else (execute,)
        case "NEED_REALNAME_RESUBMIT":
            return (payee,) if file.without_account else (Action("again", said("Look again")),)
        case "PAID" | "REJECTED":
            return (Action("done", said("Done")),)
    return (Action("again", said("Look again")),)


def refuse_sheet(at: AtWork, file: RefundFile, trouble: str = "") -> WorkSheet:
    """The reviewer says why not; the items can be asked for again."""
    return WorkSheet(
        title=said("Refuse request {number}", number=file.number),
        patient=at.patient,
        chip=STATES["ACCEPTED"],
        chip_tone=Tone.WARNING,
        trouble=trouble,
        big_label=said("Asked for"),
        big_value=Yuan(file.total_fen),
        text=said("Nothing is moved. The patient is told, and the items can be asked for again."),
        sections=(Section(said("Items"), (*_items(file), *_why(file))),),
        fields=(Field("reason", said("Why it is refused"), most=200), *_REVIEWER),
        actions=(Action("refuse", said("Refuse"), twice=True),),
    )


def payee_sheet(
    at: AtWork, file: RefundFile, part: RefundRoute, holder: Decision, trouble: str = ""
) -> WorkSheet:
    """Account and bank; a name only where papers show it: another payer, or a dead person's."""
    least, most = _ACCOUNT_DIGITS
    typed = bool(part.payer) or holder.rule_id == "W34"
    name = (Field("name", said("Name on the papers"), most=40),) if typed else ()
    known = typed or holder.allow
    unclear = holder.message_key == "real_name_needed" and not typed
    return WorkSheet(
        title=said("Account of the transfer"),
        patient=at.patient,
        trouble=trouble or ("" if known else holder.message_key),
        big_label=said("Goes there"),
        big_value=Yuan(part.amount_fen),
        text=said("The account must be in the holder's own real name."),
        sections=(Section("", (_holder(file, part, holder), route_row(part))),),
        fields=(
            *name,
            Field(
                "account_no",
                said("Number of the account"),
                FieldKind.DIGITS,
                least=least,
                most=most,
            ),
            Field("bank", said("Bank and branch"), most=80),
        )
        if known
        else (),
        actions=(
            Action("take", said("Take this account"), off="" if known else said("Not clear yet")),
            *((Action("contact", said("Tell the contact's real name")),) if unclear else ()),
        ),
    )


def _holder(file: RefundFile, part: RefundRoute, holder: Decision) -> Row:
    label = said("Holder of the account")
    if part.payer:
        return Row("user", label, part.payer, said("Who paid, not the patient"), Tone.WARNING)
    if holder.rule_id == "W34":
        return Row("users", label, said("Whoever the papers name"), said("The patient has died"))
    if "REGISTERED_CONTACT" in holder.needs:
        note = said("The patient is a minor")
        return Row("users", label, said("The registered contact"), note, Tone.WARNING)
    return Row("user", label, file.display_name)


def contact_sheet(at: AtWork, trouble: str = "") -> WorkSheet:
    """The real name and number of a minor's contact, told a second time (W32)."""
    return WorkSheet(
        title=said("The contact's real name"),
        patient=at.patient,
        trouble=trouble,
        text=said("As it stands on the ID card of the registered contact"),
        fields=(
            Field("name", said("Name"), most=40),
            Field("id_number", said("ID number"), FieldKind.ID_NUMBER, most=18),
        ),
        actions=(Action("take", said("Take this name")),),
    )
