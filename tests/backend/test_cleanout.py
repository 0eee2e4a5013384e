"""Clean-out of old balances: by lot and channel, by transfer, reviewed by two, and returned."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from backend_bench import CASHIER, SUPERVISOR, Backend, Platforms
from cleanout_bench import (
    GOOD,
    KIOSK,
    REVIEWER,
    WRONG_NAME,
    add_lot,
    agreed,
    asked,
    balance,
    face,
    refunds_of,
    state_of,
    ways,
)
from sqlalchemy import select

from settlement_backend.base.errors import Refused
from settlement_backend.base.steps import Actor
from settlement_backend.cases.tables import Case
from settlement_backend.cleanout.applications import CleanOuts
from settlement_backend.cleanout.books import under_way_fen
from settlement_backend.cleanout.requests import Account, NewCleanOut
from settlement_backend.prepay import accounts
from settlement_backend.refunds.tables import Payout

pytestmark = pytest.mark.slow

SILENCE = pytest.mark.expects_warnings("settlement_backend")


@pytest.fixture
def clean_outs(backend: Backend) -> CleanOuts:
    return CleanOuts(backend.context, backend.banks, backend.payouts)


def test_w27_w28_each_lot_goes_back_by_its_way_and_the_account_is_cleared(
    backend: Backend, clean_outs: CleanOuts, platforms: Platforms
) -> None:
    add_lot(backend, "w", 3000, "WECHAT")
    add_lot(backend, "al", 2000, "ALIPAY", days_ago=40)
    add_lot(backend, "o", 1000)

    told = asked(backend, clean_outs)

    assert (told.state, told.amount_fen) == ("ACCEPTED", 6000)
    assert state_of(backend) == "FROZEN_FOR_CLEANOUT"
    with backend.db.read() as session:
        assert accounts.balance_fen(session, backend.person_id) == 0
    assert refunds_of(platforms) == {"TOPUPw": 0, "TOPUPal": 0}

    told = agreed(clean_outs, told)
    assert told.state == "CONFIRMED"
    assert sorted(ways(told)) == [
        ("ORIGINAL", 2000, "DONE"),
        ("ORIGINAL", 3000, "DONE"),
        ("TRANSFER", 1000, "PAYING"),
    ]
    assert refunds_of(platforms) == {"TOPUPw": 3000, "TOPUPal": 2000}

    backend.send_transfers(looks=2)

    told = clean_outs.view(told.clean_out_id, KIOSK)
    assert (told.state, state_of(backend)) == ("PAID", "CLEARED")
    assert [step.step for step in told.steps] == ["ACCEPTED", "REVIEWED", "CONFIRMED", "PAID"]
    assert [step.operator for step in told.steps] == ["", "2201", "2107", ""]
    assert told.slip is not None
    assert balance(backend, f"cleaning:{told.clean_out_id}") == 0


def test_w31_payer_is_never_shown_and_the_warning_must_be_read(
    backend: Backend, clean_outs: CleanOuts
) -> None:
    add_lot(backend, "w", 3000, "WECHAT")

    plan = clean_outs.plan(backend.person_id, "kiosk")

    assert plan.needs == ("WARNING", "FACE")
    assert plan.warning is not None
    assert "王**" not in plan.model_dump_json()
    body = NewCleanOut(
        patient_id=backend.person_id, warned=False, face_check_id=face(backend), payee=None
    )
    assert refusal(clean_outs, body) == "warning_missing"
    told = clean_outs.apply("K2", body.model_copy(update={"warned": True}), KIOSK)
    assert "王**" not in told.model_dump_json() and "TOPUPw" not in told.model_dump_json()


def refusal(clean_outs: CleanOuts, body: NewCleanOut, actor: Actor = KIOSK) -> str:
    with pytest.raises(Refused) as refused:
        clean_outs.apply("K9/clean", body, actor)
    return refused.value.reason


def test_w33_kiosk_asks_for_a_face_and_a_window_for_the_document(
    backend: Backend, clean_outs: CleanOuts
) -> None:
    add_lot(backend, "o", 1000)
    account = Account(account_no=GOOD, bank="ICBC")
    bare = NewCleanOut(patient_id=backend.person_id, warned=True, payee=account)

    assert refusal(clean_outs, bare) == "face_missing"
    stale = bare.model_copy(update={"face_check_id": face(backend)})
    backend.clock.pass_seconds(3600)
    assert refusal(clean_outs, stale) == "face_missing"
    assert refusal(clean_outs, bare.model_copy(update={"payee": None}), CASHIER) == "payee_missing"
    assert clean_outs.apply("K2", bare, CASHIER).state == "ACCEPTED"


def test_one_application_at_a_time_and_the_same_key_is_the_same(
    backend: Backend, clean_outs: CleanOuts
) -> None:
    add_lot(backend, "o", 1000)

    first = asked(backend, clean_outs)

    assert asked(backend, clean_outs) == first
    with pytest.raises(Refused, match="under_way"):
        asked(backend, clean_outs, key="K2/clean")
    with backend.db.read() as session:
        assert under_way_fen(session) == 1000


def test_nothing_to_return_is_said(backend: Backend, clean_outs: CleanOuts) -> None:
    with pytest.raises(Refused, match="nothing_to_return"):
        asked(backend, clean_outs)


def test_rejected_application_gives_the_balance_back(
    backend: Backend, clean_outs: CleanOuts
) -> None:
    add_lot(backend, "o", 1000)
    told = asked(backend, clean_outs)

    listed = clean_outs.review([told.clean_out_id], REVIEWER, False, "wrong person")

    assert (listed.clean_outs[0].state, listed.clean_outs[0].reason) == ("REJECTED", "wrong person")
    with backend.db.read() as session:
        assert accounts.balance_fen(session, backend.person_id) == 1000
    assert state_of(backend) == "OPEN"
    assert asked(backend, clean_outs, key="K2/clean").state == "ACCEPTED"


def test_w20_two_reviewers_race_and_one_word_counts(
    backend: Backend, clean_outs: CleanOuts
) -> None:
    add_lot(backend, "o", 1000)
    told = asked(backend, clean_outs)

    def review(who: Actor, approve: bool) -> str:
        try:
            listed = clean_outs.review([told.clean_out_id], who, approve, "")
            return listed.clean_outs[0].state
        except Refused as refused:
            return refused.reason

    with ThreadPoolExecutor(2) as pool:
        words = list(pool.map(review, (REVIEWER, SUPERVISOR), (True, False)))

    state = clean_outs.view(told.clean_out_id, KIOSK).state
    assert sorted(words) == sorted(["not_allowed", state])
    assert balance(backend, f"prepaid:{backend.person_id}") == (0 if state == "REVIEWED" else 1000)


def test_w20_nobody_confirms_alone_what_he_reviewed(
    backend: Backend, clean_outs: CleanOuts
) -> None:
    add_lot(backend, "o", 1000)
    told = asked(backend, clean_outs)
    with pytest.raises(Refused, match="not_reviewed"):
        clean_outs.confirm(told.clean_out_id, CASHIER)
    clean_outs.review([told.clean_out_id], CASHIER, True, "")

    with pytest.raises(Refused, match="same_person"):
        clean_outs.confirm(told.clean_out_id, CASHIER)
    assert clean_outs.confirm(told.clean_out_id, SUPERVISOR).state == "CONFIRMED"


def test_w20_operator_who_asked_does_not_review(backend: Backend, clean_outs: CleanOuts) -> None:
    add_lot(backend, "o", 1000)
    told = asked(backend, clean_outs, actor=CASHIER)

    with pytest.raises(Refused, match="same_person"):
        clean_outs.review([told.clean_out_id], CASHIER, True, "")


def test_w29_word_on_many_is_for_all_or_none(backend: Backend, clean_outs: CleanOuts) -> None:
    add_lot(backend, "o", 1000)
    told = asked(backend, clean_outs)
    clean_outs.review([told.clean_out_id], REVIEWER, True, "")

    with pytest.raises(Refused, match="not_allowed"):
        clean_outs.review([told.clean_out_id], SUPERVISOR, True, "")
    again = clean_outs.review([told.clean_out_id], REVIEWER, True, "")
    assert again.clean_outs[0].state == "REVIEWED"


def test_refusal_of_the_channel_becomes_a_transfer(
    backend: Backend, clean_outs: CleanOuts, platforms: Platforms
) -> None:
    add_lot(backend, "w", 3000, "WECHAT")
    platforms.acquirer.control("age_order", order_no="TOPUPw", days=400)

    told = agreed(clean_outs, asked(backend, clean_outs))

    assert (told.state, ways(told)) == ("NEED_REALNAME_RESUBMIT", [("TRANSFER", 3000, "PLANNED")])
    account = Account(account_no=GOOD, bank="ICBC")
    told = clean_outs.resubmit(told.clean_out_id, account, KIOSK)
    assert told.state == "ACCEPTED"
    agreed(clean_outs, told)
    backend.send_transfers(looks=2)
    assert clean_outs.view(told.clean_out_id, KIOSK).state == "PAID"


def test_w32_returned_transfer_is_asked_for_again_and_paid_once(
    backend: Backend, clean_outs: CleanOuts, platforms: Platforms
) -> None:
    add_lot(backend, "o", 1000)
    told = agreed(clean_outs, asked(backend, clean_outs, account_no=WRONG_NAME))

    backend.send_transfers(looks=2)

    told = clean_outs.view(told.clean_out_id, KIOSK)
    assert (told.state, told.needs) == ("NEED_REALNAME_RESUBMIT", ("PAYEE",))
    with backend.db.read() as session:
        payout = session.scalars(select(Payout)).one()
        assert (payout.state, payout.code) == ("RETURNED", "NAME_MISMATCH")
        assert WRONG_NAME not in payout.account_no

    account = Account(account_no=GOOD, bank="ICBC")
    agreed(clean_outs, clean_outs.resubmit(told.clean_out_id, account, KIOSK))
    backend.send_transfers(looks=2)

    assert clean_outs.view(told.clean_out_id, KIOSK).state == "PAID"
    sent = platforms.acquirer.books()["transfers"]
    assert sorted((item["state"], item["amount_fen"]) for item in sent) == [
        ("PAID", 1000),
        ("RETURNED", 1000),
    ]
    assert balance(backend, "outside:transfer") == 1000


def test_transfer_that_comes_back_days_later_is_booked_back(
    backend: Backend, clean_outs: CleanOuts, platforms: Platforms
) -> None:
    add_lot(backend, "o", 1000)
    told = agreed(clean_outs, asked(backend, clean_outs))
    backend.send_transfers(looks=2)
    assert clean_outs.view(told.clean_out_id, KIOSK).state == "PAID"
    with backend.db.read() as session:
        item_no = session.scalars(select(Payout.id)).one()

    platforms.acquirer.control("return_transfer", item_no=item_no)
    backend.clock.pass_seconds(3600)
    backend.send_transfers(looks=1)

    assert clean_outs.view(told.clean_out_id, KIOSK).state == "NEED_REALNAME_RESUBMIT"
    assert balance(backend, f"cleaning:{told.clean_out_id}") == 1000
    assert balance(backend, "outside:transfer") == 0


@pytest.mark.parametrize("kind", ["silent", "answer_lost", "http_500"])
@SILENCE
def test_lost_word_of_a_channel_is_asked_about_under_its_number(
    backend: Backend, clean_outs: CleanOuts, platforms: Platforms, kind: str
) -> None:
    add_lot(backend, "w", 3000, "WECHAT")
    platforms.acquirer.fault("/pay/refund", kind)

    told = agreed(clean_outs, asked(backend, clean_outs))
    assert told.state == "CONFIRMED"
    backend.clock.pass_seconds(1)
    assert clean_outs.unfinished() == [told.clean_out_id]
    clean_outs.advance(told.clean_out_id)

    assert clean_outs.view(told.clean_out_id, KIOSK).state == "PAID"
    assert refunds_of(platforms) == {"TOPUPw": 3000}


@pytest.mark.parametrize("kind", ["silent", "answer_lost"])
@SILENCE
def test_lost_word_of_a_batch_pays_nobody_twice(
    backend: Backend, clean_outs: CleanOuts, platforms: Platforms, kind: str
) -> None:
    add_lot(backend, "o", 1000)
    told = agreed(clean_outs, asked(backend, clean_outs))
    platforms.acquirer.fault("/transfers/batch", kind)

    backend.send_transfers(looks=3)

    assert clean_outs.view(told.clean_out_id, KIOSK).state == "PAID"
    assert len(platforms.acquirer.books()["transfers"]) == 1


@SILENCE
def test_bank_that_stays_silent_becomes_a_case_and_is_still_asked(
    backend: Backend, clean_outs: CleanOuts, platforms: Platforms
) -> None:
    add_lot(backend, "o", 1000)
    told = agreed(clean_outs, asked(backend, clean_outs))
    platforms.acquirer.control("fault", path="/transfers/batch", kind="http_500", count=3)

    backend.send_transfers(looks=0)
    backend.clock.pass_seconds(backend.policy.doubt.give_up_after)
    backend.send_transfers(looks=0)

    assert clean_outs.view(told.clean_out_id, KIOSK).state == "PAYOUT_UNKNOWN"
    with backend.db.read() as session:
        case = session.scalars(select(Case)).one()
        assert (case.operation_kind, case.amount_fen) == ("transfer", 1000)

    backend.send_transfers(looks=4)
    assert clean_outs.view(told.clean_out_id, KIOSK).state == "PAID"


@SILENCE
def test_channel_that_stays_silent_becomes_a_case(
    backend: Backend, clean_outs: CleanOuts, platforms: Platforms
) -> None:
    add_lot(backend, "w", 3000, "WECHAT")
    told = asked(backend, clean_outs)
    platforms.acquirer.control("fault", path="/pay/refund", kind="http_500", count=1)
    platforms.acquirer.control("fault", path="/pay/refund/query", kind="http_500", count=1)
    agreed(clean_outs, told)
    backend.clock.pass_seconds(backend.policy.doubt.give_up_after)
    clean_outs.advance(told.clean_out_id)

    assert clean_outs.view(told.clean_out_id, KIOSK).state == "PAYOUT_UNKNOWN"
    with backend.db.read() as session:
        assert session.scalars(select(Case)).one().operation_kind == "clean_out"
    clean_outs.advance(told.clean_out_id)
    assert clean_outs.view(told.clean_out_id, KIOSK).state == "PAID"
