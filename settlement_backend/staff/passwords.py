"""Passwords of staff: argon2, and what makes one good enough (domain.md B.11).

Talks to nothing. What a reader would get wrong: a stored password says itself how it was hashed,
so looking at one needs no parameters; they matter only where a new one is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

from settlement_backend.policy.profile import StaffRules

_VERIFIER = argon2.PasswordHasher()


@dataclass(frozen=True, slots=True)
class Passwords:
    """How new passwords are hashed; the defaults are RFC 9106's for memory-bound machines."""

    rounds: int = 3
    memory_kib: int = 65_536
    lanes: int = 4

    def hashed(self, password: str) -> str:
        """With a new salt, as it is stored. Slow on purpose: never inside a write transaction."""
        hasher = argon2.PasswordHasher(self.rounds, self.memory_kib, self.lanes)
        return hasher.hash(password)


@cache
def _nobodys() -> str:
    return Passwords().hashed("nobody has this password")


def matches(stored: str | None, password: str) -> bool:
    """Whether it is this one. Nobody's (None) takes as long and is always wrong."""
    try:
        return _VERIFIER.verify(stored or _nobodys(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def fault_of(password: str, number: str, rules: StaffRules) -> str:
    """Why it is not good enough: `password_short`, `password_simple`, `password_number`, or ""."""
    if len(password) < rules.password_min_length:
        return "password_short"
    tests = (
        str.islower,
        str.isupper,
        str.isdigit,
        lambda letter: not (letter.isascii() and letter.isalnum()),
    )
    if sum(any(map(test, password)) for test in tests) < rules.password_kinds:
        return "password_simple"
    if number and password.strip("-_.!") == number:
        return "password_number"
    return ""
