"""The second page: trouble for the next commands of a device or requests to a platform.

Talks to its `Bench`. What a reader would get wrong: nothing here breaks anything for good; each
fault is used up by the commands it meets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.units.faults import COMMON_KINDS
from sandbox.units.fitted import OWN_FAULTS
from sandbox.units.program import UNIT_NAMES
from sandbox.workbench.parts import Bench, Choice, Option, Panel, allow
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.words import Words

DELAY_S = 5.0
TIMES = (1, 2, 5, 20)
PLATFORM_KINDS = ("silent", "answer_lost", "delay", "http_500")


@dataclass(frozen=True, slots=True)
class PlatformRequest:
    """One kind of request that a fault can meet."""

    name: str
    platform: str
    path: str


REQUESTS = (
    PlatformRequest("request_micropay", "acquirer", "/pay/micropay"),
    PlatformRequest("request_query", "acquirer", "/pay/query"),
    PlatformRequest("request_reverse", "acquirer", "/pay/reverse"),
    PlatformRequest("request_hold", "acquirer", "/pos/holds"),
    PlatformRequest("request_complete", "acquirer", "/holds/complete"),
    PlatformRequest("request_quote", "insurance", "/fsi/2206"),
    PlatformRequest("request_settle", "insurance", "/fsi/2207"),
    PlatformRequest("request_decode", "insurance", "/ecquery"),
)


class UnitFaultPanel(Panel):
    """Which device, which fault, how often."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("unit_faults", words, bench)
        units = [Option(words(f"unit_{name}"), name) for name in UNIT_NAMES]
        self._unit = Choice("choose_unit", words("choose_unit"), units)
        self._kind = _kinds("choose_unit_fault", words, COMMON_KINDS)
        self._unit.currentIndexChanged.connect(self._on_unit)
        self._times = _times("choose_unit_times", words)
        self._order = self.own_button("order_unit_fault", self._on_order, primary=True)
        self._clear = self.own_button("clear_unit_faults", self._on_clear)
        self.row(self._unit, self._times)
        self.row(self._kind)
        self.row(self._order, self._clear)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Only what is there can go wrong."""
        cannot = "" if snapshot.units else self.words("no_unit")
        for button in (self._order, self._clear):
            allow(button, cannot)
        self.say(cannot or self.words("fault_note"))

    def choose(self, unit: str) -> None:
        """Turn to that device."""
        self._unit.choose(unit)

    def _on_unit(self) -> None:
        """A device has the common faults and its own."""
        kinds = (*COMMON_KINDS, *OWN_FAULTS.get(self._unit.chosen or "", ()))
        self._kind.offer([Option(self.words(kind), kind) for kind in kinds])

    def _on_order(self) -> None:
        unit, kind, count = self._unit.chosen, self._kind.chosen, self._times.chosen
        delay = {"seconds": DELAY_S} if kind == "delay" else {}
        if unit is not None:
            label = f"{self._unit.currentText()} · {self._kind.currentText()}"
            self.bench.perform(
                label,
                lambda hands: hands.unit(unit, "fault", kind=kind, count=count, **delay),
            )

    def _on_clear(self) -> None:
        unit = self._unit.chosen
        if unit is not None:
            label = f"{self._unit.currentText()} · {self.words('clear_unit_faults')}"
            self.bench.perform(label, lambda hands: hands.unit(unit, "clear_faults"))


class PlatformFaultPanel(Panel):
    """Which request, which fault, how often."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("platform_faults", words, bench)
        requests = [Option(words(request.name), request) for request in REQUESTS]
        self._request = Choice("choose_request", words("choose_request"), requests)
        self._kind = _kinds("choose_platform_fault", words, PLATFORM_KINDS)
        self._times = _times("choose_platform_times", words)
        self._order = self.own_button("order_platform_fault", self._on_order, primary=True)
        self.row(self._request, self._times)
        self.row(self._kind)
        self.row(self._order)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Only what is there can go wrong."""
        cannot = "" if snapshot.has_platforms else self.words("not_there")
        allow(self._order, cannot)
        self.say(cannot or self.words("platform_note"))

    def _on_order(self) -> None:
        request, kind, count = self._request.chosen, self._kind.chosen, self._times.chosen
        if request is not None:
            label = f"{self._request.currentText()} · {self._kind.currentText()}"
            self.bench.perform(
                label,
                lambda hands: hands.platform(
                    request.platform,
                    "fault",
                    path=request.path,
                    kind=kind,
                    count=count,
                    seconds=DELAY_S,
                ),
            )


class TroublePanel(Panel):
    """What does not go away by itself, and two surprises from outside."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("more_trouble", words, bench)
        refusal = words("refusal_text")
        self._at_printer = (
            self.button("jam_cutter", lambda h: h.unit("printer", "cutter_jam", on=True)),
            self.button("free_cutter", lambda h: h.unit("printer", "cutter_jam", on=False)),
        )
        self._at_dispenser = self.button(
            "empty_bin", lambda h: h.unit("card_dispenser", "empty_bin")
        )
        self._outside = (
            self.button(
                "hold_at_this_pos",
                lambda h: h.platform("acquirer", "next_hold", completer="THIS_POS"),
            ),
            self.button(
                "insurance_refuses",
                lambda h: h.platform("insurance", "refuse", infno="2207", err_msg=refusal),
            ),
        )
        self.row(*self._at_printer, self._at_dispenser)
        self.row(*self._outside)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Only what is there can go wrong."""
        printer, dispenser, words = snapshot.printer, snapshot.dispenser, self.words
        no_printer = words("no_unit") if printer is None else ""
        jammed = printer is not None and printer.cutter_jammed
        jam, free = self._at_printer
        allow(jam, no_printer or (words("cutter_jammed") if jammed else ""))
        allow(free, no_printer or ("" if jammed else words("cutter_well")))
        is_empty = dispenser is None or dispenser.bin_count == 0
        allow(self._at_dispenser, words("bin_empty") if is_empty else "")
        for button in self._outside:
            allow(button, "" if snapshot.has_platforms else words("not_there"))
        self.say(self.words("more_trouble_note"))


def _kinds(name: str, words: Words, kinds: Iterable[str]) -> Choice[str]:
    return Choice(name, words("choose_fault"), [Option(words(kind), kind) for kind in kinds])


def _times(name: str, words: Words) -> Choice[int]:
    options = [
        Option(words("once") if count == 1 else words("times", count=count), count)
        for count in TIMES
    ]
    return Choice(name, words("choose_times"), options)
