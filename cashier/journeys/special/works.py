"""The works around special settlements, in the order of the list."""

from __future__ import annotations

from cashier.journeys.special.claims import claims
from cashier.journeys.special.give_ups import give_ups
from cashier.journeys.special.insurance import breakdown, disease, referral, sign_of
from cashier.journeys.special.liability import liability
from cashier.journeys.work import ANYBODY, Work
from core.phrase import said

_CASHIER = frozenset({"cashier", "supervisor"})

WORKS: tuple[Work, ...] = (
    Work("give_ups", said("Items not wanted"), give_ups, ANYBODY, for_patient=False),
    Work("referral", said("Referral from elsewhere"), referral, ANYBODY, for_patient=True),
    Work("disease", said("Special disease of a visit"), disease, ANYBODY, for_patient=True),
    Work("liability", said("Liability of a visit"), liability, _CASHIER, for_patient=True),
    Work("breakdown", said("What the insurance paid"), breakdown, ANYBODY, for_patient=True),
    Work("sign_sheet", said("Sheet to be signed"), sign_of, ANYBODY, for_patient=True),
    Work("claims", said("Commercial insurance"), claims, ANYBODY, for_patient=True),
)
