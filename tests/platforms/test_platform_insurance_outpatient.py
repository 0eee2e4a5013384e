"""Outpatient visits at the insurance platform, the real way: 2201, 2203, 2204, 2206, 2207."""

import pytest
from insurance_bench import (
    CAI,
    DAUGHTER,
    HE_AWAY,
    PAN_CIVIL,
    WANG,
    WU_AWAY,
    XU_SPECIAL,
    Institution,
    Who,
    assert_parts_sum,
    bill,
    fee,
    information,
    registration,
)
from platforms_bench import Json, Platform

MANY = "0000"


@pytest.fixture
def hospital(insurance: Platform) -> Institution:
    return Institution(insurance)


def uploaded(hospital: Institution, who: Who = WANG) -> str:
    """A visit with 100.00 of 甲, 50.00 of 乙 and 20.00 of own expense."""
    visit = hospital.registered(who)
    lines = [
        fee(who, visit, "1", "01ECG12", "100.00"),
        fee(who, visit, "2", "02ECHO", "50.00"),
        fee(who, visit, "3", "HYAL", "20.00"),
    ]
    hospital.done("2204", {"feedetail": lines})
    return visit


def of_one_line(
    hospital: Institution, who: Who, code: str, price: str, med_type: str = "11", **fields: str
) -> Json:
    """setlinfo of a visit with one line, settled."""
    visit = hospital.registered(who, med_type)
    hospital.done("2204", {"feedetail": [fee(who, visit, "1", code, price, **fields)]})
    total = fields.get("amount") or price
    info: Json = hospital.done("2207", bill(who, visit, total, med_type=med_type))["setlinfo"]
    assert_parts_sum(info)
    return info


def test_uploaded_lines_are_judged_one_by_one(hospital: Institution) -> None:
    visit = hospital.registered(WANG)
    line = fee(WANG, visit, "1", "02ECHO", "12.345", amount="18.52", count="1.5")
    (told,) = hospital.done("2204", {"feedetail": [line]})["result"]
    assert told == {
        "feedetl_sn": "1",
        "det_item_fee_sumamt": "18.52",
        "cnt": "1.5000",
        "pric": "12.345000",
        "pric_uplmt_amt": "",
        "selfpay_prop": "0.1000",
        "fulamt_ownpay_amt": "0.00",
        "overlmt_amt": "0.00",
        "preselfpay_amt": "1.85",
        "inscp_scp_amt": "16.67",
        "chrgitm_lv": "02",
        "med_chrgitm_type": "14",
    }


def test_visit_is_settled_from_its_uploaded_lines(hospital: Institution) -> None:
    visit = uploaded(hospital)
    quoted = hospital.done("2206", bill(WANG, visit, "170.00"))
    assert quoted["setlinfo"]["setl_id"] == ""
    settled = hospital.done("2207", bill(WANG, visit, "170.00"))
    info = settled["setlinfo"]
    assert_parts_sum(info)
    wanted = {
        "mdtrt_id": visit,
        "psn_name": "王建国",
        "insutype": "310",
        "med_type": "11",
        "fulamt_ownpay_amt": "20.00",
        "preselfpay_amt": "5.00",
        "inscp_scp_amt": "145.00",
        "hifp_pay": "116.00",
        "pool_prop_selfpay": "0.2000",
        "acct_pay": "34.00",
        "acct_mulaid_pay": "0.00",
        "psn_cash_pay": "20.00",
        "balc": "266.00",
        "clr_type": "11",
    }
    assert {name: info[name] for name in wanted} == wanted
    assert settled["setldetail"] == [
        {
            "fund_pay_type": "310100",
            "fund_pay_type_name": "职工基本医疗保险统筹基金",
            "inscp_scp_amt": "145.00",
            "crt_payb_lmt_amt": "145.00",
            "fund_payamt": "116.00",
            "setl_proc_info": "",
        }
    ]
    lines = hospital.done("5204", {"psn_no": WANG[0], "mdtrt_id": visit})["feedetail"]
    assert [line["setl_id"] for line in lines] == [info["setl_id"]] * 3
    assert [line["medins_list_codg"] for line in lines] == ["HIS-1", "HIS-2", "HIS-3"]
    assert hospital.refused("2207", bill(WANG, visit, "170.00")) == "no unsettled fee lines"


def test_class_amounts_that_are_sent_must_be_the_centres(hospital: Institution) -> None:
    visit = uploaded(hospital)
    told = {"fulamt_ownpay_amt": "20.00", "overlmt_selfpay": "0.00", "inscp_scp_amt": "145.00"}
    wrong = bill(WANG, visit, "170.00", **told, preselfpay_amt="5.01")
    assert hospital.refused("2207", wrong) == "preselfpay_amt differs"
    hospital.done("2207", bill(WANG, visit, "170.00", **told, preselfpay_amt="5.00"))


def test_batches_of_a_visit_are_settled_apart(hospital: Institution) -> None:
    visit = hospital.registered(WANG)
    lines = [
        fee(WANG, visit, "1", "01ECG12", "10.00"),
        fee(WANG, visit, "2", "01ECG12", "5.00", batch="B2"),
    ]
    hospital.done("2204", {"feedetail": lines})
    first = hospital.done("2207", bill(WANG, visit, "10.00"))["setlinfo"]
    second = hospital.done("2207", bill(WANG, visit, "5.00", chrg_bchno="B2"))["setlinfo"]
    assert (first["hifp_pay"], second["hifp_pay"]) == ("8.00", "4.00")


def test_cancelled_settlement_frees_its_lines_for_a_new_one(hospital: Institution) -> None:
    visit = uploaded(hospital)
    info = hospital.done("2207", bill(WANG, visit, "170.00"), "M1")["setlinfo"]
    name = {"setl_id": info["setl_id"], "mdtrt_id": visit, "psn_no": WANG[0]}
    negative = hospital.done("2208", name)
    assert_parts_sum(negative["setlinfo"])
    assert negative["setlinfo"]["balc"] == "300.00"
    assert negative["setldetail"][0]["fund_payamt"] == "-116.00"
    assert hospital.refused("2207", bill(WANG, visit, "170.00"), "M1") == "this msgid was reversed"
    again = hospital.done("2207", bill(WANG, visit, "170.00"), "M2")["setlinfo"]
    assert again["setl_id"] != info["setl_id"]


def test_visit_needs_its_information_before_its_lines(hospital: Institution) -> None:
    visit = hospital.done("2201", registration(WANG))["mdtrt_id"]
    upload = {"feedetail": [fee(WANG, visit, "1", "01ECG12", "1.00")]}
    assert hospital.refused("2204", upload) == "visit information (2203) is missing"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pric": "99.00"}, "det_item_fee_sumamt of 4 is not cnt x pric"),
        ({"feedetl_sn": "1"}, "feedetl_sn 1 is in use"),
        ({"chrg_bchno": ""}, "chrg_bchno is missing"),
        ({"mdtrt_id": "V9"}, "no such visit"),
        ({"cnt": "1.00001"}, "input feedetail.0.cnt: Value error, a text with at most 4 decimals"),
        ({"pric": 1}, "input feedetail.0.pric: Value error, a text with at most 6 decimals"),
    ],
)
def test_wrong_line_is_refused_and_nothing_kept(
    hospital: Institution, change: Json, words: str
) -> None:
    visit = uploaded(hospital)
    line = {**fee(WANG, visit, "4", "01ECG12", "1.00"), **change}
    assert hospital.refused("2204", {"feedetail": [line]}).startswith(words)
    assert len(hospital.platform.books()["uploads"]) == 3


def test_upload_is_taken_whole_or_not_at_all(hospital: Institution) -> None:
    visit = hospital.registered(WANG)
    twice = [fee(WANG, visit, "1", "01ECG12", "1.00"), fee(WANG, visit, "1", "01ECG12", "2.00")]
    assert hospital.refused("2204", {"feedetail": twice}) == "feedetl_sn 1 is in use"
    other = hospital.registered(WANG)
    mixed = [fee(WANG, visit, "1", "01ECG12", "1.00"), fee(WANG, other, "2", "01ECG12", "2.00")]
    assert hospital.refused("2204", {"feedetail": mixed}) == "feedetail names more than one visit"
    assert hospital.platform.books()["uploads"] == []


@pytest.mark.parametrize("batch", ["B1", MANY])
def test_cancelled_upload_frees_its_numbers(hospital: Institution, batch: str) -> None:
    visit = uploaded(hospital)
    name = {"psn_no": WANG[0], "mdtrt_id": visit, "chrg_bchno": batch}
    hospital.done("2205", name)
    assert hospital.refused("2205", name) == "no unsettled fee lines"
    assert hospital.refused("2206", bill(WANG, visit, "170.00")) == "no unsettled fee lines"
    hospital.done("2204", {"feedetail": [fee(WANG, visit, "1", "01ECG12", "1.00")]})


def test_settled_lines_are_not_taken_back(hospital: Institution) -> None:
    visit = uploaded(hospital)
    hospital.done("2207", bill(WANG, visit, "170.00"))
    name = {"psn_no": WANG[0], "mdtrt_id": visit, "chrg_bchno": MANY}
    assert hospital.refused("2205", name) == "no unsettled fee lines"


def test_registration_is_cancelled_with_its_lines_unless_settled(hospital: Institution) -> None:
    visit = uploaded(hospital)
    name = {"psn_no": WANG[0], "mdtrt_id": visit, "ipt_otp_no": "OP1"}
    info = hospital.done("2207", bill(WANG, visit, "170.00"))["setlinfo"]
    assert hospital.refused("2202", name) == "a settlement of this visit stands"
    hospital.done("2208", {"setl_id": info["setl_id"], "mdtrt_id": visit, "psn_no": WANG[0]})
    assert hospital.refused("2202", {**name, "ipt_otp_no": "OP2"}) == (
        "ipt_otp_no is not this visit's"
    )
    hospital.done("2202", name)
    assert hospital.platform.books()["uploads"] == []
    assert hospital.refused("2203", information(WANG, visit)) == "this visit was cancelled"
    asked = {"psn_no": WANG[0], "mdtrt_id": visit}
    assert hospital.done("5201", asked)["mdtrtinfo"][0]["mdtrt_stas"] == "CANCELLED"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"medfee_sumamt": "170.01"}, "medfee_sumamt is not the sum of feedetail"),
        ({"med_type": "13"}, "med_type is not that of the visit information (2203)"),
        ({"insutype": "390"}, "insutype 390 is not active"),
        ({"mdtrt_cert_no": XU_SPECIAL[1]}, "mdtrt_cert_no is not this person's"),
        ({"chrg_bchno": "B9"}, "no unsettled fee lines"),
        ({"psn_no": XU_SPECIAL[0]}, "no such visit"),
        (
            {"feedetail": [{"feedetl_sn": "1", "det_item_fee_sumamt": "1.00", "chrgitm_lv": "01"}]},
            "the lines of this visit come by 2204",
        ),
    ],
)
def test_bill_that_does_not_fit_its_visit_is_refused(
    hospital: Institution, change: Json, words: str
) -> None:
    visit = uploaded(hospital)
    for infno in ("2206", "2207"):
        assert hospital.refused(infno, bill(WANG, visit, "170.00", **change)) == words


def test_account_that_is_not_to_be_used_is_left_alone(hospital: Institution) -> None:
    visit = uploaded(hospital)
    info = hospital.done("2207", bill(WANG, visit, "170.00", acct_used_flag="0"))["setlinfo"]
    assert (info["acct_pay"], info["psn_cash_pay"]) == ("0.00", "54.00")
    assert hospital.balance(WANG) == "300.00"


def test_special_disease_pays_more_and_needs_its_registration(hospital: Institution) -> None:
    visit = hospital.done("2201", registration(XU_SPECIAL))["mdtrt_id"]
    for disease in ("M03900",):
        asked = information(XU_SPECIAL, visit, "14", disease)
        assert hospital.refused("2203", asked) == "the special disease is not registered"
    hospital.done("2203", information(XU_SPECIAL, visit, "14", "M01600"))
    hospital.done("2204", {"feedetail": [fee(XU_SPECIAL, visit, "1", "01METF", "100.00")]})
    asked = bill(XU_SPECIAL, visit, "100.00", med_type="14")
    info = hospital.done("2207", asked)["setlinfo"]
    assert (info["hifp_pay"], info["clr_type"]) == ("90.00", "14")
    other = hospital.done("2201", registration(WANG))["mdtrt_id"]
    assert hospital.refused("2203", information(WANG, other, "14")) == (
        "the special disease is not registered"
    )


def test_mutual_aid_of_a_local_stands_beside_his_account(hospital: Institution) -> None:
    info = of_one_line(hospital, CAI, "01ECG12", "100.00")
    assert (info["acct_pay"], info["acct_mulaid_pay"], info["psn_cash_pay"]) == (
        "10.00",
        "10.00",
        "0.00",
    )
    assert (hospital.balance(CAI), hospital.balance(DAUGHTER)) == ("0.00", "490.00")
    name = {"setl_id": info["setl_id"], "mdtrt_id": info["mdtrt_id"], "psn_no": CAI[0]}
    hospital.done("2208", name)
    assert (hospital.balance(CAI), hospital.balance(DAUGHTER)) == ("10.00", "500.00")


def test_mutual_aid_out_of_town_stands_inside_the_account(hospital: Institution) -> None:
    info = of_one_line(hospital, WU_AWAY, "01ECG12", "300.00")
    # 60 % of 300.00; 120.00 left, 80.00 of his own and 40.00 of his wife's.
    assert (info["hifp_pay"], info["acct_pay"], info["acct_mulaid_pay"]) == (
        "180.00",
        "120.00",
        "40.00",
    )
    assert (info["psn_part_amt"], info["psn_cash_pay"], info["balc"]) == ("120.00", "0.00", "0.00")
    assert hospital.balance(HE_AWAY) == "160.00"
    booked = hospital.platform.books()["settlements"][0]
    assert (booked["account_fen"], booked["mutual_aid_fen"]) == (8_000, 4_000)


def test_civil_servant_gets_the_supplement(hospital: Institution) -> None:
    info = of_one_line(hospital, PAN_CIVIL, "01ECG12", "100.00")
    assert (info["hifp_pay"], info["cvlserv_pay"], info["fund_pay_sumamt"]) == (
        "80.00",
        "10.00",
        "90.00",
    )
    assert info["cvlserv_flag"] == "1"


def test_amount_above_the_limit_is_borne_by_region(hospital: Institution) -> None:
    local = of_one_line(hospital, WANG, "02LENS", "1000.00")
    away = of_one_line(hospital, HE_AWAY, "02LENS", "1000.00")
    assert (local["hosp_part_amt"], local["overlmt_selfpay"]) == ("200.00", "0.00")
    assert (away["hosp_part_amt"], away["overlmt_selfpay"]) == ("0.00", "200.00")
    assert (local["preselfpay_amt"], local["inscp_scp_amt"]) == ("80.00", "720.00")


def test_ordered_limit_holds_per_unit(hospital: Institution) -> None:
    hospital.platform.control("price_limit", med_list_codg="01AMLO", limit_fen=2_000)
    info = of_one_line(hospital, WANG, "01AMLO", "25.00", amount="75.00", count="3")
    assert (info["hosp_part_amt"], info["inscp_scp_amt"]) == ("15.00", "60.00")


@pytest.mark.parametrize(
    ("change_fen", "fund", "cash"), [(500, "111.00", "25.00"), (-9_999, "136.00", "0.00")]
)
def test_ordered_split_settles_otherwise_than_quoted_once(
    hospital: Institution, change_fen: int, fund: str, cash: str
) -> None:
    hospital.platform.control("next_split", change_fen=change_fen)
    visit = uploaded(hospital)
    quoted = hospital.done("2206", bill(WANG, visit, "170.00"))["setlinfo"]
    info = hospital.done("2207", bill(WANG, visit, "170.00"))["setlinfo"]
    assert_parts_sum(info)
    assert (quoted["fund_pay_sumamt"], quoted["psn_cash_pay"]) == ("116.00", "20.00")
    assert (info["fund_pay_sumamt"], info["psn_cash_pay"]) == (fund, cash)
    next_one = uploaded(hospital)
    info = hospital.done("2207", bill(WANG, next_one, "170.00"))["setlinfo"]
    assert info["fund_pay_sumamt"] == "116.00"


def test_visits_are_found_by_their_time(hospital: Institution) -> None:
    visit = hospital.registered(WANG)
    asked = {"psn_no": WANG[0], "begntime": "2026-03-02", "endtime": "2026-03-02"}
    assert [one["mdtrt_id"] for one in hospital.done("5201", asked)["mdtrtinfo"]] == [visit]
    early = {**asked, "begntime": "2026-03-01", "endtime": "2026-03-01 23:59:59"}
    assert hospital.done("5201", early)["mdtrtinfo"] == []
    late = {**asked, "begntime": "2026-03-02 12:00:01"}
    assert hospital.done("5201", late)["mdtrtinfo"] == []
