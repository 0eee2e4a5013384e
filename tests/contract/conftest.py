"""One backend with demo data for all contract tests, and a client for each kind of terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from uuid import uuid4

import pytest
from house_of_processes import Addresses, running

from backend_client.client import BackendClient
from backend_client.wire import Wire
from core.clock import SystemClock

Connect = Callable[[str], BackendClient]


@pytest.fixture(scope="session")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """Where everything listens."""
    with running(tmp_path_factory.mktemp("contract")) as found:
        yield found


@pytest.fixture
def connect(addresses: Addresses) -> Iterator[Connect]:
    """A client for a token."""
    with ExitStack() as stack:

        def connected(token: str) -> BackendClient:
            wire = Wire(addresses.backend, token)
            client = BackendClient(wire, lambda: (0, ""), SystemClock())
            return stack.enter_context(closing(client))

        yield connected


@pytest.fixture
def kiosk(connect: Connect) -> BackendClient:
    """K01."""
    return connect("demo-kiosk-01")


@pytest.fixture
def window(connect: Connect) -> BackendClient:
    """W07, nobody signed in."""
    return connect("demo-window-07")


@pytest.fixture
def operation_id() -> str:
    """An operation's id, fresh."""
    return uuid4().hex
