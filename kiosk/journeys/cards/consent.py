"""Reading a text and agreeing to it; each thing that is agreed to has a text of its own.

What a reader would get wrong: the backend owns the words and their version; a text it does not
have today cannot be agreed to.
"""

from __future__ import annotations

from typing import assert_never

from core.people import ConsentKind, ConsentText, ConsentTexts
from core.phrase import said
from core.ports import CardPresence
from core.steps import Leave
from core.steps.media import FetchConsentTexts
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.look import Ended, look
from kiosk.steps import Back
from kiosk.steps.pages import Button, Pressed, Show

AGREE = Button("agree", said("I have read it and agree"))
NOT_NOW = Button("not_now", said("Not now"), "x", main=False)


async def consent_texts() -> ConsentTexts | Retry | None:
    """Today's texts; anything else was told already."""
    told = await look(FetchConsentTexts())
    return told.end if isinstance(told, Ended) else told


async def agreed(
    texts: ConsentTexts,
    kind: ConsentKind,
    presence: CardPresence | None = None,
    *more: Button,
) -> str | Back | Leave:
    """The version that was agreed to; "" for another button."""
    text = texts.of(kind)
    if text is None:
        await trouble("consent_missing")
        return Leave()
    match await consent_page(text, presence, *more):
        case Pressed(AGREE.word):
            return text.version
        case Pressed():
            return ""
        case Back() | Leave() as left:
            return left
        case other:
            assert_never(other)


def consent_page(text: ConsentText, presence: CardPresence | None = None, *more: Button) -> Show:
    """The whole text; the buttons work once its end was seen."""
    return Show(
        title=text.title,
        hint=said("Please read this to the end, then choose"),
        icon="shield-check",
        text=text.text,
        buttons=(AGREE, *more),
        needs_all=True,
        presence=presence,
    )
