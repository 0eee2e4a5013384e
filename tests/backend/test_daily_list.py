"""The inpatient daily list (S40, L04): a day's charges as they stand this moment."""

from __future__ import annotations

import pytest
from service_bench import KIOSK, LI_ID, WINDOW, House
from visit_bench import DAY_S, MOBILE, WARD, admitted, charged, notice


@pytest.mark.parametrize("token", [KIOSK, WINDOW, WARD, MOBILE])
def test_s40_l04_charge_is_in_the_list_of_its_day_at_once(house: House, token: str) -> None:
    admission_id = admitted(house, house.person(LI_ID))
    charged(house, admission_id, "BED", "NACL")
    today = house.clock.now().date().isoformat()
    path = f"/v1/admissions/{admission_id}/daily-list?day={today}"
    first = house.get(path, token=token)

    charged(house, admission_id, "NURSE")
    second = house.get(path, token=token)

    assert [line["amount_fen"] for line in first["lines"]] == [5000, 123]
    assert (first["day_fen"], second["day_fen"]) == (5123, 6923)
    assert second["charged_fen"] == 6923


def test_s40_each_day_has_its_own_list_and_the_stay_one_sum(house: House) -> None:
    admission_id = admitted(house, house.person(LI_ID))
    first_day = house.clock.now().date().isoformat()
    charged(house, admission_id, "BED")
    house.clock.pass_seconds(DAY_S)

    second = charged(house, admission_id, "BED", "NURSE")
    first = house.get(f"/v1/admissions/{admission_id}/daily-list?day={first_day}")

    assert (first["day_fen"], second["day_fen"]) == (5000, 6800)
    assert first["charged_fen"] == second["charged_fen"] == 11800
    assert notice(house, admission_id)["bill"]["total_fen"] == 11800


def test_h25_whole_list_of_the_stay_names_its_days_and_its_bill(house: House) -> None:
    admission_id = admitted(house, house.person(LI_ID))
    path = f"/v1/admissions/{admission_id}/charges"
    empty = house.get(path)
    charged(house, admission_id, "BED", "NACL")
    house.clock.pass_seconds(DAY_S)
    charged(house, admission_id, "NURSE")

    told = house.get(path)

    assert (empty["bill"], empty["days"]) == (None, [])
    assert [(day["items"], day["day_fen"]) for day in told["days"]] == [(1, 1800), (2, 5123)]
    assert told["days"][0]["day"] > told["days"][1]["day"]
    assert (told["bill"]["total_fen"], len(told["bill"]["lines"])) == (6923, 3)
    assert house.ask("GET", path, token="demo-clinic").status_code == 401


def test_charge_is_of_a_day_of_the_stay(house: House) -> None:
    admission_id = admitted(house, house.person(LI_ID))
    path = f"/v1/admissions/{admission_id}/charges"
    items = [{"code": "BED", "quantity": 1}]

    for day in ("2020-01-01", "2999-01-01"):
        assert house.refused(path, {"day": day, "items": items}, token=WARD) == "bad_day"


def test_clinic_reads_no_daily_list(house: House) -> None:
    admission_id = admitted(house, house.person(LI_ID))

    path = f"/v1/admissions/{admission_id}/daily-list?day=2026-03-02"
    assert house.ask("GET", path, token="demo-clinic").status_code == 401
