"""The city's register is told of this hospital's cards, so that others accept them (S08).

Talks to the city outside of transactions. What a reader would get wrong: a card that is reported
lost must be known everywhere, so its newest state is told until the city answers; the states in
between need not be.
"""

from __future__ import annotations

from typing import assert_never

from sqlalchemy import select, update

from settlement_backend.base.context import Context
from settlement_backend.base.outside import Done, Silent
from settlement_backend.base.runner import each
from settlement_backend.cases.cases import open_case
from settlement_backend.people.city import City, Rejected
from settlement_backend.people.tables import Card, Person

EVERY_S = 2.0
_MOST_AT_ONCE = 20


class CardRegister:
    """One per process. `city`: None where nobody is to be told."""

    def __init__(self, context: Context, city: City | None) -> None:
        self._context, self._city = context, city

    def publish_waiting(self) -> None:
        """The newest state of every card that the city was not told."""
        if self._city is not None:
            city = self._city
            each(lambda number: self._publish(city, number), self._waiting())

    def _waiting(self) -> list[str]:
        with self._context.db.read() as session:
            wanted = select(Card.number).where(Card.to_publish != "").order_by(Card.number)
            return list(session.scalars(wanted.limit(_MOST_AT_ONCE)))

    def _publish(self, city: City, number: str) -> None:
        """A number that another hospital has is a person's to clear up."""
        with self._context.db.read() as session:
            card = session.get_one(Card, number)
            person = session.get_one(Person, card.person_id)
        told = city.publish(number, person.id_number, person.name, card.to_publish)
        match told:
            case Done():
                self._told(card, "")
            case Rejected(code=code):
                self._told(card, code)
            case Silent():
                return
            case impossible:
                assert_never(impossible)

    def _told(self, card: Card, rejected: str) -> None:
        with self._context.db.write() as session:
            session.execute(
                update(Card)
                .where(Card.number == card.number, Card.to_publish == card.to_publish)
                .values(to_publish="")
            )
            if rejected:
                open_case(
                    session,
                    self._context.policy.doubt,
                    self._context.clock.now(),
                    operation_kind="CARD_NUMBER",
                    operation_id=f"card/{card.number}",
                    amount_fen=0,
                    evidence=rejected,
                    person_id=card.person_id,
                )
