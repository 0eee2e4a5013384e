"""`./run demo`: with a display the windows to play with; without one the player plays the story.

The headless demo leaves pictures, paper and transcript.json, and exits with 0 only if the story
was told to its end and the auditor found that all books agree.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from sandbox.house import ROOT, House

log = logging.getLogger(__name__)


def main(arguments: list[str]) -> int:
    """Parse, start the house, play or open windows, stop the house."""
    parser = argparse.ArgumentParser(
        prog="run demo", description="The whole machine with demo data."
    )
    parser.add_argument("--headless", action="store_true", help="the player presses the controls")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "build" / "demo", help="where to leave it"
    )
    parser.add_argument("--pointer", choices=("qt", "x"), default="qt", help="how to press")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    has_display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    house = House(Path(tempfile.mkdtemp(prefix="zhenfu-")))
    try:
        house.start()
        if options.headless or not has_display:
            return _play(house, options.out, options.pointer)
        return _open_windows(house)
    finally:
        house.stop()
        shutil.rmtree(house.run_dir, ignore_errors=True)


def _open_windows(house: House) -> int:
    """Kiosk and workbench side by side, until the kiosk is closed."""
    run_dir = str(house.run_dir)
    workbench = subprocess.Popen(
        [sys.executable, "-m", "sandbox.workbench", "--run-dir", run_dir], cwd=ROOT
    )
    print(f"window mode: ./run cashier --config {run_dir}/cashier.toml (2107 / demo-2107)")
    kiosk = subprocess.run(
        [sys.executable, "-m", "kiosk", "--config", f"{run_dir}/kiosk.toml"],
        cwd=ROOT,
        env=house.environment(),
        check=False,
    )
    workbench.terminate()
    workbench.wait()
    return kiosk.returncode


def _play(house: House, out: Path, pointer: str) -> int:
    """The story; Qt is imported here, after the environment says where to draw."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    if pointer == "qt":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.update(house.environment())
    from sandbox.player.perform import perform

    sums = perform(house, out, pointer)
    paper = out / "paper"
    paper.mkdir()
    for terminal in ("kiosk", "window"):
        for sheet in sorted((house.run_dir / terminal / "paper").glob("*.png")):
            shutil.copy(sheet, paper / f"{terminal}_{sheet.name}")
    verdict = "all books agree" if sums.agree else f"DISAGREE: {sums.disagreements}"
    words = " ".join(f"{k}={v}" for k, v in asdict(sums).items() if k.endswith("_fen"))
    print(f"demo: {words} cards={sums.cards_issued} papers={sums.papers}; {verdict}; {out}")
    return 0 if sums.agree else 1
