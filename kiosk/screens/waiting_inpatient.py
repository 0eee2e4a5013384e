"""Words while a patient waits: a stay in hospital and claims.

Merged in `kiosk/screens/waiting.py`. What a reader would get wrong: every Act that a kiosk can meet
needs a sentence (`tests/gui/test_waiting.py`), or a page at the machine.
"""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
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
    FetchContact,
    FetchDailyList,
    FetchStayList,
    NameContact,
    SignSheet,
)

WAITING: dict[type[Act[Any]], Said] = {
    FetchAdmissions: said("Looking for your stay in hospital"),
    FetchContact: said("Looking for your contact"),
    NameContact: said("Your contact is written down"),
    Admit: said("Your stay is being registered"),
    FetchDailyList: said("Your list is being made"),
    FetchStayList: said("Your list is being made"),
    SignSheet: said("Your signature is being kept"),
    AskRestBack: said("Your request is on its way"),
    FetchClaimTerms: said("Looking for the terms"),
    FetchClaims: said("Looking for your claims"),
    Authorise: said("Your word is written down"),
    FetchPolicies: said("The insurer is asked for your policies"),
    ChoosePolicy: said("The insurer is told which policy"),
    ApplyClaim: said("Your claim is on its way to the insurer"),
}
