"""A sealed cash box is counted blind by two people, one after the other.

What a reader would get wrong: the first count is on disk before the second person is asked for, so
the second may come tomorrow; who counted last never counts next.
"""

from __future__ import annotations

from typing import assert_never

from core.ports import Refused
from core.steps import JournalBroken, Leave
from core.upkeep.cash_box import Batch
from core.upkeep.steps import (
    CountAgreed,
    CountsDiffer,
    FirstCount,
    RecordCount,
    SignInTechnician,
    Technician,
)
from diagnostics.steps import CardHeld, CountNotes, Credentials, Named, SignIn, Told


async def count_batch(technician: Technician, batch: Batch, *, by_name: bool) -> Told | None:
    """Until two agree, differ, or somebody goes; None when nothing was counted."""
    told = None
    person: str | None = technician.number
    seal = batch.seal
    if batch.counted and batch.counted[-1].person == technician.number:
        person = await second_person(technician.number, by_name=by_name)
    while person is not None:
        counted = await CountNotes(person, batch.number, seal)
        if isinstance(counted, Leave):
            return told
        act = RecordCount(batch.number, counted.seal, dict(counted.counts), person)
        outcome = await act
        told, seal = Told(act, outcome), counted.seal
        match outcome:
            case FirstCount():
                person = await second_person(person, by_name=by_name)
            case CountsDiffer() | CountAgreed() | Refused() | JournalBroken():
                return told
            case other:
                assert_never(other)
    return told


async def second_person(first: str, *, by_name: bool) -> str | None:
    """Somebody else's number or name; None when nobody comes."""
    card = trouble = ""
    while True:
        given = await SignIn(card, trouble, second=True, by_name=by_name)
        match given:
            case Leave():
                return None
            case CardHeld(number):
                card, trouble = number, ""
                continue
            case Named(name):
                person: str | Refused = name
            case Credentials(card, pin):
                answer = await SignInTechnician(card, pin)
                person = answer.number if isinstance(answer, Technician) else answer
            case other:
                assert_never(other)
        if isinstance(person, Refused):
            trouble = person.reason
        elif person.casefold() == first.casefold():
            trouble = "same_person"
        else:
            return person
