"""One pair of platforms for all tests here, emptied before each; a fresh database for each."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator

import pytest
from backend_bench import (
    ANSWER_LIMIT_S,
    Backend,
    HandClock,
    Platforms,
    insurance_of,
    running_platforms,
)
from service_bench import House

from settlement_backend.acquirers.acquirer import Acquirer
from settlement_backend.base.database import Database
from settlement_backend.insurance.insurance import Insurance
from tests.helpers.databases import KINDS, Stores
from tests.helpers.postgres import Postgres, running_postgres


@pytest.fixture(scope="session")
def started_platforms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platforms]:
    """The process."""
    with running_platforms(tmp_path_factory.mktemp("platforms")) as platforms:
        yield platforms


@pytest.fixture
def platforms(started_platforms: Platforms) -> Platforms:
    """With empty books."""
    started_platforms.reset()
    return started_platforms


@pytest.fixture
def acquirer(platforms: Platforms) -> Acquirer:
    """The adapter, impatient."""
    return Acquirer(platforms.acquirer.url, read_s=ANSWER_LIMIT_S)


@pytest.fixture
def insurance(db: Database, clock: HandClock, platforms: Platforms) -> Insurance:
    """The adapter, impatient."""
    return insurance_of(db, clock, platforms)


@pytest.fixture
def clock() -> HandClock:
    """Ten in the morning of today."""
    return HandClock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for all tests of this process."""
    with running_postgres() as server:
        yield server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Which database a test runs on: marked `both_databases`, or with ZHENFU_DATABASES=both, on
    both; else on one of them, always the same, so that a third of a module meets PostgreSQL."""
    chosen = {mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")}
    if "database_kind" not in metafunc.fixturenames or "database_kind" in chosen:
        return
    name = metafunc.definition.nodeid.encode()
    both = metafunc.definition.get_closest_marker("both_databases")
    if both or os.environ.get("ZHENFU_DATABASES") == "both":
        kinds: tuple[str, ...] = KINDS
    else:
        kinds = (KINDS[zlib.crc32(name) % 3 == 0],)
    metafunc.parametrize("database_kind", kinds)


@pytest.fixture(scope="session")
def stores(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stores]:
    """Stores of both kinds, each made when it is first asked for."""
    kept = Stores(tmp_path_factory.mktemp("stores"), lambda: request.getfixturevalue("postgres"))
    yield kept
    kept.close()


@pytest.fixture(scope="session")
def opened() -> dict[str, Database]:
    """By kind, each made when first asked for: a new one would prepare every statement anew."""
    return {}


@pytest.fixture
def db(stores: Stores, opened: dict[str, Database], database_kind: str) -> Iterator[Database]:
    """An empty one, migrated; as if just opened."""
    store = stores.empty(database_kind)
    store.begin_again()
    if database_kind not in opened:
        opened[database_kind] = Database(store.url)
    yield opened[database_kind]
    opened[database_kind].close()


@pytest.fixture
def backend(db: Database, clock: HandClock, platforms: Platforms) -> Backend:
    """The parts under test with one person and one window."""
    return Backend(db, clock, platforms)


@pytest.fixture(scope="session")
def running_houses() -> Iterator[dict[str, House]]:
    """The whole service on demo data, by kind of database, started when first asked for."""
    running: dict[str, House] = {}
    yield running
    for each in running.values():
        each.close()


@pytest.fixture
def house(
    running_houses: dict[str, House],
    stores: Stores,
    started_platforms: Platforms,
    platforms: Platforms,
    database_kind: str,
) -> Iterator[House]:
    """As on its first day; its books must balance after every test."""
    if database_kind not in running_houses:
        running_houses[database_kind] = House(stores.new(database_kind), started_platforms)
    running_house = running_houses[database_kind]
    running_house.begin_again()
    yield running_house
    running_house.assert_books_balance()
