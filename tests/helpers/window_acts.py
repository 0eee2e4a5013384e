"""Every Act that a window or a kiosk can meet, read from the source of its journeys.

Begins at all that stands in `cashier/journeys` or `kiosk/journeys` and follows imported names into
`core/journeys`, function by function. What a reader would get wrong: what only a machine for notes
does is reached through the shared till; a window has none, so for it `core/journeys/take_notes.py`
is not followed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from core.flow import Act

_ROOT = Path(__file__).resolve().parents[2]
_FOLLOWED = ("core.journeys.", "cashier.journeys.", "kiosk.journeys.")
_MACHINES_ONLY = frozenset({"core.journeys.take_notes"})

Place = tuple[str, str]
"""A module and a name at its top."""


@cache
def _tree(module: str) -> ast.Module | None:
    file = _ROOT / f"{module.replace('.', '/')}.py"
    return ast.parse(file.read_text("utf-8")) if file.exists() else None


@cache
def _tops(module: str) -> dict[str, ast.stmt]:
    """Functions, classes and named values."""
    tree, found = _tree(module), dict[str, ast.stmt]()
    for node in tree.body if tree else ():
        match node:
            case ast.AsyncFunctionDef(name=name) | ast.FunctionDef(name=name):
                found[name] = node
            case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                found[name] = node
            case ast.Assign(targets=[ast.Name(id=name)]):
                found[name] = node
    return found


@cache
def _imports(module: str) -> dict[str, Place]:
    """Where each imported name stands; "" for a whole module."""
    tree, found = _tree(module), dict[str, Place]()
    for node in tree.body if tree else ():
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                whole = _tree(inner) is not None
                here = (inner, "") if whole else (node.module, name.name)
                found[name.asname or name.name] = here
    return found


def _named(module: str, node: ast.AST) -> Iterator[Place]:
    """What this piece of a module speaks of."""
    imports, tops = _imports(module), _tops(module)
    for part in ast.walk(node):
        match part:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in imports:
                yield imports[name][0], attribute
            case ast.Name(id=name) if name in imports:
                yield imports[name]
            case ast.Name(id=name) if name in tops:
                yield module, name


def _begins(mode: str) -> Iterator[Place]:
    for file in sorted((_ROOT / mode / "journeys").rglob("*.py")):
        module = ".".join(file.relative_to(_ROOT).with_suffix("").parts)
        yield from ((module, name) for name in _tops(module))


def _act(place: Place) -> type[Act[Any]] | None:
    module, name = place
    found = getattr(import_module(module), name, None) if module.startswith("core.") else None
    return (
        found if isinstance(found, type) and issubclass(found, Act) and found is not Act else None
    )


def acts_of_a_window() -> set[type[Act[Any]]]:
    """Awaited by a work, by the desk, or by a shared journey that one of them begins."""
    return _acts("cashier", _MACHINES_ONLY)


def acts_of_a_kiosk() -> set[type[Act[Any]]]:
    """Awaited by a service, or by a shared journey that one of them begins."""
    return _acts("kiosk", frozenset())


def _acts(mode: str, apart: frozenset[str]) -> set[type[Act[Any]]]:
    waiting, seen, found = list(_begins(mode)), set[Place](), set[type[Act[Any]]]()
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        module, name = place
        act = _act(place)
        if act is not None:
            found.add(act)
        elif module.startswith(_FOLLOWED) and module not in apart and name in _tops(module):
            waiting.extend(_named(module, _tops(module)[name]))
    return found
