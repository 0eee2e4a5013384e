"""What the insurance has of a visit: for whoever clears up a doubt (5201, 5204).

Talks to the platform, never inside a transaction, and changes nothing. What a reader would get
wrong: the lines of a settlement that was reversed are there again without one.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from settlement_backend.base.outside import Json
from settlement_backend.insurance.envelope import Heard
from settlement_backend.insurance.gateway import Gateway
from settlement_backend.insurance.tables import InsuranceVisit
from settlement_backend.insurance.words import RefusedBy, Silent
from settlement_backend.insurance.yuan import Yuan


@dataclass(frozen=True, slots=True)
class LineThere:
    """`setl_id`: the settlement that binds it, "" for none."""

    number: str
    batch: str
    amount_fen: int
    setl_id: str


@dataclass(frozen=True, slots=True)
class VisitThere:
    """`state`: the platform's word: OPEN, DISCHARGED or CANCELLED."""

    mdtrt_id: str
    treatment: str
    state: str
    lines: tuple[LineThere, ...]


class _Visit(BaseModel):
    mdtrt_id: str
    med_type: str
    mdtrt_stas: str


class _Visits(BaseModel):
    mdtrtinfo: list[_Visit]


class _Line(BaseModel):
    feedetl_sn: str
    chrg_bchno: str
    det_item_fee_sumamt: Yuan
    setl_id: str


class _Lines(BaseModel):
    feedetail: list[_Line]


def visit_there(
    gateway: Gateway, visit: InsuranceVisit, region: str
) -> VisitThere | RefusedBy | Silent:
    """One visit with its lines."""
    named = {"psn_no": visit.psn_no, "mdtrt_id": visit.mdtrt_id}
    visits = _asked(gateway, "5201", named, region)
    lines = _asked(gateway, "5204", named, region)
    if not isinstance(visits, Heard):
        return visits
    if not isinstance(lines, Heard):
        return lines
    try:
        told = _Visits.model_validate(visits.output).mdtrtinfo
        detail = _Lines.model_validate(lines.output).feedetail
    except ValidationError:
        return Silent()
    if len(told) != 1:
        return Silent()
    there = tuple(
        LineThere(line.feedetl_sn, line.chrg_bchno, line.det_item_fee_sumamt, line.setl_id)
        for line in detail
    )
    return VisitThere(told[0].mdtrt_id, told[0].med_type, told[0].mdtrt_stas, there)


def _asked(gateway: Gateway, infno: str, asked: Json, region: str) -> Heard | RefusedBy | Silent:
    word = gateway.ask(infno, asked, region=region)
    return Silent() if word is None else word
