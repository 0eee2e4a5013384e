"""Slips: papers with an identity that can be checked, `ZF1.<kind>.<id>.<MAC>` (backend_api.md).

Talks to the database only. What a reader would get wrong: kind U is made by a terminal without
the backend, so it has no row here and its key is the terminal's; all others are minted here.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import b32encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.outside import Json
from settlement_backend.base.shapes import Words
from settlement_backend.base.steps import Actor
from settlement_backend.cases.tables import Case
from settlement_backend.documents.rules import may_print_slip
from settlement_backend.documents.tables import Slip, SlipPrint
from settlement_backend.policy.decision import required
from settlement_backend.policy.profile import InvoiceRules

KINDS = {
    "R": Words(zh="转窗口办理单", en="Referral to a window"),
    "S": Words(zh="结算凭条", en="Settlement slip"),
    "U": Words(zh="待核实凭条", en="Slip of an open case"),
    "C": Words(zh="找零凭条", en="Change to be paid out"),
    "V": Words(zh="就诊凭条", en="Visit slip"),
}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_RANDOM_LETTERS = 6
_MAC_BYTES = 16
_FORM = re.compile(r"(ZF1\.([A-Z])\.([A-Za-z0-9-]+))\.([A-Z2-7]{26})")
_SUSPENSE = re.compile(r"([A-Za-z0-9]+)-([A-Za-z0-9-]+)-([0-9]+)")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a genuine slip names. `slip` is None for U, `case_id` is "" for the others."""

    kind: str
    slip: Slip | None
    case_id: str


def mint(
    session: Session,
    key: bytes,
    kind: str,
    person_id: str,
    of: str,
    bill_ids: Sequence[str],
    at: str,
) -> Slip:
    """A new slip of a kind of KINDS but U. `of`: what it is about, `at`: a stamp."""
    day = at[2:10].replace("-", "")
    while True:
        slip_id = kind + day + "".join(secrets.choice(_LETTERS) for _ in range(_RANDOM_LETTERS))
        if session.get(Slip, slip_id) is None:
            break
    slip = Slip(
        id=slip_id, kind=kind, person_id=person_id, of=of, bill_ids=",".join(bill_ids), at=at
    )
    session.add(slip)
    session.flush()
    return slip


def slip_json(slip: Slip, key: bytes) -> Json:
    """The Slip shape."""
    text = f"ZF1.{slip.kind}.{slip.id}"
    return {"slip_id": slip.id, "qr_text": f"{text}.{_mac(key, text)}"}


def resolve(
    session: Session, key: bytes, terminal_keys: Callable[[str], bytes | None], text: str
) -> Resolved:
    """The slip of a scanned text. `terminal_keys`: the slip key of a terminal id.

    Raises Refused `slip_forged` for a wrong form or MAC and `slip_unknown` for a genuine slip
    that is not in these books.
    """
    form = _FORM.fullmatch(text)
    if form is None:
        raise Refused("slip_forged")
    signed, kind, name, mac = form.groups()
    if kind == "U":
        return _suspense(session, terminal_keys, signed, name, mac)
    _check(key, signed, mac)
    slip = session.get(Slip, name)
    if slip is None or slip.kind != kind:
        raise Refused("slip_unknown")
    return Resolved(kind, slip, "")


def slip_of(session: Session, slip_id: str) -> Slip:
    """Raises NoSuch."""
    slip = session.get(Slip, slip_id)
    if slip is None:
        raise NoSuch("unknown_slip")
    return slip


def printed(
    session: Session, slip_id: str, rules: InvoiceRules, where: Actor, now: datetime
) -> SlipPrint:
    """Count one more print before it is made; from number 2 on it is marked as a copy.

    Raises NoSuch and Refused `slip.printed_enough`.
    """
    slip_of(session, slip_id)
    session.execute(update(Slip).where(Slip.id == slip_id).values(prints=Slip.prints + 1))
    number = session.scalars(select(Slip.prints).where(Slip.id == slip_id)).one()
    required(may_print_slip(rules, number - 1))
    made = SlipPrint(
        slip_id=slip_id,
        number=number,
        terminal_id=where.terminal_id,
        operator=where.operator,
        at=stamp(now),
    )
    session.add(made)
    session.flush()
    return made


def _suspense(
    session: Session,
    terminal_keys: Callable[[str], bytes | None],
    signed: str,
    name: str,
    mac: str,
) -> Resolved:
    """The terminal prints its operation's id; the case made of it is named when it is known."""
    form = _SUSPENSE.fullmatch(name)
    key = terminal_keys(form[1]) if form else None
    if form is None or key is None:
        raise Refused("slip_forged")
    _check(key, signed, mac)
    case_id = session.scalar(select(Case.id).where(Case.operation_id == form[2]))
    return Resolved("U", None, case_id or form[2])


def _check(key: bytes, signed: str, mac: str) -> None:
    if not hmac.compare_digest(_mac(key, signed), mac):
        raise Refused("slip_forged")


def _mac(key: bytes, text: str) -> str:
    digest = hmac.new(key, text.encode(), hashlib.sha256).digest()[:_MAC_BYTES]
    return b32encode(digest).decode().rstrip("=")
