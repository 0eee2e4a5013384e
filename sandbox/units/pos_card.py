"""A bank card at the virtual card terminal: waiting for one, and what shall come of it.

Talks to a person by ``present_card``. The number of a card stays in memory only; ``masked`` is what
may be written down.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto

from sandbox.units.pos_books import CARD_UNREADABLE, TIMEOUT_OR_CANCEL
from sandbox.units.request import ControlError, Request

LONGEST_PAN, SHORTEST_PAN = 19, 13
OUTCOMES = ("approved", "declined", "unreadable", "cancel")


class Progress(Enum):
    """What happens meanwhile."""

    INSERT_CARD = auto()
    WAITING_FOR_HOST = auto()
    CARD_UNREADABLE = auto()


Tell = Callable[[Progress], Awaitable[bool]]  # False after CARD_UNREADABLE: no second try


@dataclass(frozen=True, slots=True)
class Presented:
    """A card, and what shall come of it; ``code`` is the bank's when it is declined."""

    pan: str
    bank: str
    expiry: str
    outcome: str
    code: str


class CardWait:
    """The card slot of the terminal; ``changed`` hears when it begins and stops to wait."""

    def __init__(self, limit_s: float, changed: Callable[[], None]) -> None:
        self._limit_s = limit_s
        self._changed = changed
        self._card: asyncio.Future[Presented | None] | None = None

    @property
    def is_waiting(self) -> bool:
        """True while a card may be presented."""
        return self._card is not None

    def present(self, request: Request) -> None:
        """A person holds a card to the terminal; ControlError when it does not wait for one."""
        pan = request.text("pan")
        if not pan.isdigit() or not SHORTEST_PAN <= len(pan) <= LONGEST_PAN:
            raise ControlError("field 'pan' must have 13 to 19 digits")
        card = Presented(
            pan=pan,
            bank=request.text("bank", "工商银行"),
            expiry=request.text("expiry", "2912"),
            outcome=request.choice("outcome", OUTCOMES, "approved"),
            code=request.text("code", "51"),
        )
        if self._card is None or self._card.done():
            raise ControlError("the terminal does not wait for a card")
        self._card.set_result(card)

    def stop(self) -> None:
        """The till gives up; too late it changes nothing."""
        if self._card is not None and not self._card.done():
            self._card.set_result(None)

    async def wait(self, tell: Tell) -> Presented | int:
        """A readable card, or the result code of what came instead within the time limit."""
        while True:
            card = await self._next(tell)
            if card is None or card.outcome == "cancel":
                return TIMEOUT_OR_CANCEL
            if card.outcome != "unreadable":
                return card
            if not await tell(Progress.CARD_UNREADABLE):
                return CARD_UNREADABLE

    async def _next(self, tell: Tell) -> Presented | None:
        self._card = asyncio.get_running_loop().create_future()
        self._changed()
        await tell(Progress.INSERT_CARD)
        try:
            with suppress(TimeoutError):
                return await asyncio.wait_for(self._card, self._limit_s)
            return None
        finally:
            self._card = None
            self._changed()


def masked(pan: str) -> str:
    """First six and last four digits, E for each digit between."""
    return pan[:6] + "E" * (len(pan) - 10) + pan[-4:]
