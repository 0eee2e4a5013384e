"""What the window knows while steps follow each other, as pure functions over steps.

`ShowPaymentCode` and Acts carry no patient and no settlement: `after` keeps those of the steps
before. What a reader would get wrong: the customer's screen stands where others can read it, so
the name on it is masked as at a kiosk although the cashier reads it in full (domain.md B.13).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from cashier.steps import ChooseRefundLines, Desk, ReviewPlan, ServePatient, ShowOutcome, SignIn
from cashier.steps.sheet import ForCustomer, Reckoning, WorkSheet
from core.billing import ComponentKind, Settlement
from core.catalogue import Catalogue
from core.flow import Act, Step
from core.identity import Audience, Patient, mask_name
from core.money import format_yuan
from core.phrase import spoken
from core.steps import ConfirmQuote, FollowSettlement, ShowPaymentCode
from core.window_steps import Operator, QueueEntry


@dataclass(frozen=True, slots=True)
class Context:
    """The last told operator, queue, patient and settlement, and the cash that was counted of it;
    empty after signing out."""

    operator: Operator | None = None
    queue: tuple[QueueEntry, ...] = ()
    patient: Patient | None = None
    settlement: Settlement | None = None
    part_cash_fen: int = 0


def after(context: Context, step: Step[Any]) -> Context:
    """The context once `step` is shown. A new patient never sees anything of the last one."""
    match step:
        case SignIn():
            return Context()
        case Desk(operator=operator, queue=queue):
            return Context(operator, queue)
        case ServePatient(operator=operator, queue=queue, file=file):
            return Context(operator, queue, file.patient)
        case ConfirmQuote(patient=patient, settlement=settlement, part_cash_fen=part_fen):
            told = replace(context, patient=patient, settlement=settlement)
            return replace(told, part_cash_fen=part_fen)
        case ChooseRefundLines(operator=operator, file=file, settlement=settlement):
            return replace(context, operator=operator, patient=file.patient, settlement=settlement)
        case ReviewPlan(operator=operator, file=file):
            return replace(context, operator=operator, patient=file.patient)
        case ShowOutcome(operator=operator, file=file, settlement=settlement):
            return replace(context, operator=operator, patient=file.patient, settlement=settlement)
        case WorkSheet(patient=patient):
            return replace(context, patient=patient, settlement=None)
    return context


@dataclass(frozen=True, slots=True)
class CustomerView:
    """What the customer's screen says. `amount_fen` None: no amount is shown. `code`: drawn as a QR
    code for the patient's phone, "" for none. `signs`: what is signed there, beside a field to
    write on; the first line is its heading."""

    greeting: str
    amount_fen: int | None
    facts: str
    advice: str
    code: str = ""
    signs: tuple[str, ...] = ()


def customer_view(context: Context, step: Step[Any], _: Catalogue) -> CustomerView:
    """The customer's screen during `step` (an Ask or an Act)."""
    if isinstance(step, SignIn):
        return CustomerView(_("This window is closed"), None, "", _("Please use another window"))
    if context.patient is None:
        asked = step.customer if isinstance(step, WorkSheet) else None
        advice = spoken(asked.advice, _) if asked else _("Please show your slip, card or code")
        return CustomerView(_("Welcome"), None, "", advice)
    name = mask_name(context.patient.display_name, Audience.KIOSK)
    greeting = _("Hello, {name}").format(name=name)
    match step:
        case ConfirmQuote():
            return _owed(greeting, context, _("Please tell us how you would like to pay"), _)
        case ShowPaymentCode(due_fen=due_fen):
            advice = _("Please hold your payment code over the scanner")
            return CustomerView(greeting, due_fen, _facts(context, _), advice)
        case FollowSettlement():
            advice = _("Please confirm on your phone if it asks you")
            return _owed(greeting, context, advice, _)
        case WorkSheet(customer=ForCustomer() as shown, reckoning=reckoning):
            facts = _given(reckoning, _)
            advice = spoken(shown.advice, _)
            signs = tuple(spoken(line, _) for line in shown.signs)
            return CustomerView(greeting, shown.amount_fen, facts, advice, shown.code, signs)
        case Act() | WorkSheet():
            return CustomerView(greeting, None, "", _("One moment, please"))
        case ShowOutcome():
            return _ended(greeting, step, _)
        case ChooseRefundLines() | ReviewPlan():
            return CustomerView(greeting, None, "", _("Your refund is being prepared"))
    if isinstance(step, ServePatient) and not step.file.bills:
        return CustomerView(greeting, None, "", _("Nothing is to be paid"))
    return CustomerView(greeting, None, "", _("Your bill is being prepared"))


def _owed(greeting: str, context: Context, advice: str, _: Catalogue) -> CustomerView:
    """What is due, less the cash that was counted of it."""
    settlement = context.settlement
    if settlement is None:
        return CustomerView(greeting, None, "", advice)
    if settlement.due_fen == 0:
        advice = _("Nothing more is to be paid")
    rest_fen = settlement.due_fen - context.part_cash_fen
    return CustomerView(greeting, rest_fen, _facts(context, _), advice)


def _facts(context: Context, _: Catalogue) -> str:
    cash_fen = context.part_cash_fen
    paid = _("In cash {amount}").format(amount=format_yuan(cash_fen)) if cash_fen else ""
    return "   ".join(text for text in (_split(context.settlement, _), paid) if text)


def _split(settlement: Settlement | None, _: Catalogue) -> str:
    if settlement is None:
        return ""
    facts = [_("Total {amount}").format(amount=format_yuan(settlement.total_fen))]
    for part in settlement.components:
        if part.kind is ComponentKind.INSURANCE_FUND and part.amount_fen:
            paid = format_yuan(part.amount_fen)
            facts.append(_("Insurance pays {amount}").format(amount=paid))
    return "   ".join(facts)


def _given(reckoning: Reckoning | None, _: Catalogue) -> str:
    """What was typed and what is left of it; nothing as long as it is not enough."""
    if reckoning is None or reckoning.given_fen is None or reckoning.rest_fen is None:
        return ""
    given = f"{spoken(reckoning.given, _)} {format_yuan(reckoning.given_fen)}"
    return f"{given}   {spoken(reckoning.rest, _)} {format_yuan(reckoning.rest_fen)}"


def _ended(greeting: str, step: ShowOutcome, _: Catalogue) -> CustomerView:
    if step.money == "being_checked":
        return CustomerView(greeting, None, "", _("Please do not pay again. We are checking."))
    if step.in_hand_fen:
        back = _("Nothing was charged. Your cash goes back to you.")
        return CustomerView(greeting, step.in_hand_fen, "", back)
    if step.reason:
        return CustomerView(greeting, None, "", _("Nothing was charged. Please ask us."))
    if step.refund is not None:
        amount_fen = step.refund.total_fen
        return CustomerView(greeting, amount_fen, "", _("Your money goes back to you"))
    advice = _("Paid. Please take your slip.") if step.printed else _("Paid. Thank you.")
    cash = step.settlement.cash if step.settlement else None
    if cash and cash.change_fen:
        facts = _("Change {amount}").format(amount=format_yuan(cash.change_fen))
        return CustomerView(greeting, None, facts, advice)
    return CustomerView(greeting, None, _split(step.settlement, _), advice)
