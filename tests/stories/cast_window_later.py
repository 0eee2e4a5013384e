"""A window in a hospital of other rules: arrears at once, exemptions filed, old balances to clear.

What a reader would get wrong: the hall of the other stories stands under the demo's rules, where
nobody is in arrears before a day has passed and nobody may pay in advance; so these need a house.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import cast_later as cast
from cast import Guest, guest
from window_hall import WindowHall

from sandbox.house import House
from tests.helpers.kiosk_house import built_house
from tests.helpers.window_house import DESK, window_at

_DEMO = Path(__file__).resolve().parents[2] / "resources" / "profiles" / "demo-2026.toml"
AT_ONCE = {"due_hours = 24": "due_hours = 0", "suspend_after_days = 30": "suspend_after_days = 0"}
"""What is not paid at the end of a visit is arrears, and stops pay later."""


@contextmanager
def window_under(told: Path, changes: Mapping[str, str]) -> Iterator[WindowHall]:
    """A window at home in a house by the demo's rules with these lines changed."""
    profile, rules = told / "rules.toml", _DEMO.read_text("utf-8")
    for line, instead in changes.items():
        assert line in rules, line
        rules = rules.replace(line, instead, 1)
    profile.write_text(rules, "utf-8")
    with built_house(profile=profile, window=DESK) as house, window_at(house, told) as stage:
        yield WindowHall(house, stage)
        assert not any(found.open for found in stage.window.machine.operations().values())


def eligible(house: House, **insurance: object) -> tuple[Guest, str]:
    """Insured here, with a paid registration of today; and its id."""
    who = guest(house)
    cast.insured(house, who.person, **insurance)
    return who, cast.visited(house, who)


def owing(house: House, *codes: str) -> tuple[Guest, str]:
    """Signed on the phone; the visit has ended and its bills wait."""
    who, registration_id = eligible(house)
    cast.signed(house, who)
    for code in codes:
        cast.order(house, registration_id, code)
    cast.end_visit(house, registration_id)
    return who, registration_id
