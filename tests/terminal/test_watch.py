"""What the machine writes down of itself: what it used up, who its devices are, what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from terminal_bench import NO_WISH, DirectLane

from core.audit import AuditEvent
from core.flow import Act, Event
from core.ports import CardMoved, CodeScanned, DeviceHealth, DeviceTrouble, Printed, Unknown
from core.ports.cabinet import CabinetChanged
from core.ports.cash import (
    CashBoxRemoved,
    CashBoxReplaced,
    NoteFoundAtPowerUp,
    NoteOffered,
    NoteReturned,
    NoteTaken,
)
from core.ports.vending import NotVended, Vended
from core.routes import Crashed, Route
from core.steps import CheckPrinter, Facts, MoveCardToEncoder, PrintSlip
from devices.checks import Identity
from terminal.watch import Watch

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
Line = tuple[AuditEvent, Facts]


class Book:
    """A watch, what it wrote, and how devices answer when they are asked who they are."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.asked: list[str] = []
        self.answer: object = Identity("P1", "1.0", "77")
        self.watch = Watch(lambda event, facts: self.lines.append((event, facts)), self._ask)

    def _ask(self, device: str, tell: Callable[[object], None]) -> None:
        self.asked.append(device)
        tell(self.answer)

    def hear(self, *states: str) -> None:
        """The POS says how it is, one word after another."""
        for state in states:
            self.watch.hear(DeviceHealth("pos", state))


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (
            NoteTaken(1000, 3, NOW),
            (AuditEvent.NOTE_CREDITED, {"denomination_fen": 1000, "number": 3}),
        ),
        (
            NoteReturned(5000, 4, NOW),
            (AuditEvent.NOTE_RETURNED, {"denomination_fen": 5000, "number": 4}),
        ),
        (
            NoteFoundAtPowerUp(None, "unknown", NOW),
            (AuditEvent.NOTE_FOUND, {"denomination_fen": 0, "fate": "unknown"}),
        ),
        (
            NoteFoundAtPowerUp(10_000, "stacked", NOW),
            (AuditEvent.NOTE_FOUND, {"denomination_fen": 10_000, "fate": "stacked"}),
        ),
        (CashBoxRemoved(NOW), (AuditEvent.CASH_BOX_REMOVED, {})),
        (CashBoxReplaced(NOW), (AuditEvent.CASH_BOX_INSERTED, {})),
        (Vended(2), (AuditEvent.CONSUMED, {"item": "booklet", "pieces": 1})),
        (
            CabinetChanged("tamper", is_on=True),
            (AuditEvent.CABINET_CHANGED, {"name": "tamper", "on": 1}),
        ),
    ],
)
def test_event_of_the_machine_is_one_line(event: Event, line: Line) -> None:
    book = Book()
    book.watch.hear(event)
    assert book.lines == [line]


@pytest.mark.parametrize(
    "event",
    [
        NotVended(2, "jam"),
        NoteOffered(1000, 1, 5, NOW),
        CodeScanned("13912345678"),
        CabinetChanged("presence", is_on=True),
        DeviceHealth("backend", "ok"),
        DeviceHealth("pos", "offline"),
    ],
)
def test_event_of_people_or_of_nothing_lasting_is_no_line(event: Event) -> None:
    book = Book()
    book.watch.hear(event)
    assert (book.lines, book.asked) == ([], [])


def test_cabinet_is_remembered_as_it_is_now_h04() -> None:
    book = Book()
    for is_on in (True, False, True):
        book.watch.hear(CabinetChanged("cash_door", is_on))
    book.watch.hear(CabinetChanged("presence", is_on=True))
    assert book.watch.cabinet == {"cash_door": True, "presence": True}


def test_device_that_is_well_is_asked_once_who_it_is() -> None:
    book = Book()
    book.hear("ok", "low", "ok")
    assert book.asked == ["pos"]
    facts = {"device": "pos", "model": "P1", "firmware": "1.0", "serial": "77"}
    assert book.lines == [(AuditEvent.DEVICE_IDENTIFIED, facts)]


@pytest.mark.parametrize("sick", ["offline", "hung", "jammed", "unknown"])
def test_device_that_is_back_is_asked_again_and_the_same_answer_is_no_news(sick: str) -> None:
    book = Book()
    book.hear("ok", sick, "ok")
    assert (book.asked, len(book.lines)) == (["pos", "pos"], 1)


@pytest.mark.expects_warnings("terminal.watch")
def test_exchanged_device_is_written_down() -> None:
    book = Book()
    book.hear("ok", "offline")
    book.answer = Identity("P1", "1.0", "78")
    book.hear("ok")
    assert [facts["serial"] for _, facts in book.lines] == ["77", "78"]


def test_new_firmware_of_the_same_device_is_written_down_without_a_warning() -> None:
    book = Book()
    book.hear("ok", "offline")
    book.answer = Identity("P1", "2.0", "77")
    book.hear("ok")
    assert [facts["firmware"] for _, facts in book.lines] == ["1.0", "2.0"]


@pytest.mark.parametrize(
    "answer", [DeviceTrouble("pos", "timeout"), Crashed(ValueError("a bug")), None]
)
def test_device_that_does_not_say_who_it_is_is_asked_again_when_it_is_well(answer: object) -> None:
    book = Book()
    identity, book.answer = book.answer, answer
    book.hear("ok")
    assert (book.asked, book.lines) == (["pos"], [])
    book.answer = identity
    book.hear("low")
    assert (len(book.asked), len(book.lines)) == (2, 1)


def counted(kind: type[Act[object]], reply: object) -> list[Facts]:
    """What is used up when a step of this kind is answered so."""
    book = Book()
    row = Route(DirectLane(), lambda _step, _wish: reply, "busy", "late", 5)
    (answered,) = book.watch.counted({kind: row}).values()
    assert answered.work(None, NO_WISH) == reply
    assert (answered.unstarted, answered.overdue, answered.limit_ms) == ("busy", "late", 5)
    assert {event for event, _ in book.lines} <= {AuditEvent.CONSUMED}
    return [facts for _, facts in book.lines]


TROUBLE = DeviceTrouble("receipt_printer", "paper_out")


@pytest.mark.parametrize(
    ("kind", "reply", "item"),
    [
        (PrintSlip, Printed(), "receipt"),
        (PrintSlip, Unknown("paper_out"), "receipt"),
        (PrintSlip, TROUBLE, ""),
        (MoveCardToEncoder, CardMoved(), "card"),
        (MoveCardToEncoder, Unknown("jam"), "card"),
        (MoveCardToEncoder, TROUBLE, ""),
        (CheckPrinter, Printed(), ""),
    ],
)
def test_act_uses_something_up_unless_nothing_happened_s47(
    kind: type[Act[object]], reply: object, item: str
) -> None:
    assert counted(kind, reply) == ([{"item": item, "pieces": 1}] if item else [])
