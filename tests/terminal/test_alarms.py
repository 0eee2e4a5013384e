"""What a person must look at: the table of alarms (H01 scanner, S47 levels, exchanged devices)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from terminal_bench import settings_of

from core.upkeep.consumables import Item, Level
from core.upkeep.devices import DeviceHistory
from core.upkeep.steps import Alarm
from terminal.alarms import alarms


@dataclass(frozen=True, slots=True)
class Seen:
    """What the machine knows; everything well unless said otherwise."""

    missing_scanner: str = ""
    history: DeviceHistory = field(default_factory=lambda: DeviceHistory("pos", serial="1"))
    states: tuple[tuple[str, str], ...] = ()
    levels: tuple[Level, ...] = ()
    suspense: int = 0
    cabinet: dict[str, bool] = field(default_factory=dict)


def told(folder: Path, seen: Seen, more: str = "") -> list[Alarm]:
    return list(
        alarms(
            settings_of(folder, more),
            seen.missing_scanner,
            {"pos": seen.history},
            seen.states,
            seen.levels,
            seen.suspense,
            seen.cabinet,
        )
    )


def level(item: Item, left: int | None) -> Level:
    return Level(item, left, 0)


SCANNER_OFF = (("scanner", "offline"), ("camera", "ok"))
CASES: dict[str, tuple[Seen, list[Alarm]]] = {
    "all well": (Seen(states=(("pos", "ok"), ("cash", "low"))), []),
    "not known yet": (Seen(states=(("pos", "unknown"),)), []),
    "exchanged": (
        Seen(history=DeviceHistory("pos", serial="2", accepted_serial="1")),
        [Alarm("exchanged", "pos", "1 → 2")],
    ),
    "sick": (Seen(states=(("pos", "jammed"),)), [Alarm("device", "pos", "jammed")]),
    "held": (Seen(states=(("pos", "hung"),)), [Alarm("device", "pos", "hung")]),
    "backend": (Seen(states=(("backend", "offline"),)), [Alarm("device", "backend", "offline")]),
    "no scanner h01": (Seen("not_fitted"), [Alarm("scanner", "scanner", "not_fitted")]),
    "scanner off h01": (
        Seen("offline", states=(("scanner", "offline"),)),
        [Alarm("scanner", "scanner", "offline")],
    ),
    "camera reads instead h01": (
        Seen("", states=SCANNER_OFF),
        [Alarm("device", "scanner", "offline")],
    ),
    "suspense": (Seen(suspense=2), [Alarm("suspense", "journal", "2")]),
    "tampered h04": (
        Seen(cabinet={"cabinet_door": True, "presence": True, "tamper": True, "cash_door": False}),
        [Alarm("cabinet", "tamper"), Alarm("cabinet", "cabinet_door")],
    ),
    "paper low s47": (
        Seen(levels=(level(Item.RECEIPT, 50), level(Item.CARD, 21), level(Item.PAGE, None))),
        [Alarm("low", "receipt", "50")],
    ),
    "toner out s47": (Seen(levels=(level(Item.TONER, 0),)), [Alarm("low", "toner", "0")]),
}


@pytest.mark.parametrize("case", CASES)
def test_alarm_table(tmp_path: Path, case: str) -> None:
    seen, expected = CASES[case]
    assert told(tmp_path, seen) == expected


@pytest.mark.parametrize(("left", "count"), [(100, 1), (101, 0)])
def test_limit_of_a_level_is_a_setting_s47(tmp_path: Path, left: int, count: int) -> None:
    seen = Seen(levels=(level(Item.CARD, left),))
    assert len(told(tmp_path, seen, "[upkeep]\nlow_card = 100\n")) == count


def test_most_urgent_kind_comes_first(tmp_path: Path) -> None:
    seen = Seen(
        "offline",
        DeviceHistory("pos", serial="2", accepted_serial="1"),
        (("cash", "jammed"),),
        (level(Item.CARD, 0),),
        1,
        {"tamper": True},
    )
    codes = [alarm.code for alarm in told(tmp_path, seen)]
    assert codes == ["cabinet", "exchanged", "scanner", "device", "suspense", "low"]
