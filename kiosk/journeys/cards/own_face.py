"""Be found by one's own face from now on, and end it again (N21).

What a reader would get wrong: to one check of a face is agreed elsewhere; this is a text of its
own. The backend compares the look with the authorities' picture, so nobody lends a face.
"""

from __future__ import annotations

from typing import assert_never

from core.media_rows import media_rows
from core.page_parts import Row, Section, Strip, Tone
from core.people import Consent, ConsentKind, Media
from core.phrase import Day, said
from core.ports import Done, NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.media import AttachFace, FetchConsents, WithdrawConsent
from kiosk.journeys.cards.face import Declined, Look, agreed_look, face_trouble
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.service import Start
from kiosk.steps.pages import Button, Finished, Pressed, Show


async def own_face(start: Start) -> Retry | None:
    """Where it stands already, it can be ended."""
    who = await identify("face", start.shown)
    if not isinstance(who, Identified):
        return who
    consents = await look(FetchConsents(who.patient.patient_id))
    if isinstance(consents, Ended):
        return consents.end
    standing = consents.standing(ConsentKind.FACE_MEDIUM)
    return await _begin(who) if standing is None else await _end(who, standing)


async def _begin(who: Identified) -> Retry | None:
    match await agreed_look(ConsentKind.FACE_MEDIUM, who.presence):
        case Look(picture, version):
            pass
        case Retry() as again:
            return again
        case Declined() | Leave() | None:
            return None
        case other:
            assert_never(other)
    match await AttachFace(who.patient.patient_id, picture.token, version):
        case Media() as media:
            await found_by_face(who, media)
            return None
        case Refused() | NotSent() | Unknown() as failed:
            return await face_trouble(failed)
        case answer:
            assert_never(answer)


async def _end(who: Identified, standing: Consent) -> Retry | None:
    if not isinstance(await stands(who, standing), Pressed):
        return None
    match await WithdrawConsent(who.patient.patient_id, standing.kind):
        case Done():
            await ended(who)
            return None
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


def found_by_face(who: Identified, media: Media) -> Finished:
    """With everything else they are found by."""
    return Finished(
        title=said("You are found by your face from now on"),
        hint=said("{name}, your picture was not kept", name=who.patient.display_name),
        icon="face-id",
        rows=media_rows(media),
        strip=Strip(Tone.INFO, "info-circle", said("You can end this here at any time.")),
        presence=who.presence,
    )


def stands(who: Identified, standing: Consent) -> Show:
    """It is so already; the button ends it."""
    since = said("Since {day}", day=Day(standing.accepted_at))
    return Show(
        title=said("You are found by your face here"),
        hint=said("You can end this. Your other cards and papers stay accepted."),
        icon="face-id",
        sections=(Section("", (Row("face-id", said("Face"), since),)),),
        buttons=(Button("withdraw", said("Do not find me by my face any more"), "x"),),
        presence=who.presence,
    )


def ended(who: Identified) -> Finished:
    """The face finds nobody."""
    return Finished(
        title=said("Your face is not used any more"),
        hint=said("Your other cards and papers stay accepted"),
        icon="face-id",
        presence=who.presence,
    )
