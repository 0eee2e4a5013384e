"""Pages of what somebody agreed to: pure constructors."""

from __future__ import annotations

from core.media_rows import media_rows
from core.page_parts import Row, Section, Strip, Tone
from core.people import Consent, ConsentKind, Consents, Media
from core.phrase import Day, Said, said
from kiosk.journeys.cards.own_data import IN_FULL
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Choose, Option, Show

_KINDS: dict[ConsentKind, tuple[str, Said]] = {
    ConsentKind.E_CERTIFICATE: ("qrcode", said("Use of my insurance code")),
    ConsentKind.FACE: ("face-id", said("Checking my face")),
    ConsentKind.FACE_MEDIUM: ("face-id", said("Finding me by my face")),
}


def overview(who: Identified, consents: Consents) -> Choose:
    """What stands and what does not; my cards; my data. To be found by one's face begins elsewhere,
    where there is a camera."""
    agreements = tuple(
        _option(kind, consents)
        for kind in _KINDS
        if kind is not ConsentKind.FACE_MEDIUM or consents.standing(kind)
    )
    return Choose(
        title=said("What I agreed to"),
        hint=said("{name}, touch a line to change it", name=who.patient.display_name),
        icon="shield-check",
        options=(
            *agreements,
            Option("media", said("My cards"), "credit-card"),
            Option("data", said("My data"), "user"),
        ),
        strip=Strip(
            Tone.INFO,
            "info-circle",
            said("Withdrawing changes nothing that was done before. A window can do more."),
        ),
        presence=who.presence,
    )


def _option(kind: ConsentKind, consents: Consents) -> Option:
    icon, name = _KINDS[kind]
    key = kind.value.lower()
    consent = consents.standing(kind)
    if consent is None:
        return Option(key, name, icon, side=said("Not agreed"))
    note = said("Since {day}", day=Day(consent.accepted_at))
    return Option(key, name, icon, note, said("Agreed"))


def withdraw(who: Identified, consent: Consent) -> Show:
    """Before it is withdrawn."""
    icon, name = _KINDS[consent.kind]
    return Show(
        title=said("Withdraw this agreement?"),
        hint=said("Your other cards and papers stay accepted"),
        icon=icon,
        sections=(
            Section("", (Row(icon, name, said("Since {day}", day=Day(consent.accepted_at))),)),
        ),
        buttons=(Button("withdraw", said("Yes, withdraw it"), "x"),),
        presence=who.presence,
    )


def media(who: Identified, found: Media) -> Show:
    """Masked numbers."""
    return Show(
        title=said("My cards"),
        hint=said("Your ID card, insurance code and city code are always accepted"),
        icon="credit-card",
        sections=(Section("", media_rows(found)),),
        strip=Strip(
            Tone.INFO, "info-circle", said("A lost card is reported and replaced at a window.")
        ),
        presence=who.presence,
    )


def data(who: Identified) -> Show:
    """Masked; in full only what was read from the ID card just now."""
    patient = who.patient
    hint = said("Only parts are shown, so that nobody can read along")
    if who.document is None:
        hint = said("To see all of it, begin again with your ID card on the reader")
    return Show(
        title=said("My data"),
        hint=hint,
        icon="user",
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
        buttons=(IN_FULL,) if who.document is not None else (),
        presence=who.presence,
    )
