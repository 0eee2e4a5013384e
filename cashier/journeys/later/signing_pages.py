"""The commitment at a window: on the page, and on the paper that is signed (N01, N08, N22)."""

from __future__ import annotations

from cashier.journeys.pad import PAD
from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Field, FieldKind, FieldOption, ForCustomer, WorkSheet
from core.deferral import Agreement, Commitment, SigningPage
from core.deferral_papers import EXCLUSIONS
from core.page_parts import Row, Section, Strip, Tone
from core.papers import PageSection, WrittenPages
from core.phrase import Phrase, said

BY_DEBIT, BY_SELF = "debit", "self"
SIGNED_HERE = Strip(Tone.SUCCESS, "circle-check", said("Signed on the patient's screen"))
_PAPER = Field("signed", said("Read by the patient, and signed on paper"), FieldKind.TICK)


def commitment_sheet(
    at: AtWork,
    page: SigningPage,
    text: Commitment,
    bound: Agreement | None,
    strip: Strip | None = None,
    *,
    by_guardian: bool = False,
    on_paper: bool = True,
) -> WorkSheet:
    """The whole text, who signs it, and that the paper lies here signed (`on_paper`)."""
    steps = tuple(
        Row("check", said("Step {number}", number=n), step) for n, step in enumerate(page.steps, 1)
    )
    never = tuple(Row("receipt-yen", words, "") for words in EXCLUSIONS.values())
    return WorkSheet(
        title=said("Sign pay after the visit"),
        patient=at.patient,
        chip=text.version,
        strip=strip,
        text=text.text,
        sections=(
            Section("", (Row("user", said("Who signs"), _signer(at, by_guardian=by_guardian)),)),
            Section(said("These five are always paid at once"), never),
            Section(said("How it works"), steps),
        ),
        fields=(
            *_repayment(bound),
            *((_PAPER,) if on_paper else ()),
        ),
        actions=(
            Action("sign", said("It is signed")),
            PAD,
            Action("print", said("Print the text to be signed"), key="Ctrl+P", fills=False),
        ),
        customer=ForCustomer(said("Please read what you sign. It is free and up to you.")),
    )


def _signer(at: AtWork, *, by_guardian: bool) -> Phrase:
    return said("The guardian") if by_guardian else at.served.display_name


def _repayment(bound: Agreement | None) -> tuple[Field, ...]:
    """Asked only of somebody who bound an account (W11)."""
    if bound is None:
        return ()
    debit = said("Bound account of {payer}; they are told each time", payer=bound.payer)
    return (
        Field(
            "repayment",
            said("Paid afterwards"),
            FieldKind.CHOICE,
            value=BY_SELF,
            options=(
                FieldOption(BY_SELF, said("By the patient each time")),
                FieldOption(BY_DEBIT, debit),
            ),
        ),
    )


def commitment_paper(at: AtWork, text: Commitment, *, by_guardian: bool) -> WrittenPages:
    """The text in the patient's language, with a line to sign on."""
    who = said("Patient {name}", name=at.served.display_name)
    signer = said("Signed by: {signer}", signer=_signer(at, by_guardian=by_guardian))
    version = said("Version of the text: {version}", version=text.version)
    line = said("Signature and date: ______________________")
    return WrittenPages(
        f"{at.served.patient_id}/{text.version}",
        text.title,
        (PageSection("", (who, version, text.text)), PageSection("", (signer, line))),
    )
