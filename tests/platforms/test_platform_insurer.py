"""The commercial insurer over HTTP: direct and fast claims, authorisation, working days."""

import pytest
from platforms_bench import HTTP, WANG_ID, Json, Platform

LI_ID = "330302196207184525"
WANG_POLICY, LI_POLICY = "CI2026000101", "CI2026000102"
CLAIM: Json = {
    "claim_no": "C1",
    "policy_no": WANG_POLICY,
    "authorisation_no": "A1",
    "visit_no": "V1",
    "visit_kind": "INPATIENT",
    "total_fen": 100_000,
    "fund_fen": 60_000,
    "account_fen": 15_000,
    "own_fen": 25_000,
    "lines": [
        {"name": "床位费", "insurance_class": "01", "amount_fen": 40_000},
        {"name": "药品费", "insurance_class": "02", "amount_fen": 60_000},
    ],
}
FAST: Json = {
    **CLAIM,
    "policy_no": LI_POLICY,
    "invoices": [{"bill_batch_code": "33060226", "bill_no": "0000000001"}],
}


def _refused(code: str) -> Json:
    return {"result": "FAIL", "code": code}


def _policy(insurer: Platform, policy_no: str) -> Json:
    policies: list[Json] = insurer.books()["policies"]
    return next(policy for policy in policies if policy["policy_no"] == policy_no)


def _state(insurer: Platform) -> tuple[str, int]:
    shown = insurer.ask("/claims/query", claim_no="C1")
    return shown["state"], shown["paid_fen"]


def test_l12_policies_of_an_authorised_person_are_found(insurer: Platform) -> None:
    found = insurer.ask("/policies/find", id_number=WANG_ID, authorisation_no="A1")
    assert found == {
        "result": "SUCCESS",
        "policies": [
            {
                "policy_no": WANG_POLICY,
                "insurer": "安和健康保险",
                "product": "住院医疗险",
                "direct": True,
                "fast": True,
                "deductible_left_fen": 0,
                "percent": 80,
                "limit_left_fen": 2_000_000,
            }
        ],
    }
    nobody = insurer.ask("/policies/find", id_number="330302195803125623", authorisation_no="A2")
    assert nobody["policies"] == []


def test_l11_nothing_is_told_without_the_patients_own_authorisation(insurer: Platform) -> None:
    missing = insurer.ask("/policies/find", id_number=WANG_ID, authorisation_no="")
    assert missing == _refused("AUTHORISATION_MISSING")
    insurer.ask("/policies/find", id_number=LI_ID, authorisation_no="A1")
    for path in ("/claims/quote", "/claims/direct"):
        assert insurer.ask(path, **CLAIM) == _refused("AUTHORISATION_FOREIGN")
    assert insurer.books()["claims"] == []


def test_l10_direct_claim_pays_its_quote_at_once(insurer: Platform) -> None:
    assert insurer.ask("/claims/quote", **CLAIM) == {"result": "SUCCESS", "pays_fen": 20_000}
    assert _state(insurer) == ("NOTFOUND", 0)
    assert insurer.ask("/claims/direct", **CLAIM) == {"result": "SUCCESS", "pays_fen": 20_000}
    assert _state(insurer) == ("SUCCEEDED", 20_000)
    assert _policy(insurer, WANG_POLICY)["limit_left_fen"] == 1_980_000


def test_direct_claim_sent_again_is_booked_once(insurer: Platform) -> None:
    insurer.ask("/claims/direct", **CLAIM)
    assert insurer.ask("/claims/direct", **CLAIM)["pays_fen"] == 20_000
    assert _policy(insurer, WANG_POLICY)["limit_left_fen"] == 1_980_000
    other = {**CLAIM, "own_fen": 24_999, "account_fen": 15_001}
    assert insurer.ask("/claims/direct", **other) == _refused("CLAIM_NO_USED")


def test_cancelled_direct_claim_gives_the_policy_back(insurer: Platform) -> None:
    insurer.ask("/claims/direct", **CLAIM)
    for _ in range(2):
        done = insurer.ask("/claims/direct/cancel", claim_no="C1", reason="退费")
        assert done == {"result": "SUCCESS"}
    assert _state(insurer) == ("CANCELLED", 0)
    assert _policy(insurer, WANG_POLICY)["limit_left_fen"] == 2_000_000
    assert insurer.ask("/claims/direct", **CLAIM) == _refused("CLAIM_CANCELLED")


def test_claim_cancelled_before_it_came_is_refused_for_ever(insurer: Platform) -> None:
    insurer.ask("/claims/direct/cancel", claim_no="C1", reason="无应答")
    assert insurer.ask("/claims/direct", **CLAIM) == _refused("CLAIM_CANCELLED")
    assert _state(insurer) == ("CANCELLED", 0)


def test_deductible_and_limit_bound_what_is_paid(insurer: Platform) -> None:
    insurer.control(
        "add_policy",
        policy_no="P3",
        id_number=WANG_ID,
        insurer="安和健康保险",
        product="门诊险",
        direct=True,
        fast=False,
        deductible_fen=20_001,
        percent=50,
        limit_fen=4_000,
    )
    first = {**CLAIM, "policy_no": "P3"}
    assert insurer.ask("/claims/direct", **first)["pays_fen"] == 2_500  # 49.99 x 50 %, half up
    second = {**first, "claim_no": "C2"}
    assert insurer.ask("/claims/direct", **second)["pays_fen"] == 1_500  # what the limit left
    insurer.ask("/claims/direct/cancel", claim_no="C1", reason="退费")
    left = _policy(insurer, "P3")
    assert (left["limit_left_fen"], left["deductible_left_fen"]) == (2_500, 20_001)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"authorisation_no": ""}, "AUTHORISATION_MISSING"),
        ({"policy_no": "NONE"}, "POLICY_NOT_FOUND"),
        ({"policy_no": LI_POLICY}, "NOT_OFFERED"),
        ({"own_fen": 25_001}, "SUM_WRONG"),
        ({"total_fen": 100_001, "own_fen": 25_001}, "SUM_WRONG"),
    ],
)
def test_claim_that_cannot_be_made_is_refused(insurer: Platform, change: Json, code: str) -> None:
    assert insurer.ask("/claims/direct", **{**CLAIM, **change}) == _refused(code)
    assert _state(insurer) == ("NOTFOUND", 0)


@pytest.mark.parametrize(
    ("total_fen", "now", "early", "due"),
    [
        (100_000, "2026-03-02T10:00:00", "2026-03-03T08:59:59", "2026-03-03T09:00:00"),
        (100_001, "2026-03-02T10:00:00", "2026-03-03T23:00:00", "2026-03-04T09:00:00"),
        (100_000, "2026-03-06T10:00:00", "2026-03-08T23:00:00", "2026-03-09T09:00:00"),
    ],
)
def test_l09_fast_claim_is_decided_within_two_working_days(
    insurer: Platform, total_fen: int, now: str, early: str, due: str
) -> None:
    insurer.control("clock", now=now)
    lines = [{"name": "药品费", "insurance_class": "02", "amount_fen": total_fen}]
    claim = {**FAST, "total_fen": total_fen, "fund_fen": total_fen - 40_000, "lines": lines}
    assert insurer.ask("/claims/fast", **claim) == {"result": "ACCEPTED"}
    insurer.control("clock", now=early)
    assert _state(insurer) == ("APPLIED", 0)
    insurer.control("clock", now=due)
    assert _state(insurer) == ("SUCCEEDED", 10_500)  # (250.00 - 100.00) x 70 %
    assert insurer.ask("/claims/query", claim_no="C1")["decided_on"] == due[:10]


def test_l11_fast_claim_decided_by_a_person_stays_decided(insurer: Platform) -> None:
    insurer.ask("/claims/fast", **FAST)
    assert insurer.ask("/claims/fast", **FAST) == {"result": "ACCEPTED"}
    insurer.control("decide", claim_no="C1", outcome="REFUSED", reason="既往症")
    insurer.control("decide", claim_no="C1", outcome="SUCCEEDED")
    assert insurer.ask("/claims/query", claim_no="C1")["reason"] == "既往症"
    assert _state(insurer) == ("REFUSED", 0)
    refused = insurer.ask("/claims/direct/cancel", claim_no="C1", reason="退费")
    assert refused == _refused("NOT_DIRECT")


def test_fast_claim_that_covers_nothing_is_refused(insurer: Platform) -> None:
    insurer.control("clock", now="2026-03-02T10:00:00")
    insurer.ask("/claims/fast", **{**FAST, "fund_fen": 80_000, "own_fen": 5_000})
    insurer.control("clock", now="2026-03-05T10:00:00")
    shown = insurer.ask("/claims/query", claim_no="C1")
    assert (shown["state"], shown["reason"]) == ("REFUSED", "NOTHING_COVERED")


def test_number_of_a_fast_claim_is_no_direct_claims(insurer: Platform) -> None:
    insurer.ask("/claims/fast", **{**FAST, "policy_no": WANG_POLICY})
    assert insurer.ask("/claims/direct", **CLAIM) == _refused("CLAIM_NO_USED")


def test_fast_claim_without_an_invoice_is_422(insurer: Platform) -> None:
    answer = HTTP.post(f"{insurer.url}/claims/fast", json={**FAST, "invoices": []})
    assert answer.status_code == 422
