"""The settlement saga: lock → quote → sure that the self-pay can be paid → settle insurance → take
money → slip; undone in reverse order (domain.md B.15).

Every outside step is written down as asked before it is called and its word after; a step whose
word was lost is asked about under the same number, never repeated under a new one. What a reader
would get wrong: `advance` may be called by a request, by the clockwork and after a restart, and
each time it looks at the database first.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.acquirers.banks import Banks
from settlement_backend.acquirers.means import MeansTable
from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.insurance.insurance import Insurance
from settlement_backend.people.people import person_of
from settlement_backend.settling import books, planning, rules, settling
from settlement_backend.settling.booking import Booking
from settlement_backend.settling.insuring import Insuring
from settlement_backend.settling.quoting import Quoting
from settlement_backend.settling.settling import settlement_of, tenders_of
from settlement_backend.settling.shapes import SettlementShape
from settlement_backend.settling.tables import Settlement, Tender
from settlement_backend.settling.taking import Takings
from settlement_backend.settling.view import settlement_shape
from settlement_backend.settling.wish import Wish, automatic_key
from settlement_backend.terminals.tables import Terminal

_MOST_STEPS = 40
_MOVING = ("INSURED", "PAYING", "REVERSING")


class Saga:
    """All settlements of this backend."""

    def __init__(
        self, context: Context, means: MeansTable, banks: Banks, insurance: Insurance
    ) -> None:
        self._context = context
        self._db, self._clock, self._policy = context.db, context.clock, context.policy
        self.quoting = Quoting(context, banks, insurance)
        self._booking = Booking(context, means)
        self._insuring = Insuring(context.db, insurance, self._booking)
        self._takings = Takings(context, means, self._booking)

    # --- what terminals ask

    def open(
        self,
        settlement_id: str,
        person_id: str,
        bills: Sequence[tuple[str, int]],
        terminal: Terminal,
        with_pos: bool = False,
        relation_id: str = "",
    ) -> SettlementShape:
        """Lock and quote. The same id again answers as things stand.

        `with_pos`: the terminal completes holds of its own card terminal when it is asked.
        `relation_id`: the relative whose phone this is, "" for the patient's own or a machine.
        """
        with self._db.locks.alone(f"settlement/{settlement_id}"):
            with self._db.write() as session:
                if session.get(Settlement, settlement_id) is None:
                    person = person_of(session, person_id)
                    now = self._clock.now()
                    settling.lock(
                        session,
                        settlement_id,
                        person,
                        bills,
                        terminal,
                        self._policy,
                        now,
                        relation_id,
                    )
            self.quoting.quote(settlement_id, terminal, with_pos)
            return self.view(settlement_id, terminal)

    def commit(self, settlement_id: str, wish: Wish, terminal: Terminal) -> SettlementShape:
        """Pay what is quoted; answers PAYING when the acquirer wants to be asked again."""
        with self._db.locks.alone(f"settlement/{settlement_id}"):
            self.quoting.check_holds(settlement_id)
            one_code = self.quoting.one_code(settlement_id, wish)
            with self._db.write() as session:
                tender_id = self.quoting.accept(session, settlement_id, wish, terminal, one_code)
                self._booking.begin(session, settlement_of(session, settlement_id))
            secret = one_code.auth_code if one_code else wish.auth_code
            if tender_id and secret:
                self._takings.keep(tender_id, secret)
            self._run(settlement_id)
            return self.view(settlement_id, terminal)

    def automatic(
        self,
        settlement_id: str,
        person_id: str,
        bills: Sequence[tuple[str, int]],
        terminal: Terminal,
    ) -> SettlementShape:
        """Open and pay with nobody present: existing money, and what somebody signed for (H16,
        A.b3, W01, S18). Raises Refused `no_automatic_tender`; the bills are open again then."""
        told = self.open(settlement_id, person_id, bills, terminal)
        if told.state != "QUOTED":
            return told
        tender: str | None = "NONE"
        if told.due_fen:
            with self._db.read() as session:
                row, now = settlement_of(session, settlement_id), self._clock.now()
                facts = planning.facts(session, row, self._policy, terminal.kind, now)
            tender = rules.automatic(self._policy.tender, self._policy.scope, facts)
        if tender is None:
            self.cancel(settlement_id, terminal)
            raise Refused("no_automatic_tender")
        wish = Wish(automatic_key(settlement_id), tender, "", told.due_fen)
        return self.commit(settlement_id, wish, terminal)

    def cancel(self, settlement_id: str, terminal: Terminal) -> SettlementShape:
        """Undo whatever was done."""
        with self._db.locks.alone(f"settlement/{settlement_id}"):
            with self._db.write() as session:
                row = settlement_of(session, settlement_id)
                if row.state == "COMPLETED":
                    raise Refused("completed")
                if settling.change(session, row.id, "QUOTED", state="CANCELLED", trouble="left"):
                    settling.unlock(session, row)
                elif row.state in ("INSURED", "PAYING"):
                    self._booking.reverse_because(session, row, "left")
            self._run(settlement_id)
            return self.view(settlement_id, terminal)

    def pos_word(
        self, settlement_id: str, tender_id: str, word: str, terminal: Terminal
    ) -> SettlementShape:
        """What the card terminal said of its sale or completion: DONE, REFUSED or UNKNOWN. It only
        decides when the acquirer is asked; the acquirer decides what is so. Raises NoSuch."""
        with self._db.locks.alone(f"settlement/{settlement_id}"):
            with self._db.write() as session:
                tender = session.get(Tender, tender_id)
                if tender is None or tender.settlement_id != settlement_id:
                    raise NoSuch("unknown_tender")
                if tender.terminal_id != terminal.id or tender.channel != "POS":
                    raise Refused("tender_not_allowed")
                if tender.state == "PAYING":
                    tender.word = word
            self._run(settlement_id)
            return self.view(settlement_id, terminal)

    def view(self, settlement_id: str, terminal: Terminal) -> SettlementShape:
        """As it stands."""
        with self._db.read() as session:
            row = settlement_of(session, settlement_id)
            return settlement_shape(session, row, terminal, self._context)

    # --- what the clockwork asks

    def unfinished(self) -> list[str]:
        """Settlements that some step is still owed to, and quotes that are over."""
        now = stamp(self._clock.now())
        with self._db.read() as session:
            moving = select(Settlement.id).where(
                Settlement.state.in_(_MOVING), Settlement.next_at <= now
            )
            stale = select(Settlement.id).where(
                Settlement.state == "QUOTED", Settlement.expires_at < now
            )
            return [*session.scalars(moving), *session.scalars(stale)]

    def advance(self, settlement_id: str) -> None:
        """One unfinished settlement, as far as it goes now."""
        with self._db.locks.alone(f"settlement/{settlement_id}"):
            with self._db.write() as session:
                row = settlement_of(session, settlement_id)
                expired = row.state == "QUOTED" and row.expires_at < stamp(self._clock.now())
                if expired and settling.change(
                    session, row.id, "QUOTED", state="CANCELLED", trouble="not_open"
                ):
                    settling.unlock(session, row)
            self._run(settlement_id)

    # --- the steps

    def _run(self, settlement_id: str) -> None:
        """Step after step until one has to wait."""
        for _ in range(_MOST_STEPS):
            with self._db.read() as session:
                row = settlement_of(session, settlement_id)
                tenders = tenders_of(session, settlement_id)
            match row.state:
                case "INSURED":
                    going = self._insuring.settle(row)
                case "PAYING":
                    going = self._take_next(row, tenders)
                case "REVERSING":
                    going = self._undo_next(row, tenders)
                case _:
                    return
            if not going:
                return

    def _take_next(self, row: Settlement, tenders: list[Tender]) -> bool:
        tender = next((each for each in tenders if each.state != "TAKEN"), None)
        if tender is not None:
            return self._takings.take(row, tender)
        return self._booking.book(row, lambda _session, _row: None)

    def _undo_next(self, row: Settlement, tenders: list[Tender]) -> bool:
        """The last first, the insurance after all money."""
        tender = next((t for t in reversed(tenders) if t.state in ("PAYING", "TAKEN")), None)
        if tender is not None:
            return self._takings.undo(row, tender)
        if row.insurance_state in ("ASKED", "SETTLED", "REVERSING"):
            return self._insuring.undo(row)
        return self._booking.book(row, self._end)

    def _end(self, session: Session, row: Settlement) -> None:
        for tender in tenders_of(session, row.id):
            books.free(session, row, tender)
        row.state = "REVERSED" if books.gave_back(session, row) else "CANCELLED"
        settling.unlock(session, row)
