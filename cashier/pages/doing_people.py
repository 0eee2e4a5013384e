"""Words while a window works for a person: who they are, cards, visits, insurance, stays.

Merged in `cashier/pages/doing.py`.
"""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
from core.steps import (
    ActivateCard,
    CancelRegistration,
    ConfirmCard,
    FetchDepartments,
    FindPatient,
    RegisterPerson,
    RegisterVisit,
    ReserveCard,
    VoidCard,
)
from core.steps.claims import (
    ApplyClaim,
    Authorise,
    ChoosePolicy,
    FetchClaims,
    FetchClaimTerms,
    FetchPolicies,
)
from core.steps.inpatient import (
    Admit,
    AskRestBack,
    FetchAdmissions,
    FetchDailyList,
    FetchStayList,
    SignSheet,
)
from core.steps.media import BeginAssistance, EndAssistance, FetchConsentTexts, RegisterFirstVisit
from core.steps.visits import (
    BookExam,
    BookVisit,
    CancelExam,
    CheckIn,
    CollectBooking,
    FetchDay,
    FetchExamOrders,
    FetchExamSessions,
    FetchGuide,
    FetchVisits,
)
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
    WriteCardAtDesk,
)
from core.steps.window_specials import (
    BindReferral,
    DecideGiveUp,
    DeclareDisease,
    FetchBreakdown,
    FetchDiseases,
    FetchGiveUp,
    FetchLiability,
    FetchReferralsBound,
    StateLiability,
)
from core.window_steps import FetchPatient

_LOOKING = said("Looking for the patient")
_REGISTERING = said("Registering the patient")
_MEDIA = said("Changing cards and codes")
_NUMBER = said("Reserving a card number")
_ASSISTING = said("Recording who acts for the patient")
_SCHEDULE = said("Fetching the schedule")
_EXAMS = said("Fetching the exam appointments")
_CLAIMS = said("Fetching the claims")
_CHARGES = said("Fetching the charges")
_DISEASES = said("Fetching the special diseases")
_LIABILITY = said("Fetching what is known of the visit's cause")

PEOPLE: dict[type[Act[Any]], Said] = {
    FindPatient: _LOOKING,
    FetchPatient: _LOOKING,
    FindByName: _LOOKING,
    FindByPhone: _LOOKING,
    RegisterPerson: _REGISTERING,
    RegisterFirstVisit: _REGISTERING,
    RegisterUnknown: _REGISTERING,
    MergePeople: said("Joining the registrations"),
    Reveal: said("Fetching the field in full"),
    SetContact: said("Recording the contact"),
    AddGuardian: said("Recording the guardian"),
    SetIdentities: said("Recording the identities"),
    RecordDeath: said("Recording the death"),
    BeginAssistance: _ASSISTING,
    EndAssistance: _ASSISTING,
    FetchConsentTexts: said("Fetching the text to agree to"),
    # cards
    ConfirmCard: said("Reading the card once more"),
    AttachMedium: _MEDIA,
    EndMedium: _MEDIA,
    ReportLoss: said("Reporting the loss"),
    ReserveCard: _NUMBER,
    ReplaceCard: _NUMBER,
    WriteCardAtDesk: said("Writing the card"),
    ActivateCard: said("Activating the card"),
    VoidCard: said("Making the card number void"),
    TransferCard: said("Transferring the account"),
}

VISITS: dict[type[Act[Any]], Said] = {
    FetchVisits: said("Fetching visits and bookings"),
    FetchDay: _SCHEDULE,
    FetchDepartments: _SCHEDULE,
    RegisterVisit: said("Keeping the place"),
    BookVisit: said("Booking the place"),
    CollectBooking: said("Taking up the booking"),
    CancelRegistration: said("Giving the place back"),
    CheckIn: said("Checking in"),
    FetchGuide: said("Fetching where to go next"),
    FetchExamOrders: _EXAMS,
    FetchExamSessions: _EXAMS,
    BookExam: said("Booking the exam"),
    CancelExam: said("Giving the exam's place back"),
    # stays
    FetchAdmissions: said("Fetching the stays"),
    Admit: said("Registering the admission"),
    FetchDailyList: _CHARGES,
    FetchStayList: _CHARGES,
    AskRestBack: said("Asking for the rest of the deposit"),
}

SPECIALS: dict[type[Act[Any]], Said] = {
    FetchGiveUp: said("Fetching the items not wanted"),
    DecideGiveUp: said("Recording the decision"),
    FetchReferralsBound: said("Fetching the referrals"),
    BindReferral: said("Recording the referral"),
    FetchDiseases: _DISEASES,
    DeclareDisease: said("Recording the special disease"),
    FetchLiability: _LIABILITY,
    StateLiability: said("Recording what was said of the cause"),
    FetchBreakdown: said("Fetching what the insurance paid"),
    SignSheet: said("Recording the signature"),
    FetchClaims: _CLAIMS,
    FetchClaimTerms: _CLAIMS,
    Authorise: said("Recording the patient's word"),
    FetchPolicies: said("Asking the insurer for policies"),
    ChoosePolicy: said("Choosing the policy"),
    ApplyClaim: said("Sending the claim to the insurer"),
}
