"""Settings of a terminal: every fault at once, devices optional, the example file complete."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from terminal_bench import MESSAGES, settings_of

from backend_client.opening import SETTINGS as BACKEND
from core.errors import SettingsError
from core.settings import Setting
from devices.fitting import FITTINGS
from terminal.machine import Machine
from terminal.settings import TERMINAL, read

EXAMPLE = Path(__file__).resolve().parents[2] / "zhenfu.example.toml"
_WINDOW = "#: "
DEVICES = tuple(fitting.name for fitting in FITTINGS)
_FITTED = tuple(setting for fitting in FITTINGS for setting in fitting.settings)


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
path = "serial:/dev/ttyS0"
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


def _parts() -> tuple[str, str]:
    """The kiosk's half as it stands, and the window's half without its marks."""
    lines = EXAMPLE.read_text("utf-8").splitlines()
    window = [line.removeprefix(_WINDOW) for line in lines if line.startswith(_WINDOW)]
    return "\n".join(lines), "\n".join(window)


@pytest.mark.parametrize("part", [0, 1], ids=["kiosk", "window"])
def test_each_half_of_the_example_loads_with_every_device(tmp_path: Path, part: int) -> None:
    path = tmp_path / "example.toml"
    path.write_text(_parts()[part], "utf-8")
    settings = read(path)
    assert [name for name in DEVICES if not settings.has_table(name)] == []


@pytest.mark.parametrize("part", [0, 1], ids=["kiosk", "window"])
def test_example_names_every_setting_below_its_sentence(part: int) -> None:
    text = _parts()[part]
    tables = dict(re.findall(r"^\[(\w+)\]\n(.*?)(?=^\[|\Z)", text, re.M | re.S))
    for setting in (*TERMINAL, *BACKEND, *_FITTED):
        table, key = setting.key.split(".")
        lines = tables[table].splitlines()
        at = next(n for n, line in enumerate(lines) if re.match(rf"(# )?{key} = ", line))
        assert setting.sentence in lines[at - 1], setting.key


def test_example_shows_the_defaults_where_there_are_any() -> None:
    given = tomllib.loads(_parts()[0])
    shown = {setting: _shown(setting, given) for setting in (*TERMINAL, *BACKEND, *_FITTED)}
    wrong = [s.key for s, value in shown.items() if s.default not in (None, "", value)]
    assert wrong == []


def _shown(setting: Setting, given: dict[str, dict[str, object]]) -> object:
    table, key = setting.key.split(".")
    return given[table].get(key)
