"""`./run bench kiosk`: the kiosk beside windows of plain QML, side by side in one run.

Each figure stands beside two others: `bare`, a window with one rectangle and one text, and `alike`,
a plain one that shows as much as the kiosk does (`plain_window.py`). Cold start is of whole
processes, taken in turn, from exec to the first frame; "to home" ends when the kiosk asks its first
question, with a backend that refuses connections. Touch and change are of one process, inside a
running event loop as in the program, whose old screens are therefore really destroyed. Figures are
medians; ratios count, milliseconds are this machine's. `work` is processor time: other programs of
a shared machine disturb it less.
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
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickWindow
    from screen_rig import Rig

ROOT = Path(__file__).resolve().parents[2]
_FRAME_LIMIT_MS, _REST_MS, _TREMBLING_MS = 5_000, 50, 450
_KINDS = ("kiosk", "bare", "alike")
_SCREENS = ("home", "identify")

Told = dict[str, float]


def main(arguments: list[str]) -> int:
    """Prints a table; 0 always: a figure is not a verdict."""
    parser = argparse.ArgumentParser(prog="./run bench kiosk", description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--child", choices=[*_KINDS, "frames"])
    parser.add_argument("--amount", default="{}", help="of the page to be alike")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(ROOT))  # the tree is not installed
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    if options.child:
        told = _frames(options.runs) if options.child == "frames" else _start(options)
        print(json.dumps(told))
        sys.stdout.flush()
        os._exit(0)
    print(f"{'':24}{'kiosk':>12}{'bare':>12}{'ratio':>7}{'alike':>12}{'ratio':>7}")
    for line in _lines(options.runs):
        print(line, flush=True)
    return 0


def _lines(runs: int) -> Iterator[str]:
    starts: dict[str, list[Told]] = {kind: [] for kind in _KINDS}
    amount = "{}"
    for _ in range(runs):
        for kind, told in starts.items():
            begun = time.monotonic()
            one = _child(kind, "--amount", amount)
            if kind == "kiosk":
                amount = json.dumps({name: one[name] for name in _AMOUNT})
                one["home_ms"] = one["home"] * 1000 - begun * 1000
            told.append({**one, "start_ms": one["first_frame"] * 1000 - begun * 1000})
    for what, key, unit in (
        ("cold start", "start_ms", "ms"),
        ("cold start, work", "work_ms", "ms"),
        ("memory at first frame", "memory_mib", "MiB"),
    ):
        yield _line(what, unit, *(statistics.median(o[key] for o in starts[k]) for k in _KINDS))
    for what, key, unit in (
        ("cold start to home", "home_ms", "ms"),
        ("memory at home", "home_mib", "MiB"),
    ):
        yield f"{what:24}{statistics.median(one[key] for one in starts['kiosk']):8.1f} {unit}"
    frames = _child("frames", "--runs", str(runs))
    for what in ("touch to paint", "screen change", "touch, work", "change, work"):
        yield _line(what, "ms", *(frames[f"{kind} {what}"] for kind in _KINDS))


def _line(what: str, unit: str, kiosk: float, bare: float, alike: float) -> str:
    columns = f"{kiosk:8.1f} {unit:3}{bare:8.1f} {unit:3}{kiosk / bare:7.2f}"
    return f"{what:24}{columns}{alike:8.1f} {unit:3}{kiosk / alike:7.2f}"


def _child(name: str, *more: str) -> Told:
    command = [sys.executable, str(Path(__file__)), "--child", name, *more]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    content: Told = json.loads(told.stdout.splitlines()[-1])
    return content


# --- cold start: one process each ---------------------------------------------------------------

_AMOUNT = ("texts", "boxes", "pictures", "buttons")


def _start(options: argparse.Namespace) -> Told:
    return _kiosk_start() if options.child == "kiosk" else _plain_start(options)


def _plain_start(options: argparse.Namespace) -> Told:
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([])
    from plain_window import BARE, Amount, as_much, open_plain

    amount = json.loads(options.amount)
    shown = Amount(**{name: int(number) for name, number in amount.items()}) if amount else None
    content = BARE if options.child == "bare" or shown is None else as_much(shown, shown)
    engine, window = open_plain(content)
    _until_painted(window, lambda: None)
    told = _painted()
    del engine, application
    return told


def _kiosk_start() -> Told:
    """What `kiosk/__main__.py` does, with its settings file in a folder that goes away."""
    import gc

    from PySide6.QtWidgets import QApplication

    from kiosk.front import open_front
    from ui.fonts import use_font

    gc.disable()
    application = QApplication([])
    use_font(application)
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "terminal.toml"
        _write_settings(config)
        front = open_front(config)
        told = _painted()
        from plain_window import amount_in

        from kiosk.app import Kiosk
        from terminal.launch import settings_at

        amount = {name: float(number) for name, number in asdict(amount_in(front.window)).items()}
        kiosk = Kiosk(settings_at(config), front=front)
        kiosk.start()
        while kiosk.ui.property("screen") != "Home":
            application.processEvents()
        home = time.monotonic()
        return {**told, **amount, "home": home, "home_mib": _memory_mib()}


def _write_settings(config: Path) -> None:
    """Without the imports of the benches of the terminal, which load the terminal."""
    config.write_text(
        f"""
        [terminal]
        id = "K01"
        data = "{config.parent / "data"}"
        full_screen = false
        [backend]
        url = "http://127.0.0.1:9"
        token = "demo-kiosk-01"
        read_ms = 500
        [hospital]
        name_zh = "温和医科大学附属医院"
        name_en = "Wenhe University Hospital"
        place_zh = "自助机 A-03"
        place_en = "Machine A-03"
        service_line = "0577-8800 2120"
        """,
        "utf-8",
    )


def _painted() -> Told:
    now, work_ms = time.monotonic(), time.process_time() * 1000
    return {"first_frame": now, "work_ms": work_ms, "memory_mib": _memory_mib()}


def _memory_mib() -> float:
    from tests.soak.usage import memory_kib

    return memory_kib() / 1024


# --- touch and change: all windows in one process -----------------------------------------------


def _frames(runs: int) -> Told:
    from plain_window import BARE, amount_in, as_much, open_plain
    from PySide6.QtWidgets import QApplication
    from screen_rig import open_rig

    from ui.fonts import use_font

    application = QApplication([])
    use_font(application)
    rig = open_rig("zh")
    amounts = []
    for name in _SCREENS:
        rig.show(name)
        amounts.append(amount_in(rig.window))
    engines, plain = [], {}
    for kind, content in (("bare", BARE), ("alike", as_much(amounts[1], amounts[0]))):
        engine, plain[kind] = open_plain(content)
        engines.append(engine)
    times: dict[str, list[float]] = {}
    _time_changes(rig, plain, runs * 6, times)
    _time_touches(rig, plain, runs * 6, times)
    return {what: statistics.median(told) for what, told in times.items()}


def _time_changes(
    rig: Rig, plain: dict[str, QQuickWindow], turns: int, times: dict[str, list[float]]
) -> None:
    from examples import shown

    examples = [shown(name, rig.ui.catalogue) for name in _SCREENS]

    def show(turn: int) -> None:
        example = examples[turn % 2]
        rig.ticket += 1
        rig.ui.show(rig.ticket, example.screen, example.view)

    def swap(window: QQuickWindow, turn: int) -> None:
        window.setProperty("other", turn % 2 == 0)

    for turn in range(turns):
        _note(times, "kiosk", "change", rig.window, lambda t=turn: show(t))  # type: ignore[misc]
        for kind, window in plain.items():
            _note(times, kind, "change", window, lambda w=window, t=turn: swap(w, t))  # type: ignore[misc]


def _time_touches(
    rig: Rig, plain: dict[str, QQuickWindow], turns: int, times: dict[str, list[float]]
) -> None:
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    from sandbox.player import qml

    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    rig.show("home")
    places = {"kiosk": (rig.window, qml.centre(qml.find(rig.window, "tile_pay")))}
    for kind, window in plain.items():
        window.setProperty("other", False)
        places[kind] = (window, QPoint(500, 900))
    for _ in range(turns):
        for kind, (window, place) in places.items():
            press = lambda w=window, p=place: QTest.mousePress(w, left, none, p)  # noqa: E731
            _note(times, kind, "touch", window, press)
            QTest.mouseRelease(window, left, none, QPoint(1, 1))  # outside: nothing is chosen
            _live(_TREMBLING_MS)  # a second press within 400 ms is ignored


def _note(
    times: dict[str, list[float]],
    kind: str,
    what: str,
    window: QQuickWindow,
    change: Callable[[], None],
) -> None:
    _live(_REST_MS)
    wall_ms, work_ms = _until_painted(window, change)
    name = "screen change" if what == "change" else "touch to paint"
    times.setdefault(f"{kind} {name}", []).append(wall_ms)
    times.setdefault(f"{kind} {what}, work", []).append(work_ms)


def _until_painted(window: QQuickWindow, change: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds, and those of this thread's work, from the change to the end of a frame."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    begun: list[tuple[float, float]] = []
    seen: list[tuple[float, float]] = []

    def begin() -> None:
        begun.append((time.monotonic(), time.thread_time()))
        change()

    def end() -> None:
        if begun and not seen:
            seen.append((time.monotonic(), time.thread_time()))
            loop.quit()

    window.frameSwapped.connect(end)
    QTimer.singleShot(0, loop, begin)
    QTimer.singleShot(_FRAME_LIMIT_MS, loop, loop.quit)
    loop.exec()
    window.frameSwapped.disconnect(end)
    if not seen:
        raise TimeoutError("nothing was painted")
    (wall, work), (wall_end, work_end) = begun[0], seen[0]
    return (wall_end - wall) * 1000, (work_end - work) * 1000


def _live(time_ms: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(time_ms, loop, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
