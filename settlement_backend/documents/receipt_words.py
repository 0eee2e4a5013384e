"""Words on slips in both languages. No logic here; amounts and states come from the books."""

from __future__ import annotations

from settlement_backend.base.shapes import Words

SETTLEMENT = Words(zh="诊疗费用结算凭条", en="Settlement slip")
REGISTRATION = Words(zh="挂号凭条", en="Registration slip")
DEPOSIT = Words(zh="住院预交金凭证", en="Inpatient deposit slip")
DISCHARGE = Words(zh="住院费用结算凭条", en="Discharge settlement slip")
REFUND = Words(zh="退费凭条", en="Refund slip")
TITLES = {"REGISTRATION": REGISTRATION, "DEPOSIT": DEPOSIT, "INPATIENT": DISCHARGE}

ITEMS = Words(zh="费用明细", en="Items")
BORNE = Words(zh="报销明细", en="Who bears what")
PAID = Words(zh="付款方式", en="Paid by")
BACK = Words(zh="退款去向", en="Where the money goes")
STATE = Words(zh="状态", en="State")
TOTAL = Words(zh="合计", en="Total")
CHANGE = Words(zh="应退找零", en="Change due")
NOTICE = Words(
    zh="本凭条不是发票。票据可凭本码在自助机或窗口打印一次。",
    en="This slip is no invoice. The invoice can be printed once, at a machine or a window.",
)
KEEP = Words(zh="请妥善保管，凭本码到窗口办理。", en="Keep this slip: a window needs its code.")

COMPONENTS = {
    "FUND": Words(zh="医保统筹基金", en="Insurance fund"),
    "ACCOUNT": Words(zh="医保个人账户", en="Personal account"),
    "MUTUAL": Words(zh="家庭共济", en="Family mutual aid"),
    "HOSPITAL": Words(zh="医院负担", en="Borne by the hospital"),
    "SELF": Words(zh="个人自付", en="Self-pay"),
}
WAYS = {
    "PREPAY_BALANCE": Words(zh="门诊预交金", en="Prepaid balance"),
    "DEPOSIT": Words(zh="住院预交金", en="Inpatient deposit"),
    "PREAUTH": Words(zh="银行卡预授权", en="Hold on a card"),
    "BANK_CARD": Words(zh="银行卡", en="Bank card"),
    "CREDIT_LINE": Words(zh="信用就医", en="Credit line"),
    "FAMILY_CREDIT_LINE": Words(zh="亲情信用付", en="Relative's credit line"),
    "BOUND_DEBIT": Words(zh="绑定支付", en="Bound debit"),
    "ONE_CODE": Words(zh="一码付", en="One code"),
    "REMOTE": Words(zh="亲属远程支付", en="Paid by a relative"),
    "SCAN": Words(zh="扫码支付", en="Scan pay"),
    "COMMERCIAL_DIRECT": Words(zh="商业保险直赔", en="Commercial insurance"),
    "CASH": Words(zh="现金", en="Cash"),
    "INSURANCE": Words(zh="医保退回", en="Insurance"),
    "TRANSFER": Words(zh="实名转账", en="Bank transfer"),
}


def way(kind: str) -> Words:
    """A kind of tender or a route; one nobody wrote words for is told by its own."""
    return WAYS.get(kind, Words(zh=kind, en=kind))
