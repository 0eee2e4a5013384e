"""Steps as pictures: a pure function from each Ask (and each Act in progress) to screen and view.

Screens draw exactly this dict: plain words, numbers under 2^31, lists and dicts of them, because
a dataclass reaches QML as undefined fields. What a reader would get wrong: the words are in the
language of the catalogue given, so a switch of language means calling again.
"""

from __future__ import annotations

from typing import Any

from core.catalogue import Catalogue
from core.flow import Act, Ask, Step, Touch
from core.identity import Audience, mask_id_number, mask_name, mask_phone
from core.money import format_yuan
from core.phrase import spoken
from core.steps import ConfirmQuote, Identify, ShowPaymentCode, TakeBackCard, TakeCard
from core.wording import MONEY, wording
from kiosk.screens import view_endings as endings
from kiosk.screens.view_identify import identify
from kiosk.screens.view_pages import amount_view, page, survey_button, type_view
from kiosk.screens.view_parts import (
    View,
    banner,
    bill_groups,
    pay_options,
    person,
    row,
    split,
    tender_rows,
    yuan,
)
from kiosk.screens.view_progress import progress
from kiosk.screens.view_starting import NO_QUESTION, NOTHING_SPECIAL
from kiosk.steps import (
    GROUPS,
    ChooseHoldAmount,
    ChooseService,
    ConfirmPerson,
    Group,
    PlaceIdCard,
    ReadNotice,
    ResultShown,
    ShowCardIssued,
    ShowHoldPlaced,
    ShowNothingDue,
    ShowReferred,
    ShowSettled,
    ShowTrouble,
    TypePhone,
)
from kiosk.steps.pages import Keys, Page

_IDENTIFY, _CHECK, _PAY, _SLIP = 0, 1, 2, 3
_WARN_FROM_MS = 60_000


def view_of(step: Step[Any], _: Catalogue) -> tuple[str, View]:
    """Screen name and view of an Ask. Raises TypeError for a step no screen shows."""
    assert isinstance(step, Ask)
    name, content = _content(step, _)
    return name, {**_frame(step), **content}


def progress_view(act: Act[Any], _: Catalogue) -> tuple[str, View]:
    """The screen while the machine works; `can_leave` only where leaving does something."""
    return "Progress", {**NO_QUESTION, **progress(act, _)}


def maintenance_view(_: Catalogue) -> tuple[str, View]:
    """A technician works here; nobody is served meanwhile."""
    return "OutOfService", {
        **NO_QUESTION,
        "title": _("This machine is being serviced"),
        "hint": _("Technicians are at work here."),
        "advice": _("Please use another machine or a service window."),
        "code": "maintenance",
    }


def out_of_service_view(reason: str, _: Catalogue) -> tuple[str, View]:
    """Nothing can be done at this machine now, and why."""
    words = wording(reason)
    return "OutOfService", {
        **NO_QUESTION,
        "title": _("This machine is out of service"),
        "hint": _(words.happened),
        "advice": _(words.advice),
        "code": reason,
    }


def _frame(step: Ask[Any]) -> View:
    """`warn`: the idle sheet opens 20 s before the end; short questions only show the ring.

    A question that only ends with a card in the hand cannot be left by a press.
    """
    idle_ms = step.idle_ms or 0
    return {
        **NOTHING_SPECIAL,
        "seconds_total": idle_ms // 1000,
        "warn": idle_ms >= _WARN_FROM_MS,
        "can_back": step.touched(Touch("back")) is not None,
        "can_leave": not isinstance(step, ChooseService | TakeCard | TakeBackCard),
    }


def _content(step: Ask[Any], _: Catalogue) -> tuple[str, View]:
    match step:
        case Page():
            return page(step, _)
        case ChooseService():
            return "Home", _home(step, _)
        case Identify():
            return "Identify", {**identify(step, _), "step": _IDENTIFY}
        case ConfirmQuote():
            return "ConfirmQuote", _quote(step, _)
        case ShowPaymentCode():
            return "ShowPaymentCode", _payment_code(step, _)
        case TakeCard():
            return "TakeCard", _take_card(_)
        case TakeBackCard():
            return "TakeBackCard", _take_back_card(_)
        case ChooseHoldAmount():
            return "ChooseHoldAmount", _hold_amount(step, _)
        case PlaceIdCard() | TypePhone() | ReadNotice() | ConfirmPerson():
            return type(step).__name__, _new_person(step, _)
        case ShowTrouble():
            return "ShowTrouble", _trouble(step, _)
        case ResultShown(survey=survey):
            shown = {**_ending(step, _), "buttons": survey_button(survey, _)}
            return type(step).__name__, shown
        case _other:
            raise TypeError(f"no screen shows {type(step).__name__}")


def _ending(step: ResultShown, _: Catalogue) -> View:
    match step:
        case ShowSettled():
            return {**endings.settled(step, _), "step": _SLIP}
        case ShowHoldPlaced():
            return {**endings.hold_placed(step, _), "step": _SLIP}
        case ShowCardIssued():
            return endings.card_issued(step, _)
        case ShowNothingDue():
            return endings.nothing_due(step, _)
        case ShowReferred():
            return endings.referred(step, _)
        case _other:
            raise TypeError(f"no screen shows {type(step).__name__}")


def _home(step: ChooseService, _: Catalogue) -> View:
    here = {offer.group for offer in step.offers}
    return {
        "tiles": [_tile(group, step.missing(group), _) for group in GROUPS if group in here],
        "show_anything": any(one.name == "pay" and not one.missing for one in step.offers),
    }


def _tile(group: Group, missing: str, _: Catalogue) -> View:
    words, icon = GROUPS[group]
    return {
        "id": group.value,
        "title": spoken(words, _),
        "source": words.message,
        "icon": icon,
        "available": not missing,
        "why": _(wording(missing).happened) if missing else "",
    }


def _quote(step: ConfirmQuote, _: Catalogue) -> View:
    settlement = step.settlement
    return {
        "person": person(step.patient, _),
        "groups": bill_groups(settlement.bills, _),
        "total": yuan(settlement.total_fen),
        "items": _("Items: {count}").format(count=sum(len(b.lines) for b in settlement.bills)),
        "split": split(settlement, _),
        "taken": tender_rows(settlement.tenders, _),
        "due": format_yuan(settlement.due_fen),
        "nothing_due": settlement.due_fen == 0,
        "options": pay_options(settlement.options, _, step.more) if settlement.due_fen else [],
        "slip_possible": step.slip_possible,
        **banner(step.trouble, _),
        "step": _CHECK,
    }


def _payment_code(step: ShowPaymentCode, _: Catalogue) -> View:
    return {
        "title": _("Hold your payment code over the scan window"),
        "hint": _("WeChat, Alipay or UnionPay, about 10 cm away"),
        "amount": yuan(step.due_fen),
        "parts": ["scan"],
        "hand": "phone",
        "steps": [
            _("Open the payment code on your phone"),
            _("Turn the screen to the scan window"),
            _("Hold it still until you hear a beep"),
        ],
        **banner(step.trouble, _),
        "step": _PAY,
    }


def _take_card(_: Catalogue) -> View:
    return {
        "title": _("Please take your new card"),
        "hint": _("It comes out of the card outlet below the screen"),
        "parts": ["dispense"],
        "hand": "card_up",
    }


def _take_back_card(_: Catalogue) -> View:
    return {
        "title": _("Please take your card out"),
        "hint": _("Your details are cleared from this machine now"),
        "parts": ["card"],
        "hand": "card_up",
    }


def _new_person(step: PlaceIdCard | TypePhone | ReadNotice | ConfirmPerson, _: Catalogue) -> View:
    match step:
        case PlaceIdCard(unreadable):
            return {
                "title": _("Lay your ID card on the reader"),
                "hint": _("Leave it there until the screen changes"),
                "parts": ["id"],
                "hand": "card",
                **banner("id_card_unreadable" if unreadable else "", _),
            }
        case TypePhone(display_name):
            return {
                "title": _("Your mobile number"),
                "hint": _("{name}, we only call you about your visits").format(name=display_name),
                "icon": "phone",
                **type_view(
                    Keys.PHONE, _("Eleven digits"), least=11, most=11, hidden=False, words=[]
                ),
            }
        case ReadNotice(notice):
            chinese = _.language == "zh"
            return {
                "title": notice.title_zh if chinese else notice.title_en,
                "hint": _("Please read this, then accept it or leave"),
                "text": notice.text_zh if chinese else notice.text_en,
            }
        case ConfirmPerson(document, phone):
            audience = Audience.KIOSK
            return {
                "title": _("Is this right?"),
                "hint": _("A health card is made for this person"),
                "rows": [
                    row("user", _("Name"), mask_name(document.name, audience)),
                    row("id", _("ID number"), mask_id_number(document.id_number, audience)),
                    row("phone", _("Mobile number"), mask_phone(phone)),
                ],
            }


def _hold_amount(step: ChooseHoldAmount, _: Catalogue) -> View:
    terms = step.terms
    return {
        "title": _("How much is to be pre-authorised?"),
        "hint": _("Between {least} and {most}, whole yuan").format(
            least=yuan(terms.min_fen), most=yuan(terms.max_fen)
        ),
        **amount_view(terms.min_fen, terms.max_fen, terms.suggestions_fen),
        "icon": "shield-lock",
        "placeholder": _("Or type whole yuan"),
        "button": _("Pre-authorise"),
        "step": _CHECK,
    }


def _trouble(step: ShowTrouble, _: Catalogue) -> View:
    words = wording(step.reason)
    return {
        "money": _(MONEY[step.money]),
        "money_kind": step.money,
        "title": _(words.happened),
        "hint": _(words.advice),
        "detail": step.detail,
        "code": step.reason,
        "case_id": step.case_id,
        "may_retry": step.may_retry,
        "window": step.window,
        "printed": step.printed,
    }
