"""Figures of days, the shares made of them, and who may read them (W36, W37, H37, N25, L17)."""

from __future__ import annotations

import pytest
from service_bench import CLINIC, LI_CODE, LI_ID, WHOLE_BILL, House
from sqlalchemy import inspect
from staff_bench import AUDITOR, CASHIER, FINANCE, TECH, TECHNICIAN, sign_in

from settlement_backend.base.database import Database
from settlement_backend.statistics.figures import (
    Figure,
    Measure,
    Shares,
    busiest_hour,
    share,
    shares,
    summed,
    total,
)
from settlement_backend.statistics.tables import DailyFigure


def paid(kind: str, count: int) -> Figure:
    return Figure(Measure.TENDER, kind, "kiosk", count)


@pytest.mark.parametrize(
    ("part", "whole", "told"), [(0, 0, 0), (1, 3, 3333), (2, 3, 6667), (1, 1, 10000), (1, 20000, 1)]
)
def test_share_is_in_whole_hundredths_of_a_percent(part: int, whole: int, told: int) -> None:
    assert share(part, whole) == told


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ([], Shares(0, 0, 0)),
        ([paid("CASH", 5)], Shares(0, 0, 0)),
        (
            [paid("BOUND_DEBIT:WECHAT", 688), paid("SCAN:WECHAT", 190), paid("ONE_CODE", 122)],
            Shares(10000, 6880, 1900),
        ),
        (
            [paid("SCAN:ALIPAY", 9743), paid("CASH", 157), paid("BANK_CARD", 100)],
            Shares(9743, 0, 10000),
        ),
    ],
)
def test_w36_w37_shares_of_mobile_bound_and_scan(figures: list[Figure], told: Shares) -> None:
    assert shares(figures) == told


def test_figures_of_the_same_thing_are_added_up() -> None:
    one = Figure(Measure.HOUR, "09", "", 2, 100, 7)

    assert summed([one, one]) == (Figure(Measure.HOUR, "09", "", 4, 200, 14),)
    assert total([one, one], Measure.HOUR, "09") == 4
    assert busiest_hour([one, Figure(Measure.HOUR, "10", "", 3)]) == "10"
    assert busiest_hour([]) == ""


def asked(house: House) -> str:
    today = house.clock.now().date().isoformat()
    return f"/v1/statistics?since={today}&until={today}"


@pytest.mark.slow
def test_h37_day_is_told_by_function_channel_medium_tender_and_department(house: House) -> None:
    patient = house.done("/v1/people/identify", {"medium": {"kind": "EC_CODE", "value": LI_CODE}})[
        "patient_id"
    ]
    quoted = house.open(patient, [house.bill(patient, *WHOLE_BILL)])
    house.clock.pass_seconds(90)
    house.commit(quoted)
    house.service.statistics.gather()

    told = sign_in(house, AUDITOR).get(asked(house))

    functions = {(each["name"], each["channel"]): each["count"] for each in told["functions"]}
    assert functions[("SETTLE_OUTPATIENT", "kiosk")] == 1
    assert functions[("INSURED", "kiosk")] == 1
    assert told["media"] == [{"name": "EC_CODE", "channel": "kiosk", "count": 1, "amount_fen": 0}]
    tenders = {each["name"]: each["amount_fen"] for each in told["tenders"]}
    assert tenders == {"PREPAY_BALANCE": 8000, "SCAN:WECHAT": 42000}
    assert [(each["name"], each["amount_fen"]) for each in told["departments"]] == [
        ("心内科", 70000)
    ]
    assert told["service_times"] == [{"channel": "kiosk", "count": 1, "average_s": 90}]
    assert told["busiest_hour"] == "10"
    assert told["shares"] == {"mobile": 5000, "bound": 0, "scan": 10000}


@pytest.mark.slow
def test_finished_day_is_gathered_once_and_stays(house: House) -> None:
    patient = house.person(LI_ID)
    house.commit(house.open(patient, [house.bill(patient, *WHOLE_BILL)]))
    day = house.clock.now().date().isoformat()
    house.clock.pass_seconds(24 * 3600)
    house.service.statistics.gather()
    with house.service.db.write() as session:
        session.query(DailyFigure).filter(DailyFigure.day == day).update({"count": 77})

    house.service.statistics.gather()

    desk = sign_in(house, FINANCE)
    told = desk.get(f"/v1/statistics?since={day}&until={day}")
    assert {each["count"] for each in told["functions"]} == {77}


@pytest.mark.slow
def test_statistics_are_for_auditor_finance_and_technician(house: House) -> None:
    assert sign_in(house, TECHNICIAN, TECH).get(asked(house))["functions"] == []

    cashier = sign_in(house, CASHIER)
    answer = house.ask("GET", asked(house), token=cashier.token, headers=cashier.headers)
    assert answer.status_code == 401
    assert house.ask("GET", asked(house), token=CLINIC).status_code == 401


@pytest.mark.slow
@pytest.mark.parametrize(
    "days", ["since=2026-02-30&until=2026-03-01", "since=2026-03-02&until=2026-03-01"]
)
def test_days_that_make_no_sense_are_refused(house: House, days: str) -> None:
    desk = sign_in(house, AUDITOR)

    answer = house.ask("GET", f"/v1/statistics?{days}", token=desk.token, headers=desk.headers)

    assert (answer.status_code, answer.json()["refused"]) == (409, "bad_days")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("settlement", "settled_at"),
        ("tender", "settlement_id"),
        ("bill", "settlement_id"),
        ("slip", "person_id"),
        ("slip_print", "at"),
        ("invoice_sheet", "printed_at"),
        ("medium_use", "at"),
    ],
)
def test_l17_a_days_rows_are_found_by_an_index(db: Database, table: str, column: str) -> None:
    first = {index["column_names"][0] for index in inspect(db.engine).get_indexes(table)}

    assert column in first
