"""The till and a card at a window: exact steps, and what their bad paths leave behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cashier.journeys.people.find import find
from cashier.journeys.till import WINDOW_DESK, cash_sheet, quick_notes_fen, take
from cashier.journeys.work import AtWork
from cashier.steps import Sought, SoughtByPhone, sought
from cashier.steps.sheet import Pressed, WorkSheet
from core.billing import TenderKind
from core.codes import PaymentCode
from core.flow import Reason, Step, Touch
from core.identity import Medium, MediumKind
from core.journal.operations import Operation
from core.journeys.desk import Counted, Quote
from core.journeys.issue_at_desk import CardWish, issue_at_desk
from core.journeys.issue_card import CardIssued, CardNotIssued
from core.journeys.recover import recover
from core.operation import OperationKind, OperationState
from core.ports import CardWritten, CodeScanned, DeviceTrouble, Done, NotSent, Refused, Unknown
from core.steps import (
    ActivateCard,
    CardReserved,
    ConfirmQuote,
    FindPatient,
    Intend,
    Intended,
    Leave,
    PayWith,
    Record,
    Recorded,
    ReserveCard,
    VoidCard,
)
from core.steps.window_people import FindByPhone, ReplaceCard, WriteCardAtDesk
from core.window_people import PatientsFound
from tests.helpers import people
from tests.helpers.backend_model import Backend
from tests.helpers.driver import play
from tests.helpers.told.told_window_refunds import OPERATOR

NUMBER, UID = "260000000017", "0A1B2C3D"
AT = AtWork(OPERATOR, people.PATIENT)
ISSUED = [
    *("card_issue.intend", "ReserveCard", "card_issue.start", "WriteCardAtDesk"),
    *("card_issue.note.written", "ActivateCard", "card_issue.finish"),
]


def desk_card(**replies: object) -> Callable[[Step[Any]], object]:
    """A good desk, but for the named steps."""

    def answer(step: Step[Any]) -> object:
        name = type(step).__name__
        if name in replies:
            return replies[name]
        match step:
            case Intend():
                return Intended("op-1")
            case Record():
                return Recorded()
            case ReserveCard() | ReplaceCard():
                return CardReserved(NUMBER)
            case WriteCardAtDesk():
                return CardWritten(UID)
        return Done()

    return answer


# --- a card at the desk


def test_s05_card_is_active_only_after_its_chip_is_on_disk() -> None:
    played = play(issue_at_desk(CardWish("P1")), desk_card())

    assert played.names == ISSUED
    assert played.end == CardIssued(NUMBER)
    assert ActivateCard("op-1", NUMBER, UID) in played.steps


def test_s26_exchange_reserves_by_the_old_card_and_the_document() -> None:
    wish = CardWish("P1", "260000000025", "330302195501123411")

    played = play(issue_at_desk(wish), desk_card())

    assert played.steps[1] == ReplaceCard("op-1", "260000000025", "330302195501123411")
    assert "330302195501123411" not in repr(played.steps)
    assert played.end == CardIssued(NUMBER)


@pytest.mark.parametrize(
    "told",
    [
        DeviceTrouble("smart_card", "card_not_blank"),
        DeviceTrouble("smart_card", "no_card"),
        Unknown("card_not_written"),
    ],
)
def test_s05_card_that_was_not_surely_written_gets_a_void_number(told: object) -> None:
    played = play(issue_at_desk(CardWish("P1")), desk_card(WriteCardAtDesk=told))

    assert played.names[-2:] == ["VoidCard", "card_issue.return"]
    assert isinstance(played.end, CardNotIssued)
    assert "ActivateCard" not in played.names


def test_s07_second_card_is_refused_before_anything_is_written() -> None:
    played = play(issue_at_desk(CardWish("P1")), desk_card(ReserveCard=Refused("has_card")))

    assert played.names == ["card_issue.intend", "ReserveCard", "card_issue.refuse"]
    assert played.end == CardNotIssued("has_card")


def test_card_whose_activation_nobody_answered_stays_a_doubt() -> None:
    played = play(issue_at_desk(CardWish("P1")), desk_card(ActivateCard=Unknown("backend_silent")))

    assert "card_issue.doubt" in played.names
    assert not any(isinstance(step, VoidCard) for step in played.steps)


@pytest.mark.parametrize(
    ("facts", "phases", "names"),
    [
        ({"at_desk": 1}, [], ["card_issue.return"]),
        (
            {"at_desk": 1, "card_number": NUMBER},
            [],
            ["VoidCard", "card_issue.return"],
        ),
        (
            {"at_desk": 1, "card_number": NUMBER, "uid": UID},
            ["written"],
            ["ActivateCard", "card_issue.finish"],
        ),
    ],
    ids=["intended", "numbered", "written"],
)
def test_card_at_the_desk_is_recovered_without_a_dispenser(
    facts: dict[str, str | int], phases: list[str], names: list[str]
) -> None:
    state = OperationState.STARTED if "card_number" in facts else OperationState.INTENDED
    operation = Operation("op-1", OperationKind.CARD_ISSUE, state, facts, phases)

    assert play(recover(operation), desk_card()).names == names


# --- cash and codes at the quote


_QUOTED = Backend().open("op-1", (people.BILL,))


def _quote(cash_fen: int = 18_524) -> Quote:
    settlement = replace(_QUOTED, cash_fen=cash_fen)
    return Quote("op-1", people.PATIENT, settlement, None)


@pytest.mark.parametrize(
    ("due_fen", "notes_fen"),
    [
        (3_200, (3_500, 4_000, 5_000, 10_000)),
        (10_000, ()),
        (18_524, (19_000, 20_000)),
        (1, (500, 1_000, 2_000, 5_000)),
    ],
)
def test_f18_quick_notes_are_sums_of_one_note_that_are_enough(
    due_fen: int, notes_fen: tuple[int, ...]
) -> None:
    assert quick_notes_fen(due_fen) == notes_fen


def test_f18_sheet_takes_no_less_than_is_due_and_tells_the_change() -> None:
    sheet = cash_sheet(_quote(3_200))

    assert sheet.touched(Touch("take", '{"values": {"given": "31.99"}}')) is None
    taken = sheet.touched(Touch("take", '{"values": {"given": "50"}}'))
    assert isinstance(taken, Pressed)
    assert taken.amount_fen("given") == 5_000
    reckoned = sheet.reckoned({"given": "50"}).reckoning
    assert reckoned is not None
    assert reckoned.rest_fen == 1_800


def test_f18_cash_is_told_with_what_was_given_and_given_back() -> None:
    played = play(
        WINDOW_DESK.cash(_quote(3_200)), lambda _step: Pressed("take", (), (("given", "5000"),))
    )

    assert played.end == Counted(5_000, 1_800)


def test_leaving_the_cash_page_goes_back_to_the_bill() -> None:
    assert play(WINDOW_DESK.cash(_quote()), lambda _step: Leave()).end is None


def test_l01_code_scanned_at_the_quote_is_the_answer_and_is_never_shown() -> None:
    quote = _quote()
    shown = ConfirmQuote(quote.patient, quote.settlement, None, True, scans=True)

    answer = shown.heard(CodeScanned("134500000000000001"))

    assert answer == PayWith(TenderKind.SCAN, "134500000000000001")
    assert "1345" not in repr(answer)
    silent = replace(shown, scans=False)
    assert silent.heard(CodeScanned("134500000000000001")) is None


def test_window_that_is_left_at_the_quote_takes_nothing() -> None:
    def answer(step: Step[Any]) -> object:
        match step:
            case Intend():
                return Intended("op-1")
            case Record():
                return Recorded()
            case ConfirmQuote():
                return Reason.IDLE
        name = type(step).__name__
        return _QUOTED if name == "OpenSettlement" else NotSent("backend_silent")

    played = play(take(AT, (people.BILL,)), answer)

    assert played.abandoned is Reason.IDLE
    assert "CommitSettlement" not in played.names
    assert "CancelSettlement" in played.names


# --- finding


def test_w15_typed_and_scanned_texts_mean_what_they_are() -> None:
    assert sought("260000000017") == Sought(Medium(MediumKind.HEALTH_CARD, "260000000017"))
    assert sought("33030219550112341x") == Sought(Medium(MediumKind.ID_CARD, "33030219550112341X"))
    assert sought("13800005628") == SoughtByPhone("13800005628")
    assert not isinstance(sought("134500000000000001"), Sought | PaymentCode)


def test_number_that_nobody_gave_is_not_found() -> None:
    played = play(
        find(AtWork(OPERATOR), SoughtByPhone("13800005628")), lambda _step: PatientsFound(())
    )

    assert played.end == "not_found"
    assert played.names == ["FindByPhone"]


def test_shared_number_asks_which_of_them_masked() -> None:
    def answer(step: Step[Any]) -> object:
        match step:
            case FindByPhone():
                return PatientsFound((people.PATIENT, replace(people.PATIENT, patient_id="P2")))
            case WorkSheet():
                return Pressed("serve", ("P2",))
        return replace(people.PATIENT, patient_id="P2")

    played = play(find(AtWork(OPERATOR), SoughtByPhone("13800005628")), answer)

    assert isinstance(played.end, AtWork)
    assert played.end.served.patient_id == "P2"


def test_w12_insurance_code_that_found_somebody_may_pay_once() -> None:
    code = Medium(MediumKind.EC_CODE, "A" * 28)

    played = play(find(AtWork(OPERATOR), Sought(code)), lambda _step: people.PATIENT)

    assert isinstance(played.end, AtWork)
    assert played.end.shown_code == code.value
    assert code.value not in repr(played.end)
    assert played.steps == (FindPatient(code),)
