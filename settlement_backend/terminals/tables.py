"""Terminals and clients of other channels, who they are, and what they say of themselves."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from settlement_backend.base.tables import Base


class Terminal(Base):
    """A kiosk, a window, or a client of another channel, with its journal's high-water mark.

    `type`: MULTI_FUNCTION, ENQUIRY or DUAL_SCREEN (L16); `functions`: by commas, "" for what the
    type offers. `enrolled`: it was given a certificate once, so its token alone is worth nothing.
    `request_seq`: the highest number of a request that was accepted without a clock.
    """

    __tablename__ = "terminal"
    id: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    place_zh: Mapped[str]
    place_en: Mapped[str]
    slip_key: Mapped[str]
    journal_seq: Mapped[int] = mapped_column(default=0)
    journal_head: Mapped[str] = mapped_column(default="")
    campus: Mapped[str] = mapped_column(default="MAIN", server_default="MAIN")
    model: Mapped[str] = mapped_column(default="", server_default="")
    type: Mapped[str] = mapped_column(default="MULTI_FUNCTION", server_default="MULTI_FUNCTION")
    functions: Mapped[str] = mapped_column(default="", server_default="")
    acquirer: Mapped[str] = mapped_column(default="", server_default="")
    merchant: Mapped[str] = mapped_column(default="", server_default="")
    power: Mapped[str] = mapped_column(default="", server_default="")
    network: Mapped[str] = mapped_column(default="", server_default="")
    safety: Mapped[str] = mapped_column(default="", server_default="")
    camera: Mapped[str] = mapped_column(default="", server_default="")
    enabled: Mapped[bool] = mapped_column(default=True, server_default=sa.text("true"))
    enrolled: Mapped[bool] = mapped_column(default=False, server_default=sa.text("false"))
    request_seq: Mapped[int] = mapped_column(sa.BigInteger, default=0, server_default="0")


class EnrolmentCode(Base):
    """A one-time code for one terminal, kept as its hash. `used_at`: "" while it may be used."""

    __tablename__ = "enrolment_code"
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminal.id"), index=True)
    made_by: Mapped[str]
    expires_at: Mapped[str]
    used_at: Mapped[str] = mapped_column(default="")


class Enrolment(Base):
    """A terminal that asked for a certificate: WAITING, ISSUED or REJECTED.

    `fingerprint` is of its public key, as both screens show it; the token it brought is kept as
    the two values that are made of it.
    """

    __tablename__ = "enrolment"
    id: Mapped[str] = mapped_column(primary_key=True)
    terminal_id: Mapped[str] = mapped_column(index=True)
    csr: Mapped[str]
    fingerprint: Mapped[str]
    token_hash: Mapped[str]
    slip_key: Mapped[str]
    state: Mapped[str]
    at: Mapped[str]
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[str] = mapped_column(default="")
    serial: Mapped[str] = mapped_column(default="")


class Certificate(Base):
    """One that our authority issued: VALID or REVOKED. `digest`: SHA-256 of its DER bytes."""

    __tablename__ = "terminal_certificate"
    serial: Mapped[str] = mapped_column(primary_key=True)
    terminal_id: Mapped[str] = mapped_column(index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str]
    not_after: Mapped[str]
    issued_at: Mapped[str]
    revoked_at: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")


class Report(Base):
    """What a terminal said of itself last. The lists are JSON of the request's own shapes."""

    __tablename__ = "terminal_report"
    terminal_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[str]
    devices: Mapped[str]
    consumables: Mapped[str]
    versions: Mapped[str]
    settings_version: Mapped[int]


class RemoteSettings(Base):
    """One version of what a terminal is to be set to, signed."""

    __tablename__ = "terminal_settings"
    terminal_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[str]
    signature: Mapped[str]
    made_by: Mapped[str]
    at: Mapped[str]


class Ticket(Base):
    """Something to be looked after at a terminal: OPEN or DONE.

    `kind`: PROBLEM, reported from the terminal (S52), or TASK, given to whoever services it.
    """

    __tablename__ = "terminal_ticket"
    id: Mapped[str] = mapped_column(primary_key=True)
    terminal_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    screen: Mapped[str]
    state: Mapped[str]
    made_by: Mapped[str]
    at: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    done_by: Mapped[str] = mapped_column(default="")
    done_at: Mapped[str] = mapped_column(default="")


class Content(Base):
    """For idle screens (H41): a NOTICE, POLICY or PROMOTION. `campus` "": every campus."""

    __tablename__ = "idle_content"
    id: Mapped[str] = mapped_column(primary_key=True)
    campus: Mapped[str]
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(default="NOTICE", server_default="NOTICE")
    title_zh: Mapped[str]
    title_en: Mapped[str]
    text_zh: Mapped[str]
    text_en: Mapped[str]
    since: Mapped[str]
    until: Mapped[str]
    made_by: Mapped[str]
    withdrawn_by: Mapped[str] = mapped_column(default="")
