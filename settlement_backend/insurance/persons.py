"""Who is insured, how and where: 1101, 2001 and 5301 (domain.md B.1.2, A.a1, L18).

Talks to the platform, never inside a transaction; what 1101 said is kept, because every later
transaction of the person carries the region. What a reader would get wrong: earlier insurances of
a person stand in the same answer in no order, and only the active one counts.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError
from sqlalchemy.exc import IntegrityError

from settlement_backend.base.clock import Clock, stamp
from settlement_backend.base.database import Database
from settlement_backend.base.outside import Json
from settlement_backend.insurance import insutypes
from settlement_backend.insurance.envelope import Heard
from settlement_backend.insurance.gateway import Gateway
from settlement_backend.insurance.tables import InsuredPerson
from settlement_backend.insurance.words import Insured, NotInsured, RefusedBy, Silent, Status
from settlement_backend.insurance.yuan import Yuan
from settlement_backend.policy.profile import InsuranceRules

TOKEN, ID_NUMBER, SOCIAL_SECURITY_CARD = "01", "02", "03"
_log = logging.getLogger(__name__)
_ACTIVE, _PAUSED = "1", "2"


@dataclass(frozen=True, slots=True)
class Credential:
    """What is shown: an e-code's token, an ID number, or a card with its chip's number."""

    kind: str
    number: str
    card_sn: str = ""

    def __repr__(self) -> str:
        return f"Credential({self.kind})"


@dataclass(frozen=True, slots=True)
class Cover:
    """2001: whether a kind of treatment is paid for; `why_not`: the platform's words."""

    paid_for: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class Disease:
    """A special disease that a person is registered with (med_type 14)."""

    code: str
    name: str


class _Active(BaseModel):
    """An active entry of insuinfo."""

    insutype: Annotated[str, Field(min_length=1)]
    psn_type: str = ""
    balc: Yuan
    insuplc_admdvs: Annotated[str, Field(min_length=6)]


class Persons:
    """The platform's people."""

    def __init__(self, db: Database, clock: Clock, rules: InsuranceRules, gateway: Gateway) -> None:
        self._db, self._clock, self._rules, self._gateway = db, clock, rules, gateway

    def asked(self, credential: Credential) -> Insured | NotInsured | Silent:
        """1101, and what it said kept."""
        output = self._information(credential)
        if not isinstance(output, Heard):
            return output
        match output.output:
            case {
                "baseinfo": {"psn_no": str(psn_no), "certno": str(id_number)},
                "insuinfo": list(listed),
            }:
                return self._active(psn_no, id_number, listed, output.output.get("idetinfo"))
        return Silent()

    def status(self, id_number: str) -> Status | Silent:
        """Whether the insurance is active, paused, or none (N03)."""
        output = self._information(Credential(ID_NUMBER, id_number))
        if isinstance(output, NotInsured):
            return Status.NONE
        if isinstance(output, Silent):
            return output
        match output.output:
            case {"insuinfo": list(listed)}:
                states = {entry.get("psn_insu_stas") for entry in listed if isinstance(entry, dict)}
                if _ACTIVE in states:
                    return Status.NORMAL
                return Status.PAUSED if _PAUSED in states else Status.NONE
        return Silent()

    def known(self, psn_no: str) -> InsuredPerson | None:
        """What 1101 said last."""
        with self._db.read() as session:
            return session.get(InsuredPerson, psn_no)

    def cover(self, psn_no: str, med_type: str, disease_code: str) -> Cover | RefusedBy | Silent:
        """2001."""
        person = self.known(psn_no)
        if person is None:
            return RefusedBy("no such person")
        asked = {"psn_no": psn_no, "insutype": person.insutype, "med_type": med_type}
        if disease_code:
            asked["dise_codg"] = disease_code
        match self._gateway.ask("2001", asked, region=person.region):
            case RefusedBy() as refused:
                return refused
            case Heard({"trtinfo": [{"trt_enjymnt_flag": "1"}]}):
                return Cover(True, "")
            case Heard({"trtinfo": [{"trt_enjymnt_flag": "0", "trt_chk_rslt": str(why_not)}]}):
                return Cover(False, why_not)
        return Silent()

    def diseases(self, psn_no: str) -> tuple[Disease, ...] | RefusedBy | Silent:
        """5301."""
        person = self.known(psn_no)
        if person is None:
            return RefusedBy("no such person")
        match self._gateway.ask("5301", {"psn_no": psn_no}, region=person.region):
            case RefusedBy() as refused:
                return refused
            case Heard({"feedetail": list(listed)}):
                return tuple(
                    Disease(entry["opsp_dise_code"], entry["opsp_dise_name"])
                    for entry in listed
                    if isinstance(entry, dict)
                    and isinstance(entry.get("opsp_dise_code"), str)
                    and isinstance(entry.get("opsp_dise_name"), str)
                )
        return Silent()

    def _information(self, credential: Credential) -> Heard | NotInsured | Silent:
        asked = {"mdtrt_cert_type": credential.kind, "mdtrt_cert_no": credential.number}
        if credential.card_sn:
            asked["card_sn"] = credential.card_sn
        match self._gateway.ask("1101", asked):
            case RefusedBy():
                return NotInsured()
            case Heard() as word:
                return word
        return Silent()

    def _active(
        self, psn_no: str, id_number: str, listed: list[object], identities: object
    ) -> Insured | NotInsured | Silent:
        for entry in listed:
            if isinstance(entry, dict) and entry.get("psn_insu_stas") == _ACTIVE:
                return self._kept(psn_no, id_number, entry, identities)
        return NotInsured()

    def _kept(
        self, psn_no: str, id_number: str, entry: Json, identities: object
    ) -> Insured | Silent:
        try:
            active = _Active.model_validate(entry)
        except ValidationError:
            return Silent()
        row = InsuredPerson(
            psn_no=psn_no,
            id_number=id_number,
            insutype=insutypes.current(active.insutype),
            psn_type=active.psn_type,
            region=active.insuplc_admdvs,
            asked_at=stamp(self._clock.now()),
        )
        self._keep(row)
        area = self._gateway.institution.pooling_area
        return Insured(
            psn_no,
            insutypes.current(active.insutype),
            active.balc,
            active.insuplc_admdvs,
            active.insuplc_admdvs.startswith(area),
            identities_by(identities, self._rules),
        )

    def _keep(self, row: InsuredPerson) -> None:
        """Two workers may hear of the same person at once; either word is today's."""
        try:
            with self._db.write() as session:
                session.merge(row)
        except IntegrityError:
            _log.info("another worker kept this person")


def identities_by(told: object, rules: InsuranceRules) -> tuple[str, ...]:
    """The special identities of an idetinfo in the hospital's words (S20); pure."""
    if not isinstance(told, list):
        return ()
    types = [entry.get("psn_idet_type") for entry in told if isinstance(entry, dict)]
    named = {rules.identities[kind] for kind in types if kind in rules.identities}
    return tuple(sorted(named))
