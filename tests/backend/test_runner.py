"""The runner goes on whatever happens to a job or to the database it asks who may work."""

from __future__ import annotations

import pytest
from backend_bench import HandClock
from sqlalchemy import create_engine, text

from settlement_backend.base.database import Database
from settlement_backend.base.runner import Job, Runner, moving

STUMBLES = pytest.mark.expects_warnings("settlement_backend.base.runner")


def test_job_is_done_at_each_step_or_in_its_rhythm(db: Database, clock: HandClock) -> None:
    done: list[str] = []
    jobs = [Job("each", lambda: done.append("each")), Job("slow", lambda: done.append("slow"), 60)]
    runner = Runner(db, clock, jobs)

    runner.step()
    runner.step()
    clock.pass_seconds(60)
    runner.step()

    assert done == ["each", "slow", "each", "each", "slow"]


def test_what_nobody_waits_for_is_left_out_of_an_urgent_step(
    db: Database, clock: HandClock
) -> None:
    done: list[str] = []
    urgent = moving("urgent", done.append, lambda: ["one", "two"], urgent=True)
    runner = Runner(db, clock, [urgent, Job("other", lambda: done.append("other"))])

    runner.step(urgent_only=True)

    assert done == ["one", "two"]


@STUMBLES
def test_job_that_stumbles_stops_no_other(db: Database, clock: HandClock) -> None:
    done: list[str] = []
    runner = Runner(db, clock, [Job("bad", lambda: 1 // 0), Job("good", lambda: done.append("x"))])

    runner.step()

    assert done == ["x"]


@STUMBLES
@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_lost_connection_is_found_again_at_the_next_step(db: Database, clock: HandClock) -> None:
    done: list[str] = []
    runner = Runner(db, clock, [Job("job", lambda: done.append("x"))])
    runner.step()
    other = create_engine(db.engine.url)
    with other.begin() as connection:
        mine = "datname = current_database() and pid <> pg_backend_pid()"
        cut = f"select pg_terminate_backend(pid) from pg_stat_activity where {mine}"  # noqa: S608
        connection.execute(text(cut))
    other.dispose()

    runner.step()
    runner.step()

    assert done == ["x", "x"]
