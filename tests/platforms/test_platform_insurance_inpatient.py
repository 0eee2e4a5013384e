"""Admissions at the insurance platform: 2401-2405, 2301-2305, the deductible, mid-stay bills."""

import pytest
from insurance_bench import (
    FANG_AID,
    NOON,
    WANG,
    Institution,
    Who,
    admission,
    assert_parts_sum,
    bill,
    discharge,
    fee,
)
from platforms_bench import Json, Platform


@pytest.fixture
def hospital(insurance: Platform) -> Institution:
    return Institution(insurance)


def name_of(visit: str, who: Who = WANG) -> Json:
    return {"mdtrt_id": visit, "psn_no": who[0]}


def upload(hospital: Institution, visit: str, number: str, amount: str, who: Who = WANG) -> None:
    line = fee(who, visit, number, "01BED", amount, batch="")
    hospital.done("2301", {"feedetail": [line]})


def test_stay_is_settled_after_discharge_with_its_deductible(hospital: Institution) -> None:
    visit = hospital.admitted(WANG)
    upload(hospital, visit, "1", "2000.00")
    upload(hospital, visit, "2", "3000.00")
    total = bill(WANG, visit, "5000.00", insutype="310")
    quoted = hospital.done("2303", total)["setlinfo"]
    assert hospital.refused("2304", total) == "this admission is not discharged"
    hospital.done("2402", discharge(WANG, visit))
    info = hospital.done("2304", total)["setlinfo"]
    assert_parts_sum(info)
    # (5000.00 - 800.00) x 85 %.
    assert (info["act_pay_dedc"], info["hifp_pay"]) == ("800.00", "3570.00")
    assert (info["acct_pay"], info["psn_cash_pay"]) == ("300.00", "1130.00")
    assert (info["med_type"], info["clr_type"]) == ("21", "21")
    assert quoted["hifp_pay"] == info["hifp_pay"]


def test_mid_stay_bills_share_one_deductible(hospital: Institution) -> None:
    visit = hospital.admitted(WANG)
    taken = []
    for number, amount in (("1", "500.00"), ("2", "1000.00")):
        upload(hospital, visit, number, amount)
        asked = bill(WANG, visit, amount, mid_setl_flag="1")
        taken.append(hospital.done("2304", asked)["setlinfo"]["act_pay_dedc"])
    assert taken == ["500.00", "300.00"]


def test_resident_with_serious_illness_and_medical_aid(hospital: Institution) -> None:
    visit = hospital.admitted(FANG_AID, "390")
    upload(hospital, visit, "1", "40000.00", FANG_AID)
    hospital.done("2402", discharge(FANG_AID, visit, "390"))
    settled = hospital.done("2304", bill(FANG_AID, visit, "40000.00"))
    info = settled["setlinfo"]
    assert_parts_sum(info)
    assert [info[name] for name in ("hifp_pay", "hifmi_pay", "maf_pay", "psn_cash_pay")] == [
        "29550.00",
        "3270.00",
        "5026.00",
        "2154.00",
    ]
    assert [one["fund_pay_type"] for one in settled["setldetail"]] == ["390100", "390200", "610100"]


def test_second_admission_waits_for_the_end_of_the_first(hospital: Institution) -> None:
    first = hospital.admitted(WANG)
    words = "another admission of this person is open"
    assert hospital.refused("2401", admission(WANG)) == words
    hospital.done("2402", discharge(WANG, first))
    hospital.admitted(WANG)
    assert hospital.refused("2405", name_of(first)) == words


def test_change_is_kept_until_discharge(hospital: Institution) -> None:
    visit = hospital.admitted(WANG)
    change = {"adminfo": {**name_of(visit), "adm_bed": "7"}}
    hospital.done("2403", change)
    (told,) = hospital.done("5201", name_of(visit))["mdtrtinfo"]
    assert (told["adm_bed"], told["adm_dept_name"]) == ("7", "心血管内科")
    hospital.done("2402", discharge(WANG, visit))
    assert hospital.refused("2403", change) == "this admission is discharged"
    late = fee(WANG, visit, "1", "01BED", "1.00")
    assert hospital.refused("2301", {"feedetail": [late]}) == "this admission is discharged"
    (told,) = hospital.done("5201", name_of(visit))["mdtrtinfo"]
    assert (told["mdtrt_stas"], told["endtime"]) == ("DISCHARGED", NOON)


def test_admission_is_cancelled_once_its_lines_are_gone(hospital: Institution) -> None:
    visit = hospital.admitted(WANG)
    upload(hospital, visit, "1", "10.00")
    upload(hospital, visit, "2", "10.00")
    assert hospital.refused("2404", name_of(visit)) == "fee lines of this admission are uploaded"
    hospital.done("2302", {**name_of(visit), "feedetl_sn": "1"})
    assert hospital.refused("2302", {**name_of(visit), "feedetl_sn": "1"}) == (
        "no unsettled fee lines"
    )
    hospital.done("2302", {**name_of(visit), "feedetl_sn": "0000"})
    hospital.done("2404", name_of(visit))
    assert hospital.refused("2402", discharge(WANG, visit)) == "this visit was cancelled"
    hospital.admitted(WANG)


def test_discharge_is_cancelled_unless_the_stay_is_settled(hospital: Institution) -> None:
    visit = hospital.admitted(WANG)
    assert hospital.refused("2405", name_of(visit)) == "this admission is not discharged"
    upload(hospital, visit, "1", "1000.00")
    hospital.done("2402", discharge(WANG, visit))
    info = hospital.done("2304", bill(WANG, visit, "1000.00"))["setlinfo"]
    words = "a settlement of this visit stands"
    assert hospital.refused("2405", name_of(visit)) == words
    hospital.done("2305", {**name_of(visit), "setl_id": info["setl_id"]})
    hospital.done("2405", name_of(visit))
    upload(hospital, visit, "2", "1.00")


def test_stay_is_cancelled_by_2305_only(hospital: Institution) -> None:
    visit = hospital.admitted(WANG)
    upload(hospital, visit, "1", "1000.00")
    hospital.done("2402", discharge(WANG, visit))
    info = hospital.done("2304", bill(WANG, visit, "1000.00"))["setlinfo"]
    name = {**name_of(visit), "setl_id": info["setl_id"]}
    assert hospital.refused("2208", name) == "no such settlement"
    back = hospital.done("2305", name)["setlinfo"]
    assert (back["act_pay_dedc"], back["hifp_pay"]) == ("-800.00", "-170.00")
    assert_parts_sum(back)
    assert hospital.balance(WANG) == "300.00"


def test_outpatient_visit_is_no_admission(hospital: Institution) -> None:
    visit = hospital.registered(WANG)
    assert hospital.refused("2402", discharge(WANG, visit)) == "no such visit"
    assert hospital.refused("2303", bill(WANG, visit, "1.00")) == "no such visit"
