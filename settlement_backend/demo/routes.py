"""The demo's hands at the backend's time: forward only, and one step of the runner.

These routes exist only in a backend that was started with --demo.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, StrictInt

from settlement_backend.base.clock import MovableClock, stamp
from settlement_backend.base.shapes import Body, Shape
from settlement_backend.gate import ServiceDep

router = APIRouter(prefix="/demo", include_in_schema=False)

_YEAR_S = 366 * 24 * 3600


class Forward(Body):
    """How far, in seconds."""

    seconds: Annotated[StrictInt, Field(ge=0, le=_YEAR_S)]


class Time(Shape):
    """The backend's time."""

    time: str


@router.post("/clock", response_model=Time)
def move(body: Forward, service: ServiceDep) -> Time:
    """Let time pass, then do everything that is due."""
    if isinstance(service.clock, MovableClock):
        service.clock.move(body.seconds)
    service.runner.step()
    return Time(time=stamp(service.clock.now()))
