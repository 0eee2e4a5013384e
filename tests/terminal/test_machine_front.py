"""The drawing of the machine is made from what is fitted and from where the settings say it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal_bench import settings_of

from core.errors import SettingsError
from terminal.machine_front import EVERY_PART, FrontPart, parts_of

_POS = '[pos]\npath = "tcp:127.0.0.1:9"\n'
_SCANNER = '[scanner]\npath = "tcp:127.0.0.1:8"\n'
_PRINTER = '[receipt_printer]\npath = "tcp:127.0.0.1:7"\n'


def test_what_is_not_fitted_is_not_there(tmp_path: Path) -> None:
    assert parts_of(settings_of(tmp_path)) == ()
    fitted = parts_of(settings_of(tmp_path, _POS + _SCANNER))
    assert fitted == (FrontPart("scan"), FrontPart("pos"))
    assert [part.name for part in EVERY_PART] == [
        *("id", "card", "scan", "pos", "dispense", "print", "cash")
    ]


def test_a_part_is_where_the_settings_say_and_the_others_take_what_is_left(tmp_path: Path) -> None:
    more = f'[front]\nscan_window = "middle right"\npos = "upper left"\n{_POS}{_SCANNER}{_PRINTER}'
    assert parts_of(settings_of(tmp_path, more)) == (
        FrontPart("scan", 1, 2),
        FrontPart("pos", 0, 0),
        FrontPart("print", 0, 1),
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('pos = "under the table"', "front.pos"),
        ('pos = "lower left"\nscan_window = "lower left"', "front.scan_window is there already"),
    ],
)
def test_a_place_that_is_none_or_taken_stops_the_start(
    tmp_path: Path, line: str, told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        settings_of(tmp_path, f"[front]\n{line}\n{_POS}{_SCANNER}")
