"""Loop tests without a patient: what a machine does for a patient, done with itself.

Each loop is offered when its devices are fitted. What a reader would get wrong: a loop moves real
cards, notes and paper; a test card ends in the bin, a note is given back.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from core.ports import CodeScanned, DeviceTrouble, Printed, Unknown
from devices.checks import LINE, Check, Fact, Finding, Outcome, Service, passed
from devices.diagnostics.bench import Bench
from devices.model import TroubleReason

SCAN_LIMIT_S = 30.0
_LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Loop:
    """One loop. `devices`: every one of them must be fitted; `hand` as in `Check`."""

    name: str
    devices: tuple[str, ...]
    run: Callable[[Bench], Finding]
    hand: str = ""


def _of_check(device: str, check: str) -> Callable[[Bench], Finding]:
    """A loop that one device does alone, as one of its own checks."""

    def run(bench: Bench) -> Finding:
        return bench.on(device, lambda service: named(service.checks(), check).work())

    return run


def named(checks: tuple[Check, ...], name: str) -> Check:
    """The check of that name. Raises KeyError."""
    for check in checks:
        if check.name == name:
            return check
    raise KeyError(name)


def print_and_read(reader: str, limit_s: float = SCAN_LIMIT_S) -> Callable[[Bench], Finding]:
    """A fresh code on paper, then read by the machine's own scanner or camera.

    A reader that does not answer is found out before paper is used.
    """

    def run(bench: Bench) -> Finding:
        line = bench.on(reader, lambda service: named(service.checks(), LINE).work())
        if line.outcome is Outcome.FAILED:
            return Finding(Outcome.FAILED, (Fact("step", "scan"), *line.facts), line.reason)
        text = f"ZHENFU-TEST-{secrets.token_hex(4).upper()}"
        printed = bench.on("receipt_printer", lambda printer: printer.print_code(text))
        match printed:
            case Printed():
                return bench.on(reader, lambda service: _await_code(bench, service, text, limit_s))
            case DeviceTrouble(_, reason):
                return Finding(Outcome.FAILED, (Fact("step", "print"),), reason)
            case Unknown(reason):
                return Finding(Outcome.FAILED, (Fact("step", "print"),), reason)
        raise AssertionError(printed)

    return run


def _await_code(bench: Bench, service: Service, text: str, limit_s: float) -> Finding:
    """In the reader's thread. Codes of other papers are counted; all else is the bench's."""
    began = time.monotonic()
    others = 0
    while (waited := time.monotonic() - began) < limit_s:
        for event in service.poll():
            match event:
                case CodeScanned(found) if found == text:
                    return passed(Fact("read_after_s", f"{waited:.1f}"))
                case CodeScanned():
                    others += 1
                case _:
                    bench.hear(event)
        time.sleep(_LOOK_S)
    facts = (Fact("step", "scan"), Fact("other_codes", str(others)))
    return Finding(Outcome.FAILED, facts, TroubleReason.TIMEOUT.value)


LOOPS: tuple[Loop, ...] = (
    Loop("card", ("card_dispenser",), _of_check("card_dispenser", "dispense_write_read_capture")),
    Loop(
        "print_and_scan",
        ("receipt_printer", "scanner"),
        print_and_read("scanner"),
        hand="show_receipt",
    ),
    Loop(
        "print_and_see",
        ("receipt_printer", "camera"),
        print_and_read("camera"),
        hand="show_receipt",
    ),
    Loop("note", ("cash",), _of_check("cash", "accept_and_return"), hand="insert_note"),
    Loop("tap", ("nfc",), _of_check("nfc", "tap_built_in_tag")),
    Loop("page", ("page_printer",), _of_check("page_printer", "test_page")),
)


def loops_of(fitted: tuple[str, ...]) -> tuple[Loop, ...]:
    """The loops that this machine can do."""
    return tuple(loop for loop in LOOPS if set(loop.devices) <= set(fitted))
