"""Scanned codes. A text may be a payment code, so it is never logged."""

from __future__ import annotations

from dataclasses import dataclass

from core.flow import Event


@dataclass(frozen=True, slots=True)
class CodeScanned(Event):
    """A text from the code scanner; may be a payment code, so it is never logged."""

    text: str

    def __repr__(self) -> str:
        return f"CodeScanned({len(self.text)} characters)"
