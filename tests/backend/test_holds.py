"""Holds: what is refused, registering once, which one a settlement may use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from backend_bench import Backend, Platforms, person, window

from settlement_backend.base.errors import KeyReused, NoSuch, Refused
from settlement_backend.base.outside import NoWord
from settlement_backend.holds import holds
from settlement_backend.holds.holds import HoldFacts
from settlement_backend.holds.shapes import HoldShape, hold_shape
from settlement_backend.holds.tables import Hold


def facts(platforms: Platforms, amount_fen: int = 30000, reference: str = "REF1") -> HoldFacts:
    """A hold as a card terminal placed it."""
    held = platforms.place_hold(reference, amount_fen)
    return HoldFacts(
        reference=reference,
        amount_fen=amount_fen,
        masked_card="622202******0017",
        auth_code=held["auth_code"],
        rrn=held["rrn"],
        trace="000001",
        receipt="000001",
        pos_terminal_id="P1",
        merchant_id="M1",
    )


def register(backend: Backend, body: HoldFacts) -> HoldShape:
    return backend.holds.register(backend.person_id, body, window())


def usable(backend: Backend, today: date) -> str | None:
    with backend.db.read() as session:
        found = holds.usable(session, backend.person_id, today, "")
        return found.reference if found else None


def test_s32_hold_at_the_acquirer_is_registered_once(
    backend: Backend, platforms: Platforms
) -> None:
    body = facts(platforms)

    told = register(backend, body)

    assert (told.amount_fen, told.remaining_fen, told.state) == (30000, 30000, "HELD")
    assert (told.taken_fen, told.released_fen) == (0, 0)
    assert told.completer == "ACQUIRER"
    assert register(backend, body) == told


def test_other_hold_under_a_known_reference_is_no_repetition(
    backend: Backend, platforms: Platforms
) -> None:
    body = facts(platforms)
    register(backend, body)

    with pytest.raises(KeyReused):
        register(backend, replace(body, auth_code="999999"))


def test_completed_hold_released_what_it_did_not_take() -> None:
    hold = Hold(
        id="H1",
        amount_fen=30000,
        taken_fen=12000,
        over_fen=0,
        state="COMPLETED",
        masked_card="622202******0017",
        expires_on="2026-04-01",
        completer="ACQUIRER",
    )

    told = hold_shape(hold)

    assert (told.taken_fen, told.released_fen, told.remaining_fen) == (12000, 18000, 0)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"amount_fen": 9999}, "limits"),
        ({"amount_fen": 500001}, "limits"),
        ({"masked_card": "62220200017*0000"}, "full_card_number"),
        ({"rrn": "000000000000"}, "not_at_acquirer"),
        ({"amount_fen": 30001}, "not_at_acquirer"),
    ],
)
def test_hold_that_must_not_be_is_refused(
    backend: Backend, platforms: Platforms, change: dict[str, str | int], reason: str
) -> None:
    body = replace(facts(platforms), **change)  # type: ignore[arg-type]  # fields by name

    with pytest.raises(Refused, match=reason):
        register(backend, body)


@pytest.mark.parametrize("amount_fen", [10000, 500000])
def test_s10_limits_are_inclusive(backend: Backend, platforms: Platforms, amount_fen: int) -> None:
    assert register(backend, facts(platforms, amount_fen)).state == "HELD"


def test_s16_switched_off_and_anonymous_are_refused(backend: Backend) -> None:
    rules = backend.policy.preauth
    known, nobody = person("P1", "330302195501123411"), person("P2", "")

    assert holds.terms(known, rules).allowed is True
    assert holds.terms(known, rules.model_copy(update={"enabled": False})).reason == "disabled"
    assert (
        holds.terms(nobody, rules.model_copy(update={"real_name_only": True})).reason == "anonymous"
    )


def test_unknown_person_is_no_such(backend: Backend, platforms: Platforms) -> None:
    backend.person_id = "nobody"

    with pytest.raises(NoSuch):
        register(backend, facts(platforms))


@pytest.mark.expects_warnings("settlement_backend")
def test_silent_acquirer_is_no_refusal_and_the_same_request_succeeds(
    backend: Backend, platforms: Platforms
) -> None:
    body = facts(platforms)
    platforms.acquirer.fault("/holds/query", "http_500")

    with pytest.raises(NoWord):
        register(backend, body)
    assert register(backend, body).state == "HELD"


def test_settlement_uses_the_oldest_hold_until_its_last_day(
    backend: Backend, platforms: Platforms
) -> None:
    today = backend.clock.now().date()
    register(backend, facts(platforms, reference="OLD"))
    backend.clock.pass_seconds(60)
    register(backend, facts(platforms, reference="NEW"))
    last = today + timedelta(days=backend.policy.preauth.expires_days)

    assert usable(backend, today) == "OLD"
    with backend.db.write() as session:
        holds.release_expired(session, last)
    assert usable(backend, last) == "OLD"
    with backend.db.write() as session:
        holds.release_expired(session, last + timedelta(days=1))
        assert {hold.state for hold in session.query(Hold)} == {"EXPIRED"}
    assert usable(backend, today) is None


def test_hold_that_only_its_card_terminal_can_complete_is_not_used(
    backend: Backend, platforms: Platforms
) -> None:
    platforms.acquirer.control("next_hold", completer="THIS_POS")

    assert register(backend, facts(platforms)).completer == "THIS_POS"
    assert usable(backend, backend.clock.now().date()) is None
