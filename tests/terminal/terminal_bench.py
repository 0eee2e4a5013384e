"""A terminal's settings, lanes that need no thread, and loopback ends that never answer."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.routes import Offered, Wish
from core.settings import Settings
from terminal.settings import read

MESSAGES = Path(__file__).resolve().parents[2] / "build" / "messages"

NECESSARY = """
[terminal]
id = "K01"
data = "{data}"
full_screen = false
[backend]
url = "{url}"
token = "demo-kiosk-01"
read_ms = {read_ms}
[hospital]
name_zh = "温和医科大学附属医院"
name_en = "Wenhe University Hospital"
place_zh = "自助机 A-03"
place_en = "Machine A-03"
service_line = "0577-8800 2120"
"""

SPOKEN_MS = 10_000


def settings_of(
    folder: Path, more: str = "", url: str = "http://127.0.0.1:9", read_ms: int = 500
) -> Settings:
    """Checked settings of K01 with its data in `folder`; `more`: device tables.

    `read_ms`: short, for backends that stay silent; a real one on a busy machine needs `SPOKEN_MS`.
    """
    path = folder / "terminal.toml"
    text = NECESSARY.format(data=folder / "data", url=url, read_ms=read_ms)
    path.write_text(text + more, "utf-8")
    return read(path)


class NoWish:
    """Nobody wants to leave."""

    def is_set(self) -> bool:
        return False


NO_WISH: Wish = NoWish()


class _Started:
    def withdraw(self) -> bool:
        return False


class _Waiting:
    def withdraw(self) -> bool:
        return True


class DirectLane:
    """Does the work at once, in the caller's thread."""

    def offer(self, work: Callable[[], object], done: Callable[[object], None]) -> Offered | None:
        done(work())
        return _Started()


class SilentLane:
    """Takes everything and answers nothing. `started`: whether the work began."""

    def __init__(self, *, started: bool) -> None:
        self._request = _Started() if started else _Waiting()

    def offer(self, work: Callable[[], object], done: Callable[[object], None]) -> Offered | None:
        return self._request


class FullLane:
    """Has no room."""

    def offer(self, work: Callable[[], object], done: Callable[[object], None]) -> Offered | None:
        return None


@contextmanager
def silent_port() -> Iterator[int]:
    """A port on loopback that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        yield listener.getsockname()[1]
