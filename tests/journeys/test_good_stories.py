"""Every journey as it goes when all is well: the exact sequence of its steps."""

from __future__ import annotations

import pytest

from core.operation import OperationState
from tests.helpers import journey_stories as stories
from tests.helpers.explore import Story

_SLIP = ["document.intend", "document.start", "PrintSlip", "document.finish"]
_CARD = [
    *("FindDispenserCard", "card_issue.intend", "ReserveCard", "card_issue.start"),
    *("MoveCardToEncoder", "card_issue.note.dispensed"),
    *("WriteCard", "card_issue.note.written"),
    *("card_issue.note.presenting", "PresentCard", "TakeCard", "card_issue.note.taken"),
    *("ActivateCard", "card_issue.finish"),
]
_HOLD = [
    *("hold.intend", "hold.start", "PlaceHoldAtPos", "hold.note.approved"),
    *("RegisterHold", "hold.finish"),
]
_QUOTE = [
    *("settle.intend", "settle.start", "CheckPos", "OpenSettlement"),
    *("CheckPrinter", "ConfirmQuote"),
]
_PAY = ["settle.note.paying", "CommitSettlement", "settle.finish", *_SLIP]
_SETTLE = [*_QUOTE, "ShowPaymentCode", *_PAY]
_SETTLE_BY_CARD = [*_QUOTE, "ShowPaymentCode", "ConfirmCard", *_PAY]
_PERSON = ["PlaceIdCard", "TypePhone", "ReadNotice", "ConfirmPerson", "RegisterPerson"]
_REFUND = ["refund.intend", "RequestRefund", "refund.start", "ConfirmRefund", "refund.finish"]
_PLACE = ["FetchDepartments", "Choose", "Choose", "RegisterVisit"]

_KIOSK = {
    "card": [*_PERSON, *_CARD, "ShowCardIssued"],
    "register": [
        *("Identify", "FindPatient", *_PLACE, *_SETTLE_BY_CARD),
        *("FetchGuide", "CountSlipPrint", *_SLIP, "FetchDeferral", "Finished"),
    ],
    "pay": [
        *("Identify", "FindPatient", "FetchBills", "Show"),
        *(*_SETTLE_BY_CARD, "FetchResidual", "ShowSettled"),
    ],
    "hold": [
        *("Identify", "FindPatient", "CheckPos", "FetchHoldTerms", "FetchPatientHolds"),
        *("ChooseHoldAmount", "ConfirmCard", *_HOLD, *_SLIP, "ShowHoldPlaced"),
    ],
}
_SEQUENCES = [
    (stories.ISSUE_CARD, _CARD),
    (stories.PLACE_HOLD, _HOLD),
    (stories.SETTLE, _SETTLE),
    (stories.SETTLE_COVERED, [*_QUOTE, *_PAY]),
    (stories.REFUND, [*_REFUND, *_SLIP]),
    (stories.PRINT_SLIP, _SLIP),
    (stories.GET_CARD, _KIOSK["card"]),
    (stories.REGISTER, _KIOSK["register"]),
    (stories.PAY_BILL, _KIOSK["pay"]),
    (stories.HOLD, _KIOSK["hold"]),
    *(
        (story, ["TakeBackCard", "ChooseService", *_KIOSK[story.name.split()[-1]]])
        for story in stories.VISITS
    ),
]


@pytest.mark.parametrize(
    ("story", "sequence"), _SEQUENCES, ids=[story.name for story, _ in _SEQUENCES]
)
def test_good_story_is_exactly_this_sequence(story: Story, sequence: list[str]) -> None:
    world, played = story.run({})
    assert played.names == sequence
    assert {one.state for one in world.operations().values()} == {OperationState.DONE}


def test_every_story_has_its_sequence() -> None:
    assert [story for story, _ in _SEQUENCES] == list(stories.ALL)
