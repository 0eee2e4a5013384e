"""Declared settings: type, range, default and a sentence each; every error told at once.

Settings are declared beside what they set and collected by `terminal`. A file is TOML; a setting's
key is "table.name". Unknown keys are errors too, with a suggestion: a typing slip in a settings
file must not become a default that moves money elsewhere.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from core.errors import SettingsError

_DEVICE_PATH = re.compile(r"[a-z]+:\S.*")


class Kind(Enum):
    """What a value may be."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DEVICE_PATH = "device path"
    SECRET = "secret"  # noqa: S105  a kind of value, not a value


@dataclass(frozen=True, slots=True)
class Setting:
    """One declared setting. `default` None means it must be given.

    `low`/`high` are inclusive and only for integers; `choices` only for texts. `schemes`: the
    device path schemes the driver understands.
    """

    key: str
    kind: Kind
    sentence: str
    default: str | int | bool | None = None
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()


class Settings:
    """Checked values by key. Asking for a key that was never declared is a bug (KeyError)."""

    def __init__(self, values: Mapping[str, str | int | bool]) -> None:
        self._values = dict(values)

    def text(self, key: str) -> str:
        """A text, device path or secret."""
        value = self._values[key]
        assert isinstance(value, str)
        return value

    def integer(self, key: str) -> int:
        """A whole number."""
        value = self._values[key]
        assert isinstance(value, int)
        return value

    def boolean(self, key: str) -> bool:
        """True or false."""
        value = self._values[key]
        assert isinstance(value, bool)
        return value

    def value(self, key: str) -> str | int | bool:
        """Whatever it is; for lists of settings."""
        return self._values[key]

    def has(self, key: str) -> bool:
        """Whether there is a checked value, given or by default."""
        return key in self._values

    def has_table(self, table: str) -> bool:
        """Whether the file holds that table, i.e. whether an optional device is fitted."""
        return any(key.startswith(table + ".") for key in self._values)


Rule = Callable[[Settings], Iterable[str]]
"""Sentences about settings that are right each, and contradict one another."""


def load(
    path: Path,
    required: Iterable[Setting],
    optional: Iterable[Setting] = (),
    rules: Iterable[Rule] = (),
    elsewhere: Iterable[str] = (),
) -> Settings:
    """Read and check a TOML file. Raises SettingsError that names every fault found.

    Settings of `optional` are checked only when their table stands in the file: a device that is
    not fitted has no table. A rule that needs a setting which is wrong itself says nothing.
    Unknown settings of a table of `elsewhere` are another reader's.
    """
    given = _given(path)
    tables = {key.split(".")[0] for key in given}
    always, fitted = list(required), list(optional)
    known = [*always, *fitted]
    declared = [*always, *(s for s in fitted if s.key.split(".")[0] in tables)]
    values: dict[str, str | int | bool] = {}
    faults = _take_all(declared, given, values)
    others = set(elsewhere)
    mine = {key: value for key, value in given.items() if key.split(".")[0] not in others}
    faults += _unknown(mine, [setting.key for setting in known])
    for rule in rules:
        with suppress(KeyError):
            faults += rule(Settings(values))
    _refuse(path, faults)
    return Settings(values)


def peek(path: Path, declared: Iterable[Setting]) -> Settings:
    """Values of `declared` alone; what else stands in the file is looked at by `load`.

    Raises SettingsError that names the faults of `declared`.
    """
    values: dict[str, str | int | bool] = {}
    _refuse(path, _take_all(declared, _given(path), values))
    return Settings(values)


def _given(path: Path) -> dict[str, object]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not a settings file: {error}") from None
    return dict(_flatten(content))


def _refuse(path: Path, faults: list[str]) -> None:
    if faults:
        listed = "\n".join(f"  {number}. {fault}" for number, fault in enumerate(faults, 1))
        raise SettingsError(f"{path}: {len(faults)} setting(s) to mend:\n{listed}")


def _flatten(content: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for name, value in content.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict):
            yield from _flatten(value, key + ".")
        else:
            yield key, value


def _take_all(
    declared: Iterable[Setting],
    given: Mapping[str, object],
    values: dict[str, str | int | bool],
) -> list[str]:
    """Fills `values`; the faults."""
    told = [_take(setting, given, values) for setting in declared]
    return [fault for fault in told if fault is not None]


def _take(
    setting: Setting, given: Mapping[str, object], values: dict[str, str | int | bool]
) -> str | None:
    if setting.key not in given:
        if setting.default is None:
            return f"{setting.key} is missing: {setting.sentence}"
        values[setting.key] = setting.default
        return None
    value = given[setting.key]
    fault = _wrong(setting, value)
    if fault is None:
        assert isinstance(value, str | int | bool)
        values[setting.key] = value
        return None
    shown = "…" if setting.kind is Kind.SECRET else repr(value)
    return f"{setting.key} = {shown}: {fault} ({setting.sentence})"


def _wrong(setting: Setting, value: object) -> str | None:
    match setting.kind:
        case Kind.BOOLEAN:
            return None if isinstance(value, bool) else "must be true or false"
        case Kind.INTEGER:
            if isinstance(value, bool) or not isinstance(value, int):
                return "must be a whole number"
            low, high = setting.low, setting.high
            if (low is not None and value < low) or (high is not None and value > high):
                return f"must be {low} to {high}"
            return None
        case Kind.TEXT | Kind.SECRET | Kind.DEVICE_PATH:
            if not isinstance(value, str) or not value:
                return "must be a text"
    if setting.choices and value not in setting.choices:
        return f"must be one of {', '.join(setting.choices)}{_suggest(value, setting.choices)}"
    if setting.kind is Kind.DEVICE_PATH:
        scheme = value.split(":")[0]
        if not _DEVICE_PATH.fullmatch(value) or scheme not in setting.schemes:
            return f"must be a device path such as {', '.join(s + ':…' for s in setting.schemes)}"
    return None


def _unknown(given: Mapping[str, object], known: list[str]) -> list[str]:
    return [f"{key} is not a setting{_suggest(key, known)}" for key in given if key not in known]


def _suggest(word: str, words: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(words), n=1)
    return f"; did you mean {near[0]}?" if near else ""
