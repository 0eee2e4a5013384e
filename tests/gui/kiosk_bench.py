"""`./run bench kiosk`: the kiosk beside a bare QML window, side by side in one run.

Cold start and memory are of whole processes, taken in turn; touch to paint and change of screen are
of one process with both windows. Figures are medians; the ratio is what counts, the milliseconds
are this machine's.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BARE = """
import QtQuick
import QtQuick.Window
Window {
    id: root; width: 1080; height: 1920; visible: true
    property bool other: false
    Loader { anchors.fill: parent; sourceComponent: root.other ? second : first }
    Component { id: first; Rectangle { color: area.pressed ? "grey" : "white"
        MouseArea { id: area; anchors.fill: parent } Text { text: "first" } } }
    Component { id: second; Rectangle { color: "black"; Text { text: "second"; color: "white" } } }
}
"""

_FRAME_LIMIT_S = 5.0


def main(arguments: list[str]) -> int:
    """Prints four lines; 0 always: a figure is not a verdict."""
    parser = argparse.ArgumentParser(prog="./run bench kiosk", description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--child", choices=["bare", "kiosk", "frames"])
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(ROOT))  # the tree is not installed
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    if options.child:
        print(json.dumps(_CHILDREN[options.child](options.runs)))
        sys.stdout.flush()
        os._exit(0)
    print(f"{'':18}{'kiosk':>10}{'bare':>10}{'ratio':>8}")
    for line in _lines(options.runs):
        print(line, flush=True)
    return 0


def _lines(runs: int) -> Iterator[str]:
    starts: dict[str, list[dict[str, float]]] = {"kiosk": [], "bare": []}
    for _ in range(runs):
        for name, told in starts.items():
            begun = time.monotonic()
            one = _child(name, runs)
            told.append({**one, "start_ms": one["first_frame"] * 1000 - begun * 1000})
    for what, key, unit in (("cold start", "start_ms", "ms"), ("memory", "memory_mib", "MiB")):
        kiosk, bare = (statistics.median(one[key] for one in starts[n]) for n in ("kiosk", "bare"))
        yield _line(what, kiosk, bare, unit)
    frames = _child("frames", runs)
    for what in ("touch to paint", "screen change"):
        yield _line(what, frames[f"kiosk {what}"], frames[f"bare {what}"], "ms")


def _line(what: str, kiosk: float, bare: float, unit: str) -> str:
    return f"{what:18}{kiosk:7.1f} {unit:3}{bare:6.1f} {unit:3}{kiosk / bare:7.2f}"


def _child(name: str, runs: int) -> dict[str, float]:
    command = [sys.executable, str(Path(__file__)), "--child", name]
    told = subprocess.run(
        [*command, "--runs", str(runs)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    content: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return content


def _bare_start(_runs: int) -> dict[str, float]:
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([])
    window = _bare_window()
    return _first_frame(application.processEvents, window)


def _kiosk_start(_runs: int) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication

    from kiosk.app import Kiosk
    from tests.terminal.terminal_bench import settings_of
    from ui.fonts import use_font

    application = QApplication([])
    use_font(application)
    with tempfile.TemporaryDirectory() as folder:
        kiosk = Kiosk(settings_of(Path(folder)))
        kiosk.start()
        return _first_frame(application.processEvents, kiosk.window)


def _first_frame(live: Callable[[], None], window: object) -> dict[str, float]:
    from PySide6.QtQuick import QQuickWindow

    from tests.soak.usage import memory_kib

    assert isinstance(window, QQuickWindow)
    seen: list[float] = []
    window.frameSwapped.connect(lambda: seen.append(time.monotonic()))
    while not seen:
        live()
    return {"first_frame": seen[0], "memory_mib": memory_kib() / 1024}


def _bare_window() -> object:
    from PySide6.QtQml import QQmlApplicationEngine
    from PySide6.QtQuick import QQuickWindow  # without it the root would be a bare QWindow

    engine = QQmlApplicationEngine()
    engine.loadData(BARE.encode())
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    _kept.append(engine)
    return window


def _frames(runs: int) -> dict[str, float]:
    """Both windows in this process, in turn."""
    from PySide6.QtCore import QPoint
    from PySide6.QtQuick import QQuickWindow
    from PySide6.QtWidgets import QApplication
    from screen_rig import open_rig

    from sandbox.player import qml
    from ui.fonts import use_font

    application = QApplication([])
    use_font(application)
    rig = open_rig("zh")
    bare = _bare_window()
    assert isinstance(bare, QQuickWindow)
    names = ("home", "identify")
    for name in names:
        rig.show(name)
    times: dict[str, list[float]] = {}

    def note(what: str, window: QQuickWindow, change: Callable[[], None]) -> None:
        times.setdefault(what, []).append(_until_painted(application.processEvents, window, change))

    for turn in range(runs * 6):
        kiosk_name = names[turn % 2]
        note("kiosk screen change", rig.window, lambda name=kiosk_name: _show(rig, name))  # type: ignore[misc]
        note("bare screen change", bare, lambda t=turn: _set_other(bare, t % 2 == 0))  # type: ignore[misc]
    rig.show("home")
    _set_other(bare, False)
    tile = qml.centre(qml.find(rig.window, "tile_pay"))
    for _ in range(runs * 6):
        note("kiosk touch to paint", rig.window, lambda: _press(rig.window, tile))
        _release(application.processEvents, rig.window)
        note("bare touch to paint", bare, lambda: _press(bare, QPoint(500, 900)))
        _release(application.processEvents, bare)
    return {what: statistics.median(told) for what, told in times.items()}


def _show(rig: object, name: str) -> None:
    from examples import shown
    from screen_rig import Rig

    assert isinstance(rig, Rig)
    example = shown(name, rig.ui.catalogue)
    rig.ticket += 1
    rig.ui.show(rig.ticket, example.screen, example.view)


def _set_other(bare: object, other: bool) -> None:
    from PySide6.QtQuick import QQuickWindow

    assert isinstance(bare, QQuickWindow)
    bare.setProperty("other", other)


def _press(window: object, point: object) -> None:
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtQuick import QQuickWindow
    from PySide6.QtTest import QTest

    assert isinstance(window, QQuickWindow)
    assert isinstance(point, QPoint)
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(window, Qt.MouseButton.LeftButton, none, point)


def _release(live: Callable[[], None], window: object) -> None:
    """Outside of everything, so that nothing is chosen."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtQuick import QQuickWindow
    from PySide6.QtTest import QTest

    assert isinstance(window, QQuickWindow)
    none = Qt.KeyboardModifier.NoModifier
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, none, QPoint(1, 1))
    end = time.monotonic() + 0.45  # a second press within 400 ms is ignored
    while time.monotonic() < end:
        live()


def _until_painted(live: Callable[[], None], window: object, change: Callable[[], None]) -> float:
    """Milliseconds from the change to the next frame."""
    from PySide6.QtQuick import QQuickWindow

    assert isinstance(window, QQuickWindow)
    end = time.monotonic() + 0.05
    while time.monotonic() < end:
        live()
    seen: list[float] = []
    connection = window.frameSwapped.connect(lambda: seen.append(time.monotonic()))
    begun = time.monotonic()
    change()
    while not seen:
        live()
        if time.monotonic() - begun > _FRAME_LIMIT_S:
            raise TimeoutError("nothing was painted")
    window.frameSwapped.disconnect(connection)
    return (seen[0] - begun) * 1000


_kept: list[object] = []
_CHILDREN: dict[str, Callable[[int], dict[str, float]]] = {
    "bare": _bare_start,
    "kiosk": _kiosk_start,
    "frames": _frames,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
