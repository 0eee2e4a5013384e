"""The technician's journeys: who comes in, what each wish leads to, how a box is counted blind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from core.flow import Reason, Step, Touch
from core.ports import HealthCardPresent, Refused, TagRead
from core.steps import JournalBroken, Leave, Recorded
from core.upkeep.cash_box import Batch, BlindCount
from core.upkeep.checks import CheckRecord
from core.upkeep.devices import DeviceHistory
from core.upkeep.steps import (
    CheckOffer,
    CountAgreed,
    CountsDiffer,
    DeviceView,
    FindRecords,
    FirstCount,
    JournalLine,
    JournalPage,
    LogPage,
    LookAtMachine,
    MachineView,
    PlaceSticker,
    ProbeSite,
    ReadLog,
    RecordCount,
    RunCheck,
    SignInTechnician,
    SiteReport,
    Technician,
)
from diagnostics.journeys.session import NOTHING_KNOWN, session
from diagnostics.steps import (
    CardHeld,
    CountBatch,
    Counted,
    CountNotes,
    Credentials,
    FoundLog,
    FoundRecords,
    LookAgain,
    Named,
    Open,
    Section,
    SignIn,
    TagHeld,
    Work,
)
from tests.helpers.driver import Played, play

ME = Technician("T007", "Zhou")
CHECK = CheckRecord("pos", "line", "passed", "", (), "T007")
POS = DeviceView("pos", "tcp:x", DeviceHistory("pos", "ok"), (CheckOffer("line"),))
SEALED = Batch(1, [], "2026-11-22T01:00:00+00:00")
VIEW = MachineView((POS,), (), (), (), (), (SEALED,), (), (), ())
TEN = ((10_000, 10), (5_000, 0), (2_000, 0), (1_000, 0), (500, 0), (100, 0))
LINES = (JournalLine(41, "2026-11-22T01:00:00+00:00", "audit.consumed", "", "item=card"),)
Answers = Mapping[type[Step[Any]], object]
_ANSWERS: Answers = {
    LookAtMachine: VIEW,
    RunCheck: CHECK,
    ProbeSite: SiteReport(()),
    FindRecords: JournalPage(LINES, True),
    ReadLog: LogPage(("a line",)),
    PlaceSticker: Recorded(),
    SignInTechnician: ME,
}


def run(
    wishes: list[object],
    answers: Answers | None = None,
    technician: Technician | None = ME,
    *,
    by_name: bool = False,
) -> Played[None]:
    """The wishes answer Asks in order, then the technician leaves; an iterator answers in turn."""
    table = {**_ANSWERS, **(answers or {})}
    turns: Iterator[object] = iter([*wishes, *[Leave()] * 10])

    def answer(step: Step[Any]) -> object:
        if isinstance(step, SignIn | Work | CountNotes):
            return next(turns)
        found = table[type(step)]
        return next(found) if isinstance(found, Iterator) else found

    return play(session(technician, by_name=by_name), answer)


def last_work(played: Played[None]) -> Work:
    return [step for step in played.steps if isinstance(step, Work)][-1]


# --- who ------------------------------------------------------------------------------------


def test_wrong_pin_is_told_and_asked_again() -> None:
    answers: Answers = {SignInTechnician: iter([Refused("bad_pin"), ME])}
    played = run([Credentials("26", "1"), Credentials("26", "2")], answers, None)
    assert played.steps[2] == SignIn("26", "bad_pin")
    assert last_work(played).technician == ME


def test_card_that_is_inserted_fills_the_number() -> None:
    played = run([CardHeld("26"), Credentials("26", "2")], technician=None)
    assert played.steps[1] == SignIn("26")
    assert SignIn().heard(HealthCardPresent("04", "26")) == CardHeld("26")


def test_card_that_stays_is_no_news_to_the_next_question() -> None:
    assert SignIn("26", "bad_pin").heard(HealthCardPresent("04", "26")) is None


def test_leaving_the_sign_in_opens_nothing() -> None:
    assert run([Leave()], technician=None).names == ["SignIn"]


def test_pin_never_stands_in_a_log() -> None:
    assert "4711" not in repr(Credentials("26", "4711"))
    assert "4711" not in repr(SignInTechnician("26", "4711"))


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize(
    "wishes",
    [[], [CountBatch(1)], [CountBatch(1), Counted("S", TEN)]],
    ids=["work", "counting", "second person"],
)
def test_any_question_abandoned_ends_the_session(wishes: list[object], reason: Reason) -> None:
    played = run([*wishes, reason], {RecordCount: FirstCount()})
    assert played.abandoned is reason


# --- work -----------------------------------------------------------------------------------


def test_check_is_run_in_his_name_and_shown_with_a_fresh_look() -> None:
    played = run([RunCheck("pos", "line", "T007")])
    assert played.names == ["LookAtMachine", "Work", "RunCheck", "LookAtMachine", "Work"]
    told = last_work(played).told
    assert told is not None
    assert told.outcome == CHECK


def test_result_stays_when_a_device_changes_and_goes_with_the_section() -> None:
    played = run([RunCheck("pos", "line", "T007"), LookAgain(), Open(Section.CHECKS)])
    works = [step for step in played.steps if isinstance(step, Work)]
    assert works[-2].told is not None
    assert works[-1].told is None


@pytest.mark.parametrize(
    ("section", "act"),
    [(Section.JOURNAL, FindRecords), (Section.LOG, ReadLog), (Section.SITE, ProbeSite)],
)
def test_section_with_measured_content_asks_for_it(section: Section, act: type[Step[Any]]) -> None:
    played = run([Open(section)])
    assert isinstance(played.steps[2], act)
    assert last_work(played).found is not None


def test_older_records_continue_where_the_page_ended() -> None:
    played = run([Open(Section.JOURNAL), FindRecords("card", "audit.")])
    found = last_work(played).found
    assert isinstance(found, FoundRecords)
    work = last_work(played)
    assert work.touched(Touch("older")) == FindRecords("card", "audit.", 41)


def test_log_is_kept_with_what_was_asked() -> None:
    played = run([Open(Section.LOG), ReadLog("pos")])
    assert last_work(played).found == FoundLog(ReadLog("pos"), LogPage(("a line",)))


def test_broken_journal_keeps_the_last_view_and_says_so() -> None:
    played = run([LookAgain()], {LookAtMachine: iter([VIEW, JournalBroken()])})
    assert last_work(played).view == VIEW
    assert last_work(played).journal_broken


def test_journal_broken_from_the_start_still_opens() -> None:
    work = last_work(run([Open(Section.SITE)], {LookAtMachine: JournalBroken()}))
    assert work.view == NOTHING_KNOWN
    assert work.found == SiteReport(())


def test_refused_measurement_is_told() -> None:
    told = last_work(run([Open(Section.SITE)], {ProbeSite: Refused("deadline")})).told
    assert told is not None
    assert told.outcome == Refused("deadline")


def test_tag_is_heard_in_its_section_only() -> None:
    tag = TagRead("04AB", "")
    assert Work(ME, VIEW, Section.STICKERS).heard(tag) == TagHeld("04AB")
    assert Work(ME, VIEW, Section.SITE).heard(tag) is None


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("open", "nowhere"),
        ("open", "device/toaster"),
        ("check", "pos/explode"),
        ("check", "toaster/line"),
        ("loop", "card"),
        ("accept", "pos"),
        ("refill", "card/5"),
        ("count", "2"),
        ("count", "x"),
        ("place", "\x1f04AB"),
        ("place", "Window 07\x1f"),
        ("take_off", "Window 07"),
        ("older", ""),
        ("problem", " \x1f"),
        ("problem", "broken\x1fno picture!"),
        ("nonsense", ""),
    ],
)
def test_touch_that_means_nothing_here_is_no_answer(word: str, value: str) -> None:
    assert Work(ME, VIEW).touched(Touch(word, value)) is None


# --- counting -------------------------------------------------------------------------------

ALONE: list[object] = [CountBatch(1), Counted("S-1", TEN)]


def test_two_people_count_one_after_the_other() -> None:
    answers: Answers = {
        RecordCount: iter([FirstCount(), CountAgreed(())]),
        SignInTechnician: Technician("T003", "Li"),
    }
    played = run([*ALONE, Credentials("27", "1"), Counted("S-1", TEN)], answers)
    counts = [step for step in played.steps if isinstance(step, RecordCount)]
    assert [one.person for one in counts] == ["T007", "T003"]
    assert dict(counts[1].counts) == dict(TEN)
    told = last_work(played).told
    assert told is not None
    assert told.outcome == CountAgreed(())


def test_second_count_sees_the_seal_and_no_number() -> None:
    answers: Answers = {RecordCount: iter([FirstCount(), CountsDiffer()])}
    played = run([*ALONE, Named("Li"), Counted("S-1", TEN)], answers, by_name=True)
    asked = [step for step in played.steps if isinstance(step, CountNotes)]
    assert asked == [CountNotes("T007", 1), CountNotes("Li", 1, "S-1")]


def test_first_person_cannot_be_the_second() -> None:
    answers: Answers = {RecordCount: iter([FirstCount(), CountAgreed(())])}
    played = run([*ALONE, Credentials("26", "1")], answers)
    assert SignIn("26", "same_person", second=True) in played.steps
    assert sum(isinstance(step, RecordCount) for step in played.steps) == 1


def test_first_count_stays_when_nobody_else_comes() -> None:
    told = last_work(run([*ALONE, Leave()], {RecordCount: FirstCount()})).told
    assert told is not None
    assert told.outcome == FirstCount()


def test_who_counted_yesterday_needs_another_person_today() -> None:
    counted = Batch(1, [], SEALED.sealed_at, "S-1", [BlindCount("T007", dict(TEN), "")])
    view = MachineView((), (), (), (), (), (counted,), (), (), ())
    played = run([CountBatch(1), Leave()], {LookAtMachine: view})
    assert played.steps[2] == SignIn(second=True)


def test_count_needs_a_seal_and_a_number_for_each_denomination() -> None:
    ask = CountNotes("T007", 1)
    good = "S-1\x1f10\x1f0\x1f0\x1f0\x1f0\x1f0"
    assert ask.touched(Touch("counted", good)) == Counted("S-1", TEN)
    for bad in ("\x1f" + good.partition("\x1f")[2], "S-1\x1f10", good + "x", good + "99999"):
        assert ask.touched(Touch("counted", bad)) is None
