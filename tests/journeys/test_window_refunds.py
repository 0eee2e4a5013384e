"""Refunds, paper and doubts at a window: the exact steps, and what their bad paths say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from cashier.journeys.doubts.cases import cases
from cashier.journeys.papers.invoice_pages import find_sheet
from cashier.journeys.papers.slips import signatures
from cashier.journeys.refunds.review import refund_requests
from cashier.steps.sheet import Pressed, WorkSheet
from core.billing import Refund, RefundPart
from core.cases import Cases
from core.flow import Step
from core.journeys.refund import NotRefunded, Transferring, carry_out_refund
from core.ports import CodeScanned, Done, NotSent, Printed, Refused, Unknown
from core.refund_files import RefundFile, RefundFiles
from core.steps import Intend, Intended, Leave, PrintSlip, Record, Recorded
from core.steps.media import NoteAudit
from core.steps.window_doubts import FetchCase, FetchCases, GiveCase
from core.steps.window_papers import FetchSignature
from core.steps.window_refunds import FetchRefundFile, FetchRefundsIn, JudgeRefund
from core.window_steps import ConfirmRefund, FetchSettlements, Settlements
from tests.helpers.driver import Answer, Played, play
from tests.helpers.told.told_window_refunds import (
    AT,
    CASE,
    CASH_FILE,
    FILE,
    OPERATOR,
    SERVING,
    SETTLEMENT,
    SIGNED,
)

REFUSED = Pressed("approve", (), (("operator", "2201"), ("password", "secret")))


def refund(state: str, *parts: RefundPart) -> Refund:
    """Of these routes."""
    total_fen = sum(part.amount_fen for part in parts)
    return Refund(FILE.refund_id, state, "s-1", total_fen, parts, None)


SENT = refund(
    "CONFIRMED",
    RefundPart("INSURANCE", 2_000, "", "DONE"),
    RefundPart("TRANSFER", 4_500, "", "PAYING"),
)


def answering(
    pressed: Iterable[object], confirmed: object = None, files: Iterable[RefundFile] = (FILE,)
) -> Answer:
    """Pages are pressed in this order and then left; files are told in theirs, the last again."""
    presses, told = iter(pressed), list(files)

    def answer(step: Step[Any]) -> object:
        match step:
            case WorkSheet():
                return next(presses, Leave())
            case FetchRefundsIn(state):
                return RefundFiles((FILE,) if state == "ACCEPTED" else ())
            case FetchRefundFile():
                return told.pop(0) if len(told) > 1 else told[0]
            case JudgeRefund():
                return replace(FILE, state="REVIEWED")
            case Intend():
                return Intended("op-1")
            case Record() | NoteAudit():
                return Recorded()
            case ConfirmRefund():
                return confirmed
            case PrintSlip():
                return Printed()
        return Done()

    return answer


def sheets(played: Played[Any]) -> list[WorkSheet]:
    """What was shown."""
    return [step for step in played.steps if isinstance(step, WorkSheet)]


def test_a_request_is_judged_and_carried_out_in_exactly_these_steps() -> None:
    reviewed = replace(FILE, state="REVIEWED")
    paid = refund("PAID", RefundPart("SCAN", 6_500, "WECHAT", "DONE"))
    pressed = (Pressed("open", (FILE.refund_id,)), REFUSED, Pressed("execute"), Pressed("done"))
    played = play(
        refund_requests(AT), answering(pressed, paid, (FILE, reviewed, replace(FILE, state="PAID")))
    )

    queue = ["FetchRefundsIn"] * 6
    assert played.names == [
        *(*queue, "WorkSheet", "FetchRefundFile", "WorkSheet", "JudgeRefund"),
        *("FetchRefundFile", "WorkSheet", "refund.intend", "refund.start", "ConfirmRefund"),
        *("refund.finish", "document.intend", "document.start", "PrintSlip", "document.finish"),
        *("WorkSheet", "FetchRefundFile", "WorkSheet", *queue, "WorkSheet"),
    ]


def test_cash_opens_the_drawer_only_after_it_is_booked() -> None:
    paid = refund("PAID", RefundPart("CASH", 6_500, "", "DONE"))
    pressed = (Pressed("open", (FILE.refund_id,)), Pressed("execute"), Pressed("done"))
    played = play(refund_requests(AT), answering(pressed, paid, (CASH_FILE,)))

    names = played.names
    assert names.index("OpenDrawer") > names.index("refund.finish")


def test_reviewers_password_is_in_no_text_of_an_act() -> None:
    assert "secret" not in repr(JudgeRefund("r-1", "2201", "secret", True, ""))
    assert "secret" not in repr(REFUSED)


@pytest.mark.parametrize("silence", [NotSent("backend_silent"), Unknown("backend_silent")])
def test_a_lost_word_of_the_reviewer_is_told_and_the_request_is_looked_at_again(
    silence: NotSent | Unknown,
) -> None:
    pressed = (Pressed("open", (FILE.refund_id,)), REFUSED)
    good = answering(pressed)

    def answer(step: Step[Any]) -> object:
        return silence if isinstance(step, JudgeRefund) else good(step)

    played = play(refund_requests(AT), answer)

    assert sheets(played)[2].trouble == "backend_silent"
    assert "ConfirmRefund" not in played.names


def test_a_transfer_that_was_sent_ends_the_operation_and_is_not_refunded() -> None:
    played = play(carry_out_refund(FILE.refund_id, 6_500), answering((), SENT))

    assert isinstance(played.end, Transferring)
    assert played.names[:4] == ["refund.intend", "refund.start", "ConfirmRefund", "refund.finish"]
    (slip,) = (step.content for step in played.steps if isinstance(step, PrintSlip))
    assert "RefundSlip" not in repr(slip)


@pytest.mark.parametrize("state", ["PAYOUT_UNKNOWN", "SUSPENSE"])
def test_a_refund_that_a_person_owns_is_handed_over_with_a_slip(state: str) -> None:
    told = refund(state, RefundPart("CREDIT_LINE", 6_500, "", "ASKED"))
    played = play(carry_out_refund(FILE.refund_id, 6_500), answering((), told))

    assert "refund.suspend" in played.names


def test_a_printed_invoice_stops_it_before_any_money_and_the_request_stays() -> None:
    played = play(
        carry_out_refund(FILE.refund_id, 6_500), answering((), Refused("invoice.paper_stands"))
    )

    assert played.end == NotRefunded("invoice.paper_stands")
    assert played.names[-1] == "refund.refuse"


def test_a_case_is_taken_over_by_whoever_sits_there() -> None:
    presses = iter((Pressed("open", (CASE.case_id,)), Pressed("take")))

    def answer(step: Step[Any]) -> object:
        match step:
            case WorkSheet():
                return next(presses, Leave())
            case FetchCases():
                return Cases((CASE,))
            case FetchCase():
                return CASE
            case GiveCase(_, owner, _):
                return replace(CASE, owner=owner)
        return Done()

    played = play(cases(AT), answer)

    (given,) = (step for step in played.steps if isinstance(step, GiveCase))
    assert (given.case_id, given.owner) == (CASE.case_id, OPERATOR.operator)


@pytest.mark.parametrize(
    ("word", "trouble"),
    [(Refused("not_signed"), "sheet_not_signed"), (NotSent("backend_silent"), "backend_silent")],
)
def test_a_settlement_without_a_signature_says_so(word: object, trouble: str) -> None:
    presses = iter((Pressed("look", (SETTLEMENT.settlement_id,)),))

    def answer(step: Step[Any]) -> object:
        match step:
            case WorkSheet():
                return next(presses, Leave())
            case FetchSettlements():
                return Settlements((SETTLEMENT,))
            case FetchSignature():
                return word
        return Done()

    assert sheets(play(signatures(SERVING), answer))[-1].trouble == trouble


def test_a_picture_that_is_not_what_was_signed_is_told() -> None:
    assert SIGNED.whole
    assert not replace(SIGNED, sha256="ab" * 32).whole


def test_a_code_scanned_on_the_page_that_waits_for_one_is_sent_at_once() -> None:
    heard = find_sheet(AT).heard(CodeScanned("33060126,0000004711"))

    assert heard == Pressed("find", (), (("text", "33060126,0000004711"),))
