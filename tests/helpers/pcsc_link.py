"""One name for the PC/SC service of whichever house is looked at, for the life of a process.

What a reader would get wrong: the PC/SC library keeps the socket's name that it read first, so a
second house in the same process would listen to the first one's readers; the name stays, and is
a link to the service of the house that was entered last.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

_SOCKET = "PCSCLITE_CSOCK_NAME"
_LINK = Path(tempfile.gettempdir()) / f"zhenfu-pcsc-{os.getpid()}"
_services: list[str] = []


@contextmanager
def readers_of(environment: Mapping[str, str]) -> Iterator[None]:
    """The readers that this environment of a house names; after it those of the house before."""
    service = environment.get(_SOCKET, "")
    if not service:
        yield
        return
    _services.append(service)
    _point()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(_SOCKET, str(_LINK))
        try:
            yield
        finally:
            _services.remove(service)
            _point()


def _point() -> None:
    _LINK.unlink(missing_ok=True)
    if _services:
        _LINK.symlink_to(_services[-1])
