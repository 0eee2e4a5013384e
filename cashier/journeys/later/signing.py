"""Sign the commitment to pay later at a window: on the patient's screen, or printed and signed on
paper (N01, N22).

What a reader would get wrong: the hospital keeps a signed paper; the backend keeps the version,
the signer, the time, this window and what was drawn. Where a bank lends nothing is signed here; its
code is shown.
"""

from __future__ import annotations

from cashier.journeys.day.saving import printed_strip
from cashier.journeys.later import signing_pages as pages
from cashier.journeys.later.phone import sign_on_phone
from cashier.journeys.pad import signed_on_screen
from cashier.journeys.paper import slip_row
from cashier.journeys.people.find import ask_for_medium
from cashier.journeys.work import AtWork, fetched, refused, told
from cashier.steps.sheet import Pressed
from core.deferral import (
    DEBIT,
    Agreement,
    Commitment,
    Decision,
    SigningPage,
)
from core.deferral_papers import signature_pairs, signed_slip
from core.identity import MediumKind
from core.journeys.print_pages import print_pages
from core.journeys.print_slip import print_slip
from core.journeys.sign import sign_deferral
from core.page_parts import Row, Strip
from core.phrase import said
from core.ports import NotSent, Refused, Unknown
from core.signing import Drawn
from core.steps import Leave
from core.steps.later import FetchSigningPage, FindAgreements, SignDeferral
from core.steps.questions import MediumShown

_TITLE = said("Sign pay after the visit")
_GUARDIAN = "GUARDIAN"


async def sign_up(at: AtWork) -> None:
    """From the text to the slip, or why not."""
    match await fetched(FetchSigningPage(at.served.patient_id), at, _TITLE):
        case SigningPage(decision=Decision(allow=True), commitment=Commitment() as text) as page:
            await _sign(at, page, text)
        case SigningPage(commitment=None, product=product) if product:
            await sign_on_phone(at, product)
        case SigningPage(decision=decision):
            reason = decision.message_key or "deferral.with_bank"
            await refused(at, _TITLE, Refused(reason))
        case None:
            pass


async def _sign(at: AtWork, page: SigningPage, text: Commitment) -> None:
    guardian = ""
    if _GUARDIAN in page.decision.needs:
        words = said("The registered guardian signs: lay the guardian's ID card on the reader.")
        medium = await ask_for_medium(at, _TITLE, words, frozenset({MediumKind.ID_CARD}))
        if medium is None:
            return
        guardian = medium.value
    bound = await _bound(at)
    strip: Strip | None = None
    picture: Drawn | None = None
    while True:
        match await pages.commitment_sheet(
            at, page, text, bound, strip, by_guardian=bool(guardian), on_paper=picture is None
        ):
            case Pressed("pad"):
                picture = await signed_on_screen(at, (text.title, text.text)) or picture
                strip = pages.SIGNED_HERE if picture is not None else None
            case Pressed("print"):
                sheet = pages.commitment_paper(at, text, by_guardian=bool(guardian))
                strip = printed_strip(await print_pages(sheet.about, sheet))
            case Pressed() as pressed:
                by_debit = bound is not None and pressed.value("repayment") == pages.BY_DEBIT
                patient_id = at.served.patient_id
                wish = SignDeferral(patient_id, text.version, picture, guardian, by_debit)
                await _signed(at, wish)
                return
            case Leave() | MediumShown():
                return


async def _bound(at: AtWork) -> Agreement | None:
    """A bound account that may repay by itself (W11); nobody is asked when no bank answers."""
    match await FindAgreements(at.served.patient_id):
        case Refused() | NotSent() | Unknown():
            return None
        case found:
            pays = (one for one in found.agreements if (one.kind, one.state) == (DEBIT, "SIGNED"))
            return next(pays, None)


async def _signed(at: AtWork, wish: SignDeferral) -> None:
    signed = await fetched(sign_deferral(wish), at, _TITLE)
    if signed is None:
        return
    printed = await print_slip(signed_slip(at.served.display_name, signed))
    rows = tuple(Row("circle-check", label, value) for label, value in signature_pairs(signed))
    await told(at, said("Pay-later is signed"), (*rows, slip_row(printed=printed)))
