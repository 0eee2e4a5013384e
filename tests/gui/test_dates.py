"""Dates have one form in each language, wherever a page or a slip shows one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from examples import GALLERY, shown

from core.catalogue import Catalogue
from core.phrase import Day, Moment, date_words, spoken

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}|(?<!\d)\d{2}-\d{2} \d{2}:\d{2}")


@pytest.fixture(scope="module")
def zh(messages: Path) -> Catalogue:
    return Catalogue("zh", messages)


@pytest.fixture(scope="module")
def en() -> Catalogue:
    return Catalogue("en", Path())


@pytest.mark.parametrize(
    ("iso", "zh", "en"),
    [
        ("2026-11-22", "2026年11月22日", "22 Nov 2026"),
        ("2026-01-05T09:30:00+08:00", "2026年1月5日 09:30", "5 Jan 2026 09:30"),
        ("2026-01-05 09:30", "2026年1月5日 09:30", "5 Jan 2026 09:30"),
        ("03-02", "3月2日", "2 Mar"),
        ("", "", ""),
        ("长期", "长期", "长期"),
    ],
)
def test_a_date_has_one_form_a_language(iso: str, zh: str, en: str) -> None:
    assert (date_words(iso, "zh"), date_words(iso, "en")) == (zh, en)


def test_a_moment_leaves_out_the_year_and_a_day_the_time(en: Catalogue, zh: Catalogue) -> None:
    iso = "2026-11-22T09:12:00+08:00"
    assert [spoken(Moment(iso), one) for one in (en, zh)] == ["22 Nov 09:12", "11月22日 09:12"]
    assert [spoken(Day(iso), one) for one in (en, zh)] == ["22 Nov 2026", "2026年11月22日"]


@pytest.mark.parametrize("name", sorted(GALLERY))
def test_no_page_shows_a_date_in_the_contracts_form(name: str, zh: Catalogue) -> None:
    assert _ISO.findall(" ".join(_texts(shown(name, zh).view))) == []


def _texts(value: object) -> Iterator[str]:
    """All that is shown; the word that a press answers with is not."""
    match value:
        case dict():
            for key, part in value.items():
                if key != "key":
                    yield from _texts(part)
        case list():
            for part in value:
                yield from _texts(part)
        case str():
            yield value
