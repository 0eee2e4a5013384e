"""The project's own source as trees, for the rules that are tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    *("core", "devices", "backend_client", "terminal", "ui", "kiosk", "cashier", "diagnostics"),
    *("settlement_backend", "sandbox", "installer"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file. `module`: its dotted name; `path`: relative to the project."""

    path: str
    module: str
    text: str
    tree: ast.Module

    def imports(self) -> Iterator[tuple[int, str]]:
        """Line and dotted name of everything imported; `from a import b` counts as a.b."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for name in node.names:
                    yield node.lineno, name.name
            elif isinstance(node, ast.ImportFrom):
                for name in node.names:
                    yield node.lineno, f"{'.' * node.level}{node.module or ''}.{name.name}"

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """All of them, methods included."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file below these top-level folders."""
    found = []
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT)
            parts = name.with_suffix("").parts
            module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            text = path.read_text(encoding="utf-8")
            found.append(Source(name.as_posix(), module, text, ast.parse(text)))
    return tuple(found)


def inside(name: str, prefixes: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of these modules or below one."""
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)
