"""One pair of platforms for all tests here, emptied before each; a fresh database for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from backend_bench import (
    ANSWER_LIMIT_S,
    Backend,
    HandClock,
    Platforms,
    running_platforms,
)

from settlement_backend.acquirer import Acquirer
from settlement_backend.database import Database
from settlement_backend.insurance import Insurance


@pytest.fixture(scope="session")
def started_platforms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platforms]:
    """The process."""
    with running_platforms(tmp_path_factory.mktemp("platforms")) as platforms:
        yield platforms


@pytest.fixture
def platforms(started_platforms: Platforms) -> Platforms:
    """With empty books."""
    started_platforms.acquirer.control("reset")
    started_platforms.insurance.control("reset")
    return started_platforms


@pytest.fixture
def acquirer(platforms: Platforms) -> Acquirer:
    """The adapter, impatient."""
    return Acquirer(platforms.acquirer.url, read_s=ANSWER_LIMIT_S)


@pytest.fixture
def insurance(platforms: Platforms) -> Insurance:
    """The adapter, impatient."""
    return Insurance(platforms.insurance.url, "H33030200001", "330302", read_s=ANSWER_LIMIT_S)


@pytest.fixture
def clock() -> HandClock:
    """Ten in the morning of today."""
    return HandClock()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty one, migrated."""
    database = Database(f"sqlite:///{tmp_path / 'backend.sqlite'}")
    yield database
    database.close()


@pytest.fixture
def backend(db: Database, clock: HandClock, platforms: Platforms) -> Backend:
    """The parts under test with one person and one window."""
    return Backend(db, clock, platforms)
