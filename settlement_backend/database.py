"""The database: one engine, one write transaction at a time, no outside call inside one.

SQLite takes one writer anyway; the process-wide lock turns its busy waiting into a queue
(reliability.md 3.3). Guards are conditional UPDATEs and UNIQUE keys, never SELECT-then-UPDATE.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """Sessions for one URL; migrated to the newest schema when made."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(url, pool_pre_ping=True)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _harden)
            event.listen(self.engine, "begin", _begin)
        self._lock = threading.RLock()
        migrate(self.engine)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction that may change things; committed at the end, rolled back on an error."""
        with self._lock, Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent look."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _begin(connection: Connection) -> None:
    """Without this the driver begins at the first change only, and two looks may differ."""
    connection.exec_driver_sql("begin")


def _harden(connection: Any, _record: object) -> None:  # noqa: ANN401  DBAPI's own type
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("pragma synchronous=EXTRA")
    cursor.execute("pragma journal_mode=WAL")
    cursor.execute("pragma foreign_keys=ON")
    cursor.execute("pragma busy_timeout=10000")
    cursor.close()
