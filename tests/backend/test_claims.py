"""Commercial insurance: the direct claim as a tender, the fast claim after payment (L09-L12)."""

from __future__ import annotations

from datetime import date

import pytest
from backend_bench import Json, Line
from service_bench import LI_ID, WANG_ID, WINDOW, House, new_key

from settlement_backend.acquirers.words import Declined
from settlement_backend.base.outside import Done
from settlement_backend.bills.tables import BillLine
from settlement_backend.claims.facts import answered_by
from settlement_backend.claims.tables import CommercialClaim
from settlement_backend.documents.tables import Invoice
from settlement_backend.notices.tables import Notice
from settlement_backend.settling.tables import Tender

SILENCE = pytest.mark.expects_warnings("settlement_backend")
WANG_POLICY, LI_POLICY = "CI2026000101", "CI2026000102"
OWN = (Line(100000, "OWN"),)


def proof(id_number: str) -> Json:
    return {"kind": "ID_CARD", "value": id_number}


def authorised(house: House, patient: str, id_number: str, mode: str) -> str:
    """The patient's word; its id."""
    version = house.get("/v1/claims/terms")["version"]
    body = {"mode": mode, "proof": proof(id_number), "version": version}
    told = house.done(f"/v1/patients/{patient}/claim-authorisations", body)
    return str(told["authorisation_id"])


def direct_quote(house: House, *lines: Line) -> Json:
    """A quote of Wang Jianguo, whose insurer pays directly."""
    patient = house.register_wang()
    word = authorised(house, patient, WANG_ID, "DIRECT")
    house.done(f"/v1/claim-authorisations/{word}/policy", {"policy_no": WANG_POLICY})
    return house.open(patient, [house.bill(patient, *lines)], token=WINDOW)


def paid_with_invoice(house: House) -> str:
    """A settlement that Li Xiufang paid, with its e-invoice."""
    patient = house.person(LI_ID)
    quoted = house.open(patient, [house.bill(patient, *OWN)], token=WINDOW)
    told = house.commit(quoted, "CASH", "", token=WINDOW)
    settlement_id = str(told["settlement_id"])
    with house.service.db.write() as session:
        session.query(Invoice).filter_by(settlement_id=settlement_id).delete()
        session.flush()
        session.add(
            Invoice(
                id=new_key(),
                settlement_id=settlement_id,
                place=0,
                state="E_ISSUED",
                bill_batch_code="33060126",
                bill_no="0000000001",
                at="2026-03-02T10:00:00.000+08:00",
            )
        )
    return settlement_id


def fast_claim(house: House, settlement_id: str, *, key: str = "") -> Json:
    """Applied for by Li Xiufang."""
    word = authorised(house, house.person(LI_ID), LI_ID, "FAST")
    body = {"settlement_id": settlement_id, "authorisation_id": word, "policy_no": LI_POLICY}
    return house.done("/v1/claims", body, key=key)


def states(house: House) -> list[str]:
    return [claim["state"] for claim in house.platforms.insurer.books()["claims"]]


# --- the word


def test_l12_claim_starts_with_the_patients_own_proof(house: House) -> None:
    patient = house.person(LI_ID)
    path = f"/v1/patients/{patient}/claim-authorisations"
    terms = house.get("/v1/claims/terms")
    house.register_wang()

    foreign = {"mode": "FAST", "proof": proof(WANG_ID), "version": terms["version"]}
    stale = {"mode": "FAST", "proof": proof(LI_ID), "version": "1999"}

    assert house.refused(path, foreign) == "proof_of_another"
    assert house.refused(path, stale) == "consent_missing"
    assert terms["working_days"] == "1-2"


def test_l11_nothing_is_told_to_an_insurer_without_the_patients_word(house: House) -> None:
    settlement_id = paid_with_invoice(house)
    direct = authorised(house, house.person(LI_ID), LI_ID, "DIRECT")
    body = {"settlement_id": settlement_id, "policy_no": LI_POLICY}

    wrong_kind = house.refused("/v1/claims", {**body, "authorisation_id": direct})
    unknown = house.post("/v1/claims", {**body, "authorisation_id": "none"})
    word = authorised(house, house.person(LI_ID), LI_ID, "FAST")
    house.clock.pass_seconds(24 * 3600 + 1)
    late = house.refused("/v1/claims", {**body, "authorisation_id": word})

    assert (wrong_kind, late) == ("not_authorised", "not_authorised")
    assert unknown.status_code == 404
    assert states(house) == []


def test_policies_of_the_person_are_listed_and_only_a_direct_one_is_chosen(house: House) -> None:
    patient = house.person(LI_ID)
    word = authorised(house, patient, LI_ID, "DIRECT")
    path = f"/v1/claim-authorisations/{word}"

    listed = house.get(f"{path}/policies")["policies"]

    assert [(policy["policy_no"], policy["direct"]) for policy in listed] == [(LI_POLICY, False)]
    chosen = {"policy_no": LI_POLICY}
    assert house.refused(f"{path}/policy", chosen) == "policy_not_offered"
    assert house.refused(f"{path}/policy", {"policy_no": "X"}) == "policy_not_found"


# --- direct


def test_l10_l19_insurers_part_is_a_tender_and_the_patient_pays_the_rest(house: House) -> None:
    quoted = direct_quote(house, *OWN)

    assert [(t["kind"], t["amount_fen"]) for t in quoted["tenders"]] == [
        ("COMMERCIAL_DIRECT", 80000)
    ]
    assert quoted["due_fen"] == 20000
    told = house.commit(quoted, "CASH", "", token=WINDOW)

    assert told["state"] == "COMPLETED"
    books = house.platforms.insurer.books()
    assert [(c["state"], c["paid_fen"]) for c in books["claims"]] == [("SUCCEEDED", 80000)]
    patient = house.person(WANG_ID)
    mine = house.get(f"/v1/patients/{patient}/claims")["claims"]
    assert [(c["mode"], c["state"], c["paid_fen"]) for c in mine] == [
        ("DIRECT", "SUCCEEDED", 80000)
    ]
    assert WANG_POLICY not in str(mine)


def test_without_the_patients_word_no_insurer_is_asked(house: House) -> None:
    patient = house.register_wang()

    quoted = house.open(patient, [house.bill(patient, *OWN)], token=WINDOW)

    assert (quoted["tenders"], quoted["due_fen"]) == ([], 100000)


@SILENCE
def test_direct_claim_whose_word_was_lost_is_found_by_its_number(house: House) -> None:
    quoted = direct_quote(house, *OWN)
    house.platforms.insurer.fault("/claims/direct", "answer_lost")

    house.commit(quoted, "CASH", "", token=WINDOW)
    told = house.to_the_end(quoted["settlement_id"])

    assert told["state"] == "COMPLETED"
    assert states(house) == ["SUCCEEDED"]


def test_direct_claim_the_insurer_refuses_undoes_the_settlement(house: House) -> None:
    quoted = direct_quote(house, *OWN)
    house.platforms.insurer.control("refuse", path="/claims/direct", code="NOT_OFFERED")

    house.commit(quoted, "CASH", "", token=WINDOW)
    told = house.to_the_end(quoted["settlement_id"])

    assert told["state"] in ("CANCELLED", "REVERSED")
    assert states(house) in ([], ["CANCELLED"])


def test_claim_that_pays_less_than_its_quote_is_taken_back(house: House) -> None:
    quoted = direct_quote(house, *OWN)
    house.platforms.insurer.control(
        "add_policy",
        policy_no=WANG_POLICY,
        id_number=WANG_ID,
        insurer="某保险公司",
        product="某产品",
        direct=True,
        fast=True,
        deductible_fen=0,
        percent=50,
        limit_fen=2_000_000,
    )

    house.commit(quoted, "CASH", "", token=WINDOW)
    told = house.to_the_end(quoted["settlement_id"])

    assert told["state"] in ("CANCELLED", "REVERSED")
    assert states(house) == ["CANCELLED"]


@pytest.mark.parametrize(
    ("back_fen", "answer", "claims"),
    [
        (32000, Done(), [("CANCELLED", 0), ("SUCCEEDED", 48000)]),
        (40000, Declined("AMOUNT_CHANGED"), [("CANCELLED", 0), ("CANCELLED", 0)]),
        (80000, Done(), [("CANCELLED", 0)]),
    ],
)
def test_l10_refund_cancels_the_claim_and_makes_it_again_for_what_stays(
    house: House, back_fen: int, answer: object, claims: list[tuple[str, int]]
) -> None:
    quoted = direct_quote(house, Line(60000, "OWN"), Line(40000, "OWN"))
    house.commit(quoted, "CASH", "", token=WINDOW)
    with house.service.db.write() as session:
        tender = session.query(Tender).filter_by(kind="COMMERCIAL_DIRECT").one()
        session.query(BillLine).filter_by(amount_fen=40000).update({"refunded_by": "R1"})
    means = house.service.means.of(tender)
    assert means is not None

    told = [means.refund(tender, "R1", back_fen) for _ in range(2)]

    assert told == [answer, answer if isinstance(answer, Done) else Declined("CLAIM_CANCELLED")]
    books = house.platforms.insurer.books()["claims"]
    there = [(c["state"], c["paid_fen"] if c["state"] == "SUCCEEDED" else 0) for c in books]
    assert there == claims


# --- fast


def test_l09_fast_claim_is_decided_in_two_working_days_and_told(house: House) -> None:
    settlement_id = paid_with_invoice(house)

    claim = fast_claim(house, settlement_id)
    insurer = house.platforms.insurer
    insurer.control("decide", claim_no=claim["claim_id"], outcome="SUCCEEDED", reason="")
    house.later(601)

    assert claim["state"] == "APPLIED"
    today = house.clock.now().date()
    assert claim["expected_by"] == answered_by(today).isoformat()
    told = house.get(f"/v1/claims/{claim['claim_id']}")
    assert (told["state"], told["paid_fen"]) == ("SUCCEEDED", 63000)
    with house.service.db.read() as session:
        kinds = [row.kind for row in session.query(Notice) if row.kind.startswith("claim_")]
    assert kinds == ["claim_succeeded"]


def test_l11_refused_claim_tells_why_and_another_one_may_follow(house: House) -> None:
    settlement_id = paid_with_invoice(house)
    claim = fast_claim(house, settlement_id)
    insurer = house.platforms.insurer
    insurer.control("decide", claim_no=claim["claim_id"], outcome="REFUSED", reason="NOT_COVERED")
    house.later(601)

    told = house.get(f"/v1/claims/{claim['claim_id']}")
    assert (told["state"], told["reason"]) == ("REFUSED", "NOT_COVERED")
    assert fast_claim(house, settlement_id)["state"] == "APPLIED"


def test_settlement_is_claimed_once(house: House) -> None:
    settlement_id = paid_with_invoice(house)
    word = authorised(house, house.person(LI_ID), LI_ID, "FAST")
    body = {"settlement_id": settlement_id, "authorisation_id": word, "policy_no": LI_POLICY}
    key = new_key()

    first = house.done("/v1/claims", body, key=key)

    assert house.done("/v1/claims", body, key=key) == first
    assert house.refused("/v1/claims", body) == "already_claimed"
    assert states(house) == ["APPLIED"]


@SILENCE
@pytest.mark.parametrize("kind", ["answer_lost", "silent"])
def test_fast_claim_whose_word_was_lost_goes_again_under_its_number(
    house: House, kind: str
) -> None:
    settlement_id = paid_with_invoice(house)
    house.platforms.insurer.fault("/claims/fast", kind)

    claim = fast_claim(house, settlement_id)
    house.later(6)

    assert claim["state"] == "AUTHORISED"
    assert house.get(f"/v1/claims/{claim['claim_id']}")["state"] == "APPLIED"
    assert states(house) == ["APPLIED"]


def test_fast_claim_needs_an_invoice_and_a_paid_settlement(house: House) -> None:
    settlement_id = paid_with_invoice(house)
    with house.service.db.write() as session:
        session.query(Invoice).filter_by(settlement_id=settlement_id).delete()
    patient = house.person(LI_ID)
    word = authorised(house, patient, LI_ID, "FAST")
    body = {"settlement_id": settlement_id, "authorisation_id": word, "policy_no": LI_POLICY}
    open_one = house.open(patient, [house.bill(patient, *OWN)], token=WINDOW)

    assert house.refused("/v1/claims", body) == "no_invoice"
    unpaid = {**body, "settlement_id": open_one["settlement_id"]}
    assert house.refused("/v1/claims", unpaid) == "not_settled"
    with house.service.db.read() as session:
        assert session.query(CommercialClaim).count() == 0


@pytest.mark.parametrize(
    ("applied", "answered"),
    [
        ("2026-03-02", "2026-03-04"),  # Monday
        ("2026-03-05", "2026-03-09"),  # Thursday: Friday, Monday
        ("2026-03-06", "2026-03-10"),  # Friday
        ("2026-03-07", "2026-03-10"),  # Saturday
    ],
)
def test_l09_two_working_days_leave_out_the_weekend(applied: str, answered: str) -> None:
    assert answered_by(date.fromisoformat(applied)).isoformat() == answered
