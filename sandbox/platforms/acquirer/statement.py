"""The rows of the daily files, and what a tester changes in them.

Talks to nothing. What a reader would get wrong: a change makes the file differ from the books, as
a bank's file may; the books stay right.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from sandbox.platforms.acquirer.movements import Movement

_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Row:
    """A movement as a daily file shows it."""

    movement: Movement
    at: datetime


class Change(Protocol):
    """A tester's change of the files; the books stay right."""

    def applied_to(self, rows: list[Row]) -> list[Row]:
        """The rows with the change made."""


@dataclass(frozen=True, slots=True)
class RowDropped:
    """The file lacks a row."""

    key: str

    def applied_to(self, rows: list[Row]) -> list[Row]:
        """All but that row."""
        return [row for row in rows if row.movement.key != self.key]


@dataclass(frozen=True, slots=True)
class AmountChanged:
    """The file shows another amount."""

    key: str
    amount_fen: int

    def applied_to(self, rows: list[Row]) -> list[Row]:
        """That row with the other amount."""
        return [
            Row(replace(row.movement, amount_fen=self.amount_fen), row.at)
            if row.movement.key == self.key
            else row
            for row in rows
        ]


@dataclass(frozen=True, slots=True)
class RowMoved:
    """The file of the next day shows the row."""

    key: str

    def applied_to(self, rows: list[Row]) -> list[Row]:
        """That row a day later."""
        return [
            Row(row.movement, row.at + timedelta(days=1)) if row.movement.key == self.key else row
            for row in rows
        ]


@dataclass(frozen=True, slots=True)
class RowAdded:
    """The file shows what is not in the books."""

    movement: Movement
    day: date

    def applied_to(self, rows: list[Row]) -> list[Row]:
        """One row more, at noon."""
        return [*rows, Row(self.movement, datetime.combine(self.day, _NOON))]


@dataclass(frozen=True, slots=True)
class Statement:
    """One channel's file of one day: ``rows`` in the order of time.

    ``payments`` are all payments of the channel by order_no, of other days too, because a refund
    names the payment it belongs to. ``adjusted_fen`` is what the bank corrected, by order_no.
    """

    merchant: str
    day: date
    rows: list[Row]
    payments: dict[str, Row]
    adjusted_fen: dict[str, int]


def cell(text: str) -> str:
    """A value as it may stand between two commas: neither commas nor line ends."""
    return " ".join(text.replace(",", " ").splitlines())
