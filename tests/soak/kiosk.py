"""A thousand visits at one kiosk in a row: memory, handles and threads stay as they were.

Talks to a real kiosk in this process and to everything around it. What a reader would get wrong:
the first visits only warm up, because Python and Qt load code when it is first used; memory is
judged by its slope over the second half, not by a single number.
"""

from __future__ import annotations

import gc
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.people import BENEFIT_PATIENT
from sandbox.player.auditor import audit
from sandbox.player.hands import wait_until
from sandbox.player.stage import KioskStage, wallet_code
from tests.helpers.kiosk_house import built_house, kiosk_at
from tests.soak.usage import Held, back_at, memory_kib, settled

_CARD = ("260000000025", "04C0FFE2")
_BENEFIT_CARD = ("260000000017", "04C0FFEE")
_LOOK_EVERY = 20
_LOOKS_THAT_TELL = 10
_MAY_GROW_KIB_A_VISIT = 6.0
_CARD_LIMIT_S = 20.0


@dataclass
class Verdict:
    """What happened; `faults` empty: flat."""

    visits: Counter[str] = field(default_factory=Counter)
    before: Held | None = None
    after: Held | None = None
    memory_kib: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def slope_kib(self) -> float:
        """Growth a visit over the second half of the looks, by least squares; 0 for a few."""
        if len(self.memory_kib) < _LOOKS_THAT_TELL:
            return 0.0
        looks = self.memory_kib[len(self.memory_kib) // 2 :]
        middle, level = (len(looks) - 1) / 2, sum(looks) / len(looks)
        above = sum((i - middle) * (look - level) for i, look in enumerate(looks))
        return above / sum((i - middle) ** 2 for i in range(len(looks))) / _LOOK_EVERY

    def __str__(self) -> str:
        kinds = ", ".join(f"{count} {name}" for name, count in sorted(self.visits.items()))
        memory = [round(kib / 1024) for kib in self.memory_kib]
        return "\n".join(
            (
                f"{sum(self.visits.values())} visits: {kinds}",
                f"before {self.before}; after {self.after}",
                f"memory in MiB each {_LOOK_EVERY} visits: {memory}",
                f"growth {self.slope_kib():.1f} KiB a visit in the second half",
                *self.faults,
            )
        )


def soak(visits: int, warm_up: int) -> Verdict:
    """Plays `visits` of them after `warm_up`, of each kind in turn. Short runs judge no memory."""
    verdict = Verdict()
    with built_house() as house, tempfile.TemporaryDirectory() as told:
        with kiosk_at(house, Path(told)) as stage:
            stage.card_of(*_CARD)
            stage.card_of(*_BENEFIT_CARD)
            for number in range(warm_up + visits):
                if number == warm_up:
                    verdict.before = settled()
                name, visit = _KINDS[number % len(_KINDS)]
                visit(stage)
                stage.go_home()
                if number >= warm_up:
                    verdict.visits[name] += 1
                    _look(verdict, number - warm_up)
            assert verdict.before is not None
            verdict.after = back_at(verdict.before)
        verdict.faults += audit(house, ("K01",)).disagreements
    _judge(verdict)
    return verdict


def _look(verdict: Verdict, number: int) -> None:
    if number % _LOOK_EVERY == 0:
        gc.collect()
        verdict.memory_kib.append(memory_kib())


def _judge(verdict: Verdict) -> None:
    if verdict.before != verdict.after:
        verdict.faults.append(f"held {verdict.before} before and {verdict.after} after")
    if verdict.slope_kib() > _MAY_GROW_KIB_A_VISIT:
        verdict.faults.append("memory grows")


def _looked(stage: KioskStage) -> None:
    stage.do("card_slot", "insert", uid=_CARD[1])
    stage.arrive("Show")
    stage.press("dock_leave")


def _window_only(stage: KioskStage) -> None:
    stage.do("card_slot", "insert", uid=_BENEFIT_CARD[1])
    _end(stage)
    if stage.unit("card_slot").get("card"):
        stage.do("card_slot", "remove")


def _registered(stage: KioskStage) -> None:
    stage.begin("register")
    stage.arrive("Identify")
    stage.do("card_slot", "insert", uid=_CARD[1])
    stage.arrive("Choose")
    stage.press("choose_CARD")
    wait_until(lambda: stage.option() != "choose_CARD", _CARD_LIMIT_S, "the doctors")
    if not stage.option():
        stage.press("dock_leave")
        return
    stage.press(stage.option())
    wait_until(lambda: stage.screen() in ("ConfirmQuote", "ShowTrouble"), 20, "the fee")
    if stage.screen() == "ConfirmQuote":
        _pay(stage)
        wait_until(lambda: stage.screen() in ("Show", "Finished"), 20, "the offer to pay later")
        if stage.screen() == "Show":
            stage.press("press_no")
    _end(stage)


def _pay(stage: KioskStage) -> None:
    """By phone, or from the balance while there is any."""
    ways = ("pay_SCAN", "pay")
    wait_until(lambda: any(map(stage.hand.can_see, ways)), _CARD_LIMIT_S, "a way to pay")
    if stage.hand.can_see("pay"):
        stage.press("pay")
        return
    stage.press("pay_SCAN")
    stage.arrive("ShowPaymentCode")
    stage.do("scanner", "show", text=wallet_code("WECHAT"))


def _left(stage: KioskStage) -> None:
    stage.begin("hold")
    stage.arrive("Identify")
    stage.press("dock_leave")


def _unreadable(stage: KioskStage) -> None:
    stage.begin("card")
    stage.arrive("PlaceIdCard")
    stage.do("id_reader", "place", **BENEFIT_PATIENT.id_card())
    stage.arrive("TypePhone")
    stage.do("id_reader", "remove")
    stage.digits("1380000")
    stage.press("dock_leave")


def _end(stage: KioskStage) -> None:
    """Whatever the ending: press done."""
    wait_until(lambda: stage.hand.can_see("done"), _CARD_LIMIT_S, "an ending")
    stage.press("done")


_KINDS: tuple[tuple[str, Callable[[KioskStage], None]], ...] = (
    ("looked at a bill", _looked),
    ("registered and paid", _registered),
    ("sent to the window", _window_only),
    ("left", _left),
    ("began a card", _unreadable),
)
