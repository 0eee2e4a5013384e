"""Pictures of every screen, each in both languages and every mode: `python -m tests.gui.gallery`.

They go to `<folder>/<language>/<mode>/<example>.png`, those of a lying panel to `lying_<mode>`, the
technician's to `<folder>/diagnostics/<language>_<width>/<example>.png`, the window's to
`<folder>/cashier/…`, to be looked at by a person. `--golden` draws the few pictures anew that
`test_golden.py` compares, and nothing else.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

import cashier_examples
import diagnostics_examples
import golden
from examples import GALLERY
from PySide6.QtWidgets import QApplication
from screen_rig import LYING, MODES, ROOT, STANDING, Rig, open_rig

from ui.fonts import use_font


def main(arguments: list[str]) -> None:
    """Draw the named examples, or all."""
    parser = argparse.ArgumentParser(prog="./run screens", description="Pictures of every screen.")
    parser.add_argument("names", nargs="*", help="examples; all when none is named")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screens", metavar="DIR")
    parser.add_argument("--golden", action="store_true", help="draw the golden pictures anew")
    asked = parser.parse_args(arguments)
    application = QApplication(sys.argv[:1])
    if not asked.golden:
        diagnostics_examples.draw(asked.names, asked.out / "diagnostics")
        cashier_examples.draw(asked.names, asked.out / "cashier")
    use_font(application)
    for language in ("zh", "en"):
        rig = open_rig(language)
        if asked.golden:
            _agree(rig)
        else:
            _draw(rig, [one for one in GALLERY if one in asked.names or not asked.names], asked.out)
        for warning in rig.warnings:
            sys.stderr.write(f"{language}: {warning}\n")
        rig.close()


def _draw(rig: Rig, names: list[str], out: Path) -> None:
    layouts = [(mode, STANDING, mode) for mode in MODES]
    layouts += [(f"lying_{mode}", LYING, mode) for mode in ("normal", "all")]
    for place, size, mode in layouts:
        folder = out / rig.ui.catalogue.language / place
        folder.mkdir(parents=True, exist_ok=True)
        rig.turn(size)
        rig.use(MODES[mode])
        for name in names:
            rig.show(name)
            rig.window.grabWindow().save(str(folder / f"{name}.png"))
        rig.show("quote", seconds=14)
        rig.window.grabWindow().save(str(folder / "idle_sheet.png"))


def _agree(rig: Rig) -> None:
    language = rig.ui.catalogue.language
    golden.FOLDER.mkdir(exist_ok=True)
    for one in golden.GOLDEN[language]:
        golden.draw(rig, one).save(str(one.file(language)))


if __name__ == "__main__":
    main(sys.argv[1:])
