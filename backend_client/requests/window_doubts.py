"""Cases, enquiries and complaints, whose money it is, and reports of problems.

What a reader would get wrong: keys are fresh ones. A case ends once by its own state, and whoever
lost an answer looks at the case again before saying anything twice.
"""

from __future__ import annotations

from backend_client import shapes
from backend_client.exchange import Body, Exchange, Requests, Told, fresh_key
from backend_client.shapes import reader
from core.billing import Settlement
from core.cases import Case, Cases, Enquiries, Enquiry, FoundPatients
from core.ports import Done
from core.steps.window_doubts import (
    AddEvidence,
    AnswerEnquiry,
    DecideCase,
    FetchCase,
    FetchCases,
    FetchDoubted,
    FetchEnquiries,
    FindMoney,
    GiveCase,
    HandleEnquiry,
    ReportProblem,
    ResolveCase,
    TakeDown,
    Vouched,
)


def cases(backend: Exchange, step: FetchCases) -> Told[Cases]:
    """Those that are due first."""
    path = "/v1/cases?state={}&patient_id={}"
    return backend.get(reader(Cases), path, step.state, step.patient_id)


def case(backend: Exchange, step: FetchCase) -> Told[Case]:
    """One."""
    return backend.get(reader(Case, case_id=step.case_id), "/v1/cases/{}", step.case_id)


def doubted(backend: Exchange, step: FetchDoubted) -> Told[Settlement]:
    """As it stands."""
    read = reader(Settlement, settlement_id=step.settlement_id)
    return backend.get(read, "/v1/settlements/{}", step.settlement_id)


def add_evidence(backend: Exchange, step: AddEvidence) -> Told[Case]:
    """What is known now."""
    return _about_case(backend, step.case_id, "evidence", {"text": step.text})


def give(backend: Exchange, step: GiveCase) -> Told[Case]:
    """Take it over, or hand it on."""
    body = {"owner": step.owner, "reason": step.reason}
    return _about_case(backend, step.case_id, "owner", body)


def resolve(backend: Exchange, step: ResolveCase) -> Told[Case]:
    """The end of a case that holds no money up."""
    body = {"outcome": step.outcome, **_vouched(step.vouched)}
    return _about_case(backend, step.case_id, "resolve", body)


def decide(backend: Exchange, step: DecideCase) -> Told[Case]:
    """What is in suspense goes on."""
    body = {
        "decision": step.decision,
        "tender_id": step.tender_id,
        "part_id": step.part_id,
        "proof": step.proof,
        **_vouched(step.vouched),
    }
    return _about_case(backend, step.case_id, "decide", body)


def enquiries(backend: Exchange, step: FetchEnquiries) -> Told[Enquiries]:
    """H33, H38."""
    path = "/v1/enquiries?state={}&kind={}"
    return backend.get(reader(Enquiries), path, step.state, step.kind)


def take_down(backend: Exchange, step: TakeDown) -> Told[Enquiry]:
    """A new one with its deadline."""
    body = {
        "kind": step.kind,
        "name": step.name,
        "contact": step.contact,
        "content": step.content,
        "patient_id": step.patient_id,
    }
    return backend.post(reader(Enquiry), "/v1/enquiries", body=body, key=fresh_key())


def handle(backend: Exchange, step: HandleEnquiry) -> Told[Enquiry]:
    """One step."""
    return _about_enquiry(backend, step.enquiry_id, "steps", {"text": step.text})


def answer(backend: Exchange, step: AnswerEnquiry) -> Told[Enquiry]:
    """Its end."""
    return _about_enquiry(backend, step.enquiry_id, "answer", {"answer": step.answer})


def find_money(backend: Exchange, step: FindMoney) -> Told[FoundPatients]:
    """Only what was told is sent."""
    told = {
        "slip": step.slip,
        "case_id": step.case_id,
        "phone_tail": step.phone_tail,
        "name": step.name,
        "amount_fen": step.amount_fen,
        "day": step.day,
    }
    body = {name: value for name, value in told.items() if value}
    return backend.post(reader(FoundPatients), "/v1/money/find", body=body)


def report_problem(backend: Exchange, step: ReportProblem) -> Told[Done]:
    """A ticket (S52)."""
    body = {"subject": step.subject, "text": step.text, "screen": step.screen}
    return backend.post(shapes.ticket_opened, "/v1/trouble-tickets", body=body, key=fresh_key())


def _vouched(vouched: Vouched) -> dict[str, object]:
    return {
        "reason": vouched.reason,
        "second_operator": vouched.second_operator,
        "second_password": vouched.second_password,
    }


def _about_case(backend: Exchange, case_id: str, what: str, body: Body) -> Told[Case]:
    read = reader(Case, case_id=case_id)
    return backend.post(read, "/v1/cases/{}/{}", case_id, what, body=body, key=fresh_key())


def _about_enquiry(backend: Exchange, enquiry_id: str, what: str, body: Body) -> Told[Enquiry]:
    read = reader(Enquiry, enquiry_id=enquiry_id)
    return backend.post(read, "/v1/enquiries/{}/{}", enquiry_id, what, body=body, key=fresh_key())


REQUESTS: Requests = {
    FetchCases: cases,
    FetchCase: case,
    FetchDoubted: doubted,
    AddEvidence: add_evidence,
    GiveCase: give,
    ResolveCase: resolve,
    DecideCase: decide,
    FetchEnquiries: enquiries,
    TakeDown: take_down,
    HandleEnquiry: handle,
    AnswerEnquiry: answer,
    FindMoney: find_money,
    ReportProblem: report_problem,
}
