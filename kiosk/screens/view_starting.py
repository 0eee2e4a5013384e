"""The view of the page that is shown first, and what every page without a question says.

Apart from the other views because it is drawn before the steps of all services are loaded.
"""

from __future__ import annotations

from core.catalogue import Catalogue
from core.wording import wording

View = dict[str, object]

NOTHING_SPECIAL: View = {
    "step": -1,
    "hand": "",
    "steps": [],
    "banner": "",
    "banner_advice": "",
    "amount": "",
    "buttons": [],
}
NO_QUESTION: View = {
    **NOTHING_SPECIAL,
    "seconds_total": 0,
    "warn": False,
    "can_back": False,
    "can_leave": False,
}


def starting_view(_: Catalogue) -> tuple[str, View]:
    """Before sign-on and recovery are through."""
    words = wording("starting")
    return "Starting", {
        **NO_QUESTION,
        "title": _(words.happened),
        "hint": _(words.advice),
    }
