"""Money of prepaid balances at a window: exact sequences, what is refused, what nobody knows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cashier.journeys.prefund.works import WORKS
from core import steps
from core.billing import Slip, Text
from core.flow import Step
from core.journal.operations import Operation
from core.journeys.clean_out import CleanedOut, NotCleanedOut, carry_out_clean_out
from core.journeys.doubt import Doubtful
from core.journeys.recover import recover
from core.journeys.take_notes import NoteCount
from core.journeys.top_up import NotRaised, Raised, TopUpWish
from core.journeys.top_up_by_hand import notes_in, top_up_by_hand
from core.operation import OperationKind, OperationState
from core.ports import NotSent, Printed, Refused, Unknown
from core.prepay import ToppedUp, WayBack
from core.steps.prefund import TopUpBalance
from core.steps.window_prefund import ConfirmCleanOut
from core.window_prepay import CleanOutFile
from tests.helpers.driver import play

_WISH = TopUpWish("P1", consent=True, declared_need=False)
_NOTES = (NoteCount(10_000, 1), NoteCount(5_000, 1))
_TOPPED_UP = ToppedUp("t-1", "CASH", 15_000, 15_000, "OP-EXEMPT-GROUP", Slip("s-1", "ZF1.S.s-1.x"))
_WAY = WayBack(
    *("OLD", Text("历史余额", "Earlier balance"), "2024-11-05", 8_000, "TRANSFER"),
    *("RF-NO-ROUTE", Text("原路不存在", "No way back"), "PAYING"),
)
_FILE = CleanOutFile(
    clean_out_id="c-1",
    patient_id="P1",
    display_name="李明",
    state="CONFIRMED",
    amount_fen=8_000,
    ways=(_WAY,),
    needs=(),
    payee_account="*4567",
    payee_bank="中国工商银行",
    reason="",
    asked_at="2026-03-05T09:02:03+08:00",
    steps=(),
    slip=None,
)


def answering(word: object) -> Any:  # noqa: ANN401  an answer of any step
    """The journal writes, the printer prints, the backend says this."""

    def answer(step: Step[Any]) -> object:
        match step:
            case steps.Intend():
                return steps.Intended("op-1")
            case steps.PrintSlip():
                return Printed()
            case steps.ReportSuspense():
                return steps.CaseOpened("C-1", "finance")
            case ConfirmCleanOut() | TopUpBalance():
                return word
        return None

    return answer


def test_w20_payout_is_written_down_before_the_backend_is_told() -> None:
    played = play(carry_out_clean_out("c-1", 8_000), answering(_FILE))
    assert played.names == ["refund.intend", "refund.start", "ConfirmCleanOut", "refund.finish"]
    assert played.end == CleanedOut(_FILE)


def test_w20_refused_payout_moves_nothing() -> None:
    played = play(carry_out_clean_out("c-1", 8_000), answering(Refused("same_person")))
    assert played.names[-1] == "refund.refuse"
    assert played.end == NotCleanedOut("same_person")


@pytest.mark.parametrize(
    "word",
    [Unknown("timeout"), NotSent("backend_silent"), replace(_FILE, state="PAYOUT_UNKNOWN")],
    ids=["lost", "silent", "bank_unknown"],
)
def test_w20_payout_nobody_knows_of_is_a_doubt_with_a_slip(word: object) -> None:
    played = play(carry_out_clean_out("c-1", 8_000), answering(word))
    assert isinstance(played.end, Doubtful)
    assert "PrintSlip" in played.names


def _open(kind: OperationKind, **facts: str | int) -> Operation:
    """What the journal knows of an operation at which the power went."""
    return Operation("op-1", kind, OperationState.STARTED, facts)


def test_w20_recovery_asks_again_under_the_same_key_and_a_signed_out_window_waits() -> None:
    operation = _open(OperationKind.REFUND, clean_out_id="c-1", amount_fen=8_000)
    again = play(recover(operation), answering(_FILE))
    assert again.names == ["ConfirmCleanOut", "refund.finish"]
    waits = play(recover(operation), answering(Refused("not_authorised")))
    assert waits.names[:2] == ["ConfirmCleanOut", "refund.doubt"]


def test_s14_counted_notes_are_facts_of_the_intention_and_booked_again_as_they_were() -> None:
    played = play(top_up_by_hand(_WISH, _NOTES), answering(_TOPPED_UP))
    assert played.names == ["top_up.intend", "top_up.start", "TopUpBalance", "top_up.finish"]
    assert played.end == Raised(_TOPPED_UP)
    intend = played.steps[0]
    assert isinstance(intend, steps.Intend)
    operation = _open(OperationKind.TOP_UP, **intend.facts)
    assert notes_in(operation) == _NOTES
    again = play(recover(operation), answering(_TOPPED_UP))
    assert again.steps[0] == played.steps[2]
    assert again.names[1:] == ["top_up.finish", "document.intend", "document.owe"]


@pytest.mark.parametrize("word", [NotSent("backend_silent"), Refused("not_authorised")])
def test_s14_recovery_without_the_backends_word_stays_open(word: object) -> None:
    told = play(top_up_by_hand(_WISH, _NOTES), answering(_TOPPED_UP)).steps[0]
    assert isinstance(told, steps.Intend)
    played = play(recover(_open(OperationKind.TOP_UP, **told.facts)), answering(word))
    assert "top_up.doubt" in played.names
    assert "top_up.return" not in played.names


def test_s14_lost_answer_is_a_doubt_that_recovery_ends() -> None:
    played = play(top_up_by_hand(_WISH, _NOTES), answering(Unknown("timeout")))
    assert isinstance(played.end, Doubtful)


def test_s14_refused_cash_stays_in_the_patients_hand() -> None:
    played = play(top_up_by_hand(_WISH, _NOTES), answering(Refused("no_shift")))
    assert played.names[-1] == "top_up.return"
    assert played.end == NotRaised("no_shift")


def test_s09_hold_is_offered_first_then_the_balance() -> None:
    offered = [work.name for work in WORKS if work.for_patient]
    assert offered == ["hold", "balance", "clear_balance"]
