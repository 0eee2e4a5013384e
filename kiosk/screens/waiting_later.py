"""What the machine is doing, in words, while it asks about pay later and agreements."""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
from core.steps.later import (
    CancelAgreement,
    CancelDeferral,
    FetchAgreement,
    FetchDeferral,
    FetchSigningPage,
    FindAgreements,
    MayDefer,
    SignDeferral,
    StartAgreement,
)

WAITING: dict[type[Act[Any]], Said] = {
    FetchDeferral: said("Looking for what you may pay later"),
    FetchSigningPage: said("Asking whether you may pay later"),
    SignDeferral: said("Your signature is being kept"),
    CancelDeferral: said("Pay-later is being ended"),
    MayDefer: said("Asking which bills may wait"),
    FindAgreements: said("Asking the banks what you signed"),
    StartAgreement: said("Asking the bank for a code"),
    FetchAgreement: said("Asking the bank whether it is signed"),
    CancelAgreement: said("The agreement is being ended at its bank"),
}
