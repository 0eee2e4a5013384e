"""Count a drawer: pieces of each note and coin, nothing expected shown, nothing left out.

What a reader would get wrong: a 0 is typed too; an empty line was forgotten, not counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from cashier.steps.sheet import Action, Field, FieldKind, Pressed, WorkSheet
from core.page_parts import Row, Section
from core.phrase import Phrase, Yuan, said
from core.shifts import DENOMINATIONS_FEN

_MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """`pieces`: of each of DENOMINATIONS_FEN, in that order."""

    pieces: tuple[int, ...]

    @property
    def total_fen(self) -> int:
        """All of it."""
        return sum(n * fen for n, fen in zip(self.pieces, DENOMINATIONS_FEN, strict=True))

    @property
    def rows(self) -> tuple[Row, ...]:
        """What there is of each."""
        return tuple(
            Row("cash-banknote", denomination(fen), said("{count} pieces", count=pieces))
            for pieces, fen in zip(self.pieces, DENOMINATIONS_FEN, strict=True)
            if pieces
        )


def denomination(fen: int) -> Phrase:
    """100 yuan, 5 jiao."""
    if fen >= 100:
        return said("{count} yuan", count=fen // 100)
    return said("{count} jiao", count=fen // 10)


def count_sheet(title: Phrase, text: Phrase, counted: Counted | None = None) -> WorkSheet:
    """`counted`: what stands there from a moment ago."""
    before = counted.pieces if counted else ("",) * len(DENOMINATIONS_FEN)
    return WorkSheet(
        title=title,
        text=text,
        fields=tuple(
            Field(
                f"n{fen}",
                denomination(fen),
                FieldKind.DIGITS,
                value=str(pieces),
                most=_MOST_DIGITS,
            )
            for fen, pieces in zip(DENOMINATIONS_FEN, before, strict=True)
        ),
        actions=(Action("counted", said("Counting is done")),),
    )


def total_sheet(title: Phrase, counted: Counted) -> WorkSheet:
    """The sum of what was typed, before it is believed."""
    return WorkSheet(
        title=title,
        big_label=said("Counted"),
        big_value=Yuan(counted.total_fen),
        sections=(Section(said("Pieces"), counted.rows),),
        actions=(
            Action("right", said("That is right")),
            Action("again", said("Count again"), key="Ctrl+O"),
        ),
    )


async def count(title: Phrase, text: Phrase) -> Counted | None:
    """What is in the drawer; None: left."""
    counted: Counted | None = None
    while True:
        match await count_sheet(title, text, counted):
            case Pressed() as pressed:
                pieces = (int(pressed.value(f"n{fen}")) for fen in DENOMINATIONS_FEN)
                counted = Counted(tuple(pieces))
            case _:
                return None
        match await total_sheet(title, counted):
            case Pressed("right"):
                return counted
            case Pressed():
                continue
            case _:
                return None
