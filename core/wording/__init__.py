"""Reason codes in the words of the person who reads them.

Every code that a backend, a device or a journey may give stands here with what happened and what
to do now; the first line on a trouble screen, always, is what became of the money. English is the
source; the catalogue in `resources/messages` holds the translations. Unknown codes read as
`other`: a new backend must not make an old terminal speechless.
"""

from __future__ import annotations

from core.billing import ComponentKind, TenderKind
from core.wording import reasons_money, reasons_services
from core.wording.words import Wording

__all__ = ["COMPONENTS", "MONEY", "REASONS", "ROUTES", "TENDERS", "Wording", "wording"]

REASONS: dict[str, Wording] = {**reasons_money.REASONS, **reasons_services.REASONS}

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
    TenderKind.SCAN: "WeChat / Alipay",
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

ROUTES: dict[str, str] = {
    "TRANSFER": "Bank transfer",
    "INSURANCE": "Insurance",
    "PREPAY_BALANCE": "Prepaid balance",
    "PREAUTH": "Bank card",
    "SCAN": "WeChat / Alipay",
    "CASH": "Cash",
}

MONEY: dict[str, str] = {
    "untouched": "Nothing was charged",
    "returned": "The money was returned",
    "being_checked": "Please do not pay again",
}


def wording(reason: str) -> Wording:
    """The words for a code; never raises."""
    return REASONS.get(reason, REASONS["other"])
