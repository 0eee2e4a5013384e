"""What a patient reads about commercial insurance: terms, policies, claims (L09-L12)."""

from __future__ import annotations

from core.claims import Claim, ClaimMode, Claims, ClaimState, ClaimTerms, Policies, Policy
from core.page_parts import Row, Section, Strip, Tone
from core.papers import Invoice, Papers
from core.phrase import Day, Phrase, Said, Yuan, said
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Choose, Finished, Option, Show

NEW, AGREE, APPLY = "new", "agree", "apply"
_ISSUED = ("E_ISSUED", "PRINTING", "PRINTED", "PRINT_UNCERTAIN")
_KINDS: dict[str, Phrase] = {
    "01": said("Stay in hospital"),
    "02": said("Outpatient visit"),
    "03": said("Emergency visit"),
    "04": said("Special outpatient visit"),
    "06": said("Registration"),
}
_STATES: dict[ClaimState, tuple[Said, Tone, str]] = {
    ClaimState.AUTHORISED: (said("Authorised, on its way to the insurer"), Tone.INFO, "clock"),
    ClaimState.APPLIED: (said("Applied for, the insurer decides"), Tone.INFO, "hourglass"),
    ClaimState.SUCCEEDED: (said("Succeeded, the insurer pays"), Tone.SUCCESS, "circle-check"),
    ClaimState.REFUSED: (said("Refused by the insurer"), Tone.WARNING, "x"),
    ClaimState.CANCELLED: (said("Taken back"), Tone.PLAIN, "history"),
}
_ORDER = (ClaimState.AUTHORISED, ClaimState.APPLIED)


def claims_page(who: Identified, claims: Claims) -> Choose:
    """What was claimed before, and the way to a new claim."""
    new = Option(NEW, said("Apply for a new claim"), "clipboard-plus", said("For what you paid"))
    return Choose(
        title=said("Commercial insurance"),
        hint=said("Look at a claim, or apply for a new one"),
        icon="shield-plus",
        presence=who.presence,
        options=(new, *(_listed(claim) for claim in claims.claims)),
    )


def _listed(claim: Claim) -> Option:
    words, _tone, icon = _STATES[claim.state]
    return Option(claim.claim_id, claim.insurer, icon, words, Yuan(claim.own_fen))


def claim_page(who: Identified, claim: Claim) -> Show:
    """Where one claim is (L11)."""
    words, tone, icon = _STATES[claim.state]
    until = (
        (Row("calendar-time", said("Decided at the latest on"), Day(claim.expected_by)),)
        if claim.expected_by
        else ()
    )
    decided = (
        (Row("calendar-check", said("Decided on"), Day(claim.decided_on)),)
        if claim.decided_on
        else ()
    )
    return Show(
        title=said("Your claim at {insurer}", insurer=claim.insurer),
        hint=said("We send you a message when the insurer has decided"),
        icon="shield-plus",
        presence=who.presence,
        big_label=said("The insurer pays") if claim.paid_fen else said("You paid"),
        big_value=Yuan(claim.paid_fen or claim.own_fen),
        strip=Strip(tone, icon, words),
        sections=(
            Section(said("Steps"), _steps(claim)),
            Section("", (Row("id", said("Policy"), claim.display_policy), *until, *decided)),
        ),
    )


def _steps(claim: Claim) -> tuple[Row, ...]:
    """Authorised, applied, and what came of it; a mark and a word for each."""
    if claim.state in _ORDER:
        reached = _ORDER.index(claim.state) + 1
    else:
        reached = 3
    last = _STATES[claim.state][0] if reached == 3 else said("Decision of the insurer")
    names: tuple[Phrase, ...] = (said("You authorised it"), said("Applied for"), last)
    done: tuple[Phrase, ...] = (said("Done"), said("Done"), said("Decided"))
    return tuple(
        Row("circle-check", name, done[place])
        if place < reached
        else Row("hourglass", name, said("Not yet"))
        for place, name in enumerate(names)
    )


def paid_page(who: Identified, papers: Papers, claims: Claims) -> Choose:
    """What can be claimed: each e-invoice that stands, unless it was claimed."""
    good = [invoice for invoice in papers.invoices if invoice.state in _ISSUED]
    return Choose(
        title=said("What do you want to claim for?"),
        hint=said("Everything that you paid and that has an invoice"),
        icon="file-invoice",
        presence=who.presence,
        options=tuple(_paid(invoice, claims) for invoice in good),
        nothing=said("Nothing that you paid has an invoice yet. It comes within minutes."),
    )


def _paid(invoice: Invoice, claims: Claims) -> Option:
    claimed = claims.of(invoice.settlement_id)
    return Option(
        invoice.settlement_id,
        _KINDS.get(invoice.kind, said("Invoice")),
        "file-invoice",
        Day(invoice.issued_at),
        Yuan(invoice.total_fen),
        off=_STATES[claimed.state][0] if claimed else "",
    )


def terms_page(who: Identified, terms: ClaimTerms, mode: ClaimMode) -> Show:
    """Nothing leaves the hospital before a press on "agree" and a proof of identity."""
    direct = said("The insurer pays its part to the hospital; you pay the rest.")
    fast = said("Decided within {days} working days.", days=terms.working_days)
    return Show(
        title=said("May the insurer be told about your visit?"),
        hint=said("Nothing is sent unless you agree"),
        icon="shield-plus",
        presence=who.presence,
        text=terms.text,
        buttons=(Button(AGREE, said("I agree, go on")),),
        strip=Strip(Tone.INFO, "clock", direct if mode is ClaimMode.DIRECT else fast),
        needs_all=True,
    )


def policies_page(who: Identified, policies: Policies, mode: ClaimMode) -> Choose:
    """The person's policies; one that does not do this kind of claim says so."""
    return Choose(
        title=said("Which policy?"),
        hint=said("The insurer named these policies of yours"),
        icon="shield-plus",
        presence=who.presence,
        options=tuple(_policy(policy, mode) for policy in policies.policies),
        nothing=said("The insurer knows no policy of yours that is in force."),
    )


def _policy(policy: Policy, mode: ClaimMode) -> Option:
    pays = said(
        "{product}: {percent} % above {deductible}",
        product=policy.product,
        percent=policy.percent,
        deductible=Yuan(policy.deductible_left_fen),
    )
    off = "" if policy.takes(mode) else said("This policy does not do this kind of claim")
    return Option(policy.policy_no, policy.insurer, "shield-plus", pays, off=off)


def apply_page(who: Identified, invoice: Invoice, policy: Policy) -> Show:
    """The last look before the claim leaves the hospital."""
    return Show(
        title=said("Apply for this claim?"),
        hint=said("The fees, the insurance result and the invoice go to the insurer"),
        icon="shield-plus",
        presence=who.presence,
        big_label=_KINDS.get(invoice.kind, said("Invoice")),
        big_value=Yuan(invoice.total_fen),
        sections=(
            Section(
                "",
                (
                    Row("shield-plus", said("Insurer"), policy.insurer, policy.product),
                    Row("calendar-check", said("Invoice of"), Day(invoice.issued_at)),
                ),
            ),
        ),
        buttons=(Button(APPLY, said("Yes, apply")),),
    )


def applied_page(who: Identified, claim: Claim) -> Finished:
    """Sent; whether it pays is the insurer's word, later."""
    refused = claim.state is ClaimState.REFUSED
    until = (
        (Row("calendar-time", said("Decided at the latest on"), Day(claim.expected_by)),)
        if claim.expected_by
        else ()
    )
    return Finished(
        title=said("The insurer refused this claim") if refused else said("Your claim is made"),
        hint=said("Please ask the insurer; what you paid stays paid")
        if refused
        else said("We send you a message when the insurer has decided"),
        tone=Tone.WARNING if refused else Tone.SUCCESS,
        icon="x" if refused else "check",
        presence=who.presence,
        rows=(
            Row("shield-plus", said("Insurer"), claim.insurer),
            Row("receipt-yen", said("You paid"), Yuan(claim.own_fen)),
            *until,
        ),
    )
