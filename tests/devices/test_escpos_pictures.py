"""Rare characters, pictures and the logo as raster; python-escpos judges raster and QR bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from escpos.printer import Dummy
from PIL import Image

from core.document import Align, Document, Pair, Picture, TextLine
from core.settings import load
from devices import receipt_printer
from devices.rare_text import FIXED_WIDTH, FontFile, Fonts, readable
from devices.receipt_printer.escpos.frames import BAND_DOTS, qr_code, raster
from devices.receipt_printer.escpos.layout import job
from devices.receipt_printer.escpos.options import LOGO, PrinterOptions, options_from
from devices.receipt_printer.escpos.pictures import RareRows, fitted, picture_from

FONTS = Fonts(readable(FIXED_WIDTH))
RARE = RareRows("gbk", FONTS)
ROW_576 = "1d763000" + "4800" + "1e00"


def ink(picture: Picture, left: int, right: int) -> int:
    """Black dots in the columns from `left` to `right`."""
    image = Image.frombytes("1", (picture.width_dots, picture.height_dots), picture.bits)
    return image.crop((left, 0, right, picture.height_dots)).histogram()[255]


def options(folder: Path, lines: str) -> PrinterOptions:
    file = folder / "settings.toml"
    file.write_text(f'[receipt_printer]\npath = "file:/dev/usb/lp0"\n{lines}', encoding="utf-8")
    given = load(file, receipt_printer.SETTINGS, rules=[receipt_printer.contradictions])
    return options_from(given)


@pytest.mark.parametrize("character", "𠮷䶮㛃𫠊€")
def test_rare_character_is_found_in_a_font_and_drawn(character: str) -> None:
    assert RARE.needed(character)
    drawn = RARE.draw(character, 48, Align.LEFT, bold=False, large=False)
    assert drawn.width_dots == 576
    assert drawn.height_dots == 30
    assert ink(drawn, 0, 24) > 20
    assert ink(drawn, 26, 576) == 0
    empty_box = RARE.draw("\U0010fffd", 48, Align.LEFT, bold=False, large=False)
    assert drawn.bits != empty_box.bits


@pytest.mark.parametrize(
    ("charset", "in_printer", "drawn"),
    [("gb2312", "诊疗，A", "镕"), ("gbk", "镕〇\u00a5", "䶮"), ("gb18030", "䶮㛃", "𠮷")],
)
def test_what_the_printer_has_itself_depends_on_its_memory(
    charset: str, in_printer: str, drawn: str
) -> None:
    rows = RareRows(charset, FONTS)
    assert not rows.needed(in_printer)
    assert rows.needed(in_printer + drawn)


def test_only_the_row_with_a_rare_character_is_a_picture() -> None:
    document = Document("D1", (TextLine("张三"), TextLine("张𠮷"), TextLine("李四")))
    printed = job(document, 48, RARE).hex()
    assert printed.startswith("d5c5c8fd0a" + ROW_576)
    assert printed.endswith("c0eecbc40a")
    assert printed.count("1d763000") == 1


def test_amount_keeps_its_column_in_a_drawn_row() -> None:
    printed = job(Document("D1", (Pair("𠮷", "8.00"),)), 32, RARE)
    assert printed.startswith(bytes.fromhex("1d763000" + "3000" + "1e00"))
    picture = Picture(384, printed[8:])
    assert ink(picture, 0, 24) > 20
    assert ink(picture, 26, 28 * 12) == 0
    assert ink(picture, 28 * 12, 384) > 20


def test_centred_large_and_bold_row_is_drawn_so() -> None:
    plain = RARE.draw("𠮷", 48, Align.CENTRE, bold=False, large=True)
    bold = RARE.draw("𠮷", 48, Align.CENTRE, bold=True, large=True)
    assert plain.height_dots == 60
    assert ink(plain, 264, 312) > 100
    assert ink(plain, 0, 262) == ink(plain, 314, 576) == 0
    assert ink(bold, 0, 576) > ink(plain, 0, 576)
    right = RARE.draw("𠮷", 48, Align.RIGHT, bold=False, large=False)
    assert ink(right, 552, 576) > 20
    assert ink(right, 0, 550) == 0


def test_control_characters_are_not_drawn() -> None:
    row = RARE.draw("\x1b𠮷", 48, Align.LEFT, bold=False, large=False)
    assert row == RARE.draw("𠮷", 48, Align.LEFT, bold=False, large=False)


def test_no_font_at_all_sends_the_row_as_text(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no font"):
        Fonts(())
    assert job(Document("D1", (TextLine("𠮷"),)), 48, None).hex() == "9534b2350a"


def test_raster_is_that_of_an_independent_encoder() -> None:
    image = Image.open(LOGO)
    judge = Dummy()
    judge.image(image, impl="bitImageRaster")
    assert raster(picture_from(LOGO)) == judge.output


def test_qr_is_that_of_an_independent_encoder() -> None:
    judge = Dummy()
    judge.qr("ZF-SLIP-0001", ec=1, size=6, model=2, native=True)
    assert qr_code("ZF-SLIP-0001") in judge.output


def test_tall_picture_goes_out_in_bands() -> None:
    picture = Picture(8, b"\xff" * (BAND_DOTS + 1))
    full = bytes.fromhex("1d763000 0100 f000") + b"\xff" * BAND_DOTS
    assert raster(picture) == full + bytes.fromhex("1d763000 0100 0100 ff")


def test_picture_wider_than_the_paper_is_made_to_fit() -> None:
    wide = Picture(800, b"\xff" * 100 * 40)
    narrow = fitted(wide, 32)
    assert (narrow.width_dots, narrow.height_dots) == (384, 19)
    assert fitted(narrow, 32) is narrow


def test_picture_of_half_a_row_is_refused() -> None:
    with pytest.raises(ValueError, match="whole number of rows"):
        Picture(9, b"\xff")


def test_transparent_picture_file_is_black_on_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (8, 1), (0, 0, 0, 0))
    image.putpixel((0, 0), (0, 0, 0, 255))
    image.save(tmp_path / "mark.png")
    assert picture_from(tmp_path / "mark.png") == Picture(8, b"\x80")


def test_settings_come_to_options(tmp_path: Path) -> None:
    usual = options(tmp_path, "")
    assert usual.rare is not None
    assert (usual.columns, usual.rare.rom_charset, usual.logo) == (48, "gbk", None)
    with_logo = options(tmp_path, 'logo = true\ncolumns = 32\nrom_charset = "gb2312"\n')
    assert with_logo.logo == picture_from(LOGO)


def test_unknown_paper_and_missing_font_are_named(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="no such paper; write one of 32, 42, 48") as told:
        options(tmp_path, 'columns = 40\nfonts = "/nowhere/a.ttf#1"\n')
    assert "receipt_printer.fonts: cannot read /nowhere/a.ttf" in str(told.value)


def test_named_font_files_are_used_in_order(tmp_path: Path) -> None:
    wqy, hana = FIXED_WIDTH[0], FIXED_WIDTH[1]
    found = options(tmp_path, f'fonts = "{hana.name}; {wqy.name}#1"\n')
    assert found.rare is not None
    assert found.rare.fonts.file_for("中") == FontFile(hana.name)
