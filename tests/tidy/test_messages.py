"""Every text that a person can see has its Chinese in `resources/messages/zh.po`.

Texts are gathered from the tree: `_("…")` and `later("…")` in Python, `qsTr("…")` in QML, and the
sentences of `core/wording.py`. What a reader would get wrong: a text built at run time is
invisible here, so it must not exist; put a placeholder into one whole sentence instead.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from core.wording import COMPONENTS, MONEY, REASONS, ROUTES, TENDERS  # noqa: E402 - the tree is not installed

PACKAGES = ("core", "terminal", "ui", "kiosk", "cashier", "diagnostics")
PO = ROOT / "resources" / "messages" / "zh.po"
MARKERS = frozenset({"_", "later"})
_QML = re.compile(r'(?:qsTr|in_other_language)\(\s*"((?:[^"\\]|\\.)*)"')
_PLACEHOLDER = re.compile(r"\{\w+\}|%\d")


def _python_texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args and _marks(node.func):
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                yield first.value


def _marks(function: ast.expr) -> bool:
    match function:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name in MARKERS
    return False


def texts() -> set[str]:
    """Every English source text of the product."""
    found = {sentence for words in REASONS.values() for sentence in (words.happened, words.advice)}
    for table in (MONEY, COMPONENTS, TENDERS, ROUTES):
        found.update(table.values())
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            found.update(_python_texts(path))
        for path in (ROOT / package).rglob("*.qml"):
            found.update(_QML.findall(path.read_text("utf-8")))
    return found


def chinese() -> Catalog:
    """The Chinese messages as they stand in the source tree."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh", abort_invalid=True)


def test_every_text_is_translated() -> None:
    known = {str(message.id) for message in chinese() if message.id and message.string}
    assert sorted(texts() - known) == []


def test_no_translation_is_left_over() -> None:
    known = {str(message.id) for message in chinese() if message.id}
    assert sorted(known - texts()) == []


def test_no_translation_is_uncertain() -> None:
    assert [message.id for message in chinese() if message.fuzzy] == []


def test_placeholders_survive_translation() -> None:
    lost = [
        message.id
        for message in chinese()
        if sorted(_PLACEHOLDER.findall(str(message.id)))
        != sorted(_PLACEHOLDER.findall(str(message.string)))
    ]
    assert lost == []


def test_qml_holds_no_text_outside_the_catalogue() -> None:
    """A capital letter and a blank inside quotes is a sentence that nobody translates."""
    loose = re.compile(r'(?:text|title|hint|note|placeholder|words):\s*"[^"]*[A-Z][a-z]+ [^"]*"')
    found = [
        f"{path.name}: {hit}"
        for path in (ROOT / "kiosk" / "screens").rglob("*.qml")
        for hit in loose.findall(path.read_text("utf-8"))
    ]
    assert found == []
