"""Alipay's daily files: details and their sums in one archive (domain B.3, B.7).

Talks to nothing. What a reader would get wrong: the files are GBK, and a sign that GBK lacks
becomes a question mark, in names above all.
"""

from datetime import datetime, time, timedelta

from sandbox.platforms.acquirer.statement import Row, Statement, cell
from sandbox.platforms.yuan import yuan_of
from sandbox.platforms.zipped import zipped

_DETAIL_HEADER = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,"
    "订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,"
    "券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)
_SUM_HEADER = (
    "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,"
    "卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）"
)
_RULE = "-" * 40
_NONE = "0.00"


def alipay_file(statement: Statement) -> bytes:
    """The archive of a day."""
    stem = f"{statement.merchant}_{statement.day:%Y%m%d}_业务明细"
    details = [
        *_head("业务明细查询", statement),
        f"#{_RULE}业务明细列表{_RULE}",
        _DETAIL_HEADER,
        *(_detail(row) for row in statement.rows),
        f"#{_RULE}业务明细列表结束{_RULE}",
        f"#{_counted(statement)}",
    ]
    sums = [
        *_head("业务汇总查询", statement),
        f"#{_RULE}业务汇总列表{_RULE}",
        _SUM_HEADER,
        _sum("1\t,门诊", statement),
        _sum("合计,", statement),
        f"#{_RULE}业务汇总列表结束{_RULE}",
    ]
    return zipped({f"{stem}.csv": _encoded(details), f"{stem}(汇总).csv": _encoded(sums)})


def _head(title: str, statement: Statement) -> list[str]:
    begin = datetime.combine(statement.day, time())
    end = begin + timedelta(days=1)
    form = "%Y年%m月%d日 %H:%M:%S"
    return [
        f"#支付宝{title}",
        f"#账号：[{statement.merchant}]",
        f"#起始日期：[{begin:{form}}]   终止日期：[{end:{form}}]",
    ]


def _detail(row: Row) -> str:
    movement = row.movement
    is_payment = movement.kind == "PAY"
    amount = yuan_of(movement.amount_fen if is_payment else -movement.amount_fen)
    values = [
        f"{movement.transaction_no}\t",
        f"{movement.number if is_payment else movement.original_number}\t",
        "交易" if is_payment else "退款",
        movement.description,
        row.at.isoformat(" "),
        row.at.isoformat(" "),
        "1\t",
        "门诊",
        "",
        movement.terminal_id,
        movement.account,
        amount,
        amount,
        *[_NONE] * 5,
        "",
        _NONE,
        _NONE,
        "" if is_payment else f"{movement.number}\t",
        _NONE,
        _NONE,
        "撤销" if movement.kind == "REVOKED" else "",
    ]
    return ",".join(cell(value) for value in values)


def _sum(shop: str, statement: Statement) -> str:
    payments = sum(row.movement.kind == "PAY" for row in statement.rows)
    net = yuan_of(
        sum(
            row.movement.amount_fen if row.movement.kind == "PAY" else -row.movement.amount_fen
            for row in statement.rows
        )
    )
    counts = f"{payments},{len(statement.rows) - payments}"
    return f"{shop},{counts},{net},{net},{','.join([_NONE] * 5)},{net}"


def _counted(statement: Statement) -> str:
    payments = [r.movement.amount_fen for r in statement.rows if r.movement.kind == "PAY"]
    back = [r.movement.amount_fen for r in statement.rows if r.movement.kind != "PAY"]
    return (
        f"交易合计：{len(payments)}笔，共{yuan_of(sum(payments))}元；"
        f"退款合计：{len(back)}笔，共{yuan_of(-sum(back))}元"
    )


def _encoded(lines: list[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("gbk", errors="replace")
