"""2601 of every kind: heard of or not, what it gives back, what it will not undo (B.1.4)."""

import pytest
from insurance_bench import (
    CAI,
    LI,
    WANG,
    Institution,
    Who,
    admission,
    bill,
    discharge,
    fee,
    registration,
    undoing,
)
from platforms_bench import Json, Platform

REVERSED = "this msgid was reversed"


@pytest.fixture
def hospital(insurance: Platform) -> Institution:
    return Institution(insurance)


def outpatient(hospital: Institution, who: Who = WANG) -> str:
    visit = hospital.registered(who)
    hospital.done("2204", {"feedetail": [fee(who, visit, "1", "01ECG12", "100.00")]})
    return visit


def settled(hospital: Institution, visit: str, msgid: str, who: Who = WANG) -> Json:
    info = hospital.done("2207", bill(who, visit, "100.00"), msgid)["setlinfo"]
    return {"setl_id": info["setl_id"], "mdtrt_id": visit, "psn_no": who[0]}


def states(hospital: Institution) -> list[str]:
    return [made["state"] for made in hospital.platform.books()["settlements"]]


def test_undone_settlement_frees_its_lines(hospital: Institution) -> None:
    visit = outpatient(hospital)
    settled(hospital, visit, "M1")
    assert hospital.done("2601", undoing(WANG, "M1", "2207")) == {}
    assert hospital.balance(WANG) == "300.00"
    assert hospital.refused("2207", bill(WANG, visit, "100.00"), "M1") == REVERSED
    settled(hospital, visit, "M2")
    assert states(hospital) == ["REVERSED", "SETTLED"]


def test_undone_settlement_cannot_be_cancelled(hospital: Institution) -> None:
    name = settled(hospital, outpatient(hospital), "M1")
    hospital.done("2601", undoing(WANG, "M1", "2207"))
    assert hospital.refused("2208", name) == "this settlement was reversed by 2601"


def test_settlement_is_undone_by_our_own_number_too(hospital: Institution) -> None:
    visit = outpatient(hospital)
    ours = bill(WANG, visit, "100.00", medins_setl_id="OURS")
    hospital.done("2207", ours, "M1")
    hospital.done("2601", undoing(WANG, "OURS", "2207"))
    assert hospital.refused("2207", ours, "M2") == REVERSED
    assert states(hospital) == ["REVERSED"]


def test_undone_cancellation_lets_the_settlement_stand_again(hospital: Institution) -> None:
    name = settled(hospital, outpatient(hospital), "M1")
    hospital.done("2208", name, "M2")
    hospital.done("2601", undoing(WANG, "M2", "2208"))
    assert states(hospital) == ["SETTLED"]
    assert hospital.balance(WANG) == "280.00"
    assert hospital.refused("2208", name, "M2") == REVERSED
    hospital.done("2208", name, "M3")
    assert states(hospital) == ["REVERSED"]


def test_cancellation_is_not_undone_when_its_lines_are_settled_otherwise(
    hospital: Institution,
) -> None:
    visit = outpatient(hospital)
    hospital.done("2208", settled(hospital, visit, "M1"), "M2")
    settled(hospital, visit, "M3")
    words = hospital.refused("2601", undoing(WANG, "M2", "2208"))
    assert words == "its lines are settled otherwise"
    assert states(hospital) == ["REVERSED", "SETTLED"]


def test_cancellation_is_not_undone_when_the_account_was_spent(hospital: Institution) -> None:
    hospital.done("2208", settled(hospital, outpatient(hospital, CAI), "M1", CAI), "M2")
    settled(hospital, outpatient(hospital, CAI), "M3", CAI)
    words = hospital.refused("2601", undoing(CAI, "M2", "2208"))
    assert words == "the account no longer holds its part"


def test_undone_admission_is_gone(hospital: Institution) -> None:
    visit = hospital.done("2401", admission(WANG), "M1")["result"]["mdtrt_id"]
    line = {"feedetail": [fee(WANG, visit, "1", "01BED", "10.00")]}
    hospital.done("2301", line)
    words = hospital.refused("2601", undoing(WANG, "M1", "2401"))
    assert words == "fee lines of this admission are uploaded"
    hospital.done("2302", {"psn_no": WANG[0], "mdtrt_id": visit, "feedetl_sn": "0000"})
    hospital.done("2601", undoing(WANG, "M1", "2401"))
    assert hospital.refused("2301", line) == "this visit was cancelled"
    assert hospital.refused("2401", admission(WANG), "M1") == REVERSED


def test_undone_stay_and_its_cancellation(hospital: Institution) -> None:
    visit = hospital.admitted(WANG)
    hospital.done("2301", {"feedetail": [fee(WANG, visit, "1", "01BED", "1000.00")]})
    hospital.done("2402", discharge(WANG, visit))
    info = hospital.done("2304", bill(WANG, visit, "1000.00"), "M1")["setlinfo"]
    name = {"setl_id": info["setl_id"], "mdtrt_id": visit, "psn_no": WANG[0]}
    hospital.done("2305", name, "M2")
    words = "oinfno is not that transaction's"
    assert hospital.refused("2601", undoing(WANG, "M2", "2208")) == words
    hospital.done("2601", undoing(WANG, "M2", "2305"))
    assert hospital.refused("2601", undoing(WANG, "M1", "2207")) == words
    assert states(hospital) == ["SETTLED"]
    hospital.done("2601", undoing(WANG, "M1", "2304"))
    assert states(hospital) == ["REVERSED"]
    assert hospital.balance(WANG) == "300.00"


@pytest.mark.parametrize("infno", ["2207", "2208", "2304", "2305", "2401"])
def test_number_nobody_heard_of_is_dead_for_ever(hospital: Institution, infno: str) -> None:
    visit = outpatient(hospital)
    name = settled(hospital, visit, "M1")
    for _ in range(2):
        assert hospital.done("2601", undoing(WANG, "M9", infno)) == {}
    for late, asked in (
        ("2207", bill(WANG, visit, "100.00")),
        ("2208", name),
        ("2401", admission(WANG)),
    ):
        assert hospital.refused(late, asked, "M9") == REVERSED
    assert states(hospital) == ["SETTLED"]


@pytest.mark.parametrize(("msgid", "infno"), [("M1", "2207"), ("M2", "2208"), ("M3", "2401")])
def test_transaction_of_another_person_is_not_undone(
    hospital: Institution, msgid: str, infno: str
) -> None:
    hospital.done("2208", settled(hospital, outpatient(hospital), "M1"), "M2")
    hospital.done("2401", admission(WANG), "M3")
    words = hospital.refused("2601", undoing(LI, msgid, infno))
    assert words == "another person's transaction"


def test_what_cannot_be_undone_is_refused(hospital: Institution) -> None:
    hospital.done("2201", registration(WANG), "M1")
    words = hospital.refused("2601", undoing(WANG, "M1", "2201"))
    assert words == "infno 2201 cannot be reversed here"


def test_query_finds_a_settlement_by_either_number_while_it_stands(hospital: Institution) -> None:
    name = settled(hospital, outpatient(hospital), "M1")
    by_setl_id = {"psn_no": WANG[0], "setl_id": name["setl_id"]}
    by_number = {"psn_no": WANG[0], "medins_setl_id": "M1"}
    assert hospital.done("5203", by_setl_id) == hospital.done("5203", by_number)
    hospital.done("2208", name)
    nothing: Json = {"setlinfo": None, "setldetail": []}
    assert hospital.done("5203", by_setl_id) == nothing
    assert hospital.done("5203", {**by_number, "psn_no": LI[0]}) == nothing
    assert hospital.refused("5203", {"psn_no": WANG[0]}) == (
        "medins_setl_id or setl_id is asked for"
    )
