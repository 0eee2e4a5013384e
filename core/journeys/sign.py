"""Sign with the backend, and note the digest of what was drawn in the journal.

What a reader would get wrong: a signature whose answer was lost is looked for in the account, never
sent a second time; and paper has no digest here, so it leaves no note.
"""

from __future__ import annotations

from core.audit import AuditEvent
from core.deferral import DeferralAccount, Signature
from core.inpatient import SignedSheet
from core.ports import NotSent, Refused, Unknown
from core.signing import Drawn
from core.steps.inpatient import SignSheet
from core.steps.later import FetchDeferral, SignDeferral
from core.steps.media import NoteAudit


async def sign_deferral(wish: SignDeferral) -> Signature | Refused | NotSent | Unknown:
    """The commitment to pay later (N01). Unknown: the account could not say either."""
    answer = await wish
    if isinstance(answer, Unknown):
        match await FetchDeferral(wish.patient_id):
            case DeferralAccount(signature=Signature() as found) as account if account.stands:
                answer = found
            case _:
                return answer
    if isinstance(answer, Signature):
        await _note(answer.agreement_id, answer.signature_digest)
    return answer


async def sign_sheet(
    settlement_id: str, picture: Drawn | None
) -> SignedSheet | Refused | NotSent | Unknown:
    """The sheet of a settlement (L06). `picture` None: signed on paper, which is kept."""
    answer = await SignSheet(settlement_id, picture)
    if isinstance(answer, SignedSheet):
        await _note(settlement_id, answer.image_sha256)
    return answer


async def _note(document_id: str, digest: str) -> None:
    if digest:
        await NoteAudit(AuditEvent.SIGNED, {"document_id": document_id, "signature": digest})
