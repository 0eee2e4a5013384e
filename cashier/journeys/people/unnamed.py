"""People without a number: green channel, anonymous card, and what becomes of them (S05, S28).

One card, one use: what runs on account goes to the real identity once somebody knows it, and the
card is spent. What a reader would get wrong: a double registration is joined by a supervisor alone,
and both numbers name the same person from then on.
"""

from __future__ import annotations

from cashier.journeys.people.cards import make_card
from cashier.journeys.people.find import ask_for_medium, ask_for_person
from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import Action, Field, FieldKind, FieldOption, Pressed, WorkSheet
from core.identity import Medium, MediumKind, Patient
from core.journeys.issue_at_desk import CardWish
from core.page_parts import Row, Section
from core.phrase import Phrase, Said, said
from core.steps import VoidCard
from core.steps.window_people import MergePeople, RegisterUnknown, TransferCard
from core.window_people import Handover

_GREEN, _ANONYMOUS = "GREEN_CHANNEL", "HEALTH_CARD_ANON"
_TITLES: dict[str, Said] = {
    _GREEN: said("Emergency green channel"),
    _ANONYMOUS: said("Anonymous card"),
}
_TEXTS: dict[str, Said] = {
    _GREEN: said("One card, one use. Everything runs on account until the real identity is known."),
    _ANONYMOUS: said(
        "Without a name: no pre-authorisation, no top-up, no loss report. Settled at a window."
    ),
}
_HANDED_IN = "handed in after its account was transferred"
_TRANSFER, _MERGE = said("To the real identity"), said("Join a double registration")


async def green_channel(at: AtWork) -> str | Patient:
    """Somebody in an emergency whose name nobody knows."""
    return await _unnamed(at, _GREEN)


async def anonymous(at: AtWork) -> str | Patient:
    """Somebody who may stay without a name, where the profile makes such cards (S05, S16)."""
    return await _unnamed(at, _ANONYMOUS)


async def _unnamed(at: AtWork, card: str) -> str | Patient:
    answer = await unnamed_sheet(card)
    if not isinstance(answer, Pressed):
        return ""
    wish = RegisterUnknown(
        card,
        answer.value("called"),
        answer.value("sex"),
        answer.value("birth_date"),
    )
    patient = await fetched(wish, at, _TITLES[card])
    if patient is None:
        return ""
    served = AtWork(at.operator, patient)
    await make_card(served, _TITLES[card], CardWish(patient.patient_id))
    return patient


def unnamed_sheet(card: str) -> WorkSheet:
    """What they are called meanwhile."""
    return WorkSheet(
        title=_TITLES[card],
        text=_TEXTS[card],
        fields=(
            Field("called", said("Called meanwhile"), most=30),
            Field(
                "sex",
                said("Sex"),
                FieldKind.CHOICE,
                "M",
                (FieldOption("M", said("male")), FieldOption("F", said("female"))),
            ),
            Field("birth_date", said("Born about"), FieldKind.DAY, needed=False),
        ),
        actions=(Action("register", said("Open a file")),),
    )


async def transfer(at: AtWork) -> str | Patient:
    """The green-channel card's account goes to who it really is; the card is spent (S28)."""
    card = await ask_for_medium(
        at,
        _TRANSFER,
        said("Lay the green-channel card on the reader, or type its number."),
        frozenset({MediumKind.HEALTH_CARD}),
    )
    if card is None:
        return ""
    real = await _other(at, _TRANSFER, frozenset({card}))
    if real is None:
        return ""
    answer = await joining_sheet(at, _TRANSFER, real, said("Transfer the account"))
    if not isinstance(answer, Pressed):
        return ""
    wish = TransferCard(card.value, real.patient_id, answer.value("reason"))
    done = await fetched(wish, at, _TRANSFER)
    if done is None:
        return ""
    await VoidCard(card.value, card.value, _HANDED_IN)
    return await _joined(at, real, done)


async def merge(at: AtWork) -> str | Patient:
    """This registration and another one are the same person."""
    real = await _other(at, _MERGE)
    if real is None:
        return ""
    answer = await joining_sheet(at, _MERGE, real, said("Join them"))
    if not isinstance(answer, Pressed):
        return ""
    wish = MergePeople(at.served.patient_id, real.patient_id, answer.value("reason"))
    done = await fetched(wish, at, _MERGE)
    return "" if done is None else await _joined(at, real, done)


async def _other(
    at: AtWork, title: Phrase, known: frozenset[Medium] = frozenset()
) -> Patient | None:
    text = said("Show a card, a code or the ID card of who it really is.")
    return await ask_for_person(at, title, text, known)


async def _joined(at: AtWork, real: Patient, done: Handover) -> Patient:
    served = AtWork(at.operator, real)
    rows = (Row("receipt", said("Bills that went along"), str(done.bills)),)
    await told(served, said("The account is transferred"), rows)
    return real


def joining_sheet(at: AtWork, title: Phrase, real: Patient, words: Phrase) -> WorkSheet:
    """From whom to whom, before it is done; it cannot be taken back."""
    return WorkSheet(
        title=title,
        patient=at.patient,
        text=said("Bills, visits and what runs on account go along. It cannot be taken back."),
        sections=(
            Section("", (Row("user", said("From"), at.served.display_name),)),
            Section(
                "",
                (
                    Row("user-check", said("To"), real.display_name),
                    Row("id", said("ID number"), real.display_id),
                ),
            ),
        ),
        fields=(Field("reason", said("Reason"), most=60),),
        actions=(Action("join", words, twice=True),),
    )
