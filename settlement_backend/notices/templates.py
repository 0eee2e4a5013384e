"""The words of notices: resources/notices/notices.toml, filled in with facts.

What a reader would get wrong: facts named `…_fen` are amounts and appear in yuan under the name
without that ending; times appear as people write them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from core.money import format_yuan
from settlement_backend.base.shapes import Words

_FILE = Path(__file__).resolve().parents[2] / "resources" / "notices" / "notices.toml"
_AMOUNT, _TIME = "_fen", "_at"


@dataclass(frozen=True, slots=True)
class Template:
    """One kind's words in both languages."""

    zh: str
    en: str

    def filled(self, name: str, facts: Mapping[str, str | int]) -> Words:
        """The finished words. `name`: as it may be shown. Raises KeyError for a missing fact."""
        told = {"name": name, **dict(_told(fact, value) for fact, value in facts.items())}
        return Words(zh=self.zh.format_map(told), en=self.en.format_map(told))


@cache
def templates() -> dict[str, Template]:
    """All of them by kind."""
    content = tomllib.loads(_FILE.read_text("utf-8"))
    return {kind: Template(words["zh"], words["en"]) for kind, words in content.items()}


def _told(fact: str, value: str | int) -> tuple[str, str]:
    if fact.endswith(_AMOUNT) and isinstance(value, int):
        return fact.removesuffix(_AMOUNT), format_yuan(value)
    if fact.endswith(_TIME) and isinstance(value, str) and "T" in value:
        return fact, f"{datetime.fromisoformat(value):%Y-%m-%d %H:%M}"
    return fact, str(value)
