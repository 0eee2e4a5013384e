"""A story for each row of the domain's table that a technician's mode must tell; names carry it.

The journeys are played on the terminal's own Acts over a real journal; only the devices are plain
stand-ins that answer what a story needs.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from core.audit import AuditEvent, audited
from core.catalogue import Catalogue
from core.flow import Act, Ask, Event, Step, Touch
from core.ports import DeviceHealth
from core.steps import Facts, Leave, Recorded
from core.upkeep.checks import CheckRecord
from core.upkeep.consumables import Item
from core.upkeep.steps import MachineView, SiteReport, Technician
from devices.checks import LINE, Check, Fact, Finding, failed_because, passed
from devices.model import TroubleReason
from diagnostics.journeys.session import session
from diagnostics.steps import SEPARATOR, FoundRecords, TagHeld, Work
from terminal.health import Health
from terminal.journal_keeper import JournalKeeper
from terminal.papers import PaperActs, PaperParts
from terminal.routes import Table
from terminal.site import Site
from terminal.technicians import Technicians
from terminal.upkeep import UpkeepActs, UpkeepParts
from terminal.upkeep_routes import upkeep_routes
from tests.helpers.driver import Played, play
from tests.helpers.journal import StillClock, open_journal
from tests.terminal.terminal_bench import NO_WISH, DirectLane, settings_of

ROOT = Path(__file__).resolve().parents[2]
Result = TypeVar("Result")
SITE_FACTS = '[site]\npower = "socket A-03-1, UPS 10 min"\ncamera = "CAM-1F-12"\n'
ME = Technician("T007", "Zhou")


class StandIn:
    """A device whose checks answer in turn what a story gives."""

    def __init__(self, *findings: Finding) -> None:
        self._findings = iter(findings)

    def checks(self) -> tuple[Check, ...]:
        return (Check(LINE, lambda: next(self._findings)),)


class DirectBench:
    """Devices in the caller's thread."""

    def __init__(self, devices: dict[str, StandIn]) -> None:
        self._devices = devices

    @property
    def fitted(self) -> tuple[str, ...]:
        return tuple(self._devices)

    def checks(self, device: str) -> tuple[Check, ...]:
        return self._devices[device].checks()

    def on(self, device: str, work: Callable[[Any], Result]) -> Result:
        return work(self._devices[device])

    def hear(self, event: Event) -> None:
        """Nobody else listens."""


class House:
    """One terminal's technician acts. `say` plays touches; what is seen last is `work`."""

    def __init__(self, folder: Path, devices: dict[str, StandIn], more: str = "") -> None:
        (folder / "data").mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.keeper = JournalKeeper(open_journal(folder / "journal.db"))
        self.health = Health(("backend", *devices))
        for name in ("backend", *devices):
            self.hear(name, "ok")
        settings, bench = settings_of(folder, more), DirectBench(devices)
        site = Site(settings, lambda: 1)
        clock = StillClock()
        technicians = Technicians(None)
        acts = UpkeepActs(
            UpkeepParts(
                settings, bench, self.health, self.keeper, technicians, clock, {}, self.audit
            )
        )
        papers = PaperActs(
            PaperParts(
                settings,
                bench,
                site,
                clock,
                lambda: acts.view(self.keeper.records()),
                self.keeper.records,
                lambda: Catalogue("en", ROOT),
                self.audit,
            )
        )
        lane = DirectLane()
        self.routes: Table = upkeep_routes(lane, lane, acts, papers, site)

    def audit(self, event: AuditEvent, facts: Facts) -> None:
        self.keeper.audit(event, facts)

    def hear(self, device: str, state: str) -> None:
        self.health.hear(DeviceHealth(device, state))
        self.audit(AuditEvent.DEVICE_CHANGED, {"device": device, "state": state})

    def say(self, *touches: tuple[str, str] | TagHeld) -> Work:
        """What the page shows after the last of these touches; then he leaves."""
        waiting: Iterator[Any] = iter(touches)

        def answer(step: Step[Any]) -> object:
            if not isinstance(step, Ask):
                assert isinstance(step, Act)
                return self.routes[type(step)].work(step, NO_WISH)
            one = next(waiting, None)
            if one is None:
                return Leave()
            reply = one if isinstance(one, TagHeld) else step.touched(Touch(*one))
            assert reply is not None, f"{one} means nothing to {step}"
            return reply

        played: Played[None] = play(session(ME, by_name=True), answer)
        works = [step for step in played.steps if isinstance(step, Work)]
        return works[-1]

    def view(self) -> MachineView:
        return self.say().view

    def audits(self) -> list[AuditEvent | None]:
        return [audited(record) for record in self.keeper.records()]


Built = Callable[..., House]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Built]:
    """Builds terminals; each has a folder of its own."""
    made: list[House] = []

    def build(devices: dict[str, StandIn] | None = None, more: str = "") -> House:
        made.append(House(tmp_path / str(len(made)), devices or {}, more))
        return made[-1]

    yield build
    for one in made:
        one.keeper.close()


def test_f41_failed_check_is_a_record_with_time_person_facts_verdict_and_advice(
    house: Built,
) -> None:
    jam = failed_because(TroubleReason.JAM, Fact("card_position", "transport"))
    town = house({"card_dispenser": StandIn(jam, passed(), jam)})
    run = ("check", "card_dispenser/line")
    work = town.say(run, run, run)
    assert [one.outcome for one in work.view.records] == ["failed", "passed", "failed"]
    newest = work.view.records[0]
    assert (newest.person, newest.reason, newest.similar) == ("T007", "jam", 1)
    assert newest.facts == (("card_position", "transport"),)
    assert newest.at
    assert work.told is not None
    assert isinstance(work.told.outcome, CheckRecord)


def test_w17_sticker_is_placed_by_tapping_shown_by_counter_and_taken_off(house: Built) -> None:
    town = house()
    work = town.say(
        ("open", "stickers"),
        TagHeld("04F00DCAFE"),
        ("place", f"Window 07{SEPARATOR}04F00DCAFE"),
        ("place", f"Window 01{SEPARATOR}04AB"),
    )
    assert [(one.counter, one.tag) for one in work.view.stickers] == [
        ("Window 01", "04AB"),
        ("Window 07", "04F00DCAFE"),
    ]
    after = town.say(("take_off", "Window 07"))
    assert [one.counter for one in after.view.stickers] == ["Window 01"]


def test_w17_another_tag_at_the_same_counter_replaces_the_first(house: Built) -> None:
    town = house()
    work = town.say(("place", f"A{SEPARATOR}01"), ("place", f"A{SEPARATOR}02"))
    assert [(one.counter, one.tag) for one in work.view.stickers] == [("A", "02")]


def test_s48_site_facts_are_measured_and_stand_beside_what_was_written_down(house: Built) -> None:
    work = house(more=SITE_FACTS).say(("open", "site"), ("measure", ""))
    assert isinstance(work.found, SiteReport)
    groups = {fact.group for fact in work.found.facts}
    assert {"network", "clock", "disk", "protection", "site"} <= groups
    told = {(fact.name, fact.value) for fact in work.found.facts if fact.group == "site"}
    assert {("power", "socket A-03-1, UPS 10 min"), ("camera", "CAM-1F-12")} <= told


def test_s47_levels_count_down_from_the_refill_and_raise_an_alarm(house: Built) -> None:
    town = house({"receipt_printer": StandIn(), "page_printer": StandIn()})
    work = town.say(("open", "consumables"), ("refill", "receipt/52"), ("refill", "toner/900"))
    left = {level.item: level.left for level in work.view.levels}
    assert left == {Item.RECEIPT: 52, Item.PAGE: None, Item.TONER: 900}
    for _paper in range(3):
        town.audit(AuditEvent.CONSUMED, {"item": "receipt", "pieces": 1})
    low = [one for one in town.view().alarms if one.code == "low"]
    assert [(one.subject, one.detail) for one in low] == [("receipt", "49")]


def test_h01_place_without_a_scanner_is_an_alarm(house: Built) -> None:
    assert [(one.code, one.detail) for one in house().view().alarms] == [("scanner", "not_fitted")]


def test_h01_scanner_that_goes_is_an_alarm_until_it_is_back(house: Built) -> None:
    town = house({"scanner": StandIn()})
    assert town.view().alarms == ()
    town.hear("scanner", "offline")
    assert [one.code for one in town.view().alarms] == ["scanner"]
    town.hear("scanner", "ok")
    assert town.view().alarms == ()


def test_h04_protection_state_comes_from_probes(house: Built) -> None:
    found = house().say(("open", "site")).found
    assert isinstance(found, SiteReport)
    names = {fact.name for fact in found.facts if fact.group == "protection"}
    assert {"program", "open_ports", "usb_policy"} <= names
    assert all(fact.verdict in ("good", "bad", "unsure") for fact in found.facts)


def test_s52_problem_is_kept_with_the_picture_of_the_technicians_page(house: Built) -> None:
    town = house()
    picture = base64.b64encode(b"\x89PNG picture").decode()
    work = town.say(("open", "papers"), ("problem", f"The door squeaks{SEPARATOR}{picture}"))
    assert work.told is not None
    assert work.told.outcome == Recorded()
    assert AuditEvent.PROBLEM_REPORTED in town.audits()
    kept = {file.suffix: file for file in (town.folder / "data" / "maintenance").iterdir()}
    assert kept[".png"].read_bytes() == b"\x89PNG picture"
    assert "The door squeaks" in kept[".json"].read_text("utf-8")


@pytest.mark.parametrize(
    ("fitted", "gives"),
    [
        (("page_printer", "smart_card"), {"print_page", "read_card"}),
        (("scanner",), {"read_code"}),
        (("pos", "cash", "id_card", "card_dispenser"), {"hold", "cash", "card", "read_id_card"}),
    ],
    ids=["self-service printer", "enquiry terminal", "all-in-one"],
)
def test_l16_functions_follow_the_kind_of_terminal(
    house: Built, fitted: tuple[str, ...], gives: set[str]
) -> None:
    view = house({name: StandIn() for name in fitted}).view()
    works = {one.name for one in view.functions if not one.missing}
    assert works == {"pay", "register"} | gives
    assert {one.missing for one in view.functions} == {"", "not_fitted"}


def test_journal_is_searched_by_kind_and_text(house: Built) -> None:
    town = house({"pos": StandIn(), "scanner": StandIn()})
    work = town.say(("open", "journal"), ("find", f"audit.device{SEPARATOR}scanner"))
    assert isinstance(work.found, FoundRecords)
    assert [line.text for line in work.found.page.lines] == ["device=scanner, state=ok"]
