"""`./run hand`: a person's hands at the virtual devices, for scripts.

Talks to the units' control socket and tells what came of it in the words of the device command
line: OK, ERROR code "text". What a reader would get wrong: every value goes over as text and the
unit reads it as the field's type; only lists and objects are JSON.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from sandbox.units.control import ControlClient
from sandbox.units.request import ControlError
from sandbox.virtual_machine import RUN_DIR

_PLAIN = re.compile(r"[^\s\"=]+")
_OVERVIEW = ("state", "watch")
_QUIET_S = 0.5
_TAKEN = ("unit", "do")
_USAGE = """run hand [--run-dir DIR] UNIT ACTION [key=value ...]
       run hand [--run-dir DIR] state [UNIT]
       run hand [--run-dir DIR] watch [--seconds N]"""


def main(arguments: list[str]) -> int:
    """0 done, 1 refused by the unit, 2 wrong words (argparse), 3 no units in that folder."""
    options = _parse(arguments)
    try:
        with ControlClient(options.run_dir / "control.sock") as client:
            match options.words[0]:
                case "state":
                    return _tell_states(client, options.words[1:])
                case "watch":
                    pass
                case _:
                    return _act(client, options.words)
        return _watch(options.run_dir / "control.sock", options.seconds)
    except OSError as error:
        return _error("no_units", f"{options.run_dir}: {error.strerror or error}", 3)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run hand", usage=_USAGE, description=__doc__)
    parser.add_argument("--run-dir", type=Path, default=RUN_DIR, help=f"default {RUN_DIR}")
    parser.add_argument("--seconds", type=float, help="how long to watch; until interrupted")
    parser.add_argument("words", nargs="+", metavar="WORD")
    options = parser.parse_intermixed_args(arguments)
    words = options.words
    if words[0] not in _OVERVIEW and len(words) < 2:
        parser.error(f"what shall {words[0]} do?")
    if wrong := [word for word in words[2:] if "=" not in word]:
        parser.error(f"key=value was expected: {' '.join(wrong)}")
    return options


def _act(client: ControlClient, words: list[str]) -> int:
    unit, action = words[:2]
    try:
        answer = client.ask(unit, action, **_fields(words[2:]))
    except ControlError as error:
        return _error("refused", str(error), 1)
    facts = {name: value for name, value in answer.items() if name != "ok"}
    told = facts.get(action, facts)
    _ok(unit, told if isinstance(told, dict) else facts)
    return 0


def _tell_states(client: ControlClient, only: list[str]) -> int:
    states = cast(Mapping[str, Mapping[str, object]], client.state())
    if unknown := [name for name in only if name not in states]:
        return _error("refused", f"no unit {unknown[0]!r}; there are {', '.join(states)}", 1)
    for name, state in states.items():
        if not only or name in only:
            _ok(name, state)
    return 0


def _watch(path: Path, seconds: float | None) -> int:
    """What changed, one line a change; the first look tells everything."""
    limit = None if seconds is None else time.monotonic() + seconds
    seen: dict[str, object] = {}
    try:
        while limit is None or time.monotonic() < limit:
            for name, state in _looks(path):
                if seen.get(name) != state:
                    seen[name] = state
                    _ok(name, state)
                if limit is not None and time.monotonic() >= limit:
                    break
    except KeyboardInterrupt:
        pass
    except ControlError as error:
        return _error("no_units", str(error), 3)
    return 0


def _looks(path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    """States until nothing changes for a while; the channel begins anew after that."""
    try:
        with ControlClient(path, _QUIET_S) as client:
            for message in client.watch():
                yield str(message["unit"]), cast(Mapping[str, object], message["state"])
            raise ControlError("the units have ended")
    except TimeoutError:
        return


def _fields(words: list[str]) -> dict[str, object]:
    """What the request holds besides unit and action. Raises ControlError."""
    fields: dict[str, object] = {}
    for word in words:
        name, _, text = word.partition("=")
        if name in _TAKEN:
            raise ControlError(f"{name!r} is no field of an action")
        try:
            fields[name] = json.loads(text) if text[:1] in ("{", "[") else text
        except json.JSONDecodeError as error:
            raise ControlError(f"field {name!r}: {error}") from error
    return fields


def _ok(unit: str, facts: Mapping[str, object]) -> None:
    pairs = (f"{name}={_value(value)}" for name, value in facts.items())
    _say(" ".join(("OK", unit, *pairs)))


def _value(value: object) -> str:
    """As it stands when it is one plain word, else JSON."""
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _error(code: str, text: str, status: int) -> int:
    _say(f"ERROR {code} {json.dumps(text, ensure_ascii=False)}")
    return status


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
