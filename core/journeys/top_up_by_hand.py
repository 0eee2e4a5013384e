"""Add to a prepaid balance by cash that a cashier holds, where the policy still allows it (S14).

Order: intention on disk → backend → finished. What a reader would get wrong: until it is booked the
notes are the patient's and in a person's hand, so nothing is owed when the backend refuses them;
what the backend is told is the same under the same key, so the notes are facts of the intention.
"""

from __future__ import annotations

from core.journal.operations import Operation
from core.journeys.doubt import InDoubt, leave_in_doubt
from core.journeys.take_notes import NoteCount
from core.journeys.top_up import NotRaised, Raised, TopUpEnd, TopUpWish
from core.operation import OperationEvent, OperationKind
from core.ports import NotSent, Refused, Unknown
from core.prepay import ToppedUp
from core.steps import Facts, Intend, Intended, JournalBroken, Record
from core.steps.prefund import TopUpBalance

_KIND = OperationKind.TOP_UP
BY_HAND = "CASH_BY_HAND"
"""The method that an intention of this journey says."""
NOTES_FEN = (10_000, 5_000, 2_000, 1_000)


async def top_up_by_hand(wish: TopUpWish, notes: tuple[NoteCount, ...]) -> TopUpEnd:
    """From counted notes to a higher balance, or a truthful no."""
    amount_fen = sum(note.value_fen * note.count for note in notes)
    facts: Facts = {
        "patient_id": wish.patient_id,
        "method": BY_HAND,
        "amount_fen": amount_fen,
        "consent": int(wish.consent),
        "declared_need": int(wish.declared_need),
        **{f"n{note.value_fen}": note.count for note in notes},
    }
    match await Intend(_KIND, facts):
        case Intended(operation_id):
            pass
        case JournalBroken():
            return NotRaised("journal_broken")
    if isinstance(await Record(operation_id, _KIND, OperationEvent.START), JournalBroken):
        return NotRaised("journal_broken")
    end = await book_by_hand(operation_id, wish, notes)
    if isinstance(end, InDoubt):
        return await leave_in_doubt(operation_id, _KIND, amount_fen, end)
    return end


async def book_by_hand(
    operation_id: str, wish: TopUpWish, notes: tuple[NoteCount, ...], *, told_before: bool = False
) -> Raised | NotRaised | InDoubt:
    """Tell the backend; recovery enters here too.

    `told_before`: an earlier telling may have arrived, so silence now proves nothing; neither does
    an answer that nobody is signed in.
    """
    amount_fen = sum(note.value_fen * note.count for note in notes)
    match await TopUpBalance(
        operation_id, wish.patient_id, amount_fen, notes, None, wish.consent, wish.declared_need
    ):
        case ToppedUp() as topped:
            facts: Facts = {"top_up_id": topped.top_up_id}
            await Record(operation_id, _KIND, OperationEvent.FINISH, facts)
            return Raised(topped)
        case NotSent(reason) if told_before:
            return InDoubt(reason)
        case Refused(reason) as no if told_before and no.turned_away:
            return InDoubt(reason)
        case Refused(reason) | NotSent(reason):
            await Record(operation_id, _KIND, OperationEvent.RETURN, {"reason": reason})
            return NotRaised(reason)
        case Unknown(reason):
            return InDoubt(reason)


def notes_in(operation: Operation) -> tuple[NoteCount, ...]:
    """As they were intended."""
    counts = ((fen, operation.number(f"n{fen}")) for fen in NOTES_FEN)
    return tuple(NoteCount(fen, count) for fen, count in counts if count)
