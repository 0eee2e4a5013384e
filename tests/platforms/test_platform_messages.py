"""The message gateway over HTTP: once per number, states, masked recipients."""

from pathlib import Path

import httpx
import pytest
from platforms_bench import HTTP, Bench, Json, Platform

REMINDER: Json = {
    "message_no": "M1",
    "channel": "SMS",
    "to": "13900001234",
    "template": "deferral.due",
    "text": "您有一笔 32.00 元的费用已超过 24 小时未缴。",
}
ACCEPTED = {"result": "ACCEPTED"}


def _state(messages: Platform) -> Json:
    return messages.ask("/state", message_no="M1")


def test_n14_reminder_is_accepted_and_then_delivered(messages: Platform) -> None:
    assert messages.ask("/send", **REMINDER) == ACCEPTED
    assert [message["state"] for message in messages.books()["messages"]] == ["ACCEPTED"]
    assert _state(messages) == {"state": "DELIVERED", "reason": ""}


def test_same_message_twice_is_sent_once(messages: Platform) -> None:
    messages.ask("/send", **REMINDER)
    assert messages.ask("/send", **REMINDER) == ACCEPTED
    assert len(messages.books()["messages"]) == 1
    other = {**REMINDER, "to": "13900001235"}
    assert messages.ask("/send", **other) == {"result": "FAIL", "code": "MESSAGE_NO_USED"}


def test_refused_message_leaves_nothing_behind(messages: Platform) -> None:
    messages.control("refuse", path="/send", code="GATEWAY_BUSY")
    assert messages.ask("/send", **REMINDER) == {"result": "FAIL", "code": "GATEWAY_BUSY"}
    assert _state(messages) == {"state": "NOTFOUND", "reason": ""}
    assert messages.ask("/send", **REMINDER) == ACCEPTED


def test_message_whose_answer_was_lost_is_not_doubled(messages: Platform) -> None:
    messages.control("fault", path="/send", kind="answer_lost")
    with pytest.raises(httpx.ReadTimeout):
        messages.ask("/send", limit_s=0.2, **REMINDER)
    assert messages.ask("/send", **REMINDER) == ACCEPTED
    assert len(messages.books()["messages"]) == 1


def test_number_that_is_never_reached_fails(messages: Platform) -> None:
    messages.ask("/send", **{**REMINDER, "to": "13900000000"})
    assert _state(messages) == {"state": "FAILED", "reason": "UNREACHABLE"}


@pytest.mark.parametrize("number", ["12900001234", "1390000123", "+8613900001234", "057788888888"])
def test_text_to_something_that_is_no_mobile_number_is_refused(
    messages: Platform, number: str
) -> None:
    answer = messages.ask("/send", **{**REMINDER, "to": number})
    assert answer == {"result": "FAIL", "code": "BAD_RECIPIENT"}
    assert messages.books()["messages"] == []


def test_planned_message_stays_accepted_for_its_polls(messages: Platform) -> None:
    messages.control("next_send", outcome="FAILED", polls=1)
    messages.ask("/send", **REMINDER)
    assert [_state(messages)["state"] for _ in range(3)] == ["ACCEPTED", "FAILED", "FAILED"]


def test_n20_push_goes_to_a_subscription(messages: Platform) -> None:
    push: Json = {**REMINDER, "channel": "PUSH", "to": "wx-openid-0017"}
    assert messages.ask("/send", **push) == ACCEPTED
    assert messages.books()["messages"][0]["to"] == "wx-***"


def test_full_number_is_nowhere_on_disk(bench: Bench, tmp_path: Path) -> None:
    bench.messages.ask("/send", **REMINDER)
    assert bench.messages.books()["messages"][0]["to"] == "139****1234"
    written = (tmp_path / "state" / "messages.json").read_text("utf-8")
    assert "13900001234" not in written
    assert "139****1234" in written


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"text": "x" * 501}, {"template": "a b"}, {"channel": "FAX"}]
)
def test_request_of_a_wrong_shape_is_422(messages: Platform, wrong: Json) -> None:
    assert HTTP.post(f"{messages.url}/send", json={**REMINDER, **wrong}).status_code == 422
