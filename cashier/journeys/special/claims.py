"""Commercial insurance at a window: the patient's word, a policy, a claim (L09-L12).

`authorise` is for a discharge too, where the insurer's part becomes a tender (L10). What a reader
would get wrong: the order is the rule. Terms, agreement, proof of identity, and only then is any
insurer asked; whoever leaves before has had nothing sent.
"""

from __future__ import annotations

from dataclasses import dataclass

from cashier.journeys.people.find import ask_for_medium
from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import (
    Action,
    Column,
    Field,
    FieldKind,
    ForCustomer,
    Line,
    Pressed,
    Table,
    Takes,
    WorkSheet,
)
from core.claims import Claim, ClaimMode, Claims, ClaimState, ClaimTerms, Policies, Policy
from core.identity import MediumKind
from core.page_parts import Row
from core.papers import Papers
from core.phrase import Day, Moment, Said, Yuan, said
from core.steps.claims import (
    ApplyClaim,
    Authorise,
    ChoosePolicy,
    FetchClaims,
    FetchClaimTerms,
    FetchPolicies,
)
from core.steps.papers import FetchPapers

_TITLE = said("Commercial insurance")
_STATES: dict[ClaimState, Said] = {
    ClaimState.AUTHORISED: said("being sent"),
    ClaimState.APPLIED: said("applied"),
    ClaimState.SUCCEEDED: said("paid"),
    ClaimState.REFUSED: said("refused"),
    ClaimState.CANCELLED: said("taken back"),
}


@dataclass(frozen=True, slots=True)
class Insured:
    """A word that was given, and the policy that was chosen with it."""

    authorisation_id: str
    policy: Policy


async def authorise(at: AtWork, mode: ClaimMode) -> Insured | None:
    """The patient's word for one kind of claim, and one of the policies; None: not done."""
    terms = await fetched(FetchClaimTerms(), at, _TITLE)
    if terms is None or not isinstance(await terms_sheet(at, terms), Pressed):
        return None
    accepted = frozenset(kind for kind in MediumKind if kind.value in terms.proofs)
    proof = await ask_for_medium(
        at,
        _TITLE,
        said("Show a proof of identity: the ID card, the insurance code or the social card."),
        accepted - {MediumKind.FACE},
    )
    if proof is None:
        return None
    wish = Authorise(at.served.patient_id, mode, proof, terms.version)
    word = await fetched(wish, at, _TITLE)
    if word is None:
        return None
    policies = await fetched(FetchPolicies(word.authorisation_id), at, _TITLE)
    if policies is None:
        return None
    answer = await policies_sheet(at, policies, mode)
    if not isinstance(answer, Pressed):
        return None
    policy = next(one for one in policies.policies if one.policy_no == answer.row)
    if mode is ClaimMode.DIRECT:
        chosen = await fetched(ChoosePolicy(word.authorisation_id, policy.policy_no), at, _TITLE)
        if chosen is None:
            return None
    return Insured(word.authorisation_id, policy)


def terms_sheet(at: AtWork, terms: ClaimTerms) -> WorkSheet:
    """Read to the patient, who agrees before anything leaves the hospital (L11)."""
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        chip=said("Read it to the patient"),
        text=terms.text,
        fields=(Field("agreed", said("The patient agrees"), FieldKind.TICK),),
        actions=(Action("agree", said("Go on")),),
        customer=ForCustomer(said("Please listen to the terms, and tell us if you agree")),
    )


def policies_sheet(at: AtWork, found: Policies, mode: ClaimMode) -> WorkSheet:
    """Those in force; others say why not."""
    lines = tuple(
        Line(
            one.policy_no,
            (one.insurer, one.product, f"{one.percent} %", Yuan(one.limit_left_fen)),
            off="" if one.takes(mode) else said("Not for this kind of claim"),
        )
        for one in found.policies
    )
    columns = (
        Column(said("Insurer"), 3),
        Column(said("Policy"), 3),
        Column(said("Pays"), 1, right=True),
        Column(said("Left"), 2, right=True),
    )
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        table=Table(columns, lines, nothing=said("No policy is in force")),
        actions=(Action("take", said("Take this policy"), takes=Takes.ROW),),
    )


async def claims(at: AtWork) -> str:
    """Where claims are (L11), and a fast claim for what was paid (L09)."""
    known = await fetched(FetchClaims(at.served.patient_id), at, _TITLE)
    if known is None:
        return ""
    papers = await fetched(FetchPapers(at.served.patient_id), at, _TITLE)
    if papers is None:
        return ""
    answer = await claims_sheet(at, known, papers)
    if isinstance(answer, Pressed):
        await _apply(at, answer.row)
    return ""


async def _apply(at: AtWork, settlement_id: str) -> None:
    insured = await authorise(at, ClaimMode.FAST)
    if insured is None:
        return
    wish = ApplyClaim(settlement_id, insured.authorisation_id, insured.policy.policy_no)
    claim = await fetched(wish, at, _TITLE)
    if claim is not None:
        rows = (
            Row("shield-check", said("Insurer"), claim.insurer),
            Row("clock", said("Decided by"), Day(claim.expected_by)),
        )
        await told(at, said("The claim is sent"), rows)


def claims_sheet(at: AtWork, known: Claims, papers: Papers) -> WorkSheet:
    """Each paid settlement that has an invoice, with its claim."""
    lines = tuple(
        _line(known.of(one.settlement_id), one.settlement_id, one.issued_at, one.total_fen)
        for one in papers.invoices
    )
    columns = (
        Column(said("Paid"), 2),
        Column(said("Amount"), 2, right=True),
        Column(said("Claim"), 2),
        Column(said("Insurer"), 3),
        Column(said("Insurer paid"), 2, right=True),
    )
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        table=Table(columns, lines, nothing=said("Nothing that could be claimed was paid yet")),
        actions=(Action("claim", said("Claim it"), takes=Takes.ROW),),
    )


def _line(claim: Claim | None, settlement_id: str, paid_at: str, total_fen: int) -> Line:
    head = (Moment(paid_at), Yuan(total_fen))
    if claim is None:
        return Line(settlement_id, (*head, said("none"), "", ""))
    cells = (*head, _STATES[claim.state], claim.insurer, Yuan(claim.paid_fen))
    return Line(settlement_id, cells, off=_STATES[claim.state])
