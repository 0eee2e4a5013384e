"""What a centre checks of the envelope, sessions, and one answer for one msgid."""

from pathlib import Path

import pytest
from insurance_bench import AWAY, LI, WANG, WU_AWAY, Institution, credential, registration
from platforms_bench import Bench, Platform

ASKED = {"psn_no": WANG[0], "medins_setl_id": "M1"}
SIGN_IN = {"signIn": {"opter_no": "K01", "mac": "02:00:00:00:00:01", "ip": "10.0.0.1"}}


@pytest.fixture
def hospital(insurance: Platform) -> Institution:
    return Institution(insurance)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("msgid", "M-1", "msgid has not the form asked for"),
        ("inf_time", "2026-03-02T12:00:00", "inf_time has not the form asked for"),
        ("inf_time", "2026-3-2 12:00:00", "inf_time has not the form asked for"),
        ("inf_time", "2026-02-30 12:00:00", "inf_time has not the form asked for"),
        ("opter_type", "4", "opter_type is not 1, 2 or 3"),
        ("insuplc_admdvs", AWAY, "insuplc_admdvs is not this person's"),
        ("insuplc_admdvs", "", "insuplc_admdvs is not this person's"),
        ("sign_no", "SIGN9", "sign_no is not valid"),
    ],
)
def test_envelope_that_is_wrong_is_refused(
    hospital: Institution, field: str, value: str, words: str
) -> None:
    answer = hospital.ask("5203", ASKED, **{field: value})
    assert (answer["infcode"], answer["err_msg"]) == (-1, words)


def test_region_may_be_another_place_of_the_pooling_area_or_missing_without_a_person(
    hospital: Institution,
) -> None:
    assert hospital.ask("5203", ASKED, insuplc_admdvs="330302")["infcode"] == 0
    assert hospital.ask("1101", credential(WANG), insuplc_admdvs="")["infcode"] == 0


def test_region_is_checked_where_a_node_names_the_person(hospital: Institution) -> None:
    asked = {"adminfo": {"mdtrt_id": "V1", "psn_no": WU_AWAY[0]}}
    refused = hospital.ask("2403", asked, insuplc_admdvs="330300")
    assert refused["err_msg"] == "insuplc_admdvs is not this person's"
    assert hospital.refused("2403", asked) == "no such visit"


def test_answer_carries_the_times_of_the_centre(hospital: Institution) -> None:
    answer = hospital.ask("1101", credential(WANG))
    assert [len(answer[name]) for name in ("refmsg_time", "respond_time")] == [17, 17]
    assert answer["inf_refmsgid"][6:20] == answer["refmsg_time"][:14]


@pytest.mark.parametrize(
    "msgid", ["OURS", "H3303020000120260302120000", "H33030200009202603021200000001"]
)
def test_msgid_form_is_compulsory_once_ordered(hospital: Institution, msgid: str) -> None:
    assert hospital.ask("5203", ASKED, msgid)["infcode"] == 0
    hospital.platform.control("require_msgid_form")
    assert hospital.refused("5203", ASKED, msgid) == "msgid has not the form asked for"
    assert hospital.refused("5203", ASKED, "H33030200001202602301200000001") == (
        "msgid has not the form asked for"
    )
    assert hospital.done("5203", ASKED)["setlinfo"] is None


def test_session_is_valid_until_it_ends(hospital: Institution) -> None:
    hospital.platform.control("require_sign_on")
    assert hospital.refused("5203", ASKED) == "sign_no is missing"
    hospital.sign_no = hospital.done("9001", SIGN_IN)["signinoutb"]["sign_no"]
    hospital.done("5203", ASKED)
    ended = {"signOut": {"sign_no": hospital.sign_no, "opter_no": "K01"}}
    assert hospital.refused("9002", {"signOut": {**ended["signOut"], "opter_no": "K02"}}) == (
        "sign_no is not valid"
    )
    assert "sign_time" in hospital.done("9002", ended)["signinoutb"]
    assert hospital.refused("5203", ASKED) == "sign_no is not valid"


def test_new_sign_in_ends_the_operators_earlier_session(hospital: Institution) -> None:
    hospital.sign_no = hospital.done("9001", SIGN_IN)["signinoutb"]["sign_no"]
    hospital.done("9001", SIGN_IN)
    assert hospital.refused("5203", ASKED) == "sign_no is not valid"


def test_ended_sessions_need_a_new_sign_in(hospital: Institution) -> None:
    hospital.sign_no = hospital.done("9001", SIGN_IN)["signinoutb"]["sign_no"]
    hospital.platform.control("end_sessions")
    assert hospital.refused("5203", ASKED) == "sign_no is not valid"
    hospital.sign_no = hospital.done("9001", SIGN_IN)["signinoutb"]["sign_no"]
    hospital.done("5203", ASKED)


def test_same_msgid_answers_the_same_and_with_another_input_is_refused(
    hospital: Institution,
) -> None:
    first = hospital.done("2201", registration(WANG), "M1")
    assert hospital.done("2201", registration(WANG), "M1") == first
    assert hospital.refused("2201", registration(LI), "M1") == (
        "this msgid was used for another request"
    )
    assert len(hospital.platform.books()["admissions"]) == 1


def test_refused_transaction_leaves_its_msgid_free(hospital: Institution) -> None:
    hospital.refused("2201", registration(WANG, "390"), "M1")
    hospital.done("2201", registration(WANG), "M1")


def test_books_and_answers_survive_a_restart(bench: Bench, tmp_path: Path) -> None:
    before = Institution(bench.insurance)
    first = before.done("2201", registration(WANG), "M1")
    sign_no = before.done("9001", SIGN_IN)["signinoutb"]["sign_no"]
    bench.stop()
    again = Bench(tmp_path)
    try:
        after = Institution(again.insurance, sign_no)
        assert after.done("2201", registration(WANG), "M1") == first
    finally:
        again.stop()
