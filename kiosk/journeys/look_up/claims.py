"""Commercial insurance: where claims are (L11), and a fast claim for what was paid (L09)."""

from __future__ import annotations

from typing import assert_never

from core.claims import Claim, ClaimMode, Claims
from core.papers import Invoice, Papers
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.claims import ApplyClaim, FetchClaims
from core.steps.papers import FetchPapers
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.look_up import claims_pages as pages
from kiosk.journeys.look_up.claims_word import Insured, NotInsured, authorise
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Chosen, Pressed


async def claims(start: Start) -> Retry | None:
    """From the tile to the state of a claim, or to a new one."""
    who = await identify("claims", start.shown)
    if not isinstance(who, Identified):
        return who
    known = await look(FetchClaims(who.patient.patient_id))
    return known.end if isinstance(known, Ended) else await _choose(who, known)


async def _choose(who: Identified, known: Claims) -> Retry | None:
    while True:
        match await pages.claims_page(who, known):
            case Chosen(pages.NEW):
                return await _new(who, known)
            case Chosen(claim_id):
                claim = next(one for one in known.claims if one.claim_id == claim_id)
            case Back() | Leave():
                return None
            case other:
                assert_never(other)
        if isinstance(await pages.claim_page(who, claim), Leave):
            return None


async def _new(who: Identified, known: Claims) -> Retry | None:
    match await FetchPapers(who.patient.patient_id):
        case Papers() as papers:
            pass
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)
    match await pages.paid_page(who, papers, known):
        case Chosen(settlement_id):
            invoice = next(one for one in papers.invoices if one.settlement_id == settlement_id)
            return await _apply(who, invoice)
        case Back() | Leave():
            return None
        case answer:
            assert_never(answer)


async def _apply(who: Identified, invoice: Invoice) -> Retry | None:
    """The word, the policy, a last look, and only then the claim."""
    match await authorise(who, ClaimMode.FAST):
        case Insured() as insured:
            pass
        case NotInsured(""):
            return None
        case NotInsured(reason):
            return await trouble(reason)
        case told:
            assert_never(told)
    if not isinstance(await pages.apply_page(who, invoice, insured.policy), Pressed):
        return None
    settlement_id, policy_no = invoice.settlement_id, insured.policy.policy_no
    match await ApplyClaim(settlement_id, insured.authorisation_id, policy_no):
        case Claim() as claim:
            await pages.applied_page(who, claim)
            return None
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)
