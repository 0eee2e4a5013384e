"""Each request: the line and body it sends, its key, and what the answer becomes."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from cases_first import CASES as FIRST
from cases_idle import CASES as IDLE
from cases_inpatient import CASES as INPATIENT
from cases_later import CASES as LATER
from cases_look_up import CASES as LOOK_UP
from cases_papers import CASES as PAPERS
from cases_paying import CASES as PAYING
from cases_people import CASES as PEOPLE
from cases_prefund import CASES as PREFUND
from cases_refunds import CASES as REFUNDS
from cases_visits import CASES as VISITS
from cases_window_books import CASES as WINDOW_BOOKS
from cases_window_day import CASES as WINDOW_DAY
from cases_window_doubts import CASES as WINDOW_DOUBTS
from cases_window_later import CASES as WINDOW_LATER
from cases_window_papers import CASES as WINDOW_PAPERS
from cases_window_people import CASES as WINDOW_PEOPLE
from cases_window_prefund import CASES as WINDOW_PREFUND
from cases_window_refunds import CASES as WINDOW_REFUNDS
from cases_window_specials import CASES as WINDOW_SPECIALS
from client_bench import Bench
from contract_answers import (
    OPERATOR_JSON,
    PATIENT_JSON,
    QUEUE_JSON,
    body,
)
from request_cases import FRESH, Case
from scripted_backend import Turn, answer

from backend_client.requests import REQUESTS
from core.window_steps import (
    FetchPatient,
    FetchQueue,
    SignInOperator,
)

CASES: dict[str, Case] = {
    **FIRST,
    **PEOPLE,
    **VISITS,
    **PAYING,
    **PREFUND,
    **LATER,
    **REFUNDS,
    **INPATIENT,
    **PAPERS,
    **LOOK_UP,
    **IDLE,
    **WINDOW_DAY,
    **WINDOW_PEOPLE,
    **WINDOW_SPECIALS,
    **WINDOW_BOOKS,
    **WINDOW_REFUNDS,
    **WINDOW_PAPERS,
    **WINDOW_DOUBTS,
    **WINDOW_LATER,
    **WINDOW_PREFUND,
}


def test_every_request_has_a_case() -> None:
    assert {type(case.asks) for case in CASES.values()} >= set(REQUESTS)


@pytest.mark.parametrize("name", CASES)
def test_request_and_reply(bench: Bench, name: str) -> None:
    case = CASES[name]
    backend = bench.backend([Turn(answer(case.status, case.body))])

    assert case.ask(bench.client(backend.url)) == case.reply

    heard = backend.heard[0]
    sent: Any = json.loads(heard.body) if heard.body else None
    assert heard.line == f"{case.line} HTTP/1.1"
    assert sent == case.sends
    key = heard.headers.get("idempotency-key", "")
    assert (uuid.UUID(key).version == 4) if case.key == FRESH else (key == case.key)
    assert heard.headers["authorization"] == "Bearer terminal-token"
    assert heard.headers["x-journal-seq"] == "17"
    assert heard.headers["x-journal-head"] == "ab12"


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if case.key not in ("", FRESH)]
)
def test_same_operation_makes_the_same_request_again(bench: Bench, name: str) -> None:
    case = CASES[name]
    turn = Turn(answer(case.status, case.body))
    backend = bench.backend([turn, turn])
    client = bench.client(backend.url)

    case.ask(client)
    bench.clock.now = bench.clock.now.replace(hour=23)
    case.ask(client)

    first, second = backend.heard
    assert first == second


def test_id_cannot_reach_another_address(bench: Bench) -> None:
    backend = bench.backend([Turn(answer(200, body(PATIENT_JSON)))])

    bench.client(backend.url).ask(FetchPatient("p/../../v1?x={}#王"))

    assert backend.heard[0].line == (
        "GET /v1/patients/p%2F..%2F..%2Fv1%3Fx%3D%7B%7D%23%E7%8E%8B HTTP/1.1"
    )


def test_operator_is_named_from_sign_in_to_sign_out(bench: Bench) -> None:
    queue = Turn(answer(200, body(QUEUE_JSON)))
    signed_in = Turn(answer(200, body(OPERATOR_JSON)))
    signed_out = Turn(answer(200, b'{"signed_out": true}'))
    backend = bench.backend([queue, signed_in, queue, signed_out, queue])
    client = bench.client(backend.url)

    client.ask(FetchQueue())
    client.ask(SignInOperator("2107", "secret"))
    client.ask(FetchQueue())
    client.sign_out_operator()
    client.ask(FetchQueue())

    tokens = [heard.headers.get("x-operator-token") for heard in backend.heard]
    assert tokens == [None, None, "staff-token", "staff-token", None]
