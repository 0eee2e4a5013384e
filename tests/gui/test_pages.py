"""Pages made of words, as a finger uses them: marks, keys, signature, codes, reading to the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from examples import STEPS
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from screen_rig import Rig, Said
from zxingcpp import BarcodeFormat, BarcodeFormats, read_barcode

from core.flow import Ask, Touch
from core.ink import ink_picture
from kiosk.steps import Typed
from kiosk.steps.pages import ChooseSome, Show, Signed
from sandbox.player.qml import click, find, is_shown, scene_rect, settle, text
from ui.qr_image import qr_image
from ui.tokens import Modes

pytestmark = pytest.mark.slow


def _type(rig: Rig, letters: str) -> None:
    for letter in letters:
        click(rig.window, f"key_{letter}")


def _candidates(rig: Rig) -> list[str]:
    names = [f"pick_{place}" for place in range(6)]
    return [text(rig.window, name) for name in names if is_shown(rig.window, name)]


def _understood(name: str, said: Said) -> object:
    step = STEPS[name]
    assert isinstance(step, Ask)
    return step.touched(Touch(said.word, said.value))


# --- one of several, some of several


def test_option_that_is_off_says_why_and_nothing_else(rig: Rig) -> None:
    rig.show("page_choose")
    click(rig.window, "choose_place2")
    assert rig.said == []
    click(rig.window, "choose_place1")
    assert rig.said == [Said(1, "choose", "place1")]


def test_page_without_options_says_so_and_offers_the_way_back(rig: Rig) -> None:
    rig.show("page_choose_nothing")
    assert not is_shown(rig.window, "choose_place0")
    assert is_shown(rig.window, "dock_back")
    click(rig.window, "nothing_back")
    assert rig.said == [Said(1, "back", "")]


def test_marks_are_said_all_at_once_in_their_order(rig: Rig) -> None:
    step = STEPS["page_choose_some"]
    assert isinstance(step, ChooseSome)
    rig.show("page_choose_some")
    assert not find(rig.window, "press_go_on").isEnabled()
    for key in ("place1", "place0", "place2"):  # the last one is off
        click(rig.window, f"mark_{key}")
    rig.show_again("page_choose_some")  # another language keeps the marks
    click(rig.window, "press_go_on")
    assert rig.said == [Said(1, "go_on", "place0 place1")]
    assert _understood("page_choose_some", rig.said[0]) == ("place0", "place1")


def test_second_press_takes_a_mark_away(rig: Rig) -> None:
    rig.show("page_choose_some")
    click(rig.window, "mark_place0")
    click(rig.window, "mark_place0")
    assert not find(rig.window, "press_go_on").isEnabled()


def test_nothing_may_be_marked_where_nothing_is_needed(rig: Rig) -> None:
    rig.show("page_choose_some_none")
    click(rig.window, "press_go_on")
    assert rig.said == [Said(1, "go_on", "")]


# --- look at this


def test_long_text_is_read_to_the_end_before_anything_is_accepted(rig: Rig) -> None:
    rig.show("page_show_text")
    assert not find(rig.window, "press_go_on").isEnabled()
    for _turn in range(12):
        if not find(rig.window, "page_down").isEnabled():
            break
        click(rig.window, "page_down")
    settle(rig.window)
    click(rig.window, "page_up")  # once seen is seen
    click(rig.window, "press_go_on")
    assert rig.said == [Said(1, "go_on", "")]


def test_code_on_the_screen_is_read_by_a_phone(rig: Rig) -> None:
    step = STEPS["page_show_qr"]
    assert isinstance(step, Show)
    for modes in (Modes(), Modes(large=True, contrast=True, low_reach=True)):
        rig.use(modes)
        rig.show("page_show_qr")
        drawn = rig.window.grabWindow().convertToFormat(
            rig.window.grabWindow().Format.Format_RGB888
        )
        place = scene_rect(find(rig.window, "qr")).toRect()
        cut = drawn.copy(place).convertToFormat(drawn.Format.Format_Grayscale8)
        pixels = memoryview(bytes(cut.constBits())).cast("B", (cut.height(), cut.bytesPerLine()))
        found = read_barcode(pixels, formats=BarcodeFormats(BarcodeFormat.QRCode))
        assert found is not None
        assert found.text == step.qr


def test_code_that_no_phone_could_read_is_an_error() -> None:
    with pytest.raises(ValueError, match="too many"):
        qr_image("x" * 1_001, 500)


# --- keys


def test_identity_number_may_end_with_x_and_only_end(rig: Rig) -> None:
    rig.show("page_type_id")
    assert not find(rig.window, "key_X").isEnabled()
    _type(rig, "11010519491231002")
    assert not find(rig.window, "key_enter").isEnabled()
    _type(rig, "X")
    assert text(rig.window, "typed") == "110105 19491231 002X"
    _type(rig, "9")
    click(rig.window, "key_enter")
    assert rig.said == [Said(1, "enter", "11010519491231002X")]


def test_number_that_is_no_mobile_number_cannot_be_said(rig: Rig) -> None:
    rig.show("page_type_phone")
    _type(rig, "22222222222")
    assert not find(rig.window, "key_enter").isEnabled()


def test_hidden_digits_are_dots_and_are_said(rig: Rig) -> None:
    rig.show("page_type_hidden")
    _type(rig, "123456")
    assert text(rig.window, "typed") == "●●●●●●"
    click(rig.window, "key_enter")
    assert rig.said == [Said(1, "enter", "123456")]


def test_chinese_name_is_typed_by_its_sounds(rig: Rig) -> None:
    rig.show("page_type_name")
    click(rig.window, "keys_pinyin")
    _type(rig, "ouyang")
    assert _candidates(rig)[0] == "欧阳"
    click(rig.window, "pick_0")
    _type(rig, "xiaowen")
    for sign in ("晓", "雯"):
        _pick(rig, sign)
    assert text(rig.window, "typed") == "欧阳晓雯"
    click(rig.window, "key_enter")
    assert _understood("page_type_name", rig.said[0]) == Typed("欧阳晓雯")


def _pick(rig: Rig, sign: str) -> None:
    for _turn in range(20):
        if sign in _candidates(rig):
            click(rig.window, f"pick_{_candidates(rig).index(sign)}")
            return
        click(rig.window, "page_right")
    raise AssertionError(f"{sign} is not offered")


def test_candidates_are_turned_forth_and_back(rig: Rig) -> None:
    rig.show("page_type_name")
    click(rig.window, "keys_pinyin")
    _type(rig, "li")
    first = _candidates(rig)
    click(rig.window, "page_right")
    assert not set(first) & set(_candidates(rig))
    click(rig.window, "page_left")
    assert _candidates(rig) == first


def test_department_is_found_by_the_letters_of_its_beginning(rig: Rig) -> None:
    rig.ui.set_language("zh")
    rig.show("page_type_text")
    _type(rig, "xxgn")
    assert _candidates(rig)[0] == "心血管内科"
    click(rig.window, "pick_0")
    click(rig.window, "key_enter")
    assert rig.said == [Said(1, "enter", "心血管内科")]


def test_english_name_begins_each_word_with_a_capital(rig: Rig) -> None:
    rig.show("page_type_name")
    _type(rig, "ann")
    click(rig.window, "key_space")
    _type(rig, "lee")
    click(rig.window, "keys_signs")
    _type(rig, "2")
    click(rig.window, "key_delete")
    click(rig.window, "key_enter")
    assert rig.said == [Said(1, "enter", "Ann Lee")]


def test_delete_takes_letters_before_words_and_clear_takes_all(rig: Rig) -> None:
    rig.show("page_type_name")
    click(rig.window, "keys_pinyin")
    _type(rig, "wang")
    click(rig.window, "pick_0")
    _type(rig, "l")
    click(rig.window, "key_delete")
    assert text(rig.window, "typed") == "王"
    click(rig.window, "key_clear")
    assert text(rig.window, "typed") == ""
    assert not find(rig.window, "key_enter").isEnabled()


# --- amounts


def test_typed_amount_is_said_in_fen_inside_the_limits(rig: Rig) -> None:
    rig.show("page_amount")
    _type(rig, "10001")
    assert not find(rig.window, "key_enter").isEnabled()
    click(rig.window, "key_delete")
    click(rig.window, "key_enter")
    assert rig.said == [Said(1, "amount", "100000")]


# --- a signature


@pytest.fixture
def signing(rig: Rig) -> Iterator[Rig]:
    """The page to sign on."""
    rig.show("page_sign")
    yield rig


def _write(rig: Rig, strokes: int) -> None:
    settle(rig.window)
    sheet = scene_rect(find(rig.window, "sheet")).toRect()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for stroke in range(strokes):
        at = sheet.topLeft() + QPoint(120 + 160 * stroke, 60)
        QTest.mousePress(rig.window, left, none, at)
        for step in range(1, 21):
            QTest.mouseMove(rig.window, at + QPoint(3 * step, 15 * step))
        QTest.mouseRelease(rig.window, left, none, at + QPoint(60, 300))
    settle(rig.window)


def test_signature_is_said_with_its_dots(signing: Rig) -> None:
    _write(signing, 3)
    click(signing.window, "done")
    said = signing.said[0]
    answer = _understood("page_sign", said)
    assert isinstance(answer, Signed)
    assert any(ink_picture(answer.strokes).bits)
    assert "strokes" not in repr(answer)


def test_too_little_is_no_signature_and_the_page_says_what_to_do(signing: Rig) -> None:
    assert not find(signing.window, "done").isEnabled()
    _write(signing, 1)
    click(signing.window, "done")
    assert signing.said == []
    assert "whole name" in text(signing.window, "fault")
    click(signing.window, "again")
    assert not find(signing.window, "done").isEnabled()


def test_nothing_of_a_signature_stays_for_the_next(signing: Rig) -> None:
    _write(signing, 3)
    signing.show("home")
    signing.show("page_sign_long")
    assert not find(signing.window, "again").isEnabled()
