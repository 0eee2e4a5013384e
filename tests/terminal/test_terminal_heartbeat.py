"""What the machine tells of itself as often as it is asked to, and what it hears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from backend_client.exchange import Told
from core.audit import AuditEvent
from core.ports import NotSent
from core.steps import Facts
from core.upkeep.consumables import Item, Level
from core.upkeep.heartbeat import (
    ConsumableTold,
    DeviceTold,
    Heard,
    SettingsTold,
    TaskTold,
    consumables_told,
    devices_told,
    items_of,
)
from terminal.heartbeat import Heartbeat, HeartbeatParts

_STATES = [("backend", "ok"), ("pos", "hung"), ("receipt_printer", "low"), ("vending", "ok")]
_LEVELS = (Level(Item.RECEIPT, 40, 3), Level(Item.BOOKLET, 0, 20))


@dataclass(slots=True)
class _Machine:
    """A heartbeat with a clock by hand, and everything that it told."""

    answer: Told[Heard] = field(default_factory=lambda: Heard(None, ()))
    now_s: float = 1000.0
    told: list[tuple[tuple[DeviceTold, ...], tuple[ConsumableTold, ...]]] = field(
        default_factory=list
    )
    lines: list[tuple[AuditEvent, Facts]] = field(default_factory=list)
    asked_levels: int = 0

    def heartbeat(self) -> Heartbeat:
        """Levels come at once."""
        return Heartbeat(
            HeartbeatParts(
                self._tell,
                lambda: _STATES,
                self._ask_levels,
                lambda event, facts: self.lines.append((event, facts)),
                lambda: self.now_s,
            )
        )

    def _tell(
        self, devices: tuple[DeviceTold, ...], consumables: tuple[ConsumableTold, ...]
    ) -> Told[Heard]:
        self.told.append((devices, consumables))
        return self.answer

    def _ask_levels(self, tell: Callable[[object], None]) -> None:
        self.asked_levels += 1
        tell(_LEVELS)


def test_beats_as_often_as_sign_on_says_and_levels_come_rarely() -> None:
    machine = _Machine()
    heartbeat = machine.heartbeat()
    for _ in range(5):
        heartbeat.when_due(30)
        machine.now_s += 15
    assert (len(machine.told), machine.asked_levels) == (3, 1)


def test_beat_tells_every_device_and_what_is_left() -> None:
    machine = _Machine()
    machine.heartbeat().when_due(30)
    assert machine.told == [
        (
            (
                DeviceTold("pos", "HARDWARE_ERROR", "hung"),
                DeviceTold("receipt_printer", "ONLINE", "low"),
                DeviceTold("vending", "ONLINE", "ok"),
            ),
            (
                ConsumableTold("receipt_printer", "LOW", 40),
                ConsumableTold("vending", "OUT", 0),
            ),
        )
    ]


def test_task_and_settings_are_written_down_once() -> None:
    tasks = (TaskTold("k-1", "scanner"), TaskTold("k-2", "paper"))
    machine = _Machine(Heard(SettingsTold(4), tasks))
    heartbeat = machine.heartbeat()
    for _ in range(2):
        heartbeat.when_due(30)
        machine.now_s += 30
    assert machine.lines == [
        (AuditEvent.TASK_TOLD, {"ticket": "k-1", "subject": "scanner"}),
        (AuditEvent.TASK_TOLD, {"ticket": "k-2", "subject": "paper"}),
        (AuditEvent.SETTINGS_TOLD, {"version": 4}),
    ]


def test_backend_that_is_silent_is_told_again_at_the_next_beat() -> None:
    machine = _Machine(NotSent("backend_silent"))
    heartbeat = machine.heartbeat()
    heartbeat.when_due(30)
    machine.now_s += 30
    heartbeat.when_due(30)
    assert (len(machine.told), machine.lines) == (2, [])


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("ok", "ONLINE"),
        ("out", "USER_ERROR"),
        ("jammed", "USER_ERROR"),
        ("offline", "OFFLINE"),
        ("not_fitted", "NO_DEVICE"),
        ("unknown", "UNKNOWN"),
    ],
)
def test_state_is_told_in_the_words_of_the_contract(state: str, word: str) -> None:
    assert devices_told([("pos", state)]) == (DeviceTold("pos", word, state),)


def test_second_item_of_a_device_goes_by_its_own_name() -> None:
    levels = (Level(Item.PAGE, None, 0), Level(Item.TONER, 900, 1))
    assert consumables_told([("page_printer", "out")], levels) == (
        ConsumableTold("page_printer", "OUT", None),
        ConsumableTold("toner", "FULL", 900),
    )
    assert items_of(("page_printer", "pos")) == (Item.PAGE, Item.TONER)
