"""Policies and claims of the commercial insurer, direct and fast (domain L09, L10, L11).

Talks to nothing; the insurer's routes call it. What a reader would get wrong: a fast claim pays by
what is left of the policy when it is decided, not when it came.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

from sandbox.platforms.desk import Refused
from sandbox.platforms.insurer.wire import ClaimRequest, ClaimState, Mode
from sandbox.platforms.shapes import digest_of

NOTHING_COVERED = "NOTHING_COVERED"
_DECIDED_AT = time(9)
_ONE_DAY_LIMIT_FEN = 100_000  # a larger fast claim takes two working days
_SATURDAY = 5


@dataclass(slots=True)
class Policy:
    """One policy in force and what is left of it."""

    policy_no: str
    id_number: str
    insurer: str
    product: str
    direct: bool
    fast: bool
    deductible_left_fen: int
    percent: int
    limit_left_fen: int

    def pays(self, own_fen: int) -> int:
        """What it pays of the patient's own part, half up to the fen."""
        covered_fen = max(0, own_fen - self.deductible_left_fen)
        return min(self.limit_left_fen, (covered_fen * self.percent + 50) // 100)


@dataclass(slots=True)
class Claim:
    """One claim; ``deductible_used_fen`` comes back when it is cancelled."""

    claim_no: str
    policy_no: str
    authorisation_no: str
    mode: Mode
    digest: str
    total_fen: int
    own_fen: int
    applied_at: datetime
    state: ClaimState = "APPLIED"
    paid_fen: int = 0
    deductible_used_fen: int = 0
    decided_on: date | None = None
    reason: str = ""

    def due_at(self) -> datetime:
        """When a fast claim is decided: the first or the second working day after it came."""
        days_left = 1 if self.total_fen <= _ONE_DAY_LIMIT_FEN else 2
        day = self.applied_at.date()
        while days_left > 0:
            day += timedelta(days=1)
            if day.weekday() < _SATURDAY:
                days_left -= 1
        return datetime.combine(day, _DECIDED_AT)


def _shipped_policies() -> dict[str, Policy]:
    insurer, product = "安和健康保险", "住院医疗险"
    wang = Policy(
        "CI2026000101", "330302195501123411", insurer, product, True, True, 0, 80, 2_000_000
    )
    li = Policy(
        "CI2026000102", "330302196207184525", insurer, product, False, True, 10_000, 70, 500_000
    )
    return {policy.policy_no: policy for policy in (wang, li)}


@dataclass(slots=True)
class InsurerBooks:
    """What survives a restart; ``persons`` names who gave an authorisation, by its number."""

    policies: dict[str, Policy] = field(default_factory=_shipped_policies)
    claims: dict[str, Claim] = field(default_factory=dict)
    dead_numbers: set[str] = field(default_factory=set)
    persons: dict[str, str] = field(default_factory=dict)

    def find(self, id_number: str, authorisation_no: str) -> list[Policy]:
        """The policies of a person who authorised it; else Refused."""
        self._authorise(id_number, authorisation_no)
        return [policy for policy in self.policies.values() if policy.id_number == id_number]

    def quote(self, asked: ClaimRequest) -> int:
        """What a direct claim would pay now."""
        return self._policy(asked, "DIRECT").pays(asked.own_fen)

    def claim(self, asked: ClaimRequest, mode: Mode, now: datetime) -> Claim:
        """Book a claim, once; a direct one is decided at once."""
        if asked.claim_no in self.dead_numbers:
            raise Refused("CLAIM_CANCELLED")
        known = self.claims.get(asked.claim_no)
        if known is not None:
            return _same(known, asked, mode)
        policy = self._policy(asked, mode)
        made = Claim(
            claim_no=asked.claim_no,
            policy_no=policy.policy_no,
            authorisation_no=asked.authorisation_no,
            mode=mode,
            digest=digest_of(asked),
            total_fen=asked.total_fen,
            own_fen=asked.own_fen,
            applied_at=now,
        )
        self.claims[made.claim_no] = made
        if mode == "DIRECT":
            self.decide(made, "SUCCEEDED", "", now)
        return made

    def cancel(self, claim_no: str) -> None:
        """Void a direct claim, heard of or not; the policy is as before it."""
        known = self.claims.get(claim_no)
        if known is None:
            self.dead_numbers.add(claim_no)
            return
        if known.mode != "DIRECT":
            raise Refused("NOT_DIRECT")
        if known.state != "CANCELLED":
            policy = self.policies[known.policy_no]
            policy.limit_left_fen += known.paid_fen
            policy.deductible_left_fen += known.deductible_used_fen
            known.state = "CANCELLED"
            known.paid_fen = known.deductible_used_fen = 0

    def look(self, claim_no: str, now: datetime) -> Claim | None:
        """A claim as it stands now; a fast one whose time has come is decided first."""
        claim = self.claims.get(claim_no)
        if claim is not None and claim.state == "APPLIED" and claim.due_at() <= now:
            covered = self.policies[claim.policy_no].pays(claim.own_fen) > 0
            if covered:
                self.decide(claim, "SUCCEEDED", "", claim.due_at())
            else:
                self.decide(claim, "REFUSED", NOTHING_COVERED, claim.due_at())
        return claim

    def decide(
        self, claim: Claim, outcome: Literal["SUCCEEDED", "REFUSED"], reason: str, now: datetime
    ) -> None:
        """Decide an applied claim; one that is decided stays as it is."""
        if claim.state != "APPLIED":
            return
        claim.state, claim.reason, claim.decided_on = outcome, reason, now.date()
        if outcome == "SUCCEEDED":
            policy = self.policies[claim.policy_no]
            claim.paid_fen = policy.pays(claim.own_fen)
            claim.deductible_used_fen = min(policy.deductible_left_fen, claim.own_fen)
            policy.limit_left_fen -= claim.paid_fen
            policy.deductible_left_fen -= claim.deductible_used_fen

    def _policy(self, asked: ClaimRequest, mode: Mode) -> Policy:
        """The policy a claim may be made on; else Refused."""
        policy = self.policies.get(asked.policy_no)
        if policy is None:
            raise Refused("POLICY_NOT_FOUND")
        self._authorise(policy.id_number, asked.authorisation_no)
        if not (policy.direct if mode == "DIRECT" else policy.fast):
            raise Refused("NOT_OFFERED")
        if not asked.sums():
            raise Refused("SUM_WRONG")
        return policy

    def _authorise(self, id_number: str, authorisation_no: str) -> None:
        if not authorisation_no:
            raise Refused("AUTHORISATION_MISSING")
        if self.persons.setdefault(authorisation_no, id_number) != id_number:
            raise Refused("AUTHORISATION_FOREIGN")


def _same(known: Claim, asked: ClaimRequest, mode: Mode) -> Claim:
    """The claim of a request that was sent again; else Refused."""
    if known.mode != mode or known.digest != digest_of(asked):
        raise Refused("CLAIM_NO_USED")
    if known.state == "CANCELLED":
        raise Refused("CLAIM_CANCELLED")
    return known
