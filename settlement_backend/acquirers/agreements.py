"""Money that a payer agreed to beforehand, at one bank: bound debits and credit lines.

Talks to the bank's gateway through `outside` (docs/platforms/acquirer.md). What a reader would get
wrong: signing happens on a phone; the hospital shows a code and asks afterwards what came of it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from settlement_backend.acquirers.reading import done, silent, taking, word
from settlement_backend.acquirers.words import Declined, Taking
from settlement_backend.base.outside import Done, Json, NotFound, Outside, Silent

ContractKind = Literal["OWN", "FAMILY"]


@dataclass(frozen=True, slots=True)
class CodeUrl:
    """What the payer's phone opens."""

    url: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The code was shown; nobody signed yet."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A debit agreement. `daily_limit_fen`: the payer's own limit, 0 when he set none."""

    agreement_no: str
    channel: str
    payer: str
    daily_limit_fen: int


@dataclass(frozen=True, slots=True)
class Cancelled:
    """An agreement that ended."""


@dataclass(frozen=True, slots=True)
class Contract:
    """A credit line; a FAMILY one spends the line of a relative (H28, H31)."""

    contract_no: str
    signed: bool
    product: str
    form: str
    kind: ContractKind
    risk_bearer: str
    available_fen: int
    owner: str


class Agreements:
    """One method a request; no method raises for what the other side does."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside

    # --- bound debit

    def enrol(self, reference: str, patient_hint: str) -> CodeUrl | Silent:
        """The code a payer signs by; the same reference again is the same code (W02)."""
        return self._code_url(
            "/agreements/enrol", {"reference": reference, "patient_hint": patient_hint}
        )

    def enrolled(self, reference: str) -> Signed | Waiting | Cancelled | NotFound | Silent:
        """What came of it."""
        answer = self._outside.ask("/agreements/enrolled", {"reference": reference})
        if answer is not None and answer.get("state") == "WAITING":
            return Waiting()
        return _agreement("/agreements/enrolled", answer, "")

    def agreement(self, agreement_no: str) -> Signed | Cancelled | NotFound | Silent:
        """Whether it stands; payers cancel on their phones."""
        answer = self._outside.ask("/agreements/query", {"agreement_no": agreement_no})
        return _agreement("/agreements/query", answer, agreement_no)

    def debit(self, agreement_no: str, order_no: str, amount_fen: int) -> Taking:
        """Debit the payer; an order number is paid at most once, and nobody types a password."""
        body = {"agreement_no": agreement_no, "order_no": order_no, "amount_fen": amount_fen}
        path = "/agreements/debit"
        return taking(path, self._outside.ask(path, {**body, "description": "hospital fees"}))

    def cancel(self, agreement_no: str) -> Done | Declined | Silent:
        """End it; asking again is harmless."""
        path = "/agreements/cancel"
        return done(path, self._outside.ask(path, {"agreement_no": agreement_no}))

    # --- credit lines

    def enrol_credit(self, reference: str, product: str, id_number: str) -> CodeUrl | Silent:
        """The page of the bank or the platform where the patient signs (L13)."""
        body = {"reference": reference, "product": product, "id_number": id_number}
        return self._code_url("/credit/enrol", body)

    def contracts(self, id_number: str) -> tuple[Contract, ...] | Silent:
        """Every line of this person, own ones first (A.b1)."""
        return self._contracts({"id_number": id_number})

    def contract(self, contract_no: str) -> Contract | NotFound | Silent:
        """One line as it stands."""
        match self._contracts({"contract_no": contract_no}):
            case (found, *_):
                return found
            case Silent() as nothing:
                return nothing
        return NotFound()

    def confirm(self, contract_no: str, id_number: str) -> Done | Declined | Silent:
        """Account confirmation: it is this person's line (H32)."""
        path = "/credit/confirm"
        body = {"contract_no": contract_no, "id_number": id_number}
        return done(path, self._outside.ask(path, body))

    def debit_credit(
        self, contract_no: str, order_no: str, amount_fen: int, id_number: str
    ) -> Taking:
        """Debit a line for this patient; the bank sees a digest of the ID number."""
        body = {
            "contract_no": contract_no,
            "order_no": order_no,
            "amount_fen": amount_fen,
            "patient_digest": hashlib.sha256(id_number.encode()).hexdigest(),
        }
        return taking("/credit/debit", self._outside.ask("/credit/debit", body))

    def confirm_debit(self, order_no: str, amount_fen: int) -> Done | Declined | Silent:
        """Transaction confirmation: the treatment took place as billed (H32)."""
        path = "/credit/confirm_debit"
        body = {"order_no": order_no, "amount_fen": amount_fen}
        return done(path, self._outside.ask(path, body))

    def report_abuse(
        self, reference: str, contract_no: str, reason: str
    ) -> Done | Declined | Silent:
        """A malicious use, told by a person; one reference is recorded once (H32)."""
        path = "/credit/report_abuse"
        body = {"reference": reference, "contract_no": contract_no, "reason": reason}
        return done(path, self._outside.ask(path, body))

    def _code_url(self, path: str, body: Json) -> CodeUrl | Silent:
        answer = self._outside.ask(path, body)
        match answer:
            case {"code_url": str(url)}:
                return CodeUrl(url)
        return silent(path, answer)

    def _contracts(self, body: Json) -> tuple[Contract, ...] | Silent:
        answer = self._outside.ask("/credit/query", body)
        match answer:
            case {"contracts": list(told)}:
                found = [_contract(each) for each in told]
                read = tuple(each for each in found if each is not None)
                return read if len(read) == len(told) else silent("/credit/query", answer)
        return silent("/credit/query", answer)


def _agreement(
    path: str, answer: Json | None, agreement_no: str
) -> Signed | Cancelled | NotFound | Silent:
    match answer:
        case {"state": "SIGNED", "channel": str(channel), "payer_mask": str(payer)}:
            number = agreement_no or word(answer, "agreement_no")
            limit_fen = (answer or {}).get("daily_limit_fen") or 0
            if number and isinstance(limit_fen, int):
                return Signed(number, channel, payer, limit_fen)
        case {"state": "CANCELLED"}:
            return Cancelled()
        case {"state": "NOTFOUND"}:
            return NotFound()
    return silent(path, answer)


def _contract(told: object) -> Contract | None:
    match told:
        case {
            "contract_no": str(number),
            "signed": bool(signed),
            "product": str(product),
            "form": str(form),
            "kind": "OWN" | "FAMILY" as kind,
            "risk_bearer": str(risk_bearer),
            "available_fen": int(available_fen),
            "owner_mask": str(owner),
        }:
            return Contract(number, signed, product, form, kind, risk_bearer, available_fen, owner)
    return None
