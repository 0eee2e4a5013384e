"""A whole visit attended: help by staff, a window that takes over, one person, faces."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core import steps
from core.audit import AuditEvent
from core.flow import Act, Journey, Reason, Step, Touch
from core.identity import MediumKind, Patient
from core.people import Decision
from core.ports import (
    DeviceTrouble,
    NotSent,
    Refused,
)
from core.steps.media import (
    AskMayBeServed,
    BeginAssistance,
    CheckFace,
    EndAssistance,
    FetchConsentTexts,
    NoteAudit,
    TakePicture,
)
from kiosk.journeys.attended import Facilities, attended
from kiosk.journeys.cards.face import check_face
from kiosk.journeys.visit import visit
from kiosk.steps import (
    Back,
    ChooseService,
    ServiceChosen,
    ShowSettled,
    ShowTrouble,
    StaffShown,
    SurveyWished,
    Today,
    TryAgain,
    WindowWished,
)
from kiosk.steps.pages import Choose, Finished, Pressed, Show
from tests.helpers import journey_stories as stories
from tests.helpers import people
from tests.helpers import stories_people as ours
from tests.helpers.driver import Played, play
from tests.helpers.world import Script, World

_WHO = ["Identify", "FindPatient"]
_SLIP = ["document.intend", "document.start", "PrintSlip", "document.finish"]
_OTHER = replace(people.PATIENT, patient_id="P2")


def _visit(facilities: Facilities = Facilities()) -> Journey[None]:  # noqa: B008  frozen
    today = Today(people.NOTICE, stories.TERMS, stories.OFFERS)
    return attended(visit(lambda: today), lambda: facilities)


def _in_turn(kind: type[Step[Any]], answers: list[object], otherwise: Script) -> Script:
    left = iter(answers)

    def script(step: Step[Any]) -> object:
        return next(left) if isinstance(step, kind) else otherwise(step)

    return script


_CHOOSES = stories.patient({ChooseService: ServiceChosen("register_medium")})


def _pressing(step: Step[Any]) -> object:
    return ours.presses_on({ChooseService: ServiceChosen("register_medium")})(step)


def test_attended_visit_is_the_same_visit() -> None:
    world = World(_CHOOSES)
    played = play(_visit(), world.answer)

    assert played.names == [
        *("TakeBackCard", "ChooseService", *_WHO, "AskMayBeServed", "FetchMedia", "Finished"),
    ]


def test_h34_n27_staff_help_begins_with_the_patient_and_ends_with_the_visit() -> None:
    chosen = ServiceChosen("register_medium")
    script = _in_turn(ChooseService, [StaffShown("3001"), chosen], _pressing)
    played = ours.play_told(_visit(), {}, script)

    assert played.names == [
        *("TakeBackCard", "ChooseService", "FetchConsentTexts", "Show", "ChooseService"),
        *(*_WHO, "BeginAssistance", "NoteAudit", "AskMayBeServed", "FetchMedia", "Finished"),
        *("EndAssistance", "NoteAudit"),
    ]
    begun, ended = (step for step in played.steps if isinstance(step, NoteAudit))
    assert (begun.event, ended.event) == (
        AuditEvent.ASSISTANCE_BEGUN,
        AuditEvent.ASSISTANCE_ENDED,
    )
    assert begun.facts == {"staff": "3001", "patient_id": "P1", "assistance_id": "AS1"}


def test_h34_without_consent_nobody_helps() -> None:
    chosen = ServiceChosen("register_medium")
    answers = _in_turn(ChooseService, [StaffShown("3001"), chosen], _CHOOSES)

    def script(step: Step[Any]) -> object:
        return Pressed("not_now") if isinstance(step, Show) else answers(step)

    played = ours.play_told(_visit(), {}, script)

    assert BeginAssistance("P1", "3001", "2026-01") not in played.steps
    assert played.names[-1] == "Finished"


def test_h34_unknown_badge_is_told_and_the_patient_goes_on_alone() -> None:
    chosen = ServiceChosen("register_medium")
    script = _in_turn(ChooseService, [StaffShown("9"), chosen], _pressing)
    played = ours.play_told(_visit(), {BeginAssistance: Refused("unknown_staff")}, script)

    assert ours.troubles(played) == ["unknown_staff"]
    assert played.names[-1] == "Finished"
    assert not any(isinstance(step, EndAssistance) for step in played.steps)


@pytest.mark.parametrize("reason", list(Reason))
def test_help_ends_too_when_the_patient_is_gone(reason: Reason) -> None:
    chosen = ServiceChosen("permissions")
    first = _in_turn(ChooseService, [StaffShown("3001"), chosen], _pressing)

    def script(step: Step[Any]) -> object:
        return reason if type(step).__name__ == "Choose" else first(step)

    played = ours.play_told(_visit(), {}, script)

    assert played.abandoned is reason
    assert played.names[-2:] == ["EndAssistance", "NoteAudit"]


def test_question_abandoned_inside_a_consent_abandons_the_visit() -> None:
    script = _in_turn(ChooseService, [StaffShown("3001")], _CHOOSES)

    def idle(step: Step[Any]) -> object:
        return Reason.IDLE if isinstance(step, Show) else script(step)

    played = ours.play_told(_visit(), {}, idle)

    assert played.abandoned is Reason.IDLE


def test_who_leaves_the_consent_leaves_the_visit() -> None:
    answers = [StaffShown("3001"), ServiceChosen("register_medium")]
    script = _in_turn(ChooseService, answers, _CHOOSES)
    played = ours.play_told(_visit(), {}, script)

    assert played.abandoned is Reason.LEFT
    assert played.names == ["TakeBackCard", "ChooseService", "FetchConsentTexts", "Show"]


def test_trouble_of_somebody_known_may_be_handed_to_a_window() -> None:
    replies: ours.Replies = {AskMayBeServed: NotSent("backend_silent")}
    script = _in_turn(ShowTrouble, [WindowWished()], _pressing)
    played = ours.play_told(_visit(), replies, script)

    assert played.names[-7:] == ["ShowTrouble", "MakeReferral", *_SLIP, "ShowReferred"]
    shown = next(ask for ask in played.asks if isinstance(ask, ShowTrouble))
    assert shown.window
    assert shown.touched(Touch("window")) == WindowWished()
    assert replace(shown, window=False).touched(Touch("window")) is None


def test_trouble_of_nobody_offers_no_window() -> None:
    replies: ours.Replies = {steps.FindPatient: NotSent("backend_silent")}
    played = ours.play_told(_visit(), replies, _CHOOSES)

    shown = next(ask for ask in played.asks if isinstance(ask, ShowTrouble))
    assert not shown.window


def _again(found: list[Patient]) -> Played[Any]:
    """A visit that fails after the first person, and is tried again."""
    left = iter(found)
    served = iter([NotSent("backend_silent"), Decision(True, "H10", "", ())])

    class Two(World):
        """Another answer each time."""

        def _act(self, act: Act[Any]) -> object:
            if isinstance(act, steps.FindPatient):
                return next(left)
            return next(served) if isinstance(act, AskMayBeServed) else World._act(self, act)

    script = _in_turn(ShowTrouble, [TryAgain(), steps.Leave()], _CHOOSES)
    return play(_visit(), Two(script).answer)


def test_a_c2_other_medium_of_the_same_person_is_accepted_later_in_the_visit() -> None:
    assert _again([people.PATIENT, people.PATIENT]).names[-1] == "Finished"


def test_a_c2_medium_of_another_person_is_refused_later_in_the_visit() -> None:
    assert ours.troubles(_again([people.PATIENT, _OTHER])) == ["backend_silent", "other_patient"]


# --- faces


def test_n21_face_is_looked_at_with_consent_only_and_becomes_a_medium() -> None:
    script = _in_turn(steps.Identify, [steps.FaceWished()], _pressing)
    played = ours.play_told(_visit(Facilities(face=True)), {}, script)

    assert played.names[2:7] == [
        *("Identify", "FetchConsentTexts", "Show", "TakePicture", "FindPatient"),
    ]
    asked = next(step for step in played.steps if isinstance(step, steps.FindPatient))
    assert asked.medium.kind is MediumKind.FACE
    assert len(asked.medium.value) == 64


def test_h35_what_no_fitted_device_reads_is_not_asked_for() -> None:
    absent = frozenset({MediumKind.EC_CODE, MediumKind.CITY_CODE, MediumKind.SLIP})
    played = ours.play_told(_visit(Facilities(absent=absent)), {}, _pressing)
    asked = next(ask for ask in played.asks if isinstance(ask, steps.Identify))
    assert asked.accepts
    assert not asked.accepts & absent


def test_h35_what_a_broken_reader_would_read_is_told_and_still_taken() -> None:
    broken = frozenset({MediumKind.ID_CARD, MediumKind.FACE})
    played = ours.play_told(_visit(Facilities(broken=broken)), {}, _pressing)
    asked = next(ask for ask in played.asks if isinstance(ask, steps.Identify))
    assert asked.broken == {MediumKind.ID_CARD}
    assert MediumKind.ID_CARD in asked.accepts


def test_face_button_is_there_only_where_a_provider_is_set() -> None:
    asked = steps.Identify(frozenset(MediumKind), "pay")
    assert asked.touched(Touch("face")) is None
    assert replace(asked, face=True).touched(Touch("face")) == steps.FaceWished()


def test_camera_without_a_picture_is_told_and_the_question_comes_again() -> None:
    trouble = DeviceTrouble("camera", "offline")
    answers = [steps.FaceWished(), people.CARD_SHOWN]
    script = _in_turn(steps.Identify, answers, _pressing)
    played = ours.play_told(_visit(Facilities(face=True)), {TakePicture: trouble}, script)

    assert ours.troubles(played) == ["no_picture"]
    assert played.names[-1] == "Finished"


def test_w33_face_check_names_the_text_that_was_agreed_to() -> None:
    played = ours.play_told(check_face(people.PATIENT, None), {}, ours.presses_on())

    assert played.names == ["FetchConsentTexts", "Show", "TakePicture", "CheckFace"]
    asked = next(step for step in played.steps if isinstance(step, CheckFace))
    assert (asked.patient_id, asked.version) == ("P1", "2026-01")


@pytest.mark.parametrize("answer", [Pressed("another_way"), Back()])
def test_w33_face_that_is_not_agreed_to_is_not_looked_at_and_another_way_is_told(
    answer: object,
) -> None:
    answers: stories.Answers = {Show: answer}
    played = ours.play_told(check_face(people.PATIENT, None), {}, stories.patient(answers))

    assert played.names == ["FetchConsentTexts", "Show", "ShowTrouble"]
    assert ours.troubles(played) == ["face_declined"]


def test_w33_who_leaves_the_text_leaves() -> None:
    played = ours.play_told(check_face(people.PATIENT, None), {}, stories.patient())

    assert played.names == ["FetchConsentTexts", "Show"]
    assert played.end is None


def test_n21_face_that_is_not_agreed_to_is_not_looked_at_and_the_question_comes_again() -> None:
    script = _in_turn(steps.Identify, [steps.FaceWished(), people.CARD_SHOWN], _declining)
    played = ours.play_told(_visit(Facilities(face=True)), {}, script)

    assert played.names[2:7] == ["Identify", "FetchConsentTexts", "Show", "Identify", "FindPatient"]


def _declining(step: Step[Any]) -> object:
    return Pressed("another_way") if isinstance(step, Show) else _CHOOSES(step)


def test_texts_that_cannot_be_had_are_told() -> None:
    replies: ours.Replies = {FetchConsentTexts: NotSent("backend_silent")}
    played = ours.play_told(check_face(people.PATIENT, None), replies, ours.presses_on())

    assert ours.troubles(played) == ["backend_silent"]


# --- a word at the end


def _ends(answers: stories.Answers | None = None, chosen: str = "register_medium") -> Played[Any]:
    """A visit where they may say how it was, and do so wherever they can."""
    given: stories.Answers = {ChooseService: ServiceChosen(chosen), **(answers or {})}
    others = ours.presses_on(given)

    def script(step: Step[Any]) -> object:
        if isinstance(step, Finished | ShowSettled) and step.survey:
            return SurveyWished()
        return others(step)

    return ours.play_told(_visit(Facilities(survey=True)), {}, script)


_SURVEY = ["FetchSurvey", "Choose", "Choose", "SendSurvey", "Finished"]


def test_h40_good_ending_offers_the_survey_once_and_nobody_is_asked_again() -> None:
    played = _ends()

    assert played.names[-6:] == ["Finished", *_SURVEY]
    shown = [step.survey for step in played.steps if isinstance(step, Finished)]
    assert shown == [True, False]


def test_h40_paid_bill_offers_the_survey_too() -> None:
    played = _ends(chosen="pay")

    at = played.names.index("ShowSettled")
    assert played.names[at : at + 6] == ["ShowSettled", *_SURVEY]


def test_h40_survey_from_the_menu_is_not_offered_again_at_its_end() -> None:
    played = _ends(chosen="survey")

    assert played.names[-5:] == _SURVEY
    assert [step.survey for step in played.steps if isinstance(step, Finished)] == [False]


def test_h40_where_nobody_wants_to_know_there_is_no_button() -> None:
    played = ours.play_told(_visit(), {}, _CHOOSES)

    assert [step.survey for step in played.steps if isinstance(step, Finished)] == [False]
    page = Finished(title="", hint="", icon="")
    assert page.touched(Touch("survey")) is None
    assert replace(page, survey=True).touched(Touch("survey")) == SurveyWished()


def test_h40_who_walks_away_from_the_survey_has_left() -> None:
    def script(step: Step[Any]) -> object:
        if isinstance(step, Finished):
            return SurveyWished()
        return Reason.IDLE if isinstance(step, Choose) else _CHOOSES(step)

    played = ours.play_told(_visit(Facilities(survey=True)), {}, script)

    assert played.names[-2:] == ["FetchSurvey", "Choose"]
    assert played.abandoned is Reason.IDLE


@pytest.mark.parametrize("beside", [StaffShown("3001"), StaffShown("3002")])
def test_badge_that_is_shown_twice_disturbs_no_page_beside_the_visit(beside: StaffShown) -> None:
    chosen = ServiceChosen("register_medium")
    home = _in_turn(ChooseService, [StaffShown("3001"), chosen], _pressing)
    pages = _in_turn(Show, [beside, Pressed("agree")], home)

    played = ours.play_told(_visit(), {}, pages)

    assert played.names.count("BeginAssistance") == 1
    assert played.names[2:5] == ["FetchConsentTexts", "Show", "Show"]
