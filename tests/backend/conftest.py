"""One pair of platforms for all tests here, emptied before each; a fresh database for each."""

from __future__ import annotations

import shutil
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
from service_bench import House

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


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, migrated once because that is slow."""
    file = tmp_path_factory.mktemp("database") / "migrated.sqlite"
    Database(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def db(tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    """An empty one, migrated."""
    file = shutil.copy(migrated_file, tmp_path / "backend.sqlite")
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


@pytest.fixture
def backend(db: Database, clock: HandClock, platforms: Platforms) -> Backend:
    """The parts under test with one person and one window."""
    return Backend(db, clock, platforms)


@pytest.fixture(scope="session")
def running_house(
    tmp_path_factory: pytest.TempPathFactory, started_platforms: Platforms
) -> Iterator[House]:
    """The whole service on demo data."""
    running = House(tmp_path_factory.mktemp("house"), started_platforms)
    yield running
    running.close()


@pytest.fixture
def house(running_house: House, platforms: Platforms) -> Iterator[House]:
    """As on its first day; its books must balance after every test."""
    running_house.begin_again()
    yield running_house
    running_house.assert_books_balance()
