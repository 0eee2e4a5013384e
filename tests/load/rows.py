"""The rows that one settlement leaves in the database, and copies of them in any number.

Talks to a database while no backend runs on it. What a reader would get wrong: copies get fresh
keys by replacing the ids of the pattern wherever they stand, so rows go on pointing at each other;
stored answers are shortened, because a copy's answer is never asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, Engine, MetaData, Table, insert, select

Value = str | int | bool | bytes | None
Row = dict[str, Value]
_AT_ONCE = 2_000
_ANSWER_BYTES = 64


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows by table, in the order in which they may be inserted."""

    tables: tuple[Table, ...]
    rows: tuple[tuple[str, tuple[Row, ...]], ...]

    @property
    def count(self) -> int:
        """Of all tables."""
        return sum(len(rows) for _name, rows in self.rows)


@dataclass(frozen=True, slots=True)
class Picture:
    """All rows of a database by table and primary key."""

    tables: tuple[Table, ...]
    content: dict[str, dict[tuple[Value, ...], Row]]


def picture(engine: Engine) -> Picture:
    """As it stands now."""
    metadata = MetaData()
    metadata.reflect(engine)
    tables = tuple(t for t in metadata.sorted_tables if t.name != "alembic_version")
    with engine.connect() as connection:
        content = {table.name: _rows(connection, table) for table in tables}
    return Picture(tables, content)


def _rows(connection: Connection, table: Table) -> dict[tuple[Value, ...], Row]:
    found: dict[tuple[Value, ...], Row] = {}
    for row in connection.execute(select(table)):
        told: Row = {column.name: getattr(row, column.name) for column in table.columns}
        found[tuple(told[column.name] for column in table.primary_key)] = told
    return found


def added(before: Picture, after: Picture, bill_id: str) -> Rows:
    """What a settlement of this bill added, with the bill and its lines themselves."""
    rows = []
    for table in after.tables:
        old, new = before.content[table.name], after.content[table.name]
        fresh = tuple(row for key, row in new.items() if key not in old or _is_of(row, bill_id))
        if fresh:
            rows.append((table.name, fresh))
    return Rows(after.tables, tuple(rows))


def _is_of(row: Row, bill_id: str) -> bool:
    return bill_id in (row.get("id"), row.get("bill_id"))


class Copies:
    """Copies of a pattern. `names`: the texts that every copy has its own of."""

    def __init__(self, pattern: Rows, names: tuple[str, ...]) -> None:
        self._pattern, self._names = pattern, names
        self._tables = {table.name: table for table in pattern.tables}
        self._own = frozenset(
            str(row[column.name])
            for name, rows in pattern.rows
            for row in rows
            for column in self._tables[name].primary_key
            if isinstance(row[column.name], str)
        )

    def of(self, number: int) -> Iterator[tuple[Table, list[Row]]]:
        """The n-th copy, table by table."""
        for name, rows in self._pattern.rows:
            yield self._tables[name], [self._copy(name, row, number) for row in rows]

    def _copy(self, name: str, row: Row, number: int) -> Row:
        copied: Row = {}
        for column, value in row.items():
            if isinstance(value, str):
                copied[column] = self._renamed(value, number)
            elif isinstance(value, bytes):
                copied[column] = value[:_ANSWER_BYTES]
            elif not self._counted(name, column):
                copied[column] = value
        return copied

    def _renamed(self, value: str, number: int) -> str:
        if value in self._own:
            return f"{value}~{number}"
        for name in self._names:
            value = value.replace(name, f"{name}~{number}")
        return value

    def _counted(self, name: str, column: str) -> bool:
        """Numbers that the database gives itself."""
        key = list(self._tables[name].primary_key)
        return len(key) == 1 and key[0].name == column

    def fill(self, engine: Engine, count: int, first: int = 1) -> None:
        """So many copies, many to a transaction."""
        numbers = iter(range(first, first + count))
        while some := list(islice(numbers, _AT_ONCE)):
            gathered: dict[str, list[Row]] = {}
            for number in some:
                for table, rows in self.of(number):
                    gathered.setdefault(table.name, []).extend(rows)
            with engine.begin() as connection:
                for name, rows in gathered.items():
                    connection.execute(insert(self._tables[name]), rows)
