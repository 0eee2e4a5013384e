"""What the contract says becomes core's words; anything else is garbled, whatever it is."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace

import pytest
from contract_answers import (
    BILL,
    BILL_JSON,
    DEPARTMENT,
    DEPARTMENTS_JSON,
    HOLD,
    HOLD_JSON,
    HOLD_TERMS,
    HOLD_TERMS_JSON,
    OPERATOR,
    OPERATOR_JSON,
    PATIENT,
    PATIENT_JSON,
    QUEUE_ENTRY,
    QUEUE_JSON,
    REFUND,
    REFUND_JSON,
    REGISTRATION,
    REGISTRATION_JSON,
    SETTLEMENT,
    SETTLEMENT_JSON,
    SIGN_ON_JSON,
    SIGNED_ON,
    SLIP_JSON,
    SLIP_MEANING,
    Json,
    body,
)

from backend_client import shapes
from backend_client.shapes import Garbled, Reader, SignedIn, reader
from core.billing import Hold, HoldTerms, PaidFrom, Refund, Registration
from core.identity import Patient
from core.ports import Done, Refused
from core.steps import CardReserved, Departments
from core.window_steps import Queue, SlipMeaning

EVERY: list[tuple[Reader[object], Json, object]] = [
    (reader(Patient), PATIENT_JSON, PATIENT),
    (reader(Hold), HOLD_JSON, HOLD),
    (reader(HoldTerms), HOLD_TERMS_JSON, HOLD_TERMS),
    (reader(Departments), DEPARTMENTS_JSON, Departments((DEPARTMENT,))),
    (reader(Registration), REGISTRATION_JSON, REGISTRATION),
    (reader(Refund), REFUND_JSON, REFUND),
    (reader(Queue), QUEUE_JSON, Queue((QUEUE_ENTRY,))),
    (reader(SlipMeaning), SLIP_JSON, SLIP_MEANING),
    (shapes.settlement_of("op-1"), SETTLEMENT_JSON, SETTLEMENT),
    (shapes.signed_on, SIGN_ON_JSON, SIGNED_ON),
    (shapes.signed_in, OPERATOR_JSON, SignedIn(OPERATOR, "staff-token")),
    (
        shapes.card_reserved,
        {"card_number": "260000000033", "state": "RESERVED"},
        CardReserved("260000000033"),
    ),
    (
        shapes.card_is("260000000033", "VOID"),
        {"card_number": "260000000033", "state": "VOID"},
        Done(),
    ),
    (
        shapes.registration_cancelled("g-1"),
        {"registration_id": "g-1", "state": "CANCELLED"},
        Done(),
    ),
    (
        shapes.refusal,
        {"refused": "has_card", "detail": "********0017"},
        Refused("has_card", "********0017"),
    ),
]
LOCKED_JSON: Json = {**BILL_JSON, "bill_id": "b-2", "state": "LOCKED", "paying": "RELATIVE"}
OPEN_JSON: Json = {**BILL_JSON, "state": "OPEN", "paying": ""}
IGNORED = {"date", "slip_id"}


@pytest.mark.parametrize(("read", "told", "meant"), EVERY)
def test_answer_of_the_contract_is_read(read: Reader[object], told: Json, meant: object) -> None:
    assert read(body(told)) == meant


@pytest.mark.parametrize(("read", "told", "meant"), EVERY)
def test_field_nobody_knows_is_ignored(read: Reader[object], told: Json, meant: object) -> None:
    widened = copy.deepcopy(told)
    for holder, _ in [*_fields(widened)]:
        holder["of_a_later_version"] = {"x": [1]}

    assert read(body(widened)) == meant


@pytest.mark.parametrize(("read", "told"), [row[:2] for row in EVERY])
def test_each_missing_field_is_garbled(read: Reader[object], told: Json) -> None:
    for number, (_, name) in enumerate([*_fields(told)]):
        if name in IGNORED and told in (DEPARTMENTS_JSON, SLIP_JSON):
            continue
        shorter = copy.deepcopy(told)
        holder, _ = [*_fields(shorter)][number]
        del holder[name]
        with pytest.raises(Garbled):
            read(body(shorter))


@pytest.mark.parametrize(("read", "told"), [row[:2] for row in EVERY])
@pytest.mark.parametrize("wrong", ["1", 1.0, 1.5, True, None, -1])
def test_each_amount_that_is_no_amount_is_garbled(
    read: Reader[object], told: Json, wrong: object
) -> None:
    for number, (_, name) in enumerate([*_fields(told)]):
        if not name.endswith("_fen"):
            continue
        changed = copy.deepcopy(told)
        holder, _ = [*_fields(changed)][number]
        holder[name] = [wrong] if isinstance(holder[name], list) else wrong
        with pytest.raises(Garbled):
            read(body(changed))


@pytest.mark.parametrize(("read", "told"), [row[:2] for row in EVERY])
def test_every_cut_of_an_answer_is_garbled(read: Reader[object], told: Json) -> None:
    whole = body(told)

    for length in range(len(whole)):
        with pytest.raises(Garbled):
            read(whole[:length])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"<html>502 Bad Gateway</html>",
        b"\xff\xfe{}",
        b"{}" * 2,
        b"[" * 100_000,
    ],
)
def test_content_that_is_no_answer_is_garbled(content: bytes) -> None:
    for read, _, _ in EVERY:
        with pytest.raises(Garbled):
            read(content)


@pytest.mark.parametrize("state", ["LOCKED", "PAID", "of_a_later_version", ""])
def test_n18_bill_that_is_not_open_is_not_offered(state: str) -> None:
    told = {"bills": [{**LOCKED_JSON, "state": state}, OPEN_JSON]}

    assert shapes.open_bills(body(told)).bills == (BILL,)


def test_n18_bill_that_a_relative_is_paying_is_told_apart() -> None:
    told = shapes.open_bills(body({"bills": [LOCKED_JSON, OPEN_JSON]}))

    (elsewhere,) = told.elsewhere
    assert (elsewhere.bill.bill_id, elsewhere.by) == ("b-2", PaidFrom.RELATIVE)


@pytest.mark.parametrize("wrong", [{"state": None}, {"state": 1}, {"total_fen": 1}])
def test_locked_bill_that_is_no_bill_is_garbled(wrong: Json) -> None:
    with pytest.raises(Garbled):
        shapes.open_bills(body({"bills": [OPEN_JSON, {**LOCKED_JSON, **wrong}]}))


def test_bill_without_its_state_is_garbled() -> None:
    with pytest.raises(Garbled):
        shapes.open_bills(body({"bills": [BILL_JSON]}))


def test_what_is_garbled_is_named_without_its_content() -> None:
    with pytest.raises(Garbled, match=r"^Patient age: int_type$"):
        reader(Patient)(body({**PATIENT_JSON, "age": "王建国"}))


@pytest.mark.parametrize(
    "change",
    [
        {"total_fen": 2501},
        {"due_fen": 201},
        {"bills": []},
        {"tenders": []},
        {"bills": [{**BILL_JSON, "total_fen": 2400}], "total_fen": 2400},
        {"hold": {**HOLD_JSON, "taken_fen": 301}},
    ],
)
def test_settlement_whose_parts_do_not_sum_is_garbled(change: Json) -> None:
    with pytest.raises(Garbled, match="do not sum"):
        shapes.settlement_of("op-1")(body({**SETTLEMENT_JSON, **change}))


def test_refund_whose_parts_do_not_sum_is_garbled() -> None:
    with pytest.raises(Garbled, match="do not sum"):
        reader(Refund)(body({**REFUND_JSON, "total_fen": 701}))


@pytest.mark.parametrize(
    "components",
    [
        [{"kind": "INSURANCE_FUND", "amount_fen": 2000}, {"kind": "SELF_PAY", "amount_fen": 500}],
        [*SETTLEMENT_JSON["components"], {"kind": "SUBSIDY", "amount_fen": 0}],
        [*SETTLEMENT_JSON["components"][:3], {"kind": "CHARITY", "amount_fen": 500}],
    ],
)
def test_settlement_without_its_four_components_is_garbled(components: list[Json]) -> None:
    with pytest.raises(Garbled):
        shapes.settlement_of("op-1")(body({**SETTLEMENT_JSON, "components": components}))


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (shapes.settlement_of("op-2"), SETTLEMENT_JSON),
        (reader(Refund, refund_id="r-2"), REFUND_JSON),
        (reader(Registration, registration_id="g-2"), REGISTRATION_JSON),
        (shapes.registration_cancelled("g-1"), {"registration_id": "g-1", "state": "KEPT"}),
        (
            shapes.card_is("260000000033", "ACTIVE"),
            {"card_number": "260000000033", "state": "VOID"},
        ),
        (shapes.card_is("260000000033", "VOID"), {"card_number": "260000000041", "state": "VOID"}),
        (shapes.card_reserved, {"card_number": "260000000033", "state": "ACTIVE"}),
        (shapes.card_reserved, {"card_number": "26000000003", "state": "RESERVED"}),
        (shapes.card_reserved, {"card_number": "26000000003٣", "state": "RESERVED"}),
    ],
)
def test_answer_about_something_else_is_garbled(read: Reader[object], told: Json) -> None:
    with pytest.raises(Garbled):
        read(body(told))


@pytest.mark.parametrize("change", [{"state": "PAID"}, {"next_poll_ms": "500"}, {"options": None}])
def test_settlement_with_a_word_of_another_contract_is_garbled(change: Json) -> None:
    with pytest.raises(Garbled):
        shapes.settlement_of("op-1")(body({**SETTLEMENT_JSON, **change}))


def test_settlement_without_hold_slip_and_poll_is_read() -> None:
    bare = {"hold": None, "slip": None, "next_poll_ms": None}

    told = shapes.settlement_of("op-1")(body({**SETTLEMENT_JSON, **bare}))

    assert told == replace(SETTLEMENT, hold=None, slip=None, next_poll_ms=None)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"error": "unknown_settlement"}', "unknown_settlement"),
        (b'{"error": "Not Found <b>"}', ""),
        (b'{"error": ""}', ""),
        (b'{"detail": "Not Found"}', ""),
        (b"<html>404</html>", ""),
    ],
)
def test_error_code_is_a_code_or_nothing(content: bytes, code: str) -> None:
    assert shapes.fault_code(content) == code


@pytest.mark.parametrize("reason", ["", "Nope!", "x" * 41, None, 1])
def test_refusal_without_a_reason_code_is_garbled(reason: object) -> None:
    with pytest.raises(Garbled):
        shapes.refusal(body({"refused": reason, "detail": ""}))


def _fields(told: object) -> Iterator[tuple[Json, str]]:
    """Every field of every record inside, with its holder."""
    if isinstance(told, list):
        for part in told:
            yield from _fields(part)
    elif isinstance(told, dict):
        for name, value in told.items():
            yield told, name
            yield from _fields(value)
