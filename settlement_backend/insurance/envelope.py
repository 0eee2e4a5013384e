"""The national envelope around every transaction (domain.md B.1.1, docs/platforms/insurance.md).

Talks to nobody. What a reader would get wrong: `insuplc_admdvs` is where the person is insured,
`mdtrtarea_admvs` where he is treated; they differ for everybody from out of town.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from settlement_backend.base.outside import Json
from settlement_backend.insurance.words import RefusedBy

_VERSION = "V1.0"
CLERK, SELF_SERVICE, MOBILE = "1", "2", "3"
_OPTER_TYPES = {"kiosk": SELF_SERVICE, "mobile": MOBILE}


@dataclass(frozen=True, slots=True)
class Institution:
    """Who asks. `code`: 12 characters, `admvs`: the six digits of where the hospital stands."""

    code: str
    admvs: str
    name: str = ""
    mac: str = "00-00-00-00-00-00"
    ip: str = "127.0.0.1"

    @property
    def pooling_area(self) -> str:
        """Whoever is insured here is no stranger: the first four digits."""
        return self.admvs[:4]


@dataclass(frozen=True, slots=True)
class Opter:
    """Who works. `number`: an operator's at a window, else the terminal's."""

    opter_type: str
    number: str


BACKGROUND = Opter(SELF_SERVICE, "BACKEND")


def opter_type_of(terminal_kind: str) -> str:
    """1 clerk, 2 self-service terminal, 3 mobile terminal."""
    return _OPTER_TYPES.get(terminal_kind, CLERK)


class Signer(Protocol):
    """Signs envelopes where the region asks for it. `signtype`: SM2 or SM3."""

    @property
    def signtype(self) -> str:
        """What stands in the envelope."""

    def sign(self, text: str) -> str:
        """cainfo of a signed text."""


@dataclass(frozen=True, slots=True)
class Message:
    """What one envelope is about."""

    infno: str
    msgid: str
    asked: Json
    region: str
    opter: Opter
    at: datetime
    sign_no: str = ""


def enveloped(institution: Institution, signer: Signer | None, message: Message) -> Json:
    """The body of the request. An empty optional field is left out."""
    head = {
        "infno": message.infno,
        "msgid": message.msgid,
        "mdtrtarea_admvs": institution.admvs,
        "insuplc_admdvs": message.region,
        "infver": _VERSION,
        "opter_type": message.opter.opter_type,
        "opter": message.opter.number,
        "opter_name": message.opter.number,
        "inf_time": f"{message.at:%Y-%m-%d %H:%M:%S}",
        "fixmedins_code": institution.code,
        "fixmedins_name": institution.name,
        "sign_no": message.sign_no,
    }
    kept = {"insuplc_admdvs"}
    head = {name: value for name, value in head.items() if value or name in kept}
    if signer is not None:
        head["signtype"] = signer.signtype
        head["cainfo"] = signer.sign(signed_text(head))
    return {**head, "input": message.asked}


def signed_text(head: Json) -> str:
    """Every field but cainfo and input, sorted by name in ASCII order (B.1.1)."""
    return "&".join(f"{name}={head[name]}" for name in sorted(head))


@dataclass(frozen=True, slots=True)
class Heard:
    """Carried out. `refmsgid`: the platform's own number of its answer."""

    output: Json
    refmsgid: str


def heard(answer: Json | None) -> Heard | RefusedBy | None:
    """What an answer says; None when it decides nothing."""
    match answer:
        case {"infcode": 0 | "0", "output": dict(output), "inf_refmsgid": str(refmsgid)}:
            return Heard(output, refmsgid)
        case {"infcode": 0 | "0", "output": None, "inf_refmsgid": str(refmsgid)}:
            return Heard({}, refmsgid)
        case {"infcode": -1 | "-1", "err_msg": str(text)}:
            return RefusedBy(text)
    return None
