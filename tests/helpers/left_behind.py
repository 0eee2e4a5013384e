"""What is left of somebody who went away: in memory, on windows, on the clipboard, in files.

What a reader would get wrong: our own objects are followed as far as they reach, and every module's
names with them; foreign libraries' objects are not, so what a library keeps must be looked for in
its files. Pictures count as what they are: bytes that nobody may hold.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CellType, CoroutineType, FunctionType, MethodType
from typing import Any

from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtQuick import QQuickWindow
from PySide6.QtWidgets import QApplication

from sandbox.player.qml import walk

OURS = ("backend_client", "core", "devices", "kiosk", "terminal", "ui")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n")
_WRITTEN = ("utf-8", "utf-16-le", "gb18030")
_SAID = ("text", "view", "value", "label", "caption", "note", "title", "hint", "source")


def texts_in_memory(*roots: object) -> Iterator[str]:
    """Every text that can be reached from these objects and from our own modules' names."""
    for one in _reached([*roots, *_names()]):
        if isinstance(one, str):
            yield one
        elif isinstance(one, bytes | bytearray):
            yield one.decode("utf-8", "ignore")


def pictures_in_memory(*roots: object) -> int:
    """How many JPEG or PNG files are held."""
    found = (one for one in _reached([*roots, *_names()]) if isinstance(one, bytes | bytearray))
    return sum(bytes(one[:6]).startswith(_PICTURES) for one in found)


def texts_on_windows(window: QQuickWindow) -> Iterator[str]:
    """What the items of a Qt Quick window and every widget have to say, seen or hidden."""
    for item in walk(window.contentItem()):
        yield from (str(item.property(name) or "") for name in _SAID)
    for widget in QApplication.allWidgets():
        yield from (str(widget.property(name) or "") for name in ("text", "plainText", "toolTip"))


def texts_on_the_clipboard() -> Iterator[str]:
    """Both of them, where there are two."""
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        yield clipboard.text(mode)


def files_that_tell(folder: Path, canaries: Iterable[str]) -> list[str]:
    """Files anywhere below that hold one of these texts, or a picture."""
    wanted = [canary.encode(code) for canary in canaries for code in _WRITTEN]
    return [
        f"{path.relative_to(folder)}: {sign!r}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for content in (path.read_bytes(),)
        for sign in (*wanted, *_PICTURES)
        if sign in content
    ]


def _names() -> list[object]:
    """Of every module of ours that is loaded."""
    return [
        vars(module)
        for name, module in list(sys.modules.items())
        if name.split(".")[0] in OURS and module is not None
    ]


def _reached(waiting: list[Any]) -> Iterator[object]:
    """Every object on the way, each once; the town's own data are not followed."""
    seen: set[int] = set()
    kept = []  # so that no number is given to two objects
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        kept.append(one)
        yield one
        waiting += _parts(one)


def _parts(one: Any) -> list[Any]:  # noqa: ANN401 - anything may hang on an object
    match one:
        case dict():
            return [*one.keys(), *one.values()]
        case list() | tuple() | set() | frozenset():
            return [*one]
        case FunctionType():
            return [*(one.__closure__ or ()), *(one.__defaults__ or ())]
        case CellType():
            try:
                return [one.cell_contents]
            except ValueError:
                return []
        case MethodType():
            return [one.__self__]
        case CoroutineType():
            inside = one.cr_frame
            return [one.cr_await, *(inside.f_locals.values() if inside else ())]
        case type():
            return []
    if type(one).__module__.split(".")[0] not in OURS:
        return []
    slots = [name for kind in type(one).__mro__ for name in getattr(kind, "__slots__", ())]
    held = [*vars(one).values()] if hasattr(one, "__dict__") else []
    return held + [getattr(one, name) for name in slots if hasattr(one, name)]
