"""All terminals: made, changed, taken out of use; what they report; which alarms stand.

Talks to the database only, inside the caller's transaction. What a reader would get wrong: a
report replaces the one before; what happened in between is in the terminal's own journal.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.policy.profile import TerminalRules
from settlement_backend.terminals import enrolment
from settlement_backend.terminals.identity import digest
from settlement_backend.terminals.requests import (
    ConsumableState,
    DeviceState,
    Heartbeat,
    NewTerminal,
    Place,
    Version,
)
from settlement_backend.terminals.rules import Standing
from settlement_backend.terminals.tables import Report, Terminal, Ticket

_DEVICES = TypeAdapter(tuple[DeviceState, ...])
_CONSUMABLES = TypeAdapter(tuple[ConsumableState, ...])
_VERSIONS = TypeAdapter(tuple[Version, ...])


def create(session: Session, wanted: NewTerminal) -> Terminal:
    """A terminal that nobody can be yet: it has to be enrolled. Raises Refused `number_taken`."""
    if session.get(Terminal, wanted.terminal_id) is not None:
        raise Refused("number_taken")
    terminal = Terminal(
        id=wanted.terminal_id,
        kind=wanted.kind,
        token_hash=digest(secrets.token_hex(32)),
        slip_key=secrets.token_hex(32),
        enrolled=True,
    )
    change(terminal, wanted)
    session.add(terminal)
    session.flush()
    return terminal


def change(terminal: Terminal, place: Place) -> None:
    """Where it stands and what it offers."""
    for name in Place.model_fields:
        value = getattr(place, name)
        setattr(terminal, name, ",".join(value) if isinstance(value, list) else value)


def listed(session: Session) -> list[Terminal]:
    """All of them, by number."""
    return list(session.scalars(select(Terminal).order_by(Terminal.id)))


def report(session: Session, terminal_id: str, told: Heartbeat, now: datetime) -> None:
    """What it says of itself now."""
    session.merge(
        Report(
            terminal_id=terminal_id,
            at=stamp(now),
            devices=_text(told.devices),
            consumables=_text(told.consumables),
            versions=_text(told.versions),
            settings_version=told.settings_version,
        )
    )
    session.flush()


def _text(rows: Sequence[BaseModel]) -> str:
    return json.dumps([row.model_dump() for row in rows], ensure_ascii=False)


def versions_of(session: Session, terminal_id: str) -> tuple[Version, ...]:
    """What runs there."""
    found = session.get(Report, terminal_id)
    return _VERSIONS.validate_json(found.versions) if found else ()


def standing_of(session: Session, terminal: Terminal) -> Standing:
    """Everything that alarms are made of."""
    found = session.get(Report, terminal.id)
    certificate = enrolment.newest(session, terminal.id)
    problems = select(func.count()).where(
        Ticket.terminal_id == terminal.id, Ticket.kind == "PROBLEM", Ticket.state == "OPEN"
    )
    return Standing(
        kind=terminal.kind,
        reported_at=datetime.fromisoformat(found.at) if found else None,
        devices=_DEVICES.validate_json(found.devices) if found else (),
        consumables=_CONSUMABLES.validate_json(found.consumables) if found else (),
        certificate_ends=datetime.fromisoformat(certificate.not_after) if certificate else None,
        open_problems=int(session.scalar(problems) or 0),
    )


def wants_renewal(session: Session, rules: TerminalRules, terminal_id: str, now: datetime) -> bool:
    """Its certificate ends soon enough for a new one."""
    certificate = enrolment.newest(session, terminal_id)
    if certificate is None:
        return False
    ends = datetime.fromisoformat(certificate.not_after)
    return (ends - now).days < rules.renew_days_before


def forget_journal(session: Session, terminal_id: str) -> Terminal:
    """The next journal of a terminal begins at nothing: its disk was replaced."""
    terminal = enrolment.terminal_of(session, terminal_id)
    terminal.journal_seq, terminal.journal_head = 0, ""
    return terminal
