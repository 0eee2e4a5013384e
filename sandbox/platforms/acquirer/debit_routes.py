"""The routes of bound debits and credit lines.

Talk HTTP with the backend. What a reader would get wrong: a debit makes an order, which is then
queried, reversed and refunded as every other order is.
"""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from sandbox.platforms.acquirer.agreements import AgreementState, CancelAnswer, Enrolled
from sandbox.platforms.acquirer.credit import (
    AbuseReport,
    ConfirmAnswer,
    CreditState,
    Product,
    ReportAnswer,
    told,
)
from sandbox.platforms.acquirer.orders import Debit, PayPlan
from sandbox.platforms.acquirer.pay_wire import DebitCode, PayAnswer
from sandbox.platforms.acquirer.pos_wire import Amount, Text
from sandbox.platforms.acquirer.state import AcquirerState


class EnrolRequest(BaseModel):
    """``/agreements/enrol``."""

    reference: Text
    patient_hint: str


class Reference(BaseModel):
    """``/agreements/enrolled``."""

    reference: Text


class AgreementNumber(BaseModel):
    """``/agreements/query`` and ``/agreements/cancel``."""

    agreement_no: Text


class AgreementDebit(BaseModel):
    """``/agreements/debit``."""

    agreement_no: Text
    order_no: Text
    amount_fen: Amount
    description: str = ""


class CreditEnrolRequest(BaseModel):
    """``/credit/enrol``."""

    reference: Text
    product: Product
    id_number: Text


class PatientNumber(BaseModel):
    """``/credit/query`` by the patient."""

    id_number: Text


class ContractNumber(BaseModel):
    """``/credit/query`` by the contract."""

    contract_no: Text


class ConfirmRequest(BaseModel):
    """``/credit/confirm``."""

    contract_no: Text
    id_number: Text


class CreditDebit(BaseModel):
    """``/credit/debit``."""

    contract_no: Text
    order_no: Text
    amount_fen: Amount
    patient_digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class ConfirmDebitRequest(BaseModel):
    """``/credit/confirm_debit``."""

    order_no: Text
    amount_fen: Amount


class AbuseRequest(BaseModel):
    """``/credit/report_abuse``."""

    reference: Text
    contract_no: Text
    reason: Text


def agreement_routes(state: AcquirerState) -> APIRouter:
    """Debit agreements."""
    routes = APIRouter(prefix="/agreements")

    @routes.post("/enrol")
    async def on_enrol(asked: EnrolRequest) -> Enrolled:
        return state.books.agreements.enrol(asked.reference, asked.patient_hint)

    @routes.post("/enrolled", response_model_exclude_none=True)
    async def on_enrolled(asked: Reference) -> AgreementState:
        return state.books.agreements.enrolled(asked.reference)

    @routes.post("/query", response_model_exclude_none=True)
    async def on_query(asked: AgreementNumber) -> AgreementState:
        return state.books.agreements.query(asked.agreement_no)

    @routes.post("/cancel", response_model_exclude_none=True)
    async def on_cancel(asked: AgreementNumber) -> CancelAnswer:
        return state.books.agreements.cancel(asked.agreement_no)

    @routes.post("/debit", response_model_exclude_none=True)
    async def on_debit(asked: AgreementDebit) -> PayAnswer:
        number = asked.agreement_no
        agreement = state.books.agreements.agreements.get(number)
        if agreement is None:
            return PayAnswer("FAIL", code="AGREEMENT_NOT_FOUND")
        debit = Debit(
            order_no=asked.order_no,
            channel=agreement.channel,
            amount_fen=asked.amount_fen,
            source="AGREEMENT",
            account_no=number,
            payer_mask=agreement.payer_mask,
            description=asked.description,
        )
        refusal = agreement.refusal(asked.amount_fen, state.taken_today_fen(number))
        return _debited(state, debit, refusal)

    return routes


def credit_routes(state: AcquirerState) -> APIRouter:
    """Credit lines."""
    routes = APIRouter(prefix="/credit")

    @routes.post("/enrol")
    async def on_enrol(asked: CreditEnrolRequest) -> Enrolled:
        return state.books.credit.enrol(asked.reference, asked.product)

    @routes.post("/query")
    async def on_query(asked: PatientNumber | ContractNumber) -> CreditState:
        if isinstance(asked, PatientNumber):
            found = state.books.credit.of_patient(asked.id_number)
        else:
            found = state.books.credit.of_number(asked.contract_no)
        shown = [told(c, state.available_fen(c.contract_no)) for c in found]
        return CreditState(any(contract.signed for contract in found), shown)

    @routes.post("/confirm", response_model_exclude_none=True)
    async def on_confirm(asked: ConfirmRequest) -> ConfirmAnswer:
        return state.books.credit.confirm(asked.contract_no, asked.id_number)

    @routes.post("/debit", response_model_exclude_none=True)
    async def on_debit(asked: CreditDebit) -> PayAnswer:
        number = asked.contract_no
        contract = state.books.credit.contracts.get(number)
        if contract is None:
            return PayAnswer("FAIL", code="CONTRACT_NOT_FOUND")
        debit = Debit(
            order_no=asked.order_no,
            channel="CREDIT",
            amount_fen=asked.amount_fen,
            source="CREDIT",
            account_no=number,
            payer_mask=contract.owner_mask,
            patient_digest=asked.patient_digest,
        )
        refusal = contract.refusal(
            asked.amount_fen, state.available_fen(number), asked.patient_digest
        )
        return _debited(state, debit, refusal)

    @routes.post("/confirm_debit", response_model_exclude_none=True)
    async def on_confirm_debit(asked: ConfirmDebitRequest) -> ConfirmAnswer:
        order = state.books.wallet.orders.get(asked.order_no)
        if order is None or order.source != "CREDIT" or order.state != "SUCCESS":
            return ConfirmAnswer("FAIL", "ORDER_NOT_FOUND")
        if order.amount_fen != asked.amount_fen:
            return ConfirmAnswer("FAIL", "AMOUNT_DIFFERS")
        order.confirmed = True
        return ConfirmAnswer("CONFIRMED")

    @routes.post("/report_abuse", response_model_exclude_none=True)
    async def on_report(asked: AbuseRequest) -> ReportAnswer:
        report = AbuseReport(asked.reference, asked.contract_no, asked.reason)
        return state.books.credit.report_abuse(report)

    return routes


def _debited(state: AcquirerState, debit: Debit, refusal: DebitCode | None) -> PayAnswer:
    plan = None if refusal is not None else state.next_pay(debit.order_no)
    return state.books.wallet.debit(debit, refusal, plan or PayPlan())
