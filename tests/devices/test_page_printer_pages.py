"""Slips and reports as PDF: every character in some embedded font, pages that break, sizes."""

from __future__ import annotations

import base64
import re
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.document import (
    Align,
    Document,
    Pair,
    Picture,
    QrCode,
    Report,
    Rule,
    Section,
    Space,
    Table,
    TextLine,
)
from core.errors import SettingsError
from core.settings import load
from devices import page_printer
from devices.page_printer.pages import pdf_of
from devices.page_printer.samples import sample_report
from devices.page_printer.settings import PaperSize
from devices.rare_text import PROPORTIONAL, Fonts, readable

FONTS = Fonts(readable(PROPORTIONAL))
_STREAM = re.compile(rb"/Filter \[ ([^\]]*)\][^>]*>>\s*stream\r?\n(.*?)\r?\n?endstream", re.S)
_CODE = re.compile(rb"^<[0-9A-F]{2}> <([0-9A-F]+)>$", re.M)


def streams(pdf: bytes) -> list[bytes]:
    """What the file holds, unpacked."""
    found = []
    for filters, data in _STREAM.findall(pdf):
        packed = base64.a85decode(data.removesuffix(b"~>")) if b"ASCII85" in filters else data
        found.append(zlib.decompress(packed))
    return found


def characters(pdf: bytes) -> set[str]:
    """Every character that an embedded font was told to show."""
    codes = [code for stream in streams(pdf) for code in _CODE.findall(stream)]
    return {chr(int(code, 16)) for code in codes}


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def test_report_shows_every_character_of_both_languages_and_rare_ones() -> None:
    pdf = pdf_of(sample_report(), FONTS)
    assert pdf.startswith(b"%PDF-")
    assert set("打印测试生僻字项目金额𠮷䶮㛃𫠊¥，。《》Print") <= characters(pdf)
    assert b"WenQuanYi" in pdf
    assert b"HanaMinA" in pdf
    assert pages(pdf) == 1


@pytest.mark.parametrize(
    ("paper", "box"), [(PaperSize.A4, b"595.2756 841.8898"), (PaperSize.A5, b"419.5276 595.2756")]
)
def test_page_has_the_size_of_the_paper(paper: PaperSize, box: bytes) -> None:
    assert b"/MediaBox [ 0 0 " + box in pdf_of(Document("D1", (TextLine("A"),)), FONTS, paper)


def test_long_table_breaks_over_pages() -> None:
    rows = tuple((f"device {number}", "ok", "很长的说明" * 12) for number in range(60))
    table = Table(("设备", "状态", "说明"), rows)
    report = Report("Readiness", (Section("设备", ("全部",), (table,)),), foot="T01")
    assert pages(pdf_of(report, FONTS, PaperSize.A5)) > 3


def test_cell_longer_than_a_page_goes_on_on_the_next() -> None:
    table = Table(("记录",), (("一行很长的记录" * 400,),))
    assert pages(pdf_of(Report("x", (Section("", (), (table,)),)), FONTS, PaperSize.A5)) > 1
    assert pages(pdf_of(Document("D1", (Pair("长" * 4000, "1"),)), FONTS, PaperSize.A5)) > 1


def test_slip_with_all_kinds_of_lines_is_one_page() -> None:
    slip = Document(
        "D1",
        (
            TextLine("缴费凭证", Align.CENTRE, bold=True, large=True),
            Rule(),
            Pair("患者 𠮷㛃" * 20, "¥1,234,567.89", bold=True),
            Space(2),
            QrCode("ZF-SLIP-0001"),
            Picture(16, b"\xff\x00" * 8),
        ),
    )
    pdf = pdf_of(slip, FONTS)
    assert pages(pdf) == 1
    assert set("缴费凭证患者𠮷㛃¥1234567.89") <= characters(pdf)
    assert b"/Subtype /Image" in pdf


def test_markup_in_a_text_is_text() -> None:
    pdf = pdf_of(Document("D1", (TextLine("<b>&amp;</b> <font size=99>"),)), FONTS)
    assert any(b"(<b>&amp;</b> <font size=99>)" in stream for stream in streams(pdf))


@given(st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_set(text: str) -> None:
    report = Report(text, (Section(text, (text,), (Table((text,), ((text,),)),)),), foot=text)
    assert pages(pdf_of(report, FONTS)) >= 1
    lines = (TextLine(text, bold=True), Pair(text, text), QrCode(text or "-"))
    assert pages(pdf_of(Document("D1", lines), FONTS)) >= 1


def test_table_with_a_short_row_is_refused() -> None:
    with pytest.raises(ValueError, match="as long as its head"):
        Table(("a", "b"), (("1",),))


def test_settings_open_a_printer_and_bad_fonts_are_named(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    rules = [page_printer.contradictions]
    file.write_text('[page_printer]\npath = "cups:A4"\n', encoding="utf-8")
    page_printer.open_from(load(file, page_printer.SETTINGS, rules=rules)).close()
    outlines = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
    file.write_text(
        f'[page_printer]\npath = "cups:A4"\nfonts = "{outlines};/nowhere.ttf"\n', encoding="utf-8"
    )
    with pytest.raises(SettingsError) as told:
        load(file, page_printer.SETTINGS, rules=rules)
    assert "cannot read /nowhere.ttf" in str(told.value)
    assert f"{outlines} has no TrueType outlines" in str(told.value)
