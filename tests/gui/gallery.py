"""Pictures of every screen, each in both languages and every mode: `python -m tests.gui.gallery`.

They go to `<folder>/<language>/<mode>/<example>.png`, the technician's to
`<folder>/diagnostics/<language>_<width>/<example>.png`, to be looked at by a person.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

import diagnostics_examples
from examples import GALLERY
from PySide6.QtWidgets import QApplication
from screen_rig import MODES, ROOT, Rig, open_rig

from ui.fonts import use_font


def main(arguments: list[str]) -> None:
    """Draw the named examples, or all."""
    parser = argparse.ArgumentParser(prog="./run screens", description="Pictures of every screen.")
    parser.add_argument("names", nargs="*", help="examples; all when none is named")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screens", metavar="DIR")
    asked = parser.parse_args(arguments)
    application = QApplication(sys.argv[:1])
    diagnostics_examples.draw(asked.names, asked.out / "diagnostics")
    use_font(application)
    for language in ("zh", "en"):
        rig = open_rig(language)
        _draw(rig, [one for one in GALLERY if one in asked.names or not asked.names], asked.out)
        for warning in rig.warnings:
            sys.stderr.write(f"{language}: {warning}\n")
        rig.close()


def _draw(rig: Rig, names: list[str], out: Path) -> None:
    for mode, modes in MODES.items():
        folder = out / rig.ui.catalogue.language / mode
        folder.mkdir(parents=True, exist_ok=True)
        rig.use(modes)
        for name in names:
            rig.show(name)
            rig.window.grabWindow().save(str(folder / f"{name}.png"))
        rig.show("quote", seconds=14)
        rig.window.grabWindow().save(str(folder / "idle_sheet.png"))


if __name__ == "__main__":
    main(sys.argv[1:])
