"""Fixtures of the unit tests: a bench starter and an acquirer, both ended after the test."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from units_bench import Acquirer, Bench, StartBench

from sandbox.units.program import Settings


@pytest.fixture
def run_dir() -> Iterator[Path]:
    """A short path: a Unix socket path has room for 107 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="units-"))
    yield folder
    rmtree(folder)


@pytest.fixture
def start(run_dir: Path) -> Iterator[StartBench]:
    """``start("scanner", ...)`` runs the named units without waiting times."""
    started: list[Bench] = []

    def starter(
        *only: str,
        pos_host_url: str | None = None,
        card_wait_s: float = 5.0,
        motion_s: float = 0.01,
    ) -> Bench:
        settings = Settings(
            run_dir=run_dir,
            only=only,
            pos_host_url=pos_host_url,
            motion_s=motion_s,
            id_read_s=0.01,
            card_wait_s=card_wait_s,
        )
        started.append(Bench(settings))
        return started[-1]

    yield starter
    for bench in started:
        if bench.is_running:
            bench.stop()


@pytest.fixture
def acquirer() -> Iterator[Acquirer]:
    """A host for the card terminal."""
    host = Acquirer()
    yield host
    host.stop()
