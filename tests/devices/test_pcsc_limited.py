"""Calls that hang: the caller goes on, the thread is counted, and it ends with its call."""

from __future__ import annotations

import threading

import pytest
from peer import LIMIT_S, wait_until

from devices.errors import ProtocolError, Timeout
from devices.transport.limited import LimitedCalls, held_threads


class Ending:
    """Knows when the thread has done its last work."""

    def __init__(self) -> None:
        self.came = threading.Event()

    def __call__(self) -> None:
        self.came.set()


def test_answer_and_error_reach_the_caller_and_the_end_is_tidied() -> None:
    ending = Ending()
    calls = LimitedCalls("calls", ending)
    assert calls.run(lambda: 7, LIMIT_S) == 7

    def refuse() -> int:
        raise ProtocolError("left")

    with pytest.raises(ProtocolError, match="left"):
        calls.run(refuse, LIMIT_S)
    assert not calls.abandoned
    calls.end()
    assert ending.came.wait(LIMIT_S)


def test_hung_call_is_left_alone_counted_and_gone_when_it_comes_back() -> None:
    ending, release = Ending(), threading.Event()
    calls = LimitedCalls("calls", ending)
    before = held_threads()
    with pytest.raises(Timeout, match="no answer within"):
        calls.run(lambda: release.wait(LIMIT_S), 0.01)
    assert calls.hung
    assert held_threads() == before + 1
    with pytest.raises(Timeout, match="earlier"):
        calls.run(lambda: 1, LIMIT_S)
    release.set()
    assert ending.came.wait(LIMIT_S)
    wait_until(lambda: not calls.hung)
    assert held_threads() == before
    assert calls.abandoned


def test_every_call_runs_in_the_same_thread() -> None:
    calls = LimitedCalls("calls", lambda: None)
    threads = {calls.run(threading.get_ident, LIMIT_S) for _ in range(3)}
    assert len(threads) == 1
    assert threads != {threading.get_ident()}
    calls.end()
