"""Pictures of every screen in every mode and language: `python -m tests.gui.gallery [names…]`.

They go to `build/screens/<language>/<mode>/<example>.png`, the technician's to
`build/screens/diagnostics/<language>_<width>/<example>.png`, to be looked at by a person.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

import diagnostics_examples
from examples import GALLERY
from PySide6.QtWidgets import QApplication
from screen_rig import MODES, ROOT, open_rig

from ui.fonts import use_font


def main(names: list[str]) -> None:
    """Draw the named examples, or all."""
    application = QApplication(sys.argv[:1])
    diagnostics_examples.draw(names)
    use_font(application)
    for language in ("zh", "en"):
        rig = open_rig(language)
        for mode, modes in MODES.items():
            folder = ROOT / "build" / "screens" / language / mode
            folder.mkdir(parents=True, exist_ok=True)
            rig.use(modes)
            for name in [one for one in GALLERY if not names or one in names]:
                rig.show(name)
                rig.window.grabWindow().save(str(folder / f"{name}.png"))
            rig.show("quote", seconds=14)
            rig.window.grabWindow().save(str(folder / "idle_sheet.png"))
        for warning in rig.warnings:
            sys.stderr.write(f"{language}: {warning}\n")
        rig.close()


if __name__ == "__main__":
    main(sys.argv[1:])
