"""Printers: paper that came out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Printed:
    """The paper came out: a slip proven and cut, or a page job that the print server completed."""
