"""Requests about later."""

from __future__ import annotations

from request_cases import Case

CASES: dict[str, Case] = {}
