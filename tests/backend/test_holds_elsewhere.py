"""Holds completed by the acquirer from anywhere, or only by the card terminal that made them; and a
larger hold in place of a smaller one (S11, S12)."""

from __future__ import annotations

import pytest
from backend_bench import Json, Line, Platforms
from service_bench import (
    LI_ID,
    PROFILE,
    WINDOW,
    House,
    commit_body,
    hold_body,
    new_key,
    settlement_body,
    tenders,
)
from tender_bench import pos, pos_word

from settlement_backend.holds import rules
from settlement_backend.policy.profile import load_policy

pytestmark = pytest.mark.slow

PREAUTH = load_policy(PROFILE).preauth
SILENCE = pytest.mark.expects_warnings("settlement_backend")


def quoted_with_pos(house: House, amount_fen: int = 28000) -> Json:
    """A bill that Li's balance of 80.00 and this kiosk's own hold pay together."""
    patient = house.person(LI_ID)
    house.hold(patient, 30000, completer="THIS_POS")
    bill_id = house.bill(patient, Line(amount_fen, "OWN"))
    body = {**settlement_body(patient, [bill_id]), "with_pos": True}
    return house.done("/v1/settlements", body, key=new_key())


def hold_id_of(house: House, patient: str) -> str:
    """The newest hold."""
    found: str = house.get(f"/v1/patients/{patient}/holds")["holds"][0]["hold_id"]
    return found


def test_s11_hold_made_at_a_kiosk_is_completed_from_a_window(house: House) -> None:
    patient = house.person(LI_ID)
    house.hold(patient, 30000)
    bill_id = house.bill(patient, Line(28000, "OWN"))

    told = house.commit(house.open(patient, [bill_id], token=WINDOW), token=WINDOW)

    assert tenders(told) == [("PREPAY_BALANCE", 8000, "TAKEN"), ("PREAUTH", 20000, "TAKEN")]
    house.assert_world_agrees()


def test_s11_hold_only_its_card_terminal_completes_is_completed_there(
    house: House, platforms: Platforms
) -> None:
    quoted = quoted_with_pos(house)
    assert tenders(quoted)[1] == ("PREAUTH", 20000, "PLANNED")

    told = house.commit(quoted)
    order = told["pos"]
    assert (told["state"], order["kind"], order["amount_fen"]) == ("PAYING", "COMPLETION", 20000)
    done = pos(platforms.acquirer, "holds/complete", auth_code=order["auth_code"], amount_fen=20000)
    assert done["result"] == "approved"
    ended = pos_word(house, told, "DONE")

    assert (ended["state"], ended["pos"]) == ("COMPLETED", None)
    assert (ended["hold"]["taken_fen"], ended["hold"]["released_fen"]) == (20000, 10000)
    house.assert_world_agrees()


def test_s11_hold_of_another_card_terminal_is_offered_with_its_place(house: House) -> None:
    patient = house.person(LI_ID)
    house.hold(patient, 30000, completer="THIS_POS")
    bill_id = house.bill(patient, Line(28000, "OWN"))
    body = {**settlement_body(patient, [bill_id]), "with_pos": True}

    quoted = house.done("/v1/settlements", body, key=new_key(), token=WINDOW)

    assert tenders(quoted) == [("PREPAY_BALANCE", 8000, "PLANNED")]
    option = next(o for o in quoted["options"] if o["kind"] == "PREAUTH")
    assert (option["allowed"], option["reason"]) == (False, "hold_elsewhere")
    assert option["place"]["en"] == "Outpatient hall, 1F east, Machine A-03"


def test_completion_planned_at_one_terminal_is_not_committed_at_another(house: House) -> None:
    quoted = quoted_with_pos(house)
    path = f"/v1/settlements/{quoted['settlement_id']}/commit"

    assert house.refused(path, commit_body(quoted), token=WINDOW) == "hold_unusable"


def test_completion_the_card_terminal_refused_reverses(house: House) -> None:
    told = house.commit(quoted_with_pos(house))

    ended = pos_word(house, told, "REFUSED")

    assert (ended["state"], ended["trouble"]) == ("REVERSED", "hold_refused")
    assert house.books()["held_fen"] == 30000
    house.assert_world_agrees()


@SILENCE
def test_completion_nobody_knows_of_becomes_a_persons_case(house: House) -> None:
    told = house.commit(quoted_with_pos(house))
    pos_word(house, told, "UNKNOWN")

    ended = house.to_the_end(told["settlement_id"], seconds=30)

    assert ended["state"] == "SUSPENSE"
    assert len(house.books()["open_cases"]) == 1


# --- a larger hold in place of a smaller one


def reauthorise(house: House, platforms: Platforms, amount_fen: int = 60000) -> tuple[str, Json]:
    """The patient and the announced re-authorisation of his hold of 300.00."""
    patient = house.person(LI_ID)
    house.hold(patient, 30000)
    body = {"reference": "LARGER", "amount_fen": amount_fen}
    path = f"/v1/holds/{hold_id_of(house, patient)}/reauthorise"
    return patient, house.done(path, body)


def test_s12_new_hold_stands_before_the_old_one_ends(house: House, platforms: Platforms) -> None:
    patient, asked = reauthorise(house, platforms)
    assert (asked["state"], asked["old"]["state"]) == ("ASKED", "HELD")
    made = platforms.place_hold("LARGER", 60000)
    house.done("/v1/holds", hold_body(patient, "LARGER", 60000, made))
    path = f"/v1/reauthorisations/{asked['reauthorisation_id']}"

    told = house.get(path)
    assert (told["state"], told["old"]["state"]) == ("HELD", "SUPERSEDED")
    assert house.books()["held_fen"] == 90000
    released = pos(
        platforms.acquirer,
        "holds/release",
        auth_code=told["release_auth_code"],
        amount_fen=None,
    )
    assert released["result"] == "approved"
    ended = house.done(f"{path}/old-released", {})

    assert (ended["state"], ended["release_auth_code"]) == ("DONE", "")
    bill_id = house.bill(patient, Line(58000, "OWN"))
    paid = house.commit(house.open(patient, [bill_id]))
    assert tenders(paid)[1] == ("PREAUTH", 50000, "TAKEN")
    house.assert_world_agrees()


def test_s12_quote_names_the_hold_that_would_be_enough(house: House) -> None:
    patient = house.person(LI_ID)
    house.hold(patient, 30000)

    quoted = house.open(patient, [house.bill(patient, Line(58000, "OWN"))])

    assert (quoted["due_fen"], quoted["reauthorise_fen"]) == (20000, 50000)


def test_old_hold_that_is_not_released_becomes_a_persons_case(
    house: House, platforms: Platforms
) -> None:
    patient, asked = reauthorise(house, platforms)
    made = platforms.place_hold("LARGER", 60000)
    house.done("/v1/holds", hold_body(patient, "LARGER", 60000, made))

    for _ in range(4):
        house.later(60)

    path = f"/v1/reauthorisations/{asked['reauthorisation_id']}"
    assert house.get(path)["state"] == "SUSPENSE"
    case = house.books()["open_cases"][0]
    assert (case["operation_id"], case["amount_fen"]) == (asked["reauthorisation_id"], 30000)


def test_new_hold_that_never_came_leaves_the_old_one(house: House, platforms: Platforms) -> None:
    patient, asked = reauthorise(house, platforms)

    house.later(25 * 3600)

    told = house.get(f"/v1/reauthorisations/{asked['reauthorisation_id']}")
    assert (told["state"], told["old"]["state"]) == ("DROPPED", "HELD")
    quoted = house.open(patient, [house.bill(patient, Line(28000, "OWN"))])
    assert tenders(quoted)[1] == ("PREAUTH", 20000, "PLANNED")


def test_hold_the_card_terminal_released_is_released_when_the_acquirer_says_so(
    house: House, platforms: Platforms
) -> None:
    patient = house.person(LI_ID)
    auth_code = house.hold(patient, 30000)
    path = f"/v1/holds/{hold_id_of(house, patient)}/released"

    assert house.done(path, {})["state"] == "HELD"
    pos(platforms.acquirer, "holds/release", auth_code=auth_code, amount_fen=None)
    told = house.done(path, {})

    assert (told["state"], told["released_fen"]) == ("RELEASED", 30000)
    house.assert_world_agrees()


@pytest.mark.parametrize(
    ("state", "held_fen", "amount_fen", "reason"),
    [
        ("HELD", 30000, 60000, ""),
        ("HELD", 30000, 500000, ""),
        ("HELD", 30000, 500001, "limits"),
        ("HELD", 30000, 30000, "not_larger"),
        ("COMPLETED", 30000, 60000, "hold_unusable"),
        ("SUPERSEDED", 30000, 60000, "hold_unusable"),
    ],
)
def test_s12_larger_hold_is_larger_and_within_the_limits(
    state: str, held_fen: int, amount_fen: int, reason: str
) -> None:
    assert rules.may_replace(PREAUTH, state, held_fen, amount_fen).message_key == reason


@pytest.mark.parametrize(
    ("amount_fen", "allow"), [(9999, False), (10000, True), (500000, True), (500001, False)]
)
def test_s10_limits_include_their_numbers(amount_fen: int, allow: bool) -> None:
    assert rules.within_limits(PREAUTH, amount_fen).allow is allow


def test_c02_hold_has_a_switch_of_its_own() -> None:
    off = PREAUTH.model_copy(update={"enabled": False})

    assert rules.may_hold(PREAUTH, real_name=True).allow
    assert rules.may_hold(off, real_name=True).message_key == "disabled"
    assert rules.may_hold(PREAUTH, real_name=False).message_key == "anonymous"


def test_s22_holder_is_told_what_was_taken_from_the_hold_and_what_is_free(house: House) -> None:
    patient = house.person(LI_ID)
    house.hold(patient, 30000)
    house.commit(house.open(patient, [house.bill(patient, Line(28000, "OWN"))]))

    notices = house.get(f"/v1/patients/{patient}/notices")["notices"]

    texts = {notice["kind"]: notice["text"]["en"] for notice in notices}
    assert (
        "200.00 yuan were taken from the pre-authorisation of your card; 100.00"
        in texts["hold_taken"]
    )
    assert "80.00 yuan were taken from your prepaid balance; 0.00" in texts["prepay_spent"]
