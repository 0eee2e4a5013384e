"""Journeys about people as good stories; who has a choice takes it once, then leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core import steps
from core.flow import Act, Ask, Journey, Step
from kiosk.journeys.service import Start
from kiosk.journeys.services import SERVICES
from kiosk.steps import Back, ShowTrouble, Typed
from kiosk.steps.pages import Choose, Chosen, Pressed, Show, TypeIn
from tests.helpers import people
from tests.helpers.driver import Played, play
from tests.helpers.explore import Story
from tests.helpers.journey_stories import START, Answers, patient, service
from tests.helpers.world import Script, World


def presses_on(answers: Answers | None = None) -> Script:
    """Types a number and presses the first button of every page; else the willing patient."""
    willing = patient({TypeIn: Typed("13800000000"), **(answers or {})})

    def script(step: Step[Any]) -> object:
        if isinstance(step, Show):
            return Pressed(step.buttons[0].word) if step.buttons else Back()
        return willing(step)

    return script


def once(name: str, key: str) -> Story:
    """A service with a menu: one line of it, then away."""

    def begin() -> Journey[Any]:  # the script's memory lasts as long as one run of the journey
        chosen.clear()
        return SERVICES[name].begin(Start(None, people.NOTICE, START.terms))

    chosen: list[Ask[Any]] = []
    pressing = presses_on()

    def script(step: Step[Any]) -> object:
        if isinstance(step, Choose):
            chosen.append(step)
            return Chosen(key) if len(chosen) == 1 else steps.Leave()
        return pressing(step)

    return Story(f"{name}: {key}", begin, script)


Replies = Mapping[type[Act[Any]], object]


def told(replies: Replies, script: Script) -> World:
    """A machine whose backend answers these Acts so."""

    class Told(World):
        """Asks the table first."""

        def _act(self, act: Act[Any]) -> object:
            if type(act) in replies:
                self.acts.append(act)
                return replies[type(act)]
            return World._act(self, act)

    return Told(script)


def play_told(journey: Journey[Any], replies: Replies, script: Script) -> Played[Any]:
    """One run on such a machine."""
    return play(journey, told(replies, script).answer)


def troubles(played: Played[Any]) -> list[str]:
    """The reasons that were shown."""
    return [ask.reason for ask in played.asks if isinstance(ask, ShowTrouble)]


REGISTER_MEDIUM = service("register_medium")
WITHDRAW = once("permissions", "e_certificate")
AGREE = once("permissions", "face")
OWN_MEDIA = once("permissions", "media")
OWN_FACE = Story("face", lambda: SERVICES["face"].begin(START), presses_on())
RELATIVE = once("relatives", "REL1")

STORIES: tuple[Story, ...] = (REGISTER_MEDIUM, WITHDRAW, AGREE, OWN_MEDIA, OWN_FACE, RELATIVE)
