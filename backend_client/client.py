"""Every request a terminal makes of the settlement backend, a small method each.

Answers with exactly the reply unions of the Acts in `core/steps.py` and `core/window_steps.py`.
What a reader would get wrong: the idempotency key of an operation is made of its id alone, so a
request that is repeated after a crash is the same request. All calls in one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import timedelta, timezone

from backend_client import shapes
from backend_client.exchange import Exchange
from backend_client.shapes import SignedIn, SignedOn, reader
from backend_client.wire import Wire
from core.billing import Bill, Hold, HoldTerms, Refund, Registration, Settlement, TenderKind
from core.clock import Clock
from core.identity import IdDocument, Medium, Patient
from core.operation import OperationKind
from core.ports import Done, HoldApproved, NotSent, Refused, Unknown
from core.slips import ReferralSlip
from core.steps import Bills, CardReserved, CaseOpened, Departments, Referral
from core.window_steps import Operator, Queue, Settlements, SlipMeaning

_CHINA = timezone(timedelta(hours=8))


class BackendClient:
    """The backend as the terminal's backend worker uses it.

    `mark`: the journal's newest sequence number and its hash, told along with each request.
    """

    def __init__(self, wire: Wire, mark: Callable[[], tuple[int, str]], clock: Clock) -> None:
        self._exchange = Exchange(wire, mark)
        self._clock = clock
        self._consent_key = ""
        self._accepted_at = ""

    def close(self) -> None:
        """Give the connection back."""
        self._exchange.close()

    # --- the terminal and its operators ----------------------------------------------------

    def sign_on(
        self, journal_seq: int, journal_head: str, software: str
    ) -> SignedOn | Refused | NotSent | Unknown:
        """Say who and how far; `journal_behind` when the backend has seen a later journal."""
        body = {"journal_seq": journal_seq, "journal_head": journal_head, "software": software}
        return self._exchange.post(shapes.signed_on, "/v1/terminals/sign-on", body=body)

    def sign_in_operator(
        self, operator: str, password: str
    ) -> Operator | Refused | NotSent | Unknown:
        """A member of staff; the session token stays here and goes with every later request."""
        body = {"operator": operator, "password": password}
        reply = self._exchange.post(shapes.signed_in, "/v1/operators/sign-in", body=body)
        if not isinstance(reply, SignedIn):
            return reply
        self._exchange.operator_token = reply.token
        return reply.operator

    def operator(self) -> Operator | Refused | NotSent | Unknown:
        """Who is signed in here, with the shift's sums now."""
        return self._exchange.get(shapes.operator_now, "/v1/operators/me")

    def sign_out_operator(self) -> None:
        """End the session at the backend, and forget its token whatever becomes of that."""
        if self._exchange.operator_token:
            self._exchange.post(shapes.signed_out, "/v1/operators/sign-out", body={})
        self._exchange.operator_token = ""

    # --- people and cards --------------------------------------------------------------------

    def find_patient(self, medium: Medium) -> Patient | Refused | NotSent | Unknown:
        """Who this ID card, health card or insurance e-code belongs to."""
        body = {"medium": {"kind": medium.kind.value, "value": medium.value}}
        return self._exchange.post(reader(Patient), "/v1/people/identify", body=body)

    def patient(self, patient_id: str) -> Patient | Refused | NotSent | Unknown:
        """A patient by id; windows only."""
        return self._exchange.get(reader(Patient), "/v1/patients/{}", patient_id)

    def register_person(
        self, key: str, document: IdDocument, phone: str, notice_version: str
    ) -> Patient | Refused | NotSent | Unknown:
        """Register from an ID card (S03); a known person without a card is answered too.

        The time of consent is that of the first try with this key: a repeat must be the same
        request.
        """
        if key != self._consent_key:
            self._consent_key = key
            now = self._clock.wall().astimezone(_CHINA)
            self._accepted_at = now.isoformat(timespec="seconds")
        consent = {"notice_version": notice_version, "accepted_at": self._accepted_at}
        body = {"document": document.told(), "phone": phone, "consent": consent}
        return self._exchange.post(reader(Patient), "/v1/people", body=body, key=key)

    def reserve_card(
        self, operation_id: str, patient_id: str
    ) -> CardReserved | Refused | NotSent | Unknown:
        """A card number of 12 digits, one card per person (S07)."""
        body, key = {"patient_id": patient_id}, f"{operation_id}/reserve"
        return self._exchange.post(shapes.card_reserved, "/v1/cards", body=body, key=key)

    def activate_card(
        self, operation_id: str, number: str, uid: str
    ) -> Done | Refused | NotSent | Unknown:
        """The patient has it. `uid`: the chip's own number, hex."""
        return self._exchange.post(
            shapes.card_is(number, "ACTIVE"),
            "/v1/cards/{}/activate",
            number,
            body={"uid": uid},
            key=f"{operation_id}/activate",
        )

    def void_card(
        self, operation_id: str, number: str, reason: str
    ) -> Done | Refused | NotSent | Unknown:
        """The card was captured or never left the machine."""
        return self._exchange.post(
            shapes.card_is(number, "VOID"),
            "/v1/cards/{}/void",
            number,
            body={"reason": reason},
            key=f"{operation_id}/void",
        )

    # --- visits and bills --------------------------------------------------------------------

    def departments(self) -> Departments | Refused | NotSent | Unknown:
        """Today's schedule (S29)."""
        return self._exchange.get(reader(Departments), "/v1/departments")

    def register_visit(
        self, key: str, patient_id: str, schedule_id: str
    ) -> Registration | Refused | NotSent | Unknown:
        """Keep a place with a doctor for 15 minutes; its bill is settled like any other."""
        body = {"patient_id": patient_id, "schedule_id": schedule_id}
        return self._exchange.post(reader(Registration), "/v1/registrations", body=body, key=key)

    def registration(self, registration_id: str) -> Registration | Refused | NotSent | Unknown:
        """As it stands: with a queue number once paid."""
        read = reader(Registration, registration_id=registration_id)
        return self._exchange.get(read, "/v1/registrations/{}", registration_id)

    def cancel_registration(
        self, registration_id: str, reason: str
    ) -> Done | Refused | NotSent | Unknown:
        """Give an unpaid place back."""
        return self._exchange.post(
            shapes.registration_cancelled(registration_id),
            "/v1/registrations/{}/cancel",
            registration_id,
            body={"reason": reason},
            key=f"{registration_id}/cancel",
        )

    def bills(self, patient_id: str) -> Bills | Refused | NotSent | Unknown:
        """What is to be paid."""
        return self._exchange.get(shapes.open_bills, "/v1/patients/{}/bills", patient_id)

    def make_referral(
        self, key: str, patient: Patient, bills: Sequence[Bill], reason: str
    ) -> Referral | Refused | NotSent | Unknown:
        """A slip that sends the patient to a window; nothing of money happens (S20)."""
        body = {
            "patient_id": patient.patient_id,
            "bill_ids": [bill.bill_id for bill in bills],
            "reason": reason,
        }
        read = reader(shapes.ReferralMade)
        match self._exchange.post(read, "/v1/referrals", body=body, key=key):
            case shapes.ReferralMade(slip, window):
                return Referral(ReferralSlip(patient, tuple(bills), slip, window, reason))
            case other:
                return other

    # --- settlements -------------------------------------------------------------------------

    def open_settlement(
        self, operation_id: str, patient_id: str, bills: Sequence[Bill]
    ) -> Settlement | Refused | NotSent | Unknown:
        """Lock the bills and quote; the settlement's id is the operation's."""
        named = [{"bill_id": bill.bill_id, "version": bill.version} for bill in bills]
        return self._exchange.post(
            shapes.settlement_of(operation_id),
            "/v1/settlements",
            body={"patient_id": patient_id, "bills": named},
            key=operation_id,
        )

    def commit_settlement(
        self,
        operation_id: str,
        attempt: int,
        tender: TenderKind | None,
        auth_code: str,
        due_fen: int,
    ) -> Settlement | Refused | NotSent | Unknown:
        """Pay. `tender` None: existing money covers it. `attempt` counts refused tries."""
        kind = "NONE" if tender is None else tender.value
        return self._exchange.post(
            shapes.settlement_of(operation_id),
            "/v1/settlements/{}/commit",
            operation_id,
            body={"tender": kind, "auth_code": auth_code, "amount_fen": due_fen},
            key=f"{operation_id}/commit/{attempt}",
        )

    def settlement(self, operation_id: str) -> Settlement | NotSent | Unknown:
        """Look once, for FollowSettlement.

        NotSent has that Act's meaning and comes only from the backend's own word that it knows
        no such settlement; a backend that cannot be reached is Unknown.
        """
        read = shapes.settlement_of(operation_id)
        match self._exchange.get(read, "/v1/settlements/{}", operation_id):
            case Refused("unknown_settlement" as reason):
                return NotSent(reason)
            case Refused(reason) | NotSent(reason):
                return Unknown(reason)
            case told:
                return told

    def cancel_settlement(
        self, operation_id: str, reason: str
    ) -> Settlement | Refused | NotSent | Unknown:
        """Undo, in reverse order; answers with what is true afterwards."""
        return self._exchange.post(
            shapes.settlement_of(operation_id),
            "/v1/settlements/{}/cancel",
            operation_id,
            body={"reason": reason},
            key=f"{operation_id}/cancel",
        )

    def settlements(self, patient_id: str) -> Settlements | Refused | NotSent | Unknown:
        """What this patient settled in the last 30 days, newest first; windows only."""
        return self._exchange.get(reader(Settlements), "/v1/patients/{}/settlements", patient_id)

    # --- holds, doubts, slips ----------------------------------------------------------------

    def hold_terms(self, patient_id: str) -> HoldTerms | Refused | NotSent | Unknown:
        """May this patient place a hold, and between which limits (S10, S16)."""
        return self._exchange.get(reader(HoldTerms), "/v1/patients/{}/hold-terms", patient_id)

    def register_hold(
        self, operation_id: str, patient_id: str, approved: HoldApproved
    ) -> Hold | Refused | NotSent | Unknown:
        """Tell the backend what the POS approved."""
        body = {"patient_id": patient_id, **asdict(approved)}
        return self._exchange.post(reader(Hold), "/v1/holds", body=body, key=f"{operation_id}/hold")

    def report_suspense(
        self, operation_id: str, kind: OperationKind, amount_fen: int, evidence: str
    ) -> CaseOpened | Refused | NotSent | Unknown:
        """Hand a doubt to a person, with the evidence there is."""
        body = {
            "operation_kind": kind.value,
            "operation_id": operation_id,
            "amount_fen": amount_fen,
            "evidence": evidence,
            "patient_id": None,
        }
        key = f"{operation_id}/suspense"
        return self._exchange.post(reader(CaseOpened), "/v1/suspense", body=body, key=key)

    def resolve_slip(self, text: str) -> SlipMeaning | Refused | NotSent | Unknown:
        """Check a slip's MAC and find what it is about."""
        return self._exchange.post(reader(SlipMeaning), "/v1/slips/resolve", body={"text": text})

    # --- the window --------------------------------------------------------------------------

    def queue(self) -> Queue | Refused | NotSent | Unknown:
        """Referrals and refund requests that wait for a window."""
        return self._exchange.get(reader(Queue), "/v1/queue")

    def request_refund(
        self, operation_id: str, settlement_id: str, line_ids: Sequence[str], reason: str
    ) -> Refund | Refused | NotSent | Unknown:
        """Ask for the refund of some lines; answers with the plan of routes (W20)."""
        body = {"settlement_id": settlement_id, "line_ids": list(line_ids), "reason": reason}
        return self._exchange.post(
            reader(Refund, settlement_id=settlement_id),
            "/v1/refunds",
            body=body,
            key=f"{operation_id}/refund",
        )

    def review_refund(
        self,
        operation_id: str,
        attempt: int,
        refund_id: str,
        operator: str,
        password: str,
        approve: bool,
    ) -> Refund | Refused | NotSent | Unknown:
        """A second person's word. `attempt` counts refused tries, a wrong password for one."""
        return self._exchange.post(
            reader(Refund, refund_id=refund_id),
            "/v1/refunds/{}/review",
            refund_id,
            body={"operator": operator, "password": password, "approve": approve},
            key=f"{operation_id}/review/{attempt}",
        )

    def confirm_refund(
        self, operation_id: str, refund_id: str
    ) -> Refund | Refused | NotSent | Unknown:
        """Execute a reviewed refund; CONFIRMED in the answer means: look again with `refund`."""
        return self._exchange.post(
            reader(Refund, refund_id=refund_id),
            "/v1/refunds/{}/confirm",
            refund_id,
            body={},
            key=f"{operation_id}/confirm",
        )

    def refund(self, refund_id: str) -> Refund | Refused | NotSent | Unknown:
        """A refund as it stands."""
        return self._exchange.get(reader(Refund, refund_id=refund_id), "/v1/refunds/{}", refund_id)
