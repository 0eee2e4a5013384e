"""What the model backend tells about papers."""

from __future__ import annotations

from typing import Any

from core.billing import Bill, BillLine, InsuranceClass, Slip, Text
from core.flow import Act
from core.goods import Article, Articles, Price, Sale
from core.papers import (
    Invoice,
    OfficialPaper,
    PaperItem,
    Papers,
    Pdf,
    Progress,
    ProgressStep,
    Receipt,
    ReceiptRow,
    ReceiptSection,
    Reports,
    ReportSheet,
    ReportSummary,
    SlipListed,
    SlipPrint,
    Summary,
    SummaryPaid,
    SummaryVisit,
    VisitProgress,
)
from core.steps.goods import FetchArticles, KeepSale, TellSale
from core.steps.papers import (
    CountReportSheet,
    CountSlipPrint,
    FetchPapers,
    FetchProgress,
    FetchReceipt,
    FetchReportPages,
    FetchReports,
    FetchSummary,
    TakeSheet,
    TellSheet,
)

_AT = "2026-01-05T09:12:00+08:00"
INVOICE = Invoice(
    "I1", "S1", "E_ISSUED", "02", 18_524, "33060126", "0012345678", "1a2b3c", _AT, "QR-I1", None
)
OFFICIAL = OfficialPaper(
    token="T1",
    invoice=INVOICE,
    paper_batch_code="33010126",
    paper_no="0000000017",
    payer_name="王建国",
    fund_fen=10_000,
    account_fen=0,
    own_fen=8_524,
    items=(PaperItem("化验费", 18_524),),
    channels=(PaperItem("FUND", 10_000), PaperItem("WECHAT", 8_524)),
)
SLIP = Slip("SL1", "ZF1.S.SL1.AAAA")
_TITLE = Text("结算凭条", "Settlement slip")
PAPERS = Papers((INVOICE,), (SlipListed(SLIP, "S", _TITLE, _AT, 1),), "A4")
RECEIPT = Receipt(
    "S",
    _TITLE,
    SLIP,
    "王*国",
    _AT,
    (
        ReceiptSection(
            Text("费用", "Fees"), (ReceiptRow(Text("血常规", "Blood count"), "", 18_524),)
        ),
    ),
    18_524,
    1,
    Text("请妥善保管", "Please keep this slip"),
)
COPY = SlipPrint(SLIP, 2, Text("补打 1", "COPY 1"), _AT)
REPORTS = Reports((ReportSummary("RP1", Text("血常规", "Blood count"), _AT, 0),))
_DONE = Text("心电图", "ECG")
PROGRESS = Progress(
    (
        VisitProgress(
            "R1",
            "2026-01-05",
            (
                ProgressStep("DONE", _AT, Text("血常规", "Blood count")),
                ProgressStep("REPORT", _AT, Text("血常规", "Blood count")),
                ProgressStep("DONE", _AT, _DONE),
            ),
        ),
    )
)
_BOOK = Price(
    "BOOK", Text("门诊病历本", "Record booklet"), "GOODS", "OWN", Text("本", "piece"), "2.00", 200
)
ARTICLES = Articles((Article(_BOOK, 12),))
BOOK_BILL = Bill(
    "BG1",
    1,
    "GOODS",
    Text("自助售货", "Vending"),
    Text("", ""),
    _AT,
    (BillLine("LG1", _BOOK.name, InsuranceClass.OWN, "1", _BOOK.unit, 18_524, 18_524),),
    18_524,
)
SALE = Sale("SA1", "KEPT", BOOK_BILL)
VISIT_BILL = Bill(
    "B1",
    1,
    "OUTPATIENT",
    Text("内科", "Medicine"),
    Text("李医生", "Dr Li"),
    _AT,
    (
        BillLine(
            "L1",
            Text("血常规", "Blood count"),
            InsuranceClass.A,
            "1",
            Text("次", "time"),
            18_524,
            18_524,
        ),
    ),
    18_524,
)
SUMMARY = Summary(
    SummaryVisit("R1", "2026-01-05", Text("内科", "Medicine"), Text("李医生", "Dr Li"), "A012"),
    (VISIT_BILL,),
    (SummaryPaid("S1", _AT, 18_524, 10_000, 8_524),),
    18_524,
    0,
)

TOLD: dict[type[Act[Any]], object] = {
    FetchPapers: PAPERS,
    TakeSheet: OFFICIAL,
    TellSheet: INVOICE,
    CountSlipPrint: COPY,
    FetchReceipt: RECEIPT,
    FetchReports: REPORTS,
    CountReportSheet: ReportSheet("RP1", 1, False),
    FetchReportPages: Pdf(b"%PDF-1.4"),
    FetchProgress: PROGRESS,
    FetchSummary: SUMMARY,
    FetchArticles: ARTICLES,
    KeepSale: SALE,
    TellSale: SALE,
}
