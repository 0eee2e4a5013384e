"""Insurance settlements: made by 2207/2304, cancelled by 2208/2305, undone by 2601 (B.1.2-B.1.4).

Talks to nothing; the insurance's transactions call it. What a reader would get wrong: 2601 for a
number nobody heard of succeeds, and that number is refused for ever after.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from sandbox.platforms.desk import Refused
from sandbox.platforms.insurance.insured import AccountPart, Insured
from sandbox.platforms.insurance.scheme import INPATIENT, Insutype, MedType, Shares

REVERSED = "this msgid was reversed"


@dataclass(slots=True)
class Settlement:
    """One settlement; ``medins_setl_id`` is the sender's own number, ``msgid`` the envelope's.

    ``line_numbers`` are the uploaded lines it stands for, none of a bill with inline lines;
    ``balance_fen`` is the own account after the last change of this settlement.
    """

    setl_id: str
    medins_setl_id: str
    msgid: str
    psn_no: str
    mdtrt_id: str
    insutype: Insutype
    med_type: MedType
    mdtrt_cert_type: str
    shares: Shares
    account_parts: list[AccountPart]
    line_numbers: list[str]
    settled_at: datetime
    balance_fen: int = 0
    mid_stay: bool = False
    cancelled_at: datetime | None = None
    cancel_msgid: str = ""
    undone: bool = False

    @property
    def state(self) -> Literal["SETTLED", "REVERSED"]:
        """Whether it stands."""
        return "REVERSED" if self.undone or self.cancelled_at else "SETTLED"

    @property
    def clr_type(self) -> str:
        """11 outpatient, 14 special disease, 21 inpatient."""
        return "11" if self.med_type in ("11", "12", "13") else self.med_type

    @property
    def inpatient(self) -> bool:
        """Whether it was made by 2304."""
        return self.med_type == INPATIENT


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the day's books: a settlement on its day, or its cancellation on its own."""

    settlement: Settlement
    sign: Literal[1, -1]
    day: date


@dataclass(slots=True)
class SettlementBooks:
    """All settlements by setl_id; ``dead_numbers`` were undone, some before they arrived."""

    made: dict[str, Settlement] = field(default_factory=dict)
    dead_numbers: set[str] = field(default_factory=set)

    def find(self, number: str) -> Settlement | None:
        """The settlement of the sender's number."""
        return next((s for s in self.made.values() if number in (s.medins_setl_id, s.msgid)), None)

    def standing(self, mdtrt_id: str) -> list[Settlement]:
        """The settlements of a visit that stand."""
        return [s for s in self.made.values() if s.mdtrt_id == mdtrt_id and s.state == "SETTLED"]

    def settle(self, wanted: Settlement, insured: Insured) -> None:
        """Take the accounts' parts and keep the settlement under a new setl_id."""
        wanted.setl_id = f"SETL{len(self.made) + 1:016d}"
        insured.take(wanted.account_parts)
        self.made[wanted.setl_id] = wanted
        _note_balance(wanted, insured)

    def known(self, setl_id: str, mdtrt_id: str, psn_no: str) -> Settlement:
        """A settlement that 2208 or 2305 names; Refused when there is none to cancel."""
        known = self.made.get(setl_id)
        if known is None or (known.mdtrt_id, known.psn_no) != (mdtrt_id, psn_no):
            raise Refused("no such settlement")
        if known.undone:
            raise Refused("this settlement was reversed by 2601")
        return known

    def cancel(self, known: Settlement, msgid: str, now: datetime, insured: Insured) -> None:
        """Cancel a settlement; once, however often it is asked for."""
        if known.cancelled_at is None:
            known.cancelled_at, known.cancel_msgid = now, msgid
            insured.give_back(known.account_parts)
            _note_balance(known, insured)

    def undo(self, known: Settlement, insured: Insured) -> None:
        """Treat a settlement as never done; a cancelled one is done with already."""
        if known.state == "SETTLED":
            known.undone = True
            insured.give_back(known.account_parts)
            _note_balance(known, insured)

    def cancelled_by(self, msgid: str) -> Settlement | None:
        """The settlement whose cancellation had this msgid."""
        return next((s for s in self.made.values() if s.cancel_msgid == msgid), None)

    def undo_cancellation(self, known: Settlement, insured: Insured) -> None:
        """Treat a cancellation as never done: the settlement stands again."""
        if not insured.can_take(known.account_parts):
            raise Refused("the account no longer holds its part")
        insured.take(known.account_parts)
        known.cancelled_at, known.cancel_msgid = None, ""
        _note_balance(known, insured)

    def entries(self, first: date, last: date) -> list[Entry]:
        """The books of some days, both included; what was undone never happened."""
        return [
            Entry(made, sign, moment.date())
            for made in self.made.values()
            if not made.undone
            for sign, moment in _signed(made)
            if first <= moment.date() <= last
        ]


def _signed(made: Settlement) -> list[tuple[Literal[1, -1], datetime]]:
    signed: list[tuple[Literal[1, -1], datetime]] = [(1, made.settled_at)]
    if made.cancelled_at is not None:
        signed.append((-1, made.cancelled_at))
    return signed


def _note_balance(settlement: Settlement, insured: Insured) -> None:
    settlement.balance_fen = insured.people[settlement.psn_no].account_fen
