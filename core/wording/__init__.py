"""Reason codes in the words of the person who reads them.

Every code that a backend, a device or a journey may give stands here with what happened and what
to do now; the first line on a trouble screen, always, is what became of the money. English is the
source; the catalogue in `resources/messages` holds the translations. Unknown codes read as
`other`: a new backend must not make an old terminal speechless.
"""

from __future__ import annotations

from collections.abc import Callable

from core.billing import ComponentKind, Tender, TenderKind
from core.identity import short_card
from core.wording import (
    reasons_day,
    reasons_later,
    reasons_money,
    reasons_refunds,
    reasons_services,
    reasons_window,
)
from core.wording.words import Wording

__all__ = [
    "COMPONENTS",
    "MONEY",
    "REASONS",
    "ROUTES",
    "TENDERS",
    "WALLETS",
    "Wording",
    "paid_with",
    "wording",
]

REASONS: dict[str, Wording] = {
    **reasons_money.REASONS,
    **reasons_services.REASONS,
    **reasons_window.REASONS,
    **reasons_day.REASONS,
    **reasons_refunds.REASONS,
    **reasons_later.REASONS,
}

COMPONENTS: dict[ComponentKind, str] = {
    ComponentKind.INSURANCE_FUND: "Insurance fund",
    ComponentKind.PERSONAL_ACCOUNT: "Insurance account",
    ComponentKind.SUBSIDY: "Subsidy",
    ComponentKind.SELF_PAY: "Self-pay",
    ComponentKind.MUTUAL_AID: "Family mutual aid",
    ComponentKind.HOSPITAL: "Borne by the hospital",
}

TENDERS: dict[TenderKind, str] = {
    TenderKind.PREPAY_BALANCE: "Prepaid balance",
    TenderKind.PREAUTH: "Pre-authorisation",
    TenderKind.SCAN: "WeChat / Alipay / UnionPay",
    TenderKind.CASH: "Cash",
    TenderKind.COMMERCIAL_DIRECT: "Commercial insurance",
    TenderKind.DEPOSIT: "Inpatient deposit",
    TenderKind.CREDIT_LINE: "Credit line",
    TenderKind.FAMILY_CREDIT_LINE: "Family credit line",
    TenderKind.BOUND_DEBIT: "Bound account",
    TenderKind.ONE_CODE: "Insurance code",
    TenderKind.BANK_CARD: "Bank card",
    TenderKind.REMOTE: "Paid by a relative",
}

WALLETS: dict[str, str] = {"WECHAT": "WeChat", "ALIPAY": "Alipay", "UNIONPAY": "UnionPay"}

ROUTES: dict[str, str] = {
    **{kind.value: words for kind, words in TENDERS.items()},
    "TRANSFER": "Bank transfer",
    "INSURANCE": "Insurance",
    "PREPAY_BALANCE": "Prepaid balance",
    "PREAUTH": "Bank card",
    "SCAN": "WeChat / Alipay / UnionPay",
    "CASH": "Cash",
}

MONEY: dict[str, str] = {
    "untouched": "Nothing was charged",
    "returned": "The money was returned",
    "being_checked": "Please do not pay again",
}


def paid_with(tender: Tender, translate: Callable[[str], str]) -> str:
    """A tender as a patient reads it: the wallet by its name, a card by its last digits."""
    if tender.kind is TenderKind.SCAN and tender.label in WALLETS:
        return translate(WALLETS[tender.label])
    return f"{translate(TENDERS[tender.kind])} {short_card(tender.label)}".rstrip()


def wording(reason: str) -> Wording:
    """The words for a code; never raises."""
    return REASONS.get(reason, REASONS["other"])
