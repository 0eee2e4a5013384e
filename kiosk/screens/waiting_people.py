"""Words while the machine works on who somebody is and what they agreed to."""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
from core.steps.media import (
    AgreeToRelative,
    AskMayBeServed,
    AttachFace,
    BeginAssistance,
    CheckFace,
    EndAssistance,
    EndRelative,
    FetchConsents,
    FetchConsentTexts,
    FetchMedia,
    FetchRelatives,
    GiveConsent,
    NoteAudit,
    RegisterFirstVisit,
    TakePicture,
    WithdrawConsent,
)

_NOTED = said("Your choice is being written down")

WAITING: dict[type[Act[Any]], Said] = {
    FetchConsentTexts: said("The text is being fetched"),
    RegisterFirstVisit: said("You are being registered"),
    FetchConsents: said("We look up what you agreed to"),
    GiveConsent: _NOTED,
    WithdrawConsent: _NOTED,
    FetchMedia: said("We look up your cards"),
    AskMayBeServed: said("We look up what you agreed to"),
    FetchRelatives: said("We look up your relatives"),
    AgreeToRelative: _NOTED,
    EndRelative: _NOTED,
    TakePicture: said("Please look at the camera"),
    CheckFace: said("Your face is being compared"),
    AttachFace: said("Your face is being compared"),
    BeginAssistance: _NOTED,
    EndAssistance: _NOTED,
    NoteAudit: _NOTED,
}
