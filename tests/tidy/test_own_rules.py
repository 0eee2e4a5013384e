"""The rules of this house that a linter does not know: sizes, sentences, and forbidden words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.helpers.source import PACKAGES, ROOT, Source, sources

_ALL = (*PACKAGES, "tests")
_JOURNEYS = [one for one in sources(*PACKAGES) if ".journeys." in f"{one.module}."]
_MONEY = ("core/money.py", "core/billing.py", "core/slips.py", "core/journeys/settle.py")
_BACKEND_MONEY = (
    "ledger",
    "quoting",
    "books",
    "settling",
    "refunds",
    "holds",
    "saga",
    "money",
    "pricing",
)
_LONGEST_FILE, _LONGEST_FUNCTION = 500, 70
_LEFTOVER = re.compile("TO" + "DO|FIX" + "ME|XX" + "X:|NotImplemented" + "Error")
_PLACES = re.compile("/wo" + "rk/|/ho" + "me/[a-z]|/ro" + "ot/")
_HOSTS = re.compile(r"https?://[\w.-]*(?:py" + "pi|artif" + "actory|nex" + "us|mirr" + "or)")
_TEXTS = (".py", ".md", ".toml", ".txt", ".in", ".sh", ".qml", ".rules", ".service", ".cfg")


def _texts() -> Iterator[tuple[str, str]]:
    """Every text file of the project that is kept under version control."""
    folders = [ROOT / name for name in (*_ALL, "docs", "resources", "requirements")]
    files = [path for folder in folders for path in folder.rglob("*")]
    files += [path for path in ROOT.iterdir() if path.is_file()]
    for path in sorted(files):
        if path.suffix in _TEXTS or path.name == "run":
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def _lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_500_lines() -> None:
    lengths = {one.path: len(one.text.splitlines()) for one in sources(*_ALL)}
    assert {path: lines for path, lines in lengths.items() if lines > _LONGEST_FILE} == {}


def test_no_function_is_longer_than_70_lines() -> None:
    long = [
        f"{one.path}:{node.lineno} {node.name} has {_lines_of(node)} lines"
        for one in sources(*_ALL)
        for node in one.functions()
        if _lines_of(node) > _LONGEST_FUNCTION
    ]
    assert long == []


def test_every_module_says_what_it_is() -> None:
    assert [one.path for one in sources(*_ALL) if not ast.get_docstring(one.tree)] == []


def _undocumented(source: Source) -> Iterator[str]:
    """Public functions and classes, and public methods of classes, without a sentence.

    `touched` and `heard` are told once, in core/flow.py.
    """
    bodies = [source.tree.body]
    bodies += [node.body for node in source.tree.body if isinstance(node, ast.ClassDef)]
    for body in bodies:
        for node in body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            told = node.name.startswith("_") or node.name in ("touched", "heard")
            if not told and not ast.get_docstring(node):
                yield f"{source.path}:{node.lineno} {node.name}"


def test_everything_public_in_core_has_a_docstring() -> None:
    assert [text for one in sources("core") for text in _undocumented(one)] == []


def test_nothing_is_left_for_later() -> None:
    found = [path for path, text in _texts() if _LEFTOVER.search(text)]
    assert found == [], "do it now, or write it into the tracker"


def test_no_text_names_a_machine_or_a_registry() -> None:
    found = [path for path, text in _texts() if _PLACES.search(text) or _HOSTS.search(text)]
    assert found == [], "say where relative to the project; registries belong to the environment"


def test_journeys_clean_up_at_the_ask_and_nowhere_else() -> None:
    assert _JOURNEYS
    banned = [
        f"{one.path}:{node.lineno}: catch Abandoned around the Ask instead"
        for one in _JOURNEYS
        for node in ast.walk(one.tree)
        if isinstance(node, ast.AsyncWith | ast.AsyncFor | ast.With)
        or (isinstance(node, ast.Try) and node.finalbody)
    ]
    assert banned == []


def test_journeys_catch_nothing_but_abandonment() -> None:
    caught = {
        f"{one.path}: {ast.unparse(node.type) if node.type else 'everything'}"
        for one in _JOURNEYS
        for node in ast.walk(one.tree)
        if isinstance(node, ast.ExceptHandler)
    }
    allowed = (": Abandoned", ": StopIteration")  # the latter ends a journey that one leads
    assert [text for text in caught if not text.endswith(allowed)] == []


def _money_modules() -> list[Source]:
    backend = [
        one
        for one in sources("settlement_backend")
        if one.module.rsplit(".", 1)[-1] in _BACKEND_MONEY
    ]
    return [one for one in sources("core") if one.path in _MONEY] + backend


def _inexact(source: Source) -> Iterator[str]:
    """Floats, but for constants that are named as seconds (`…_S`)."""
    seconds = {
        id(node.value)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).endswith("_S")
    }
    for node in ast.walk(source.tree):
        match node:
            case ast.Constant(value=float()) if id(node) not in seconds:
                yield f"{source.path}:{node.lineno} a float: money is whole fen"
            case ast.Name(id="float" | "Decimal") | ast.Attribute(attr="Decimal"):
                yield f"{source.path}:{node.lineno} float or Decimal: money is whole fen"
            case ast.BinOp(op=ast.Div()):
                yield f"{source.path}:{node.lineno} a true division: use core.money.allocate"


def test_money_is_never_inexact() -> None:
    assert {one.path for one in _money_modules()} >= set(_MONEY)
    assert [text for one in _money_modules() for text in _inexact(one)] == []


@pytest.mark.parametrize("text", ["x = 1.5", "x = Decimal(1)", "x = float(y)", "x = a / b"])
def test_inexact_money_is_seen(text: str) -> None:
    assert list(_inexact(Source("x.py", "x", text, ast.parse(text))))


def _evades(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        match node:
            case ast.Attribute(attr="sleep") | ast.Name(id="sleep"):
                yield f"{source.path}:{node.lineno} sleeps: wait on a condition with a limit"
            case ast.Attribute(attr="skip" | "importorskip" | "skipif" | "xfail"):
                yield f"{source.path}:{node.lineno} skips: a test that does not run proves nothing"


def test_no_test_sleeps_or_is_skipped() -> None:
    assert [text for one in sources("tests") for text in _evades(one)] == []


@pytest.mark.parametrize("text", ["time.sleep(1)", "pytest.skip('x')", "pytest.mark.skipif(1)"])
def test_evasion_is_seen(text: str) -> None:
    assert list(_evades(Source("x.py", "x", text, ast.parse(text))))
