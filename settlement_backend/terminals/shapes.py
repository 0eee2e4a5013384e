"""Terminals as the JSON shapes of docs/backend_api/terminals.md. Keys and tokens are in none."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from settlement_backend.base.shapes import Shape, Words
from settlement_backend.people.privacy_notice import NOTICE
from settlement_backend.policy.profile import TerminalRules
from settlement_backend.terminals import fleet, rules
from settlement_backend.terminals.requests import ConsumableState, DeviceState, Version
from settlement_backend.terminals.rules import Alarm
from settlement_backend.terminals.tables import (
    Content,
    Enrolment,
    RemoteSettings,
    Terminal,
    Ticket,
)


class Notice(Shape):
    """The personal-information notice."""

    version: str
    title: Words
    text: Words


class PrepayCollect(Shape):
    """Whether outpatient prepayments are collected today from anybody, an exempt person or scene
    with its filing too; `rule_id` is the general rule of the day."""

    allow: bool
    rule_id: str


class SignedOn(Shape):
    """Who a terminal is and what it may do."""

    terminal_id: str
    kind: str
    name: Words
    hospital: Words
    place: Words
    campus: str
    type: str
    service_line: str
    functions: tuple[str, ...]
    notice: Notice
    preauth_enabled: bool
    prepay_collect: PrepayCollect
    heartbeat_s: int
    time: str


class SettingsShape(Shape):
    """One version. `signature`: Ed25519 of our authority over
    "zhenfu-settings\\n<terminal>\\n<version>\\n<content>", base64; `content`: JSON text."""

    terminal_id: str
    version: int
    content: str
    signature: str


class TicketShape(Shape):
    """A problem or a task."""

    ticket_id: str
    terminal_id: str
    kind: str
    subject: str
    text: str
    screen: str
    state: str
    made_by: str
    at: str
    answer: str
    done_by: str
    done_at: str


class Tickets(Shape):
    """Open ones, oldest first."""

    tickets: tuple[TicketShape, ...]


class Heard(Shape):
    """The answer to a heartbeat. `settings`: only when they are newer than the terminal's."""

    time: str
    settings: SettingsShape | None
    tasks: tuple[TicketShape, ...]
    renew_certificate: bool


class TerminalShape(Shape):
    """A terminal as its technicians see it."""

    terminal_id: str
    kind: str
    type: str
    name: Words
    place: Words
    campus: str
    model: str
    functions: tuple[str, ...]
    acquirer: str
    merchant: str
    power: str
    network: str
    safety: str
    camera: str
    enabled: bool
    enrolled: bool
    journal_seq: int
    reported_at: str
    certificate_ends: str
    devices: tuple[DeviceState, ...]
    consumables: tuple[ConsumableState, ...]
    versions: tuple[Version, ...]
    alarms: tuple[Alarm, ...]


class Terminals(Shape):
    """All of them, by number."""

    terminals: tuple[TerminalShape, ...]


class NewCode(Shape):
    """A one-time code, told once."""

    terminal_id: str
    code: str
    expires_at: str


class EnrolmentShape(Shape):
    """How a request for a certificate stands. The certificates are "" until it is ISSUED."""

    enrolment_id: str
    terminal_id: str
    state: str
    fingerprint: str
    at: str
    certificate: str
    authority: str


class Enrolments(Shape):
    """Those that wait for a person."""

    enrolments: tuple[EnrolmentShape, ...]


class Renewed(Shape):
    """A certificate more, for the same terminal."""

    certificate: str
    not_after: str


class Revocation(Shape):
    """A certificate that is worth nothing any more."""

    serial: str
    terminal_id: str
    at: str
    reason: str


class Revocations(Shape):
    """All of them, and the same as an X.509 list."""

    revoked: tuple[Revocation, ...]
    crl: str


class ContentShape(Shape):
    """Something for idle screens."""

    content_id: str
    campus: str
    place: int
    kind: str
    title: Words
    text: Words
    since: str
    until: str


class IdleContent(Shape):
    """In the order of showing. `waiting`: people who wait to be called now."""

    content: tuple[ContentShape, ...]
    waiting: int


def notice() -> Notice:
    """As it is shown before a card is made."""
    return Notice(version=NOTICE.version, title=NOTICE.title, text=NOTICE.text)


def ticket_shape(ticket: Ticket) -> TicketShape:
    """With its answer, if there is one."""
    return TicketShape(
        ticket_id=ticket.id,
        **{name: getattr(ticket, name) for name in TicketShape.model_fields if name != "ticket_id"},
    )


def settings_shape(row: RemoteSettings) -> SettingsShape:
    """As the terminal checks it."""
    return SettingsShape(
        terminal_id=row.terminal_id,
        version=row.version,
        content=row.content,
        signature=row.signature,
    )


def enrolment_shape(row: Enrolment, certificate: str = "", authority: str = "") -> EnrolmentShape:
    """`certificate` and `authority`: PEM, once it is issued."""
    return EnrolmentShape(
        enrolment_id=row.id,
        terminal_id=row.terminal_id,
        state=row.state,
        fingerprint=row.fingerprint,
        at=row.at,
        certificate=certificate,
        authority=authority,
    )


def content_shape(row: Content) -> ContentShape:
    """In both languages."""
    return ContentShape(
        content_id=row.id,
        campus=row.campus,
        place=row.place,
        kind=row.kind,
        title=Words(zh=row.title_zh, en=row.title_en),
        text=Words(zh=row.text_zh, en=row.text_en),
        since=row.since,
        until=row.until,
    )


def terminal_shape(
    session: Session, told: TerminalRules, row: Terminal, now: datetime
) -> TerminalShape:
    """With what it reported last and the alarms of it."""
    standing = fleet.standing_of(session, row)
    reported, ends = standing.reported_at, standing.certificate_ends
    return TerminalShape(
        terminal_id=row.id,
        kind=row.kind,
        type=row.type,
        name=Words(zh=row.name_zh, en=row.name_en),
        place=Words(zh=row.place_zh, en=row.place_en),
        campus=row.campus,
        model=row.model,
        functions=rules.functions_of(told, row.type, row.functions),
        acquirer=row.acquirer,
        merchant=row.merchant,
        power=row.power,
        network=row.network,
        safety=row.safety,
        camera=row.camera,
        enabled=row.enabled,
        enrolled=row.enrolled,
        journal_seq=row.journal_seq,
        reported_at=reported.isoformat() if reported else "",
        certificate_ends=ends.isoformat() if ends else "",
        devices=tuple(standing.devices),
        consumables=tuple(standing.consumables),
        versions=fleet.versions_of(session, row.id),
        alarms=rules.alarms(told, standing, now),
    )
