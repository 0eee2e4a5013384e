"""What one work of a window is, and how its pages say what came of it.

A work is found in `cashier/journeys/works.py`; its journey awaits `WorkSheet`s and Acts. What a
reader would get wrong: whether somebody may do a work is decided by the backend, route by route;
the roles here only spare people a refusal, and a test holds both tables together.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from cashier.steps import WorkOffer
from cashier.steps.sheet import Action, WorkSheet
from core.identity import Patient
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Phrase, said
from core.ports import NotSent, Refused, Unknown
from core.window_steps import Operator

Found = TypeVar("Found")

ANYBODY = frozenset({"cashier", "reviewer", "supervisor", "finance"})
"""Every role that may sit at a window."""

No = Refused | NotSent | Unknown
"""Every way in which a look did not succeed."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """Who works, and whom for; None: for nobody. `shown_code`: the insurance code by which they
    were found, or "": it may pay once (W12)."""

    operator: Operator
    patient: Patient | None = None
    shown_code: str = ""

    def __repr__(self) -> str:
        return f"AtWork({self.operator.operator}, {self.patient and self.patient.patient_id})"

    @property
    def served(self) -> Patient:
        """The patient of a work that is done for one."""
        assert self.patient is not None
        return self.patient


@dataclass(frozen=True, slots=True)
class Work:
    """`begin` answers a code of core/wording to be told where it was begun, "" for none; or a
    patient who is served from then on.

    `roles`: any of them may do it. `for_patient`: done for the patient who is being served, and
    offered only then. `key`: one of `cashier.pages.keys.WORK_KEYS`, "" for most.
    """

    name: str
    words: Phrase
    begin: Callable[[AtWork], Coroutine[Any, Any, str | Patient]]
    roles: frozenset[str]
    for_patient: bool
    key: str = ""

    def offered(self, operator: Operator) -> WorkOffer:
        """As this member of staff sees it."""
        may = not self.roles.isdisjoint(operator.roles)
        off = "" if may else said("Not among your roles")
        return WorkOffer(self.name, self.words, self.key, off)


async def told(
    at: AtWork,
    title: Phrase,
    rows: tuple[Row, ...] = (),
    *,
    tone: Tone = Tone.SUCCESS,
    words: Phrase = "",
) -> None:
    """A page that only says how it ended; Enter goes on."""
    icon = "circle-check" if tone is Tone.SUCCESS else "alert-triangle"
    await WorkSheet(
        title=title,
        patient=at.patient,
        chip_tone=tone,
        strip=Strip(tone, icon, words or title),
        sections=(Section("", rows),) if rows else (),
        actions=(Action("done", said("Done")),),
    )


async def refused(at: AtWork, title: Phrase, no: No) -> None:
    """A page that says why not: the money was not touched, and what to do now."""
    await WorkSheet(
        title=title,
        patient=at.patient,
        trouble=no.reason,
        actions=(Action("done", said("Done")),),
    )


async def fetched(
    asked: Awaitable[Found | Refused | NotSent | Unknown], at: AtWork, title: Phrase
) -> Found | None:
    """What an Act, or a journey of Acts, answers; None after its refusal was shown."""
    match await asked:
        case Refused() | NotSent() | Unknown() as no:
            await refused(at, title, no)
            return None
        case found:
            return found
