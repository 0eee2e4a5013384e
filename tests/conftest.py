"""Rules for every test: an unexpected log warning fails it, and a skipped test fails the run."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.load_profile("repeatable")


def pytest_configure(config: pytest.Config) -> None:
    """The one marker that all tests share."""
    config.addinivalue_line(
        "markers",
        "expects_warnings(*loggers): log records from WARNING on of these loggers and the ones "
        "below them belong to the story; without names, of every logger",
    )


@pytest.fixture(autouse=True)
def no_unexpected_warnings(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fails a test that logs a warning or worse it did not announce by `expects_warnings`."""
    yield
    marker = request.node.get_closest_marker("expects_warnings")
    expected = () if marker is None else (marker.args or ("",))
    records = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    unexpected = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for record in records
        if record.levelno >= logging.WARNING
        and not any(_within(record.name, name) for name in expected)
    ]
    assert not unexpected, "unexpected log records:\n" + "\n".join(unexpected)


def _within(name: str, ancestor: str) -> bool:
    return ancestor == "" or name == ancestor or name.startswith(ancestor + ".")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test proves nothing: the run fails."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
