"""Credit lines that pay for treatment, a relative's share of one included (rows H07, H28-H32, L13).

Talks to nothing. What a reader would get wrong: a family contract has no money of its own; what
it shows and spends is what is left of the owner's line.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from sandbox.platforms.acquirer.agreements import Enrolled
from sandbox.platforms.acquirer.channels import masked_name
from sandbox.platforms.acquirer.pay_wire import DebitCode

Product = Literal["BANK_CREDIT_LINE", "BANK_LOAN", "PLATFORM_CREDIT"]
Form = Literal["CREDIT_CARD", "DIGITAL"]


@dataclass(slots=True)
class Contract:
    """``owner_contract_no`` is the line a family contract spends, "" for the owner's own."""

    contract_no: str
    id_number: str
    owner_mask: str
    product: Product
    form: Form
    limit_fen: int
    owner_contract_no: str = ""
    signed: bool = True
    confirmed: bool = False
    repaid_fen: int = 0

    @property
    def kind(self) -> Literal["OWN", "FAMILY"]:
        """Whose line the contract spends."""
        return "FAMILY" if self.owner_contract_no else "OWN"

    def refusal(self, amount_fen: int, available_fen: int, patient_digest: str) -> DebitCode | None:
        """Why a debit cannot be carried out; None when it can."""
        if not self.signed:
            return "CONTRACT_CANCELLED"
        if not self.confirmed:
            return "NOT_CONFIRMED"
        if hashlib.sha256(self.id_number.encode()).hexdigest() != patient_digest:
            return "NOT_THE_HOLDER"
        return "NOT_ENOUGH" if amount_fen > available_fen else None


@dataclass(frozen=True, slots=True)
class ContractState:
    """One contract as ``/credit/query`` tells it."""

    contract_no: str
    signed: bool
    product: Product
    form: Form
    kind: Literal["OWN", "FAMILY"]
    risk_bearer: Literal["BANK", "PLATFORM"]
    limit_fen: int
    available_fen: int
    owner_mask: str


@dataclass(frozen=True, slots=True)
class CreditState:
    """``/credit/query``."""

    signed: bool
    contracts: list[ContractState]


@dataclass(frozen=True, slots=True)
class ConfirmAnswer:
    """``/credit/confirm`` and ``/credit/confirm_debit``."""

    result: Literal["CONFIRMED", "FAIL"]
    code: str | None = None


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """``/credit/report_abuse``."""

    result: Literal["RECORDED", "FAIL"]
    code: Literal["CONTRACT_NOT_FOUND"] | None = None


@dataclass(frozen=True, slots=True)
class AbuseReport:
    """One report, as it was sent first."""

    reference: str
    contract_no: str
    reason: str


@dataclass(slots=True)
class CreditBooks:
    """Contracts by their number, enrolments and reports of abuse by reference."""

    contracts: dict[str, Contract] = field(default_factory=dict)
    enrolments: dict[str, str] = field(default_factory=dict)
    abuse_reports: dict[str, AbuseReport] = field(default_factory=dict)

    def enrol(self, reference: str, product: Product) -> Enrolled:
        """The QR that leads to the page of the bank or platform."""
        self.enrolments.setdefault(reference, product)
        return Enrolled(f"https://sign.example/credit/{quote(reference, safe='')}")

    def sign(
        self,
        contract_no: str,
        id_number: str,
        owner: str,
        limit_fen: int,
        product: Product,
        form: Form,
    ) -> bool:
        """A person gets a line; False when the number is taken."""
        if contract_no in self.contracts:
            return False
        self.contracts[contract_no] = Contract(
            contract_no, id_number, masked_name(owner), product, form, limit_fen
        )
        return True

    def share(self, contract_no: str, id_number: str, family_contract_no: str) -> bool:
        """The owner lets a relative spend the line; False when that cannot be."""
        owner = self.contracts.get(contract_no)
        if owner is None or owner.owner_contract_no or family_contract_no in self.contracts:
            return False
        self.contracts[family_contract_no] = Contract(
            family_contract_no,
            id_number,
            owner.owner_mask,
            owner.product,
            owner.form,
            owner.limit_fen,
            contract_no,
        )
        return True

    def cancel(self, contract_no: str) -> bool:
        """The line ends, and with an owner's the family contracts; False when it is unknown."""
        for contract in self.contracts.values():
            if contract_no in (contract.contract_no, contract.owner_contract_no):
                contract.signed = False
        return contract_no in self.contracts

    def repay(self, contract_no: str, amount_fen: int) -> bool:
        """The owner repays; False when the contract is unknown or a family one."""
        owner = self.contracts.get(contract_no)
        if owner is None or owner.owner_contract_no:
            return False
        owner.repaid_fen += amount_fen
        return True

    def of_patient(self, id_number: str) -> list[Contract]:
        """The contracts a patient may spend, own lines first."""
        found = [made for made in self.contracts.values() if made.id_number == id_number]
        return sorted(found, key=lambda made: made.kind == "FAMILY")

    def of_number(self, contract_no: str) -> list[Contract]:
        """The contract of this number, or none."""
        return [made for made in self.contracts.values() if made.contract_no == contract_no]

    def line_of(self, contract_no: str) -> list[str]:
        """Every contract that spends the same line as this one."""
        contract = self.contracts.get(contract_no)
        owner_no = contract_no
        if contract is not None and contract.owner_contract_no:
            owner_no = contract.owner_contract_no
        return [
            other.contract_no
            for other in self.contracts.values()
            if owner_no in (other.contract_no, other.owner_contract_no)
        ]

    def available_fen(self, contract_no: str, used_fen: int) -> int:
        """What is left of the line after ``used_fen``; repaying too much does not widen it."""
        contract = self.contracts[contract_no]
        owner = self.contracts.get(contract.owner_contract_no, contract)
        return min(owner.limit_fen, owner.limit_fen - used_fen + owner.repaid_fen)

    def confirm(self, contract_no: str, id_number: str) -> ConfirmAnswer:
        """Confirm that the account belongs to this person (H32)."""
        contract = self.contracts.get(contract_no)
        if contract is None:
            return ConfirmAnswer("FAIL", "CONTRACT_NOT_FOUND")
        if not contract.signed:
            return ConfirmAnswer("FAIL", "CONTRACT_CANCELLED")
        if contract.id_number != id_number:
            return ConfirmAnswer("FAIL", "NOT_THE_HOLDER")
        contract.confirmed = True
        return ConfirmAnswer("CONFIRMED")

    def report_abuse(self, report: AbuseReport) -> ReportAnswer:
        """Keep a report; the same reference again changes nothing."""
        if report.contract_no not in self.contracts:
            return ReportAnswer("FAIL", "CONTRACT_NOT_FOUND")
        self.abuse_reports.setdefault(report.reference, report)
        return ReportAnswer("RECORDED")


def told(contract: Contract, available_fen: int) -> ContractState:
    """A contract as the wire tells it."""
    return ContractState(
        contract_no=contract.contract_no,
        signed=contract.signed,
        product=contract.product,
        form=contract.form,
        kind=contract.kind,
        risk_bearer="PLATFORM" if contract.product == "PLATFORM_CREDIT" else "BANK",
        limit_fen=contract.limit_fen,
        available_fen=available_fen,
        owner_mask=contract.owner_mask,
    )
