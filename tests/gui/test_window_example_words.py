"""Examples of the window's pages say sentences of the catalogue, as the real pages do."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from core.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[2]
CHINESE = Catalogue("zh", ROOT / "build" / "messages")
EXAMPLES = sorted((ROOT / "tests" / "gui").glob("window_examples*.py"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_sentence_of_an_example_page_is_translated(path: Path) -> None:
    said = {
        node.args[0].value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "said"
        and isinstance(node.args[0], ast.Constant)
    }
    words = {str(text) for text in said if any(letter.isalpha() for letter in _fixed(str(text)))}

    assert [text for text in sorted(words) if CHINESE(text) == text] == []


def _fixed(text: str) -> str:
    """Without what stands in braces."""
    return "".join(piece.rpartition("}")[2] for piece in text.split("{"))
