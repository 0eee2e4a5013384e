"""Following a settlement: until final, at most the limit, and a wish to leave reverses once."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

from backend_client.client import BackendClient
from backend_client.wire import Wire
from core.billing import Refund, Settlement, SettlementState
from core.clock import SystemClock
from core.ports import NotSent, Unknown
from core.steps import FollowSettlement
from core.window_steps import ConfirmRefund
from terminal.backend_acts import BackendActs
from tests.backend_client.contract_answers import REFUND_JSON, SETTLEMENT_JSON
from tests.backend_client.scripted_backend import ScriptedBackend, Turn, answer

LOOK = "GET /v1/settlements/op-1 HTTP/1.1"
CANCEL = "POST /v1/settlements/op-1/cancel HTTP/1.1"
UNHEARD_OF = Turn(answer(404, b'{"error": "unknown_settlement"}'))
FAULT = Turn(answer(503, b"{}"))


def _settlement(state: str) -> Turn:
    told = {**SETTLEMENT_JSON, "state": state}
    return Turn(answer(200, json.dumps(told).encode()))


def _refund(state: str) -> Turn:
    return Turn(answer(200, json.dumps({**REFUND_JSON, "state": state}).encode()))


@contextmanager
def _acts(*turns: Turn) -> Iterator[tuple[BackendActs, ScriptedBackend]]:
    with ScriptedBackend([list(turns)]) as backend:
        client = BackendClient(Wire(backend.url, "token"), lambda: (0, ""), SystemClock())
        with closing(client):
            yield BackendActs(client), backend


def _follow(
    *turns: Turn, limit_s: int = 20, left: bool = False
) -> tuple[Settlement | NotSent | Unknown, list[str]]:
    """The answer, and the requests that were made for it."""
    wish = threading.Event()
    if left:
        wish.set()
    with _acts(*turns) as (acts, backend):
        end = acts.follow_settlement(FollowSettlement("op-1", limit_s), wish)
        return end, [heard.line for heard in backend.heard]


def _state(end: Settlement | NotSent | Unknown) -> SettlementState:
    assert isinstance(end, Settlement), end
    return end.state


def test_final_answer_ends_it_at_once() -> None:
    end, asked = _follow(_settlement("COMPLETED"))
    assert (_state(end), asked) == (SettlementState.COMPLETED, [LOOK])


def test_it_looks_again_until_final() -> None:
    end, asked = _follow(_settlement("INSURED"), _settlement("PAYING"), _settlement("REVERSED"))
    assert (_state(end), asked) == (SettlementState.REVERSED, [LOOK] * 3)


def test_a_mere_quote_ends_it() -> None:
    end, asked = _follow(_settlement("QUOTED"), left=True)
    assert (_state(end), asked) == (SettlementState.QUOTED, [LOOK])


def test_wish_to_leave_asks_once_for_a_reversal_and_goes_on_looking() -> None:
    end, asked = _follow(
        _settlement("PAYING"),
        _settlement("REVERSING"),
        _settlement("REVERSING"),
        _settlement("REVERSED"),
        left=True,
    )
    assert (_state(end), asked) == (SettlementState.REVERSED, [LOOK, CANCEL, LOOK, LOOK])


def test_paid_before_the_reversal_is_paid() -> None:
    refused = Turn(answer(409, b'{"refused": "completed", "detail": ""}'))
    end, asked = _follow(_settlement("PAYING"), refused, _settlement("COMPLETED"), left=True)
    assert (_state(end), asked) == (SettlementState.COMPLETED, [LOOK, CANCEL, LOOK])


def test_wish_that_comes_too_late_asks_for_nothing() -> None:
    end, asked = _follow(_settlement("COMPLETED"), left=True)
    assert (_state(end), asked) == (SettlementState.COMPLETED, [LOOK])


def test_limit_ends_it_with_what_is_known() -> None:
    end, asked = _follow(_settlement("PAYING"), limit_s=0)
    assert (_state(end), asked) == (SettlementState.PAYING, [LOOK])


def test_limit_without_an_answer_is_unknown() -> None:
    end, asked = _follow(FAULT, limit_s=0)
    assert (end, asked) == (Unknown("backend_silent"), [LOOK])


def test_silence_is_asked_again_within_the_limit() -> None:
    end, asked = _follow(FAULT, _settlement("COMPLETED"))
    assert (_state(end), asked) == (SettlementState.COMPLETED, [LOOK] * 2)


def test_backends_own_word_that_it_knows_none_is_evidence() -> None:
    end, asked = _follow(UNHEARD_OF)
    assert (end, asked) == (NotSent("unknown_settlement"), [LOOK])


def test_backend_that_cannot_be_reached_is_no_evidence() -> None:
    client = BackendClient(Wire("http://127.0.0.1:9", "token"), lambda: (0, ""), SystemClock())
    with closing(client):
        acts = BackendActs(client)
        end = acts.follow_settlement(FollowSettlement("op-1", 0), threading.Event())
    assert end == Unknown("backend_silent")


def test_confirmed_refund_is_followed_until_it_is_paid() -> None:
    with _acts(_refund("CONFIRMED"), FAULT, _refund("CONFIRMED"), _refund("PAID")) as (acts, asked):
        end = acts.works()[ConfirmRefund](ConfirmRefund("op-1", "r-1"), threading.Event())
        lines = [heard.line.split()[0] for heard in asked.heard]
    assert isinstance(end, Refund)
    assert (end.state, lines) == ("PAID", ["POST", "GET", "GET", "GET"])


def test_refund_that_was_refused_is_not_followed() -> None:
    with _acts(Turn(answer(409, b'{"refused": "not_reviewed", "detail": ""}'))) as (acts, asked):
        end = acts.works()[ConfirmRefund](ConfirmRefund("op-1", "r-1"), threading.Event())
        assert len(asked.heard) == 1
    assert not isinstance(end, Refund)
