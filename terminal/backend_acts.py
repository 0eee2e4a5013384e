"""Carries out the Acts that speak to the backend; everything here runs in the backend worker."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from backend_client.client import BackendClient
from core.billing import Hold, HoldTerms, Refund, Registration, Settlement, SettlementState
from core.identity import Patient
from core.ports import Done, NotSent, Refused, Unknown
from core.routes import Wish
from core.steps import (
    ActivateCard,
    Bills,
    CancelRegistration,
    CancelSettlement,
    CardReserved,
    CaseOpened,
    CommitSettlement,
    Departments,
    FetchBills,
    FetchDepartments,
    FetchHoldTerms,
    FetchRegistration,
    FindPatient,
    FollowSettlement,
    MakeReferral,
    OpenSettlement,
    Referral,
    RegisterHold,
    RegisterPerson,
    RegisterVisit,
    ReportSuspense,
    ReserveCard,
    VoidCard,
)
from core.window_steps import (
    ConfirmRefund,
    FetchOperator,
    FetchPatient,
    FetchQueue,
    FetchSettlements,
    Operator,
    Queue,
    RequestRefund,
    ResolveSlip,
    ReviewRefund,
    Settlements,
    SignInOperator,
    SlipMeaning,
)
from terminal.clock import now_s, pause

_LOOK_EVERY_MS = 400
_REFUND_FOLLOW_S = 20
_REFUND_FINAL = frozenset({"PAID", "REJECTED", "SUSPENSE"})

No = Refused | NotSent | Unknown


class BackendActs:
    """One method per Act; all of them, and `close`, in the backend worker."""

    def __init__(
        self, client: BackendClient, on_silence: Callable[[], None] = lambda: None
    ) -> None:
        """`on_silence` is told in the backend worker when a request found nobody."""
        self.client, self._on_silence = client, on_silence

    def heard(self, reply: object) -> object:
        """Passes a reply on; a silent backend is looked at again at once."""
        if isinstance(reply, NotSent | Unknown):
            self._on_silence()
        return reply

    def close(self) -> None:
        """Last work of the worker."""
        self.client.close()

    # --- people, cards, visits

    def find_patient(self, step: FindPatient, _wish: Wish) -> Patient | No:
        """Who is it."""
        return self.client.find_patient(step.medium)

    def register_person(self, step: RegisterPerson, _wish: Wish) -> Patient | No:
        """Registering is once per ID number at the backend, so a fresh key is safe."""
        key = str(uuid.uuid4())
        return self.client.register_person(key, step.document, step.phone, step.notice_version)

    def reserve_card(self, step: ReserveCard, _wish: Wish) -> CardReserved | No:
        """A number for one card."""
        return self.client.reserve_card(step.operation_id, step.patient_id)

    def activate_card(self, step: ActivateCard, _wish: Wish) -> Done | No:
        """The card is in the hand."""
        return self.client.activate_card(step.operation_id, step.number, step.uid)

    def void_card(self, step: VoidCard, _wish: Wish) -> Done | No:
        """The card is not outside."""
        return self.client.void_card(step.operation_id, step.number, step.reason)

    def departments(self, _step: FetchDepartments, _wish: Wish) -> Departments | No:
        """Today's."""
        return self.client.departments()

    def register_visit(self, step: RegisterVisit, _wish: Wish) -> Registration | No:
        """A place kept 15 minutes; an unanswered one falls free by itself."""
        key = str(uuid.uuid4())
        return self.client.register_visit(key, step.patient_id, step.schedule_id)

    def registration(self, step: FetchRegistration, _wish: Wish) -> Registration | No:
        """As it stands."""
        return self.client.registration(step.registration_id)

    def cancel_registration(self, step: CancelRegistration, _wish: Wish) -> Done | No:
        """Give the place back."""
        return self.client.cancel_registration(step.registration_id, step.reason)

    def bills(self, step: FetchBills, _wish: Wish) -> Bills | No:
        """What is open."""
        return self.client.bills(step.patient_id)

    def make_referral(self, step: MakeReferral, _wish: Wish) -> Referral | No:
        """A slip to the window."""
        key = str(uuid.uuid4())
        return self.client.make_referral(key, step.patient, step.bills, step.reason)

    # --- settlement, hold, suspense

    def open_settlement(self, step: OpenSettlement, _wish: Wish) -> Settlement | No:
        """Lock and quote."""
        return self.client.open_settlement(step.operation_id, step.patient_id, step.bills)

    def commit_settlement(self, step: CommitSettlement, _wish: Wish) -> Settlement | No:
        """Pay."""
        return self.client.commit_settlement(
            step.operation_id, step.attempt, step.tender, step.auth_code, step.due_fen
        )

    def follow_settlement(
        self, step: FollowSettlement, wish: Wish
    ) -> Settlement | NotSent | Unknown:
        """Look until final; the wish to leave asks once for a reversal and goes on looking."""
        end_s = now_s() + step.limit_s
        cancelled = False
        while True:
            looked = self.client.settlement(step.operation_id)
            if isinstance(looked, NotSent):
                return looked
            if isinstance(looked, Settlement):
                if looked.final or looked.state is SettlementState.QUOTED:
                    return looked
                if wish.is_set() and not cancelled:
                    cancelled = True
                    self.client.cancel_settlement(step.operation_id, "left")
            if now_s() >= end_s:
                return looked if isinstance(looked, Settlement) else Unknown(looked.reason)
            pause(_LOOK_EVERY_MS)

    def cancel_settlement(self, step: CancelSettlement, _wish: Wish) -> Settlement | No:
        """Undo."""
        return self.client.cancel_settlement(step.operation_id, step.reason)

    def hold_terms(self, step: FetchHoldTerms, _wish: Wish) -> HoldTerms | No:
        """May a hold be placed."""
        return self.client.hold_terms(step.patient_id)

    def register_hold(self, step: RegisterHold, _wish: Wish) -> Hold | No:
        """What the POS approved."""
        return self.client.register_hold(step.operation_id, step.patient_id, step.approved)

    def report_suspense(self, step: ReportSuspense, _wish: Wish) -> CaseOpened | No:
        """A person owns it."""
        return self.client.report_suspense(
            step.operation_id, step.kind, step.amount_fen, step.evidence
        )

    # --- window

    def sign_in_operator(self, step: SignInOperator, _wish: Wish) -> Operator | No:
        """Number and password."""
        return self.client.sign_in_operator(step.operator, step.password)

    def operator(self, _step: FetchOperator, _wish: Wish) -> Operator | No:
        """Who is signed in."""
        return self.client.operator()

    def queue(self, _step: FetchQueue, _wish: Wish) -> Queue | No:
        """Who waits."""
        return self.client.queue()

    def resolve_slip(self, step: ResolveSlip, _wish: Wish) -> SlipMeaning | No:
        """What a slip is about."""
        return self.client.resolve_slip(step.text)

    def patient(self, step: FetchPatient, _wish: Wish) -> Patient | No:
        """A patient of the queue."""
        return self.client.patient(step.patient_id)

    def settlements(self, step: FetchSettlements, _wish: Wish) -> Settlements | No:
        """What was settled."""
        return self.client.settlements(step.patient_id)

    def request_refund(self, step: RequestRefund, _wish: Wish) -> Refund | No:
        """Accepted, with a plan."""
        return self.client.request_refund(
            step.operation_id, step.settlement_id, step.line_ids, step.reason
        )

    def review_refund(self, step: ReviewRefund, _wish: Wish) -> Refund | No:
        """The second person."""
        return self.client.review_refund(
            step.operation_id,
            step.attempt,
            step.refund_id,
            step.operator,
            step.password,
            step.approve,
        )

    def confirm_refund(self, step: ConfirmRefund, _wish: Wish) -> Refund | No:
        """Execute, then look until every route is final."""
        answer = self.client.confirm_refund(step.operation_id, step.refund_id)
        end_s = now_s() + _REFUND_FOLLOW_S
        while isinstance(answer, Refund) and answer.state not in _REFUND_FINAL:
            if now_s() >= end_s:
                return answer
            pause(_LOOK_EVERY_MS)
            looked = self.client.refund(answer.refund_id)
            answer = looked if isinstance(looked, Refund) else answer
        return answer
