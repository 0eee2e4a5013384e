"""Requests about people."""

from __future__ import annotations

from contract_answers import PATIENT, PATIENT_JSON, Json, text
from request_cases import FRESH, Case

from core.billing import Text
from core.identity import Medium, MediumKind
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
    RegisterFirstVisit,
    WithdrawConsent,
)

_AT, _NOW = "2026-03-05T09:12:00+08:00", "2026-03-05T09:02:03+08:00"
_TOKEN = "a3" * 32
_ACCEPTED: Json = {"notice_version": "2026-01", "accepted_at": _NOW}
_CODE = Medium(MediumKind.CITY_CODE, "CITYWANGJ100000000000000000000000001")
_CODE_JSON: Json = {"kind": "CITY_CODE", "value": _CODE.value}
_TEXT_JSON: Json = {
    "kind": "FACE",
    "version": "2026-01",
    "title": text("人脸核验同意", "Checking your face"),
    "text": text("仅用于……", "Used only …"),
}
_TEXT = ConsentText(
    ConsentKind.FACE,
    "2026-01",
    Text("人脸核验同意", "Checking your face"),
    Text("仅用于……", "Used only …"),
)
_CONSENT_JSON: Json = {
    "kind": "FACE",
    "version": "2026-01",
    "accepted_at": _AT,
    "withdrawn_at": "",
}
_CONSENT = Consent(ConsentKind.FACE, "2026-01", _AT, "")
_RELATION_JSON: Json = {
    "relation_id": "r-1",
    "kind": "CHILD",
    "state": "ACTIVE",
    "display_name": "王*",
    "display_id": "3***************49",
    "display_phone": "139****0000",
    "may_see": True,
    "may_pay": False,
    "since": "2026-03-05",
}
_RELATION = Relation(
    *("r-1", "CHILD", "ACTIVE", "王*", "3***************49", "139****0000"),
    may_see=True,
    may_pay=False,
    since="2026-03-05",
)
_HELP_JSON: Json = {"assistance_id": "a-1", "staff": "2107", "since": _AT, "ended_at": ""}
_MEDIUM_JSON: Json = {"kind": "SS_CARD", "display_value": "*****0101", "state": "ACTIVE"}

CASES: dict[str, Case] = {
    "consent texts": Case(
        FetchConsentTexts(),
        "GET /v1/consents/texts",
        None,
        "",
        {"texts": [_TEXT_JSON]},
        ConsentTexts((_TEXT,)),
    ),
    "first visit": Case(
        RegisterFirstVisit(_CODE, "13800005628", "2026-01", "2026-01"),
        "POST /v1/people/first-visit",
        {
            "medium": _CODE_JSON,
            "phone": "13800005628",
            "consent": _ACCEPTED,
            "permission": _ACCEPTED,
        },
        FRESH,
        {**PATIENT_JSON, "by_relative": False},
        PATIENT,
        201,
    ),
    "first visit without a permission": Case(
        RegisterFirstVisit(_CODE, "13800005628", "2026-01"),
        "POST /v1/people/first-visit",
        {"medium": _CODE_JSON, "phone": "13800005628", "consent": _ACCEPTED},
        FRESH,
        {**PATIENT_JSON, "by_relative": False},
        PATIENT,
        201,
    ),
    "consents": Case(
        FetchConsents("p-1"),
        "GET /v1/patients/p-1/consents",
        None,
        "",
        {"consents": [_CONSENT_JSON]},
        Consents((_CONSENT,)),
    ),
    "give a consent": Case(
        GiveConsent("p-1", ConsentKind.FACE, "2026-01"),
        "POST /v1/patients/p-1/consents",
        {"kind": "FACE", "consent": _ACCEPTED},
        FRESH,
        _CONSENT_JSON,
        _CONSENT,
        201,
    ),
    "withdraw a consent": Case(
        WithdrawConsent("p-1", ConsentKind.FACE),
        "POST /v1/patients/p-1/consents/withdraw",
        {"kind": "FACE"},
        FRESH,
        {},
        Done(),
    ),
    "media": Case(
        FetchMedia("p-1"),
        "GET /v1/patients/p-1/media",
        None,
        "",
        {"media": [_MEDIUM_JSON]},
        Media((OwnMedium("SS_CARD", "*****0101", "ACTIVE"),)),
    ),
    "may be served": Case(
        AskMayBeServed("p-1"),
        "GET /v1/patients/p-1/may/be-served",
        None,
        "",
        {"allow": False, "rule_id": "H10", "message_key": "first_visit.incomplete", "needs": ["A"]},
        Decision(False, "H10", "first_visit.incomplete", ("A",)),
    ),
    "relatives": Case(
        FetchRelatives("p-1"),
        "GET /v1/patients/p-1/relatives",
        None,
        "",
        {"relations": [_RELATION_JSON]},
        Relations((_RELATION,)),
    ),
    "agree to a relative": Case(
        AgreeToRelative("r-1", "2026-01"),
        "POST /v1/relatives/r-1/agree",
        {"consent": _ACCEPTED, "guardian": ""},
        FRESH,
        _RELATION_JSON,
        _RELATION,
    ),
    "end a relative": Case(
        EndRelative("r-1"),
        "POST /v1/relatives/r-1/end",
        {"reason": "ended by the patient at a kiosk"},
        "r-1/end",
        _RELATION_JSON,
        _RELATION,
    ),
    "check a face": Case(
        CheckFace("p-1", _TOKEN, "2026-01"),
        "POST /v1/patients/p-1/face-checks",
        {"token": _TOKEN, "consent": _ACCEPTED},
        FRESH,
        {"check_id": "f-1", "passed": True, "at": _AT},
        FaceCheck("f-1", True, _AT),
        201,
    ),
    "be found by a face": Case(
        AttachFace("p-1", _TOKEN, "2026-01"),
        "POST /v1/patients/p-1/faces",
        {"token": _TOKEN, "consent": _ACCEPTED},
        FRESH,
        {"media": [_MEDIUM_JSON]},
        Media((OwnMedium("SS_CARD", "*****0101", "ACTIVE"),)),
        201,
    ),
    "begin to help": Case(
        BeginAssistance("p-1", "2107", "2026-01"),
        "POST /v1/assistances",
        {"patient_id": "p-1", "staff": "2107", "consent": _ACCEPTED},
        FRESH,
        _HELP_JSON,
        Assistance("a-1", "2107", _AT, ""),
        201,
    ),
    "end the help": Case(
        EndAssistance("a-1"),
        "POST /v1/assistances/a-1/end",
        {},
        "a-1/end",
        _HELP_JSON,
        Assistance("a-1", "2107", _AT, ""),
    ),
}
