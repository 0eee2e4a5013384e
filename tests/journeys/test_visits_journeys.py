"""Registering, booking, checking in, exam times, the survey: sequences and bad paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from core import steps
from core.flow import Act, Reason, Step
from core.identity import Medium, MediumKind
from core.papers import SlipPrint
from core.phrase import said
from core.ports import NotSent, Refused, Unknown
from core.slips import WrittenSlip
from core.steps.papers import CountSlipPrint
from core.steps.visits import (
    BookExam,
    BookVisit,
    CheckIn,
    CollectBooking,
    FetchExamOrders,
    FetchGuide,
    FetchVisits,
    SendSurvey,
)
from core.visit_slips import exam_slip, guide_slip, station_state
from core.visits import ExamOrders, SurveyAnswer, Visits, VisitState
from core.wording import wording
from kiosk.journeys.identify import Identified
from kiosk.journeys.visits import places
from kiosk.steps import Back, ShowTrouble, Typed
from kiosk.steps.pages import Choose, Chosen, Finished, Pressed, Show, TypeIn
from tests.helpers import journey_stories as stories
from tests.helpers import people
from tests.helpers import stories_visits as ours
from tests.helpers.driver import Played, play
from tests.helpers.explore import Story, explore
from tests.helpers.told import told_visits as told
from tests.helpers.world import Script, World

_WHO = ["Identify", "FindPatient"]
_SLIP = ["document.intend", "document.start", "PrintSlip", "document.finish"]
_CODED = ["CountSlipPrint", *_SLIP]
_SEQUENCES = {
    "book": [
        *(*_WHO, "FetchDay", "Choose", "FetchDay", "Choose", "Choose", "Show", "BookVisit"),
        *(*_SLIP, "Finished"),
    ],
    "collect_booking": [
        *(*_WHO, "FetchDay", "FetchVisits", "Choose", "CollectBooking", "settled", *_SLIP),
        *("FetchGuide", *_CODED, "FetchDeferral", "Finished"),
    ],
    "check_in": [*_WHO, "FetchDay", "FetchVisits", "FetchExamOrders", "CheckIn", "Finished"],
    "where_next": [*_WHO, "FetchDay", "FetchVisits", "FetchGuide", *_CODED, "Finished"],
    "book_exam": [
        *(*_WHO, "FetchExamOrders", "Choose", "FetchExamSessions", "Choose", "Show", "BookExam"),
        *(*_CODED, "Finished"),
    ],
    "survey": ["FetchSurvey", "Choose", "Choose", "SendSurvey", "Finished"],
}


def run(
    story: Story,
    instead: Mapping[type[Any], object] | None = None,
    script: Script | None = None,
) -> tuple[World, Played[Any]]:
    """Play it; `instead`: what the backend answers otherwise."""
    world = World(script or story.script)
    other = instead or {}

    def answer(step: Step[Any]) -> object:
        reply = world.answer(step)
        return other.get(type(step), reply) if isinstance(step, Act) else reply

    return world, play(story.begin(), answer)


def outline(names: list[str]) -> list[str]:
    """The same, with all of a settlement as one word."""
    if "settle.intend" not in names:
        return names
    first, end = names.index("settle.intend"), names.index("settle.finish")
    return [*names[:first], "settled", *names[end + 1 :]]


def last(played: Played[Any]) -> object:
    """The page that the patient left."""
    return played.asks[-1]


@pytest.mark.parametrize("story", ours.STORIES, ids=[story.name for story in ours.STORIES])
def test_good_visit_story_is_exactly_this_sequence(story: Story) -> None:
    _, played = story.run({})
    assert outline(played.names) == _SEQUENCES[story.name]


@pytest.mark.slow
@pytest.mark.parametrize("story", ours.STORIES, ids=[story.name for story in ours.STORIES])
def test_visit_journey_under_any_fault_keeps_every_rule(story: Story) -> None:
    assert list(explore(story, 1)) == []


@pytest.mark.parametrize("story", ours.STORIES, ids=[story.name for story in ours.STORIES])
@pytest.mark.parametrize("reason", list(Reason))
def test_any_page_of_a_visit_can_be_abandoned(story: Story, reason: Reason) -> None:
    _, good = story.run({})
    for number in range(len(good.asks)):
        seen = iter(range(len(good.asks) + 9))

        def script(step: Step[Any], at: int = number, count: Iterator[int] = seen) -> object:
            return reason if next(count) == at else story.script(step)

        world, played = story.run({}, script)
        assert played.abandoned is reason
        assert not [one for one in world.operations().values() if one.open]


@pytest.mark.parametrize(
    ("story", "act", "reason"),
    [
        (ours.BOOK, BookVisit, "too_many_missed"),
        (ours.BOOK, BookVisit, "not_in_use_here"),
        (ours.COLLECT_BOOKING, CollectBooking, "appointment_over"),
        (ours.CHECK_IN, CheckIn, "not_today"),
        (ours.CHECK_IN, CheckIn, "too_late"),
        (ours.CHECK_IN, CheckIn, "already_seen"),
        (ours.BOOK_EXAM, BookExam, "sold_out"),
    ],
)
def test_refusal_says_why_and_what_to_do(story: Story, act: type[Act[Any]], reason: str) -> None:
    _, played = run(story, {act: Refused(reason)})
    page = last(played)
    assert isinstance(page, ShowTrouble)
    assert (page.reason, page.money) == (reason, "untouched")


@pytest.mark.parametrize(
    ("story", "act"), [(ours.BOOK, BookVisit), (stories.REGISTER, steps.RegisterVisit)]
)
def test_w38_person_without_a_name_is_told_to_register_first(
    story: Story, act: type[Act[Any]]
) -> None:
    _, played = run(story, {act: Refused("real_name_needed")})
    page = last(played)
    assert isinstance(page, ShowTrouble)
    assert wording(page.reason).advice == "Please register with your ID card first."


@pytest.mark.parametrize(
    ("story", "act", "reason"),
    [(ours.BOOK, BookVisit, "booking_unknown"), (ours.BOOK_EXAM, BookExam, "exam_unknown")],
)
def test_lost_answer_is_not_called_a_booking(
    story: Story, act: type[Act[Any]], reason: str
) -> None:
    world, played = run(story, {act: Unknown("timeout")})
    page = last(played)
    assert isinstance(page, ShowTrouble)
    assert page.reason == reason
    assert world.printer.paper == []


def test_s31_unpaid_booked_place_stays_booked() -> None:
    script = stories.patient({steps.ConfirmQuote: steps.Leave()})
    _, played = ours.COLLECT_BOOKING.run({}, script)
    assert "CancelRegistration" not in played.names
    assert played.names[-2:] == ["CancelSettlement", "settle.return"]


def test_n26_place_that_was_paid_on_a_phone_is_only_printed() -> None:
    paid = replace(people.REGISTRATION, queue_number="A012")
    _, played = run(ours.COLLECT_BOOKING, {CollectBooking: paid})
    assert "OpenSettlement" not in played.names
    assert played.names[-6:] == [*_CODED, "Finished"]


def test_booking_of_another_day_is_shown_and_cannot_be_collected() -> None:
    coming = Visits((told.summary("R9", VisitState.BOOKED, "2026-01-07"),))
    _, played = run(ours.COLLECT_BOOKING, {FetchVisits: coming})
    page = last(played)
    assert isinstance(page, Choose)
    assert [bool(option.off) for option in page.options] == [True]


def test_nobody_booked_is_told_what_to_do_instead() -> None:
    _, played = run(ours.COLLECT_BOOKING, {FetchVisits: Visits(())})
    page = last(played)
    assert isinstance(page, Finished)
    assert page.title == said("No place is booked for you")


def test_n23_slip_checks_in_without_asking_who_it_is() -> None:
    slip = steps.MediumShown(Medium(MediumKind.SLIP, "ZF1.V.V1.AAAA"), None, None)
    script = stories.patient({steps.Identify: slip})
    world, played = ours.CHECK_IN.run({}, script)
    assert played.names == ["Identify", "CheckIn", "Finished"]
    assert world.acts == [CheckIn(slip_text="ZF1.V.V1.AAAA")]


def test_unpaid_and_coming_places_say_what_to_do_first() -> None:
    visits = Visits(
        (
            told.summary("R1", VisitState.BOOKED),
            told.summary("R2", VisitState.CONFIRMED, "2026-01-07"),
        )
    )
    instead = {FetchVisits: visits, FetchExamOrders: ExamOrders(())}
    _, played = run(ours.CHECK_IN, instead)
    page = last(played)
    assert isinstance(page, Finished)
    assert [row.note for row in page.rows] == [
        said("Please collect the slip and pay the fee first"),
        said("Please come again on this day"),
    ]


def test_two_things_of_today_are_asked_about() -> None:
    order = replace(told.ORDER, appointment=told.APPOINTMENT)
    _, played = run(ours.CHECK_IN, {FetchExamOrders: ExamOrders((order,))})
    assert played.names[-3:] == ["Choose", "CheckIn", "Finished"]


def test_called_patient_is_told_to_go_in() -> None:
    _, played = run(ours.CHECK_IN, {CheckIn: replace(told.TICKET, state="CALLED")})
    page = last(played)
    assert isinstance(page, Finished)
    assert page.title == said("You have been called")


def test_h17_booked_exam_is_moved_printed_again_or_given_back() -> None:
    order = replace(told.ORDER, appointment=told.APPOINTMENT)
    booked = {FetchExamOrders: ExamOrders((order,))}
    for word, names in {
        "print": ["Show", *_CODED, "Finished"],
        "cancel": ["Show", "Show", "CancelExam", "Finished"],
    }.items():
        _, played = run(ours.BOOK_EXAM, booked, stories.patient({Show: Pressed(word)}))
        assert played.names[4:] == names
    words = iter(("move", "book"))

    def mover(step: Step[Any]) -> object:
        return Pressed(next(words)) if isinstance(step, Show) else ours.BOOK_EXAM.script(step)

    _, played = run(ours.BOOK_EXAM, booked, mover)
    assert played.names[4:9] == ["Show", "FetchExamSessions", "Choose", "Show", "BookExam"]


def test_h17_slip_says_time_place_and_preparation() -> None:
    slip = exam_slip("王*国", told.APPOINTMENT)
    assert slip.slip == told.APPOINTMENT.slip
    assert slip.pairs[2][1] == told.APPOINTMENT.session.place
    assert slip.lines[0] == said("Before you come: {text}", text=told.APPOINTMENT.preparation)


@pytest.mark.parametrize(
    ("counted", "is_copy", "has_code"),
    [
        (SlipPrint(told.APPOINTMENT.slip, 1, None, ""), False, True),
        (SlipPrint(told.APPOINTMENT.slip, 2, people.DEPARTMENT.name, ""), True, True),
        (NotSent("backend_silent"), False, False),
        (Refused("slip.printed_enough"), False, False),
    ],
)
def test_each_print_of_a_code_is_counted_and_marked(
    counted: object, is_copy: bool, has_code: bool
) -> None:
    world, _ = run(ours.BOOK_EXAM, {CountSlipPrint: counted})
    (slip,) = (one for one in world.printer.paper if isinstance(one, WrittenSlip))
    assert (slip.is_copy, slip.slip is not None) == (is_copy, has_code)


def test_n24_guide_slip_has_number_stations_and_amount_states() -> None:
    slip = guide_slip("王*国", told.GUIDE)
    assert slip.big == said("Your number: {number}", number="A012")
    states = [station_state(station) for station in told.GUIDE.stations]
    assert states == [said("paid"), said("to be paid")]
    assert slip.slip is not None
    assert len(slip.lines) == 1 + 3 + 2


def test_paid_registration_without_a_guide_is_still_registered() -> None:
    _, played = run(stories.REGISTER, {FetchGuide: NotSent("backend_silent")})
    page = last(played)
    assert isinstance(page, Finished)
    assert (page.title, page.printed) == (said("You are registered"), False)


def test_patient_without_a_visit_today_is_told_what_to_do() -> None:
    _, played = run(ours.WHERE_NEXT, {FetchVisits: Visits(())})
    page = last(played)
    assert isinstance(page, Finished)
    assert page.title == said("You have no visit today")


def test_two_visits_of_a_day_are_asked_about() -> None:
    both = Visits(tuple(told.summary(one, VisitState.CONFIRMED) for one in ("R1", "R2")))
    _, played = run(ours.WHERE_NEXT, {FetchVisits: both})
    assert played.names[4:6] == ["Choose", "FetchGuide"]


def test_department_is_found_by_a_part_of_its_name_or_its_doctors() -> None:
    both = (people.DEPARTMENT, replace(people.DEPARTMENT, code="02", name=people.DOCTOR.room))
    assert [one.code for one in places.found(both, "MEDI")] == ["01"]
    assert [one.code for one in places.found(both, "李")] == ["01", "02"]
    assert places.found(both, "xyz") == ()


def test_search_finds_nothing_then_shows_all_again() -> None:
    answers: list[object] = [
        *(Chosen("search"), Typed("xyz"), Back(), Chosen("search"), Back(), Chosen("search")),
        *(Typed("内"), Chosen("all"), Chosen("01"), Back(), Chosen("01"), Chosen("S1")),
    ]

    def script(step: Step[Any]) -> object:
        if isinstance(step, Choose | TypeIn):
            return answers.pop(0)
        return stories.REGISTER.script(step)

    _, played = run(stories.REGISTER, script=script)
    pages = [ask for ask in played.asks if isinstance(ask, Choose)]
    assert [len(page.options) for page in pages[:3]] == [2, 1, 2]
    assert "RegisterVisit" in played.names
    assert answers == []


def test_doctor_without_places_cannot_be_chosen() -> None:
    full = replace(people.DEPARTMENT, doctors=(replace(people.DOCTOR, remaining=0),))
    who = Identified(people.PATIENT, None)
    assert places.doctors_page(who, full, "").options[0].off == said("No places left")
    assert places.departments_page(who, (full,), "", "").options[0].off == said("No places left")


def test_h40_survey_is_anonymous_and_any_question_may_be_skipped() -> None:
    answers = iter((Chosen("skip"), Back(), Chosen("2"), Chosen("5")))

    def script(step: Step[Any]) -> object:
        return next(answers) if isinstance(step, Choose) else ours.SURVEY.script(step)

    world, _ = ours.SURVEY.run({}, script)
    sent = [act for act in world.acts if isinstance(act, SendSurvey)]
    assert sent == [SendSurvey("2026-01", (SurveyAnswer("easy", 2), SurveyAnswer("fast", 5)))]


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        (Chosen("skip"), ["FetchSurvey", "Choose", "Choose", "Finished"]),
        (steps.Leave(), ["FetchSurvey", "Choose"]),
        (Back(), ["FetchSurvey", "Choose"]),
    ],
)
def test_h40_survey_that_is_not_answered_sends_nothing(answer: object, names: list[str]) -> None:
    _, played = ours.SURVEY.run({}, stories.patient({Choose: answer}))
    assert played.names == names


@pytest.mark.parametrize("story", [ours.BOOK, ours.BOOK_EXAM])
def test_slips_carry_no_full_name(story: Story) -> None:
    world, _ = story.run({})
    slips = [content for content in world.printer.paper if isinstance(content, WrittenSlip)]
    assert [slip.display_name for slip in slips] == ["王*国"]
