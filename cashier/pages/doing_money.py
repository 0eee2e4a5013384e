"""Words while a window moves money or asks about it: settling, holds, balances, refunds, later.

Merged in `cashier/pages/doing.py`.
"""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
from core.steps import (
    CancelSettlement,
    CheckPrinter,
    CommitSettlement,
    FetchBills,
    FetchHoldTerms,
    FollowSettlement,
    OpenSettlement,
    PlaceHoldAtPos,
    PrintSlip,
    RegisterHold,
    ReleaseHoldAtPos,
    ReportSuspense,
)
from core.steps.later import (
    CancelDeferral,
    FetchAgreement,
    FetchDeferral,
    FetchSigningPage,
    FindAgreements,
    MayDefer,
    SignDeferral,
    StartAgreement,
)
from core.steps.paying import (
    AnnounceHold,
    AskPosForOrder,
    CheckPos,
    FetchReauthorisation,
    PayAtPos,
    TellOldReleased,
    TellPosWord,
)
from core.steps.prefund import (
    ApplyForCleanOut,
    FetchCleanOutPlan,
    FetchCleanOuts,
    FetchHoldRelease,
    FetchPatientHolds,
    FetchPrepayTerms,
    ResubmitPayee,
    TellHoldReleased,
    TopUpBalance,
)
from core.steps.refunds import FetchPayee, ResubmitContact
from core.steps.sale import SellAtPos, VoidSaleAtPos
from core.steps.window_later import (
    ConfirmRepair,
    FetchArrears,
    FetchFindings,
    FindMalicious,
    WithdrawFinding,
)
from core.steps.window_prefund import (
    ConfirmCleanOut,
    EnterLedger,
    FetchCleanOutFile,
    FetchCleanOutsIn,
    FetchIdle,
    FetchLedger,
    FetchLedgerTable,
    FetchStock,
    JudgeCleanOuts,
)
from core.steps.window_refunds import (
    FetchRefundFile,
    FetchRefundsIn,
    FetchRefundsOf,
    JudgeRefund,
    NamePayee,
)
from core.window_steps import ConfirmRefund, FetchSettlements, RequestRefund, ReviewRefund

_BILLS = said("Fetching the bills")
_AT_POS = said("Waiting for the card at the card terminal")
_ASKS_POS = said("Asking the card terminal")
_HOLDS = said("Fetching the pre-authorisations")
_FREE = said("Asking the bank whether the pre-authorisation is free")
_ASKED_BACK = said("Fetching the balances asked back")
_BALANCES = said("Fetching the old balances")
_REVIEW = said("Recording the review")
_REFUNDS = said("Fetching the refund requests")
_ACCOUNT = said("Recording the account")
_ARREARS = said("Fetching the arrears")
_FINDING = said("Recording the finding")

SETTLING: dict[type[Act[Any]], Said] = {
    FetchBills: _BILLS,
    FetchSettlements: _BILLS,
    CheckPos: _ASKS_POS,
    OpenSettlement: said("Asking the insurance for the split"),
    CheckPrinter: said("Checking the slip printer"),
    CommitSettlement: said("Taking the payment"),
    FollowSettlement: said("Waiting until the payment is confirmed"),
    CancelSettlement: said("Undoing the settlement"),
    PayAtPos: _AT_POS,
    SellAtPos: _AT_POS,
    VoidSaleAtPos: said("Undoing the sale at the card terminal"),
    AskPosForOrder: _ASKS_POS,
    TellPosWord: said("Asking the bank whether it was paid"),
    PrintSlip: said("Printing the slip"),
    ReportSuspense: said("Handing the case to a person"),
}

PREFUND: dict[type[Act[Any]], Said] = {
    FetchHoldTerms: _HOLDS,
    FetchPatientHolds: _HOLDS,
    FetchHoldRelease: _HOLDS,
    AnnounceHold: said("Announcing the larger pre-authorisation"),
    PlaceHoldAtPos: _AT_POS,
    RegisterHold: said("Registering the pre-authorisation"),
    ReleaseHoldAtPos: said("Ending the pre-authorisation at the card terminal"),
    TellHoldReleased: _FREE,
    TellOldReleased: _FREE,
    FetchReauthorisation: _FREE,
    FetchPrepayTerms: said("Fetching the prepaid balance"),
    TopUpBalance: said("Booking the amount"),
    FetchCleanOutPlan: said("Asking how the balance goes back"),
    ApplyForCleanOut: said("Asking for the balance back"),
    FetchCleanOuts: _ASKED_BACK,
    FetchCleanOutsIn: _ASKED_BACK,
    FetchCleanOutFile: _ASKED_BACK,
    JudgeCleanOuts: _REVIEW,
    ResubmitPayee: _ACCOUNT,
    ConfirmCleanOut: said("Paying back"),
    FetchStock: _BALANCES,
    FetchIdle: _BALANCES,
    FetchLedger: _BALANCES,
    FetchLedgerTable: _BALANCES,
    EnterLedger: said("Entering what could not be returned"),
}

REFUNDS: dict[type[Act[Any]], Said] = {
    RequestRefund: said("Asking for the refund plan"),
    ReviewRefund: _REVIEW,
    JudgeRefund: _REVIEW,
    ConfirmRefund: said("Paying back"),
    FetchRefundsIn: _REFUNDS,
    FetchRefundsOf: _REFUNDS,
    FetchRefundFile: _REFUNDS,
    FetchPayee: said("Asking whose account it goes to"),
    NamePayee: _ACCOUNT,
    ResubmitContact: said("Checking the contact's real name"),
}

LATER: dict[type[Act[Any]], Said] = {
    FetchDeferral: said("Fetching what is paid later"),
    MayDefer: said("Asking whether it may be paid later"),
    FetchSigningPage: said("Fetching the text to sign"),
    FindAgreements: said("Asking the banks for agreements"),
    StartAgreement: said("Asking for a code to sign by"),
    FetchAgreement: said("Asking the bank whether it is signed"),
    SignDeferral: said("Signing the agreement"),
    CancelDeferral: said("Ending the agreement"),
    FetchArrears: _ARREARS,
    FetchFindings: _ARREARS,
    FindMalicious: _FINDING,
    WithdrawFinding: _FINDING,
    ConfirmRepair: said("Recording the repair of the credit"),
}
