"""Debit agreements: a payer lets the hospital debit for a patient (rows W01-W06, W11).

Talks to nothing. What a reader would get wrong: signing happens on the payer's phone; the
hospital only shows a QR and asks afterwards.
"""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from sandbox.platforms.acquirer.channels import WalletChannel, masked_name
from sandbox.platforms.acquirer.pay_wire import DebitCode

AgreementStateName = Literal["SIGNED", "CANCELLED"]


@dataclass(slots=True)
class Agreement:
    """One signature; ``daily_limit_fen`` None means that the payer set none."""

    agreement_no: str
    reference: str
    channel: WalletChannel
    payer_mask: str
    daily_limit_fen: int | None
    state: AgreementStateName = "SIGNED"

    def refusal(self, amount_fen: int, taken_today_fen: int) -> DebitCode | None:
        """Why a debit cannot be carried out; None when it can."""
        if self.state == "CANCELLED":
            return "AGREEMENT_CANCELLED"
        limit_fen = self.daily_limit_fen
        if limit_fen is not None and taken_today_fen + amount_fen > limit_fen:
            return "OVER_LIMIT"
        return None


@dataclass(frozen=True, slots=True)
class Enrolled:
    """``/agreements/enrol`` and ``/credit/enrol``."""

    code_url: str


@dataclass(frozen=True, slots=True)
class AgreementState:
    """``/agreements/query`` and ``/agreements/enrolled``."""

    state: AgreementStateName | Literal["WAITING", "NOTFOUND"]
    agreement_no: str | None = None
    channel: WalletChannel | None = None
    payer_mask: str | None = None
    daily_limit_fen: int | None = None


@dataclass(frozen=True, slots=True)
class CancelAnswer:
    """``/agreements/cancel``."""

    result: Literal["CANCELLED", "FAIL"]
    code: Literal["AGREEMENT_NOT_FOUND"] | None = None


@dataclass(frozen=True, slots=True)
class BookedAgreement:
    """An agreement in ``GET /books``."""

    agreement_no: str
    reference: str
    channel: str
    state: str
    payer_mask: str
    daily_limit_fen: int | None


@dataclass(slots=True)
class AgreementBooks:
    """Agreements by their number, and the hints of the QRs shown, by reference."""

    agreements: dict[str, Agreement] = field(default_factory=dict)
    enrolments: dict[str, str] = field(default_factory=dict)

    def enrol(self, reference: str, patient_hint: str) -> Enrolled:
        """The QR that leads a payer to the signing page."""
        self.enrolments.setdefault(reference, patient_hint)
        return Enrolled(f"https://sign.example/agreement/{quote(reference, safe='')}")

    def sign(
        self,
        reference: str,
        channel: WalletChannel,
        payer: str,
        daily_limit_fen: int | None,
        agreement_no: str | None,
    ) -> bool:
        """A person signs on the phone; False when the number is taken."""
        number = agreement_no or f"AG{len(self.agreements) + 1:010d}"
        if number in self.agreements:
            return False
        mask = masked_name(payer)
        self.agreements[number] = Agreement(number, reference, channel, mask, daily_limit_fen)
        return True

    def enrolled(self, reference: str) -> AgreementState:
        """What came of a QR; the newest signature counts."""
        signed = [a for a in self.agreements.values() if a.reference == reference]
        if signed:
            return _state(signed[-1], told_number=signed[-1].agreement_no)
        return AgreementState("WAITING" if reference in self.enrolments else "NOTFOUND")

    def query(self, agreement_no: str) -> AgreementState:
        """Whether an agreement stands."""
        found = self.agreements.get(agreement_no)
        return AgreementState("NOTFOUND") if found is None else _state(found, None)

    def cancel(self, agreement_no: str) -> CancelAnswer:
        """End an agreement; an ended one stays ended."""
        found = self.agreements.get(agreement_no)
        if found is None:
            return CancelAnswer("FAIL", "AGREEMENT_NOT_FOUND")
        found.state = "CANCELLED"
        return CancelAnswer("CANCELLED")

    def booked(self) -> list[BookedAgreement]:
        """Every agreement, oldest first."""
        return [
            BookedAgreement(
                agreement_no=made.agreement_no,
                reference=made.reference,
                channel=made.channel,
                state=made.state,
                payer_mask=made.payer_mask,
                daily_limit_fen=made.daily_limit_fen,
            )
            for made in self.agreements.values()
        ]


def _state(found: Agreement, told_number: str | None) -> AgreementState:
    return AgreementState(
        found.state, told_number, found.channel, found.payer_mask, found.daily_limit_fen
    )
