"""What pay later says wherever it is signed or ended: the five exclusions, and its slips.

What a reader would get wrong: a slip is the patient's proof, not the agreement; that is kept by the
backend with the text's version and the signer (N01).
"""

from __future__ import annotations

from core.deferral import Signature
from core.phrase import Moment, Phrase, Said, said
from core.slips import WrittenSlip

EXCLUSIONS: dict[str, Said] = {
    "ILLEGAL_ACT": said("Fees from an unlawful act, such as a fight or drugs"),
    "ABORTION_NON_MEDICAL": said("An abortion without medical need"),
    "THIRD_PARTY_LIABILITY": said("Fees that somebody else must bear, such as after an accident"),
    "MALICIOUS_ARREARS": said("People who did not pay on purpose before"),
    "OTHER_UNSUITABLE": said("Other services that cannot wait, as the doctor says"),
}
"""The five cases that are paid at once (N08)."""


def signature_pairs(signed: Signature) -> tuple[tuple[Phrase, Phrase], ...]:
    """Which text, by whom, when, and how it is repaid."""
    guardian = signed.signer == "GUARDIAN"
    return (
        (said("Version of the text"), signed.text_version),
        (said("Signed by"), said("The guardian") if guardian else said("The patient")),
        (said("Signed at"), Moment(signed.signed_at)),
        (
            said("Repayment"),
            said("From the bound account") if signed.repay_by_debit else said("By yourself"),
        ),
    )


def signed_slip(display_name: str, signed: Signature) -> WrittenSlip:
    """What the patient takes home; `display_name` is masked."""
    return WrittenSlip(
        about=signed.agreement_id,
        title=said("Pay after your visit: signed"),
        display_name=display_name,
        pairs=signature_pairs(signed),
        lines=(
            said("When a visit has ended you are told until when to pay everything of it at once."),
            said("You may end this at any time; what you owe by then stays due."),
        ),
    )


def ended_slip(display_name: str, ended: Signature) -> WrittenSlip:
    """Proof that it was ended, and when."""
    return WrittenSlip(
        about=ended.agreement_id,
        title=said("Pay after your visit: ended"),
        display_name=display_name,
        pairs=((said("Ended at"), Moment(ended.cancelled_at)),),
        lines=(said("What you owed by then stays due. You may sign again at any time."),),
    )
