"""The database: SQLite for one machine, PostgreSQL for a hospital.

No call to the outside happens inside a transaction.
Guards are conditional UPDATEs and UNIQUE keys, never SELECT-then-UPDATE. SQLite has one writer,
and a process-wide lock turns its busy waiting into a queue (reliability.md 3.3); its file belongs
to one process. On PostgreSQL writers run side by side, in several processes too, so whatever must
happen alone takes a `NamedLocks` name. What a reader would get wrong: PostgreSQL may promise
durability and not keep it, so it is asked for its settings and refused when one is off.
"""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.named_locks import NamedLocks

MIGRATIONS = Path(__file__).parents[1] / "migrations"
NEWEST = "0019"  # of migrations/versions; looking there would cost each start a second
_MUST_BE_ON = ("fsync", "synchronous_commit", "full_page_writes")
_POOL, _OVERFLOW = 20, 60
_MIGRATING = 730_415  # an advisory lock's number: one process migrates


class NotDurable(RuntimeError):
    """The database may forget what it confirmed; the text says which setting is off."""


class InUse(RuntimeError):
    """Another process has this SQLite file."""


class Database:
    """Sessions for one URL; migrated to the newest schema when made.

    Raises NotDurable and InUse.
    """

    def __init__(self, url: str) -> None:
        self._file: IO[bytes] | None = None
        if url.startswith("sqlite"):
            self.engine: Engine = create_engine(url, pool_pre_ping=True)
            event.listen(self.engine, "connect", _harden)
            event.listen(self.engine, "begin", _begin)
            self._file = _claim(Path(str(self.engine.url.database)))
            self._alone: threading.RLock | None = threading.RLock()
        else:
            self.engine = create_engine(
                _with_driver(url), pool_pre_ping=True, pool_size=_POOL, max_overflow=_OVERFLOW
            )
            self._alone = None
            _check_durable(self.engine)
        migrate(self.engine)
        self._looking = (
            self.engine
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )
        self.locks = NamedLocks(None if self.is_sqlite else self.engine)

    @property
    def is_sqlite(self) -> bool:
        """One process, one writer."""
        return self._alone is not None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction that may change things; committed at the end, rolled back on an error.

        Audit lines noted meanwhile join the chain right before the commit.
        """
        with (
            self._alone or nullcontext(),
            Session(self.engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session
            audit.seal(session)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent look."""
        with Session(self._looking, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give all connections back, and the file to whoever comes next."""
        self.locks.close()
        self.engine.dispose()
        if self._file is not None:
            self._file.close()


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest revision, quickly when it is there."""
    if _revision(engine) == NEWEST:
        return
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:name)"), {"name": _MIGRATING})
        config.attributes["connection"] = connection
        command.upgrade(config, "heads")


def _revision(engine: Engine) -> str:
    if not inspect(engine).has_table("alembic_version"):
        return ""
    with engine.connect() as connection:
        return str(connection.scalar(text("select version_num from alembic_version")))


def _with_driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _check_durable(engine: Engine) -> None:
    with engine.connect() as connection:
        for name in _MUST_BE_ON:
            value = connection.scalar(text("select current_setting(:name)"), {"name": name})
            if value in ("off", "local"):
                raise NotDurable(f"PostgreSQL runs with {name}={value}; it must be on")


def _claim(path: Path) -> IO[bytes]:
    """The lock is the process's own and ends with it, however it ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    claimed = path.with_name(path.name + ".lock").open("ab")
    try:
        fcntl.flock(claimed, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        claimed.close()
        raise InUse(f"another process has {path}") from None
    return claimed


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
