"""The relay board's hazards: lost and garbled answers, refusals, bouncing contacts, unplugging."""

from __future__ import annotations

import pytest
from peer import PtyWire, first_told, serial_peer, wait_until

from core.flow import Event
from core.ports import CabinetChanged, DeviceHealth, DeviceTrouble, Done, PersonLeft
from core.settings import Settings
from devices.checks import Fact, Outcome
from devices.relay import contradictions
from devices.relay.driver import RelayLimits
from devices.relay.service import Cabinet
from devices.relay.settings import SETTINGS
from devices.relay.status import Contacts

pytestmark = pytest.mark.expects_warnings("devices.link")
READ_RELAYS, NO_RELAYS, RELAY_1 = (
    "01 01 00 00 00 08 3D CC",
    "01 01 01 00 51 88",
    "01 01 01 01 90 48",
)
READ_INPUTS, NO_INPUTS, INPUT_1 = (
    "01 02 00 00 00 08 79 CC",
    "01 02 01 00 A1 88",
    "01 02 01 01 60 48",
)
INPUTS_3_4 = "01 02 01 0C A1 8D"
ON_1, OFF_1 = "01 05 00 00 FF 00 8C 3A", "01 05 00 00 00 00 CD CA"
NO_SUCH_RELAY = "01 85 02 C3 51"
QUICK = RelayLimits(answer_s=0.2, light_s=0.0)
WIRED = {"cabinet_door": 1, "tamper": 3, "presence": 4}


def cabinet(path: str, *, inverted: frozenset[str] = frozenset()) -> Cabinet:
    contacts = Contacts(WIRED, inverted)
    return Cabinet(path, contacts=contacts, lights={"card_slot_light": 1}, limits=QUICK)


def ask(wire: PtyWire, *pairs: tuple[str, str]) -> None:
    for request, answer in pairs:
        wire.expect(request)
        wire.send(answer)


def told(service: Cabinet, count: int) -> list[Event]:
    """That many events."""
    events: list[Event] = []

    def came() -> bool:
        events.extend(service.poll())
        return len(events) >= count

    wait_until(came)
    return events


def test_contact_is_told_when_two_reads_agree() -> None:
    def script(wire: PtyWire) -> None:
        ask(wire, (READ_RELAYS, NO_RELAYS), (READ_INPUTS, NO_INPUTS), (READ_INPUTS, NO_INPUTS))
        ask(wire, (READ_INPUTS, INPUT_1), (READ_INPUTS, NO_INPUTS))
        ask(wire, (READ_INPUTS, INPUT_1), (READ_INPUTS, INPUT_1))

    with serial_peer(script) as path:
        service = cabinet(path)
        assert told(service, 5) == [
            DeviceHealth("relay", "ok"),
            CabinetChanged("cabinet_door", False),
            CabinetChanged("tamper", False),
            CabinetChanged("presence", False),
            CabinetChanged("cabinet_door", True),
        ]
        service.close()


def test_person_who_goes_is_told_as_left() -> None:
    def script(wire: PtyWire) -> None:
        ask(wire, (READ_RELAYS, NO_RELAYS), (READ_INPUTS, INPUTS_3_4), (READ_INPUTS, INPUTS_3_4))
        ask(wire, (READ_INPUTS, NO_INPUTS), (READ_INPUTS, NO_INPUTS))

    with serial_peer(script) as path:
        events = told(cabinet(path), 7)
        assert events[1:] == [
            CabinetChanged("cabinet_door", False),
            CabinetChanged("tamper", True),
            CabinetChanged("presence", True),
            CabinetChanged("tamper", False),
            CabinetChanged("presence", False),
            PersonLeft(),
        ]


def test_inverted_contact_is_on_when_its_input_is_off() -> None:
    contacts = Contacts({"cabinet_door": 1}, frozenset({"cabinet_door"}))
    assert contacts.changes((False,) * 8) == []
    assert contacts.changes((False,) * 8) == [CabinetChanged("cabinet_door", True)]


def test_light_is_switched_and_one_not_wired_is_left_alone() -> None:
    def script(wire: PtyWire) -> None:
        ask(wire, (READ_RELAYS, NO_RELAYS), (ON_1, ON_1), (OFF_1, OFF_1))

    with serial_peer(script) as path:
        service = cabinet(path)
        assert service.light("card_slot_light", True) == Done()
        assert service.light("card_slot_light", False) == Done()
        assert service.light("alarm_light", True) == Done()
        with pytest.raises(KeyError):
            service.light("disco", True)
        service.close()


def test_lost_and_garbled_answers_are_asked_for_again() -> None:
    def script(wire: PtyWire) -> None:
        ask(wire, (READ_RELAYS, NO_RELAYS))
        wire.expect(ON_1)
        ask(wire, (ON_1, "01 05 00 00 FF 00 8C 3B"), (ON_1, ON_1))

    with serial_peer(script) as path:
        service = cabinet(path)
        assert service.light("card_slot_light", True) == Done()
        service.close()


@pytest.mark.parametrize("stray", ["02 05 00 00 FF 00 8C 09", RELAY_1])
def test_answer_of_another_board_or_question_is_not_taken(stray: str) -> None:
    def script(wire: PtyWire) -> None:
        ask(wire, (READ_RELAYS, NO_RELAYS), (ON_1, stray), (ON_1, ON_1))

    with serial_peer(script) as path:
        service = cabinet(path)
        assert service.light("card_slot_light", True) == Done()
        service.close()


def test_board_that_refuses_is_well() -> None:
    def script(wire: PtyWire) -> None:
        ask(wire, (READ_RELAYS, NO_RELAYS), (ON_1, NO_SUCH_RELAY), (READ_INPUTS, NO_INPUTS))

    with serial_peer(script) as path:
        service = cabinet(path)
        assert service.light("card_slot_light", True) == DeviceTrouble("relay", "user_error")
        assert first_told(service.poll) == [DeviceHealth("relay", "ok")]
        service.close()


def test_silent_board_is_offline_after_three_tries_and_back() -> None:
    def script(wire: PtyWire) -> None:
        for _ in range(3):
            wire.expect(READ_RELAYS)
        ask(wire, (READ_RELAYS, NO_RELAYS), (READ_INPUTS, NO_INPUTS))

    with serial_peer(script) as path:
        service = cabinet(path)
        assert first_told(service.poll) == [DeviceHealth("relay", "offline")]
        assert first_told(service.poll) == [DeviceHealth("relay", "ok")]
        service.close()


def test_unplugged_board_is_trouble_and_never_raises() -> None:
    def script(wire: PtyWire) -> None:
        ask(wire, (READ_RELAYS, NO_RELAYS), (READ_INPUTS, NO_INPUTS))
        wire.expect(ON_1)
        wire.hang_up()

    with serial_peer(script) as path:
        service = cabinet(path)
        assert first_told(service.poll) == [DeviceHealth("relay", "ok")]
        assert service.light("card_slot_light", True) == DeviceTrouble("relay", "offline")
        wait_until(lambda: DeviceHealth("relay", "offline") in service.poll())
        service.close()


def test_light_check_tells_the_relay_and_leaves_the_lamp_to_a_person() -> None:
    def script(wire: PtyWire) -> None:
        ask(wire, (READ_RELAYS, NO_RELAYS), (READ_RELAYS, NO_RELAYS), (ON_1, ON_1))
        ask(wire, (READ_RELAYS, RELAY_1), (OFF_1, OFF_1), (READ_RELAYS, NO_RELAYS))
        ask(wire, (OFF_1, OFF_1))

    with serial_peer(script) as path:
        service = cabinet(path)
        check = service.checks()[-1]
        assert check.name == "card_slot_light"
        finding = check.work()
        assert finding.outcome is Outcome.UNSURE
        assert finding.facts == (Fact("relay_after_on", "on"), Fact("relay_after_off", "off"))
        service.close()


def test_inputs_check_shows_every_wired_contact() -> None:
    def script(wire: PtyWire) -> None:
        ask(wire, (READ_RELAYS, NO_RELAYS), (READ_INPUTS, INPUT_1))

    with serial_peer(script) as path:
        service = cabinet(path)
        finding = service.checks()[1].work()
        assert [(fact.name, fact.value) for fact in finding.facts] == [
            ("cabinet_door", "on"),
            ("tamper", "off"),
            ("presence", "off"),
        ]
        service.close()


def test_settings_that_contradict_each_other_are_all_named() -> None:
    values = {s.key: s.default for s in SETTINGS if s.default is not None}
    values |= {"relay.path": "serial:/dev/null", "relay.tamper": 2, "relay.presence": 2}
    values |= {"relay.cash_light": 9, "relay.inverted": "tamper disco"}
    faults = contradictions(Settings(values))
    assert len(faults) == 3
    assert "relay.presence and relay.tamper are both 2" in faults[0]
    assert "relay.cash_light = 9" in faults[1]
    assert "disco" in faults[2]
