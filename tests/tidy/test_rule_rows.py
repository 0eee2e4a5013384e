"""Every rule row the backend answers for stands in docs/rules.md and in the name of a test.

What a reader would get wrong: a row is proved by the file that the page names, not by any test
that happens to carry its number; `A.b3` is written `a_b3` in a name.
"""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.helpers.source import ROOT

_PAGE = ROOT / "docs" / "rules.md"
_TESTS = ROOT / "tests"
_LINE = re.compile(r"^\| ([A-Z]\.?[abc]?\d+) \| (.+) \| `(tests/[\w/]+\.py)` \|$")
_BACKEND_ROWS = 185


def _rows() -> list[tuple[str, str]]:
    """Row and test file of each line, as the page has them."""
    lines = _PAGE.read_text("utf-8").splitlines()
    return [(found[1], found[3]) for found in map(_LINE.match, lines) if found]


@cache
def _tests(file: str) -> tuple[str, ...]:
    """The names of the tests of one file, in small letters."""
    path = ROOT / file
    if not path.is_file():
        return ()
    found = ast.walk(ast.parse(path.read_text("utf-8")))
    functions = (node for node in found if isinstance(node, ast.FunctionDef))
    return tuple(node.name.lower() for node in functions if node.name.startswith("test_"))


def _carries(name: str, row: str) -> bool:
    return f"_{row.lower().replace('.', '_')}_" in f"{name}_"


@pytest.mark.parametrize(("row", "file"), _rows())
def test_row_is_proved_by_a_test_of_its_file(row: str, file: str) -> None:
    assert any(_carries(name, row) for name in _tests(file)), f"{file} has no test of {row}"


def test_no_row_is_dropped_or_named_twice() -> None:
    named = [row for row, _ in _rows()]

    assert len(named) == len(set(named)) == _BACKEND_ROWS


def test_every_line_of_the_table_is_read() -> None:
    lines = _PAGE.read_text("utf-8").splitlines()
    table = [line for line in lines if line.startswith("|")]

    assert len(table) == len(_rows()) + 2  # its head


@pytest.mark.parametrize(
    ("name", "row", "carried"),
    [
        ("test_w18_nothing_is_collected", "W18", True),
        ("test_n01_n02_who_may_sign", "N02", True),
        ("test_h16_a_b3_clinic_debits", "A.b3", True),
        ("test_a_a12_booking", "A.a1", False),
        ("test_w180_nothing", "W18", False),
        ("test_who_may_sign", "N02", False),
    ],
)
def test_row_is_bounded_by_underscores(name: str, row: str, carried: bool) -> None:
    assert _carries(name, row) == carried
