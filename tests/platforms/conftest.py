"""All platforms: shared and reset for most tests, own ones for a test that restarts them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from platforms_bench import Bench, Platform


@pytest.fixture(scope="session")
def shared_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """All platforms, started once."""
    running = Bench(tmp_path_factory.mktemp("platforms"))
    yield running
    running.stop()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """All platforms with a run folder of their own, `tmp_path`."""
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


@pytest.fixture
def city(shared_bench: Bench) -> Platform:
    """The city with the shipped people."""
    shared_bench.city.control("reset")
    return shared_bench.city


@pytest.fixture
def invoice(shared_bench: Bench) -> Platform:
    """The e-invoice platform with empty books."""
    shared_bench.invoice.control("reset")
    return shared_bench.invoice


@pytest.fixture
def insurer(shared_bench: Bench) -> Platform:
    """The commercial insurer with the shipped policies."""
    shared_bench.insurer.control("reset")
    return shared_bench.insurer


@pytest.fixture
def messages(shared_bench: Bench) -> Platform:
    """The message gateway with empty books."""
    shared_bench.messages.control("reset")
    return shared_bench.messages


@pytest.fixture
def face(shared_bench: Bench) -> Platform:
    """The face service with empty books."""
    shared_bench.face.control("reset")
    return shared_bench.face
