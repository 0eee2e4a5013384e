"""The acquirers' daily files: literal examples, and every damage refused with its line."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement_backend.reconciliation.files.alipay import read_alipay
from settlement_backend.reconciliation.files.plain import read_plain
from settlement_backend.reconciliation.files.rows import DailyFile, Damaged, Moved
from settlement_backend.reconciliation.files.unionpay import read_unionpay
from settlement_backend.reconciliation.files.wechat import read_wechat

Reader = Callable[[bytes], DailyFile]

WECHAT = (
    "交易时间,公众账号ID,商户号\r\n"
    "`2026-03-02 09:30:00,`wx1,`M1,`0,`K01,`4200001,`O1,`u,`MICROPAY,`SUCCESS,`OTHERS,`CNY,`120.50,"
    "`0.00,`0,`0,`0.00,`0.00,`,`,`fees,`,`0.00000,`0.00%,`120.50,`0.00,`\r\n"
    "`2026-03-02 10:00:00,`wx1,`M1,`0,`K01,`4200001,`O1,`u,`MICROPAY,`REFUND,`OTHERS,`CNY,`0.00,"
    "`0.00,`RFR1,`R1,`20.50,`0.00,`ORIGINAL,`SUCCESS,`fees,`,`0.00000,`0.00%,`0.00,`20.50,`\r\n"
    "`2026-03-02 11:00:00,`wx1,`M1,`0,`K01,`4200002,`O2,`u,`NATIVE,`REVOKED,`OTHERS,`CNY,`0.00,"
    "`0.00,`RFO2,`O2,`7.00,`0.00,`ORIGINAL,`SUCCESS,`fees,`,`0.00000,`0.00%,`0.00,`7.00,`\r\n"
    "总交易单数,应结订单总金额\r\n"
    "`3,`120.50,`27.50,`0.00,`0.00000,`120.50,`27.50\r\n"
)
ALIPAY = (
    "#支付宝业务明细查询\r\n"
    "支付宝交易号,商户订单号,业务类型\r\n"
    "2026A1\t,O3\t,交易,fees,2026-03-02 09:00:00,2026-03-02 09:00:05,1\t,门诊,,K01,王?,88.00,"
    "88.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,,0.00,0.00,\r\n"
    "2026A1\t,O3\t,退款,fees,2026-03-02 12:00:00,2026-03-02 12:00:05,1\t,门诊,,K01,王?,-8.00,"
    "-8.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,R3\t,0.00,0.00,\r\n"
    "2026A2\t,O4\t,退款,fees,2026-03-02 13:00:00,2026-03-02 13:00:05,1\t,门诊,,K01,王?,-9.00,"
    "-9.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,O4\t,0.00,0.00,撤销\r\n"
    "#交易合计\r\n"
)
PLAIN = (
    "time,kind,number,original_number,transaction_no,auth_code,terminal_id,account,amount_fen\r\n"
    "2026-03-02 09:00:00,SALE,REF1,,800000000001,100001,P1,622202******0017,12050\r\n"
    '2026-03-02 10:00:00,CARD_REFUND,REF2,REF1,800000000002,100002,P1,"622202******0017",50\r\n'
)
_ZM_WIDTHS = (
    *(3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2),
    *(6, 2, 4, 32, 1, 21, 15, 1, 15, 32, 13, 13, 8, 32, 13, 13, 12, 2, 1, 131),
)
_ZME_WIDTHS = (3, 11, 11, 6, 10, 19, 12, 4, 2, 2, 6, 10, 4, 12, 13, 13, 15, 15, 1, 12, 2, 135)


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def fixed(widths: tuple[int, ...], columns: dict[int, str]) -> bytes:
    cells = (columns.get(n, "").ljust(width) for n, width in enumerate(widths, 1))
    return (" ".join(cells) + "\r\n").encode()


def unionpay(amount: str = "000000008800", kind: str = "01") -> bytes:
    paid = {1: "S22", 5: "0302093000", 7: amount, 10: "8" * 21, 12: "O5", 20: kind}
    back = {1: "S30", 5: "0302103000", 7: "000000000800", 12: "R5", 20: "04", 35: "O5"}
    hand = {1: "E74", 5: "0302110000", 7: "000000000100", 11: "888888"}
    return zipped(
        INN26030288ZM_M1=fixed(_ZM_WIDTHS, paid) + fixed(_ZM_WIDTHS, back),
        INN26030288ZME_M1=fixed(_ZME_WIDTHS, hand),
    )


def alipay(text: str = ALIPAY) -> bytes:
    return zipped(**{"M1_业务明细.csv": text.encode("gbk"), "M1_业务明细(汇总).csv": b""})


def test_wechat_payment_refund_and_reversal() -> None:
    assert read_wechat(WECHAT.encode()).rows == (
        Moved("PAY", "O1", "", 12050, "2026-03-02 09:30:00", "4200001"),
        Moved("REFUND", "R1", "O1", 2050, "2026-03-02 10:00:00", "4200001"),
        Moved("REVOKED", "O2", "O2", 700, "2026-03-02 11:00:00", "4200002"),
    )


def test_alipay_refunds_are_negative_and_a_reversal_is_told_by_its_note() -> None:
    assert read_alipay(alipay()).rows == (
        Moved("PAY", "O3", "", 8800, "2026-03-02 09:00:05", "2026A1"),
        Moved("REFUND", "R3", "O3", 800, "2026-03-02 12:00:05", "2026A1"),
        Moved("REVOKED", "O4", "O4", 900, "2026-03-02 13:00:05", "2026A2"),
    )


def test_unionpay_columns_are_counted_by_width_and_adjustments_kept_apart() -> None:
    read = read_unionpay(unionpay())

    assert read.rows == (
        Moved("PAY", "O5", "", 8800, "0302093000", "8" * 21),
        Moved("REFUND", "R5", "O5", 800, "0302103000", ""),
    )
    assert read.adjusted == (("888888", 100),)


def test_card_sale_and_its_refund() -> None:
    assert read_plain(PLAIN.encode()).rows == (
        Moved("PAY", "REF1", "", 12050, "2026-03-02 09:00:00", "800000000001"),
        Moved("REFUND", "REF2", "REF1", 50, "2026-03-02 10:00:00", "800000000002"),
    )


@pytest.mark.parametrize(
    ("read", "content", "line"),
    [
        (read_wechat, WECHAT.replace("`3,`120.50", "`4,`120.50").encode(), "line 6"),
        (read_wechat, WECHAT.replace("`120.50,`0.00,`0,", "`12.50,`0.00,`0,").encode(), "line 6"),
        (read_wechat, WECHAT.replace("`SUCCESS,`OTHERS", "`MAYBE,`OTHERS").encode(), "line 2"),
        (read_wechat, WECHAT.replace("`2026-03-02 10", "2026-03-02 10").encode(), "line 3"),
        (read_wechat, WECHAT[:-3].encode(), "line 6"),
        (read_wechat, WECHAT.encode("gbk"), "utf-8"),
        (read_alipay, alipay(ALIPAY.replace(",88.00,", ",8x.00,", 1)), "line 3"),
        (read_alipay, alipay(ALIPAY.replace("退款,fees", "其他,fees", 1)), "line 4"),
        (read_alipay, alipay(ALIPAY.replace(",-8.00,", ",8.00,", 1)), "line 4"),
        (read_alipay, b"PK", "not a zip"),
        (read_unionpay, unionpay(amount="00000000 8800"), "line 1"),
        (read_unionpay, unionpay(amount="0000000088x0"), "line 1"),
        (read_unionpay, unionpay(kind="99"), "line 1"),
        (read_unionpay, zipped(other=b""), "ZM"),
        (read_plain, PLAIN.replace("12050", "-1").encode(), "line 2"),
        (read_plain, PLAIN.replace("SALE,", "GIFT,", 1).encode(), "line 2"),
        (read_plain, PLAIN[:-2].encode(), "line 1"),
    ],
)
def test_damaged_file_is_refused_with_its_line(read: Reader, content: bytes, line: str) -> None:
    with pytest.raises(Damaged, match=line):
        read(content)


@pytest.mark.parametrize("read", [read_wechat, read_alipay, read_unionpay, read_plain])
@given(content=st.binary(max_size=300))
def test_anything_is_read_or_refused(read: Reader, content: bytes) -> None:
    with contextlib.suppress(Damaged):
        read(content)
