"""Runs `python -m devices` as a child and reads its lines by the documented grammar.

The parser is written from docs/devices_cli.md, not from the program. What a reader would get
wrong: a line that the grammar does not know fails the test, whatever the test asked for.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LIMIT_S = 60.0
ROOT = Path(__file__).resolve().parents[2]
_QUOTED = r'"(?:[^"\\\x00-\x1f]|\\.)*"'
_PAIR = rf'([\w.-]+)=([^\s"=]+|{_QUOTED})'
_OK = re.compile(rf"OK ([\w.-]+)((?: {_PAIR})*)", re.ASCII)
_ERROR = re.compile(rf"ERROR ([a-z][a-z0-9_]*) ({_QUOTED})((?: {_PAIR})*)")
_TEXT = re.compile(r"(PROGRESS|#) (.+)")
_JSON_KEYS = {
    "OK": {"word", "name", "facts"},
    "ERROR": {"word", "code", "text", "name", "facts"},
    "PROGRESS": {"word", "text"},
    "#": {"word", "text"},
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line; what its word has no place for is empty."""

    word: str
    name: str = ""
    code: str = ""
    text: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """What one command answered."""

    status: int
    lines: tuple[Line, ...]
    log: str

    def of(self, word: str) -> list[Line]:
        """The lines with this word, in order."""
        return [line for line in self.lines if line.word == word]

    def ok(self, name: str) -> Line:
        """The one OK of this name."""
        (found,) = [line for line in self.of("OK") if line.name == name]
        return found

    def error(self, name: str = "") -> Line:
        """The one ERROR of this name; "": the one there is."""
        (found,) = [line for line in self.of("ERROR") if name in ("", line.name)]
        return found


def parse(line: str) -> Line:
    """A line of the grammar; AssertionError for any other."""
    if found := _OK.fullmatch(line):
        return Line("OK", found[1], facts=_pairs(found[2]))
    if found := _ERROR.fullmatch(line):
        facts = _pairs(found[3])
        return Line("ERROR", facts.pop("name", ""), found[1], json.loads(found[2]), facts)
    if found := _TEXT.fullmatch(line):
        return Line(found[1], text=found[2])
    raise AssertionError(f"not a line of the grammar: {line!r}")


def parse_json(line: str) -> Line:
    """The same line as `--json` writes it."""
    told = json.loads(line)
    assert set(told) == _JSON_KEYS[told["word"]]
    return Line(**told)


def start(
    config: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """The child; its lines come through pipes."""
    return subprocess.Popen(
        [sys.executable, "-m", "devices", "--config", str(config), *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def run(config: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> Run:
    """One command to its end."""
    with start(config, *arguments, environment=environment) as child:
        output, log = child.communicate(timeout=LIMIT_S)
    read = parse_json if "--json" in arguments else parse
    assert output == "" or output.endswith("\n")
    return Run(child.returncode, tuple(read(line) for line in output.split("\n")[:-1]), log)


def _pairs(text: str) -> dict[str, str]:
    found = re.findall(_PAIR, text)
    return {name: json.loads(value) if value[0] == '"' else value for name, value in found}
