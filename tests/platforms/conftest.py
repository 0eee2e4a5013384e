"""Both platforms: shared and reset for most tests, own ones for a test that restarts them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from platforms_bench import Bench, Platform


@pytest.fixture(scope="session")
def shared_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Both platforms, started once."""
    running = Bench(tmp_path_factory.mktemp("platforms"))
    yield running
    running.stop()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Both platforms with a run folder of their own, `tmp_path`."""
    running = Bench(tmp_path)
    yield running
    running.stop()


@pytest.fixture
def acquirer(shared_bench: Bench) -> Platform:
    """The acquirer with empty books."""
    shared_bench.acquirer.control("reset")
    return shared_bench.acquirer


@pytest.fixture
def insurance(shared_bench: Bench) -> Platform:
    """The insurance platform with empty books."""
    shared_bench.insurance.control("reset")
    return shared_bench.insurance
