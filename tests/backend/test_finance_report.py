"""The report a finance officer reads: pages and table say the same numbers (W36, W37, S45)."""

from __future__ import annotations

import csv
import io

import pytest
from service_bench import CLINIC, LI_ID, WHOLE_BILL, House
from staff_bench import CASHIER, FINANCE, Desk, sign_in

from settlement_backend.documents.charts import Bars
from settlement_backend.documents.pages import Grid
from settlement_backend.reconciliation.tables import ReconciliationLine
from settlement_backend.statistics.finance_report import (
    FinanceReport,
    Row,
    Section,
    parts_of,
    report_csv,
    report_pdf,
)

_REPORT = FinanceReport(
    "2026-11-01",
    "2026-11-30",
    "2026-11-30T23:50:00.000+08:00",
    (
        Row(Section.TENDER, "SCAN", 812, 9_123_450, 9_183),
        Row(Section.TENDER, "=CMD", 3, 812_300, 817),
        Row(Section.HOUR, "09", 120, 0, 10_000),
        Row(Section.PLACE, "kiosk", 700, 7_400_000, 10_000),
        Row(Section.SHARE, "MOBILE", 0, 0, 9_743),
        Row(Section.DIFFERENCE, "ONLY_THERE", 3, 12_000, 22),
        Row(Section.DIFFERENCE, "MATCHED", 1_380, 0, 9_978),
    ),
)


def rows(body: bytes) -> list[list[str]]:
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def test_table_has_the_days_and_one_fact_a_row() -> None:
    told = rows(report_csv(_REPORT))

    assert told[:4] == [
        ["section", "name", "count", "amount", "share"],
        ["DAYS", "2026-11-01/2026-11-30", "", "", ""],
        ["TENDER", "SCAN", "812", "91,234.50", "91.83"],
        ["TENDER", "'=CMD", "3", "8,123.00", "8.17"],
    ]
    assert told[-1] == ["DIFFERENCE", "MATCHED", "1380", "0.00", "99.78"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_say_the_numbers_of_the_table(language: str) -> None:
    parts = tuple(parts_of(_REPORT, "zh" if language == "zh" else "en"))
    shown = " ".join(
        text
        for part in parts
        for text in (
            [bar.told for bar in part.bars]
            if isinstance(part, Bars)
            else [cell for line in part.rows for cell in line]
            if isinstance(part, Grid)
            else []
        )
    )

    for _section, _name, count, amount, share in rows(report_csv(_REPORT))[2:]:
        assert share in shown
        assert amount in shown or amount == "0.00"
        assert count in shown or count == "0"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_same_figures_are_the_same_file(language: str) -> None:
    told = report_pdf(_REPORT, "zh" if language == "zh" else "en")

    assert told.startswith(b"%PDF-")
    assert told == report_pdf(_REPORT, "zh" if language == "zh" else "en")


def test_empty_days_have_pages_too() -> None:
    assert report_pdf(FinanceReport("2026-11-01", "2026-11-01", "", ()), "en").startswith(b"%PDF-")


def asked(desk: Desk, path: str) -> bytes:
    answer = desk.house.ask("GET", path, token=desk.token, headers=desk.headers)
    assert answer.status_code == 200, answer.text
    content: bytes = answer.content
    return content


@pytest.mark.slow
def test_w36_w37_report_of_a_day_is_what_was_gathered_and_compared(house: House) -> None:
    patient = house.person(LI_ID)
    house.commit(house.open(patient, [house.bill(patient, *WHOLE_BILL)]))
    house.service.statistics.gather()
    day = house.clock.now().date().isoformat()
    with house.service.db.write() as session:
        about = {"bank": "B1", "channel": "WECHAT", "kind": "PAY", "number": "n", "our_fen": 0}
        line = ReconciliationLine(id="L1", day=day, verdict="ONLY_THERE", their_fen=4_200, **about)
        line.their_day = day
        session.add(line)
    desk = sign_in(house, FINANCE)
    days = f"since={day}&until={day}"

    told = rows(asked(desk, f"/v1/statistics/report.csv?{days}"))

    assert ["TENDER", "SCAN", "1", "420.00", "84.00"] in told
    assert ["TENDER", "PREPAY_BALANCE", "1", "80.00", "16.00"] in told
    assert ["PLACE", "kiosk", "2", "500.00", "100.00"] in told
    assert ["SHARE", "MOBILE", "0", "0.00", "50.00"] in told
    assert ["DIFFERENCE", "ONLY_THERE", "1", "42.00", "100.00"] in told
    assert next(row[1] for row in told if row[0] == "DIFFERENCE") == "NOT_READY"
    for language in ("zh", "en"):
        path = f"/v1/statistics/report.pdf?{days}&language={language}"
        assert asked(desk, path).startswith(b"%PDF-")


@pytest.mark.slow
def test_report_is_for_readers_of_statistics(house: House) -> None:
    day = house.clock.now().date().isoformat()
    cashier = sign_in(house, CASHIER)
    for form in ("pdf", "csv"):
        path = f"/v1/statistics/report.{form}?since={day}&until={day}"
        told = house.ask("GET", path, token=cashier.token, headers=cashier.headers)
        assert told.status_code == 401
        assert house.ask("GET", path, token=CLINIC).status_code == 401
