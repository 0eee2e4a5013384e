"""Houses for the stories; the platform of Qt is named before Qt is imported."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

from sandbox.house import House  # noqa: E402 - see above


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """Platforms, backend and a kiosk's devices as processes; the folder's name must be short."""
    built = House(Path(tempfile.mkdtemp(prefix="zhenfu-")), window=False)
    try:
        built.start()
        yield built
    finally:
        built.stop()
        shutil.rmtree(built.run_dir, ignore_errors=True)
