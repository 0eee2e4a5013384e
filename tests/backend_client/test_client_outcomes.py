"""Statuses and troubles become one of four outcomes, alike for every request."""

from __future__ import annotations

import logging
import socket
import threading

import pytest
from client_bench import Bench
from contract_answers import BILL, OPERATOR_JSON, PATIENT, PATIENT_JSON, SETTLEMENT_JSON, body
from scripted_backend import Then, Turn, answer

from backend_client.client import BackendClient
from core.billing import TenderKind
from core.identity import Medium, MediumKind
from core.ports import NotSent, Refused, Unknown
from core.steps import CommitSettlement, FetchBills, FindPatient, MakeReferral, OpenSettlement
from core.window_steps import FetchPatient, SignInOperator

GARBLED, SILENT = Unknown("garbled"), Unknown("backend_silent")
PAGE = b"<html>secret-page</html>"


def _commit(client: BackendClient) -> object:
    return client.ask(CommitSettlement("op-1", 1, TenderKind.SCAN, "134500000000000001", 200))


@pytest.mark.expects_warnings("backend_client.exchange")
@pytest.mark.parametrize(
    ("status", "content", "outcome"),
    [
        (409, b'{"refused": "bill_paid", "detail": ""}', Refused("bill_paid")),
        (409, b'{"refused": "has_card", "detail": "*0017"}', Refused("has_card", "*0017")),
        (409, b'{"error": "bill_paid"}', GARBLED),
        (409, PAGE, GARBLED),
        (401, b'{"error": "not_authorised"}', Refused("not_authorised")),
        (403, PAGE, Refused("not_authorised")),
        (404, b'{"error": "unknown_settlement"}', Refused("unknown_settlement")),
        (404, b'{"detail": "Not Found"}', Refused("not_found")),
        (404, PAGE, Refused("not_found")),
        (422, b'{"error": "key_reused"}', Refused("other")),
        (422, PAGE, Refused("other")),
        (500, b'{"error": "boom"}', SILENT),
        (502, PAGE, SILENT),
        (503, b"", SILENT),
        (504, body(SETTLEMENT_JSON), SILENT),
        (200, PAGE, GARBLED),
        (200, body(SETTLEMENT_JSON)[:-1], GARBLED),
        (200, b"", GARBLED),
        (200, body({**SETTLEMENT_JSON, "due_fen": 0}), GARBLED),
        (200, body({**SETTLEMENT_JSON, "settlement_id": "op-2"}), GARBLED),
        (202, body(SETTLEMENT_JSON), GARBLED),
        (204, b"", GARBLED),
        (302, b"", GARBLED),
        (400, b'{"error": "bad"}', GARBLED),
        (405, b"", GARBLED),
        (429, b"", GARBLED),
        (600, b"", GARBLED),
    ],
)
def test_status_becomes_an_outcome(
    bench: Bench, status: int, content: bytes, outcome: object
) -> None:
    backend = bench.backend([Turn(answer(status, content), Then.CLOSE)])

    assert _commit(bench.client(backend.url)) == outcome


def test_reply_lost_after_send_is_unknown_and_not_sent_twice(bench: Bench) -> None:
    backend = bench.backend([Turn(then=Then.CLOSE)], [Turn(answer(200, body(SETTLEMENT_JSON)))])

    assert _commit(bench.client(backend.url)) == SILENT
    assert len(backend.heard) == 1


def test_backend_that_is_down_is_not_sent(bench: Bench) -> None:
    assert _commit(bench.client(_nobody())) == NotSent("backend_silent")


def test_settlement_the_backend_does_not_know_was_not_sent(bench: Bench) -> None:
    backend = bench.backend([Turn(answer(404, b'{"error": "unknown_settlement"}'))])

    assert bench.client(backend.url).settlement("op-1") == NotSent("unknown_settlement")


@pytest.mark.parametrize(
    ("turn", "outcome"),
    [
        (Turn(answer(404, b'{"detail": "Not Found"}')), Unknown("not_found")),
        (Turn(answer(404, PAGE)), Unknown("not_found")),
        (Turn(answer(401, b'{"error": "not_authorised"}')), Unknown("not_authorised")),
        (Turn(answer(500, b"")), SILENT),
        (Turn(then=Then.CLOSE), SILENT),
    ],
)
def test_settlement_nobody_tells_about_stays_unknown(
    bench: Bench, turn: Turn, outcome: Unknown
) -> None:
    backend = bench.backend([turn])

    assert bench.client(backend.url).settlement("op-1") == outcome


def test_settlement_asked_of_a_backend_that_is_down_stays_unknown(bench: Bench) -> None:
    assert bench.client(_nobody()).settlement("op-1") == SILENT


def test_refused_sign_in_keeps_no_token(bench: Bench) -> None:
    refused = Turn(answer(409, b'{"refused": "wrong_password", "detail": ""}'))
    backend = bench.backend([refused, Turn(answer(200, body(PATIENT_JSON)))])
    client = bench.client(backend.url)

    assert client.ask(SignInOperator("2107", "wrong")) == Refused("wrong_password")
    client.ask(FetchPatient("p-1"))

    assert "x-operator-token" not in backend.heard[1].headers


def test_referral_refused_stays_refused(bench: Bench) -> None:
    backend = bench.backend([Turn(answer(409, b'{"refused": "bill_paid", "detail": ""}'))])

    told = bench.client(backend.url).ask(MakeReferral(PATIENT, (BILL,), "cash"))

    assert told == Refused("bill_paid")


@pytest.mark.expects_warnings("backend_client.exchange")
def test_malformed_request_is_logged_as_ours_without_its_content(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    backend = bench.backend([Turn(answer(422, b'{"error": "134500000000000001"}'))])

    _commit(bench.client(backend.url))

    assert [record.getMessage() for record in caplog.records] == [
        "POST /v1/settlements/{}/commit: the backend calls our request malformed"
    ]


@pytest.mark.expects_warnings("backend_client.exchange")
def test_nothing_secret_is_ever_logged(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    signed_in = Turn(answer(200, body(OPERATOR_JSON)))
    answers = [
        Turn(answer(status, PAGE, "X-Secret: secret-header"))
        for status in (200, 201, 302, 400, 401, 404, 409, 422, 500)
    ]
    backend = bench.backend([signed_in, *answers, Turn(PAGE, Then.CLOSE)])
    client = bench.client(backend.url)

    client.ask(SignInOperator("2107", "secret-password"))
    for _ in range(5):
        _commit(client)
        client.ask(FindPatient(Medium(MediumKind.ID_CARD, "330302195501123419")))

    assert len(backend.heard) == 11
    logged = caplog.text
    for secret in ("secret", "134500000000000001", "330302195501123419", "-token"):
        assert secret not in logged


def test_second_thread_is_turned_away(bench: Bench) -> None:
    backend = bench.backend([Turn(answer(200, body({"bills": []})))])
    client = bench.client(backend.url)
    client.ask(FetchBills("p-1"))
    errors: list[BaseException] = []

    def trespass() -> None:
        try:
            client.ask(OpenSettlement("op-1", "p-1", (BILL,)))
        except AssertionError as error:
            errors.append(error)

    thread = threading.Thread(target=trespass)
    thread.start()
    thread.join(5)

    assert [str(error) for error in errors] == ["the backend client belongs to one thread"]
    assert len(backend.heard) == 1


def _nobody() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"
