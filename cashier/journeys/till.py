"""Taking money at a window: the desk of every settlement here, and how each of them ends.

`take` for bills, whoever asks for it; `ended` shows what came of it. What a reader would get wrong:
cash is in a person's hand until the backend booked it, so nothing is owed when it did not; the
drawer opens only for cash that is booked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from cashier.journeys.work import AtWork
from cashier.steps import ShowOutcome
from cashier.steps.sheet import (
    Action,
    Field,
    FieldKind,
    FieldOption,
    ForCustomer,
    Pressed,
    Reckoning,
    WorkSheet,
)
from core.billing import Bill, Settlement, TenderKind
from core.identity import MediumKind
from core.journeys.desk import Counted, Quote, payment_code
from core.journeys.doubt import Doubtful
from core.journeys.drawer import WhyOpened, open_drawer
from core.journeys.settle import NotSettled, Settled, SettleEnd, settle
from core.money import format_yuan, yuan_in_words
from core.page_parts import Row, Section
from core.phrase import Yuan, said
from core.steps import ConfirmQuote, Leave, PayWith
from core.steps.questions import MediumShown, OtherWays
from core.window_steps import PatientFile

_DRIVES = frozenset(
    {
        TenderKind.SCAN,
        TenderKind.CASH,
        TenderKind.BANK_CARD,
        TenderKind.ONE_CODE,
        TenderKind.CREDIT_LINE,
        TenderKind.FAMILY_CREDIT_LINE,
        TenderKind.BOUND_DEBIT,
    }
)
_NOTES_FEN = (500, 1_000, 2_000, 5_000, 10_000)
_MOST_QUICK = 4


@dataclass(frozen=True, slots=True)
class WindowDesk:
    """`shown_code`: the insurance code by which the patient was found; it pays first (W12)."""

    shown_code: str = ""

    def __repr__(self) -> str:
        return "WindowDesk(…)"

    @property
    def drives(self) -> frozenset[TenderKind]:
        """All but what only a phone or a machine for notes can do."""
        return _DRIVES

    async def choose(self, quote: Quote) -> PayWith | Leave:
        """The bill with its split and every way to pay, on one page."""
        settlement = self._ordered(quote.settlement)
        while True:
            answer = await ConfirmQuote(
                quote.patient,
                settlement,
                quote.presence,
                quote.slip_possible,
                quote.trouble,
                scans=True,
            )
            if not isinstance(answer, OtherWays):
                return answer

    def _ordered(self, settlement: Settlement) -> Settlement:
        if not self.shown_code:
            return settlement
        options = settlement.options
        first = tuple(one for one in options if one.kind is TenderKind.ONE_CODE and one.allowed)
        rest = tuple(one for one in options if one not in first)
        return replace(settlement, options=(*first, *rest))

    async def code(self, tender: TenderKind, quote: Quote) -> str | None:
        """A wallet's code, or the insurance code; the one that was shown already is tried first."""
        if tender is not TenderKind.ONE_CODE:
            return await payment_code(quote)
        if self.shown_code and not quote.trouble:
            return self.shown_code
        match await insurance_code_sheet(quote):
            case MediumShown(medium):
                return medium.value
            case Pressed() | Leave():
                return None
            case other:
                assert_never(other)

    async def cash(self, quote: Quote) -> Counted | None:
        """What the patient gives, and the change, before anything is booked."""
        due_fen = quote.settlement.cash_fen
        match await cash_sheet(quote):
            case Pressed() as pressed:
                given_fen = pressed.amount_fen("given")
                return Counted(given_fen, given_fen - due_fen)
            case MediumShown() | Leave():
                return None
            case other:
                assert_never(other)


WINDOW_DESK = WindowDesk()


def cash_sheet(quote: Quote) -> WorkSheet:
    """What is given; the change is reckoned as it is typed, and notes that do are a key away."""
    due_fen = quote.settlement.cash_fen
    given = Field(
        "given",
        said("Given by the patient"),
        FieldKind.AMOUNT,
        _plain(due_fen),
        tuple(FieldOption(_plain(fen), Yuan(fen)) for fen in quick_notes_fen(due_fen)),
    )
    return WorkSheet(
        title=said("Cash"),
        patient=quote.patient,
        big_label=said("To be taken"),
        big_value=Yuan(due_fen),
        sections=(
            Section(
                "",
                (
                    Row("receipt", said("Total"), Yuan(quote.settlement.total_fen)),
                    Row("wallet", said("Due now"), Yuan(quote.settlement.due_fen)),
                    Row("cash-banknote", said("To be taken in cash"), Yuan(due_fen)),
                    Row("list", said("In words"), yuan_in_words(due_fen)),
                ),
            ),
        ),
        fields=(given,),
        reckoning=Reckoning("given", due_fen, said("Given"), said("Change")),
        actions=(Action("take", said("Take the cash")),),
        customer=ForCustomer(said("Please pay in cash"), due_fen),
    )


def insurance_code_sheet(quote: Quote) -> WorkSheet:
    """The insurance code of the phone, which pays what insurance does not (W12)."""
    due = Yuan(quote.settlement.due_fen)
    return WorkSheet(
        title=said("Insurance code"),
        patient=quote.patient,
        text=said("Scan the insurance code on the patient's phone. It pays at once."),
        big_label=said("Due now"),
        big_value=due,
        accepts=frozenset({MediumKind.EC_CODE}),
        customer=ForCustomer(
            said("Please hold your insurance code over the scanner"), quote.settlement.due_fen
        ),
    )


def quick_notes_fen(due_fen: int) -> tuple[int, ...]:
    """What people hand over for it: sums of one kind of note that are more than is due."""
    enough = {-(-due_fen // note) * note for note in _NOTES_FEN}
    return tuple(sorted(fen for fen in enough if fen > due_fen))[:_MOST_QUICK]


def _plain(amount_fen: int) -> str:
    """As it is typed."""
    return format_yuan(amount_fen).replace(",", "")


async def take(at: AtWork, bills: tuple[Bill, ...]) -> SettleEnd:
    """Settle these bills of the patient who is served, by any way a window can take."""
    end = await settle(at.served, bills, None, WindowDesk(at.shown_code))
    if isinstance(end, Settled) and end.settlement.cash is not None:
        await open_drawer(WhyOpened.CASH_TAKEN, at.operator.operator)
    return end


async def ended(at: AtWork, end: SettleEnd) -> None:
    """Show it; nothing when it was only left."""
    file = PatientFile(at.served, (), ())
    match end:
        case Settled(settlement, printed):
            await ShowOutcome(at.operator, file, settlement=settlement, printed=printed)
        case NotSettled("left", returned=False):
            return
        case NotSettled(reason, returned=returned):
            money = "returned" if returned else "untouched"
            await ShowOutcome(at.operator, file, reason=reason, money=money)
        case Doubtful() as doubtful:
            await in_doubt(at, doubtful)
        case other:
            assert_never(other)


async def in_doubt(at: AtWork, doubtful: Doubtful) -> None:
    """Nobody knows yet; a person does not take it again meanwhile."""
    await ShowOutcome(
        at.operator,
        PatientFile(at.served, (), ()),
        reason="being_checked",
        money="being_checked",
        printed=doubtful.printed,
        case_id=doubtful.case_id,
    )
