"""Every text that a person can see has its Chinese in `resources/messages/zh.po`.

Texts are gathered from the tree: `_("…")`, `said("…")`, `later("…")` in Python, `qsTr("…")` in QML,
and the sentences of `core/wording`. What a reader would get wrong: a text built at run time is
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

from core.upkeep import words as upkeep_words  # noqa: E402
from core.wording import COMPONENTS, MONEY, REASONS, ROUTES, TENDERS  # noqa: E402 - the tree is not installed

PACKAGES = ("core", "terminal", "ui", "kiosk", "cashier", "diagnostics")
PO = ROOT / "resources" / "messages" / "zh.po"
_UPKEEP = [table for name, table in vars(upkeep_words).items() if name.isupper()]
MARKERS = frozenset({"_", "later", "said"})
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
    for table in (MONEY, COMPONENTS, TENDERS, ROUTES, *_UPKEEP):
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


def test_every_check_fact_and_hand_of_a_device_has_words() -> None:
    """`Check("x", …, hand="y")` and `Fact("z", …)` name words of `core/upkeep/words.py`."""
    named: dict[str, set[str]] = {"Check": set(), "Fact": set(), "hand": set()}
    for path in (ROOT / "devices").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            first = node.args[0] if node.args else None
            if node.func.id in named and isinstance(first, ast.Constant):
                named[node.func.id].add(str(first.value))
            for keyword in node.keywords:
                if keyword.arg == "hand" and isinstance(keyword.value, ast.Constant):
                    named["hand"].add(str(keyword.value.value))
    assert named["Check"] - set(upkeep_words.CHECKS) == set()
    assert named["Fact"] - set(upkeep_words.FACTS) == set()
    assert named["hand"] - set(upkeep_words.HANDS) - {""} == set()


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
