"""The works around people and their cards, in the order of the list."""

from __future__ import annotations

from cashier.journeys.people.assist import assist
from cashier.journeys.people.cards import exchange, loss, new_card
from cashier.journeys.people.find import find_by_name
from cashier.journeys.people.first_visit import first_visit
from cashier.journeys.people.reveal import reveal
from cashier.journeys.people.standing import (
    contact,
    contact_again,
    death,
    guardian,
    identities,
    media,
)
from cashier.journeys.people.unnamed import anonymous, green_channel, merge, transfer
from cashier.journeys.work import ANYBODY, Work
from core.phrase import said

_CASHIER = frozenset({"cashier", "supervisor"})
_SUPERVISOR = frozenset({"supervisor"})

WORKS: tuple[Work, ...] = (
    Work(
        "find_by_name",
        said("Find by name and ID number"),
        find_by_name,
        _CASHIER,
        for_patient=False,
    ),
    Work("first_visit", said("First visit"), first_visit, ANYBODY, for_patient=False),
    Work(
        "green_channel", said("Emergency green channel"), green_channel, _CASHIER, for_patient=False
    ),
    Work("anonymous", said("Anonymous card"), anonymous, _CASHIER, for_patient=False),
    Work("reveal", said("Show in full"), reveal, _CASHIER, for_patient=True, key="F11"),
    Work("new_card", said("New card"), new_card, ANYBODY, for_patient=True),
    Work("loss", said("Report a loss"), loss, _CASHIER, for_patient=True),
    Work("exchange", said("Exchange the card"), exchange, _CASHIER, for_patient=True),
    Work("media", said("Cards and codes"), media, _CASHIER, for_patient=True),
    Work("identities", said("Special identities"), identities, _CASHIER, for_patient=True),
    Work("transfer", said("Account to the real identity"), transfer, _CASHIER, for_patient=True),
    Work("merge", said("Join a double registration"), merge, _SUPERVISOR, for_patient=True),
    Work("contact", said("Contact"), contact, ANYBODY, for_patient=True),
    Work("guardian", said("Guardian"), guardian, ANYBODY, for_patient=True),
    Work(
        "contact_again",
        said("Contact, second submission"),
        contact_again,
        ANYBODY,
        for_patient=True,
    ),
    Work("assist", said("Act for the patient"), assist, ANYBODY, for_patient=True),
    Work("death", said("A death"), death, _CASHIER, for_patient=True),
)
