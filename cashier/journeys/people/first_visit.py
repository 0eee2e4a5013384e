"""First visit at a window: by the ID card, or by a medium whose issuer names the person (H09, S06).

What a reader would get wrong: the notice is read to the patient, who agrees; the cashier only
presses. Permission to use the e-certificate is asked by itself and may be refused (H06).
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import Action, Field, FieldKind, ForCustomer, Pressed, WorkSheet
from core.identity import IdDocument, MediumKind, Patient
from core.page_parts import Tone
from core.people import ConsentKind, ConsentText
from core.phrase import said
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave, RegisterPerson
from core.steps.media import FetchConsentTexts, RegisterFirstVisit
from core.steps.questions import MediumShown

_TITLE = said("First visit")
_ACCEPTS = frozenset(
    {
        MediumKind.ID_CARD,
        MediumKind.EC_CODE,
        MediumKind.CITY_CODE,
        MediumKind.SS_CARD,
        MediumKind.HEALTH_CARD,
    }
)


async def first_visit(at: AtWork) -> str | Patient:
    """From a medium to a person who can be served."""
    texts = await fetched(FetchConsentTexts(), at, _TITLE)
    notice = texts.of(ConsentKind.PRIVACY) if texts is not None else None
    if texts is None or notice is None:
        return ""
    trouble = ""
    while True:
        match await first_medium_sheet(trouble):
            case MediumShown() as shown:
                pass
            case Pressed() | Leave():
                return ""
            case other:
                assert_never(other)
        answer = await consent_sheet(notice)
        if not isinstance(answer, Pressed):
            return ""
        permission = texts.of(ConsentKind.E_CERTIFICATE) if answer.value("permits") else None
        phone = answer.value("phone")
        match await _register(shown, phone, notice.version, permission):
            case Patient() as patient:
                await told(AtWork(at.operator, patient), said("Registered"))
                return patient
            case Refused(trouble) | NotSent(trouble) | Unknown(trouble):
                continue
            case end:
                assert_never(end)


def _register(
    shown: MediumShown, phone: str, version: str, permission: ConsentText | None
) -> RegisterPerson | RegisterFirstVisit:
    match shown.document:
        case IdDocument() as document:
            return RegisterPerson(document, phone, version)
        case None:
            permitted = permission.version if permission else ""
            return RegisterFirstVisit(shown.medium, phone, version, permitted)


def first_medium_sheet(trouble: str = "") -> WorkSheet:
    """By what the person is registered."""
    return WorkSheet(
        title=_TITLE,
        text=said(
            "Lay the ID card on the reader, insert the social-security card or another hospital's"
            " card, or scan the insurance code or the city code."
        ),
        trouble=trouble,
        accepts=_ACCEPTS,
        customer=ForCustomer(said("Please show your ID card, your card or your code")),
    )


def consent_sheet(notice: ConsentText) -> WorkSheet:
    """The notice, the phone number, and what is agreed to."""
    return WorkSheet(
        title=_TITLE,
        chip=said("Read it to the patient"),
        chip_tone=Tone.WARNING,
        text=notice.text,
        fields=(
            Field("phone", said("Phone"), FieldKind.PHONE, most=11),
            Field("agreed", said("The patient agrees to the notice"), FieldKind.TICK),
            Field(
                "permits",
                said("The e-certificate may be used"),
                FieldKind.TICK,
                needed=False,
            ),
        ),
        actions=(Action("register", said("Open a file")),),
        customer=ForCustomer(said("Please listen to the notice, and tell us if you agree")),
    )
