"""Screens of the offscreen platform that are really plugged in and pulled out, in this process.

The platform takes a configuration at run time by a function that only C++ can ask for; it is
called here through the libraries' own symbols. What a reader would get wrong: the screens belong to
the whole process, which must have begun with `use`, else its one screen has no name to keep.
"""

from __future__ import annotations

import ctypes
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import shiboken6
from PySide6 import QtCore
from PySide6.QtCore import QJsonDocument

_LIBRARIES = Path(QtCore.__file__).parent / "Qt" / "lib"
# QPlatformNativeInterface::nativeResourceForIntegration: the first virtual after QObject's twelve
_RESOURCE_PLACE = 12
_POINTER, _OBJECT = ctypes.c_void_p, ctypes.c_void_p * 4


@dataclass(frozen=True, slots=True)
class VirtualScreen:
    """Place and size in pixels."""

    name: str
    x: int
    y: int
    width: int
    height: int


def use(*screens: VirtualScreen) -> None:
    """This process begins with these; called before the application is made."""
    file = Path(tempfile.mkdtemp()) / "screens.json"
    file.write_text(_configuration(screens), "utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"
    os.environ["QT_QUICK_BACKEND"] = "software"


def _configuration(screens: tuple[VirtualScreen, ...]) -> str:
    """The content of a configuration file."""
    flat = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    told = [{**asdict(screen), **flat} for screen in screens]
    return json.dumps({"synchronousWindowSystemEvents": True, "screens": told})


def plug(screens: tuple[VirtualScreen, ...]) -> None:
    """From now on there are these; what else was there is pulled out."""
    core = ctypes.CDLL(str(_LIBRARIES / "libQt6Core.so.6"))
    gui = ctypes.CDLL(str(_LIBRARIES / "libQt6Gui.so.6"))
    document = QJsonDocument.fromJson(_configuration(screens).encode())
    content, name = _OBJECT(), _OBJECT()
    content_at, name_at = ctypes.addressof(content), ctypes.addressof(name)
    read = ctypes.CFUNCTYPE(_POINTER, _POINTER, _POINTER)(("_ZNK13QJsonDocument6objectEv", core))
    read(content_at, shiboken6.getCppPointer(document)[0])
    make = ctypes.CFUNCTYPE(None, _POINTER, ctypes.c_char_p, ctypes.c_ssize_t)
    make(("_ZN10QByteArrayC1EPKcx", core))(name_at, b"setConfiguration", -1)
    interface = ctypes.CFUNCTYPE(_POINTER)(("_ZN15QGuiApplication23platformNativeInterfaceEv", gui))
    native = interface()
    methods = ctypes.cast(native, ctypes.POINTER(ctypes.POINTER(_POINTER)))[0]
    ask = ctypes.CFUNCTYPE(_POINTER, _POINTER, _POINTER)(methods[_RESOURCE_PLACE] or 0)
    configure = ctypes.CFUNCTYPE(None, _POINTER, _POINTER)(ask(native, name_at))
    configure(content_at, native)
