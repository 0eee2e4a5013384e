"""The one grammar of the command line: OK, ERROR code "text", PROGRESS, # trace; or JSON lines.

docs/devices_cli.md documents it. What a reader would get wrong: names and values never hold
spaces unless quoted, and quotes are JSON strings, so a line can be parsed without knowing the
command that wrote it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TextIO

_PLAIN = re.compile(r'[^\s"=\x00-\x1f\x7f-\x9f]+')
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Speaker:
    """Writes results to one stream. `as_json`: one object a line instead."""

    def __init__(self, stream: TextIO, *, as_json: bool = False) -> None:
        self._stream, self._as_json = stream, as_json

    def ok(self, name: str, facts: Mapping[str, str]) -> None:
        """OK name key=value …"""
        self._say("OK", {"name": name, "facts": dict(facts)}, " ".join((name, *_pairs(facts))))

    def error(self, code: str, text: str, name: str = "", facts: Mapping[str, str] = {}) -> None:
        """ERROR code "text" name=… key=value …"""
        told = {"name": name, **facts} if name else dict(facts)
        line = " ".join((code, _json(text), *_pairs(told)))
        self._say("ERROR", {"code": code, "text": text, "name": name, "facts": dict(facts)}, line)

    def progress(self, text: str) -> None:
        """PROGRESS text"""
        self._say("PROGRESS", {"text": text}, text)

    def trace(self, text: str) -> None:
        """# text"""
        self._say("#", {"text": text}, text)

    def _say(self, word: str, content: Mapping[str, object], line: str) -> None:
        # A device's bytes may be in a line: it stays one line, and commands no terminal.
        plain = _BREAKS.sub(" ", f"{word} {line}").rstrip()
        text = _json({"word": word, **content}) if self._as_json else plain
        print(text, file=self._stream, flush=True)


def _pairs(facts: Mapping[str, str]) -> list[str]:
    return [f"{name}={_value(value)}" for name, value in facts.items()]


def _value(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else _json(value)


def _json(content: object) -> str:
    """On one line; the characters of _BREAKS can only be in its strings, and are escaped there."""
    text = json.dumps(content, ensure_ascii=False)
    return _BREAKS.sub(lambda found: json.dumps(found.group())[1:-1], text)
