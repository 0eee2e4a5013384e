"""The credit port of a city that has a register: HTTP (docs/platforms/city.md).

Talks to the city's platform through `outside`. What a reader would get wrong: the register keeps
entries by hospital and reference; other hospitals' entries are seen in `status` only.
"""

from __future__ import annotations

import logging

from settlement_backend.base.outside import Done, Json, Outside, Silent
from settlement_backend.deferral.credit_port import Arrears, CreditAt, Malice, Rejected, Word

CONNECT_S, READ_S = 2.0, 3.0
_log = logging.getLogger(__name__)


class CityCredit:
    """The register, as one hospital uses it."""

    def __init__(self, url: str, hospital: str, *, read_s: float = READ_S) -> None:
        self._outside = Outside(url, CONNECT_S, read_s)
        self._hospital = hospital

    def status(self, id_number: str) -> CreditAt | Silent:
        """Of all hospitals together."""
        path = "/credit/status"
        answer = self._outside.ask(path, {"id_number": id_number})
        match answer:
            case {
                "result": "SUCCESS",
                "state": "CLEAR" | "SUSPENDED" as state,
                "since": str(since),
                "hospital": str(hospital),
                "malicious": bool(malicious),
            }:
                return CreditAt(state == "SUSPENDED", since, hospital, malicious)
        return _silent(path, answer)

    def suspend(self, arrears: Arrears) -> Word:
        """REFERENCE_CLOSED when its repair came first."""
        return self._told(
            "/credit/suspend",
            arrears.id_number,
            arrears.reference,
            amount_fen=arrears.amount_fen,
            since=arrears.since,
        )

    def repair(self, id_number: str, reference: str) -> Word:
        """Also before the suspension arrived: it is refused then."""
        return self._told("/credit/repair", id_number, reference)

    def flag(self, malice: Malice) -> Word:
        """The evidence itself stays here."""
        told = {"evidence_digest": malice.evidence_digest, "operator": malice.operator}
        return self._told("/credit/malicious", malice.id_number, malice.reference, **told)

    def withdraw(self, id_number: str, reference: str, operator: str) -> Word:
        """Once."""
        path = "/credit/malicious/withdraw"
        return self._told(path, id_number, reference, operator=operator)

    def _told(self, path: str, id_number: str, reference: str, **more: str | int) -> Word:
        named = {"id_number": id_number, "hospital": self._hospital, "reference": reference}
        answer = self._outside.ask(path, {**named, **more})
        match answer:
            case {"result": "SUCCESS"}:
                return Done()
            case {"result": "FAIL", "code": str(code)}:
                return Rejected(code)
        return _silent(path, answer)


def _silent(path: str, answer: Json | None) -> Silent:
    if answer is not None:
        _log.warning("%s: the answer decides nothing", path)
    return Silent()
