"""The list of durable boundaries, generated from the journeys' source.

Every Act a kiosk journey awaits is one; `Intend` and `Record` are one per operation kind, event
and phase. A new Act or record in a journey lengthens the list by itself, and the kill test then
fails until a story reaches it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from core import window_steps  # noqa: F401 - its Acts are known by being there
from core.flow import Act
from terminal import machine  # noqa: F401 - and all others, which it routes
from tests.helpers.kinds import kinds_of

ROOT = Path(__file__).resolve().parent.parent.parent


_AT_A_WINDOW = ("refund.py", "clean_out.py", "issue_at_desk.py", "top_up_by_hand.py")


def all_boundaries() -> frozenset[str]:
    """Names as `Act.boundary` gives them; what is not durable is left out, and what only a window
    does: its refunds, a card that is written at its desk, and cash in a cashier's hand.

    "*.event" stands for a record whose kind is only known when it runs: any kind reaches it.
    """
    found: set[str] = set()
    for folder in ("core/journeys", "kiosk/journeys"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.name not in _AT_A_WINDOW:
                found.update(_of_module(ast.parse(path.read_text("utf-8"))))
    return frozenset(found)


def _acts() -> set[str]:
    """Every durable Act, by name."""
    return {
        kind.__name__
        for kind in kinds_of(Act)
        if kind.durable and kind.__module__.startswith("core.")
    }


def _of_module(tree: ast.Module) -> Iterator[str]:
    acts = _acts()
    facts = _phases(tree)
    kind = _kind(tree) or "*"
    noting = _noting_functions(tree)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name == "Intend":
            yield f"{kind}.intend"
        elif name == "Record":
            event = call.args[2]
            given = call.args[3] if len(call.args) > 3 else None
            passed_on = isinstance(given, ast.Name) and given.id in noting.values()
            if isinstance(event, ast.Attribute) and not passed_on:
                yield _named(kind, event.attr.lower(), _phase(given, facts))
        elif name in noting:
            yield _named(kind, "note", _phase(call.args[-1], facts))
        elif name == "leave_in_doubt":
            yield f"{kind}.doubt"
        elif name in acts:
            yield name


def _named(kind: str, event: str, phase: str) -> str:
    return f"{kind}.{event}" + (f".{phase}" if phase else "")


def _noting_functions(tree: ast.Module) -> dict[str, str]:
    """Functions that pass their facts on to a Record, with the name of that parameter."""
    found: dict[str, str] = {}
    for function in ast.walk(tree):
        if not isinstance(function, ast.AsyncFunctionDef):
            continue
        names = {argument.arg for argument in function.args.args}
        for call in ast.walk(function):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id == "Record"
                and len(call.args) > 3
                and isinstance(call.args[3], ast.Name)
                and call.args[3].id in names
            ):
                found[function.name] = call.args[3].id
    return found


def _kind(tree: ast.Module) -> str:
    """The one OperationKind a journey's module writes; "" for those that take it as given."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Attribute)
            and isinstance(node.value.value, ast.Name)
            and node.value.value.id == "OperationKind"
        ):
            return node.value.attr.lower()
    return ""


def _phases(tree: ast.Module) -> dict[str, str]:
    """Phase by the name of the variable or function whose dict literal holds it."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        value: ast.expr | None = None
        name = ""
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name, value = node.targets[0].id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name, value = node.target.id, node.value
        elif isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return):
            name, value = node.name, node.body[-1].value
        if isinstance(value, ast.Dict):
            phase = _phase(value, {})
            if phase:
                found[name] = phase
    return found


def _phase(facts: ast.expr | None, known: dict[str, str]) -> str:
    match facts:
        case ast.Dict():
            for key, value in zip(facts.keys, facts.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "phase":
                    assert isinstance(value, ast.Constant)
                    return str(value.value)
        case ast.Name():
            return known.get(facts.id, "")
        case ast.Call(func=ast.Name(id=name)):
            return known.get(name, "")
    return ""
