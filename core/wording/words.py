"""What a reason code is told with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """`happened`: one short sentence. `advice`: what to do now."""

    happened: str
    advice: str


WINDOW = "Please go to a service window. Staff will help you at once."
RETRY = "Please try again. If it happens twice, please go to a service window."
