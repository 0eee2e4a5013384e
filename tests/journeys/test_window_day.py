"""A window's day: the exact steps of sign-in, drawer and count, and what bad paths do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cashier.journeys.day.closing import close_drawer, hand_over
from cashier.journeys.day.drawer import begin_day, shift_sheet
from cashier.journeys.day.no_sale import no_sale
from cashier.journeys.day.sign_on import sign_in
from cashier.journeys.shift import shift
from cashier.steps import Credentials, Desk, Lock
from cashier.steps.sheet import WorkSheet
from core.audit import AuditEvent
from core.flow import Reason
from core.ports import DeviceTrouble, Done, DrawerSeen, NotSent, Refused, Unknown
from core.shifts import HandedOver, Shifts
from core.steps import JournalBroken, Leave
from core.steps.drawer import LookAtDrawer, OpenDrawer
from core.steps.media import NoteAudit
from core.steps.window_day import CloseShift, FetchShift, HandOverShift
from core.window_steps import Queue
from tests.helpers.driver import play
from tests.helpers.window_day_script import (
    CLOSED,
    DESK,
    ME,
    OPEN,
    RIGHT,
    answers,
    counted,
    pressed,
    titles,
    troubles,
)

# --- who sits there


def test_sign_in_is_written_down_without_a_password() -> None:
    played = play(sign_in(), answers(Credentials("2107", "secret"), SignInOperator=ME))

    assert played.names == ["LookAtDrawer", "SignIn", "SignInOperator", "NoteAudit"]
    assert "secret" not in repr(played.steps)


def test_wrong_password_is_told_and_asked_again() -> None:
    given = Credentials("2107", "wrong")
    replies = [Refused("wrong_password"), Refused("locked"), ME]
    played = play(sign_in(), answers(given, given, given, SignInOperator=replies))

    assert [getattr(ask, "trouble", None) for ask in played.asks] == [
        "",
        "wrong_password",
        "locked",
    ]
    refused = [s.event for s in played.steps if isinstance(s, NoteAudit)]
    assert refused.count(AuditEvent.OPERATOR_REFUSED) == 2


def test_expired_password_is_chosen_anew_right_there_and_signs_in() -> None:
    played = play(
        sign_in(),
        answers(
            Credentials("2107", "old"),
            pressed("choose", new="New-1234", again="New-4321"),
            pressed("choose", new="New-1234", again="New-1234"),
            SignInOperator=[Refused("password_expired"), ME],
            ChooseOwnPassword=Done(),
        ),
    )

    assert played.end == ME
    assert troubles(played) == ["", "passwords_differ"]
    (_, again) = [s for s in played.steps if type(s).__name__ == "SignInOperator"]
    assert getattr(again, "password", "") == "New-1234"


def test_drawer_that_was_left_open_is_said_before_anybody_signs_in() -> None:
    played = play(
        sign_in(),
        answers(Credentials("2107", "x"), LookAtDrawer=DrawerSeen(True), SignInOperator=ME),
    )

    assert played.names[:3] == ["LookAtDrawer", "NoteAudit", "SignIn"]
    assert getattr(played.asks[0], "trouble", "") == "drawer_open"


@pytest.mark.parametrize("end", [Lock(), Reason.IDLE, Reason.SHUTDOWN])
def test_however_a_shift_ends_its_session_is_over(end: object) -> None:
    played = play(
        shift(),
        answers(
            Credentials("2107", "x"),
            end,
            SignInOperator=ME,
            FetchShift=OPEN,
            FetchQueue=Queue(()),
            FetchOperator=ME,
            SignOutOperator=NotSent("backend_silent"),
        ),
    )

    assert played.names[-1] == "SignOutOperator"
    assert isinstance(played.asks[-1], Desk)


# --- the drawer


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (OPEN, ""),
        (replace(OPEN, must_close=True), "shift_over_month_end"),
        (replace(OPEN, operator="2101"), "drawer_of_other"),
        (Unknown("backend_silent"), ""),
    ],
)
def test_desk_says_what_is_wrong_with_the_drawer(told: object, message: str) -> None:
    assert play(begin_day(ME), answers(FetchShift=told)).end == message


def test_nobody_but_a_cashier_is_asked_for_a_float() -> None:
    supervisor = replace(ME, roles=("supervisor",))

    assert play(begin_day(supervisor), answers()).names == []


def test_float_is_counted_and_the_shift_opened() -> None:
    played = play(
        begin_day(ME),
        answers(
            pressed("count"),
            counted(20_000),
            RIGHT,
            pressed("done"),
            FetchShift=Refused("no_shift"),
            OpenShift=OPEN,
        ),
    )

    assert played.names == [
        *("FetchShift", "WorkSheet", "WorkSheet", "WorkSheet", "OpenShift", "WorkSheet"),
    ]
    assert getattr(played.steps[4], "float_fen", 0) == 20_000


def test_opening_whose_answer_was_lost_is_looked_at_and_not_done_twice() -> None:
    played = play(
        begin_day(ME),
        answers(
            pressed("count"),
            counted(20_000),
            RIGHT,
            pressed("done"),
            FetchShift=[Refused("no_shift"), OPEN],
            OpenShift=Unknown("backend_silent"),
        ),
    )

    assert played.names.count("OpenShift") == 1
    assert titles(played)[-1] == "The shift is open"


def test_page_of_an_open_drawer_names_no_cash_that_was_taken() -> None:
    page = shift_sheet(DESK, OPEN)

    shown = repr(page)
    assert "7700" in shown
    assert not any(amount in shown for amount in ("5000)", "25000"))


def test_drawer_of_another_cashier_can_only_be_looked_at() -> None:
    page = shift_sheet(DESK, replace(OPEN, operator="2101"))

    assert [action.word for action in page.actions if not action.off] == ["earlier"]


# --- the count


def test_count_is_on_disk_before_anything_expected_is_shown() -> None:
    played = play(
        close_drawer(DESK, OPEN),
        answers(
            counted(24_000),
            RIGHT,
            pressed("end", explanation="not known"),
            pressed("done"),
            FetchShift=OPEN,
            CloseShift=CLOSED,
        ),
    )

    assert played.names == [
        *("NoteAudit", "OpenDrawer", "WorkSheet", "WorkSheet", "NoteAudit", "FetchShift"),
        *("WorkSheet", "CloseShift", "document.intend", "document.start", "PrintSlip"),
        *("document.finish", "WorkSheet"),
    ]
    assert "25000" not in repr(played.steps[:5])
    assert played.end == CLOSED


def test_answer_that_was_lost_is_asked_for_with_the_very_same_count() -> None:
    """A power cut of the line between the count and the close."""
    explained = pressed("end", explanation="a coin rolled away")
    played = play(
        close_drawer(DESK, OPEN),
        answers(
            counted(24_990),
            RIGHT,
            explained,
            explained,
            pressed("done"),
            FetchShift=OPEN,
            FetchMyShifts=NotSent("backend_silent"),
            CloseShift=[Unknown("backend_silent"), CLOSED],
        ),
    )

    first, second = (s for s in played.steps if isinstance(s, CloseShift))
    assert first == second
    assert played.end == CLOSED


@pytest.mark.parametrize("told", [Unknown("backend_silent"), Refused("not_open")])
def test_drawer_that_was_closed_after_all_shows_its_sheet(told: object) -> None:
    played = play(
        close_drawer(DESK, OPEN),
        answers(
            counted(25_000),
            RIGHT,
            pressed("end"),
            pressed("done"),
            FetchShift=OPEN,
            FetchMyShifts=Shifts((CLOSED,)),
            CloseShift=told,
        ),
    )

    assert played.end == CLOSED
    assert titles(played)[-1] == "Sheet of the shift"


def test_difference_needs_words_and_above_the_limit_a_second_person() -> None:
    played = play(
        close_drawer(DESK, OPEN),
        answers(
            counted(5_000),
            RIGHT,
            pressed("end", explanation="stolen"),
            pressed("end", explanation="stolen", second_operator="2102", second_password="p"),
            pressed("done"),
            FetchShift=OPEN,
            CloseShift=[Refused("second_person_needed"), CLOSED],
        ),
    )

    first, second = (step for step in played.asks[2:4] if isinstance(step, WorkSheet))
    assert [field.name for field in first.fields] == ["explanation"]
    assert [field.name for field in second.fields] == [
        "explanation",
        "second_operator",
        "second_password",
    ]
    assert second.fields[0].value == "stolen"
    told = [step for step in played.steps if isinstance(step, CloseShift)]
    assert "second_password" not in repr(told)


def test_drawer_that_agrees_asks_nobody_why() -> None:
    played = play(
        close_drawer(DESK, OPEN),
        answers(counted(25_000), RIGHT, Leave(), FetchShift=OPEN),
    )

    page = played.asks[-1]
    assert isinstance(page, WorkSheet)
    assert page.fields == ()
    assert played.end is None


def test_broken_journal_shows_nothing_and_closes_nothing() -> None:
    played = play(
        close_drawer(DESK, OPEN),
        answers(
            pressed("done"), counted(25_000), RIGHT, pressed("done"), NoteAudit=JournalBroken()
        ),
    )

    assert troubles(played)[-1] == "journal_broken"
    assert not any(isinstance(step, FetchShift | CloseShift | OpenDrawer) for step in played.steps)


def test_two_people_count_and_the_cash_is_handed_over_once() -> None:
    handed = replace(CLOSED, state="HANDED_OVER")
    opened = replace(OPEN, shift_id="H2", operator="2101", float_fen=25_000)
    played = play(
        hand_over(DESK, OPEN),
        answers(
            *(counted(25_000), RIGHT, counted(24_000), RIGHT, pressed("done")),
            *(counted(25_000), RIGHT, counted(25_000), RIGHT),
            pressed("end", to_operator="2101", to_password="p"),
            pressed("done"),
            FetchShift=OPEN,
            HandOverShift=HandedOver(handed, opened),
        ),
    )

    assert played.end is True
    (step,) = (s for s in played.steps if isinstance(s, HandOverShift))
    assert (step.to_operator, step.count.counted_fen) == ("2101", 25_000)
    assert "counts_differ" in troubles(played)


@pytest.mark.parametrize("reason", list(Reason))
def test_count_that_is_abandoned_closes_nothing(reason: Reason) -> None:
    good = (counted(25_000), RIGHT, pressed("end"))
    for number in range(len(good)):
        played = play(
            close_drawer(DESK, OPEN),
            answers(*good[:number], reason, FetchShift=OPEN, CloseShift=CLOSED),
        )
        assert played.abandoned is reason
        assert not any(isinstance(step, CloseShift) for step in played.steps)


# --- the drawer without a sale


def test_no_sale_is_on_disk_before_the_drawer_springs_open() -> None:
    played = play(no_sale(DESK), answers(pressed("open", why="change"), pressed("done")))

    assert played.names == [
        *("WorkSheet", "NoteAudit", "OpenDrawer", "LookAtDrawer", "WorkSheet", "LookAtDrawer"),
    ]
    (audit,) = (step for step in played.steps if isinstance(step, NoteAudit))
    assert dict(audit.facts) == {"why": "no_sale", "operator": "2107", "note": "change"}


@pytest.mark.parametrize(
    ("told", "trouble"),
    [
        (DeviceTrouble("receipt_printer", "paper_out"), "paper_out"),
        (Unknown("timeout"), "drawer_unsure"),
    ],
)
def test_drawer_that_did_not_open_is_told(told: object, trouble: str) -> None:
    played = play(no_sale(DESK), answers(pressed("open", why="change"), Leave(), OpenDrawer=told))

    assert troubles(played) == ["", trouble]


def test_drawer_that_is_left_open_is_told_at_the_desk() -> None:
    stands = DrawerSeen(True)
    played = play(
        no_sale(DESK), answers(pressed("open", why="x"), pressed("done"), LookAtDrawer=stands)
    )

    assert played.end == "drawer_open"
    assert any(isinstance(step, LookAtDrawer) for step in played.steps)
