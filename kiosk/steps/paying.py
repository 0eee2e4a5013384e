"""What is asked about ways to pay: an insurance code that pays at once (W12); and their icons."""

from __future__ import annotations

from dataclasses import dataclass

from core.billing import TenderKind
from core.codes import IdentityCode, recognise
from core.flow import Event, Reason, Touch
from core.identity import Medium, MediumKind
from core.ports import CodeScanned
from core.steps import Leave, NotUnderstood
from kiosk.steps.pages import AtMachine

TENDER_ICONS: dict[TenderKind, str] = {
    TenderKind.PREPAY_BALANCE: "wallet",
    TenderKind.PREAUTH: "shield-lock",
    TenderKind.COMMERCIAL_DIRECT: "shield-check",
    TenderKind.DEPOSIT: "bed",
    TenderKind.CREDIT_LINE: "building-bank",
    TenderKind.FAMILY_CREDIT_LINE: "users",
    TenderKind.BOUND_DEBIT: "heart-handshake",
    TenderKind.ONE_CODE: "qrcode",
    TenderKind.SCAN: "device-mobile",
    TenderKind.BANK_CARD: "credit-card",
    TenderKind.CASH: "cash-banknote",
    TenderKind.REMOTE: "device-mobile",
}
"""Of every way to pay, beside its words."""


@dataclass(frozen=True, slots=True)
class CodeShown:
    """The insurance code as it was scanned; it is spendable."""

    text: str

    def __repr__(self) -> str:
        return "CodeShown(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowInsuranceCode(AtMachine[CodeShown | NotUnderstood | Leave]):
    """Hold the insurance code over the scan window."""

    def touched(self, touch: Touch) -> Leave | None:
        return Leave() if touch.word in ("back", "leave") else None

    def heard(self, event: Event) -> CodeShown | NotUnderstood | Reason | None:  # type: ignore[override]  # codes too
        if not isinstance(event, CodeScanned):
            return AtMachine.heard(self, event)
        match recognise(event.text):
            case IdentityCode(Medium(MediumKind.EC_CODE, text)):
                return CodeShown(text)
        return NotUnderstood("not_an_insurance_code")
