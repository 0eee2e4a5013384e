"""Many at once: one bill, one balance, one key, one place; exactly one of them gets it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpx
import pytest
from backend_bench import Line, Platforms
from service_bench import LI_ID, ZHOU_ID, House, commit_body, new_key, settlement_body

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

CONTENDERS = 6
LIMIT_S = 20.0
Ask = Callable[[], httpx.Response]


def all_at_once(asks: Sequence[Ask]) -> list[httpx.Response]:
    """Every request starts when all threads are ready."""
    ready = threading.Barrier(len(asks))

    def run(ask: Ask) -> httpx.Response:
        ready.wait(LIMIT_S)
        return ask()

    with ThreadPoolExecutor(len(asks)) as pool:
        return [done.result(LIMIT_S) for done in [pool.submit(run, ask) for ask in asks]]


def outcomes(answers: Sequence[httpx.Response]) -> Counter[str]:
    """ "done", or the reason."""
    return Counter(answer.json().get("refused", "done") for answer in answers)


def test_one_of_six_contenders_gets_a_bill(house: House) -> None:
    patient = house.person(LI_ID)
    body = settlement_body(patient, [house.bill(patient, Line(1000, "A"))])

    answers = all_at_once([lambda: house.post("/v1/settlements", body)] * CONTENDERS)

    assert outcomes(answers) == {"done": 1, "bill_locked": CONTENDERS - 1}


def test_one_of_six_settlements_spends_a_balance(house: House) -> None:
    patient = house.person(LI_ID)
    quoted = [
        house.open(patient, [house.bill(patient, Line(8000, "OWN"))]) for _ in range(CONTENDERS)
    ]

    answers = all_at_once(
        [
            partial(
                house.post, f"/v1/settlements/{each['settlement_id']}/commit", commit_body(each)
            )
            for each in quoted
        ]
    )

    states = Counter(answer.json()["state"] for answer in answers)
    assert states == {"COMPLETED": 1, "REVERSED": CONTENDERS - 1}
    assert house.prepaid_fen(patient) == 0
    house.assert_world_agrees()


def test_same_commit_from_six_threads_pays_once(house: House, platforms: Platforms) -> None:
    patient = house.person(LI_ID)
    quoted = house.open(patient, [house.bill(patient, Line(10000, "OWN"))])
    path, key = f"/v1/settlements/{quoted['settlement_id']}/commit", new_key()

    answers = all_at_once([lambda: house.post(path, commit_body(quoted), key=key)] * CONTENDERS)

    assert len({answer.content for answer in answers}) == 1
    assert Counter(a.headers.get("Idempotent-Replay") for a in answers) == {
        None: 1,
        "true": CONTENDERS - 1,
    }
    assert len(platforms.acquirer.books()["orders"]) == 1
    house.assert_world_agrees()


def test_commits_of_two_terminals_pay_once(house: House, platforms: Platforms) -> None:
    patient = house.person(LI_ID)
    quoted = house.open(patient, [house.bill(patient, Line(10000, "OWN"))])
    path = f"/v1/settlements/{quoted['settlement_id']}/commit"

    answers = all_at_once([lambda: house.post(path, commit_body(quoted))] * CONTENDERS)

    assert outcomes(answers) == {"done": 1, "not_open": CONTENDERS - 1}
    assert len(platforms.acquirer.books()["orders"]) == 1


def test_same_opening_from_six_threads_is_one_settlement(house: House) -> None:
    patient = house.person(LI_ID)
    body = settlement_body(patient, [house.bill(patient, Line(1000, "A"))])
    key = new_key()

    answers = all_at_once([lambda: house.post("/v1/settlements", body, key=key)] * CONTENDERS)

    assert {answer.json()["settlement_id"] for answer in answers} == {key}
    assert [answer.status_code for answer in answers] == [201] * CONTENDERS


def test_last_place_with_a_doctor_goes_to_one_of_two(house: House) -> None:
    schedule = house.get("/v1/departments")["departments"][0]["doctors"][0]
    house.fill(schedule["schedule_id"], leave=1)
    people = [house.person(LI_ID), house.person(ZHOU_ID)]

    answers = all_at_once(
        [
            partial(
                house.post,
                "/v1/registrations",
                {"patient_id": patient, "schedule_id": schedule["schedule_id"]},
            )
            for patient in people
        ]
    )

    assert outcomes(answers) == {"done": 1, "sold_out": 1}


def test_cards_reserved_at_once_leave_one_that_is_not_void(house: House) -> None:
    patient = house.register_wang()

    answers = all_at_once([lambda: house.post("/v1/cards", {"patient_id": patient})] * CONTENDERS)

    assert outcomes(answers) == {"done": CONTENDERS}
    states = Counter(house.books()["cards"][answer.json()["card_number"]] for answer in answers)
    assert states == {"RESERVED": 1, "VOID": CONTENDERS - 1}


def test_commit_and_cancel_at_once_end_in_one_state(house: House) -> None:
    patient = house.person(LI_ID)
    quoted = house.open(patient, [house.bill(patient, Line(10000, "OWN"))])
    path = f"/v1/settlements/{quoted['settlement_id']}"

    commit, cancel = all_at_once(
        [
            lambda: house.post(f"{path}/commit", commit_body(quoted)),
            lambda: house.post(f"{path}/cancel", {"reason": "left"}),
        ]
    )

    ended = house.to_the_end(quoted["settlement_id"])["state"]
    assert (ended, outcomes([commit, cancel])) in [
        ("COMPLETED", {"done": 1, "completed": 1}),
        ("CANCELLED", {"done": 1, "not_open": 1}),
    ]
    house.assert_world_agrees()
