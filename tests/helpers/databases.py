"""Both databases of the backend for tests: quickly as new, without making the tables again.

What a reader would get wrong: SQLite's file may only be exchanged while nobody has it open, which
PostgreSQL does not mind, so `begin_again` is called with the service's database closed.
"""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, create_engine, inspect, text

from settlement_backend.base.database import Database
from tests.helpers.postgres import Postgres

KINDS = ("sqlite", "postgresql")


class Store(ABC):
    """A database that remembers how it stood once. `url`: as `--database-url` takes it."""

    url: str

    @abstractmethod
    def keep(self) -> None:
        """Remember how it stands now; nobody has it open."""

    @abstractmethod
    def begin_again(self) -> None:
        """As it stood when it was kept."""

    def close(self) -> None:  # noqa: B027  most have nothing to give back
        """Give its connections back."""

    def migrated(self) -> Store:
        """With all tables, empty, and kept so."""
        Database(self.url).close()
        self.keep()
        return self


class SqliteStore(Store):
    """One file."""

    def __init__(self, file: Path) -> None:
        self.url, self._file = f"sqlite:///{file}", file

    def keep(self) -> None:
        """A copy of the file."""
        shutil.copyfile(self._file, self._file.with_suffix(".kept"))

    def begin_again(self) -> None:
        """The copy."""
        for left in self._file.parent.glob(f"{self._file.name}-*"):
            left.unlink()
        shutil.copyfile(self._file.with_suffix(".kept"), self._file)


class PostgresStore(Store):
    """One database; what was kept stands in a schema of its own."""

    def __init__(self, server: Postgres, name: str) -> None:
        self.url = server.create(name)
        self._engine: Engine = create_engine(
            self.url.replace("postgresql", "postgresql+psycopg", 1),
            pool_pre_ping=True,  # some tests end every connection of the server
        )

    def keep(self) -> None:
        """Every table copied to the schema `kept`."""
        tables = self._tables()
        with self._engine.begin() as connection:
            connection.execute(text("drop schema if exists kept cascade"))
            connection.execute(text("create schema kept"))
            for table in tables:
                connection.execute(text(f'create table kept."{table}" as table "{table}"'))
        rows = (
            f'delete from "{table}"; insert into "{table}" select * from kept."{table}"'  # noqa: S608
            for table in tables
        )
        self._again = "; ".join(("set local session_replication_role = replica", *rows))

    def begin_again(self) -> None:
        """Every table emptied and filled from its copy, in one transaction and one request."""
        with self._engine.begin() as connection:
            connection.exec_driver_sql(self._again)

    def _tables(self) -> list[str]:
        return inspect(self._engine).get_table_names()

    def close(self) -> None:
        """Give its connections back."""
        self._engine.dispose()


class Stores:
    """All stores of a test process. `postgres` gives the server when one is needed."""

    def __init__(self, folder: Path, postgres: Callable[[], Postgres]) -> None:
        self._folder, self._postgres = folder, postgres
        self._empty: dict[str, Store] = {}
        self._made: list[Store] = []

    def new(self, kind: str) -> Store:
        """One that nobody has used."""
        name = f"store{len(self._made)}"
        store: Store
        if kind == "sqlite":
            store = SqliteStore(self._folder / f"{name}.sqlite")
        else:
            store = PostgresStore(self._postgres(), name)
        self._made.append(store)
        return store

    def empty(self, kind: str) -> Store:
        """The one of this kind that is migrated and empty; made once, because that is slow."""
        if kind not in self._empty:
            self._empty[kind] = self.new(kind).migrated()
        return self._empty[kind]

    def close(self) -> None:
        """Give everything back."""
        for store in self._made:
            store.close()
