"""Requests of a window about people and cards."""

from __future__ import annotations

from contract_answers import PATIENT, PATIENT_JSON, Json
from request_cases import FRESH, Case

from core.identity import Medium, MediumKind
from core.people import Decision, Media, OwnMedium, Relation
from core.steps import CardReserved
from core.steps.window_people import (
    AddGuardian,
    AttachMedium,
    EndMedium,
    FindByName,
    FindByPhone,
    MergePeople,
    RecordDeath,
    RegisterUnknown,
    ReplaceCard,
    ReportLoss,
    Reveal,
    SetContact,
    SetIdentities,
    TransferCard,
)
from core.window_people import CardState, Deceased, Handover, PatientsFound, Revealed

_ID, _PHONE, _NUMBER = "330302195501123411", "13800005628", "260000000017"
_AT = "2026-03-05T09:12:00+08:00"
_CARD = Medium(MediumKind.SS_CARD, "A33030101")
_CARD_JSON: Json = {"kind": "SS_CARD", "value": "A33030101"}
_MEDIA_JSON: Json = {
    "media": [{"kind": "SS_CARD", "display_value": "*****0101", "state": "ACTIVE"}]
}
_MEDIA = Media((OwnMedium("SS_CARD", "*****0101", "ACTIVE"),))


def _relation_json(kind: str) -> Json:
    return {
        "relation_id": "r-1",
        "kind": kind,
        "state": "ACTIVE",
        "display_name": "王芳",
        "display_id": "330302********3411",
        "display_phone": "138****5628",
        "may_see": True,
        "may_pay": True,
        "since": "2026-03-05",
    }


def _relation(kind: str) -> Relation:
    return Relation(
        *("r-1", kind, "ACTIVE", "王芳", "330302********3411", "138****5628"),
        may_see=True,
        may_pay=True,
        since="2026-03-05",
    )


def _handover_json(kind: str) -> Json:
    return {"from_id": "p-9", "patient_id": "p-1", "kind": kind, "bills": 2, "at": _AT}


CASES: dict[str, Case] = {
    "find by name": Case(
        FindByName("王建国", _ID),
        "POST /v1/people/find",
        {"name": "王建国", "id_number": _ID},
        "",
        PATIENT_JSON,
        PATIENT,
    ),
    "find by phone": Case(
        FindByPhone(_PHONE),
        "POST /v1/people/find-by-phone",
        {"phone": _PHONE},
        "",
        {"patients": [PATIENT_JSON]},
        PatientsFound((PATIENT,)),
    ),
    "reveal": Case(
        Reveal("p-1", "id_number", "CORRECTION"),
        "POST /v1/patients/p-1/reveal",
        {"field": "id_number", "reason": "CORRECTION"},
        "",
        {"field": "id_number", "value": _ID},
        Revealed("id_number", _ID),
    ),
    "register somebody unknown": Case(
        RegisterUnknown("GREEN_CHANNEL", "急救一", "M", ""),
        "POST /v1/people/unknown",
        {"card": "GREEN_CHANNEL", "called": "急救一", "sex": "M", "birth_date": ""},
        FRESH,
        PATIENT_JSON,
        PATIENT,
        201,
    ),
    "set identities": Case(
        SetIdentities("p-1", ("BENEFIT",)),
        "POST /v1/patients/p-1/identities",
        {"identities": ["BENEFIT"]},
        FRESH,
        PATIENT_JSON,
        PATIENT,
    ),
    "record a death": Case(
        RecordDeath("p-1", "2026-03-01", ("DEATH_PROOF",)),
        "POST /v1/patients/p-1/death",
        {"died_on": "2026-03-01", "documents": ["DEATH_PROOF"]},
        FRESH,
        {
            "patient_id": "p-1",
            "died_on": "2026-03-01",
            "documents": ["DEATH_PROOF"],
            "refund": {
                "allow": False,
                "rule_id": "W34",
                "message_key": "documents",
                "needs": ["AGENT_ID"],
            },
        },
        Deceased(
            "p-1",
            "2026-03-01",
            ("DEATH_PROOF",),
            Decision(False, "W34", "documents", ("AGENT_ID",)),
        ),
    ),
    "attach a medium": Case(
        AttachMedium("p-1", _CARD, _ID),
        "POST /v1/patients/p-1/media",
        {"medium": _CARD_JSON, "id_number": _ID},
        FRESH,
        _MEDIA_JSON,
        _MEDIA,
        201,
    ),
    "end a medium": Case(
        EndMedium("p-1", _CARD, "遗失"),
        "POST /v1/patients/p-1/media/end",
        {"medium": _CARD_JSON, "reason": "遗失"},
        FRESH,
        _MEDIA_JSON,
        _MEDIA,
    ),
    "set a contact": Case(
        SetContact("p-1", "王芳", "", _PHONE),
        "POST /v1/patients/p-1/contact",
        {"name": "王芳", "id_number": "", "phone": _PHONE},
        FRESH,
        _relation_json("CONTACT"),
        _relation("CONTACT"),
        201,
    ),
    "add a guardian": Case(
        AddGuardian("p-1", "王芳", _ID, _PHONE, "户口簿"),
        "POST /v1/patients/p-1/relatives",
        {
            "kind": "GUARDIAN",
            "name": "王芳",
            "id_number": _ID,
            "phone": _PHONE,
            "proof": "户口簿",
            "may_see": True,
            "may_pay": True,
        },
        FRESH,
        _relation_json("GUARDIAN"),
        _relation("GUARDIAN"),
        201,
    ),
    "report a loss": Case(
        ReportLoss(_NUMBER, _ID),
        f"POST /v1/cards/{_NUMBER}/loss",
        {"id_number": _ID},
        FRESH,
        {"card_number": _NUMBER, "state": "LOST"},
        CardState(_NUMBER, "LOST"),
    ),
    "replace a card": Case(
        ReplaceCard("op-1", _NUMBER, _ID),
        f"POST /v1/cards/{_NUMBER}/replacement",
        {"id_number": _ID},
        "op-1/replacement",
        {"card_number": "260000000025", "state": "RESERVED"},
        CardReserved("260000000025"),
        201,
    ),
    "transfer a card": Case(
        TransferCard(_NUMBER, "p-1", "家属认领"),
        f"POST /v1/cards/{_NUMBER}/transfer",
        {"patient_id": "p-1", "reason": "家属认领"},
        f"{_NUMBER}/transfer/p-1",
        _handover_json("GREEN_CHANNEL"),
        Handover("p-9", "p-1", "GREEN_CHANNEL", 2, _AT),
    ),
    "merge people": Case(
        MergePeople("p-9", "p-1", "重复建档"),
        "POST /v1/people/merge",
        {"from_id": "p-9", "patient_id": "p-1", "reason": "重复建档"},
        FRESH,
        _handover_json("MERGE"),
        Handover("p-9", "p-1", "MERGE", 2, _AT),
    ),
}
