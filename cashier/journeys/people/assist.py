"""Staff operates for a patient who agreed: the consent, who does it, and its end (H34).

What a reader would get wrong: helping gives no right more. The patient still confirms every amount
on the own screen, and the record says who pressed.
"""

from __future__ import annotations

from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import Action, Field, FieldKind, ForCustomer, Pressed, WorkSheet
from core.audit import AuditEvent
from core.flow import Abandoned
from core.page_parts import Tone
from core.people import Assistance, ConsentKind, ConsentText
from core.phrase import said
from core.steps import Facts
from core.steps.media import BeginAssistance, EndAssistance, FetchConsentTexts, NoteAudit

_TITLE = said("Act for the patient")


async def assist(at: AtWork) -> str:
    """From the patient's consent to the end of the help, around whatever is done meanwhile."""
    texts = await fetched(FetchConsentTexts(), at, _TITLE)
    text = texts.of(ConsentKind.ASSISTANCE) if texts is not None else None
    if text is None or not isinstance(await consent_sheet(at, text), Pressed):
        return ""
    patient_id, staff = at.served.patient_id, at.operator.operator
    begun = await fetched(BeginAssistance(patient_id, staff, text.version), at, _TITLE)
    if begun is None:
        return ""
    await NoteAudit(AuditEvent.ASSISTANCE_BEGUN, _facts(at, begun))
    try:
        await helping_sheet(at)
    except Abandoned as abandoned:
        await _end(at, begun)
        raise Abandoned(abandoned.reason) from None
    await _end(at, begun)
    await told(at, said("The help is ended"))
    return ""


async def _end(at: AtWork, begun: Assistance) -> None:
    await EndAssistance(begun.assistance_id)
    await NoteAudit(AuditEvent.ASSISTANCE_ENDED, _facts(at, begun))


def _facts(at: AtWork, begun: Assistance) -> Facts:
    return {
        "staff": begun.staff,
        "patient_id": at.served.patient_id,
        "assistance_id": begun.assistance_id,
    }


def consent_sheet(at: AtWork, text: ConsentText) -> WorkSheet:
    """Read to the patient, who agrees."""
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        chip=said("Read it to the patient"),
        chip_tone=Tone.WARNING,
        text=text.text,
        fields=(Field("agreed", said("The patient agrees"), FieldKind.TICK),),
        actions=(Action("begin", said("Begin")),),
        customer=ForCustomer(said("Please listen to the notice, and tell us if you agree")),
    )


def helping_sheet(at: AtWork) -> WorkSheet:
    """While the phone or the machine of the patient is operated."""
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        chip=said("begun"),
        text=said(
            "You may now operate the patient's phone or machine. The patient confirms each amount."
        ),
        actions=(Action("end", said("End the help")),),
        customer=ForCustomer(said("Staff helps you. Please confirm each amount yourself.")),
    )
