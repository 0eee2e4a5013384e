"""A part in cash at a window (F14): exact steps, and where the cash is when it ends badly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cashier.journeys.day.sign_on import sign_in
from cashier.journeys.till import (
    ended,
    hand_back,
    part_off,
    part_sheet,
    take,
    takes_part,
    with_part,
)
from cashier.journeys.visits.fee import pay_fee
from cashier.journeys.work import AtWork
from cashier.steps import Credentials, ShowOutcome, SignIn
from cashier.steps.sheet import Pressed, WorkSheet
from core.billing import CashTaken, Settlement, SettlementState, TenderKind, TenderOption
from core.codes import PaymentChannel, PaymentCode
from core.flow import Reason, Step, Touch
from core.journal.operations import Operation
from core.journeys.desk import CashInHand, Quote
from core.journeys.doubt import Doubtful
from core.journeys.recover import recover
from core.journeys.settle import NotSettled, SettleEnd
from core.operation import OperationKind, OperationState
from core.phrase import Yuan, said
from core.ports import CodeScanned, Done, Printed, Refused, Unknown
from core.slips import WrittenSlip
from core.steps import (
    CommitSettlement,
    ConfirmQuote,
    Intend,
    Intended,
    Leave,
    OpenSettlement,
    PayWith,
    PrintSlip,
    Record,
    Recorded,
    ShowPaymentCode,
)
from core.steps.drawer import OpenDrawer
from core.window_steps import SignInOperator
from tests.helpers import people
from tests.helpers.backend_model import Backend
from tests.helpers.driver import Played, play
from tests.helpers.told.told_window_refunds import OPERATOR

AT = AtWork(OPERATOR, people.PATIENT)
CODE, PART_FEN = "134500000000000001", 2_000
_OPENED = Backend().open("op-1", (people.BILL,))
QUOTED = replace(
    _OPENED,
    options=(
        TenderOption(TenderKind.SCAN, True, ""),
        TenderOption(TenderKind.CASH, True, ""),
        TenderOption(TenderKind.CREDIT_LINE, False, "credit_not_enough", left_fen=5_000),
    ),
)
PAID = replace(QUOTED, state=SettlementState.COMPLETED, options=())
BACK = replace(QUOTED, state=SettlementState.REVERSED, trouble="pay_not_enough", options=())
_TYPED = str(PART_FEN)
_SLIP = ["document.intend", "document.start", "PrintSlip", "document.finish"]
_TO_THE_PART = [
    *("settle.intend", "settle.start", "CheckPos", "OpenSettlement", "CheckPrinter"),
    *("ConfirmQuote", "WorkSheet", "ConfirmQuote"),
]


def desk(
    ways: list[object], committed: object, parts: list[str | Reason] | None = None
) -> Callable[[Step[Any]], object]:
    """A window where these things are said on the quote page, one after the other."""
    typed = list(parts or [_TYPED])

    def answer(step: Step[Any]) -> object:
        match step:
            case Intend():
                return Intended("op-1")
            case Record():
                return Recorded()
            case OpenSettlement():
                return QUOTED
            case ConfirmQuote():
                return ways.pop(0)
            case WorkSheet():
                word = typed.pop(0)
                return word if isinstance(word, Reason) else Pressed("part", (), (("part", word),))
            case ShowPaymentCode():
                return PaymentCode(PaymentChannel.WECHAT, CODE)
            case CommitSettlement():
                return committed
            case PrintSlip():
                return Printed()
        name = type(step).__name__
        return committed if name in ("FollowSettlement", "CancelSettlement") else Done()

    return answer


def played(
    ways: list[object], committed: object, parts: list[str | Reason] | None = None
) -> Played[SettleEnd]:
    return play(take(AT, (people.BILL,)), desk([_PART, *ways], committed, parts))


_PART = PayWith(TenderKind.CASH, in_part=True)
_SCANNED = PayWith(TenderKind.SCAN, CODE)


def commits(told: Played[SettleEnd]) -> list[CommitSettlement]:
    return [step for step in told.steps if isinstance(step, CommitSettlement)]


def test_f14_part_is_on_disk_before_the_wallet_is_asked_for_the_rest() -> None:
    told = played([_SCANNED], PAID)

    assert told.names == [
        *(*_TO_THE_PART, "settle.note.paying", "CommitSettlement", "settle.finish", *_SLIP),
    ]
    (commit,) = commits(told)
    assert (commit.due_fen, commit.part_cash_fen) == (QUOTED.due_fen, PART_FEN)
    (note,) = [
        step for step in told.steps if isinstance(step, Record) and step.facts.get("in_hand_fen")
    ]
    assert note.facts == {
        "phase": "paying",
        "due_fen": QUOTED.due_fen,
        "in_hand_fen": PART_FEN,
    }


def test_f14_quote_after_it_asks_for_the_rest_by_any_way_but_cash() -> None:
    told = played([PayWith(TenderKind.SCAN), Leave()], PAID)

    first, second = [step for step in told.steps if isinstance(step, ConfirmQuote)]
    assert (first.takes_part, first.part_cash_fen) == (True, 0)
    assert (second.rest_fen, second.part_cash_fen) == (QUOTED.due_fen - PART_FEN, PART_FEN)
    assert TenderKind.CASH not in {one.kind for one in second.settlement.options}
    (code,) = [step for step in told.steps if isinstance(step, ShowPaymentCode)]
    assert code.due_fen == second.rest_fen


def test_f14_refused_wallet_hands_the_cash_back_and_opens_no_drawer() -> None:
    told = played([_SCANNED], BACK)

    assert told.end == NotSettled("pay_not_enough", returned=True, in_hand_fen=PART_FEN)
    assert not any(isinstance(step, OpenDrawer) for step in told.steps)
    (shown,) = play(ended(AT, told.end), lambda _step: Leave()).asks
    assert isinstance(shown, ShowOutcome)
    assert (shown.in_hand_fen, shown.money) == (PART_FEN, "returned")


def test_f14_code_that_was_none_keeps_the_part_for_another_try() -> None:
    told = played([_SCANNED, Leave()], Refused("code_not_payment"))

    last = [step for step in told.steps if isinstance(step, ConfirmQuote)][-1]
    assert (last.trouble, last.part_cash_fen) == ("code_not_payment", PART_FEN)


def test_f14_leaving_with_cash_on_the_table_says_whose_it_is() -> None:
    told = played([Leave()], Refused("not_open"))

    assert told.end == NotSettled("left", in_hand_fen=PART_FEN)
    assert not commits(told)
    (shown,) = play(ended(AT, told.end), lambda _step: Leave()).asks
    assert isinstance(shown, ShowOutcome)


def test_f14_part_that_pays_everything_is_asked_again_and_nothing_takes_it_back() -> None:
    told = played([_PART, Leave()], PAID, [str(QUOTED.due_fen), str(PART_FEN), "0"])

    sheets = [step for step in told.steps if isinstance(step, WorkSheet)]
    assert [sheet.trouble for sheet in sheets] == ["", "part_cash_too_much", ""]
    assert sheets[-1].fields[0].value == "20.00"
    last = [step for step in told.steps if isinstance(step, ConfirmQuote)][-1]
    assert last.part_cash_fen == 0


def test_f14_lost_word_leaves_the_cash_set_aside() -> None:
    told = played([_SCANNED], Unknown("timeout"))

    assert isinstance(told.end, Doubtful)
    assert told.end.in_hand_fen == PART_FEN
    (shown,) = play(ended(AT, told.end), lambda _step: Leave()).asks
    assert isinstance(shown, ShowOutcome)
    assert (shown.money, shown.in_hand_fen) == ("being_checked", PART_FEN)


@pytest.mark.parametrize(
    ("settlement", "line"),
    [
        (PAID, "The payment stands. This cash belongs in the drawer."),
        (BACK, "The bill was not paid. This cash goes back to the patient."),
    ],
    ids=["paid", "reversed"],
)
def test_f14_window_that_died_prints_what_became_of_the_cash(
    settlement: Settlement, line: str
) -> None:
    facts: dict[str, str | int] = {"amount_fen": 1, "in_hand_fen": PART_FEN}
    started = OperationState.STARTED
    operation = Operation("op-1", OperationKind.SETTLE, started, facts, ["paying"])

    told = play(recover(operation), desk([], settlement))

    assert told.names[-4:] == _SLIP
    (slip,) = [step.content for step in told.steps if isinstance(step, PrintSlip)]
    assert isinstance(slip, WrittenSlip)
    assert slip.lines == (said(line),)


def test_f14_all_of_it_in_cash_and_refused_names_everything_that_goes_back() -> None:
    handed = Pressed("take", (), (("given", "10000"),))
    told = play(
        take(AT, (people.BILL,)),
        lambda step: (
            handed if isinstance(step, WorkSheet) else desk([PayWith(TenderKind.CASH)], BACK)(step)
        ),
    )

    assert told.end == NotSettled("pay_not_enough", returned=True, in_hand_fen=10_000)
    (shown,) = play(ended(AT, told.end), lambda _step: Leave()).asks
    assert isinstance(shown, ShowOutcome)
    assert shown.in_hand_fen == 10_000


def test_f14_window_that_died_tells_what_of_the_cash_belongs_in_the_drawer() -> None:
    cash = CashTaken(3_200, 10_000, 6_800, 0, None)
    facts: dict[str, str | int] = {"amount_fen": 1, "in_hand_fen": 10_000}
    operation = Operation("op-1", OperationKind.SETTLE, OperationState.STARTED, facts, ["paying"])

    told = play(recover(operation), desk([], replace(PAID, cash=cash)))

    (slip,) = [step.content for step in told.steps if isinstance(step, PrintSlip)]
    assert isinstance(slip, WrittenSlip)
    assert slip.pairs == ((said("In cash"), Yuan(3_200)),)


def test_f14_window_that_died_without_cash_prints_nothing_of_it() -> None:
    facts: dict[str, str | int] = {"amount_fen": 1, "in_hand_fen": 0}
    started = OperationState.STARTED
    operation = Operation("op-1", OperationKind.SETTLE, started, facts, ["paying"])

    assert "PrintSlip" not in play(recover(operation), desk([], BACK)).names


def test_f14_line_that_lacked_money_for_all_of_it_may_pay_the_rest() -> None:
    short = with_part(QUOTED, QUOTED.due_fen - 5_001)
    enough = with_part(QUOTED, QUOTED.due_fen - 5_000)

    assert [one.kind for one in short.options if one.allowed] == [TenderKind.SCAN]
    assert [one.kind for one in enough.options if one.allowed] == [
        *(TenderKind.SCAN, TenderKind.CREDIT_LINE),
    ]


def test_f14_part_is_offered_only_beside_another_way() -> None:
    cash_only = replace(QUOTED, options=QUOTED.options[1:2])
    no_cash = replace(QUOTED, options=QUOTED.options[:1])

    assert takes_part(QUOTED)
    assert not takes_part(cash_only)
    assert not takes_part(no_cash)
    shown = ConfirmQuote(people.PATIENT, QUOTED, None, True)
    assert shown.touched(Touch("part", "")) is None
    assert replace(shown, takes_part=True).touched(Touch("part", "")) == _PART


@pytest.mark.parametrize("reason", [Reason.IDLE, Reason.SHUTDOWN])
def test_f14_quote_that_nobody_looks_after_is_cancelled_and_says_whose_cash_it_is(
    reason: Reason,
) -> None:
    async def at_the_desk() -> int:
        try:
            await take(AT, (people.BILL,))
        except CashInHand as held:
            return await hand_back(held)
        return -1

    told = play(at_the_desk(), desk([_PART, reason], Refused("not_open"), [_TYPED, reason]))

    shown = [step for step in told.asks if isinstance(step, WorkSheet)][1:]
    assert [sheet.big_value for sheet in shown] == [Yuan(PART_FEN)] * (reason is Reason.IDLE)
    assert told.end == PART_FEN
    assert told.names[-4:] == _SLIP
    (slip,) = [step.content for step in told.steps if isinstance(step, PrintSlip)]
    assert isinstance(slip, WrittenSlip)
    assert slip.lines == (said("The bill was not paid. This cash goes back to the patient."),)
    assert "settle.return" in told.names


def test_f14_cash_that_was_given_back_before_the_window_locks_is_not_told_again() -> None:
    held = CashInHand(Reason.IDLE, Quote("op-1", people.PATIENT, QUOTED, None, part_fen=PART_FEN))

    told = play(hand_back(held), lambda _step: Pressed("done"))

    assert (told.names, told.end) == (["WorkSheet"], 0)


def test_f14_whoever_signs_in_next_reads_it_until_they_are_in() -> None:
    ends: list[object] = [Refused("wrong_password"), OPERATOR]

    def answer(step: Step[Any]) -> object:
        match step:
            case SignIn():
                return Credentials("2107", "x")
            case SignInOperator():
                return ends.pop(0)
        return Done()

    told = play(sign_in(PART_FEN), answer)

    assert [step.in_hand_fen for step in told.asks if isinstance(step, SignIn)] == [PART_FEN] * 2


def test_f14_place_of_an_abandoned_fee_is_given_back_and_its_cash_is_not_forgotten() -> None:
    held: list[CashInHand] = []

    async def at_the_desk() -> None:
        try:
            await pay_fee(AT, people.REGISTRATION, booked=False)
        except CashInHand as left:
            held.append(left)

    told = play(at_the_desk(), desk([_PART, Reason.IDLE], Refused("not_open")))

    assert told.names[-1] == "CancelRegistration"
    assert [one.amount_fen for one in held] == [PART_FEN]


@pytest.mark.parametrize("reason", ["no_shift", "shift_over_month_end"])
def test_f14_drawer_that_was_closed_meanwhile_hands_the_part_back(reason: str) -> None:
    told = played([_SCANNED], Refused(reason))

    assert told.end == NotSettled(reason, in_hand_fen=PART_FEN)


@pytest.mark.parametrize("reason", ["no_shift", "shift_over_month_end"])
def test_f14_part_is_closed_with_the_drawers_reason_before_anything_is_counted(
    reason: str,
) -> None:
    shut = TenderOption(TenderKind.CASH, False, reason)
    quoted = replace(QUOTED, options=(QUOTED.options[0], shut))

    assert (takes_part(quoted), part_off(quoted)) == (False, reason)
    assert part_off(replace(quoted, options=(shut,))) == ""
    assert part_off(QUOTED) == ""


def test_f14_scan_on_the_quote_page_pays_the_rest() -> None:
    shown = ConfirmQuote(
        people.PATIENT, QUOTED, None, True, scans=True, takes_part=True, part_cash_fen=PART_FEN
    )

    assert shown.heard(CodeScanned(CODE)) == _SCANNED


def test_f14_sheet_offers_notes_below_what_is_due() -> None:
    (field,) = part_sheet(Quote("op-1", people.PATIENT, QUOTED, None)).fields

    assert [option.key for option in field.options] == ["50.00", "20.00", "10.00", "5.00"]
