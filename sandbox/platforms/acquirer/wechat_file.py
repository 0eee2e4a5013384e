"""WeChat's daily file (domain B.7, docs/platforms/acquirer.md).

Talks to nothing. What a reader would get wrong: a refund's row carries the order number of the
payment and its own refund number; the payment's row never changes.
"""

from sandbox.platforms.acquirer.statement import Row, Statement, cell
from sandbox.platforms.yuan import yuan_of

_HEADER = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,"
    "付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,"
    "退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)
_SUMMARY_HEADER = (
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
)
_APP_ID = "wx0000000000000001"
_TRADE_TYPES = {"QR": "NATIVE", "AGREEMENT": "PAP"}
_NO_FEE, _NO_RATE, _NONE = "0.00000", "0.00%", "0.00"


def wechat_file(statement: Statement) -> bytes:
    """UTF-8 CSV: details and a summary, each with its header."""
    paid_fen = sum(r.movement.amount_fen for r in statement.rows if r.movement.kind == "PAY")
    back_fen = sum(r.movement.amount_fen for r in statement.rows) - paid_fen
    paid, back = yuan_of(paid_fen), yuan_of(back_fen)
    summary = [str(len(statement.rows)), paid, back, _NONE, _NO_FEE, paid, back]
    lines = [
        _HEADER,
        *(_line(_detail(statement.merchant, row)) for row in statement.rows),
        _SUMMARY_HEADER,
        _line(summary),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _detail(merchant: str, row: Row) -> list[str]:
    movement = row.movement
    is_payment = movement.kind == "PAY"
    amount = yuan_of(movement.amount_fen)
    paid, back = (amount, _NONE) if is_payment else (_NONE, amount)
    return [
        row.at.isoformat(" "),
        _APP_ID,
        merchant,
        "0",
        movement.terminal_id,
        movement.transaction_no,
        movement.number if is_payment else movement.original_number,
        movement.account,
        _TRADE_TYPES.get(movement.source, "MICROPAY"),
        "SUCCESS" if is_payment else movement.kind,
        "OTHERS",
        "CNY",
        paid,
        _NONE,
        "0" if is_payment else f"RF{movement.number}",
        "0" if is_payment else movement.number,
        back,
        _NONE,
        "" if is_payment else "ORIGINAL",
        "" if is_payment else "SUCCESS",
        movement.description,
        "",
        _NO_FEE,
        _NO_RATE,
        paid,
        back,
        "",
    ]


def _line(values: list[str]) -> str:
    return ",".join(f"`{cell(value)}" for value in values)
