"""In tests with windows, as in the programs (`ui/garbage.py`): cycles end on Qt's own thread."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def garbage_on_this_thread() -> Iterator[None]:
    """No thread of a test destroys a window's parts; what a module leaves ends with it."""
    gc.freeze()
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def young_garbage(garbage_on_this_thread: None) -> Iterator[None]:
    """What one test left, while it is cheap to find."""
    yield
    gc.collect(1)
