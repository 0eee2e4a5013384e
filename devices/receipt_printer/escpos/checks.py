"""What a technician can try on the receipt printer.

What a reader would get wrong: the printer proves that it printed and cut without an error of its
own; whether the paper can be read and has come off, only a person sees, so that is UNSURE.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from core.document import Document
from core.ports import DeviceTrouble, Printed, Unknown
from devices.checks import LINE, Check, Fact, Finding, Outcome, failed, failed_because, passed
from devices.errors import DeviceError
from devices.receipt_printer.escpos.options import PrinterOptions
from devices.receipt_printer.escpos.samples import sample_page, strip
from devices.receipt_printer.escpos.status import Sensors, reason_of, status_of

LOOK_AT_PAPER = "look_at_paper"


class PrinterChecks:
    """`ready` asks the sensors, `try_out` prints; both as the service does them."""

    def __init__(
        self,
        ready: Callable[[], Sensors | DeviceError],
        try_out: Callable[[Document], Printed | DeviceTrouble | Unknown],
        options: PrinterOptions,
    ) -> None:
        self._ready = ready
        self._try_out = try_out
        self._options = options

    def all(self) -> tuple[Check, ...]:
        """Line, sensors, test page, cutter."""
        return (
            Check(LINE, self._line),
            Check("sensors", self._sensors),
            Check("test_page", self._test_page, hand=LOOK_AT_PAPER, consumes=True),
            Check("cutter", self._cutter, hand=LOOK_AT_PAPER, consumes=True),
        )

    def _line(self) -> Finding:
        found = self._ready()
        if isinstance(found, DeviceError):
            return failed(found)
        return passed(Fact("state", status_of(found).value))

    def _sensors(self) -> Finding:
        found = self._ready()
        if isinstance(found, DeviceError):
            return failed(found)
        facts = tuple(Fact(name, "yes" if on else "no") for name, on in found.bits())
        status = status_of(found)
        return passed(*facts) if status.can_print else failed_because(reason_of(status), *facts)

    def _test_page(self) -> Finding:
        rare = Fact("rare_characters", "as_text" if self._options.rare is None else "drawn")
        return _finding(self._try_out(sample_page(self._options.columns)), rare)

    def _cutter(self) -> Finding:
        return _finding(self._try_out(strip()))


def _finding(result: Printed | DeviceTrouble | Unknown, *facts: Fact) -> Finding:
    match result:
        case Printed():
            return Finding(Outcome.UNSURE, (Fact("proof_of_print", "yes"), *facts))
        case DeviceTrouble(_, reason):
            return Finding(Outcome.FAILED, (), reason)
        case Unknown(reason):
            return Finding(Outcome.FAILED, (Fact("proof_of_print", "no"),), reason)
    assert_never(result)
