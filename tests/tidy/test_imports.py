"""Who may import what: the table of the architecture, each ban naming what to use instead."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.helpers.source import PACKAGES, Source, inside, sources


@dataclass(frozen=True, slots=True)
class Layer:
    """A package, what it may import besides the standard library, and what to do instead."""

    name: str
    may: tuple[str, ...]
    instead: str
    never: tuple[str, ...] = ()


_PRODUCT = ("core", "devices", "backend_client", "terminal", "ui")
_NOT_DISPLAY = ("core.journal", "core.journeys", "core.audit")
_SHOW = "take a view or a step, and answer with a plain word"
_TELL = "await a step of core.steps or of the mode's own steps"
_BYTES = "write it again from docs/protocols: one mistake must not satisfy both ends"
LAYERS = (
    Layer("core", ("core",), "a Protocol in core that the other package fulfils"),
    Layer(
        "devices",
        (
            *("core", "devices", "serial", "smartcard", "PIL", "nfc", "ndef", "cv2", "numpy"),
            *("zxingcpp", "pyzbar", "reportlab", "cups", "pymodbus", "evdev"),
        ),
        "an event, or a result of core.ports",
    ),
    Layer(
        "backend_client",
        ("core", "backend_client", "requests", "urllib3", "pydantic", "cryptography"),
        "a result of core.ports",
    ),
    Layer(
        "terminal",
        ("core", "devices", "backend_client", "terminal"),
        "a callback that app.py gives",
    ),
    Layer("ui", ("core", "ui", "PySide6", "zxingcpp"), "a callback or a table that app.py gives"),
    *(
        layer
        for mode, others in (
            ("kiosk", ("diagnostics",)),
            ("cashier", ("diagnostics",)),
            ("diagnostics", ()),
        )
        for layer in (
            Layer(
                mode,
                (*_PRODUCT, mode, *others, "PySide6"),
                "core, or what both modes share in ui",
            ),
            Layer(f"{mode}.steps", ("core", f"{mode}.steps"), "plain values", _NOT_DISPLAY),
            Layer(
                f"{mode}.views",
                ("core", f"{mode}.steps", f"{mode}.screens"),
                "plain words for the screens",
                _NOT_DISPLAY,
            ),
            Layer(
                f"{mode}.journeys",
                ("core", f"{mode}.steps", f"{mode}.journeys"),
                _TELL,
                ("core.journal.store", "core.journal.records"),
            ),
            *(
                Layer(
                    f"{mode}.{shown}",
                    ("core", "ui", f"{mode}.steps", f"{mode}.views", f"{mode}.{shown}", "PySide6"),
                    _SHOW,
                    _NOT_DISPLAY,
                )
                for shown in ("screens", "pages")
            ),
        )
    ),
    Layer(
        "settlement_backend",
        (
            *("settlement_backend", "core.money", "core.identity", "core.codes"),
            *("fastapi", "starlette", "pydantic", "uvicorn"),
            *("sqlalchemy", "alembic", "requests", "stdnum", "cryptography", "argon2", "reportlab"),
        ),
        "the HTTP contract docs/backend_api.md",
    ),
    Layer("sandbox", ("sandbox",), "start the program and speak its wire"),
    Layer("sandbox.units", ("sandbox.units", "PIL", "segno"), _BYTES),
    Layer(
        "sandbox.platforms",
        ("sandbox.platforms", "fastapi", "starlette", "pydantic", "uvicorn", "PIL"),
        "write it again from docs/platforms.md",
    ),
    Layer("sandbox.workbench", ("sandbox", "ui", "PySide6"), "the units' control channel"),
    Layer(
        "sandbox.player",
        ("sandbox", "ui", "PySide6", "core", "terminal", "kiosk", "cashier"),
        "the modes' app.py",
    ),
    Layer("installer", (), "a program of the system"),
)

_ONLY_IN = {
    "sqlite3": (("core.journal.store",), "append to core.journal.store.JournalStore"),
    "requests": (
        ("backend_client", "settlement_backend", "sandbox"),
        "ask backend_client.client.BackendClient",
    ),
    "urllib3": (("backend_client",), "ask backend_client.client.BackendClient"),
    "asyncio": (
        ("sandbox.units", "sandbox.platforms"),
        "a journey is a coroutine without a loop; waiting is a worker of devices.worker",
    ),
    "time": (
        (
            *("core.clock", "terminal.clock", "settlement_backend.base.clock"),
            *("devices", "sandbox"),
        ),
        "take a core.clock.Clock, or use terminal.clock",
    ),
}
_NOW = frozenset({"now", "utcnow", "today"})


def _layer_of(module: str) -> Layer:
    found = [layer for layer in LAYERS if inside(module, (layer.name,))]
    return max(found, key=lambda layer: len(layer.name))


def _wrong_imports(source: Source) -> Iterator[str]:
    layer = _layer_of(source.module)
    for line, name in source.imports():
        top = name.split(".")[0]
        if top in sys.stdlib_module_names:
            continue
        if not inside(name, layer.may) or inside(name, layer.never):
            yield f"{source.path}:{line} imports {name}; {layer.name} does not: {layer.instead}"


def _out_of_place(source: Source) -> Iterator[str]:
    for line, name in source.imports():
        top = name.split(".")[0]
        places, instead = _ONLY_IN.get(top, ((source.module,), ""))
        if not inside(source.module, places):
            yield f"{source.path}:{line} imports {top}: {instead}"


def _reads_the_wall_clock(source: Source) -> Iterator[str]:
    places, instead = _ONLY_IN["time"]
    if inside(source.module, places):
        return
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("datetime" | "date"), attr=attr)):
                if attr in _NOW:
                    yield f"{source.path}:{node.lineno} reads the wall clock: {instead}"


@pytest.mark.parametrize("package", PACKAGES)
def test_package_imports_only_what_its_row_allows(package: str) -> None:
    assert [text for source in sources(package) for text in _wrong_imports(source)] == []


def test_library_with_one_home_is_imported_nowhere_else() -> None:
    assert [text for source in sources(*PACKAGES) for text in _out_of_place(source)] == []


def test_wall_clock_is_read_in_the_clocks_only() -> None:
    assert [text for one in sources(*PACKAGES) for text in _reads_the_wall_clock(one)] == []


@pytest.mark.parametrize(
    ("module", "line", "told"),
    [
        ("core.billing", "import PySide6", "a Protocol in core"),
        ("core.billing", "from devices.errors import DeviceError", "a Protocol in core"),
        ("kiosk.journeys.prefund.hold", "from terminal.machine import Machine", "await a step"),
        ("kiosk.journeys.prefund.hold", "from ui.text import Text", "await a step"),
        ("kiosk.screens.view_x", "from core.journal.store import X", "take a view"),
        ("cashier.pages.x", "from cashier.journeys.serve import serve", "take a view"),
        ("kiosk.views", "from PySide6.QtCore import QObject", "plain words"),
        ("kiosk.app", "from sandbox.house import House", "core, or what both modes share"),
        ("kiosk.app", "from cashier.app import main", "core, or what both modes share"),
        ("devices.worker", "from backend_client.client import X", "an event"),
        ("sandbox.units.pos", "from devices.pos.zvt import frames", "write it again"),
        ("sandbox.units.pos", "from core.money import format_yuan", "write it again"),
        ("settlement_backend.app", "from core.billing import Bill", "the HTTP contract"),
        ("terminal.machine", "from kiosk.steps import Service", "a callback"),
    ],
)
def test_ban_bites_and_names_its_replacement(module: str, line: str, told: str) -> None:
    path = module.replace(".", "/") + ".py"
    (text,) = _wrong_imports(Source(path, module, line, ast.parse(line)))
    assert told in text


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("terminal.machine", "import sqlite3"),
        ("terminal.machine", "import requests"),
        ("kiosk.app", "import time"),
        ("core.billing", "from time import sleep"),
        ("core.journeys.hold", "import asyncio"),
    ],
)
def test_library_out_of_its_home_is_seen(module: str, line: str) -> None:
    assert list(_out_of_place(Source("x.py", module, line, ast.parse(line))))


def test_reading_the_wall_clock_is_seen() -> None:
    text = "def f():\n    return datetime.now(UTC), date.today(), clock.now()"
    assert len(list(_reads_the_wall_clock(Source("x.py", "ui.x", text, ast.parse(text))))) == 2
