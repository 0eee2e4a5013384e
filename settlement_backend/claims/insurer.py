"""Commercial insurers as the backend uses them (docs/platforms/insurer.md; L09, L10).

Talks to one platform that stands for all insurers. What a reader would get wrong: every request
about a person carries the number of that person's authorisation, and a request that changes
something is done once for its claim number, so it may be sent again as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from settlement_backend.base.outside import Done, Json, NotFound, Outside, Silent
from settlement_backend.base.shapes import MOST_FEN

Mode = Literal["DIRECT", "FAST"]


@dataclass(frozen=True, slots=True)
class InsurancePolicy:
    """A policy in force. `percent` of what is above the deductible, up to the limit."""

    policy_no: str
    insurer: str
    product: str
    direct: bool
    fast: bool
    deductible_left_fen: int
    percent: int
    limit_left_fen: int


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line. `insurance_class`: 01, 02 or 03."""

    name: str
    insurance_class: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What leaves the hospital. fund + account + own = total = the lines' sum."""

    claim_no: str
    policy_no: str
    authorisation_no: str
    visit_no: str
    visit_kind: str
    fund_fen: int
    account_fen: int
    own_fen: int
    lines: tuple[ClaimLine, ...]

    @property
    def total_fen(self) -> int:
        """The bill."""
        return self.fund_fen + self.account_fen + self.own_fen


@dataclass(frozen=True, slots=True)
class InvoiceNumber:
    """An official e-invoice."""

    bill_batch_code: str
    bill_no: str


@dataclass(frozen=True, slots=True)
class Pays:
    """What a direct claim pays, or would pay."""

    amount_fen: int


@dataclass(frozen=True, slots=True)
class Fails:
    """The insurer says no; nothing was done. `code`: its word."""

    code: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a claim is: APPLIED, SUCCEEDED, REFUSED or CANCELLED."""

    state: str
    paid_fen: int
    decided_on: str
    reason: str


_STATES = ("APPLIED", "SUCCEEDED", "REFUSED", "CANCELLED")


class Insurer:
    """One method a request; none raises for what the other side does."""

    def __init__(self, url: str, *, connect_s: float = 2.0, read_s: float = 5.0) -> None:
        self._outside = Outside(url, connect_s, read_s)

    def policies(
        self, id_number: str, authorisation_no: str
    ) -> tuple[InsurancePolicy, ...] | Fails | Silent:
        """The person's policies in force."""
        asked = {"id_number": id_number, "authorisation_no": authorisation_no}
        match self._outside.ask("/policies/find", asked):
            case {"result": "FAIL", "code": str(code)}:
                return Fails(code)
            case {"result": "SUCCESS", "policies": list(listed)}:
                found = [_policy(entry) for entry in listed]
                whole = tuple(policy for policy in found if policy is not None)
                return whole if len(whole) == len(listed) else Silent()
        return Silent()

    def quote(self, claim: ClaimFacts) -> Pays | Fails | Silent:
        """What a direct claim would pay now; nothing is booked."""
        return self._pays("/claims/quote", claim)

    def direct(self, claim: ClaimFacts) -> Pays | Fails | Silent:
        """Claim directly: the insurer owes it to the hospital."""
        return self._pays("/claims/direct", claim)

    def cancel(self, claim_no: str, reason: str) -> Done | Fails | Silent:
        """A direct claim is void; a number nobody knows is refused for ever after."""
        match self._outside.ask("/claims/direct/cancel", {"claim_no": claim_no, "reason": reason}):
            case {"result": "SUCCESS"}:
                return Done()
            case {"result": "FAIL", "code": str(code)}:
                return Fails(code)
        return Silent()

    def fast(self, claim: ClaimFacts, invoices: Sequence[InvoiceNumber]) -> Done | Fails | Silent:
        """Claim for the patient, who has paid; decided within two working days."""
        numbers = [{"bill_batch_code": i.bill_batch_code, "bill_no": i.bill_no} for i in invoices]
        match self._outside.ask("/claims/fast", {**_body(claim), "invoices": numbers}):
            case {"result": "ACCEPTED"}:
                return Done()
            case {"result": "FAIL", "code": str(code)}:
                return Fails(code)
        return Silent()

    def query(self, claim_no: str) -> Standing | NotFound | Silent:
        """What became of a claim."""
        match self._outside.ask("/claims/query", {"claim_no": claim_no}):
            case {"result": "SUCCESS", "state": "NOTFOUND"}:
                return NotFound()
            case {
                "result": "SUCCESS",
                "state": str(state),
                "paid_fen": int(paid_fen),
                "decided_on": str(decided_on),
                "reason": str(reason),
            } if state in _STATES and _is_money(paid_fen, MOST_FEN):
                return Standing(state, paid_fen, decided_on, reason)
        return Silent()

    def _pays(self, path: str, claim: ClaimFacts) -> Pays | Fails | Silent:
        match self._outside.ask(path, _body(claim)):
            case {"result": "SUCCESS", "pays_fen": int(fen)} if _is_money(fen, claim.own_fen):
                return Pays(fen)
            case {"result": "FAIL", "code": str(code)}:
                return Fails(code)
        return Silent()


def _is_money(amount_fen: int, most_fen: int) -> bool:
    """`true` is an int to Python and no amount to anybody."""
    return not isinstance(amount_fen, bool) and 0 <= amount_fen <= most_fen


def _body(claim: ClaimFacts) -> Json:
    return {
        "claim_no": claim.claim_no,
        "policy_no": claim.policy_no,
        "authorisation_no": claim.authorisation_no,
        "visit_no": claim.visit_no,
        "visit_kind": claim.visit_kind,
        "total_fen": claim.total_fen,
        "fund_fen": claim.fund_fen,
        "account_fen": claim.account_fen,
        "own_fen": claim.own_fen,
        "lines": [
            {
                "name": line.name,
                "insurance_class": line.insurance_class,
                "amount_fen": line.amount_fen,
            }
            for line in claim.lines
        ],
    }


def _policy(entry: object) -> InsurancePolicy | None:
    match entry:
        case {
            "policy_no": str(policy_no),
            "insurer": str(insurer),
            "product": str(product),
            "direct": bool(direct),
            "fast": bool(fast),
            "deductible_left_fen": int(deductible_fen),
            "percent": int(percent),
            "limit_left_fen": int(limit_fen),
        }:
            return InsurancePolicy(
                policy_no, insurer, product, direct, fast, deductible_fen, percent, limit_fen
            )
    return None
