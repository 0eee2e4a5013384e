"""The patient's word that an insurer may be told, and the policy it is for (L10-L12).

What a reader would get wrong: the order is the rule. Terms, agreement, proof of identity, and only
then is any insurer asked for policies; whoever leaves before has had nothing sent. No money moves
here, so a refusal is a sentence on the page that asked and ends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.claims import Authorisation, ClaimMode, ClaimTerms, Policies, Policy
from core.identity import Medium, MediumKind
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.claims import Authorise, ChoosePolicy, FetchClaimTerms, FetchPolicies
from kiosk.journeys.identify import Identified, show_anything
from kiosk.journeys.look_up import claims_pages as pages
from kiosk.steps import Back
from kiosk.steps.pages import Chosen, Pressed


@dataclass(frozen=True, slots=True)
class Insured:
    """A word that was given, and the policy that was chosen with it."""

    authorisation_id: str
    policy: Policy


@dataclass(frozen=True, slots=True)
class NotInsured:
    """No policy was chosen. `reason`: a code, "" when the patient did not want to."""

    reason: str = ""


async def authorise(who: Identified, mode: ClaimMode) -> Insured | NotInsured:
    """Ask for the patient's word and for one of the policies."""
    match await FetchClaimTerms():
        case ClaimTerms() as terms:
            pass
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return NotInsured(reason)
        case other:
            assert_never(other)
    if not isinstance(await pages.terms_page(who, terms, mode), Pressed):
        return NotInsured()
    proof = await _proof(who, terms)
    match await Authorise(who.patient.patient_id, mode, proof, terms.version):
        case Authorisation() as word:
            return await _policy(who, word)
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return NotInsured(reason)
        case told:
            assert_never(told)


async def _proof(who: Identified, terms: ClaimTerms) -> Medium:
    """The ID card that was laid on the reader a moment ago, else one that is shown now."""
    accepted = frozenset(kind for kind in MediumKind if kind.value in terms.proofs)
    if who.document is not None and MediumKind.ID_CARD in accepted:
        return Medium(MediumKind.ID_CARD, who.document.id_number)
    return (await show_anything("claim_proof", accepted - {MediumKind.FACE})).medium


async def _policy(who: Identified, word: Authorisation) -> Insured | NotInsured:
    match await FetchPolicies(word.authorisation_id):
        case Policies() as policies:
            pass
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return NotInsured(reason)
        case other:
            assert_never(other)
    match await pages.policies_page(who, policies, word.mode):
        case Chosen(policy_no):
            policy = next(one for one in policies.policies if one.policy_no == policy_no)
            return await _take(word, policy)
        case Back() | Leave():
            return NotInsured()
        case answer:
            assert_never(answer)


async def _take(word: Authorisation, policy: Policy) -> Insured | NotInsured:
    """A fast claim names its policy itself; a direct one is chosen before it is quoted."""
    if word.mode is ClaimMode.FAST:
        return Insured(word.authorisation_id, policy)
    match await ChoosePolicy(word.authorisation_id, policy.policy_no):
        case Authorisation(authorisation_id):
            return Insured(authorisation_id, policy)
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return NotInsured(reason)
        case other:
            assert_never(other)
