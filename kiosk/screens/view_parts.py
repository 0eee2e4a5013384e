"""Pieces of views that several screens share: names, amounts, people, bills, ways to pay.

Everything here turns display parts of core into plain words for QML. What a reader would get
wrong: no amount is computed; the backend sent every number, `format_yuan` only writes it.
"""

from __future__ import annotations

from core.billing import (
    Bill,
    BillLine,
    Component,
    ComponentKind,
    InsuranceClass,
    Settlement,
    Tender,
    TenderKind,
    TenderOption,
    Text,
)
from core.catalogue import Catalogue
from core.identity import Patient, short_card
from core.money import format_yuan
from core.phrase import Moment, spoken
from core.steps.questions import OTHER_WAYS
from core.wording import COMPONENTS, TENDERS, wording
from kiosk.steps.paying import TENDER_ICONS

View = dict[str, object]
_FIRST_WAYS = 2

_CLASSES = {
    InsuranceClass.A: Text("甲", "A"),
    InsuranceClass.B: Text("乙", "B"),
    InsuranceClass.OWN: Text("自费", "Own"),
}
_TONES = {
    ComponentKind.INSURANCE_FUND: "split_fund",
    ComponentKind.PERSONAL_ACCOUNT: "split_account",
    ComponentKind.SUBSIDY: "split_subsidy",
    ComponentKind.SELF_PAY: "split_self",
    ComponentKind.MUTUAL_AID: "split_account",
    ComponentKind.HOSPITAL: "split_subsidy",
}


def later(text: str) -> str:
    """Marks a text for the catalogue without translating it yet."""
    return text


def pick(text: Text, _: Catalogue) -> str:
    """A backend name in the catalogue's language."""
    return text.zh if _.language == "zh" else text.en


def yuan(amount_fen: int) -> str:
    """18524 fen -> "¥185.24"."""
    return f"¥{format_yuan(amount_fen)}"


def insurance_words(insurance: str | None, _: Catalogue) -> str:
    """The kind of insurance, by the code of the scheme (domain.md A.8 `insutype`)."""
    match insurance:
        case None:
            return _("No insurance")
        case "310":
            return _("Employee insurance")
        case "390":
            return _("Resident insurance")
        case _other:
            return _("Insured")


def person(patient: Patient, _: Catalogue) -> View:
    """The strip with the person; the backend masked name and number already."""
    return {
        "name": patient.display_name,
        "insurance": insurance_words(patient.insurance, _),
        "id_number": patient.display_id,
    }


def bill_groups(bills: tuple[Bill, ...], _: Catalogue) -> list[View]:
    """One group a bill, with its lines."""
    return [
        {
            "department": pick(bill.department, _),
            "doctor": pick(bill.doctor, _),
            "issued": spoken(Moment(bill.issued_at), _),
            "total": yuan(bill.total_fen),
            "lines": [_line(line, _) for line in bill.lines],
        }
        for bill in bills
    ]


def _line(line: BillLine, _: Catalogue) -> View:
    return {
        "name": pick(line.name, _),
        "insurance_class": pick(_CLASSES[line.insurance_class], _),
        "own": line.insurance_class is InsuranceClass.OWN,
        "quantity": f"{line.quantity} {pick(line.unit, _)}",
        "amount": format_yuan(line.amount_fen),
    }


def split(settlement: Settlement, _: Catalogue) -> list[View]:
    """Parts above zero, the self-pay always; `weight` is a width in the bar, nothing else."""
    return [
        {
            "words": _(COMPONENTS[part.kind]),
            "amount": yuan(part.amount_fen),
            "weight": part.amount_fen,
            "tone": _TONES[part.kind],
        }
        for part in settlement.components
        if _shown(part)
    ]


def _shown(part: Component) -> bool:
    return part.amount_fen > 0 or part.kind is ComponentKind.SELF_PAY


def tender_rows(tenders: tuple[Tender, ...], _: Catalogue) -> list[View]:
    """What is taken from where, as planned or as done."""
    return [
        {
            "words": _(TENDERS[tender.kind]),
            "note": short_card(tender.label),
            "amount": yuan(tender.amount_fen),
        }
        for tender in tenders
    ]


def pay_options(options: tuple[TenderOption, ...], _: Catalogue, more: bool) -> list[View]:
    """Buttons, only for what is allowed here; with `more` the first ones, and one for all ways."""
    allowed = [option for option in options if option.allowed]
    shown: list[View] = [
        {
            "kind": option.kind.value,
            "words": _(TENDERS[option.kind]),
            "note": _option_note(option, _),
            "icon": TENDER_ICONS[option.kind],
        }
        for option in (allowed[:_FIRST_WAYS] if more else allowed)
    ]
    others: View = {
        "kind": OTHER_WAYS,
        "words": _("Other ways to pay"),
        "note": _("See all of them"),
        "icon": "list",
    }
    return [*shown, others] if more else shown


def _option_note(option: TenderOption, _: Catalogue) -> str:
    if option.kind is TenderKind.SCAN:
        return _("Show your payment code")
    if option.left_fen is None:
        return ""
    left = yuan(option.left_fen)
    if not option.payer:
        return _("Left today: {left}").format(left=left)
    return _("Paid by {payer}; left today: {left}").format(payer=option.payer, left=left)


def row(icon: str, label: str, value: str, *, note: str = "", tone: str = "") -> View:
    """One line of a list: what, and how much or where. `tone` "": that of the page."""
    return {"icon": icon, "label": label, "value": value, "note": note, "tone": tone}


def strip(tone: str, icon: str, words: str) -> View:
    """One sentence that stands out."""
    return {"tone": tone, "icon": icon, "words": words}


def banner(reason: str, _: Catalogue) -> View:
    """What went wrong a moment ago on this very question; empty words: nothing."""
    if not reason:
        return {"banner": "", "banner_advice": ""}
    words = wording(reason)
    return {"banner": _(words.happened), "banner_advice": _(words.advice)}
