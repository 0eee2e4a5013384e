"""What every part of the backend is given: database, clock, policy, keys."""

from __future__ import annotations

from dataclasses import dataclass

from settlement_backend.base.clock import Clock
from settlement_backend.base.database import Database
from settlement_backend.policy.profile import Policy


@dataclass(frozen=True, slots=True)
class Context:
    """One per process. `slip_key` signs papers."""

    db: Database
    clock: Clock
    policy: Policy
    slip_key: bytes
