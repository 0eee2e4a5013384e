"""What a person is here: special identities, media, contact and guardian, a death (S20, S27, W34).

What a reader would get wrong: identities are set as a whole, so what is not ticked is taken away;
and a death makes a person a window's for ever, with refunds that want the documents of the list.
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.people.find import ANY_MEDIUM, ask_for_medium
from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import (
    Action,
    Field,
    FieldKind,
    Pressed,
    WorkSheet,
)
from core.identity import Medium, Patient
from core.media_rows import media_rows
from core.page_parts import Row, Section, Tone
from core.people import Media
from core.phrase import Said, said
from core.steps.media import FetchMedia
from core.steps.refunds import ResubmitContact
from core.steps.window_people import (
    AddGuardian,
    AttachMedium,
    EndMedium,
    RecordDeath,
    SetContact,
    SetIdentities,
)
from core.window_people import Deceased

_IDENTITIES: dict[str, Said] = {
    "DUAL_IDENTITY": said("Dual identity"),
    "BENEFIT": said("Benefit patient"),
    "SPECIAL_DISEASE": said("Special disease"),
    "ON_ACCOUNT": said("On account"),
}
_DOCUMENTS: dict[str, Said] = {
    "VISIT_CARD": said("Visit card"),
    "PATIENT_ID": said("Patient's ID card"),
    "PATIENT_SAVINGS_CARD": said("Patient's own savings card"),
    "AGENT_ID": said("Agent's ID card"),
    "RELATION_PROOF": said("Proof of the relation"),
    "DEATH_PROOF": said("Death or cremation certificate"),
}
_SET, _MEDIA = said("Special identities"), said("Cards and codes")
_CONTACT, _GUARDIAN = said("Contact"), said("Guardian")
_AGAIN, _DEATH = said("Contact, second submission"), said("A death")


async def identities(at: AtWork) -> str | Patient:
    """Set and taken away at a window only (S20, S27)."""
    answer = await identities_sheet(at)
    if not isinstance(answer, Pressed):
        return ""
    wanted = tuple(name for name in _IDENTITIES if answer.value(name))
    patient = await fetched(SetIdentities(at.served.patient_id, wanted), at, _SET)
    return patient or ""


def identities_sheet(at: AtWork) -> WorkSheet:
    """Ticked as they stand."""
    held = at.served.identities
    ticks = tuple(
        Field(name, words, FieldKind.TICK, "yes" if name in held else "", needed=False)
        for name, words in _IDENTITIES.items()
    )
    return WorkSheet(
        title=_SET,
        patient=at.patient,
        text=said("With any of them a kiosk sends the patient to a window."),
        fields=ticks,
        actions=(Action("set", said("Set them so")),),
    )


async def media(at: AtWork) -> str:
    """What they are found by; one more with the holder's document, or one less (S06, S43)."""
    while True:
        found = await fetched(FetchMedia(at.served.patient_id), at, _MEDIA)
        if found is None:
            return ""
        answer = await media_sheet(at, found)
        if not isinstance(answer, Pressed):
            return ""
        medium = await ask_for_medium(
            at, _MEDIA, said("Show the card or code that it is about."), ANY_MEDIUM
        )
        if medium is not None:
            await _change(at, answer, medium)


async def _change(at: AtWork, answer: Pressed, medium: Medium) -> None:
    patient_id = at.served.patient_id
    match answer.word:
        case "attach":
            await fetched(AttachMedium(patient_id, medium, answer.value("about")), at, _MEDIA)
        case _:
            await fetched(EndMedium(patient_id, medium, answer.value("about")), at, _MEDIA)


def media_sheet(at: AtWork, found: Media) -> WorkSheet:
    """Numbers masked."""
    return WorkSheet(
        title=_MEDIA,
        patient=at.patient,
        text="" if found.media else said("Found by the ID number alone"),
        sections=(Section("", media_rows(found)),),
        fields=(Field("about", said("ID number on the document, or why it ends"), most=60),),
        actions=(
            Action("attach", said("Add a card or code")),
            Action("end", said("End one"), key="Ctrl+E"),
        ),
    )


async def contact(at: AtWork) -> str:
    """Whom the hospital calls, and who is paid for a minor (W30)."""
    answer = await person_sheet(at, _CONTACT, number_needed=False)
    if isinstance(answer, Pressed):
        wish = SetContact(
            at.served.patient_id,
            answer.value("name"),
            answer.value("id_number"),
            answer.value("phone"),
        )
        if await fetched(wish, at, _CONTACT) is not None:
            await told(at, said("Kept"))
    return ""


async def guardian(at: AtWork) -> str:
    """With the proof that lies here; valid at once (N22)."""
    answer = await person_sheet(at, _GUARDIAN, proof=True)
    if isinstance(answer, Pressed):
        wish = AddGuardian(
            at.served.patient_id,
            answer.value("name"),
            answer.value("id_number"),
            answer.value("phone"),
            answer.value("proof"),
        )
        if await fetched(wish, at, _GUARDIAN) is not None:
            await told(at, said("Kept"))
    return ""


async def contact_again(at: AtWork) -> str:
    """The real name and number of a contact that was not clear; taken once (W32)."""
    answer = await person_sheet(at, _AGAIN, phone=False)
    if isinstance(answer, Pressed):
        wish = ResubmitContact(
            at.served.patient_id, answer.value("name"), answer.value("id_number")
        )
        if await fetched(wish, at, _AGAIN) is not None:
            await told(at, said("Kept"))
    return ""


def person_sheet(
    at: AtWork,
    title: Said,
    *,
    number_needed: bool = True,
    phone: bool = True,
    proof: bool = False,
) -> WorkSheet:
    """Somebody beside the patient."""
    fields = [
        Field("name", said("Name")),
        Field("id_number", said("ID number"), FieldKind.ID_NUMBER, needed=number_needed),
    ]
    if phone:
        fields.append(Field("phone", said("Phone"), FieldKind.PHONE, most=11))
    if proof:
        fields.append(Field("proof", said("Proof that was seen"), most=60))
    return WorkSheet(
        title=title,
        patient=at.patient,
        fields=tuple(fields),
        actions=(Action("keep", said("Keep")),),
    )


async def death(at: AtWork) -> str:
    """A death with the originals that lie here; the rest of the list may follow later (W34)."""
    answer = await death_sheet(at)
    if not isinstance(answer, Pressed):
        return ""
    documents = tuple(name for name in _DOCUMENTS if answer.value(name))
    wish = RecordDeath(at.served.patient_id, answer.value("died_on"), documents)
    match await fetched(wish, at, _DEATH):
        case Deceased() as known:
            await _recorded(at, known)
        case None:
            pass
        case other:
            assert_never(other)
    return ""


async def _recorded(at: AtWork, known: Deceased) -> None:
    rows = [Row("clipboard-list", words, _seen(known, name)) for name, words in _DOCUMENTS.items()]
    complete = known.refund.allow and not known.refund.needs
    tone = Tone.SUCCESS if complete else Tone.WARNING
    words = (
        said("Everything for a refund was seen")
        if complete
        else said("A refund still needs the documents that are missing")
    )
    await told(at, said("The death is recorded"), tuple(rows), tone=tone, words=words)


def _seen(known: Deceased, name: str) -> Said:
    return said("seen") if name in known.documents else said("missing")


def death_sheet(at: AtWork) -> WorkSheet:
    """The day, and what lies on the desk."""
    ticks = tuple(
        Field(name, words, FieldKind.TICK, needed=False) for name, words in _DOCUMENTS.items()
    )
    return WorkSheet(
        title=_DEATH,
        patient=at.patient,
        text=said("Tick only originals that lie here. The proof of death must be among them."),
        fields=(Field("died_on", said("Day of death"), FieldKind.DAY), *ticks),
        actions=(Action("record", said("Record"), twice=True),),
    )
