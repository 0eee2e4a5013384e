"""Lab and exam reports (S36): written once, listed, printed; every further sheet is a copy."""

from __future__ import annotations

import zlib

import pytest
from backend_bench import Json
from service_bench import CLINIC, LI_ID, House
from visit_bench import EXAM, MOBILE, ordered, paid, settle, told

from settlement_backend.exams.report_pages import pdf_of
from settlement_backend.exams.tables import Report, ReportRow

ROW = {"name": "总胆固醇 TC", "value": "5.9", "unit": "mmol/L", "reference": "<5.2", "flag": "H"}


def carried_out(house: House) -> tuple[str, str]:
    """The patient, and the line of a paid test that was done."""
    patient = house.person(LI_ID)
    made = paid(house, patient)
    (bill,) = ordered(house, made["registration_id"], "LIPID")
    settle(house, patient, bill)
    line_id = str(bill["lines"][0]["line_id"])
    house.done(f"/v1/lines/{line_id}/execute", {}, token=EXAM)
    return patient, line_id


def body(line_id: str) -> Json:
    return {
        "line_id": line_id,
        "findings": "血清无溶血",
        "conclusion": "血脂偏高，请复查",
        "reported_by": "检验科 03",
        "rows": [ROW],
    }


def report(line_id: str = "L1") -> Report:
    return Report(
        id="0123456789abcdef",
        line_id=line_id,
        person_id="P1",
        title_zh="血脂四项",
        title_en="Lipid panel",
        findings="",
        conclusion="正常",
        reported_by="检验科 03",
        ready_at="2026-03-02T10:00:00.000+08:00",
    )


def pages(house: House, report_id: str, sheet: int) -> bytes:
    answer = house.ask("GET", f"/v1/reports/{report_id}/pages?sheet={sheet}")
    assert answer.headers["content-type"] == "application/pdf"
    return answer.content


def test_s36_report_is_told_listed_and_printed(house: House) -> None:
    patient, line_id = carried_out(house)

    made = house.done("/v1/reports", body(line_id), token=EXAM)
    sheet = house.done(f"/v1/reports/{made['report_id']}/sheets", {})

    assert told(house, patient)[-1] == "report_ready"
    assert (sheet["sheet"], sheet["copy_mark"]) == (1, False)
    content = pages(house, made["report_id"], 1)
    assert content.startswith(b"%PDF-")
    assert pages(house, made["report_id"], 1) == content
    (listed,) = house.get(f"/v1/patients/{patient}/reports")["reports"]
    assert (listed["title"]["en"], listed["prints"]) == ("Lipid panel", 1)


def test_s36_second_sheet_is_a_copy_and_an_uncounted_one_is_not_drawn(house: House) -> None:
    _patient, line_id = carried_out(house)
    made = house.done("/v1/reports", body(line_id), token=EXAM)
    path = f"/v1/reports/{made['report_id']}"
    house.done(f"{path}/sheets", {}, key="sheet-1")

    again = house.done(f"{path}/sheets", {}, key="sheet-1")
    second = house.done(f"{path}/sheets", {})

    assert (again["sheet"], second["sheet"], second["copy_mark"]) == (1, 2, True)
    assert pages(house, made["report_id"], 2) != pages(house, made["report_id"], 1)
    answer = house.ask("GET", f"{path}/pages?sheet=3")
    assert (answer.status_code, answer.json()) == (404, {"error": "unknown_sheet"})


def test_report_of_something_not_done_or_reported_is_refused(house: House) -> None:
    patient, line_id = carried_out(house)
    made = paid(house, patient, place=1)
    (other,) = ordered(house, made["registration_id"], "LIPID")
    house.done("/v1/reports", body(line_id), token=EXAM)

    assert house.refused("/v1/reports", body(line_id), token=EXAM) == "already_reported"
    undone = str(other["lines"][0]["line_id"])
    assert house.refused("/v1/reports", body(undone), token=EXAM) == "not_executed"


def test_phone_reads_the_list_and_prints_nothing(house: House) -> None:
    patient, line_id = carried_out(house)
    made = house.done("/v1/reports", body(line_id), token=EXAM)

    assert len(house.get(f"/v1/patients/{patient}/reports", token=MOBILE)["reports"]) == 1
    path = f"/v1/reports/{made['report_id']}/sheets"
    assert [house.post(path, {}, token=token).status_code for token in (MOBILE, CLINIC)] == [
        401,
        401,
    ]


def row(place: int) -> ReportRow:
    return ReportRow(report_id="R1", place=place, **ROW)


@pytest.mark.parametrize(("rows", "least_pages"), [(0, 1), (3, 1), (120, 3)])
def test_pages_break_by_themselves(rows: int, least_pages: int) -> None:
    content = pdf_of("医院", "李秀芳", report(), [row(place) for place in range(rows)], 1)

    assert content.count(b"/Type /Page\n") >= least_pages


def test_rare_name_and_copy_mark_are_set_in_fonts_that_have_them() -> None:
    first = pdf_of("医院", "王𠀁", report(), [], 1)
    copy = pdf_of("医院", "王𠀁", report(), [], 2)

    assert b"HanaMinB" in first
    assert b"MicroHei" in first
    assert first != copy
    assert zlib.crc32(pdf_of("医院", "王𠀁", report(), [], 2)) == zlib.crc32(copy)
