"""The backend in one object: database, rules, adapters, and the clockwork that moves sagas on."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from settlement_backend import visits
from settlement_backend.acquirer import Acquirer
from settlement_backend.clock import Clock
from settlement_backend.database import Database
from settlement_backend.holds import release_expired
from settlement_backend.idempotency import Keys
from settlement_backend.insurance import Insurance
from settlement_backend.policy import Policy, load_policy
from settlement_backend.refunds import Refunds
from settlement_backend.saga import Saga

log = logging.getLogger(__name__)

_TICK_S = 0.25


@dataclass(frozen=True, slots=True)
class Options:
    """Where everything is. `secret` signs slips; a hospital keeps its own.

    `…_limit_s`: how long one answer of that platform is waited for.
    """

    database_url: str
    acquirer_url: str
    insurance_url: str
    profile: Path
    secret: str
    acquirer_limit_s: float = 2.5
    insurance_limit_s: float = 5.0


class Service:
    """Made once per process; routes use its parts."""

    def __init__(self, options: Options, clock: Clock) -> None:
        self.clock = clock
        self.db = Database(options.database_url)
        self.policy: Policy = load_policy(options.profile)
        self.keys = Keys(self.db, clock)
        self.acquirer = Acquirer(options.acquirer_url, read_s=options.acquirer_limit_s)
        self.insurance = Insurance(
            options.insurance_url, "H33030200001", "330302", read_s=options.insurance_limit_s
        )
        self.slip_key = hashlib.sha256(options.secret.encode()).digest()
        parts = (self.db, clock, self.acquirer, self.insurance, self.slip_key)
        self.refunds = Refunds(*parts)
        self.saga = Saga(self.db, clock, self.policy, self.acquirer, self.insurance, self.slip_key)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._tick_on, name="clockwork", daemon=True)

    def start(self) -> None:
        """Start the clockwork; it also picks up what a killed process left."""
        self._thread.start()

    def stop(self) -> None:
        """End the clockwork and the database."""
        self._stop.set()
        self._thread.join(5)
        self.db.close()

    def tick(self) -> None:
        """Everything that is due now."""
        now = self.clock.now()
        with self.db.write() as session:
            visits.expire(session, now)
            release_expired(session, now.date())
        for settlement_id in self.saga.unfinished():
            _guarded(self.saga.advance, settlement_id)
        for refund_id in self.refunds.unfinished():
            _guarded(self.refunds.advance, refund_id)

    def _tick_on(self) -> None:
        while not self._stop.wait(_TICK_S):
            try:
                self.tick()
            except Exception:
                log.exception("the clockwork stumbled and goes on")


def _guarded(advance: Callable[[str], object], name: str) -> None:
    """One stumbling saga must not stop the others."""
    try:
        advance(name)
    except Exception:
        log.exception("%s could not be moved on", name)
