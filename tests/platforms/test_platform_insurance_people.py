"""The people of the insurance platform: 1101 by three credentials, 2001, 5301, shipped people."""

import json
from datetime import date
from pathlib import Path

import pytest
from insurance_bench import (
    CHILD,
    FANG_AID,
    HUANG_PAUSED,
    PAN_CIVIL,
    TEENAGER,
    WANG,
    WU_AWAY,
    XU_SPECIAL,
    Institution,
    Who,
    credential,
    registration,
)
from platforms_bench import Platform

from sandbox.platforms.insurance.insured import Insured

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PEOPLE = json.loads((Path("sandbox/platforms/insurance/people.json")).read_text("utf-8"))


@pytest.fixture
def hospital(insurance: Platform) -> Institution:
    return Institution(insurance)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["name"])
def test_shipped_person_has_a_true_check_digit_and_is_found_three_ways(
    hospital: Institution, person: dict[str, str]
) -> None:
    number = person["id_number"]
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    assert number[17] == "10X98765432"[total % 11]
    decoded = hospital.platform.ask("/ecquery", ecCode=person["e_code"], businessType="01301")
    ways = (
        {"mdtrt_cert_type": "01", "mdtrt_cert_no": decoded["data"]["ecToken"]},
        {"mdtrt_cert_type": "02", "mdtrt_cert_no": number},
        {
            "mdtrt_cert_type": "03",
            "mdtrt_cert_no": person["card_no"],
            "card_sn": person["card_sn"],
        },
    )
    found = [hospital.done("1101", way)["baseinfo"]["psn_no"] for way in ways]
    assert found == [person["psn_no"]] * 3


def test_shipped_people_differ_in_every_number() -> None:
    for name in ("psn_no", "id_number", "name", "card_no", "card_sn", "e_code"):
        assert len({person[name] for person in PEOPLE}) == len(PEOPLE)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            {"mdtrt_cert_type": "03", "mdtrt_cert_no": "C00000101", "card_sn": "SN1"},
            "card_sn is not this card's",
        ),
        ({"mdtrt_cert_type": "03", "mdtrt_cert_no": "C00000101"}, "card_sn is not this card's"),
        ({**credential(WANG), "psn_name": "李秀芳"}, "psn_name is not this person's"),
    ],
)
def test_credential_that_does_not_fit_is_refused(
    hospital: Institution, asked: dict[str, str], words: str
) -> None:
    assert hospital.refused("1101", asked) == words


def test_person_information_tells_birth_gender_and_age_of_the_id_number(
    hospital: Institution,
) -> None:
    hospital.platform.control("clock", now="2026-01-11 23:00:00")
    told = hospital.done("1101", credential(WANG))["baseinfo"]
    assert (told["gend"], told["brdy"], told["age"]) == ("1", "1955-01-12", "70")
    hospital.platform.control("clock", now="2026-01-12 00:00:00")
    assert hospital.done("1101", credential(WANG))["baseinfo"]["age"] == "71"


def test_former_insurance_stands_before_the_active_one(hospital: Institution) -> None:
    told = hospital.done("1101", credential(XU_SPECIAL))["insuinfo"]
    assert [(one["insutype"], one["psn_insu_stas"], one["balc"]) for one in told] == [
        ("390", "2", "0.00"),
        ("310", "1", "100.00"),
    ]


@pytest.mark.parametrize(
    ("who", "fields"),
    [
        (WANG, {"insutype": "310", "psn_type": "12", "insuplc_admdvs": "330300"}),
        (WU_AWAY, {"insutype": "310", "psn_type": "11", "insuplc_admdvs": "340100"}),
        (HUANG_PAUSED, {"insutype": "390", "psn_insu_stas": "2"}),
        (PAN_CIVIL, {"cvlserv_flag": "1"}),
        (CHILD, {"insutype": "390", "psn_type": "14", "balc": "0.00"}),
    ],
)
def test_insurance_is_told_as_it_is(
    hospital: Institution, who: Who, fields: dict[str, str]
) -> None:
    (told,) = hospital.done("1101", credential(who))["insuinfo"]
    assert {name: told[name] for name in fields} == fields


def test_special_identities_are_told(hospital: Institution) -> None:
    told = hospital.done("1101", credential(FANG_AID))["idetinfo"]
    assert [one["psn_idet_type"] for one in told] == ["31", "32"]
    assert hospital.done("1101", credential(WANG))["idetinfo"] == []


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2029, 12, 31)])
def test_child_and_teenager_stay_so_until_2030(day: date) -> None:
    people = Insured.shipped().people
    assert people[CHILD[0]].age(day) < 14
    assert 14 <= people[TEENAGER[0]].age(day) < 18


@pytest.mark.parametrize(
    ("who", "insutype", "med_type", "disease", "enjoys", "reason"),
    [
        (WANG, "310", "11", "", "1", ""),
        (WANG, "390", "11", "", "0", "insutype 390 is not active"),
        (HUANG_PAUSED, "390", "11", "", "0", "the insurance is paused"),
        (WANG, "310", "14", "", "0", "the special disease is not registered"),
        (XU_SPECIAL, "310", "14", "M01600", "1", ""),
        (XU_SPECIAL, "310", "14", "M03900", "0", "the special disease is not registered"),
    ],
)
def test_benefit_check_says_whether_and_why_not(
    hospital: Institution,
    who: Who,
    insutype: str,
    med_type: str,
    disease: str,
    enjoys: str,
    reason: str,
) -> None:
    asked = {
        "psn_no": who[0],
        "insutype": insutype,
        "med_type": med_type,
        "dise_codg": disease,
    }
    (told,) = hospital.done("2001", asked)["trtinfo"]
    assert (told["trt_enjymnt_flag"], told["trt_chk_rslt"]) == (enjoys, reason)


def test_special_diseases_are_listed(hospital: Institution) -> None:
    assert hospital.done("5301", {"psn_no": XU_SPECIAL[0]})["feedetail"] == [
        {"opsp_dise_code": "M01600", "opsp_dise_name": "糖尿病"}
    ]


def test_n03_paused_insurance_gets_no_visit(hospital: Institution) -> None:
    words = hospital.refused("2201", registration(HUANG_PAUSED, "390"))
    assert words == "the insurance is paused"


def test_visit_under_somebody_elses_credential_is_refused(hospital: Institution) -> None:
    asked = {**registration(WANG), **credential(XU_SPECIAL)}
    assert hospital.refused("2201", asked) == "mdtrt_cert_no is not this person's"
