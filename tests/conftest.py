"""Rules for every test: an unexpected log warning fails it, and a skipped test fails the run.

Also in which order and where tests run. What a reader would get wrong: it stands alone, because
`tests/tidy/test_conftest_rules.py` copies it to a folder where neither the tree nor xdist is.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler.loadfile import LoadFileScheduling

# Where waiting is long or a town is started once for all; the others fill what these leave free.
_FIRST = (
    *("tests/crash/", "tests/stories/", "tests/load/", "tests/soak/", "tests/monkey/"),
    *("tests/devices/", "tests/backend/"),
)
_ONE_TOWN = ("tests/crash/", "tests/contract/", "tests/stories/test_bad_")

settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.load_profile("repeatable")

_YOUNG_OBJECTS = 20_000
gc.disable()  # until all tests are found: what is made for them stays to the end


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker is left with it at the end."""
    items.sort(key=lambda item: [not item.nodeid.startswith(folder) for folder in _FIRST])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """With `--dist loadfile`: whole files, and all files that share a town, to one worker."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler.loadfile import LoadFileScheduling

    class Towns(LoadFileScheduling):  # type: ignore[misc]
        """Files, or the town they stand in."""

        def _split_scope(self, nodeid: str) -> str:
            towns = (town for town in _ONE_TOWN if nodeid.startswith(town))
            return next(towns, nodeid.split("::", 1)[0])

    return Towns(config, log)


def pytest_collection_finish() -> None:
    """Garbage is looked for among what tests make, not among thousands of tests each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS)
    gc.enable()


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
