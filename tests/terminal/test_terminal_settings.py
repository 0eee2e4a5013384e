"""Settings of a terminal: every fault at once, devices optional, the example file complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from terminal_bench import MESSAGES, settings_of

from core.errors import SettingsError
from devices.fitting import FITTINGS
from terminal.example import MARK, WINDOW_DEVICES, example_text
from terminal.machine import Machine
from terminal.settings import read

EXAMPLE = Path(__file__).resolve().parents[2] / "zhenfu.example.toml"
DEVICES = tuple(fitting.name for fitting in FITTINGS)


def test_terminal_without_any_device_has_all_defaults(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    assert (settings.text("terminal.language"), settings.integer("terminal.idle_percent")) == (
        "zh",
        100,
    )
    assert [name for name in DEVICES if settings.has_table(name)] == []


def test_one_fitted_device_needs_its_own_settings_and_no_others(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, '[pos]\npath = "tcp:127.0.0.1:20007"\n')
    assert [name for name in DEVICES if settings.has_table(name)] == ["pos"]
    assert settings.integer("pos.card_wait_s") == 90


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(
        """
[terminal]
id = "K01"
langauge = "zh"
idle_percent = 20
[backend]
url = "http://127.0.0.1"
token = 7
[hospital]
name_zh = "医院"
name_en = "Hospital"
place_zh = "一楼"
place_en = "1F"
service_line = "1"
[pos]
path = "cups:A4"
[scaner]
path = "serial:/dev/ttyS1"
""",
        "utf-8",
    )
    with pytest.raises(SettingsError) as raised:
        read(path)
    told = str(raised.value).splitlines()[1:]
    found = [re.split(r"[ :]", line.strip().split(". ", 1)[1])[0] for line in told]
    assert found == [
        "terminal.data",
        "terminal.idle_percent",
        "backend.token",
        "pos.path",
        "terminal.langauge",
        "scaner.path",
    ]
    assert "did you mean terminal.language?" in told[4]
    assert "did you mean scanner.path?" in told[5]
    assert "7" not in told[2], "a secret is not repeated"


@pytest.mark.parametrize(
    ("more", "url", "named"),
    [
        ("", "ftp://127.0.0.1", "backend.url"),
        ('[smart_card]\npath = "pcsc:R"\nm1_key = "FF"\n', "http://127.0.0.1:9", "smart_card.m1"),
    ],
)
def test_setting_that_only_its_device_can_judge_stops_the_start(
    tmp_path: Path, more: str, url: str, named: str
) -> None:
    settings = settings_of(tmp_path, more, url)
    with pytest.raises(SettingsError, match=named):
        Machine(settings, MESSAGES)


def test_the_example_is_what_the_declared_settings_make_of_it() -> None:
    assert EXAMPLE.read_text("utf-8") == example_text(), "python -m terminal.example > FILE"


@pytest.mark.parametrize(
    ("window", "fitted"), [(False, DEVICES), (True, WINDOW_DEVICES)], ids=["kiosk", "window"]
)
def test_each_half_of_the_example_loads(
    tmp_path: Path, window: bool, fitted: tuple[str, ...]
) -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    if window:
        lines = [line.removeprefix(MARK) for line in lines if line.startswith(MARK)]
    path = tmp_path / "example.toml"
    path.write_text("\n".join(lines), "utf-8")
    settings = read(path)
    assert {name for name in DEVICES if settings.has_table(name)} == set(fitted)


def test_two_devices_at_one_path_are_a_fault_with_the_other_ones_name(tmp_path: Path) -> None:
    more = '[id_card]\npath = "tcp:127.0.0.1:9"\n[scanner]\npath = "tcp:127.0.0.1:9"\n'
    with pytest.raises(SettingsError, match=r"scanner\.path .*: id_card\.path is there already"):
        settings_of(tmp_path, more)
