"""Taking money at a window: the desk of every settlement here, and how each of them ends.

`take` for bills, whoever asks for it; `ended` shows what came of it. What a reader would get wrong:
cash is in a person's hand until the backend booked it, so nothing is owed when it did not, and a
part in cash goes back by hand when its other tender is refused; the drawer opens only for cash
that is booked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from cashier.journeys.day.opening import open_for
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
from core.flow import Abandoned, Reason
from core.identity import MediumKind, Patient
from core.journeys.desk import CashInHand, Counted, PartInCash, Quote, payment_code
from core.journeys.doubt import Doubtful
from core.journeys.drawer import WhyOpened
from core.journeys.paid_slips import cash_in_hand_slip
from core.journeys.print_slip import print_slip
from core.journeys.settle import NotSettled, Settled, SettleEnd, settle
from core.money import format_yuan, yuan_in_words
from core.page_parts import Row, Section, Strip, Tone
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
_TOO_LITTLE = ("credit_not_enough", "daily_limit")
_NO_DRAWER = ("no_shift", "shift_over_month_end")


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

    async def choose(self, quote: Quote) -> PayWith | PartInCash | Leave:
        """The bill with its split and every way to pay, on one page; a part of it in cash."""
        while True:
            match await self._page(quote):
                case PayWith(in_part=True):
                    part = await _part_of(quote)
                    if part is not None:
                        return part
                case PayWith() | Leave() as answer:
                    return answer
                case OtherWays():
                    continue
                case other:
                    assert_never(other)

    def _page(self, quote: Quote) -> ConfirmQuote:
        settlement = self._ordered(quote.settlement)
        rest = with_part(settlement, quote.part_fen)
        return ConfirmQuote(
            quote.patient,
            rest,
            quote.presence,
            quote.slip_possible,
            quote.trouble,
            scans=True,
            takes_part=takes_part(settlement),
            part_off=part_off(settlement),
            part_cash_fen=quote.part_fen,
        )

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


def takes_part(settlement: Settlement) -> bool:
    """Whether some of it can be cash here: there is a way that may pay the rest."""
    cash = any(one.kind is TenderKind.CASH and one.allowed for one in settlement.options)
    return cash and _has_other_way(settlement)


def part_off(settlement: Settlement) -> str:
    """Why the drawer takes no part of it before a cashier counts one; "" when it is not that."""
    reasons = (one.reason for one in settlement.options if one.kind is TenderKind.CASH)
    reason = next((one for one in reasons if one in _NO_DRAWER), "")
    return reason if _has_other_way(settlement) else ""


def _has_other_way(settlement: Settlement) -> bool:
    others = with_part(settlement, settlement.due_fen - 1).options
    return settlement.due_fen > 1 and any(one.allowed for one in others)


def with_part(settlement: Settlement, part_fen: int) -> Settlement:
    """Its ways once so much of it is cash: those for the rest. An agreement that lacked money for
    all of it may have enough; the backend decides that again."""
    if not part_fen:
        return settlement
    rest_fen = settlement.due_fen - part_fen
    options = tuple(
        replace(one, allowed=True, reason="")
        if one.reason in _TOO_LITTLE and (one.left_fen or 0) >= rest_fen
        else one
        for one in settlement.options
        if one.kind is not TenderKind.CASH
    )
    return replace(settlement, options=options)


async def _part_of(quote: Quote) -> PartInCash | None:
    """How much of it is cash; None: back to the bill as it was."""
    trouble = ""
    while True:
        match await part_sheet(quote, trouble):
            case Pressed() as pressed:
                part_fen = pressed.amount_fen("part")
                if part_fen < quote.settlement.due_fen:
                    return PartInCash(part_fen)
                trouble = "part_cash_too_much"
            case MediumShown() | Leave():
                return None
            case other:
                assert_never(other)


def part_sheet(quote: Quote, trouble: str = "") -> WorkSheet:
    """What is counted in cash now; the rest goes by another way, and nothing is booked before it
    was taken."""
    due_fen = quote.settlement.due_fen
    part = Field(
        "part",
        said("In cash"),
        FieldKind.AMOUNT,
        _plain(quote.part_fen) if quote.part_fen else "",
        tuple(
            FieldOption(_plain(fen), Yuan(fen))
            for fen in sorted(_NOTES_FEN, reverse=True)
            if fen < due_fen
        )[:_MOST_QUICK],
    )
    return WorkSheet(
        title=said("A part in cash"),
        patient=quote.patient,
        trouble=trouble,
        text=said(
            "Count what the patient gives in cash and keep it in sight. The drawer opens once the"
            " rest was paid. If it is refused, the cash goes back to the patient."
        ),
        big_label=said("Due now"),
        big_value=Yuan(due_fen),
        fields=(part,),
        actions=(Action("part", said("Go on with the rest")),),
        customer=ForCustomer(said("Please pay a part in cash"), due_fen),
    )


def insurance_code_sheet(quote: Quote) -> WorkSheet:
    """The insurance code of the phone, which pays what insurance does not (W12)."""
    return WorkSheet(
        title=said("Insurance code"),
        patient=quote.patient,
        text=said("Scan the insurance code on the patient's phone. It pays at once."),
        big_label=said("Due now"),
        big_value=Yuan(quote.rest_fen),
        accepts=frozenset({MediumKind.EC_CODE}),
        customer=ForCustomer(
            said("Please hold your insurance code over the scanner"), quote.rest_fen
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
        await open_for(at, WhyOpened.CASH_TAKEN, end.settlement.cash.to_take_fen)
    return end


async def ended(at: AtWork, end: SettleEnd) -> None:
    """Show it; nothing when it was only left."""
    file = PatientFile(at.served, (), ())
    match end:
        case Settled(settlement, printed):
            await ShowOutcome(at.operator, file, settlement=settlement, printed=printed)
        case NotSettled("left", returned=False, in_hand_fen=0):
            return
        case NotSettled(reason, returned=returned, in_hand_fen=in_hand_fen):
            money = "returned" if returned else "untouched"
            await ShowOutcome(
                at.operator, file, reason=reason, money=money, in_hand_fen=in_hand_fen
            )
        case Doubtful() as doubtful:
            await in_doubt(at, doubtful)
        case other:
            assert_never(other)


async def hand_back(held: CashInHand) -> int:
    """Cash of a quote that nobody looked after goes back: told before the window is left, and on
    paper when nobody said that it was done. Answers what is then still in somebody's hand, fen."""
    if held.reason is Reason.IDLE and await _was_given_back(held):
        return 0
    await print_slip(cash_in_hand_slip(held.operation_id, held.amount_fen, booked=False))
    return held.amount_fen


async def _was_given_back(held: CashInHand) -> bool:
    try:
        answer = await cash_back_sheet(held.patient, held.amount_fen)
    except Abandoned:
        return False
    return isinstance(answer, Pressed)


def cash_back_sheet(patient: Patient, amount_fen: int) -> WorkSheet:
    """The last page before the window locks."""
    return WorkSheet(
        title=said("Give the cash back"),
        patient=patient,
        strip=Strip(
            Tone.WARNING,
            "alert-triangle",
            said("The bill was not paid. This cash goes back to the patient."),
        ),
        big_label=said("In cash"),
        big_value=Yuan(amount_fen),
        actions=(Action("done", said("It was given back")),),
        customer=ForCustomer(said("Nothing was charged. Your cash goes back to you."), amount_fen),
    )


async def in_doubt(at: AtWork, doubtful: Doubtful) -> None:
    """Nobody knows yet; a person does not take it again meanwhile."""
    await ShowOutcome(
        at.operator,
        PatientFile(at.served, (), ()),
        reason="being_checked",
        money="being_checked",
        printed=doubtful.printed,
        case_id=doubtful.case_id,
        in_hand_fen=doubtful.in_hand_fen,
    )
