"""The card slot against the virtual cards, over the system's own PC/SC service."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import cast

import pytest
from peer import wait_until
from units_process import SlotChild, Units

pytestmark = pytest.mark.slow
CODE = "430299D156000005000000133A05F2E3"
ID_NUMBER = "11010119900307109X"
SOCIAL = ["SocialCardPresent", CODE, "B00000131", ID_NUMBER, "张三"]
OURS = {"4": b"20250008".ljust(16, b"\0").hex()}


@dataclass(frozen=True, slots=True)
class Bench:
    """The units, and what their PC/SC service wrote down."""

    units: Units
    log: Path

    def clear(self) -> None:
        """Both readers empty, and the service knowing it: it looks only every 0.4 s."""
        for name in ("card_slot", "card_slot_2"):
            if self.units.state(name)["card"] is not None:
                self.units.control.ask(name, "remove")
        wait_until(self.has_seen_every_card_leave)

    def has_seen_every_card_leave(self) -> bool:
        """As far as it noticed them at all."""
        told = self.log.read_text(encoding="utf-8", errors="replace")
        return told.count("Card inserted into") == told.count("Card Removed From")


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    started = Units(folder, "card_slot,card_slot_2")
    yield Bench(started, folder / "pcscd.log")
    started.stop()
    rmtree(folder)


@pytest.fixture
def units(bench: Bench) -> Iterator[Units]:
    yield bench.units
    bench.clear()


@pytest.fixture
def slot(units: Units) -> Iterator[SlotChild]:
    child = SlotChild(units)
    assert child.next() == ["DeviceHealth", "ok"]
    yield child
    child.stop()


def card(units: Units, kind: str, **fields: str) -> str:
    """A card in the patient's hand; its number in the wallet."""
    return str(units.control.ask("wallet", "create", kind=kind, fields=fields)["uid"])


def ours(units: Units) -> str:
    return str(units.control.ask("wallet", "create", blocks=OURS)["uid"])


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("reads", ["direct", "fetched"])
def test_social_security_card_is_read(
    units: Units, slot: SlotChild, version: str, reads: str
) -> None:
    uid = card(units, "social_security", version=version, reads=reads)
    units.control.ask("card_slot", "insert", uid=uid)
    shown = {"1.0": "1.00", "2.0": "2.0"}[version]
    assert slot.next() == [*SOCIAL, shown, "2022"]
    assert slot.ask(f"confirm {CODE}") == ["CardConfirmed"]
    units.control.ask("card_slot", "remove")
    assert slot.next() == ["CardGone"]
    assert slot.ask(f"confirm {CODE}") == ["CardMissing"]


def test_long_name_goes_on_in_its_second_part(units: Units, slot: SlotChild) -> None:
    uid = card(
        units,
        "social_security",
        name="阿卜杜拉提甫阿卜杜热西提买买",
        name_extension="提江",
        valid_to="20301231",
    )
    units.control.ask("card_slot", "insert", uid=uid)
    told = slot.next()
    assert told[4] == "阿卜杜拉提甫阿卜杜热西提买买提江"
    assert told[6] == "2030-12-31"


def test_third_generation_card_needs_a_security_module(units: Units, slot: SlotChild) -> None:
    uid = card(units, "social_security", version="3.0")
    units.control.ask("card_slot", "insert", uid=uid)
    assert slot.next() == ["CardNeedsPsam"]


def test_third_generation_card_opens_to_a_security_module(units: Units) -> None:
    uid = card(units, "social_security", version="3.0")
    child = SlotChild(units, units.path("card_slot"), "psam")
    assert child.next() == ["DeviceHealth", "ok"]
    units.control.ask("card_slot", "insert", uid=uid)
    assert child.next() == [*SOCIAL, "3.00", "2022"]
    child.stop()


def test_resident_health_card_is_read(units: Units, slot: SlotChild) -> None:
    units.control.ask("card_slot", "insert", uid=card(units, "health_card"))
    told = slot.next()
    assert told[0] == "ResidentCardPresent"
    assert told[3:] == [ID_NUMBER, "张三"]


def test_bank_card_is_recognised_and_never_read(units: Units, slot: SlotChild) -> None:
    units.control.ask("card_slot", "insert", uid=card(units, "bank"))
    assert slot.next() == ["BankCardPresent"]
    asked = units.control.books("card_slot")["asked"]
    assert isinstance(asked, list)
    assert not any(str(command)[2:4] in ("B2", "A8") for command in asked)


def test_card_swapped_before_money_is_not_confirmed(units: Units, slot: SlotChild) -> None:
    first, second = card(units, "social_security"), card(units, "social_security", name="李四")
    units.control.ask("card_slot", "insert", uid=first)
    assert slot.next()[0] == "SocialCardPresent"
    units.control.ask("card_slot", "swap", uid=second)
    assert slot.ask(f"confirm {CODE}")[0] in ("CardSwapped", "CardMissing", "CardGone")


def test_unreadable_card_swapped_fast_for_a_good_one_is_noticed(
    units: Units, slot: SlotChild
) -> None:
    units.control.ask("card_slot", "insert", uid=card(units, "bank"))
    assert slot.next() == ["BankCardPresent"]
    good = ours(units)
    units.control.ask("card_slot", "swap", uid=good)
    assert slot.next() == ["CardGone"]
    assert slot.next() == ["HealthCardPresent", good, "20250008"]


def test_card_pulled_in_the_middle_of_an_exchange_is_never_told(
    bench: Bench, units: Units, slot: SlotChild
) -> None:
    units.control.ask("card_slot", "vanish")
    units.control.ask("card_slot", "insert", uid=card(units, "social_security"))
    wait_until(lambda: units.state("card_slot")["card"] is None)
    wait_until(bench.has_seen_every_card_leave)
    good = ours(units)
    units.control.ask("card_slot", "insert", uid=good)
    told = slot.next()
    while told == ["CardGone"]:
        told = slot.next()
    assert told == ["HealthCardPresent", good, "20250008"]


def test_card_that_never_answers_holds_a_thread_until_it_leaves(
    units: Units, slot: SlotChild
) -> None:
    units.control.ask("card_slot", "insert", uid=ours(units))
    assert slot.next()[0] == "HealthCardPresent"
    units.control.ask("card_slot", "hang")
    assert slot.next() == ["DeviceHealth", "jammed"]
    assert slot.next() == ["CardGone"]
    assert slot.next() == ["CardUnreadable", ""]
    assert "held_threads=1" in slot.ask("check reader_present")
    units.control.ask("card_slot", "remove")
    assert sorted([slot.next(), slot.next()]) == [["CardGone"], ["DeviceHealth", "ok"]]
    assert slot.ask("check reader_present") == [
        "passed",
        "reader=Kiosk Card Reader 00 00: well",
        "held_threads=0",
    ]
    good = ours(units)
    units.control.ask("card_slot", "insert", uid=good)
    assert slot.next() == ["HealthCardPresent", good, "20250008"]


def test_card_of_the_second_reader_is_told_when_the_first_left(units: Units) -> None:
    pair = SlotChild(units, f"{units.path('card_slot')} | {units.path('card_slot_2')}")
    assert pair.next() == ["DeviceHealth", "ok"]
    first, second = ours(units), ours(units)
    units.control.ask("card_slot_2", "insert", uid=second)
    assert pair.next() == ["HealthCardPresent", second, "20250008"]
    units.control.ask("card_slot", "insert", uid=first)
    assert pair.ask(f"confirm {second}") == ["CardConfirmed"]
    units.control.ask("card_slot_2", "remove")
    assert pair.next() == ["CardGone"]
    assert pair.next() == ["HealthCardPresent", first, "20250008"]
    pair.stop()


def test_one_missing_reader_of_two_is_low(units: Units) -> None:
    child = SlotChild(units, f"{units.path('card_slot')} | pcsc:No Such Reader")
    assert child.next() == ["DeviceHealth", "low"]
    good = ours(units)
    units.control.ask("card_slot", "insert", uid=good)
    assert child.next() == ["HealthCardPresent", good, "20250008"]
    assert child.ask("check reader_present")[0] == "failed"
    child.stop()


def test_check_reads_a_card_and_tells_nothing_of_the_person(units: Units, slot: SlotChild) -> None:
    units.control.ask("card_slot", "insert", uid=card(units, "social_security"))
    assert slot.next()[0] == "SocialCardPresent"
    told = slot.ask("check read_card")
    assert told[:3] == ["passed", "reader=Kiosk Card Reader 00 00", "card_kind=social_card"]
    assert told[3].startswith("read_ms=")


def test_checks_name_the_readers_of_the_service(units: Units, slot: SlotChild) -> None:
    told = slot.ask("check line")
    assert told[0] == "passed"
    assert {f"reader={name} Card Reader 00 00" for name in ("Kiosk", "Counter")} <= set(told)


def test_service_that_dies_in_the_middle_of_an_exchange_comes_back() -> None:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    port = "--vpcd-port", "41871"
    units = Units(folder, "card_slot", *port)
    slot = SlotChild(units)
    try:
        assert slot.next() == ["DeviceHealth", "ok"]
        units.control.ask("card_slot", "fault", kind="delay", seconds=30.0, on="read_record")
        units.control.ask("card_slot", "insert", uid=card(units, "social_security"))
        wait_until(
            lambda: "read_record" in cast(list[str], units.control.books("card_slot")["asked"])
        )
        units.stop()
        assert slot.next() == ["DeviceHealth", "offline"]
        units = Units(folder, "card_slot", *port)
        assert slot.next() == ["DeviceHealth", "ok"]
        assert slot.next()[0] == "SocialCardPresent"
        assert "held_threads=0" in slot.ask("check reader_present")
    finally:
        slot.stop()
        units.stop()
        rmtree(folder)
