"""A hold that its patient ends: where it may be ended, and whose word says that it has."""

from __future__ import annotations

import pytest
from backend_bench import Json, Line, Platforms
from service_bench import KIOSK, LI_ID, PROFILE, WINDOW, House
from tender_bench import pos

from settlement_backend.holds import rules
from settlement_backend.holds.rules import HoldNow
from settlement_backend.policy.profile import load_policy

pytestmark = pytest.mark.slow

_LONGER_THAN_A_HOLD_S = 40 * 24 * 3600
PREAUTH = load_policy(PROFILE).preauth


def held(house: House) -> tuple[str, str, str]:
    """The patient, the hold of 300.00 made at the kiosk, and its number at the acquirer."""
    patient = house.person(LI_ID)
    auth_code = house.hold(patient, 30000)
    hold_id: str = house.get(f"/v1/patients/{patient}/holds")["holds"][0]["hold_id"]
    return patient, hold_id, auth_code


def release(house: House, hold_id: str, **asker: str) -> Json:
    """What a terminal is told of it."""
    return house.get(f"/v1/holds/{hold_id}/release", **asker)


def test_hold_is_released_where_it_was_made_and_then_the_acquirer_says_so(
    house: House, platforms: Platforms
) -> None:
    _, hold_id, auth_code = held(house)
    told = release(house, hold_id)
    assert (told["decision"]["allow"], bool(told["receipt"])) == (True, True)

    path = f"/v1/holds/{hold_id}/released"
    assert house.done(path, {})["state"] == "HELD"
    pos(platforms.acquirer, "holds/release", auth_code=auth_code, amount_fen=None)
    ended = house.done(path, {})

    assert (ended["state"], ended["released_fen"]) == ("RELEASED", 30000)
    again = release(house, hold_id)
    assert (again["decision"]["message_key"], again["receipt"]) == ("hold_unusable", "")
    house.assert_world_agrees()


def test_another_machine_reads_where_it_was_made_and_gets_no_number(house: House) -> None:
    _, hold_id, _ = held(house)

    told = release(house, hold_id, token=WINDOW)

    assert (told["decision"]["message_key"], told["receipt"]) == ("hold_elsewhere", "")
    assert told["place"]["en"] == "Outpatient hall, 1F east, Machine A-03"


def test_h35_list_of_holds_tells_where_each_that_stands_can_be_ended(house: House) -> None:
    patient, hold_id, _ = held(house)

    def places(token: str) -> list[Json]:
        told: list[Json] = house.get(f"/v1/patients/{patient}/holds", token=token)["places"]
        return told

    place = {"zh": "门诊一楼东厅 自助机 A-03", "en": "Outpatient hall, 1F east, Machine A-03"}
    assert places(WINDOW) == [{"hold_id": hold_id, "here": False, "place": place}]
    assert [one["here"] for one in places(KIOSK)] == [True]
    house.clock.pass_seconds(_LONGER_THAN_A_HOLD_S)
    house.later(5)
    assert places(WINDOW) == []


def test_hold_that_pays_a_bill_now_is_not_ended_meanwhile(house: House) -> None:
    patient, hold_id, _ = held(house)
    quoted = house.open(patient, [house.bill(patient, Line(28000, "OWN"))])

    assert release(house, hold_id)["decision"]["message_key"] == "hold_in_use"

    house.done(f"/v1/settlements/{quoted['settlement_id']}/cancel", {"reason": "left"})
    assert release(house, hold_id)["decision"]["allow"] is True


@pytest.mark.parametrize(
    ("kind", "hold", "reason"),
    [
        ("kiosk", HoldNow("HELD", here=True, in_use=False), ""),
        ("window", HoldNow("HELD", here=True, in_use=False), ""),
        ("ward", HoldNow("HELD", here=True, in_use=False), "release_not_offered"),
        ("kiosk", HoldNow("HELD", here=False, in_use=False), "hold_elsewhere"),
        ("kiosk", HoldNow("HELD", here=True, in_use=True), "hold_in_use"),
        ("kiosk", HoldNow("COMPLETED", here=True, in_use=False), "hold_unusable"),
        ("kiosk", HoldNow("SUPERSEDED", here=True, in_use=False), "hold_unusable"),
    ],
)
def test_release_is_allowed_by_the_profile_where_the_hold_was_made(
    kind: str, hold: HoldNow, reason: str
) -> None:
    decision = rules.may_release(PREAUTH, kind, hold)

    assert (decision.allow, decision.message_key) == (not reason, reason)


def test_profile_may_leave_releases_to_windows() -> None:
    at_windows = PREAUTH.model_copy(update={"release_channels": ("window",)})
    hold = HoldNow("HELD", here=True, in_use=False)

    assert not rules.may_release(at_windows, "kiosk", hold).allow
    assert rules.may_release(at_windows, "window", hold).allow
