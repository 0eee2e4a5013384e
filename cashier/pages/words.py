"""Short words for the kinds and states that the backend and the devices tell. Qt-free.

What a reader would get wrong: an unknown code must still read as something, because a backend
may be newer than this window; enums of core are closed and have every value here.
"""

from __future__ import annotations

from core.billing import InsuranceClass, SettlementState, TenderKind, TenderOption
from core.catalogue import Catalogue
from core.identity import Patient
from core.money import format_yuan
from core.upkeep.words import DEVICES, word
from core.wording import ROUTES, wording


def yuan(amount_fen: int) -> str:
    """18524 -> "¥185.24"."""
    return f"¥{format_yuan(amount_fen)}"


def person(patient: Patient, _: Catalogue) -> str:
    """Sex and age."""
    sex = {"M": _("male"), "F": _("female")}.get(patient.sex, "")
    age = _("{age} years").format(age=patient.age)
    return f"{sex} · {age}" if sex else age


def advice(reason: str, _: Catalogue) -> str:
    """What to do now. The words of core are said to patients: one that sends them to a window
    or to another machine is none at a window, which gets the code to tell its supervisor."""
    text = wording(reason).advice
    if "window" in text or "machine" in text:
        return _("Code for the supervisor: {code}").format(code=reason)
    return _(text)


def insurance(code: str | None, _: Catalogue) -> str:
    """The scheme of the insured (310 employees, 390 residents), or that there is none."""
    if code is None:
        return _("No insurance")
    known = {"310": _("Employee insurance"), "390": _("Resident insurance")}
    return known.get(code, _("Insurance {code}").format(code=code))


def identity(code: str, _: Catalogue) -> str:
    """A special identity that decides where a bill may be settled."""
    return {
        "BENEFIT": _("Benefit identity"),
        "DUAL_IDENTITY": _("Dual identity"),
        "SPECIAL_DISEASE": _("Special disease"),
        "ON_ACCOUNT": _("On account"),
        "ANONYMOUS": _("Without a name"),
    }.get(code, code)


def class_tag(insurance_class: InsuranceClass, _: Catalogue) -> str:
    """甲, 乙, 自费."""
    return {
        InsuranceClass.A: _("A"),
        InsuranceClass.B: _("B"),
        InsuranceClass.OWN: _("Own"),
    }[insurance_class]


def tender_hint(option: TenderOption, _: Catalogue) -> str:
    """What the cashier does for it; of an agreement whose it is and what is left today (W01)."""
    if option.left_fen is not None:
        left = _("left today: {amount}").format(amount=yuan(option.left_fen))
        return f"{option.payer} · {left}" if option.payer else left
    hints = {
        TenderKind.SCAN: _("Scan the code now, or press Enter"),
        TenderKind.CASH: _("Count the notes"),
        TenderKind.ONE_CODE: _("Scan the insurance code"),
        TenderKind.BANK_CARD: _("At the card terminal"),
    }
    return hints.get(option.kind, _("Taken by itself"))


def settlement_state(state: SettlementState, _: Catalogue) -> str:
    """Where a settlement stands."""
    return {
        SettlementState.QUOTED: _("Pre-settled"),
        SettlementState.INSURED: _("Insurance settled"),
        SettlementState.PAYING: _("Being paid"),
        SettlementState.COMPLETED: _("Settled"),
        SettlementState.REVERSING: _("Being reversed"),
        SettlementState.REVERSED: _("Reversed"),
        SettlementState.CANCELLED: _("Cancelled"),
        SettlementState.SUSPENSE: _("Being checked"),
    }[state]


def refund_state(state: str, _: Catalogue) -> str:
    """Where a refund stands."""
    return {
        "ACCEPTED": _("Waits for review"),
        "REVIEWED": _("Reviewed"),
        "CONFIRMED": _("Being paid back"),
        "PAID": _("Paid back"),
        "REJECTED": _("Refused"),
        "NEED_REALNAME_RESUBMIT": _("A bank account is missing"),
        "PAYOUT_UNKNOWN": _("The bank has not answered"),
        "SUSPENSE": _("Being checked"),
    }.get(state, state)


def route(code: str, _: Catalogue) -> str:
    """How a part of a refund travels."""
    return {
        "INSURANCE": _("Back to the insurance"),
        "PREPAY_BALANCE": _("Back to the prepaid balance"),
        "PREAUTH": _("Back to the bank card"),
        "SCAN": _("Back to the wallet it came from"),
        "CASH": _("In cash from this drawer"),
        "TRANSFER": _("By bank transfer"),
    }.get(code, _(ROUTES.get(code, code)))


def device(name: str, _: Catalogue) -> str:
    """The part of the machine behind `core.ports.DeviceHealth.device`; a window has own words."""
    own = {
        "receipt_printer": _("Slip printer"),
        "customer_display": _("Customer screen"),
        "cash_drawer": _("Cash drawer"),
    }
    return own.get(name) or word(DEVICES, name, _)


def device_state(state: str, _: Catalogue) -> str:
    """`core.ports.DeviceHealth.state` in a word; "" for ok, which needs none."""
    return {
        "ok": "",
        "low": _("nearly used up"),
        "out": _("used up"),
        "jammed": _("jammed"),
        "offline": _("no answer"),
        "open": _("stands open"),
    }.get(state, _("state unknown"))
