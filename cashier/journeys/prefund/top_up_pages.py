"""Pages of a prepaid balance: by which rule money may come in, and the notes of it."""

from __future__ import annotations

from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Field, FieldKind, ForCustomer, WorkSheet
from core.journeys.top_up_by_hand import NOTES_FEN
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Phrase, Yuan, said
from core.prepay import CASH, CONSENT, TRANSFER, PrefundMethod, PrepayTerms
from core.wording import wording

METHODS = {"transfer": TRANSFER, "cash": CASH}
_NAMES: dict[str, Phrase] = {
    "PREAUTH": said("Pre-authorisation"),
    TRANSFER: said("From a bank card"),
    CASH: said("In cash"),
}
_MOST_DIGITS = 3


def terms_sheet(
    at: AtWork, terms: PrepayTerms, trouble: str = "", *, declared: bool = False
) -> WorkSheet:
    """The balance, the rule, each way in the order of offering (S09), and the way out."""
    may = terms.collect.allow
    needs_consent = may and CONSENT in terms.collect.needs
    consent = Field("consent", said("Paid in advance of their own will"), FieldKind.TICK)
    return WorkSheet(
        title=said("Prepaid balance"),
        patient=at.patient,
        trouble=trouble,
        strip=_rule(terms),
        big_label=said("Balance"),
        big_value=Yuan(terms.balance_fen),
        sections=(Section(said("Ways to pay in advance"), tuple(map(_method, terms.methods))),),
        fields=(
            *((Field("amount", said("Amount"), FieldKind.AMOUNT),) if may else ()),
            *((consent,) if needs_consent else ()),
        ),
        actions=(
            Action("transfer", _NAMES[TRANSFER], off=_off(terms, TRANSFER)),
            Action("cash", _NAMES[CASH], key="Ctrl+K", off=_off(terms, CASH)),
            *(() if may or declared else (_DECLARE,)),
            Action(
                "back", said("Give the balance back"), key="Ctrl+B", fills=False, off=_no(terms)
            ),
        ),
        customer=ForCustomer(said("Paying in advance is your own choice")) if may else None,
    )


_DECLARE = Action("declare", said("They say that they need it"), key="Ctrl+G", fills=False)


def _rule(terms: PrepayTerms) -> Strip:
    rule = terms.collect
    if rule.allow:
        words = said("Money may come in by rule {rule}", rule=rule.rule_id)
        return Strip(Tone.SUCCESS, "circle-check", words)
    return Strip(Tone.WARNING, "alert-triangle", said(wording(rule.message_key).happened))


def _method(method: PrefundMethod) -> Row:
    limits = said("{least} to {most}", least=Yuan(method.min_fen), most=Yuan(method.max_fen))
    name = _NAMES.get(method.method, method.method)
    if method.allowed:
        return Row("circle-check", name, limits)
    return Row("lock", name, said("closed"), said(wording(method.reason).happened))


def _off(terms: PrepayTerms, name: str) -> Phrase:
    method = terms.method(name)
    if method is None:
        return said(wording("method").happened)
    if not terms.collect.allow:
        return said(wording(terms.collect.message_key).happened)
    return "" if method.allowed else said(wording(method.reason).happened)


def _no(terms: PrepayTerms) -> Phrase:
    return "" if terms.balance_fen else said("There is no balance")


def notes_sheet(at: AtWork, amount_fen: int, trouble: str = "") -> WorkSheet:
    """How many of each note; they must come to the amount."""
    return WorkSheet(
        title=said("Notes of the balance"),
        patient=at.patient,
        trouble=trouble,
        big_label=said("To be taken"),
        big_value=Yuan(amount_fen),
        fields=tuple(
            Field(
                f"n{fen}",
                said("{count} yuan", count=fen // 100),
                FieldKind.DIGITS,
                needed=False,
                most=_MOST_DIGITS,
            )
            for fen in NOTES_FEN
        ),
        actions=(Action("take", said("Take the cash"), twice=True, amount_fen=amount_fen),),
        customer=ForCustomer(said("Please pay in cash"), amount_fen),
    )
