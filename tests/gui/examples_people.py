"""Pages as a patient meets them: who somebody is, cards and relatives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.billing import Text
from core.flow import Step
from core.identity import IdDocument, Medium, MediumKind, Patient
from core.people import (
    Consent,
    ConsentKind,
    Consents,
    ConsentText,
    Media,
    OwnMedium,
    Relation,
)
from core.ports import SocialCardPresent
from core.steps import Identify, MediumShown
from kiosk.journeys.cards import (
    first_visit_pages,
    own_face,
    permissions_pages,
    relatives_pages,
)
from kiosk.journeys.cards.consent import NOT_NOW, consent_page
from kiosk.journeys.cards.face import ANOTHER_WAY
from kiosk.journeys.cards.own_data import own_data_page
from kiosk.journeys.cards.register_medium import finished
from kiosk.journeys.identify import ACCEPTED, Identified, right_person_page
from kiosk.steps import ShowTrouble

_PATIENT = Patient(
    patient_id="P-2",
    display_name="阿**·㛃䶮",
    display_id="6***************4X",
    display_phone="199****0000",
    sex="F",
    age=101,
    identities=("REAL_NAME",),
    insurance="390",
    card_number="********0099",
)
_DOCUMENT = IdDocument(
    name="阿卜杜热合曼·买买提依明㛃䶮",
    sex="F",
    ethnic="维吾尔",
    birth_date="1923-02-28",
    address="新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县纳达齐牛录乡镶白旗村一组 1024 号",
    id_number="65402219230228004X",
    issuer="察布查尔锡伯自治县公安局",
    valid_from="2010-01-01",
    valid_to="",
)
_WHO = Identified(_PATIENT, None, _DOCUMENT)
_SOCIAL = SocialCardPresent(
    "00", "A33030101", _DOCUMENT.id_number, _DOCUMENT.name, "2.0", "2032-01-01"
)
_CARD = MediumShown(Medium(MediumKind.SS_CARD, "A33030101"), _SOCIAL, None)
_CODE = MediumShown(Medium(MediumKind.CITY_CODE, "CITY"), None, None)
_AT = "2026-03-05T09:12:00+08:00"
_CONSENTS = Consents((Consent(ConsentKind.E_CERTIFICATE, "2026-01", _AT, ""),))
_MEDIA = Media(
    (
        OwnMedium("HEALTH_CARD", "********0099", "ACTIVE"),
        OwnMedium("HEALTH_CARD", "********0017", "REPLACED"),
        OwnMedium("SS_CARD", "*****0101", "ACTIVE"),
        OwnMedium("FACE", "****c0de", "VOID"),
    )
)
_TEXT = ConsentText(
    ConsentKind.E_CERTIFICATE,
    "2026-01",
    Text("医保电子凭证使用授权", "Use of your insurance e-certificate"),
    Text(
        "您同意本院在挂号、就诊、结算和退费时，凭您出示的医保电子凭证或随申码核验身份并办理医保结算。"
        "您可以随时在窗口撤回，撤回后仍可凭其他证件就医。",
        "You allow this hospital to check who you are and to settle with the insurance by the "
        "e-certificate or city code you show. You can withdraw this at any window; your other "
        "documents stay accepted.",
    ),
)
_ASKED = Relation(
    relation_id="R1",
    kind="SPOUSE",
    state="ASKED",
    display_name="买**·吐尔逊",
    display_id="6***************30",
    display_phone="138****5628",
    may_see=True,
    may_pay=False,
    since=_AT,
)
_ACTIVE = replace(_ASKED, relation_id="R2", kind="GUARDIAN", state="ACTIVE")

EXAMPLES: dict[str, Step[Any]] = {
    "identify_all": Identify(ACCEPTED | {MediumKind.SLIP}, "pay", tap=True, face=True),
    "identify_tapped": Identify(ACCEPTED, "register_medium", "phone_tapped", tap=True),
    "right_person": right_person_page(_PATIENT),
    "first_visit_offer": first_visit_pages.offer(_CODE),
    "first_visit_phone": first_visit_pages.phone(_CARD),
    "first_visit_confirm": first_visit_pages.confirm(_DOCUMENT, "13800005628"),
    "first_visit_done": first_visit_pages.registered(_PATIENT, None),
    "consent": consent_page(_TEXT, None, NOT_NOW),
    "register_medium_done": finished(_WHO, _MEDIA, allowed=True),
    "register_medium_no_code": finished(_WHO, _MEDIA, allowed=False),
    "permissions": permissions_pages.overview(_WHO, _CONSENTS),
    "permissions_withdraw": permissions_pages.withdraw(_WHO, _CONSENTS.consents[0]),
    "permissions_media": permissions_pages.media(_WHO, _MEDIA),
    "permissions_data": permissions_pages.data(_WHO),
    "own_face_consent": consent_page(
        replace(_TEXT, kind=ConsentKind.FACE_MEDIUM), None, ANOTHER_WAY
    ),
    "own_face_found": own_face.found_by_face(_WHO, _MEDIA),
    "own_face_stands": own_face.stands(_WHO, Consent(ConsentKind.FACE_MEDIUM, "2026-01", _AT, "")),
    "own_face_ended": own_face.ended(_WHO),
    "permissions_data_by_code": permissions_pages.data(replace(_WHO, document=None)),
    "own_data": own_data_page(_DOCUMENT),
    "relatives": relatives_pages.overview(_WHO, (_ASKED, _ACTIVE)),
    "relatives_none": relatives_pages.overview(_WHO, ()),
    "relative_asked": relatives_pages.one(_WHO, _ASKED),
    "relative_active": relatives_pages.one(_WHO, _ACTIVE),
    "relative_end": relatives_pages.end(_WHO, _ACTIVE),
    "trouble_window": ShowTrouble("backend_silent", "untouched", window=True),
}
