"""Settings files: every fault at once, suggestions, and secrets that are never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import SettingsError
from core.settings import Kind, Setting, Settings, load

_REQUIRED = (
    Setting("terminal.id", Kind.TEXT, "The terminal's name."),
    Setting("terminal.language", Kind.TEXT, "First language.", default="zh", choices=("zh", "en")),
    Setting("terminal.idle_percent", Kind.INTEGER, "How patient.", default=100, low=50, high=400),
    Setting("terminal.full_screen", Kind.BOOLEAN, "Whole screen.", default=True),
    Setting("backend.url", Kind.TEXT, "Where the backend is."),
    Setting("backend.token", Kind.SECRET, "The terminal's token."),
)
_OPTIONAL = (
    Setting("scanner.path", Kind.DEVICE_PATH, "Where the scanner is.", schemes=("serial", "tcp")),
    Setting("scanner.baud", Kind.INTEGER, "Speed.", default=9600, low=1200, high=115200),
)
_GOOD = """
[terminal]
id = "K01"
[backend]
url = "https://backend.example"
token = "hush-hush"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.toml"


def _faults(file: Path, text: str) -> list[str]:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(file, _REQUIRED, _OPTIONAL)
    return str(caught.value).splitlines()


def _load(file: Path, text: str) -> Settings:
    file.write_text(text, encoding="utf-8")
    return load(file, _REQUIRED, _OPTIONAL)


def test_good_file_gives_values_and_defaults(file: Path) -> None:
    settings = _load(file, _GOOD)
    assert settings.text("terminal.id") == "K01"
    assert settings.text("backend.token") == "hush-hush"
    assert settings.text("terminal.language") == "zh"
    assert settings.integer("terminal.idle_percent") == 100
    assert settings.boolean("terminal.full_screen") is True


def test_device_without_a_table_is_not_fitted(file: Path) -> None:
    settings = _load(file, _GOOD)
    assert not settings.has_table("scanner")
    with pytest.raises(KeyError):
        settings.text("scanner.path")


def test_device_with_a_table_gets_its_defaults(file: Path) -> None:
    settings = _load(file, _GOOD + '[scanner]\npath = "serial:/dev/ttyUSB0"\n')
    assert settings.has_table("scanner")
    assert settings.integer("scanner.baud") == 9600


def test_every_fault_is_told_at_once_with_its_sentence_and_a_suggestion(file: Path) -> None:
    text = """
[terminal]
idle_percent = 49
full_screen = "yes"
language = "zhh"
[backend]
url = ""
token = 7
tokem = "x"
[scanner]
path = "usb:1"
baud = true
[printer]
path = "x"
"""
    assert _faults(file, text) == [
        f"{file}: 10 setting(s) to mend:",
        "  1. terminal.id is missing: The terminal's name.",
        "  2. terminal.language = 'zhh': must be one of zh, en; did you mean zh? (First language.)",
        "  3. terminal.idle_percent = 49: must be 50 to 400 (How patient.)",
        "  4. terminal.full_screen = 'yes': must be true or false (Whole screen.)",
        "  5. backend.url = '': must be a text (Where the backend is.)",
        "  6. backend.token = …: must be a text (The terminal's token.)",
        "  7. scanner.path = 'usb:1': must be a device path such as serial:…, tcp:… "
        "(Where the scanner is.)",
        "  8. scanner.baud = True: must be a whole number (Speed.)",
        "  9. backend.tokem is not a setting; did you mean backend.token?",
        "  10. printer.path is not a setting; did you mean scanner.path?",
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("idle_percent = 401", "must be 50 to 400"),
        ("idle_percent = 100.0", "must be a whole number"),
        ('idle_percent = "100"', "must be a whole number"),
        ("idle_percent = true", "must be a whole number"),
        ("idle_percent = false", "must be a whole number"),
        ("full_screen = 1", "must be true or false"),
        ("full_screen = 0", "must be true or false"),
        ("language = 1", "must be a text"),
        ('language = ["zh"]', "must be a text"),
    ],
)
def test_wrong_type_or_range_is_refused(file: Path, line: str, fault: str) -> None:
    told = _faults(file, _GOOD.replace('id = "K01"', f'id = "K01"\n{line}'))
    assert len(told) == 2
    assert fault in told[1]


@pytest.mark.parametrize("value", [50, 400])
def test_limits_are_inclusive(file: Path, value: int) -> None:
    text = _GOOD.replace('id = "K01"', f'id = "K01"\nidle_percent = {value}')
    assert _load(file, text).integer("terminal.idle_percent") == value


@pytest.mark.parametrize("path", ["serial:", "serial: ", "/dev/ttyUSB0", "pcsc:reader", ""])
def test_path_of_another_kind_is_no_device_path(file: Path, path: str) -> None:
    assert len(_faults(file, _GOOD + f'[scanner]\npath = "{path}"\n')) == 2


def test_secret_is_not_shown_however_wrong_the_file_is(file: Path) -> None:
    secret = "4711-secret"
    for token in (f'["{secret}"]', f'{{a = "{secret}"}}'):
        told = "\n".join(_faults(file, _GOOD.replace('"hush-hush"', token)))
        assert secret not in told


def test_file_that_is_not_toml_says_where(file: Path) -> None:
    (told,) = _faults(file, "[terminal\nid = 1")
    assert told.startswith(f"{file}: not a settings file:")
    assert "line 1" in told


def test_file_that_is_not_utf_8_is_refused(file: Path) -> None:
    file.write_bytes(b'[terminal]\nid = "\xff"')
    with pytest.raises(SettingsError, match="not a settings file"):
        load(file, _REQUIRED)


def test_file_that_is_not_there_says_so(file: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: No such file"):
        load(file, _REQUIRED)
