"""The story of the demo: one patient, one visit, end to end; then a second who needs the window.

Each function is one step of the transcript. What a reader would get wrong: the player knows
screens and controls, never journeys; what it presses is what a person could press.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.people import Person
from sandbox.player.stage import KioskStage, wait_for, wallet_code

PHONE = "13800005628"
HOLD_FEN = 100_000
GOOD_CARD = {"pan": "6222021203001234567", "bank": "中国工商银行"}
_CONSULTATION = (
    ("CARD", ("ECG12", "ECHO", "AMLO", "ATOR")),
    ("ENDO", ("HBA1C", "LIPID", "METF")),
    ("OPHT", ("FUNDUS", "HYAL")),
)


@dataclass
class Visit:
    """What one step leaves for the next."""

    card_uid: str = ""
    referral: str = ""


def tell(stage: KioskStage, patient: Person, benefit: Person) -> Visit:
    """The kiosk's part of the story."""
    visit = Visit()
    steps: list[tuple[str, Callable[[], None]]] = [
        ("get a health card", lambda: _get_card(stage, patient, visit)),
        ("a second card is refused", lambda: _second_card(stage, patient)),
        ("register with a doctor, pay by phone", lambda: _register(stage, visit)),
        ("place a pre-authorisation", lambda: _hold(stage, visit)),
        ("the doctor orders three fee groups", lambda: _consult(stage)),
        ("settle the bill from insurance and hold", lambda: _settle(stage, visit)),
        ("a benefit patient is sent to the window", lambda: _refer(stage, benefit, visit)),
    ]
    for what, act in steps:
        with stage.transcript.step(what):
            act()
    return visit


def _place_id_card(stage: KioskStage, person: Person) -> None:
    stage.do("id_reader", "place", **person.id_card())


def _fill_in(stage: KioskStage, person: Person) -> None:
    stage.begin("card")
    stage.arrive("PlaceIdCard")
    _place_id_card(stage, person)
    stage.arrive("TypePhone")
    stage.digits(PHONE)
    stage.photograph("TypePhone_filled")
    stage.press("key_enter")
    stage.arrive("ReadNotice")
    stage.press("accept")
    stage.arrive("ConfirmPerson")
    stage.press("confirm")


def _get_card(stage: KioskStage, person: Person, visit: Visit) -> None:
    stage.arrive("Home")
    _fill_in(stage, person)
    stage.arrive("TakeCard")
    stage.do("id_reader", "remove")
    visit.card_uid = str(stage.do("card_dispenser", "take")["uid"])
    stage.arrive("ShowCardIssued")
    stage.press("done")
    stage.go_home()


def _second_card(stage: KioskStage, person: Person) -> None:
    _fill_in(stage, person)
    wait_for(lambda: stage.screen() == "ShowTrouble", "the refusal")
    stage.photograph("SecondCardRefused")
    view: Any = stage.kiosk.ui.property("view")
    assert view["code"] == "has_card", view
    stage.do("id_reader", "remove")
    stage.press("done")
    stage.go_home()


def _insert(stage: KioskStage, uid: str) -> None:
    stage.do("card_slot", "insert", uid=uid)


def _register(stage: KioskStage, visit: Visit) -> None:
    stage.begin("register")
    stage.arrive("Identify")
    _insert(stage, visit.card_uid)
    stage.arrive("Choose", picture="ChooseDepartment")
    stage.press("choose_CARD")
    wait_for(lambda: stage.option() != "choose_CARD", "the doctors")
    stage.photograph("ChooseDoctor")
    stage.press(stage.option())
    stage.arrive("ConfirmQuote", picture="RegistrationFee")
    stage.press("pay_SCAN")
    stage.arrive("ShowPaymentCode")
    stage.do("scanner", "show", text="https://example.com/not-a-code")
    wait_for(lambda: bool(_view(stage)["banner"]), "the sentence about a foreign code")
    stage.photograph("ForeignCode")
    stage.do("scanner", "show", text=wallet_code("WECHAT", "2222"))
    stage.arrive("Progress", picture="WaitingForThePhone")
    stage.arrive("Show", 40, picture="OfferPayLater")
    stage.press("press_no")
    stage.arrive("Finished", 40, picture="ShowRegistered")
    stage.press("done")
    stage.go_home()


def _hold(stage: KioskStage, visit: Visit) -> None:
    stage.begin("hold")
    stage.arrive("Identify")
    _insert(stage, visit.card_uid)
    stage.arrive("ChooseHoldAmount")
    stage.press(f"amount_{HOLD_FEN}")
    if stage.hand.can_see("key_enter") and stage.screen() == "ChooseHoldAmount":
        stage.press("key_enter")
    stage.arrive("Progress", picture="UseTheBankCard")
    wait_for(lambda: bool(stage.unit("pos").get("waiting_for_card")), "the POS")
    stage.do("pos", "present_card", **GOOD_CARD)
    stage.arrive("ShowHoldPlaced")
    stage.press("done")
    stage.go_home()


def _consult(stage: KioskStage) -> None:
    registration = stage.registrations()[0]["registration_id"]
    groups = [
        {"department_code": code, "items": [{"code": item, "quantity": 1} for item in items]}
        for code, items in _CONSULTATION
    ]
    stage.consult(str(registration), groups)


def _settle(stage: KioskStage, visit: Visit) -> None:
    _insert(stage, visit.card_uid)
    stage.check_bill(picture="Bill")
    stage.press("pay")
    stage.arrive("ShowSettled", 40)
    stage.press("done")
    stage.go_home()


def _refer(stage: KioskStage, benefit: Person, visit: Visit) -> None:
    assert benefit.card_number is not None
    assert benefit.card_uid is not None
    stage.card_of(benefit.card_number, benefit.card_uid)
    _insert(stage, benefit.card_uid)
    stage.arrive("ShowReferred")
    papers = stage.units.books("printer")["papers"]
    assert isinstance(papers, list)
    visit.referral = str(papers[-1]["qr"][0])
    stage.press("done")
    stage.go_home()


def _view(stage: KioskStage) -> dict[str, Any]:
    view: dict[str, Any] = stage.kiosk.ui.property("view")
    return view
