"""One request of the control channel, with its fields read by type.

Talks to nothing. Everything in it was typed by a person or a test, so a missing or wrong field is
a ``ControlError`` with a sentence, never an exception of the unit; and a number or a flag may come
as it was typed, as text.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

_SPELT = re.compile(r"true|false|(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?")


class ControlError(Exception):
    """The request cannot be done; the text says why and goes back to the asker."""


@dataclass(frozen=True, slots=True)
class Request:
    """Fields of one control request, e.g. ``{"unit": "scanner", "do": "show", "text": "..."}``."""

    fields: Mapping[str, object]

    def has(self, name: str) -> bool:
        """True when the field was given and is not null."""
        return self.fields.get(name) is not None

    def text(self, name: str, default: str | None = None) -> str:
        """A text field."""
        found = self.fields.get(name, default)
        if not isinstance(found, str):
            raise ControlError(f"field {name!r} must be a text")
        return found

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number, zero or more."""
        found = self._typed(name, default)
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            raise ControlError(f"field {name!r} must be a whole number, zero or more")
        return found

    def seconds(self, name: str, default: float) -> float:
        """A duration in seconds, zero or more."""
        found = self._typed(name, default)
        if not isinstance(found, int | float) or isinstance(found, bool) or found < 0:
            raise ControlError(f"field {name!r} must be a number of seconds")
        return float(found)

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        found = self._typed(name, default)
        if not isinstance(found, bool):
            raise ControlError(f"field {name!r} must be true or false")
        return found

    def _typed(self, name: str, default: object) -> object:
        """A number or flag; a text that spells one is one."""
        found = self.fields.get(name, default)
        if isinstance(found, str) and _SPELT.fullmatch(found):
            return cast(object, json.loads(found))
        return found

    def choice(self, name: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """A text that must be one of ``allowed``."""
        found = self.text(name, default)
        if found not in allowed:
            raise ControlError(f"field {name!r} must be one of {', '.join(allowed)}")
        return found
