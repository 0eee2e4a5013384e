"""Slips on 48 columns in both languages: amounts whole, nobody named in full, one golden text."""

from __future__ import annotations

import re

import pytest
from slip_contents import (
    COLUMNS,
    HEAD,
    LONG,
    LONGEST,
    MOMENT,
    OPERATION_ID,
    PERSON,
    PLAIN,
    SLIP,
    as_text,
    contents,
    laid_out,
)
from terminal_bench import MESSAGES

from core.catalogue import Catalogue
from core.document import Document, Pair, QrCode, TextLine
from core.operation import OperationKind
from core.phrase import date_words
from core.slips import DoubtSlip, SettlementSlip, SlipContent
from devices.receipt_printer.escpos.layout import job, pair_lines, shorten, width

CATALOGUES = {language: Catalogue(language, MESSAGES) for language in ("zh", "en")}
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
_AMOUNT_IN_WORDS = re.compile("[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]+")
KINDS = pytest.mark.parametrize("kind", list(PLAIN))


def _pairs(document: Document) -> list[Pair]:
    return [line for line in document.lines if isinstance(line, Pair)]


def _unwrapped(rows: list[str]) -> str:
    return "".join(rows).replace(" ", "")


@BOTH
@KINDS
@pytest.mark.parametrize("of", [PLAIN, LONGEST], ids=["plain", "longest"])
def test_right_side_is_never_cut(language: str, kind: str, of: dict[str, SlipContent]) -> None:
    document = laid_out(of[kind], CATALOGUES[language])
    for pair in _pairs(document):
        rows = pair_lines(pair.left, pair.right, COLUMNS)
        assert pair.right, pair
        assert rows[-1].endswith(pair.right) or _unwrapped(rows[1:]) == _unwrapped([pair.right])
    assert max(width(row) for row in as_text(document) if not row.startswith("<")) <= COLUMNS
    assert job(document, COLUMNS)


@BOTH
@KINDS
def test_plain_contents_lose_no_character(language: str, kind: str) -> None:
    for pair in _pairs(laid_out(PLAIN[kind], CATALOGUES[language])):
        room = COLUMNS - width(pair.right) - 1
        assert shorten(pair.left, room) == pair.left, pair


@BOTH
def test_quantity_of_a_long_name_is_not_cut(language: str) -> None:
    content = contents(LONG, 999_999_999)["settlement"]
    text = as_text(laid_out(content, CATALOGUES[language]))
    assert [row for row in text if row.startswith(" 2 × ")]


@BOTH
@KINDS
def test_slip_names_nobody_in_full(language: str, kind: str) -> None:
    document = laid_out(PLAIN[kind], CATALOGUES[language])
    paper = "\n".join([document.document_id, *as_text(document)])
    for secret in (
        *("王建国", "建国", PERSON.patient_id, PERSON.display_id, PERSON.display_phone),
        *("330302", "0016", "0077", "0025"),
    ):
        assert secret not in paper, secret
    assert ("王*国" in paper) == (kind not in ("doubt", "refund"))


@BOTH
@KINDS
def test_foot_proves_the_journal(language: str, kind: str) -> None:
    foot = as_text(laid_out(PLAIN[kind], CATALOGUES[language]))[-6:]
    assert foot[1].startswith("K01 ")
    assert foot[1].endswith(date_words(MOMENT.printed_at, language))
    assert foot[2].endswith("ab12cd34")
    assert " 17 " in foot[2]
    assert HEAD.service_line in foot[3]


@KINDS
def test_every_word_is_translated(kind: str) -> None:
    """What stands on both papers is data: numbers, masked names and codes, never English words."""
    zh, en = (laid_out(PLAIN[kind], CATALOGUES[language]) for language in ("zh", "en"))
    words = {line.text for line in zh.lines if isinstance(line, TextLine)}
    words |= {pair.left for pair in _pairs(zh)}
    same = words & (
        {line.text for line in en.lines if isinstance(line, TextLine)}
        | {pair.left for pair in _pairs(en)}
    )
    data = {SLIP.slip_id, OPERATION_ID, "内科 017"}
    assert [text for text in same - data if not _AMOUNT_IN_WORDS.fullmatch(text)] == []


def test_code_on_paper_is_the_backends_own() -> None:
    document = laid_out(PLAIN["settlement"], CATALOGUES["en"])
    assert [line for line in document.lines if isinstance(line, QrCode)] == [QrCode(SLIP.qr_text)]


def test_doubt_without_an_amount_names_none() -> None:
    paper = as_text(
        laid_out(DoubtSlip(OPERATION_ID, OperationKind.CARD_ISSUE, 0), CATALOGUES["en"])
    )
    assert not [row for row in paper if "Amount" in row]


GOLDEN_EN = """
           Wenhe University Hospital
         Settlement slip
------------------------------------------------
Patient                                    王*国
Laboratory                                 86.38
 2 × Blood count                          86.38
------------------------------------------------
Total                                      86.38
Insurance fund                             12.34
Insurance account                          12.34
Subsidy                                    12.34
Prepaid balance                            12.34
Pre-authorisation *1234                    12.34
WeChat / Alipay / UnionPay                 12.34
Cash                                       12.34
You paid                                   49.36
------------------------------------------------
Frozen on *1234                            74.04
Taken from it                              12.34
Released to the card                       24.68
Still frozen                               37.02
<ZF1.S.S260105ABCDEF.ABCDEFGHIJKLMNOPQRSTUVWXYZ>
                 S260105ABCDEF
------------------------------------------------
K01 Machine A-03                5 Jan 2026 09:30
Journal 17                              ab12cd34
Service line 0577-8800 2120
"""
GOLDEN_ZH = """
              温和医科大学附属医院
                结算凭条
------------------------------------------------
患者                                       王*国
检验科                                     86.38
 2 × 血常规                               86.38
------------------------------------------------
费用合计                                   86.38
医保统筹支付                               12.34
医保个人账户                               12.34
补助                                       12.34
预交金                                     12.34
预授权 *1234                               12.34
微信 / 支付宝 / 云闪付                     12.34
现金                                       12.34
您已支付                                   49.36
                                肆拾玖元叁角陆分
------------------------------------------------
冻结卡号 *1234                             74.04
其中已扣                                   12.34
已解冻退回卡内                             24.68
仍在冻结                                   37.02
<ZF1.S.S260105ABCDEF.ABCDEFGHIJKLMNOPQRSTUVWXYZ>
                 S260105ABCDEF
------------------------------------------------
K01 自助机 A-03               2026年1月5日 09:30
流水 17                                 ab12cd34
服务热线 0577-8800 2120
"""


@pytest.mark.parametrize(("language", "golden"), [("en", GOLDEN_EN), ("zh", GOLDEN_ZH)])
def test_settlement_slip_reads(language: str, golden: str) -> None:
    content = PLAIN["settlement"]
    assert isinstance(content, SettlementSlip)
    assert "\n".join(as_text(laid_out(content, CATALOGUES[language]))).strip("\n") == (
        golden.strip("\n")
    )
