"""Words while a window works on its day, on paper and on doubts.

Merged in `cashier/pages/doing.py`.
"""

from __future__ import annotations

from typing import Any

from core.flow import Act
from core.phrase import Said, said
from core.steps.drawer import LookAtDrawer, OpenDrawer
from core.steps.files import SaveFile
from core.steps.look_up import FetchMoney
from core.steps.media import FetchMedia
from core.steps.papers import (
    CheckPagePrinter,
    CountSlipPrint,
    FetchPapers,
    FetchReceipt,
    PrintPages,
    TakeSheet,
    TellSheet,
)
from core.steps.visits import FetchSurvey
from core.steps.window_books import (
    AnswerEvaluation,
    CloseDay,
    CorrectLine,
    EnterCredit,
    FetchDailyClose,
    FetchDayReport,
    FetchEvaluation,
    FetchEvaluationPages,
    FetchFinanceReport,
    FetchFinanceTable,
    FetchLines,
    FetchPrepaidTotals,
    FetchStatistics,
    FetchSurveyScores,
    RunDay,
)
from core.steps.window_day import (
    ChooseOwnPassword,
    CloseShift,
    FetchCashBoxes,
    FetchMyShifts,
    FetchShift,
    HandOverShift,
    OpenShift,
    SignOutOperator,
)
from core.steps.window_doubts import (
    AddEvidence,
    AnswerEnquiry,
    DecideCase,
    FetchCase,
    FetchCases,
    FetchDoubted,
    FetchEnquiries,
    FindMoney,
    GiveCase,
    HandleEnquiry,
    ReportProblem,
    ResolveCase,
    TakeDown,
)
from core.steps.window_papers import (
    FetchInvoice,
    FetchInvoicesToSettle,
    FetchSheets,
    FetchSignature,
    FindInvoice,
    RecallSheet,
    SeeSheet,
    SpoilSheet,
)
from core.window_steps import FetchOperator, FetchQueue, ResolveSlip, SignInOperator

_DRAWER = said("Fetching the drawer's books")
_DAY = said("Fetching the day's books")
_EVALUATION = said("Fetching the self-evaluation")
_FIGURES = said("Fetching the figures")
_INVOICES = said("Fetching the invoices")
_SHEET = said("Recording what came of the sheet")
_SLIP = said("Fetching the slip")
_CASES = said("Fetching the cases")
_IN_CASE = said("Recording it in the case")
_MONEY = said("Looking for the money")
_IN_LOG = said("Writing it into the log")

DAY: dict[type[Act[Any]], Said] = {
    SignInOperator: said("Signing in"),
    SignOutOperator: said("Locking the window"),
    ChooseOwnPassword: said("Changing the password"),
    FetchOperator: said("Fetching the sums of this shift"),
    FetchQueue: said("Fetching the queue"),
    ResolveSlip: said("Checking the slip"),
    FetchMedia: said("Fetching cards and codes"),
    OpenDrawer: said("Opening the drawer"),
    LookAtDrawer: said("Looking at the drawer"),
    FetchShift: _DRAWER,
    FetchMyShifts: _DRAWER,
    OpenShift: said("Opening the shift"),
    CloseShift: said("Closing the drawer"),
    HandOverShift: said("Handing the drawer over"),
    FetchCashBoxes: said("Fetching the cash boxes"),
    FetchDailyClose: _DAY,
    FetchDayReport: _DAY,
    FetchLines: _DAY,
    RunDay: said("Fetching files and comparing the day"),
    CloseDay: said("Signing the day"),
    CorrectLine: said("Correcting our books"),
    EnterCredit: said("Entering the bank's credit"),
    FetchFinanceReport: said("Drawing the report"),
    FetchStatistics: _FIGURES,
    FetchSurvey: _FIGURES,
    FetchSurveyScores: _FIGURES,
    FetchFinanceTable: _FIGURES,
    FetchPrepaidTotals: _FIGURES,
    FetchEvaluation: _EVALUATION,
    FetchEvaluationPages: _EVALUATION,
    AnswerEvaluation: said("Keeping the answer"),
    SaveFile: said("Saving the report"),
}

PAPERS: dict[type[Act[Any]], Said] = {
    FetchPapers: _INVOICES,
    FetchInvoice: _INVOICES,
    FetchInvoicesToSettle: _INVOICES,
    FindInvoice: said("Looking for the invoice"),
    CheckPagePrinter: said("Checking the page printer"),
    TakeSheet: said("Taking a sheet of official paper"),
    PrintPages: said("Printing the pages"),
    TellSheet: _SHEET,
    SeeSheet: _SHEET,
    RecallSheet: said("Calling the sheet back at the invoice office"),
    SpoilSheet: said("Making the sheet void at the invoice office"),
    FetchSheets: said("Fetching the used sheets"),
    FetchReceipt: _SLIP,
    CountSlipPrint: _SLIP,
    FetchSignature: said("Fetching the signature"),
}

DOUBTS: dict[type[Act[Any]], Said] = {
    FetchCases: _CASES,
    FetchCase: _CASES,
    FetchDoubted: _CASES,
    AddEvidence: _IN_CASE,
    GiveCase: _IN_CASE,
    DecideCase: _IN_CASE,
    ResolveCase: _IN_CASE,
    FindMoney: _MONEY,
    FetchMoney: _MONEY,
    FetchEnquiries: said("Fetching the log"),
    TakeDown: _IN_LOG,
    HandleEnquiry: _IN_LOG,
    AnswerEnquiry: _IN_LOG,
    ReportProblem: said("Reporting the problem"),
}
