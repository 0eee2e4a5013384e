"""The insurance platform: every infno of the contract, replays and reversals, the scheme's rule."""

from datetime import date, timedelta

import pytest
from platforms_bench import WANG, WANG_CODE, WANG_ID, Json, Platform, bill, fsi

MIXED = bill(("100.00", "01"), ("50.00", "02"), ("20.00", "03"), total="170.00")


def decode(insurance: Platform, code: str, purpose: str = "01301") -> Json:
    return insurance.ask("/ecquery", ecCode=code, businessType=purpose)


def balance(insurance: Platform) -> str:
    found = fsi(insurance, "1101", mdtrt_cert_type="02", mdtrt_cert_no=WANG_ID)
    return str(found["output"]["insuinfo"][0]["balc"])


def settled(insurance: Platform, msgid: str = "M1", wanted: Json = MIXED) -> Json:
    answer = fsi(insurance, "2207", msgid, **wanted)
    assert answer["infcode"] == 0, answer
    info: Json = answer["output"]["setlinfo"]
    return info


def test_e_code_names_its_person_and_its_token_is_good_for_1101(insurance: Platform) -> None:
    answer = decode(insurance, WANG_CODE)
    assert (answer["code"], answer["data"]["idNo"]) == (0, WANG_ID)
    assert answer["data"]["userName"] == "王建国"
    token = answer["data"]["ecToken"]
    found = fsi(insurance, "1101", mdtrt_cert_type="01", mdtrt_cert_no=token)
    told = found["output"]
    assert (told["baseinfo"]["psn_no"], told["baseinfo"]["certno"]) == (WANG, WANG_ID)
    assert told["baseinfo"]["psn_name"] == "王建国"
    assert [
        (insured["insutype"], insured["psn_insu_stas"], insured["balc"])
        for insured in told["insuinfo"]
    ] == [("310", "1", "300.00")]


def test_e_code_decodes_once_per_purpose_and_a_fresh_one_again(insurance: Platform) -> None:
    assert decode(insurance, WANG_CODE, "01101")["code"] == 0
    assert decode(insurance, WANG_CODE, "01301")["code"] == 0
    assert decode(insurance, WANG_CODE, "01301") == {"code": -1, "msg": "used"}
    assert decode(insurance, "ECDEMO0000000000000001WANGJ1", "01301")["code"] == 0


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("ECDEMO000000000000000000EXP", "expired"),
        ("ECDEMO0000000000000000NOBODY", "unknown"),
        ("ECDEMO000000000000000WANGJ1", "unknown"),
    ],
)
def test_bad_e_code_says_why(insurance: Platform, code: str, reason: str) -> None:
    assert decode(insurance, code) == {"code": -1, "msg": reason}


@pytest.mark.parametrize(
    "number", ["330302195501123411", "330302196207184525", "330302195803125623"]
)
def test_people_of_the_demo_are_insured(insurance: Platform, number: str) -> None:
    found = fsi(insurance, "1101", mdtrt_cert_type="02", mdtrt_cert_no=number)
    assert found["output"]["baseinfo"]["certno"] == number


@pytest.mark.parametrize(("kind", "number"), [("01", "no-token"), ("02", "330302195501123419")])
def test_unknown_person_is_refused(insurance: Platform, kind: str, number: str) -> None:
    answer = fsi(insurance, "1101", mdtrt_cert_type=kind, mdtrt_cert_no=number)
    assert (answer["infcode"], answer["output"]) == (-1, None)
    assert answer["err_msg"] == "no such person"
    assert answer["inf_refmsgid"].startswith("330300")
    assert len(answer["inf_refmsgid"]) == 30


def test_trial_settlement_splits_the_bill_and_moves_nothing(insurance: Platform) -> None:
    answer = fsi(insurance, "2206", "M1", **MIXED)
    wanted = {
        "medfee_sumamt": "170.00",
        "fund_pay_sumamt": "116.00",
        "psn_part_amt": "54.00",
        "acct_pay": "34.00",
        "psn_cash_pay": "20.00",
        "hosp_part_amt": "0.00",
        "setl_id": "",
        "medins_setl_id": "M1",
    }
    info = answer["output"]["setlinfo"]
    assert {name: info[name] for name in wanted} == wanted
    assert balance(insurance) == "300.00"
    assert insurance.books()["settlements"] == []


def test_settlement_is_done_once_for_its_msgid(insurance: Platform) -> None:
    info = settled(insurance)
    assert settled(insurance) == info
    assert info["setl_id"] != ""
    assert balance(insurance) == "266.00"
    assert insurance.books()["settlements"] == [
        {
            "setl_id": info["setl_id"],
            "medins_setl_id": "M1",
            "msgid": "M1",
            "mdtrt_id": "V1",
            "psn_no": WANG,
            "insutype": "310",
            "med_type": "11",
            "fund_fen": 11600,
            "account_fen": 3400,
            "mutual_aid_fen": 0,
            "cash_fen": 2000,
            "hospital_fen": 0,
            "state": "SETTLED",
        }
    ]


def test_retry_with_a_new_envelope_is_known_by_our_own_number(insurance: Platform) -> None:
    wanted = {**MIXED, "medins_setl_id": "OURS"}
    assert settled(insurance, "M1", wanted) == settled(insurance, "M2", wanted)
    assert len(insurance.books()["settlements"]) == 1


def test_msgid_of_another_bill_is_refused(insurance: Platform) -> None:
    settled(insurance)
    answer = fsi(insurance, "2207", "M1", **bill(("1.00", "01"), total="1.00"))
    assert (answer["infcode"], answer["err_msg"]) == (-1, "this msgid was used for another bill")


@pytest.mark.parametrize(
    "wanted",
    [
        bill(("100.00", "01"), total="100.01"),
        bill(("100.0", "01"), total="100.00"),
        bill(("-1.00", "01"), total="-1.00"),
        bill(("100.00", "04"), total="100.00"),
        {**MIXED, "psn_no": "nobody"},
        {},
    ],
)
def test_bill_that_is_wrong_is_refused(insurance: Platform, wanted: Json) -> None:
    answer = fsi(insurance, "2207", "M1", **wanted)
    assert answer["infcode"] == -1
    assert answer["err_msg"] != ""
    assert insurance.books()["settlements"] == []


def test_cancelled_settlement_answers_negative_and_returns_the_account(
    insurance: Platform,
) -> None:
    info = settled(insurance)
    wanted = {"setl_id": info["setl_id"], "mdtrt_id": "V1", "psn_no": WANG}
    first = fsi(insurance, "2208", "M2", **wanted)
    again = fsi(insurance, "2208", "M3", **wanted)
    assert first["output"] == again["output"]
    assert first["output"]["setlinfo"]["fund_pay_sumamt"] == "-116.00"
    assert first["output"]["setlinfo"]["hosp_part_amt"] == "0.00"
    assert balance(insurance) == "300.00"
    assert insurance.books()["settlements"][0]["state"] == "REVERSED"


def test_cancellation_of_another_visit_is_refused(insurance: Platform) -> None:
    wanted = {"setl_id": settled(insurance)["setl_id"], "mdtrt_id": "V2", "psn_no": WANG}
    assert fsi(insurance, "2208", "M2", **wanted)["infcode"] == -1
    assert balance(insurance) == "266.00"


def test_undone_settlement_is_gone_and_its_number_dead(insurance: Platform) -> None:
    settled(insurance)
    undoing = {"psn_no": WANG, "omsgid": "M1", "oinfno": "2207"}
    for msgid in ("M2", "M3"):
        answer = fsi(insurance, "2601", msgid, **undoing)
        assert (answer["infcode"], answer["output"]) == (0, None)
    assert balance(insurance) == "300.00"
    query = fsi(insurance, "5203", "M4", psn_no=WANG, medins_setl_id="M1")
    assert query["output"]["setlinfo"] is None
    assert fsi(insurance, "2207", "M1", **MIXED)["infcode"] == -1


def test_settlement_undone_before_it_arrived_is_refused(insurance: Platform) -> None:
    undoing = {"psn_no": WANG, "omsgid": "M1", "oinfno": "2207"}
    assert fsi(insurance, "2601", "M2", **undoing)["infcode"] == 0
    assert fsi(insurance, "2207", "M1", **MIXED)["infcode"] == -1
    assert insurance.books()["settlements"] == []


@pytest.mark.parametrize(
    "undoing",
    [
        {"psn_no": WANG, "omsgid": "M1", "oinfno": "1101"},
        {"psn_no": "someone", "omsgid": "M1", "oinfno": "2207"},
    ],
)
def test_undoing_what_cannot_be_undone_is_refused(insurance: Platform, undoing: Json) -> None:
    settled(insurance)
    assert fsi(insurance, "2601", "M2", **undoing)["infcode"] == -1
    assert insurance.books()["settlements"][0]["state"] == "SETTLED"


def test_query_tells_what_became_of_our_msgid(insurance: Platform) -> None:
    query = fsi(insurance, "5203", "M2", psn_no=WANG, medins_setl_id="M1")
    assert query["output"]["setlinfo"] is None
    info = settled(insurance)
    query = fsi(insurance, "5203", "M3", psn_no=WANG, medins_setl_id="M1")
    assert query["output"]["setlinfo"] == info


def test_totals_of_a_day_agree_or_name_what_differs(insurance: Platform) -> None:
    settled(insurance, "M1")
    cancelled = settled(insurance, "M2")
    wanted = {"setl_id": cancelled["setl_id"], "mdtrt_id": "V1", "psn_no": WANG}
    fsi(insurance, "2208", "M3", **wanted)
    today = date.today()
    days = {
        "stmt_begndate": (today - timedelta(days=1)).isoformat(),
        "stmt_enddate": (today + timedelta(days=1)).isoformat(),
    }
    ours = {
        "medfee_sumamt": "170.00",
        "fund_pay_sumamt": "116.00",
        "acct_pay": "34.00",
        "fixmedins_setl_cnt": 1,
    }
    agreed = fsi(insurance, "3201", "M4", **days, **ours)["output"]
    assert agreed == {"stmt_rslt": "0", "stmt_rslt_dscr": "", **ours}
    other = fsi(insurance, "3201", "M5", **days, **{**ours, "acct_pay": "34.01"})["output"]
    assert (other["stmt_rslt"], other["stmt_rslt_dscr"]) == ("1", "acct_pay")
    long_ago = {"stmt_begndate": "2020-01-01", "stmt_enddate": "2020-01-01"}
    assert fsi(insurance, "3201", "M6", **long_ago)["output"]["fixmedins_setl_cnt"] == 0


def test_unknown_infno_and_ordered_refusal_are_told(insurance: Platform) -> None:
    assert fsi(insurance, "9999")["infcode"] == -1
    insurance.control("refuse", infno="2207", err_msg="基金账户冻结")
    assert fsi(insurance, "2206", **MIXED)["infcode"] == 0
    assert fsi(insurance, "2207", **MIXED)["err_msg"] == "基金账户冻结"
    assert fsi(insurance, "2207", **MIXED)["infcode"] == 0


def test_added_person_is_insured_until_reset(insurance: Platform) -> None:
    person = {
        "psn_no": "P9",
        "id_number": "330302199001011239",
        "name": "新人",
        "account_fen": 5,
        "e_code": "ECDEMO0000000000000000XINREN",
    }
    insurance.control("add_person", **person)
    assert decode(insurance, "ECDEMO0000000000000000XINREN")["data"]["userName"] == "新人"
    insurance.control("reset")
    assert decode(insurance, "ECDEMO0000000000000000XINREN")["msg"] == "unknown"
