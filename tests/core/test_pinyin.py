"""The kiosk's own input method: names, departments and words by their sounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.pinyin import FOLDER, Candidate, Pinyin

PLACES = ("心血管内科", "消化内科", "神经内科", "CT 室")


@pytest.fixture(scope="module")
def pinyin() -> Pinyin:
    return Pinyin()


def _texts(found: tuple[Candidate, ...]) -> list[str]:
    return [candidate.text for candidate in found]


@pytest.mark.parametrize(
    ("letters", "first"),
    [
        ("wang", ["王", "往", "网"]),
        ("lv", ["律", "率", "旅"]),
        ("touteng", ["头疼", "头"]),
        ("bj", ["北京"]),
    ],
)
def test_letters_offer_what_is_written_most(pinyin: Pinyin, letters: str, first: list[str]) -> None:
    assert _texts(pinyin.candidates(letters))[: len(first)] == first


@pytest.mark.parametrize(
    ("letters", "first"),
    [
        ("shan", "单"),
        ("lv", "吕"),
        ("zeng", "曾"),
        ("ouyang", "欧阳"),
        ("yuchi", "尉迟"),
        ("zh", "张"),
    ],
)
def test_family_name_comes_first_where_a_name_begins(
    pinyin: Pinyin, letters: str, first: str
) -> None:
    assert pinyin.candidates(letters, surname=True)[0].text == first


def test_candidate_uses_only_its_own_letters(pinyin: Pinyin) -> None:
    found = pinyin.candidates("wangxi", surname=True)
    assert Candidate("王", 4) in found
    assert Candidate("往", 4) in found


def test_shorter_syllables_come_after_the_longest(pinyin: Pinyin) -> None:
    found = pinyin.candidates("fangan")
    uses = [candidate.letters for candidate in found if len(candidate.text) == 1]
    assert uses[0] == 4
    assert 3 in uses
    assert uses == sorted(uses, reverse=True)


@pytest.mark.parametrize("letters", ["xinxueguan", "xxg", "xinx", "xxgnk"])
def test_department_is_found_by_its_beginning_whole_or_cut_short(
    pinyin: Pinyin, letters: str
) -> None:
    assert pinyin.candidates(letters, PLACES)[0] == Candidate("心血管内科", len(letters))


def test_word_with_latin_letters_is_found_by_them(pinyin: Pinyin) -> None:
    assert pinyin.candidates("ct", PLACES)[0].text == "CT 室"


@pytest.mark.parametrize("rare", ["㛃", "䶮", "喆", "堃", "曌"])
def test_rare_characters_of_names_are_there(rare: str) -> None:
    assert any(
        line.startswith(f"{rare} ")
        for line in (FOLDER / "characters.txt").read_text("utf-8").splitlines()
    )


@pytest.mark.parametrize("letters", ["", "'", "i", "u", "1", "🙂"])
def test_letters_that_begin_no_syllable_offer_nothing(pinyin: Pinyin, letters: str) -> None:
    assert pinyin.candidates(letters) == ()


def test_very_many_letters_are_cut(pinyin: Pinyin) -> None:
    assert 0 < len(pinyin.candidates("zhong" * 1000)) <= 60


def test_candidates_are_offered_once(pinyin: Pinyin) -> None:
    for letters in ("shi", "x", "xian", "yi"):
        texts = _texts(pinyin.candidates(letters, surname=True))
        assert len(texts) == len(set(texts))


def test_line_without_a_reading_is_an_error(tmp_path: Path) -> None:
    for name in ("characters.txt", "words.txt", "surnames.txt"):
        (tmp_path / name).write_text("王\n", "utf-8")
    with pytest.raises(ValueError, match="no reading"):
        Pinyin(tmp_path)
