"""A scripted backend per test, closed after the wires that talk to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from client_bench import Bench


@pytest.fixture
def bench() -> Iterator[Bench]:
    """Starts scripted backends and closes the wires first."""
    with ExitStack() as stack:
        yield Bench(stack)
