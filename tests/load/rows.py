"""The rows that one settlement leaves in the database, and copies of them in any number.

Talks to a database while no backend runs on it. What a reader would get wrong: copies get fresh
keys by replacing the ids of the pattern wherever they stand, so rows go on pointing at each other;
stored answers are shortened, because a copy's answer is never asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Insert,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    bindparam,
    cast,
    func,
    insert,
    literal,
    null,
    select,
)

Value = str | int | bool | bytes | None
Row = dict[str, Value]
_AT_ONCE = 20_000
_ANSWER_BYTES = 64
_COUNTED_FROM = 1_000_000_000


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
            if isinstance(row[column.name], str) and row[column.name]
        )

    def of(self, number: int) -> Iterator[tuple[Table, list[Row]]]:
        """The n-th copy, table by table."""
        for name, rows in self._pattern.rows:
            copies = [self._copy(row, number) for row in rows]
            for place, copied in enumerate(copies):
                for column in filter(lambda c: self._counted(name, c), rows[place]):
                    copied[column] = _COUNTED_FROM + number * len(rows) + place
            yield self._tables[name], copies

    def _copy(self, row: Row, number: int) -> Row:
        copied: Row = {}
        for column, value in row.items():
            if isinstance(value, str):
                copied[column] = self._renamed(value, number)
            elif isinstance(value, bytes):
                copied[column] = value[:_ANSWER_BYTES]
            else:
                copied[column] = value
        return copied

    def _renamed(self, value: str, number: int) -> str:
        if value in self._own:
            return f"{value}~{number}"
        for name in self._names:
            value = value.replace(name, f"{name}~{number}")
        return value

    def _counted(self, name: str, column: str) -> bool:
        """Numbers by which rows of a table are counted."""
        key = list(self._tables[name].primary_key)
        return len(key) == 1 and key[0].name == column and isinstance(key[0].type, Integer)

    def fill(self, engine: Engine, count: int, first: int = 1) -> None:
        """So many copies, many to a transaction; the database makes them itself."""
        last = first + count
        for begin in range(first, last, _AT_ONCE):
            with engine.begin() as connection:
                for name, rows in self._pattern.rows:
                    for row in rows:
                        counted = connection.execute(self._next_count(name)).scalar_one()
                        many = self._many(name, row, range(begin, min(begin + _AT_ONCE, last)))
                        connection.execute(many, {"counted": counted - begin})
        if engine.dialect.name == "postgresql":
            with engine.begin() as connection:
                for name, _rows_of in self._pattern.rows:
                    self._go_on_counting(connection, name)

    def _go_on_counting(self, connection: Connection, name: str) -> None:
        """The database's own numbers follow those that were given here."""
        for column in self._tables[name].columns:
            if self._counted(name, column.name):
                sequence = func.pg_get_serial_sequence(name, column.name)
                connection.execute(select(func.setval(sequence, func.max(column))))

    def _next_count(self, name: str) -> Select[int]:
        counted = [c for c in self._tables[name].columns if self._counted(name, c.name)]
        return select(func.coalesce(func.max(counted[0]) + 1, 1) if counted else literal(1))

    def _many(self, name: str, row: Row, span: range) -> Insert:
        """`_copy` for each number of the span, as one statement; those of counted rows follow the
        last there is, because the backend goes on from the last."""
        first = select(literal(span.start).label("n")).cte("numbers", recursive=True)
        numbers = first.union_all(select(first.c.n + 1).where(first.c.n + 1 < span.stop))
        mark = literal("~").concat(cast(numbers.c.n, String))
        columns = {
            column: numbers.c.n + bindparam("counted", type_=Integer)
            if self._counted(name, column)
            else self._told(value, mark)
            for column, value in row.items()
        }
        table = self._tables[name]
        values = [cast(told, table.c[column].type) for column, told in columns.items()]
        return insert(table).from_select(list(columns), select(*values).select_from(numbers))

    def _told(self, value: Value, mark: ColumnElement[str]) -> ColumnElement[Any]:
        if isinstance(value, bytes):
            return literal(value[:_ANSWER_BYTES])
        if not isinstance(value, str):
            return literal(value) if value is not None else null()
        if value in self._own:
            return literal(value).concat(mark)
        told: ColumnElement[Any] = literal(value)
        for name in self._names:
            if name in value:
                told = func.replace(told, name, literal(name).concat(mark))
        return told
