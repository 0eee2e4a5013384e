"""First visit with whatever one has: register a card or code here (S06, H09, A.a3).

What a reader would get wrong: somebody who is known already is not registered twice; what is
still missing to be served by code, the permission of H06, is asked for then (H10).
"""

from __future__ import annotations

from typing import assert_never

from core.media_rows import media_rows
from core.page_parts import Strip, Tone
from core.people import Consent, ConsentKind, ConsentTexts, Decision, Media
from core.phrase import said
from core.ports import NotSent, Refused, Unknown
from core.steps.media import AskMayBeServed, FetchMedia, GiveConsent
from kiosk.journeys.cards.consent import NOT_NOW, agreed, consent_texts
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import FIRST_VISIT, Identified, identify
from kiosk.journeys.service import Start
from kiosk.steps.pages import Finished

_PERMISSION = "E_CERTIFICATE_OR_CREDIT_SIGNING"


async def register_medium(start: Start) -> Retry | None:
    """From anything that is shown to a person of this hospital."""
    who = await identify(FIRST_VISIT, start.shown)
    if not isinstance(who, Identified):
        return who
    match await AskMayBeServed(who.patient.patient_id):
        case Decision(allow=True):
            return await _end(who, allowed=True)
        case Decision(needs=needs):
            if _PERMISSION not in needs:
                return await _end(who, allowed=False)
            return await _permit(who)
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _permit(who: Identified) -> Retry | None:
    texts = await consent_texts()
    if not isinstance(texts, ConsentTexts):
        return texts
    kind = ConsentKind.E_CERTIFICATE
    version = await agreed(texts, kind, who.presence, NOT_NOW)
    if not isinstance(version, str):
        return None
    if not version:
        return await _end(who, allowed=False)
    match await GiveConsent(who.patient.patient_id, kind, version):
        case Consent():
            return await _end(who, allowed=True)
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _end(who: Identified, *, allowed: bool) -> Retry | None:
    match await FetchMedia(who.patient.patient_id):
        case Media() as media:
            await finished(who, media, allowed=allowed)
        case _:
            await finished(who, Media(()), allowed=allowed)
    return None


def finished(who: Identified, media: Media, *, allowed: bool) -> Finished:
    """Registered; `allowed`: also to be served by code."""
    strip = Strip(Tone.SUCCESS, "shield-check", said("Your insurance code may be used here"))
    if not allowed:
        strip = Strip(
            Tone.INFO,
            "info-circle",
            said("Your insurance code may not be used here yet. Your cards may."),
        )
    return Finished(
        title=said("You are registered at this hospital"),
        hint=said("{name}, show any of these next time", name=who.patient.display_name),
        icon="user-check",
        rows=media_rows(media),
        strip=strip,
        presence=who.presence,
    )
