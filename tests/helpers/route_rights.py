"""Who may ask which route, as the routes themselves say it: `python -m tests.helpers.route_rights`.

Prints the table of docs/backend_api/rights.md. What a reader would get wrong: the page is the
decision and this only its first draft: a row that changes is looked at by a person, and
`test_roles.py` asks every route as everybody to see that the page tells the truth.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from settlement_backend import gate
from settlement_backend.app import bare_app
from settlement_backend.refunds import actors

PAGE = Path(__file__).resolve().parents[2] / "docs" / "backend_api" / "rights.md"
KINDS = ("kiosk", "window", "clinic", "exam", "pharmacy", "ward", "mobile", "audit", "tech")
ANY_TERMINAL, NOBODY, ANYBODY = "any", "none needed", "anybody signed in"
_ROW = re.compile(r"\| `([A-Z]+) (\S+)` \| ([^|]+) \| ([^|]*) \|")


@dataclass(frozen=True, slots=True)
class Rights:
    """Of one route. `kinds` empty: no terminal is needed; `roles` None: no operator is needed,
    empty: whoever is signed in. `alone`: kinds where a patient asks without any operator."""

    method: str
    path: str
    kinds: frozenset[str]
    roles: frozenset[str] | None
    alone: frozenset[str] = frozenset()

    def row(self) -> str:
        """As the page writes it; a kind in brackets needs no operator."""
        ordered = sorted(self.kinds, key=KINDS.index)
        kinds = ", ".join(f"({kind})" if kind in self.alone else kind for kind in ordered)
        if len(self.kinds) == len(KINDS):
            kinds = ANY_TERMINAL
        roles = "" if self.roles is None else ", ".join(sorted(self.roles)) or ANYBODY
        return f"| `{self.method} {self.path}` | {kinds or NOBODY} | {roles} |"


def page_rights(text: str) -> list[Rights]:
    """What the page says."""
    found = []
    for method, path, kinds, roles in _ROW.findall(text):
        told = {ANY_TERMINAL: KINDS, NOBODY: ()}.get(kinds, tuple(kinds.split(", ")))
        named: frozenset[str] | None = frozenset(roles.split(", "))
        if not roles.strip():
            named = None
        elif roles == ANYBODY:
            named = frozenset()
        alone = frozenset(kind.strip("()") for kind in told if kind.startswith("("))
        plain = frozenset(kind.strip("()") for kind in told)
        found.append(Rights(method, path, plain, named, alone))
    return found


def route_rights() -> list[Rights]:
    """What the routes say, by path; those that the published page leaves out too."""
    found = [
        _of(context.original_route, method, context.path or "")
        for context in iter_route_contexts(bare_app().routes)
        if isinstance(context.original_route, APIRoute)
        for method in context.original_route.methods or ()
    ]
    return sorted(found, key=lambda rights: (rights.path, rights.method))


def _of(route: APIRoute, method: str, path: str) -> Rights:
    kinds: set[str] = set()
    alone: set[str] = set()
    roles: set[str] | None = None
    for name, allowed in _guards(route.dependant):
        match name:
            case "terminal":
                kinds = kinds or set(KINDS)
            case "kinds":
                kinds = (kinds or set(KINDS)) & set(allowed)
            case "operator":
                roles = roles or set()
            case "role":
                roles = set(allowed) & roles if roles else set(allowed)
            case "alone":
                alone, roles = set(allowed), roles or set()
    told = None if roles is None else frozenset(roles)
    return Rights(method, path, frozenset(kinds), told, frozenset(alone) & frozenset(kinds))


def _guards(dependant: Dependant) -> Iterator[tuple[str, Sequence[str]]]:
    """The gate's dependencies of a route, deepest first."""
    for deeper in dependant.dependencies:
        yield from _guards(deeper)
    call = dependant.call
    if call is gate.terminal_of:
        yield "terminal", ()
    elif call is gate.operator_at:
        yield "operator", ()
    elif call is actors.window_staff_at:
        yield "kinds", ("window",)
    elif call is actors.anybody_at:
        yield "kinds", ("kiosk", "mobile", "window", "ward")
        yield "alone", ("kiosk", "mobile")
    elif inspect.isfunction(call) and call.__module__ == gate.__name__:
        guard = call.__qualname__.split(".")[0]
        if guard in ("kinds", "role"):
            (allowed,) = inspect.getclosurevars(call).nonlocals.values()
            yield guard, allowed


if __name__ == "__main__":
    for each in route_rights():
        sys.stdout.write(each.row() + "\n")
