"""Refunds against both platforms: routes, sums, lost answers, restarts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from backend_bench import CASHIER, SUPERVISOR, WANG, Backend, Line, Platforms, window

from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.steps import Actor
from settlement_backend.bills.tables import BillLine
from settlement_backend.cases.tables import Case
from settlement_backend.documents.tables import Slip
from settlement_backend.holds.holds import HoldFacts
from settlement_backend.ledger import ledger
from settlement_backend.prepay.accounts import TopUp, balance_fen, collect
from settlement_backend.prepay.lots import OLD
from settlement_backend.refunds.payouts import Payee
from settlement_backend.refunds.shapes import RefundShape
from settlement_backend.settling.settling import as_settled
from settlement_backend.settling.tables import Settlement

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

SILENCE = pytest.mark.expects_warnings("settlement_backend")


def refuse(backend: Backend, settlement_id: str, *line_ids: str) -> str:
    """Why a refund is not accepted."""
    with pytest.raises(Refused) as refused:
        backend.refunds.request("K9/refund", settlement_id, line_ids, "not done", CASHIER)
    return refused.value.reason


def routes(told: RefundShape) -> list[tuple[str, int]]:
    return [(part.route, part.amount_fen) for part in told.parts]


def paid_two_lines(backend: Backend) -> tuple[str, str]:
    """100.00 class A, 50.00 own: fund 80.00, account 20.00, scan 50.00."""
    bill_id = backend.bill(Line(10000, "A"), Line(5000, "OWN"))
    return bill_id, backend.pay(bill_id)


def assert_settled_up(backend: Backend, refund_id: str, revenue_fen: int) -> None:
    with backend.db.read() as session:
        assert ledger.balanced(session)
        assert ledger.balance(session, f"refunding:{refund_id}") == 0
        assert ledger.balance(session, "revenue") == revenue_fen


def standing(platforms: Platforms) -> list[tuple[int, int]]:
    return [
        (booked["fund_fen"], booked["account_fen"])
        for booked in platforms.insurance.books()["settlements"]
        if booked["state"] == "SETTLED"
    ]


def test_insured_line_goes_back_to_the_insurance_alone(
    backend: Backend, platforms: Platforms
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-0"])

    told = backend.refunds.confirm(refund_id, CASHIER)

    assert told.state == "PAID"
    assert told.slip is not None and told.slip.qr_text.startswith("ZF1.S.")
    assert (told.total_fen, routes(told)) == (10000, [("INSURANCE", 10000)])
    assert standing(platforms) == [(0, 0)]
    assert platforms.acquirer.books()["orders"][0]["refunded_fen"] == 0
    assert_settled_up(backend, refund_id, 5000)


def test_own_expense_line_goes_back_by_the_wallet(backend: Backend, platforms: Platforms) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-1"])

    told = backend.refunds.confirm(refund_id, CASHIER)

    assert (told.state, routes(told)) == ("PAID", [("SCAN", 5000)])
    assert standing(platforms) == [(8000, 2000)]
    assert platforms.acquirer.books()["orders"][0]["refunded_fen"] == 5000
    with backend.db.read() as session:
        settlement = session.get_one(Settlement, settlement_id)
        assert (settlement.fund_fen, settlement.account_fen) == (8000, 2000)
        assert settlement.setl_id == "SETL0000000000000002"
        assert session.get_one(BillLine, f"{bill_id}-1").refunded_by == refund_id
        assert ledger.moved(session, "outside:scan:WECHAT", "refund") == -5000
    assert_settled_up(backend, refund_id, 10000)


def test_two_refunds_of_one_settlement_empty_it(backend: Backend, platforms: Platforms) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    backend.refunds.confirm(backend.agreed_refund(settlement_id, [f"{bill_id}-1"]), CASHIER)
    second = backend.refunds.request("K2", settlement_id, [f"{bill_id}-0"], "not done", CASHIER)
    backend.refunds.review(second.refund_id, SUPERVISOR, True)

    told = backend.refunds.confirm(second.refund_id, CASHIER)

    assert (told.state, routes(told)) == ("PAID", [("INSURANCE", 10000)])
    assert standing(platforms) == []
    assert_settled_up(backend, second.refund_id, 0)
    with backend.db.read() as session:
        first = as_settled(session, session.get_one(Settlement, settlement_id))
        assert (first.fund_fen, first.account_fen) == (8000, 2000)


def test_account_that_was_emptied_by_the_bill_pays_the_rest_again(
    backend: Backend, platforms: Platforms
) -> None:
    person = {"psn_no": WANG, "id_number": "330302195501123411", "name": "王建国"}
    platforms.insurance.control(
        "add_person", **person, account_fen=3000, e_code="ECDEMO0000000000000000WANGJ1"
    )
    bill_id = backend.bill(Line(10000, "A"), Line(10000, "A"))
    settlement_id = backend.pay(bill_id)

    asked = backend.refunds.request("K1", settlement_id, [f"{bill_id}-0"], "not done", CASHIER)
    backend.refunds.review(asked.refund_id, SUPERVISOR, True)
    told = backend.refunds.confirm(asked.refund_id, CASHIER)

    assert routes(asked) == [("INSURANCE", 9000), ("SCAN", 1000)]
    assert (told.state, routes(told)) == ("PAID", routes(asked))
    assert standing(platforms) == [(8000, 2000)]


def test_insurance_that_settles_otherwise_than_quoted_changes_the_routes(
    backend: Backend, platforms: Platforms
) -> None:
    person = {"psn_no": WANG, "id_number": "330302195501123411", "name": "王建国"}
    code = {"e_code": "ECDEMO0000000000000000WANGJ1"}
    platforms.insurance.control("add_person", **person, account_fen=0, **code)
    bill_id = backend.bill(Line(10000, "A"), Line(10000, "A"))
    settlement_id = backend.pay(bill_id)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-0"])
    platforms.insurance.control("add_person", **person, account_fen=500, **code)

    told = backend.refunds.confirm(refund_id, CASHIER)

    assert (told.state, routes(told)) == ("PAID", [("INSURANCE", 7500), ("SCAN", 2500)])
    assert standing(platforms) == [(8000, 500)]
    with backend.db.read() as session:
        assert ledger.moved(session, "outside:insurance:account", "refund") == 500
    assert_settled_up(backend, refund_id, 10000)


def test_routes_take_the_last_tender_first(backend: Backend, platforms: Platforms) -> None:
    with backend.db.write() as session:
        top_up, now = TopUp(OLD, "2024-11-05"), backend.clock.now()
        collect(session, backend.person_id, 3000, "opening/1", "opening", top_up, now)
    bill_id = backend.bill(Line(4000, "OWN"), Line(1000, "OWN"))
    settlement_id = backend.pay(bill_id, "CASH")
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-0"])

    told = backend.refunds.confirm(refund_id, CASHIER)

    assert (told.state, routes(told)) == ("PAID", [("CASH", 2000), ("PREPAY_BALANCE", 2000)])
    with backend.db.read() as session:
        assert ledger.balance(session, f"prepaid:{backend.person_id}") == 2000
        assert balance_fen(session, backend.person_id) == 2000
        assert ledger.moved(session, "outside:cash", "refund") == -2000
    assert_settled_up(backend, refund_id, 1000)


def test_money_of_a_hold_goes_back_to_its_card(backend: Backend, platforms: Platforms) -> None:
    held = platforms.place_hold("REF1", 30000)
    numbers = {"auth_code": held["auth_code"], "rrn": held["rrn"]}
    pos = {"trace": "1", "receipt": "1", "pos_terminal_id": "P1", "merchant_id": "M1"}
    body = HoldFacts("REF1", 30000, "622202******0017", **numbers, **pos)
    backend.holds.register(backend.person_id, body, window())
    bill_id = backend.bill(Line(4000, "OWN"), Line(8000, "OWN"))
    settlement_id = backend.pay(bill_id)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-0"])

    told = backend.refunds.confirm(refund_id, CASHIER)

    assert (told.state, routes(told)) == ("PAID", [("PREAUTH", 4000)])
    assert told.parts[0].label == "622202******0017"
    booked = platforms.acquirer.books()["holds"][0]
    assert (booked["taken_fen"], booked["refunded_fen"]) == (12000, 4000)
    assert_settled_up(backend, refund_id, 8000)


@SILENCE
def test_refusal_of_a_number_that_was_settled_is_not_believed(
    backend: Backend, platforms: Platforms
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-1"])
    platforms.insurance.fault("/fsi/2207", "answer_lost")
    backend.refunds.confirm(refund_id, CASHIER)
    platforms.insurance.control("refuse", infno="2207", err_msg="duplicate msgid")

    backend.refunds.advance(refund_id)

    assert backend.refunds.view(refund_id, CASHIER).state == "PAID"
    assert_settled_up(backend, refund_id, 10000)


@pytest.mark.parametrize("infno", ["2208", "2207"])
@pytest.mark.parametrize("kind", ["silent", "answer_lost", "http_500"])
@SILENCE
def test_lost_insurance_word_is_found_out_and_nothing_is_done_twice(
    backend: Backend, platforms: Platforms, infno: str, kind: str
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-1"])
    platforms.insurance.fault(f"/fsi/{infno}", kind)

    backend.refunds.confirm(refund_id, CASHIER)
    backend.restarted_refunds().advance(refund_id)

    assert backend.refunds.view(refund_id, CASHIER).state == "PAID"
    assert standing(platforms) == [(8000, 2000)]
    assert len(platforms.insurance.books()["settlements"]) == 2
    assert_settled_up(backend, refund_id, 10000)


@pytest.mark.parametrize("kind", ["silent", "answer_lost", "http_500"])
@SILENCE
def test_lost_wallet_refund_word_is_asked_about_under_its_number(
    backend: Backend, platforms: Platforms, kind: str
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-1"])
    platforms.acquirer.fault("/pay/refund", kind)

    waiting = backend.refunds.confirm(refund_id, CASHIER)
    assert waiting.state == "CONFIRMED"
    assert backend.refunds.unfinished() == []
    backend.clock.pass_seconds(1)
    assert backend.refunds.unfinished() == [refund_id]
    backend.restarted_refunds().advance(refund_id)

    assert backend.refunds.view(refund_id, CASHIER).state == "PAID"
    assert platforms.acquirer.books()["orders"][0]["refunded_fen"] == 5000
    assert_settled_up(backend, refund_id, 10000)


def test_refund_in_processing_stays_confirmed_until_it_is_final(
    backend: Backend, platforms: Platforms
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-1"])
    platforms.acquirer.control("next_refund", outcome="success", polls=2)

    states = [backend.refunds.confirm(refund_id, CASHIER).state]
    for _ in range(3):
        backend.refunds.advance(refund_id)
        states.append(backend.refunds.view(refund_id, CASHIER).state)

    assert states == ["CONFIRMED", "CONFIRMED", "CONFIRMED", "PAID"]


def test_refund_the_channel_declines_becomes_a_transfer_in_real_name(
    backend: Backend, platforms: Platforms
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-1"])
    platforms.acquirer.control("next_refund", outcome="fail")

    told = backend.refunds.confirm(refund_id, CASHIER)

    assert (told.state, told.needs) == ("NEED_REALNAME_RESUBMIT", ("PAYEE",))
    assert (routes(told), told.parts[0].rule_id) == ([("TRANSFER", 5000)], "RF-CHANNEL-REFUSED")
    assert backend.refunds.unfinished() == []

    part_id, account = told.parts[0].part_id, Payee("", "6222021234567890123", "ICBC")
    assert backend.refunds.pay_to(refund_id, part_id, account, CASHIER).state == "CONFIRMED"
    backend.send_transfers(looks=2)

    assert backend.refunds.view(refund_id, CASHIER).state == "PAID"
    sent = platforms.acquirer.books()["transfers"]
    assert [(item["payee_name"], item["amount_fen"], item["state"]) for item in sent] == [
        ("王建国", 5000, "PAID")
    ]
    assert_settled_up(backend, refund_id, 10000)


def test_insurance_that_refuses_what_stays_goes_to_a_person(
    backend: Backend, platforms: Platforms
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-1"])
    platforms.insurance.control("refuse", infno="2207", err_msg="no")

    told = backend.refunds.confirm(refund_id, CASHIER)

    assert told.state == "SUSPENSE"
    assert standing(platforms) == []
    with backend.db.read() as session:
        settlement = session.get_one(Settlement, settlement_id)
        assert (settlement.setl_id, settlement.fund_fen) == ("", 0)
        assert ledger.balanced(session)


def test_insurance_that_keeps_the_old_settlement_goes_to_a_person(
    backend: Backend, platforms: Platforms
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-1"])
    platforms.insurance.control("refuse", infno="2208", err_msg="no")

    assert backend.refunds.confirm(refund_id, CASHIER).state == "SUSPENSE"
    assert standing(platforms) == [(8000, 2000)]


def test_same_key_is_the_same_refund(backend: Backend) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    ask = ("K1/refund", settlement_id, [f"{bill_id}-1"], "not done", CASHIER)

    assert backend.refunds.request(*ask) == backend.refunds.request(*ask)


def test_confirmed_again_pays_nothing_again(backend: Backend, platforms: Platforms) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-1"])

    assert backend.refunds.confirm(refund_id, CASHIER) == backend.refunds.confirm(
        refund_id, CASHIER
    )
    assert platforms.acquirer.books()["orders"][0]["refunded_fen"] == 5000
    with backend.db.read() as session:
        assert session.query(Slip).filter(Slip.of == refund_id).count() == 1


def test_rejected_lines_are_free_again(backend: Backend) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    line_ids = [f"{bill_id}-1"]
    asked = backend.refunds.request("K1", settlement_id, line_ids, "not done", CASHIER)
    assert refuse(backend, settlement_id, *line_ids) == "already_refunded"

    told = backend.refunds.review(asked.refund_id, SUPERVISOR, False)

    assert told.state == "REJECTED"
    with pytest.raises(Refused, match="not_reviewed"):
        backend.refunds.confirm(asked.refund_id, CASHIER)
    again = backend.refunds.request("K2", settlement_id, line_ids, "not done", CASHIER)
    assert again.state == "ACCEPTED"


def test_settlement_has_one_refund_under_way(backend: Backend) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    backend.refunds.request("K1", settlement_id, [f"{bill_id}-1"], "not done", CASHIER)

    assert refuse(backend, settlement_id, f"{bill_id}-0") == "already_refunded"


def test_refund_is_not_confirmed_before_its_review(backend: Backend) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    asked = backend.refunds.request("K1", settlement_id, [f"{bill_id}-1"], "not done", CASHIER)

    with pytest.raises(Refused, match="not_reviewed"):
        backend.refunds.confirm(asked.refund_id, CASHIER)
    with pytest.raises(Refused, match="same_person"):
        backend.refunds.review(asked.refund_id, CASHIER, True)


def test_lines_that_cannot_come_back_are_refused(backend: Backend) -> None:
    bill_id = backend.bill(Line(1000, "OWN", executed=True), Line(2000, "OWN"))
    settlement_id = backend.pay(bill_id)

    assert refuse(backend, settlement_id, f"{bill_id}-0") == "item_executed"
    assert refuse(backend, settlement_id, "another-0") == "nothing_to_refund"
    assert refuse(backend, settlement_id) == "nothing_to_refund"
    assert refuse(backend, "none", f"{bill_id}-1") == "not_settled"


@SILENCE
def test_silent_insurance_accepts_no_refund_and_takes_no_line(
    backend: Backend, platforms: Platforms
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    platforms.insurance.fault("/fsi/2206", "silent")

    assert refuse(backend, settlement_id, f"{bill_id}-1") == "insurance_silent"
    assert backend.refunds.request("K2", settlement_id, [f"{bill_id}-1"], "", CASHIER)


def test_unknown_refund_is_no_such(backend: Backend) -> None:
    with pytest.raises(NoSuch):
        backend.refunds.view("none", CASHIER)


@SILENCE
def test_channel_that_says_nothing_for_too_long_is_a_case_and_still_asked(
    backend: Backend, platforms: Platforms
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-1"])
    platforms.acquirer.fault("/pay/refund", "http_500")
    platforms.acquirer.fault("/pay/refund/query", "http_500")
    backend.refunds.confirm(refund_id, CASHIER)
    backend.clock.pass_seconds(backend.policy.doubt.give_up_after)

    backend.refunds.advance(refund_id)

    assert backend.refunds.view(refund_id, CASHIER).state == "PAYOUT_UNKNOWN"
    with backend.db.read() as session:
        case = session.query(Case).one()
        assert (case.operation_id, case.amount_fen) == (refund_id, 5000)

    backend.refunds.advance(refund_id)
    assert backend.refunds.view(refund_id, CASHIER).state == "PAID"
    assert_settled_up(backend, refund_id, 10000)


def test_w20_two_reviewers_race_and_one_word_counts(backend: Backend) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    asked = backend.refunds.request("K1", settlement_id, [f"{bill_id}-1"], "not done", CASHIER)
    other = Actor("2201", "W08", "window")

    def review(who: Actor, approve: bool) -> str:
        try:
            return backend.refunds.review(asked.refund_id, who, approve).state
        except Refused as refused:
            return refused.reason

    with ThreadPoolExecutor(2) as pool:
        words = list(pool.map(review, (SUPERVISOR, other), (True, False)))

    told = backend.refunds.view(asked.refund_id, CASHIER)
    assert sorted(words) == sorted(["not_allowed", told.state])
    assert [step.step for step in told.steps] == ["ACCEPTED", told.state]


def test_requests_for_the_same_lines_race_and_one_gets_them(backend: Backend) -> None:
    bill_id, settlement_id = paid_two_lines(backend)

    def request(key: str) -> str:
        try:
            ask = (key, settlement_id, [f"{bill_id}-1"], "not done", CASHIER)
            return backend.refunds.request(*ask).state
        except Refused as refused:
            return refused.reason

    with ThreadPoolExecutor(3) as pool:
        words = list(pool.map(request, ("K1", "K2", "K3")))

    assert sorted(words) == ["ACCEPTED", "already_refunded", "already_refunded"]
