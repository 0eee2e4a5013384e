"""What I agreed to and what I can be found by; agree and withdraw (H06).

What a reader would get wrong: the privacy notice cannot be withdrawn at a machine, because the
hospital could no longer serve the person there; a window does that.
"""

from __future__ import annotations

from typing import TypeAlias

from core.people import Consent, ConsentKind, Consents, ConsentTexts, Media
from core.ports import Done, NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.media import FetchConsents, FetchMedia, GiveConsent, WithdrawConsent
from kiosk.journeys.cards import permissions_pages as pages
from kiosk.journeys.cards.consent import agreed, consent_texts
from kiosk.journeys.cards.own_data import show_in_full
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Chosen, Pressed

_End: TypeAlias = Refused | NotSent | Unknown | Leave | None
"""How a line of the list ended; None: back to the list."""


async def permissions(start: Start) -> Retry | None:
    """Until they leave."""
    who = await identify("permissions", start.shown)
    if not isinstance(who, Identified):
        return who
    while True:
        consents = await look(FetchConsents(who.patient.patient_id))
        if isinstance(consents, Ended):
            return consents.end
        match await pages.overview(who, consents):
            case Leave() | Back():
                return None
            case Chosen(key):
                ended = await _chosen(who, consents, key)
        match ended:
            case Leave():
                return None
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                return await trouble(reason)


async def _chosen(who: Identified, consents: Consents, key: str) -> _End:
    match key:
        case "media":
            return await _media(who)
        case "data":
            return await _data(who)
    kind = ConsentKind(key.upper())
    consent = consents.standing(kind)
    return await _agree(who, kind) if consent is None else await _withdraw(who, consent)


async def _media(who: Identified) -> _End:
    match await FetchMedia(who.patient.patient_id):
        case Media() as media:
            return _left(await pages.media(who, media))
        case failed:
            return failed


async def _data(who: Identified) -> _End:
    while True:
        answer = await pages.data(who)
        if not isinstance(answer, Pressed) or who.document is None:
            return _left(answer)
        left = await show_in_full(who.document, who.patient.patient_id)
        if left is not None:
            return left


def _left(answer: object) -> Leave | None:
    return answer if isinstance(answer, Leave) else None


async def _agree(who: Identified, kind: ConsentKind) -> _End:
    texts = await consent_texts()
    if not isinstance(texts, ConsentTexts):
        return None
    version = await agreed(texts, kind, who.presence)
    if not isinstance(version, str):
        return _left(version)
    match await GiveConsent(who.patient.patient_id, kind, version):
        case Consent():
            return None
        case failed:
            return failed


async def _withdraw(who: Identified, consent: Consent) -> _End:
    answer = await pages.withdraw(who, consent)
    if not isinstance(answer, Pressed):
        return _left(answer)
    match await WithdrawConsent(who.patient.patient_id, consent.kind):
        case Done():
            return None
        case failed:
            return failed
