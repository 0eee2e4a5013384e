"""The services about a stay as good stories, and commercial claims.

The patient goes on with the main button of each page, signs, and leaves at the end.
"""

from __future__ import annotations

from typing import Any

from core.flow import Step
from core.steps import Leave
from kiosk.journeys.inpatient import discharge_pages
from kiosk.journeys.services import SERVICES
from kiosk.steps.pages import Finished, Pressed, Show, Sign, Signed
from tests.helpers.explore import Story
from tests.helpers.ink import INK
from tests.helpers.journey_stories import START, patient
from tests.helpers.world import Script


def willing(*wishes: str) -> Script:
    """Presses one of `wishes` wherever it is offered, else the main button."""
    others = patient()

    def script(step: Step[Any]) -> object:
        match step:
            case Sign():
                return Signed(INK)
            case Show(buttons=buttons) | Finished(buttons=buttons):
                wished = [one.word for one in buttons if one.word in wishes]
                main = [one.word for one in buttons if isinstance(step, Show)]
                words = wished or main
                return Pressed(words[0]) if words else Leave()
            case _:
                return others(step)

    return script


def story(name: str, service: str, *wishes: str) -> Story:
    """One service from its tile on."""
    return Story(name, lambda: SERVICES[service].begin(START), willing(*wishes))


ADMISSION = story("admission", "admission")
ADMISSION_WITH_DEPOSIT = story("admission and deposit", "admission", "deposit")
DEPOSIT = story("deposit", "deposit")
DAILY_LIST = story("daily list", "daily_list")
DISCHARGE = story("discharge", "discharge")
DISCHARGE_WITH_INSURER = story(
    "discharge with an insurer", "discharge", discharge_pages.INSURER, discharge_pages.REST
)
CLAIMS = story("claims", "claims")
STORIES: tuple[Story, ...] = (
    ADMISSION,
    ADMISSION_WITH_DEPOSIT,
    DEPOSIT,
    DAILY_LIST,
    DISCHARGE,
    DISCHARGE_WITH_INSURER,
    CLAIMS,
)
