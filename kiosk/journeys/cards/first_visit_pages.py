"""Pages of the first visit: pure constructors."""

from __future__ import annotations

from core.identity import (
    Audience,
    IdDocument,
    MediumKind,
    Patient,
    mask_id_number,
    mask_name,
    mask_phone,
)
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Said, said
from core.ports import CardPresence, SocialCardPresent
from core.steps import MediumShown
from kiosk.journeys.cards.own_data import IN_FULL
from kiosk.steps.pages import Button, Keys, Show, TypeIn

KINDS: dict[MediumKind, tuple[str, Said]] = {
    MediumKind.ID_CARD: ("id", said("ID card")),
    MediumKind.HEALTH_CARD: ("credit-card", said("Health card")),
    MediumKind.SS_CARD: ("credit-card", said("Social-security card")),
    MediumKind.EC_CODE: ("qrcode", said("Insurance code")),
    MediumKind.CITY_CODE: ("qrcode", said("City code")),
    MediumKind.FACE: ("face-id", said("Face")),
    MediumKind.SLIP: ("receipt", said("Printed slip")),
}
"""Icon and name of what can be shown."""


def offer(shown: MediumShown) -> Show:
    """They wanted something else, and are new here."""
    icon, name = KINDS[shown.medium.kind]
    return Show(
        title=said("You are new at this hospital"),
        hint=said("Register once with what you showed, then go on with what you came for"),
        icon="user-plus",
        sections=(Section("", (Row(icon, said("Shown"), name),)),),
        buttons=(Button("register", said("Register now")),),
        strip=Strip(
            Tone.INFO, "clock", said("It takes about a minute. A window does the same for you.")
        ),
        presence=shown.presence,
    )


def phone(shown: MediumShown) -> TypeIn:
    """Eleven digits."""
    return TypeIn(
        title=said("Your mobile number"),
        hint=_called(shown),
        icon="phone",
        keys=Keys.PHONE,
        label=said("Eleven digits"),
        least=11,
        most=11,
        presence=shown.presence,
    )


def _called(shown: MediumShown) -> Said:
    name = ""
    if shown.document is not None:
        name = shown.document.name
    elif isinstance(shown.presence, SocialCardPresent):
        name = shown.presence.name
    if not name:
        return said("We only call you about your visits")
    masked = mask_name(name, Audience.KIOSK)
    return said("{name}, we only call you about your visits", name=masked)


def confirm(document: IdDocument, phone: str) -> Show:
    """The masked summary before somebody is registered."""
    return Show(
        title=said("Is this right?"),
        hint=said("You are registered at this hospital with it"),
        icon="user-check",
        sections=(
            Section(
                "",
                (
                    Row("user", said("Name"), mask_name(document.name, Audience.KIOSK)),
                    Row(
                        "id",
                        said("ID number"),
                        mask_id_number(document.id_number, Audience.KIOSK),
                    ),
                    Row("phone", said("Mobile number"), mask_phone(phone)),
                ),
            ),
        ),
        buttons=(Button("confirm", said("Yes, register me")), IN_FULL),
    )


def registered(patient: Patient, presence: CardPresence | None) -> Show:
    """Done; what they came for goes on."""
    return Show(
        title=said("You are registered"),
        hint=said("Next time show any of your cards or codes"),
        icon="circle-check",
        sections=(
            Section(
                "",
                (
                    Row("user", said("Name"), patient.display_name),
                    Row("id", said("ID number"), patient.display_id),
                    Row("phone", said("Mobile number"), patient.display_phone),
                ),
            ),
        ),
        buttons=(Button("go_on", said("Go on")),),
        presence=presence,
    )
