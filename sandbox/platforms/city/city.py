"""The city's routes: credit, city codes, health cards, social-security cards, and the control.

Talks HTTP with the backends of all hospitals (docs/platforms/city.md). What a reader would get
wrong: somebody nobody reported is CLEAR; only silence means that the credit is not known.
"""

from dataclasses import asdict, dataclass, field
from pathlib import Path

from sandbox.platforms.city import wire as wire
from sandbox.platforms.city.credit import CreditBooks, Entry, Flag, Standing
from sandbox.platforms.city.people import (
    HE_ID,
    OTHER_HOSPITAL,
    Citizen,
    HealthCard,
    PeopleBooks,
)
from sandbox.platforms.desk import Desk, Done


def _shipped_credit() -> CreditBooks:
    credit = CreditBooks()
    credit.entries.add(Entry(HE_ID, OTHER_HOSPITAL, "H7-2025-0042", 86000, "2026-01-12"))
    return credit


@dataclass(slots=True)
class CityBooks:
    """What survives a restart."""

    credit: CreditBooks = field(default_factory=_shipped_credit)
    people: PeopleBooks = field(default_factory=PeopleBooks)


class City:
    """One city whose books are in ``state_path``; ``app`` is what a server serves."""

    def __init__(self, state_path: Path) -> None:
        self._desk = Desk(state_path, CityBooks)
        self.app = self._desk.app
        routes = self._desk.routes
        routes.post("/credit/status")(self._on_status)
        routes.post("/credit/suspend")(self._on_suspend)
        routes.post("/credit/repair")(self._on_repair)
        routes.post("/credit/malicious")(self._on_malicious)
        routes.post("/credit/malicious/withdraw")(self._on_withdraw)
        routes.post("/citycode/decode")(self._on_decode)
        routes.post("/cards/find")(self._on_find_card)
        routes.post("/cards/publish")(self._on_publish)
        routes.post("/sscard/find")(self._on_find_sscard)
        routes.get("/books")(self._on_books)
        routes.post("/control")(self._on_control)

    @property
    def _credit(self) -> CreditBooks:
        return self._desk.books.credit

    @property
    def _people(self) -> PeopleBooks:
        return self._desk.books.people

    async def _on_status(self, asked: wire.StatusQuery) -> Standing:
        return self._credit.status(asked.id_number)

    async def _on_suspend(self, asked: wire.Suspension) -> Done:
        self._credit.entries.add(Entry(**asked.model_dump()))
        return Done()

    async def _on_repair(self, asked: wire.Report) -> Done:
        self._credit.entries.end(asked.id_number, asked.hospital, asked.reference, asked.hospital)
        return Done()

    async def _on_malicious(self, asked: wire.Malice) -> Done:
        self._credit.flags.add(Flag(**asked.model_dump()))
        return Done()

    async def _on_withdraw(self, asked: wire.Withdrawal) -> Done:
        self._credit.flags.end(asked.id_number, asked.hospital, asked.reference, asked.operator)
        return Done()

    async def _on_decode(self, asked: wire.CodeQuery) -> wire.Decoded:
        citizen = self._people.decode(asked.code, asked.purpose)
        return wire.Decoded(citizen.id_number, citizen.name, citizen.family_of)

    async def _on_find_card(self, asked: wire.CardNumber) -> wire.FoundCard:
        card = self._people.card(asked.number)
        return wire.FoundCard(card.hospital, card.id_number, card.name, card.state)

    async def _on_publish(self, asked: wire.CardWord) -> Done:
        self._people.publish(HealthCard(**asked.model_dump()))
        return Done()

    async def _on_find_sscard(self, asked: wire.SocialCard) -> wire.FoundPerson:
        citizen = self._people.by_sscard(asked.card_no)
        return wire.FoundPerson(citizen.id_number, citizen.name)

    async def _on_books(self) -> wire.BooksShown:
        entries, flags = self._credit.entries, self._credit.flags
        return wire.BooksShown(
            entries=[
                wire.BookedEntry(
                    **asdict(entry),
                    state="STANDING" if entries.ender(entry) is None else "REPAIRED",
                )
                for entry in entries.made.values()
            ],
            flags=[
                wire.BookedFlag(
                    **asdict(flag),
                    withdrawn_by=flags.ender(flag) or "",
                    state="FLAGGED" if flags.ender(flag) is None else "WITHDRAWN",
                )
                for flag in flags.made.values()
            ],
            cards=list(self._people.cards.values()),
        )

    async def _on_control(self, asked: wire.Control) -> None:
        match asked:
            case wire.AddPerson():
                citizen = Citizen(**asked.model_dump(exclude={"do"}))
                self._people.citizens[citizen.code_name] = citizen
            case _:
                self._desk.obey(asked)
