"""Pages of signing pay later: what it is, the text, who signs, how it is repaid."""

from __future__ import annotations

from core.deferral import Agreement, Commitment, Decision, Signature, SigningPage
from core.deferral_papers import EXCLUSIONS, signature_pairs
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import said
from core.wording import wording
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Choose, Finished, Option, Show, Sign

_TITLE = said("Pay after your visit")
_NO_THANKS = Button("no", said("No, thank you"), "x", main=False)


def offered(who: Identified) -> Show:
    """Once, after a registration fee was paid (N04): nobody has to."""
    return Show(
        title=said("Would you like to pay after your visit?"),
        hint=said("You are treated just the same if you do not."),
        icon="calendar-time",
        presence=who.presence,
        sections=(
            Section(
                "",
                (
                    Row("check", said("Now"), said("No payment before tests and medicine")),
                    Row("clock", said("Afterwards"), said("Pay everything of the visit at once")),
                    Row("x", said("You can end it"), said("At any time, here or on the phone")),
                ),
            ),
        ),
        buttons=(Button("yes", said("Yes, tell me more"), "file-text"), _NO_THANKS),
    )


def explained(who: Identified, page: SigningPage) -> Show:
    """What will happen, and the five cases that are paid at once."""
    steps = tuple(
        Row("check", said("Step {number}", number=n), text) for n, text in enumerate(page.steps, 1)
    )
    return Show(
        title=_TITLE,
        hint=said("It is free. You are treated just the same without it."),
        icon="calendar-time",
        presence=who.presence,
        sections=(
            Section(said("How it works"), steps),
            Section(
                said("These five are always paid at once"),
                tuple(Row("receipt-yen", words, "") for words in EXCLUSIONS.values()),
            ),
        ),
        buttons=(Button("go_on", said("Read what I promise"), "file-text"),),
    )


def promised(who: Identified, commitment: Commitment) -> Show:
    """The text itself, to its end."""
    return Show(
        title=commitment.title,
        hint=said("Please read it to the end."),
        icon="file-text",
        presence=who.presence,
        text=commitment.text,
        needs_all=True,
        buttons=(
            Button("agree", said("I have read it and I agree"), "check"),
            Button("no", said("I do not agree"), "x", main=False),
        ),
    )


def guardian_first(who: Identified) -> Show:
    """Below fourteen a guardian signs (N22)."""
    return Show(
        title=said("A guardian signs for this child"),
        hint=said("The guardian who is registered at this hospital signs with the own ID card."),
        icon="users",
        presence=who.presence,
        strip=Strip(
            Tone.INFO,
            "info-circle",
            said("No guardian is registered? A service window does it with your papers."),
        ),
        buttons=(Button("go_on", said("Lay the guardian's ID card on the reader"), "id"),),
    )


def repaid_how(who: Identified, bound: Agreement) -> Choose:
    """By the bound account by itself, or each time by hand (W11)."""
    return Choose(
        title=said("How would you like to pay afterwards?"),
        hint=said("You may change this by ending and signing again."),
        icon="coins",
        presence=who.presence,
        options=(
            Option(
                "self",
                said("I pay by myself each time"),
                "receipt-yen",
                said("At this machine, on the phone or at a window"),
            ),
            Option(
                "debit",
                said("Take it from my bound account"),
                "building-bank",
                said("Bound account of {payer}; you are told each time", payer=bound.payer),
            ),
        ),
    )


def signature(who: Identified, commitment: Commitment, *, by_guardian: bool) -> Sign:
    """Draw it; what is signed stands beside it."""
    signer = said("The guardian") if by_guardian else who.patient.display_name
    return Sign(
        title=said("Please sign here"),
        hint=said("With your finger, inside the frame"),
        icon="signature",
        presence=who.presence,
        rows=(
            Row("file-text", said("Text"), commitment.title),
            Row("versions", said("Version of the text"), commitment.version),
            Row("user", said("Who signs"), signer),
        ),
    )


def done(who: Identified, signed: Signature, *, printed: bool) -> Finished:
    """Signed."""
    return Finished(
        title=said("You are signed up"),
        hint=said("Bills of a visit now wait until it has ended."),
        icon="check",
        presence=who.presence,
        rows=tuple(Row("check", label, value) for label, value in signature_pairs(signed)),
        printed=printed,
    )


def not_for_you(who: Identified, decision: Decision) -> Show:
    """Why not, and what there is instead; never a bare no (H35, H36)."""
    words = wording(decision.message_key)
    return Show(
        title=said("Pay after your visit is not open to you now"),
        hint=said("You are treated just the same."),
        icon="info-circle",
        presence=who.presence,
        sections=(
            Section(
                "",
                (
                    Row("help-circle", said("Why"), said(words.happened)),
                    Row("route", said("What you can do"), said(words.advice)),
                ),
            ),
            Section(
                said("Other ways to pay"),
                (
                    Row(
                        "receipt-yen",
                        said("Pay each bill"),
                        said("Here, on the phone, at a window"),
                    ),
                    Row(
                        "shield-lock",
                        said("Pre-authorise a card"),
                        said("With your bank card, here"),
                    ),
                    Row("building-bank", said("Bank credit"), said("Sign it on your phone")),
                ),
            ),
        ),
        buttons=(Button("done", said("I understand"), "check"),),
    )
