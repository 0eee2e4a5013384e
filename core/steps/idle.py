"""What the home screen shows of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Act
from core.idle_content import IdleContent
from core.ports import NotSent, Refused, Unknown


@dataclass(frozen=True, slots=True)
class FetchIdleContent(Act[IdleContent | Refused | NotSent | Unknown]):
    """What is shown today on this machine's campus, and how many people wait (H41, W22)."""

    durable: ClassVar[bool] = False
