"""Holds as they are told: docs/backend_api.md and docs/backend_api/holds.md."""

from __future__ import annotations

from settlement_backend.base.shapes import Shape, Words
from settlement_backend.holds.tables import Hold, Reauthorisation
from settlement_backend.policy.decision import Decision
from settlement_backend.terminals.tables import Terminal


class HoldShape(Shape):
    """A pre-authorisation: amount = taken + released + remaining; `over_fen` was taken above it."""

    hold_id: str
    amount_fen: int
    taken_fen: int
    released_fen: int
    remaining_fen: int
    over_fen: int
    state: str
    masked_card: str
    expires_on: str
    completer: str


class HoldPlaceShape(Shape):
    """The machine that made a hold and can end it. `here`: it is the one that asks."""

    hold_id: str
    here: bool
    place: Words | None


class HoldList(Shape):
    """Of one person, the newest first; `places` of those that stand, in the same order."""

    holds: tuple[HoldShape, ...]
    places: tuple[HoldPlaceShape, ...]


class TermsShape(Shape):
    """Whether this person may place a hold, and its limits, inclusive (S10)."""

    allowed: bool
    reason: str
    min_fen: int
    max_fen: int
    suggestions_fen: tuple[int, ...]


class ReauthorisationShape(Shape):
    """A larger hold in place of an old one: the card terminal holds `amount_fen` under `reference`,
    then releases the old hold by `release_auth_code`, which is "" until it may (S12).

    `release_receipt`: the old hold's number at the card terminal that made it; "" as well when
    that is not the card terminal of the re-authorisation, which then releases nothing."""

    reauthorisation_id: str
    state: str
    reference: str
    amount_fen: int
    old: HoldShape
    new: HoldShape | None
    release_auth_code: str
    release_receipt: str


class ReleaseShape(Shape):
    """Whether this terminal's card terminal may end a hold. `receipt`: its number there, "" when
    it may not; `place`: where the hold was made."""

    hold: HoldShape
    decision: Decision
    receipt: str
    place: Words | None


def place_of(terminal: Terminal | None) -> Words | None:
    """Which machine, and where it stands; several may stand in one hall."""
    if terminal is None:
        return None
    zh = f"{terminal.place_zh} {terminal.name_zh}"
    return Words(zh=zh, en=f"{terminal.place_en}, {terminal.name_en}")


def hold_shape(hold: Hold) -> HoldShape:
    """As it stands."""
    held = hold.state == "HELD"
    left_fen = hold.amount_fen - hold.taken_fen
    return HoldShape(
        hold_id=hold.id,
        amount_fen=hold.amount_fen,
        taken_fen=hold.taken_fen,
        released_fen=0 if held else left_fen,
        remaining_fen=left_fen if held else 0,
        over_fen=hold.over_fen,
        state=hold.state,
        masked_card=hold.masked_card,
        expires_on=hold.expires_on,
        completer=hold.completer,
    )


def reauthorisation_shape(
    row: Reauthorisation, old: Hold, new: Hold | None
) -> ReauthorisationShape:
    """As it stands."""
    may_release = row.state == "HELD"
    here = (row.terminal_id, new.pos_terminal_id if new else "")
    own = (old.terminal_id, old.pos_terminal_id) == here
    return ReauthorisationShape(
        reauthorisation_id=row.id,
        state=row.state,
        reference=row.reference,
        amount_fen=row.amount_fen,
        old=hold_shape(old),
        new=hold_shape(new) if new else None,
        release_auth_code=old.auth_code if may_release else "",
        release_receipt=old.receipt if may_release and own else "",
    )
