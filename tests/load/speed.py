"""`./run bench backend`: settlements a second beside a bare SQL posting of the same rows.

Both are measured in one run on the same database, one after the other, and told as ratios. What
a reader would get wrong: a settlement here is two requests (open and pay in cash at a window) of
somebody whom the insurance does not know, so its platform is asked once; client, backend,
platforms and database share the machine. Earlier bills are finished ones: a million that wait for
their invoice would be a million jobs.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from sqlalchemy import Engine, create_engine, event, insert

from tests.load.load_terminal import LoadTerminal
from tests.load.processes import Town, towns
from tests.load.rows import Copies, Picture, Rows, added, picture
from tests.load.supply import Desk, desks, put_in

_TERMINALS = (1, 8, 64)
_PATTERN_DESK = 900_000
_REST_S, _MOST_LOOKS = 4.0, 15  # the runner looks each 3 s at what does not hurry


@dataclass(frozen=True, slots=True)
class Speed:
    """One measurement."""

    per_second: float
    p50_ms: float
    p99_ms: float


def measure(took_s: list[float], whole_s: float) -> Speed:
    """From the times of the single ones and of all together."""
    cuts = quantiles(took_s, n=100, method="inclusive")
    return Speed(len(took_s) / whole_s, cuts[49] * 1000, cuts[98] * 1000)


def bench(kinds: tuple[str, ...], earlier: tuple[int, ...], settlements: int) -> Iterator[str]:
    """The lines of one table for each database and number of earlier bills."""
    for kind in kinds:
        with (
            tempfile.TemporaryDirectory(prefix="zfbench") as folder,
            towns(Path(folder), kind) as town,
        ):
            yield from _bench_one(town, kind, earlier, settlements)


def _bench_one(town: Town, kind: str, earlier: tuple[int, ...], settlements: int) -> Iterator[str]:
    bare_engine = _engine(town.database_url)
    rows, copies = _pattern(town, bare_engine)
    yield f"{kind}: one settlement leaves {rows.count} rows in {len(rows.rows)} tables"
    filled = 0
    for count in earlier:
        begun = time.monotonic()
        copies.fill(bare_engine, count - filled, filled + 1)
        filled = count
        yield f"{kind}, {count:,} earlier bills (filled in {time.monotonic() - begun:.0f} s)"
        yield "terminals   settlements/s   p50 ms   p99 ms   bare/s   p50 ms   p99 ms   bare/ours"
        for terminals in _TERMINALS:
            first = 1000 * earlier.index(count) + 100 * _TERMINALS.index(terminals)
            ours = _settlements(town, terminals, settlements, first)
            begin = 10_000_000 + first * 100_000
            bare = _bare(bare_engine, copies, terminals, settlements, begin)
            yield (
                f"{terminals:9d}   {ours.per_second:13.1f}   {ours.p50_ms:6.1f}   "
                f"{ours.p99_ms:6.1f}   {bare.per_second:6.0f}   {bare.p50_ms:6.1f}   "
                f"{bare.p99_ms:6.1f}   {bare.per_second / ours.per_second:9.1f}"
            )
    bare_engine.dispose()


def _pattern(town: Town, engine: Engine) -> tuple[Rows, Copies]:
    """One settlement, and what it left."""
    desk = desks(1, 1, _PATTERN_DESK)[0]
    put_in(town.database_url, [desk])
    before = picture(engine)
    town.start()
    terminal = LoadTerminal(lambda: town.url, desk, lambda _place: "CASH")
    terminal.settle(0)
    assert terminal.outcome.paid, terminal.outcome
    after = _at_rest(engine)
    town.stop_backend()
    (bill_id, settlement_id), *_ = terminal.outcome.paid.items()
    rows = added(before, after, bill_id)
    return rows, Copies(rows, (settlement_id, bill_id))


def _at_rest(engine: Engine) -> Picture:
    """When the backend has nothing more to do for it: invoice issued, notice sent."""
    wait, before = threading.Event().wait, picture(engine)
    for _ in range(_MOST_LOOKS):
        wait(_REST_S)
        now = picture(engine)
        if now.content == before.content:
            return now
        before = now
    raise AssertionError("the backend does not come to rest")


def _settlements(town: Town, terminals: int, settlements: int, first: int) -> Speed:
    each = max(1, settlements // terminals)
    made = desks(terminals, each, first)
    put_in(town.database_url, made)
    town.start()
    working = [_terminal(town, desk) for desk in made]

    def all_of(terminal: LoadTerminal) -> None:
        for place in range(each):
            terminal.settle(place)

    whole_s = _together([lambda t=terminal: all_of(t) for terminal in working])  # type: ignore[misc]
    town.stop_backend()
    took_s = [took for terminal in working for took in terminal.outcome.took_s]
    return measure(took_s, whole_s)


def _terminal(town: Town, desk: Desk) -> LoadTerminal:
    return LoadTerminal(lambda: town.url, desk, lambda _place: "CASH")


def _bare(engine: Engine, copies: Copies, threads: int, postings: int, first: int) -> Speed:
    """The same rows by plain inserts, one transaction a settlement."""
    each = max(1, postings // threads)
    took_s: list[float] = []
    alone = threading.Lock() if engine.dialect.name == "sqlite" else None

    def post(begin: int) -> None:
        for number in range(begin, begin + each):
            begun = time.monotonic()
            if alone is None:
                _post(engine, copies, number)
            else:
                with alone:
                    _post(engine, copies, number)
            took_s.append(time.monotonic() - begun)

    whole_s = _together([lambda b=first + t * each: post(b) for t in range(threads)])  # type: ignore[misc]
    return measure(took_s, whole_s)


def _post(engine: Engine, copies: Copies, number: int) -> None:
    with engine.begin() as connection:
        for table, rows in copies.of(number):
            connection.execute(insert(table), rows)


def _together(works: list[Callable[[], None]]) -> float:
    """Seconds until all are done."""
    with ThreadPoolExecutor(len(works)) as pool:
        begun = time.monotonic()
        for run in [pool.submit(work) for work in works]:
            run.result()
        return time.monotonic() - begun


def _engine(url: str) -> Engine:
    """The bare side: as durable as the backend."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1), pool_size=64)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _harden(connection: object, _record: object) -> None:
            cursor = connection.cursor()  # type: ignore[attr-defined]
            cursor.execute("pragma synchronous=EXTRA")
            cursor.execute("pragma journal_mode=WAL")
            cursor.close()

    return engine
