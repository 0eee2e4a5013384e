"""What a technician can ask of a ZVT POS: who it is, and checks that move no money.

What a reader would get wrong: the last transaction is only read to show that it can be; neither
card digits nor our reference stand in the facts. It may be somebody else's, without a reference.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from devices.checks import (
    LINE,
    Check,
    Fact,
    Finding,
    Identity,
    Outcome,
    failed,
    failed_because,
    passed,
)
from devices.errors import DeviceError, DeviceRefused
from devices.model import HealthState, TroubleReason
from devices.pos.zvt.driver import ZvtConnection
from devices.pos.zvt.fields import TerminalState
from devices.pos.zvt.sessions import ZvtSessions
from devices.pos.zvt.status import health_of, state_word

_UNNAMED = "ZVT"


def identity_of(state: TerminalState) -> Identity:
    """The terminal id stands beside the name: the acquirer knows the POS by it."""
    model = state.name or _UNNAMED
    if state.terminal_id:
        model = f"{model} {state.terminal_id}"
    return Identity(model=model, firmware=state.version, serial=state.serial)


def checks_of(sessions: ZvtSessions, echoes_reference: bool) -> tuple[Check, ...]:
    """The first is LINE."""

    def on_line(look: Callable[[ZvtConnection], Finding]) -> Finding:
        try:
            with sessions.opened() as pos:
                return look(pos)
        except DeviceError as error:
            return failed(error)

    return (
        Check(LINE, lambda: on_line(_line)),
        Check("ready", lambda: on_line(_ready)),
        Check("last_transaction", lambda: on_line(lambda pos: _last(pos, echoes_reference))),
        Check("open_holds", lambda: on_line(_open_holds)),
    )


def _line(pos: ZvtConnection) -> Finding:
    began = time.monotonic()
    state = pos.state()
    took_ms = round((time.monotonic() - began) * 1000)
    return passed(
        Fact("answer_ms", str(took_ms)),
        Fact("firmware", state.version),
        Fact("serial", state.serial),
        Fact("terminal_id", state.terminal_id),
    )


def _ready(pos: ZvtConnection) -> Finding:
    code = pos.state().code
    fact = Fact("state", f"{state_word(code)} ({code:02X})")
    if health_of(code) is HealthState.OK:
        return passed(fact)
    return failed_because(TroubleReason.HARDWARE_ERROR, fact)


def _last(pos: ZvtConnection, echoes_reference: bool) -> Finding:
    ended = pos.last()
    information = ended.information
    if information is None:
        if ended.abort_code is None:
            return failed_because(TroubleReason.HARDWARE_ERROR)
        return passed(Fact("transaction", "none"))
    facts = (
        Fact("transaction", information.receipt),
        Fact("result", "" if information.result is None else f"{information.result:02X}"),
        Fact("has_reference", "yes" if information.reference else "no"),
    )
    if echoes_reference and not information.reference:
        return Finding(Outcome.UNSURE, facts)
    return passed(*facts)


def _open_holds(pos: ZvtConnection) -> Finding:
    try:
        receipt = pos.open_hold()
    except DeviceRefused as error:
        return passed(Fact("open_hold", error.code))
    return passed(Fact("open_hold", receipt or "none"))
