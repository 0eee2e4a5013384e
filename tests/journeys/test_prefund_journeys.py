"""Money kept ready, from the tile on: exact sequences, what is refused, and one fault anywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.billing import HoldTerms
from core.flow import Step
from core.phrase import Yuan
from core.ports import DeviceTrouble
from core.steps.prefund import ApplyForCleanOut, Payee, TopUpBalance
from core.steps.sale import SellAtPos
from kiosk.journeys.identify import Identified
from kiosk.journeys.prefund import refund_pages, services, top_up_pages
from kiosk.journeys.services import offers
from kiosk.steps import Terms
from kiosk.steps.pages import Choose, Finished, Pressed, Show
from tests.helpers import people
from tests.helpers.explore import Story, explore
from tests.helpers.journey_stories import HOLD
from tests.helpers.stories_people import troubles
from tests.helpers.stories_prefund import (
    CASH_SERVICE,
    LARGER_HOLD,
    REFUND_SERVICE,
    SECOND_HOLD,
    STANDING_HOLD_ENDS,
    STORIES,
    TRANSFER_SERVICE,
    willing,
)
from tests.helpers.told.told_prefund import BAN, CLEAN_OUT, PLAN, TERMS
from tests.helpers.variants import Variant

WHO = Identified(people.PATIENT, None)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_one_fault_anywhere_leaves_nothing_open_lost_or_doubled(story: Story) -> None:
    assert list(explore(story, 1)) == []


def test_s33_a_transfer_is_a_sale_that_is_written_down_before_and_after() -> None:
    world, played = TRANSFER_SERVICE.run({})
    assert played.names == [
        *("Identify", "FindPatient", "FetchPrepayTerms", "Show", "ChooseAmount", "Show"),
        *("ConfirmCard", "top_up.intend", "top_up.start", "SellAtPos", "top_up.note.approved"),
        *("TopUpBalance", "top_up.finish"),
        *("document.intend", "document.start", "PrintSlip", "document.finish", "Finished"),
    ]
    assert world.pos.sold_fen == 5_000


def test_w24_nobody_pays_in_advance_who_did_not_agree() -> None:
    def unwilling(step: Step[Any]) -> object:
        return Pressed("no") if isinstance(step, Show) else willing(step)

    world, played = replace(TRANSFER_SERVICE, script=unwilling).run({})
    assert played.names[-1] == "Show"
    assert not any(isinstance(act, SellAtPos) for act in world.acts)


def test_s13_limits_include_their_numbers_and_the_cap_of_the_balance_bounds_them() -> None:
    method = replace(TERMS.methods[1], balance_cap_fen=100_000)
    page = top_up_pages.amount(WHO, method, 8_000)
    assert (page.min_fen, page.max_fen) == (5_000, 92_000)
    free = top_up_pages.amount(WHO, TERMS.methods[1], 8_000)
    assert (free.min_fen, free.max_fen) == (5_000, 200_000)
    assert free.suggestions_fen[0] == 5_000
    assert free.suggestions_fen[-1] == 200_000


def test_s14_cash_says_that_notes_stay_and_ends_with_the_same_amounts() -> None:
    world, played = CASH_SERVICE.run({})
    (done,) = [ask for ask in played.asks if isinstance(ask, Finished)]
    assert done.rows[0].value == Yuan(15_000)
    assert world.acceptor.boxed_fen == 15_000


def test_s12_a_hold_that_stands_is_shown_first_and_made_larger() -> None:
    world, played = LARGER_HOLD.run({})
    assert played.names[:8] == [
        *("Identify", "FindPatient", "CheckPos", "FetchHoldTerms", "FetchPatientHolds", "Choose"),
        *("FetchHoldRelease", "Show"),
    ]
    assert played.names[-1] == "ShowHoldPlaced"
    assert world.backend.old_released


def test_s12_one_more_hold_leaves_the_first_alone() -> None:
    world, played = SECOND_HOLD.run({})
    assert "ChooseHoldAmount" in played.names
    assert not world.backend.old_released
    assert len(world.backend.holds) == 1


def test_s12_where_holds_are_no_longer_offered_the_one_that_stands_is_seen_and_ended() -> None:
    off = Variant(HoldTerms, "done", "disabled")
    world, played = STANDING_HOLD_ENDS.run({2: off})
    (listed,) = [ask for ask in played.asks if isinstance(ask, Choose)]
    assert [option.key for option in listed.options] == ["H-1"]
    shown = [ask for ask in played.asks if isinstance(ask, Show)]
    assert [button.word for button in shown[0].buttons] == ["release", "no"]
    assert world.backend.old_released
    assert played.names[-1] == "Finished"


def test_s10_where_holds_are_no_longer_offered_and_none_stands_that_is_said() -> None:
    _world, played = HOLD.run({2: Variant(HoldTerms, "done", "disabled")})
    assert troubles(played) == ["disabled"]


def test_s10_a_pos_whose_last_word_is_awaited_is_asked_for_nothing_by_any_way() -> None:
    busy = Variant(DeviceTrouble, "not done", "starting")
    _world, played = HOLD.run({1: busy})
    assert troubles(played) == ["starting"]
    assert "PlaceHoldAtPos" not in played.names


def test_w18_a_ban_says_so_and_offers_hold_and_refund_instead() -> None:
    page = top_up_pages.stopped(WHO, replace(TERMS, collect=BAN), may_declare=False)
    assert [option.key for option in page.options] == ["hold", "refund"]
    filed = top_up_pages.stopped(WHO, replace(TERMS, collect=BAN), may_declare=True)
    assert [option.key for option in filed.options] == ["declare", "hold", "refund"]


def test_w24_consent_goes_with_the_money_under_the_operations_id() -> None:
    world, _ = TRANSFER_SERVICE.run({})
    (booked,) = [act for act in world.acts if isinstance(act, TopUpBalance)]
    assert (booked.consent, booked.declared_need) == (True, False)


def test_s09_holds_come_first_then_transfer_then_cash() -> None:
    told = [offer.name for offer in offers(Terms(prepay_allowed=True), lambda _: "")]
    mine = [name for name in told if name in {one.name for one in services.SERVICES}]
    assert mine == ["hold", "top_up_transfer", "top_up_cash", "refund_balance"]


def test_w18_under_a_general_ban_the_refund_stands_in_place_of_top_ups() -> None:
    told = [offer.name for offer in offers(Terms(), lambda _: "")]
    assert "refund_balance" in told
    assert not {"top_up_transfer", "top_up_cash"} & set(told)


def test_w27_w28_w31_the_application_is_warned_typed_confirmed_and_sent_once() -> None:
    world, played = REFUND_SERVICE.run({})
    (sent,) = [act for act in world.acts if isinstance(act, ApplyForCleanOut)]
    assert (sent.warned, sent.payee) == (True, Payee("6222021234567890123", "ICBC"))
    assert sent.face_check_id
    assert played.names[-1] == "Finished"
    assert "6222021234567890123" not in repr(sent)


def test_w31_no_page_names_a_payer_or_an_account_of_before() -> None:
    pages = (refund_pages.plan(WHO, PLAN), refund_pages.warning(WHO, PLAN))
    words = "".join(repr(page) for page in pages)
    assert "account_no" not in words
    assert repr(PLAN.warning) in words


def test_w30_a_minors_transfer_goes_to_the_registered_contact() -> None:
    payee = replace(PLAN.payee, needs=("REGISTERED_CONTACT",))
    page = refund_pages.plan(WHO, replace(PLAN, payee=payee))
    assert "registered at the visit" in repr(page)
    assert "registered contact" in repr(refund_pages.account(WHO, for_contact=True))


def test_w33_without_a_face_nothing_is_sent_and_the_picture_was_agreed_to_before() -> None:
    _, played = REFUND_SERVICE.run({})
    names = played.names
    assert names.index("TakePicture") < names.index("CheckFace") < names.index("ApplyForCleanOut")
    assert "Show" in names[names.index("FetchCleanOutPlan") : names.index("TakePicture")]


def test_an_application_whose_answer_was_lost_is_looked_for() -> None:
    found = list(explore(REFUND_SERVICE, 1))
    assert found == []
    page = refund_pages.under_way(WHO, CLEAN_OUT)
    assert [button.word for button in page.buttons] == ["done"]
    again = replace(CLEAN_OUT, state="NEED_REALNAME_RESUBMIT", needs=("PAYEE",))
    assert [b.word for b in refund_pages.under_way(WHO, again).buttons] == ["account", "done"]
