"""Printers: paper that came out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Printed:
    """Paper cut, and the printer said healthy afterwards."""
