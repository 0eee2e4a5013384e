"""Draws an e-invoice as one page, for PDF and PNG.

Talks to the system's Chinese font. What a reader would get wrong: the page says that it is a
specimen, so that no simulated e-invoice can pass for an official one.
"""

import io
from functools import cache
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

from sandbox.platforms.invoice.books import Invoice
from sandbox.platforms.yuan import yuan_of

PictureKind = Literal["pdf", "png"]
_FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
_CHINESE_FACE = 2  # Noto Sans CJK SC in the collection
_WIDTH, _MARGIN, _ROW, _DPI = 1240, 60, 44, 150
_TEXT_DOTS, _TITLE_DOTS = 26, 40
_BLACK, _RED = "#000000", "#c00000"
_STAMPS = {
    "ISSUED": "",
    "PAPER_ISSUED": "已换开",
    "RED_FLIPPED": "已作废",
    "SCARLET": "红字",
}


def draw(invoice: Invoice, kind: PictureKind) -> bytes:
    """The page of an e-invoice as it stands now."""
    rows = _rows(invoice)
    page = Image.new("RGB", (_WIDTH, 2 * _MARGIN + _ROW * (len(rows) + 3)), "white")
    pen = ImageDraw.Draw(page)
    title = (
        "浙江省医疗住院收费票据（电子）"
        if _inpatient(invoice)
        else "浙江省医疗门诊收费票据（电子）"
    )
    pen.text((_WIDTH // 2, _MARGIN), title, _RED, _font(_TITLE_DOTS), anchor="ma")
    stamp = f"仿真样张 不作凭证 {_STAMPS[invoice.state]}".rstrip()
    pen.text((_WIDTH // 2, _MARGIN + 60), stamp, _RED, _font(_TEXT_DOTS), anchor="ma")
    for place, (left, right) in enumerate(rows):
        top = _MARGIN + _ROW * (place + 3)
        pen.text((_MARGIN, top), left, _BLACK, _font(_TEXT_DOTS))
        pen.text((_WIDTH - _MARGIN, top), right, _BLACK, _font(_TEXT_DOTS), anchor="ra")
    written = io.BytesIO()
    page.save(written, kind.upper(), resolution=_DPI)
    return written.getvalue()


def _rows(invoice: Invoice) -> list[tuple[str, str]]:
    sign = -1 if invoice.scarlet else 1
    day = invoice.issued_at.strftime("%Y-%m-%d")
    return [
        (f"票据代码 {invoice.bill_batch_code}", f"票据号码 {invoice.bill_no}"),
        (f"交款人 {invoice.payer_name}", f"校验码 {invoice.random}"),
        ("开票日期", day),
        *((item.name, yuan_of(sign * item.amount_fen)) for item in invoice.items),
        ("金额合计（元）", yuan_of(invoice.total_fen)),
    ]


def _inpatient(invoice: Invoice) -> bool:
    return invoice.bill_batch_code[2:6] == "0602"


@cache
def _font(dots: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, dots, index=_CHINESE_FACE)
