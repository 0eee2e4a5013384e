"""What a patient reads when registering for a stay: the pages."""

from __future__ import annotations

from core.inpatient import Admission, Contact
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Phrase, Yuan, said
from kiosk.journeys.identify import Identified
from kiosk.journeys.inpatient.stays import place_rows
from kiosk.steps.pages import Button, Finished, Keys, Show, TypeIn

CONFIRM, CONTACT, PRINT, DEPOSIT = "confirm", "contact", "print", "deposit"
_BRING: tuple[tuple[str, Phrase], ...] = (
    ("id", said("Your ID card and your insurance card or code")),
    ("pill", said("The medicines you take now")),
    ("report-medical", said("Earlier reports and pictures")),
    ("package", said("Slippers, a towel and things for washing")),
)


def asked_page(who: Identified, stay: Admission, contact: Contact | None, trouble: str) -> Show:
    """Everything about the stay before it is registered; the contact is checked here."""
    return Show(
        title=said("Is this right?"),
        hint=said("Your doctor asked for this stay in hospital"),
        icon="bed",
        presence=who.presence,
        trouble=trouble,
        sections=(
            Section(said("Your stay"), (*place_rows(stay), *_deposit(stay))),
            Section(said("Whom we call"), _contacts(who, contact)),
            Section(said("Please bring"), _bring()),
        ),
        buttons=(
            Button(CONFIRM, said("Yes, register my stay")),
            Button(CONTACT, said("Name another contact"), "phone", main=False),
        ),
    )


def contact_name(who: Identified) -> TypeIn:
    """Whom the ward calls."""
    return TypeIn(
        title=said("Whom may we call about you?"),
        hint=said("A relative or a friend who can be reached"),
        icon="users",
        presence=who.presence,
        keys=Keys.NAME,
        label=said("Name"),
    )


def contact_phone(who: Identified) -> TypeIn:
    """Under which number."""
    return TypeIn(
        title=said("The mobile number of your contact"),
        hint=said("Eleven digits; we only call about your stay"),
        icon="phone",
        presence=who.presence,
        keys=Keys.PHONE,
        label=said("Mobile number"),
    )


def admitted_page(who: Identified, stay: Admission, printed: bool) -> Finished:
    """Where to go now; the deposit can be paid at once."""
    pays = bool(stay.deposits_asked) and stay.pay_deposit.allow
    deposit = (Button(DEPOSIT, said("Pay the deposit now"), "wallet"),) if pays else ()
    return Finished(
        title=said("Your stay is registered"),
        hint=said("Please go to the nurse station of the ward with your slip"),
        presence=who.presence,
        big_label=said("Ward"),
        big_value=stay.ward,
        rows=(*place_rows(stay)[1:], *_deposit(stay)),
        printed=printed,
        buttons=deposit,
    )


def already_page(who: Identified, stay: Admission) -> Show:
    """Registered before: where to go, and the slip once more."""
    return Show(
        title=said("Your stay is registered already"),
        hint=said("Please go to the nurse station of the ward"),
        icon="bed",
        presence=who.presence,
        sections=(Section("", (*place_rows(stay), *_deposit(stay))),),
        buttons=(Button(PRINT, said("Print the slip again"), "printer"),),
        strip=Strip(Tone.INFO, "info-circle", said("You need not register again.")),
    )


def copy_page(who: Identified, printed: bool) -> Finished:
    """After the slip was printed once more."""
    return Finished(
        title=said("Here is your slip once more"),
        hint=said("It is marked as a copy"),
        presence=who.presence,
        printed=printed,
    )


def _deposit(stay: Admission) -> tuple[Row, ...]:
    if stay.asked_fen:
        note = said("Only when a doctor asks for it")
        return (Row("wallet", said("Deposit asked for"), Yuan(stay.asked_fen), note),)
    if stay.deposit_fen:
        return (Row("wallet", said("Deposit paid in"), Yuan(stay.deposit_fen)),)
    return (Row("wallet", said("Deposit asked for"), said("None")),)


def _contacts(who: Identified, contact: Contact | None) -> tuple[Row, ...]:
    mine = Row("phone", said("Mobile number on record"), who.patient.display_phone)
    if contact is None:
        return mine, Row("users", said("Your contact"), said("Nobody yet"), tone=Tone.WARNING)
    name, phone = contact.display_name, contact.display_phone
    return mine, Row("users", said("Your contact"), name, phone)


def _bring() -> tuple[Row, ...]:
    return tuple(Row(icon, words, "") for icon, words in _BRING)
