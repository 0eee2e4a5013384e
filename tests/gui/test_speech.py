"""What is read aloud of each screen, and what never is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from examples import GALLERY, shown

from core.catalogue import Catalogue
from kiosk.screens.view_parts import View
from kiosk.screens.view_speech import Wish, of_control, sentences

ALL = Wish(asked=True, amounts=True)
PERSON: View = {
    "name": "张*国",
    "insurance": "Employee insurance",
    "id_number": "3***************28",
}


@pytest.fixture
def en(messages: Path) -> Catalogue:
    return Catalogue("en", messages)


@pytest.fixture
def zh(messages: Path) -> Catalogue:
    return Catalogue("zh", messages)


TABLE: list[tuple[View, Wish, tuple[str, ...]]] = [
    ({}, ALL, ()),
    ({"title": "Take your card", "hint": "It waits."}, Wish(), ("Take your card", "It waits.")),
    ({"title": "One. Two.", "hint": "Two."}, Wish(), ("One.", "Two.")),
    (
        {"title": "Pay", "banner": "Card refused", "banner_advice": "Try another.", "hint": ""},
        Wish(),
        ("Pay", "Card refused", "Try another."),
    ),
    ({"title": "Which?", "options": [{"words": "A", "note": "free"}]}, Wish(), ("Which?",)),
    ({"title": "Which?", "options": [{"words": "A", "note": "free"}]}, ALL, ("Which?", "A, free")),
    ({"due": "211.36"}, Wish(), ()),
    ({"due": "1,211.36"}, Wish(amounts=True), ("To pay now 1211.36 yuan",)),
    ({"title": "Is it 张*国?", "hint": "Say so.", "person": PERSON}, ALL, ("Say so.",)),
    ({"title": "Sent to 13800000011", "hint": "Look there."}, ALL, ("Look there.",)),
    ({"title": "Sent to 138 0000 0011"}, ALL, ()),
    ({"title": "Your name is Zhang Guo", "person": {"name": "Zhang Guo"}}, ALL, ()),
    ({"rows": [{"label": "Name", "value": "Zhang"}], "qr": "aGk", "code": "X"}, ALL, ()),
    ({"options": [{"words": "李*", "note": "son"}]}, ALL, ("son",)),
    ({"hint": "Come on 11-22 09:12."}, Wish(), ("Come on 11-22 09:12.",)),
    ({"hint": "Born 2025-11-22."}, Wish(), ("Born 2025-11-22.",)),
    ({"hint": "Come on 22 Nov 2025 09:12."}, Wish(), ("Come on 22 Nov 2025 09:12.",)),
    ({"hint": "2025年11月22日 09:12。"}, Wish(), ("2025年11月22日 09:12。",)),
    ({"strips": [{"words": "No paper.", "tone": "warning"}]}, Wish(), ("No paper.",)),
]


@pytest.mark.parametrize(("view", "wish", "heard"), TABLE)
def test_sentences_of_a_view(view: View, wish: Wish, heard: tuple[str, ...], en: Catalogue) -> None:
    assert sentences(view, en, wish) == heard


def test_home_greets_and_names_its_services_when_asked(zh: Catalogue) -> None:
    view = shown("home", zh).view
    assert sentences(view, zh) == ("您好，请问要办什么业务？",)
    assert "门诊缴费" in sentences(view, zh, ALL)


def test_long_sentence_is_read_in_pieces_that_a_caption_holds(en: Catalogue) -> None:
    long = "word " * 15
    heard = sentences({"title": f"{long.strip()}, {long.strip()}, end"}, en)
    assert heard == (f"{long.strip()},", f"{long.strip()}, end")


@pytest.mark.parametrize(
    ("words", "amounts", "heard"),
    [
        ("Leave", False, ("Leave",)),
        ("Pay ¥801.00", False, ("Pay",)),
        ("Pay ¥801.00", True, ("Pay 801.00 yuan",)),
        ("李*", True, ()),
    ],
)
def test_words_of_the_control_the_keys_stand_on(
    words: str, amounts: bool, heard: tuple[str, ...], en: Catalogue
) -> None:
    assert of_control(words, en, amounts) == heard


@pytest.mark.parametrize("name", list(GALLERY))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_screen_has_something_to_say_and_nothing_private(
    name: str, language: str, messages: Path
) -> None:
    _ = Catalogue(language, messages)
    view = shown(name, _).view
    unasked, all_of_it = sentences(view, _), sentences(view, _, ALL)
    assert all_of_it
    heard = re.sub(r"\d+\.\d\d(元| yuan)", "", " ".join(all_of_it))
    assert not re.search(r"[*＊]|\d{7}", heard)
    assert not re.search(r"¥|\d元|\d yuan", " ".join(unasked))
    person = view.get("person")
    if isinstance(person, dict):
        assert str(person["name"]) not in heard
