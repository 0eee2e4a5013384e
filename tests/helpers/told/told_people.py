"""What the model backend tells about people."""

from __future__ import annotations

from typing import Any

from core.billing import Text
from core.flow import Act
from core.people import (
    Assistance,
    Consent,
    ConsentKind,
    Consents,
    ConsentText,
    ConsentTexts,
    Decision,
    FaceCheck,
    Media,
    OwnMedium,
    Relation,
    Relations,
)
from core.ports import Done
from core.steps import Recorded
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
    Picture,
    RegisterFirstVisit,
    TakePicture,
    WithdrawConsent,
)
from tests.helpers import people

TEXTS = ConsentTexts(
    tuple(
        ConsentText(kind, "2026-01", Text("同意", "Consent"), Text("您同意……", "You agree …"))
        for kind in ConsentKind
    )
)
CONSENT = Consent(ConsentKind.E_CERTIFICATE, "2026-01", "2026-01-05T09:30:00+08:00", "")
ASKED = Relation(
    *("REL1", "CHILD", "ASKED", "王*", "3***************49", "139****0000"),
    may_see=True,
    may_pay=True,
    since="2026-01-05",
)
MEDIA = Media(
    (
        OwnMedium("HEALTH_CARD", "********0025", "ACTIVE"),
        OwnMedium("SS_CARD", "*****0101", "ACTIVE"),
    )
)

TOLD: dict[type[Act[Any]], object] = {
    FetchConsentTexts: TEXTS,
    RegisterFirstVisit: people.PATIENT,
    FetchConsents: Consents((CONSENT,)),
    GiveConsent: CONSENT,
    WithdrawConsent: Done(),
    FetchMedia: MEDIA,
    AskMayBeServed: Decision(True, "H10", "", ()),
    FetchRelatives: Relations((ASKED,)),
    AgreeToRelative: ASKED,
    EndRelative: ASKED,
    TakePicture: Picture(b"\xff\xd8\xff\xd9"),
    CheckFace: FaceCheck("FC1", True, "2026-01-05T09:30:00+08:00"),
    AttachFace: MEDIA,
    BeginAssistance: Assistance("AS1", "3001", "2026-01-05T09:30:00+08:00", ""),
    EndAssistance: Assistance(
        "AS1", "3001", "2026-01-05T09:30:00+08:00", "2026-01-05T09:40:00+08:00"
    ),
    NoteAudit: Recorded(),
}
