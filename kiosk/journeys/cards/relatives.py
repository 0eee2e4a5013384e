"""Relatives who act for me: see them, agree to one who asked, end it (N17).

What a reader would get wrong: a relative binds on the phone; a machine never begins a binding.
"""

from __future__ import annotations

from core.people import ConsentKind, ConsentTexts, Relation
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.media import AgreeToRelative, EndRelative, FetchRelatives
from kiosk.journeys.cards import relatives_pages as pages
from kiosk.journeys.cards.consent import agreed, consent_texts
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Chosen, Pressed


async def relatives(start: Start) -> Retry | None:
    """Until they leave."""
    who = await identify("relatives", start.shown)
    if not isinstance(who, Identified):
        return who
    while True:
        told = await look(FetchRelatives(who.patient.patient_id))
        if isinstance(told, Ended):
            return told.end
        relations = told.relations
        match await pages.overview(who, relations):
            case Leave() | Back():
                return None
            case Chosen(key):
                relation = next(one for one in relations if one.relation_id == key)
        match await _change(who, relation):
            case Leave():
                return None
            case Refused(reason, detail):
                return await trouble(reason, detail)
            case NotSent(reason) | Unknown(reason):
                return await trouble(reason)


async def _change(who: Identified, relation: Relation) -> object:
    match await pages.one(who, relation):
        case Pressed("agree"):
            texts = await consent_texts()
            if not isinstance(texts, ConsentTexts):
                return None
            version = await agreed(texts, ConsentKind.RELATIVE, who.presence)
            if isinstance(version, str):
                return await AgreeToRelative(relation.relation_id, version)
            return version
        case Pressed():
            sure = await pages.end(who, relation)
            return await EndRelative(relation.relation_id) if isinstance(sure, Pressed) else sure
        case left:
            return left
