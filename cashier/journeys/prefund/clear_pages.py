"""Pages of one balance that goes back: how each part travels, who gets it, missing papers.

What a reader would get wrong: nothing shows who paid a top-up or where it goes back to (W31).
"""

from __future__ import annotations

from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Column, Field, FieldKind, Line, Table, WorkSheet
from core.deferral import Decision
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Phrase, Said, Yuan, said
from core.prepay import CleanOutPlan, WayBack
from core.wording import wording

ROUTES: dict[str, Said] = {
    "ORIGINAL": said("Back the way it came"),
    "TRANSFER": said("By bank transfer"),
    "CASH": said("In cash from this drawer"),
}
_STATES: dict[str, Said] = {
    "ACCEPTED": said("Waits for review"),
    "REVIEWED": said("Reviewed; to be carried out"),
    "CONFIRMED": said("On its way"),
    "PAID": said("Paid back"),
    "REJECTED": said("Refused; it is the balance again"),
    "NEED_REALNAME_RESUBMIT": said("Another account is needed"),
    "PAYOUT_UNKNOWN": said("The bank is being asked"),
    "SUSPENSE": said("Being checked"),
}
_PARTS: dict[str, Said] = {
    "PLANNED": said("to be paid back"),
    "ASKED": said("asked"),
    "PAYING": said("on its way"),
    "DONE": said("Paid back"),
}
_DOCUMENTS: dict[str, Said] = {
    "VISIT_CARD": said("Visit card"),
    "PATIENT_ID": said("Patient's ID card"),
    "PATIENT_SAVINGS_CARD": said("Patient's own savings card"),
    "AGENT_ID": said("Agent's ID card"),
    "RELATION_PROOF": said("Proof of the relation"),
    "DEATH_PROOF": said("Death or cremation certificate"),
}
_LEAST, _MOST = 8, 30
_BY_PAPERS = "W34"
"""The rule of a dead person's account: whoever the papers name."""


def state_words(state: str) -> Phrase:
    """How far an application is."""
    return _STATES.get(state, state)


def ways_table(ways: tuple[WayBack, ...]) -> Table:
    """What is left of each top-up, by which way and by which rule (W27, W28)."""
    columns = (
        Column(said("Paid in by"), 2),
        Column(said("Day"), 2),
        Column(said("Left of it"), 2, right=True),
        Column(said("Goes back"), 2),
        Column(said("Why"), 3),
        Column(said("State"), 2),
    )
    lines = tuple(
        Line(
            f"{at}",
            (
                way.channel_name,
                Day(way.day),
                Yuan(way.amount_fen),
                ROUTES[way.route],
                way.why,
                _PARTS[way.state],
            ),
        )
        for at, way in enumerate(ways)
    )
    return Table(columns, lines)


def plan_sheet(at: AtWork, plan: CleanOutPlan, trouble: str = "") -> WorkSheet:
    """The plan, the warning that is read out, and where a transfer goes (W30, W31, W34)."""
    may = plan.decision.allow and not plan.documents
    transfer = "PAYEE" in plan.needs
    named = plan.payee.rule_id == _BY_PAPERS
    unclear = transfer and not plan.payee.allow and not named
    off: Phrase = "" if may else said(wording(plan.decision.message_key or "other").happened)
    if plan.documents:
        off = said("Papers are missing")
    return WorkSheet(
        title=said("Give the balance back"),
        patient=at.patient,
        trouble=trouble,
        strip=_warning(plan),
        big_label=said("Balance"),
        big_value=Yuan(plan.balance_fen),
        sections=(*_payee(plan.payee, transfer=transfer), *_missing(plan.documents)),
        table=ways_table(plan.ways),
        fields=_fields(plan, transfer=transfer, unclear=unclear) if may else (),
        actions=(
            Action("ask", said("Ask for all of it"), off=off),
            *((_CONTACT,) if unclear else ()),
        ),
    )


_CONTACT = Action("contact", said("Tell the contact's real name"), key="Ctrl+G", fills=False)


def _warning(plan: CleanOutPlan) -> Strip | None:
    """Money goes to whoever paid it in, who is never named (W31)."""
    if plan.warning is None:
        return None
    return Strip(Tone.WARNING, "alert-triangle", plan.warning)


def _payee(payee: Decision, *, transfer: bool) -> tuple[Section, ...]:
    if not transfer:
        return ()
    whose: Phrase = said("The patient's own account")
    if payee.rule_id == _BY_PAPERS:
        whose = said("Whoever the papers name")
    elif "REGISTERED_CONTACT" in payee.needs:
        whose = said("The registered contact, because the patient is a minor")
    return (Section(said("Transfer"), (Row("users", said("Holder of the account"), whose),)),)


def _missing(documents: tuple[str, ...]) -> tuple[Section, ...]:
    rows = tuple(
        Row("file-text", _DOCUMENTS.get(name, name), said("missing"), tone=Tone.WARNING)
        for name in documents
    )
    return (Section(said("Papers of a dead person"), rows),) if rows else ()


def _fields(plan: CleanOutPlan, *, transfer: bool, unclear: bool) -> tuple[Field, ...]:
    """Read out, and the account where there is a transfer; what is unclear is asked for later."""
    made = []
    if plan.warning is not None:
        made.append(Field("warned", said("The warning was read to the patient"), FieldKind.TICK))
    if transfer and not unclear:
        made += account_fields(named=plan.payee.rule_id == _BY_PAPERS)
    return tuple(made)


def account_fields(*, named: bool) -> tuple[Field, ...]:
    """`named`: the holder's name stands on a dead person's papers."""
    name = (Field("name", said("Name on the papers"), most=40),) if named else ()
    number = said("Number of the account")
    return (
        *name,
        Field("account_no", number, FieldKind.DIGITS, least=_LEAST, most=_MOST),
        Field("bank", said("Bank and branch"), most=80),
    )
