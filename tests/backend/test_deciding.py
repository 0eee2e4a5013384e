"""A named person settles what nobody else could: the money moves and the case ends at once."""

from __future__ import annotations

import pytest
import requests
from backend_bench import Json, Line
from service_bench import ALIPAY_CODE, KIOSK, LI_ID, NEVER_CODE, WHOLE_BILL, House
from sqlalchemy import select
from staff_bench import AUDITOR, CASHIER, FINANCE, SUPERVISOR, Desk, sign_in
from tender_bench import CREDIT, Way, due, pay, prepare

from settlement_backend.base.tables import AuditLine
from settlement_backend.cases.tables import Case
from settlement_backend.ledger import ledger
from settlement_backend.refunds.tables import Refund

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("settlement_backend")]

PROOF = "4200001234202603021234567890"
FOR_EVER = 1000
ENOUGH = 7  # more often than is asked until the doubt, less than twice that


def verdict(decision: str, **more: str) -> Json:
    return {"decision": decision, "reason": "the bank's statement of today", **more}


def suspended(house: House, amount_fen: int = 10_000, recalls: int = FOR_EVER) -> tuple[str, Json]:
    """Li's bill whose wallet never confirms that the payment was undone."""
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(amount_fen, "OWN"))
    house.platforms.acquirer.control("next_reverse", count=recalls)
    told = house.commit(house.open(patient, [bill_id]), auth_code=NEVER_CODE)
    ended = house.to_the_end(told["settlement_id"], seconds=30)
    assert ended["state"] == "SUSPENSE"
    return bill_id, told


def case_path(house: House, operation_id: str) -> str:
    with house.service.db.read() as session:
        mine = select(Case.id).where(Case.operation_id == operation_id)
        return f"/v1/cases/{session.scalars(mine).one()}"


def wallet_of(told: Json) -> str:
    scanned: str = told["tenders"][-1]["tender_id"]
    return scanned


def decide(desk: Desk, operation_id: str, decision: str, **more: str) -> Json:
    path = case_path(desk.house, operation_id)
    return desk.done(f"{path}/decide", verdict(decision, **more))


def test_wallet_asked_again_undoes_and_opens_the_bill(house: House) -> None:
    bill_id, told = suspended(house, recalls=ENOUGH)
    settlement_id, desk = told["settlement_id"], sign_in(house, CASHIER)

    ended = decide(desk, settlement_id, "ASK_AGAIN")

    assert (ended["state"], ended["outcome"]) == ("RESOLVED", "ASKED_AGAIN")
    assert house.settlement(settlement_id)["state"] == "REVERSING"
    assert house.to_the_end(settlement_id, seconds=30)["state"] == "REVERSED"
    assert (house.bill_state(bill_id), house.prepaid_fen(house.person(LI_ID))) == ("OPEN", 8000)
    house.assert_world_agrees()


def test_insurance_asked_again_goes_on_where_it_stood(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, *WHOLE_BILL)
    house.hold(patient, 30000)
    house.platforms.insurance.fault("/fsi/2207", "http_500", count=10)
    settlement_id = house.commit(house.open(patient, [bill_id]), auth_code=ALIPAY_CODE)[
        "settlement_id"
    ]
    assert house.to_the_end(settlement_id, seconds=20)["state"] == "SUSPENSE"

    decide(sign_in(house, CASHIER), settlement_id, "ASK_AGAIN")

    told = house.settlement(settlement_id)
    assert (told["state"], told["trouble"]) == ("INSURED", "")
    assert house.to_the_end(settlement_id, seconds=20)["state"] in ("COMPLETED", "REVERSED")
    house.assert_world_agrees()


def test_doubt_that_comes_back_opens_its_case_again(house: House) -> None:
    _bill_id, told = suspended(house)
    settlement_id, desk = told["settlement_id"], sign_in(house, CASHIER)
    decide(desk, settlement_id, "ASK_AGAIN")

    assert house.to_the_end(settlement_id, seconds=30)["state"] == "SUSPENSE"

    case = sign_in(house, CASHIER).get(case_path(house, settlement_id))
    assert (case["state"], case["outcome"], case["resolved_by"]) == ("OPEN", "", "")
    assert [step["step"] for step in case["history"]] == [
        *("OPENED", "DECIDED", "RESOLVED", "OPENED"),
    ]
    assert decide(sign_in(house, CASHIER), settlement_id, "ASK_AGAIN")["state"] == "RESOLVED"


def test_taken_is_booked_and_pays_the_bill(house: House) -> None:
    patient, acquirer = house.person(LI_ID), house.platforms.acquirer
    bill_id = house.bill(patient, Line(10_000, "OWN"))
    acquirer.control("next_pay", outcome="userpaying", polls=1)
    acquirer.control("next_reverse", count=FOR_EVER)
    told = house.commit(house.open(patient, [bill_id]))
    settlement_id, order_no = told["settlement_id"], wallet_of(told)
    house.cancel(settlement_id)
    for _ in range(3):
        requests.post(f"{acquirer.url}/pay/query", json={"order_no": order_no}, timeout=5)
    assert house.to_the_end(settlement_id, seconds=30)["state"] == "SUSPENSE"
    desk = sign_in(house, CASHIER)

    case = decide(desk, settlement_id, "TAKEN", tender_id=order_no, proof=PROOF)

    assert (case["state"], case["outcome"], case["resolved_by"]) == ("RESOLVED", "BOOKED", CASHIER)
    assert case["history"][-2]["text"] == f"TAKEN {order_no} {PROOF}"
    ended = house.to_the_end(settlement_id)
    assert (ended["state"], ended["trouble"]) == ("COMPLETED", "")
    assert house.bill_state(bill_id) == "PAID"
    house.assert_world_agrees()


def test_not_taken_is_returned_and_opens_the_bill(house: House) -> None:
    bill_id, told = suspended(house)
    settlement_id, order_no = told["settlement_id"], wallet_of(told)

    case = decide(
        sign_in(house, CASHIER), settlement_id, "NOT_TAKEN", tender_id=order_no, proof=PROOF
    )

    assert case["outcome"] == "NOTHING_MOVED"
    assert house.to_the_end(settlement_id)["state"] == "REVERSED"
    assert (house.bill_state(bill_id), house.prepaid_fen(house.person(LI_ID))) == ("OPEN", 8000)
    with house.service.db.read() as session:
        assert ledger.balance(session, f"settling:{settlement_id}") == 0
        noted = session.scalars(select(AuditLine).where(AuditLine.event == "case_decided")).one()
    assert (noted.actor, PROOF in noted.facts) == (CASHIER, False)
    house.assert_world_agrees()


def test_decided_twice_is_refused_and_the_same_key_is_the_same_answer(house: House) -> None:
    _bill_id, told = suspended(house)
    desk = sign_in(house, CASHIER)
    path = f"{case_path(house, told['settlement_id'])}/decide"
    body = verdict("NOT_TAKEN", tender_id=wallet_of(told), proof=PROOF)

    first = desk.done(path, body, key="K1")

    assert desk.done(path, body, key="K1") == first
    assert desk.refused(path, body) == "case_resolved"
    taken = verdict("TAKEN", tender_id=wallet_of(told), proof=PROOF)
    assert desk.refused(path, taken) == "case_resolved"


@pytest.mark.parametrize(
    ("decision", "which", "proof", "reason"),
    [
        ("TAKEN", -1, "", "proof_needed"),
        ("NOT_TAKEN", -1, " ", "proof_needed"),
        ("TAKEN", 0, PROOF, "tender_not_doubtful"),
        ("NOT_TAKEN", 0, PROOF, "tender_not_doubtful"),
        ("DONE", -1, PROOF, "decision_does_not_fit"),
    ],
)
def test_decision_without_ground_is_refused(
    house: House, decision: str, which: int, proof: str, reason: str
) -> None:
    _bill_id, told = suspended(house)
    tender_id = told["tenders"][which]["tender_id"]
    path = case_path(house, told["settlement_id"])

    body = verdict(decision, tender_id=tender_id, proof=proof)

    assert sign_in(house, CASHIER).refused(f"{path}/decide", body) == reason
    assert house.settlement(told["settlement_id"])["state"] == "SUSPENSE"


def test_case_in_suspense_is_not_just_ended(house: House) -> None:
    _bill_id, told = suspended(house)
    path = case_path(house, told["settlement_id"])
    body = {"outcome": "OTHER", "reason": "whatever"}

    assert sign_in(house, CASHIER).refused(f"{path}/resolve", body) == "decision_needed"


def test_above_the_limit_one_person_is_not_enough(house: House) -> None:
    """Also where whoever reported the case said that it is about one fen."""
    bill_id, told = suspended(house, amount_fen=100_001)
    settlement_id = told["settlement_id"]
    with house.service.db.write() as session:
        session.scalars(select(Case).where(Case.operation_id == settlement_id)).one().amount_fen = 1
    desk, path = sign_in(house, CASHIER), f"{case_path(house, settlement_id)}/decide"
    body = verdict("NOT_TAKEN", tender_id=wallet_of(told), proof=PROOF)
    second = {"second_operator": SUPERVISOR, "second_password": f"demo-{SUPERVISOR}"}

    assert desk.refused(path, body) == "second_person_needed"
    assert house.settlement(settlement_id)["state"] == "SUSPENSE"
    assert desk.done(path, {**body, **second})["second_by"] == SUPERVISOR
    house.to_the_end(settlement_id)
    assert house.bill_state(bill_id) == "OPEN"


def test_auditor_and_kiosk_decide_nothing(house: House) -> None:
    _bill_id, told = suspended(house)
    path = f"{case_path(house, told['settlement_id'])}/decide"

    assert sign_in(house, AUDITOR).post(path, verdict("ASK_AGAIN")).status_code == 401
    desk = sign_in(house, FINANCE)
    answer = house.post(path, verdict("ASK_AGAIN"), token=KIOSK, operator=desk.operator_token)
    assert answer.status_code == 401


# --- refunds


def refunding(house: House, tender: Way) -> tuple[str, str]:
    """Li's bill paid this way and asked back, reviewed."""
    prepare(house, house.person(LI_ID), tender.kind)
    settled = pay(house, due(house, 2000), tender)
    lines = [line["line_id"] for bill in settled["bills"] for line in bill["lines"]]
    return asked_back(house, settled, lines)


def own_line_back(house: House) -> tuple[str, str]:
    """An insured line stays, 50.00 that Li's balance paid are asked back, reviewed."""
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(10_000, "A"), Line(5000, "OWN"))
    settled = house.commit(house.open(patient, [bill_id]))
    return asked_back(house, settled, [f"{bill_id}-1"])


def asked_back(house: House, settled: Json, lines: list[str]) -> tuple[str, str]:
    body = {"settlement_id": settled["settlement_id"], "line_ids": lines, "reason": "not done"}
    refund_id = sign_in(house, CASHIER).done("/v1/refunds", body)["refund_id"]
    review = {"operator": SUPERVISOR, "password": f"demo-{SUPERVISOR}", "approve": True}
    sign_in(house, CASHIER).done(f"/v1/refunds/{refund_id}/review", review)
    return refund_id, f"/v1/refunds/{refund_id}"


def assert_given_back(house: House, refund_id: str) -> None:
    house.later(2)
    with house.service.db.read() as session:
        assert session.get_one(Refund, refund_id).state == "PAID"
        assert ledger.balance(session, f"refunding:{refund_id}") == 0
    assert house.prepaid_fen(house.person(LI_ID)) == 8000


def test_refund_in_suspense_is_booked_by_its_proof(house: House) -> None:
    refund_id, path = refunding(house, Way(CREDIT))
    house.platforms.acquirer.control("next_refund", outcome="fail")
    told = sign_in(house, CASHIER).done(f"{path}/confirm", {})
    assert told["state"] == "SUSPENSE"
    desk, (doubtful, sure) = sign_in(house, CASHIER), told["parts"]
    case = case_path(house, refund_id)
    ended = {"outcome": "OTHER", "reason": "x"}
    assert desk.refused(f"{case}/resolve", ended) == "decision_needed"
    done = verdict("DONE", part_id=doubtful["part_id"], proof=PROOF)
    other = {**done, "part_id": sure["part_id"]}
    assert desk.refused(f"{case}/decide", other) == "part_not_doubtful"
    taken = {**done, "decision": "TAKEN"}
    assert desk.refused(f"{case}/decide", taken) == "decision_does_not_fit"

    assert desk.done(f"{case}/decide", done)["outcome"] == "RETURNED"

    assert_given_back(house, refund_id)
    assert desk.refused(f"{case}/decide", done) == "case_resolved"


def test_refund_the_insurance_held_up_is_asked_again(house: House) -> None:
    refund_id, path = own_line_back(house)
    house.platforms.insurance.control("refuse", infno="2208", err_msg="no")
    assert sign_in(house, CASHIER).done(f"{path}/confirm", {})["state"] == "SUSPENSE"

    ended = decide(sign_in(house, CASHIER), refund_id, "ASK_AGAIN")

    assert (ended["state"], ended["outcome"]) == ("RESOLVED", "ASKED_AGAIN")
    assert_given_back(house, refund_id)
    house.assert_world_agrees()


def test_refund_nobody_confirms_is_booked_by_its_proof(house: House) -> None:
    refund_id, path = refunding(house, Way(CREDIT))
    house.platforms.acquirer.fault("/pay/refund", "http_500", count=FOR_EVER)
    house.platforms.acquirer.fault("/pay/refund/query", "http_500", count=FOR_EVER)
    told = sign_in(house, CASHIER).done(f"{path}/confirm", {})
    for _ in range(14):
        house.later(10)
    assert house.get(path)["state"] == "PAYOUT_UNKNOWN"

    part_id = told["parts"][0]["part_id"]
    decide(sign_in(house, CASHIER), refund_id, "DONE", part_id=part_id, proof=PROOF)

    assert_given_back(house, refund_id)


def test_refund_whose_routes_no_longer_add_up_is_not_paid_on(house: House) -> None:
    refund_id, path = own_line_back(house)
    desk = sign_in(house, CASHIER)
    house.platforms.insurance.control("refuse", infno="2207", err_msg="no")
    assert desk.done(f"{path}/confirm", {})["state"] == "SUSPENSE"
    path = case_path(house, refund_id)

    assert desk.refused(f"{path}/decide", verdict("ASK_AGAIN")) == "plan_does_not_fit"

    ended = desk.done(f"{path}/resolve", {"outcome": "OTHER", "reason": "settled on paper"})
    assert ended["state"] == "RESOLVED"


def test_case_about_nothing_that_moves_is_not_decided(house: House) -> None:
    body = {"operation_kind": "hold", "operation_id": "op-1", "amount_fen": 1, "evidence": ""}
    case_id = house.done("/v1/suspense", {**body, "patient_id": None})["case_id"]
    desk = sign_in(house, CASHIER)

    reason = desk.refused(f"/v1/cases/{case_id}/decide", verdict("ASK_AGAIN"))

    assert reason == "nothing_to_decide"


def test_slip_of_a_case_the_backend_opened_names_its_patient(house: House) -> None:
    _bill_id, told = suspended(house)
    path = case_path(house, told["settlement_id"])
    text = sign_in(house, CASHIER).get(path)["qr_text"]

    resolved = house.done("/v1/slips/resolve", {"text": text})

    assert resolved["patient"]["patient_id"] == house.person(LI_ID)
    assert resolved["case_id"] == path.rpartition("/")[2]
