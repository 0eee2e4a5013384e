"""Insurance settlements: made by 2207, cancelled by 2208, undone by 2601 (domain B.1.2-B.1.4).

Talks to nothing; the insurance's routes call it. What a reader would get wrong: 2601 for a number
nobody heard of succeeds, and that number is refused for ever after.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sandbox.platforms.insured import Insured
from sandbox.platforms.scheme import Shares


class Refused(Exception):
    """The platform says no; the text goes out as ``err_msg``."""


@dataclass(slots=True)
class Settlement:
    """One settlement; ``medins_setl_id`` is the sender's own number, ``msgid`` the envelope's."""

    setl_id: str
    medins_setl_id: str
    msgid: str
    psn_no: str
    mdtrt_id: str
    shares: Shares
    settled_on: date
    cancelled_on: date | None = None
    undone: bool = False

    @property
    def state(self) -> Literal["SETTLED", "REVERSED"]:
        """Whether it stands."""
        return "REVERSED" if self.undone or self.cancelled_on else "SETTLED"


@dataclass(frozen=True, slots=True)
class DayTotals:
    """Totals of 3201: a cancellation counts against the day it was made on."""

    total_fen: int
    fund_fen: int
    account_fen: int
    count: int


@dataclass(slots=True)
class SettlementBooks:
    """All settlements by setl_id; ``dead_numbers`` were undone before they arrived."""

    made: dict[str, Settlement] = field(default_factory=dict)
    dead_numbers: set[str] = field(default_factory=set)

    def find(self, number: str) -> Settlement | None:
        """The settlement of the sender's number."""
        return next((s for s in self.made.values() if number in (s.medins_setl_id, s.msgid)), None)

    def settle(self, wanted: Settlement, insured: Insured) -> Settlement:
        """Take the account's part and keep the settlement under a new setl_id. Refused for a
        number that was undone."""
        if {wanted.msgid, wanted.medins_setl_id} & self.dead_numbers:
            raise Refused("this msgid was reversed")
        wanted.setl_id = f"SETL{len(self.made) + 1:016d}"
        insured.people[wanted.psn_no].account_fen -= wanted.shares.account_fen
        self.made[wanted.setl_id] = wanted
        return wanted

    def cancel(
        self, setl_id: str, mdtrt_id: str, psn_no: str, today: date, insured: Insured
    ) -> Settlement:
        """Cancel a known settlement (2208); once, however often it is asked for."""
        known = self.made.get(setl_id)
        if known is None or (known.mdtrt_id, known.psn_no) != (mdtrt_id, psn_no):
            raise Refused("no such settlement")
        if known.undone:
            raise Refused("this settlement was reversed by 2601")
        if known.cancelled_on is None:
            known.cancelled_on = today
            _give_back(known, insured)
        return known

    def undo(self, number: str, psn_no: str, insured: Insured) -> None:
        """Treat the settlement of a number as not done (2601), heard of or not."""
        known = self.find(number)
        if known is not None and known.psn_no != psn_no:
            raise Refused("another person's transaction")
        self.dead_numbers.add(number)
        if known is not None and known.state == "SETTLED":
            known.undone = True
            _give_back(known, insured)

    def totals(self, first: date, last: date) -> DayTotals:
        """What stands between two days, both included; undone ones never happened."""
        signed = [
            (sign, settlement.shares)
            for settlement in self.made.values()
            if not settlement.undone
            for sign, day in ((1, settlement.settled_on), (-1, settlement.cancelled_on))
            if day is not None and first <= day <= last
        ]
        return DayTotals(
            total_fen=sum(sign * shares.total_fen for sign, shares in signed),
            fund_fen=sum(sign * shares.fund_fen for sign, shares in signed),
            account_fen=sum(sign * shares.account_fen for sign, shares in signed),
            count=sum(sign for sign, _ in signed),
        )


def _give_back(settlement: Settlement, insured: Insured) -> None:
    insured.people[settlement.psn_no].account_fen += settlement.shares.account_fen
