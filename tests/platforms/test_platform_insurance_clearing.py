"""Reconciliation with the insurance platform: 3201, files of 3202, clearing 3203 and 3204 (L08)."""

import base64
import io
import zipfile

import pytest
from insurance_bench import FANG_AID, WANG, WU_AWAY, Institution, Who, bill, fee
from platforms_bench import Json, Platform

DAY, NEXT = "2026-03-02", "2026-03-03"


@pytest.fixture
def hospital(insurance: Platform) -> Institution:
    insurance.control("clock", now=f"{DAY} 10:00:00")
    return Institution(insurance)


def settled(hospital: Institution, who: Who = WANG, insutype: str = "310") -> Json:
    """setlinfo of 100.00 of 甲."""
    visit = hospital.registered(who, insutype=insutype)
    hospital.done("2204", {"feedetail": [fee(who, visit, "1", "01ECG12", "100.00")]})
    info: Json = hospital.done("2207", bill(who, visit, "100.00"), f"S{hospital.sent}")["setlinfo"]
    return info


def cancel(hospital: Institution, info: Json) -> None:
    hospital.done(
        "2208", {name: info[name] for name in ("setl_id", "mdtrt_id", "psn_no")}, "CANCEL"
    )


def days(first: str, last: str, **fields: object) -> Json:
    return {"stmt_begndate": first, "stmt_enddate": last, **fields}


def figures(output: Json) -> tuple[str, str, str, int]:
    return (
        output["medfee_sumamt"],
        output["fund_pay_sumamt"],
        output["acct_pay"],
        output["fixmedins_setl_cnt"],
    )


def zipped(*rows: str) -> str:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("details.txt", "".join(row + "\n" for row in rows))
    return base64.b64encode(target.getvalue()).decode()


def row(info: Json, fund: str = "", flag: str = "0") -> str:
    """A line of the upload; `fund` replaces the fund's amount."""
    sign = "-" if flag == "1" else ""
    amounts = (info["medfee_sumamt"], fund or info["fund_pay_sumamt"], info["acct_pay"])
    numbers = (info["setl_id"], info["mdtrt_id"], info["psn_no"])
    return "\t".join((*numbers, *(sign + amount for amount in amounts), flag))


def sent_file(hospital: Institution, content: str) -> str:
    upload = {"in": content, "filename": "day.zip", "fixmedins_code": "H33030200001"}
    told = hospital.done("9101", {"fsUploadIn": upload})
    assert told["filename"] == "day.zip"
    return str(told["file_qury_no"])


def compared(
    hospital: Institution, rows: list[str], total: str, fund: str, count: int
) -> list[list[str]]:
    """The rows of the result for what the institution sent."""
    asked = days(
        DAY,
        DAY,
        file_qury_no=sent_file(hospital, zipped(*rows)),
        medfee_sumamt=total,
        fund_pay_sumamt=fund,
        fixmedins_setl_cnt=count,
    )
    made = hospital.done("3202", asked)["fileinfo"]
    assert made["dld_endtime"] == "2026-03-09 10:00:00"
    wanted = {
        "file_qury_no": made["file_qury_no"],
        "filename": made["filename"],
        "fixmedins_code": "H33030200001",
    }
    answer = hospital.post("9102", {"fsDownloadIn": wanted})
    assert answer.headers["content-type"] == "application/octet-stream"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        (inside,) = file.namelist()
        text = file.read(inside).decode()
    return [line.split("\t") for line in text.splitlines()]


def test_totals_are_told_apart_by_insutype_and_clearing_type(hospital: Institution) -> None:
    settled(hospital)
    settled(hospital, FANG_AID, "390")
    every = hospital.done("3201", days(DAY, DAY))
    assert figures(every) == ("200.00", "174.00", "20.00", 2)
    residents = hospital.done("3201", days(DAY, DAY, insutype="390", clr_type="11"))
    assert figures(residents) == ("100.00", "94.00", "0.00", 1)
    nobody = hospital.done("3201", days(DAY, DAY, clr_type="21"))
    assert figures(nobody) == ("0.00", "0.00", "0.00", 0)


def test_totals_count_the_account_as_its_region_says(hospital: Institution) -> None:
    visit = hospital.registered(WU_AWAY)
    hospital.done("2204", {"feedetail": [fee(WU_AWAY, visit, "1", "01ECG12", "300.00")]})
    hospital.done("2207", bill(WU_AWAY, visit, "300.00"))
    assert figures(hospital.done("3201", days(DAY, DAY)))[2] == "120.00"


def test_cancellation_counts_against_its_own_day(hospital: Institution) -> None:
    info = settled(hospital)
    hospital.platform.control("clock", now=f"{NEXT} 00:00:01")
    cancel(hospital, info)
    assert figures(hospital.done("3201", days(DAY, DAY))) == ("100.00", "80.00", "20.00", 1)
    ours = {
        "medfee_sumamt": "-100.00",
        "fund_pay_sumamt": "-80.00",
        "acct_pay": "-20.00",
        "fixmedins_setl_cnt": -1,
    }
    told = hospital.done("3201", days(NEXT, NEXT, **ours))
    assert (told["stmt_rslt"], told["stmt_rslt_dscr"]) == ("0", "")
    wrong = days(NEXT, NEXT, **{**ours, "fund_pay_sumamt": "80.00", "fixmedins_setl_cnt": 1})
    told = hospital.done("3201", wrong)
    assert (told["stmt_rslt"], told["stmt_rslt_dscr"]) == (
        "1",
        "fund_pay_sumamt, fixmedins_setl_cnt",
    )


def test_dropped_day_is_not_seen(hospital: Institution) -> None:
    info = settled(hospital)
    hospital.platform.control("drop_day", day=DAY)
    assert figures(hospital.done("3201", days(DAY, DAY))) == ("0.00", "0.00", "0.00", 0)
    (difference,) = compared(hospital, [row(info)], "100.00", "80.00", 1)
    assert difference == [
        *(WANG[0], info["mdtrt_id"], info["setl_id"], "null", "3", "0", "only sent"),
        *("100.00", "80.00", "20.00"),
    ]


def test_equal_details_make_an_empty_result(hospital: Institution) -> None:
    first, second = settled(hospital), settled(hospital)
    cancel(hospital, second)
    rows = [row(first), row(second), row(second, flag="1")]
    assert compared(hospital, rows, "100.00", "80.00", 1) == []


def test_every_kind_of_difference_is_told(hospital: Institution) -> None:
    other, missing, unfinished = settled(hospital), settled(hospital), settled(hospital)
    cancel(hospital, unfinished)
    rows = [row(other, fund="79.00"), row(unfinished)]
    told = compared(hospital, rows, "200.00", "159.00", 2)
    assert [(line[2], line[3], line[4], line[5], line[6], line[8]) for line in told] == [
        (other["setl_id"], other["medins_setl_id"], "1", "0", "fund_pay_sumamt", "80.00"),
        (missing["setl_id"], missing["medins_setl_id"], "2", "0", "only at the centre", "80.00"),
        (unfinished["setl_id"], "CANCEL", "4", "1", "only at the centre", "-80.00"),
    ]


def test_refund_that_only_the_sender_has_is_half_of_a_settlement(hospital: Institution) -> None:
    info = settled(hospital)
    told = compared(hospital, [row(info), row(info, flag="1")], "0.00", "0.00", 0)
    assert [(line[4], line[5], line[6]) for line in told] == [("4", "1", "only sent")]


def test_result_file_is_made_byte_by_byte_alike(hospital: Institution) -> None:
    settled(hospital)
    asked = days(
        DAY,
        DAY,
        file_qury_no=sent_file(hospital, zipped()),
        medfee_sumamt="0.00",
        fund_pay_sumamt="0.00",
        fixmedins_setl_cnt=0,
    )
    contents = []
    for _ in range(2):
        made = hospital.done("3202", asked)["fileinfo"]
        wanted = {**made, "fixmedins_code": "H33030200001"}
        contents.append(hospital.post("9102", {"fsDownloadIn": wanted}).content)
    assert contents[0] == contents[1]


@pytest.mark.parametrize(
    "content",
    [
        base64.b64encode(b"no zip").decode(),
        zipped("one field"),
        zipped("S\tV\tP\t1\t1.00\t1.00\t0"),
        zipped("S\tV\tP\t1.00\t1.00\t1.00\t2"),
    ],
)
def test_file_of_another_form_is_refused(hospital: Institution, content: str) -> None:
    asked = days(
        DAY,
        DAY,
        file_qury_no=sent_file(hospital, content),
        medfee_sumamt="0.00",
        fund_pay_sumamt="0.00",
        fixmedins_setl_cnt=0,
    )
    assert hospital.refused("3202", asked) == "the file is not of the form of 3202"


def test_file_that_does_not_add_up_is_refused(hospital: Institution) -> None:
    info = settled(hospital)
    asked = days(
        DAY,
        DAY,
        file_qury_no=sent_file(hospital, zipped(row(info))),
        medfee_sumamt="100.00",
        fund_pay_sumamt="80.01",
        fixmedins_setl_cnt=1,
    )
    assert hospital.refused("3202", asked) == "the file does not add up to these totals"
    assert hospital.refused("3202", {**asked, "file_qury_no": "F9"}) == "no such file"


def test_upload_that_is_not_base64_and_unknown_file_are_refused(hospital: Institution) -> None:
    upload = {"in": "%%%", "filename": "day.zip", "fixmedins_code": "H33030200001"}
    assert hospital.refused("9101", {"fsUploadIn": upload}) == "in is not Base64"
    wanted = {"file_qury_no": "F9", "filename": "day.zip", "fixmedins_code": "H33030200001"}
    assert hospital.refused("9102", {"fsDownloadIn": wanted}) == "no such file"


def application(**fields: object) -> Json:
    return {
        "clr_type": "11",
        "clr_way": "1",
        "setlym": "202603",
        "begndate": "2026-03-01",
        "enddate": "2026-03-31",
        "psntime": 1,
        "medfee_sumamt": "100.00",
        "fund_appy_sum": "80.00",
        "acct_pay": "20.00",
        **fields,
    }


def test_l08_funds_of_a_month_are_applied_for_once(hospital: Institution) -> None:
    settled(hospital)
    number = hospital.done("3203", application())["clr_appy_evt_id"]
    assert hospital.refused("3203", application()) == (
        "an application for this clr_type and setlym stands"
    )
    hospital.done("3204", {"clr_appy_evt_id": number})
    assert hospital.refused("3204", {"clr_appy_evt_id": number}) == "no such application"
    again = hospital.done("3203", application())["clr_appy_evt_id"]
    assert hospital.platform.books()["clearings"] == [
        {
            "clr_appy_evt_id": made,
            "clr_type": "11",
            "setlym": "202603",
            "fund_fen": 8000,
            "state": state,
        }
        for made, state in ((number, "CANCELLED"), (again, "APPLIED"))
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("psntime", 2),
        ("medfee_sumamt", "100.01"),
        ("fund_appy_sum", "80.01"),
        ("acct_pay", "20.01"),
    ],
)
def test_l08_application_that_differs_from_the_centre_is_refused(
    hospital: Institution, name: str, value: object
) -> None:
    settled(hospital)
    assert hospital.refused("3203", application(**{name: value})) == f"{name} differs"
