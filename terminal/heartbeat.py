"""Tells the backend how this machine is, as often as sign-on says, and hears what is to be done.

Runs in the backend worker. What a reader would get wrong: levels are read from the journal,
so they are asked for rarely, in the journal's worker, and a beat tells the last ones known. Tasks
and newer settings are written to the audit once, where technicians look; nothing is applied here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from backend_client.exchange import Told
from core.audit import AuditEvent
from core.ports import NotSent, Refused, Unknown
from core.steps import Facts
from core.upkeep.consumables import Level
from core.upkeep.heartbeat import ConsumableTold, DeviceTold, Heard, consumables_told, devices_told
from terminal.clock import now_s

log = logging.getLogger(__name__)

_LEVELS_EVERY_S = 600.0


@dataclass(frozen=True, slots=True)
class HeartbeatParts:
    """What it needs of the machine. `ask_levels` tells later, from the journal's worker."""

    tell: Callable[[tuple[DeviceTold, ...], tuple[ConsumableTold, ...]], Told[Heard]]
    states: Callable[[], list[tuple[str, str]]]
    ask_levels: Callable[[Callable[[object], None]], object]
    audit: Callable[[AuditEvent, Facts], None]
    now_s: Callable[[], float] = now_s


class Heartbeat:
    """One per machine."""

    def __init__(self, parts: HeartbeatParts) -> None:
        self._parts = parts
        self._levels: tuple[Level, ...] = ()
        self._next_s = self._next_levels_s = 0.0
        self._tasks: frozenset[str] = frozenset()
        self._settings_version = 0

    def when_due(self, interval_s: float) -> None:
        """Beat, unless the last one was less than `interval_s` ago."""
        now = self._parts.now_s()
        if now < self._next_s:
            return
        self._next_s = now + interval_s
        if now >= self._next_levels_s:
            self._next_levels_s = now + _LEVELS_EVERY_S
            self._parts.ask_levels(self._know)
        self._beat()

    def _know(self, reply: object) -> None:
        if isinstance(reply, tuple):
            self._levels = reply

    def _beat(self) -> None:
        states = self._parts.states()
        match self._parts.tell(devices_told(states), consumables_told(states, self._levels)):
            case Heard() as heard:
                self._hear(heard)
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                log.info("heartbeat: %s", reason)

    def _hear(self, heard: Heard) -> None:
        for task in heard.tasks:
            if task.ticket_id not in self._tasks:
                log.info("a task waits for a technician: %s", task.subject)
                facts: Facts = {"ticket": task.ticket_id, "subject": task.subject}
                self._parts.audit(AuditEvent.TASK_TOLD, facts)
        self._tasks = frozenset(task.ticket_id for task in heard.tasks)
        if heard.settings is not None and heard.settings.version != self._settings_version:
            self._settings_version = heard.settings.version
            log.info("settings of version %d wait at the backend", self._settings_version)
            self._parts.audit(AuditEvent.SETTINGS_TOLD, {"version": self._settings_version})
