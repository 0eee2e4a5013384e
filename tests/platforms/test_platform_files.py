"""The daily files, sign by sign, on small days."""

import zlib

import pytest
from daily_files import (
    ALIPAY,
    DAY,
    MORNING,
    NEXT_MORNING,
    UNIONPAY,
    WECHAT,
    archive,
    at,
    fetch,
    give_back,
    pay,
    text_file,
)
from platforms_bench import Json, Platform

MERCHANT = "898330180616395"
WECHAT_NUMBERS = f"`wx0000000000000001,`{MERCHANT},`0,`,`WT00000000000000000000000001,`O1,`,"
WECHAT_FILE = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,"
    "付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,"
    "退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注\r\n"
    f"`2026-03-02 09:30:05,{WECHAT_NUMBERS}"
    "`MICROPAY,`SUCCESS,`OTHERS,`CNY,`123.45,`0.00,`0,`0,`0.00,`0.00,`,`,`门诊 内科,`,`0.00000,"
    "`0.00%,`123.45,`0.00,`\r\n"
    f"`2026-03-02 10:00:00,{WECHAT_NUMBERS}"
    "`MICROPAY,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`RFR1,`R1,`23.45,`0.00,`ORIGINAL,`SUCCESS,"
    "`门诊 内科,`,`0.00000,`0.00%,`0.00,`23.45,`\r\n"
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n"
    "`2,`123.45,`23.45,`0.00,`0.00000,`123.45,`23.45\r\n"
)


def test_wechat_file_sign_by_sign(acquirer: Platform) -> None:
    at(acquirer, MORNING)
    pay(acquirer, WECHAT, text="门诊,内科")
    at(acquirer, "2026-03-02T10:00:00")
    give_back(acquirer, "R1", 2_345)
    at(acquirer, NEXT_MORNING)
    assert text_file(acquirer, "WECHAT") == WECHAT_FILE


def test_empty_wechat_day_is_headers_and_zeros(acquirer: Platform) -> None:
    at(acquirer, NEXT_MORNING)
    lines = text_file(acquirer, "WECHAT").split("\r\n")
    assert lines[2:] == ["`0,`0.00,`0.00,`0.00,`0.00000,`0.00,`0.00", ""]


def test_wechat_reversal_is_a_row_of_its_own(acquirer: Platform) -> None:
    at(acquirer, MORNING)
    pay(acquirer, WECHAT)
    acquirer.ask("/pay/reverse", order_no="O1")
    at(acquirer, NEXT_MORNING)
    rows = [line.split(",") for line in text_file(acquirer, "WECHAT").split("\r\n")[1:3]]
    assert [(row[6], row[9], row[15], row[24], row[25]) for row in rows] == [
        ("`O1", "`SUCCESS", "`0", "`123.45", "`0.00"),
        ("`O1", "`REVOKED", "`O1", "`0.00", "`123.45"),
    ]


def test_trade_type_tells_qr_and_bound_debit(acquirer: Platform) -> None:
    at(acquirer, MORNING)
    order: Json = {"order_no": "Q1", "channel": "WECHAT", "amount_fen": 1, "description": ""}
    acquirer.ask("/pay/precreate", **order, payer_note="")
    acquirer.control("scan_qr", order_no="Q1", payer="王小明")
    acquirer.control(
        "sign_agreement", reference="E1", channel="WECHAT", payer="李四", agreement_no="A1"
    )
    acquirer.ask("/agreements/debit", agreement_no="A1", order_no="D1", amount_fen=2)
    at(acquirer, NEXT_MORNING)
    rows = [line.split(",") for line in text_file(acquirer, "WECHAT").split("\r\n")[1:3]]
    assert [(row[6], row[7], row[8]) for row in rows] == [
        ("`Q1", "`王**", "`NATIVE"),
        ("`D1", "`李*", "`PAP"),
    ]


ALIPAY_DETAILS = (
    "#支付宝业务明细查询\r\n"
    f"#账号：[{MERCHANT}]\r\n"
    "#起始日期：[2026年03月02日 00:00:00]   终止日期：[2026年03月03日 00:00:00]\r\n"
    "#----------------------------------------业务明细列表----------------------------------------\r\n"
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,"
    "订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,"
    "券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注\r\n"
    "AT00000000000000000000000001\t,O1\t,交易,门诊,2026-03-02 09:30:05,2026-03-02 09:30:05,"
    "1\t,门诊,,,,123.45,123.45,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,,0.00,0.00,\r\n"
    "AT00000000000000000000000001\t,O1\t,退款,门诊,2026-03-02 10:00:00,2026-03-02 10:00:00,"
    "1\t,门诊,,,,-23.45,-23.45,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,R1\t,0.00,0.00,\r\n"
    "AT00000000000000000000000002\t,O2\t,交易,?,2026-03-02 11:00:00,2026-03-02 11:00:00,"
    "1\t,门诊,,,,0.01,0.01,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,,0.00,0.00,\r\n"
    "AT00000000000000000000000002\t,O2\t,退款,?,2026-03-02 12:00:00,2026-03-02 12:00:00,"
    "1\t,门诊,,,,-0.01,-0.01,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,O2\t,0.00,0.00,撤销\r\n"
    "#----------------------------------------业务明细列表结束----------------------------------------\r\n"
    "#交易合计：2笔，共123.46元；退款合计：2笔，共-23.46元\r\n"
)
ALIPAY_SUMS = (
    "#支付宝业务汇总查询\r\n"
    f"#账号：[{MERCHANT}]\r\n"
    "#起始日期：[2026年03月02日 00:00:00]   终止日期：[2026年03月03日 00:00:00]\r\n"
    "#----------------------------------------业务汇总列表----------------------------------------\r\n"
    "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,"
    "卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）\r\n"
    "1\t,门诊,2,2,100.00,100.00,0.00,0.00,0.00,0.00,0.00,100.00\r\n"
    "合计,,2,2,100.00,100.00,0.00,0.00,0.00,0.00,0.00,100.00\r\n"
    "#----------------------------------------业务汇总列表结束----------------------------------------\r\n"
)


def test_alipay_files_sign_by_sign(acquirer: Platform) -> None:
    at(acquirer, MORNING)
    pay(acquirer, ALIPAY)
    at(acquirer, "2026-03-02T10:00:00")
    give_back(acquirer, "R1", 2_345)
    at(acquirer, "2026-03-02T11:00:00")
    pay(acquirer, "2812345678901234568", "O2", 1, text="\U0002000b")
    at(acquirer, "2026-03-02T12:00:00")
    acquirer.ask("/pay/reverse", order_no="O2")
    at(acquirer, NEXT_MORNING)
    files = archive(acquirer, "ALIPAY")
    details, sums = files.values()
    assert list(files) == [
        f"{MERCHANT}_20260302_业务明细.csv",
        f"{MERCHANT}_20260302_业务明细(汇总).csv",
    ]
    assert details.decode("gbk") == ALIPAY_DETAILS
    assert sums.decode("gbk") == ALIPAY_SUMS


def blanks(*widths: int) -> str:
    return " ".join(" " * width for width in widths)


# Columns 36 to 41, and 29 to 34, which are never filled.
END, MIDDLE = blanks(13, 13, 12, 2, 1, 131), blanks(1, 15, 32, 13, 13, 8)
INSTITUTIONS = "00010000    00010000   "
REFUND_QUERY = f"9{zlib.crc32(b'REFUND R1'):020d}"
ZM_FILE = (
    f"S22 {INSTITUTIONS} 000001 0302093005 {blanks(19)} 000000012345 {blanks(4, 2)} "
    f"000000000000000000001 {blanks(2)} O1{' ' * 30} {blanks(2, 6, 10, 13)} C000000012345 "
    f"{blanks(4, 15)} 01 {blanks(2, 6, 2, 4, 32, 1, 21)} {MERCHANT} {MIDDLE} {blanks(32)} {END}\r\n"
    f"S30 {INSTITUTIONS} {REFUND_QUERY[-6:]} 0302100000 {blanks(19)} 000000002345 {blanks(4, 2)} "
    f"{REFUND_QUERY} {blanks(2)} R1{' ' * 30} {blanks(2)} 000001 0302093005 {blanks(13)} "
    f"D000000002345 {blanks(4, 15)} 04 {blanks(2, 6, 2, 4, 32, 1)} 000000000000000000001 "
    f"{MERCHANT} {MIDDLE} O1{' ' * 30} {END}\r\n"
)


def test_unionpay_file_sign_by_sign(acquirer: Platform) -> None:
    at(acquirer, MORNING)
    pay(acquirer, UNIONPAY)
    at(acquirer, "2026-03-02T10:00:00")
    give_back(acquirer, "R1", 2_345)
    at(acquirer, NEXT_MORNING)
    files = archive(acquirer, "UNIONPAY")
    assert list(files) == [f"INN26030288ZM_{MERCHANT}", f"INN26030288ZME_{MERCHANT}"]
    normal, adjusted = files.values()
    assert normal.decode("ascii") == ZM_FILE
    assert adjusted == b""


def test_unionpay_refund_of_the_next_day_names_the_payment_of_the_first(
    acquirer: Platform,
) -> None:
    at(acquirer, MORNING)
    pay(acquirer, UNIONPAY)
    at(acquirer, "2026-03-03T08:00:00")
    give_back(acquirer, "R1", 1)
    at(acquirer, "2026-03-04T09:00:00")
    normal, _ = archive(acquirer, "UNIONPAY", "20260303").values()
    assert b" 000001 0302093005 " in normal
    assert normal.startswith(b"S30 ")


def test_adjustment_by_hand_stands_in_the_second_file(acquirer: Platform) -> None:
    at(acquirer, MORNING)
    pay(acquirer, UNIONPAY)
    acquirer.control("adjust", number="O1", amount_fen=45)
    at(acquirer, NEXT_MORNING)
    _, adjusted = archive(acquirer, "UNIONPAY").values()
    trace = f"{zlib.crc32(b'ADJUST O1') % 1_000_000:06d}"
    line = (
        f"E74 {INSTITUTIONS} {trace} 0302093005 {blanks(19)} 000000000045 {blanks(4, 2, 2)} "
        f"000001 0302093005 4502 {blanks(12, 13, 13)} {MERCHANT} {blanks(15, 1, 12, 2, 135)}\r\n"
    )
    assert adjusted.decode("ascii") == line


def test_unionpay_day_without_rows_has_no_file(acquirer: Platform) -> None:
    at(acquirer, NEXT_MORNING)
    answer = fetch(acquirer, "UNIONPAY")
    assert (answer.status_code, answer.json()["respCode"]) == (200, "98")


HEADER = (
    "time,kind,number,original_number,transaction_no,auth_code,terminal_id,account,amount_fen\r\n"
)
CARD: Json = {"terminal_id": "T1", "pan": "6217000000000000017", "expiry": "3012"}


def test_card_file_holds_sales_refunds_and_completions(acquirer: Platform) -> None:
    at(acquirer, MORNING)
    acquirer.ask("/pos/sales", reference="S1", amount_fen=10_000, **CARD)
    sold = acquirer.ask("/pos/sales", reference="S2", amount_fen=500, **CARD)
    acquirer.ask("/pos/sales/undo", reference="S1")
    acquirer.ask(
        "/pos/refunds",
        reference="R1",
        amount_fen=200,
        original_auth_code=sold["auth_code"],
        **CARD,
    )
    acquirer.ask("/pos/refunds/undo", reference="R1")
    held = acquirer.ask("/pos/holds", reference="H1", amount_fen=9_000, **CARD)
    acquirer.ask("/pos/holds", reference="H2", amount_fen=1, **CARD)
    code = held["auth_code"]
    acquirer.ask("/holds/complete", auth_code=code, order_no="C1", amount_fen=8_000)
    acquirer.ask("/holds/complete/cancel", order_no="C1")
    acquirer.ask("/holds/complete", auth_code=code, order_no="C2", amount_fen=7_000)
    acquirer.ask("/holds/refund", order_no="C2", refund_no="CR1", amount_fen=70)
    at(acquirer, NEXT_MORNING)
    tail = "T1,621700*********0017"
    rows = {
        f"SALE,S1,,840000000001,400001,{tail},10000",
        f"SALE_VOID,S1,S1,840000000001,400001,{tail},10000",
        f"SALE,S2,,840000000002,400002,{tail},500",
        f"CARD_REFUND,R1,S2,850000000001,500001,{tail},200",
        f"CARD_REFUND_UNDO,R1,R1,850000000001,500001,{tail},200",
        f"COMPLETION,C1,,800000000001,100001,{tail},8000",
        f"COMPLETION_CANCEL,C1,C1,800000000001,100001,{tail},8000",
        f"COMPLETION,C2,,800000000001,100001,{tail},7000",
        f"COMPLETION_REFUND,CR1,C2,800000000001,100001,{tail},70",
    }
    header, *lines = text_file(acquirer, "CARD").splitlines(keepends=True)
    assert header == HEADER
    assert sorted(lines) == sorted(f"2026-03-02 09:30:05,{row}\r\n" for row in rows)


def test_hold_completed_at_the_pos_is_in_the_card_file(acquirer: Platform) -> None:
    at(acquirer, MORNING)
    held = acquirer.ask("/pos/holds", reference="H1", amount_fen=9_000, **CARD)
    acquirer.ask("/pos/holds/complete", auth_code=held["auth_code"], amount_fen=100)
    at(acquirer, NEXT_MORNING)
    row = "COMPLETION,H1,,800000000001,100001,T1,621700*********0017,100"
    assert text_file(acquirer, "CARD") == f"{HEADER}2026-03-02 09:30:05,{row}\r\n"


def test_transfer_file_tells_what_was_paid_and_what_came_back(acquirer: Platform) -> None:
    at(acquirer, MORNING)
    item: Json = {"payee_name": "王", "account_no": "6217000000000017", "bank": "工商银行"}
    items = [
        {"item_no": "I1", "amount_fen": 5, **item},
        {"item_no": "I2", "amount_fen": 6, **item, "account_no": "6217000000000404"},
    ]
    acquirer.ask("/transfers/batch", batch_no="B1", items=items)
    acquirer.ask("/transfers/query", batch_no="B1")
    acquirer.control("return_transfer", item_no="I1")
    at(acquirer, NEXT_MORNING)
    assert text_file(acquirer, "TRANSFER") == (
        f"{HEADER}2026-03-02 09:30:05,TRANSFER,I1,B1,,,,6217****0017,5\r\n"
        "2026-03-02 09:30:05,TRANSFER_RETURN,I1,I1,,,,6217****0017,5\r\n"
    )


@pytest.mark.parametrize("day", ["2026-03-02", "20260230", "19990101", "x"])
def test_day_that_is_none_is_an_error_of_the_caller(acquirer: Platform, day: str) -> None:
    assert fetch(acquirer, "WECHAT", day).status_code == 422


def test_same_file_twice_is_the_same_bytes(acquirer: Platform) -> None:
    at(acquirer, MORNING)
    pay(acquirer, ALIPAY)
    at(acquirer, NEXT_MORNING)
    assert fetch(acquirer, "ALIPAY").content == fetch(acquirer, "ALIPAY").content


def test_unknown_channel_has_no_file(acquirer: Platform) -> None:
    answer = fetch(acquirer, "CASH", DAY)
    assert (answer.status_code, answer.json()) == (404, {"detail": "UNKNOWN_CHANNEL"})
