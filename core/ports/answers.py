"""The three answers of everything outside that are never mixed up, and `Done`.

`NotSent` (nothing happened, safe to drop or send again), `Refused` (the other side answered no),
`Unknown` (it may have happened; ask by id, never assume).
"""

from __future__ import annotations

from dataclasses import dataclass

_TURNED_AWAY = frozenset({"not_authorised", "not_found", "no_route", "other"})


@dataclass(frozen=True, slots=True)
class Refused:
    """The other side's word: no. `reason` is a code of resources/messages (refusal.<reason>).

    `detail`: a short masked text that may be shown, such as a card's last four digits.
    """

    reason: str
    detail: str = ""

    @property
    def turned_away(self) -> bool:
        """Not this was refused, but whoever asked, or the way of asking: no word about what an
        earlier request of the same may have done."""
        return self.reason in _TURNED_AWAY


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing reached the other side. `reason` names why (trouble.<reason>)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Sent, and no trustworthy answer: it may have been done."""

    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """The other side did it, or had done it before under the same id."""
