"""Stays and claims: exact sequences, what is refused, and every fault one deep."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.claims import ClaimMode
from core.flow import Act, Reason, Step
from core.inpatient import Admissions, Allowed, DepositRequest
from core.operation import OperationState
from core.ports import Refused
from core.slips import WrittenSlip
from core.steps import FindPatient, Leave
from core.steps.claims import ApplyClaim, Authorise, ChoosePolicy, FetchPolicies
from core.steps.inpatient import AskRestBack, FetchAdmissions, NameContact, SignSheet
from kiosk.journeys.inpatient import admission_pages
from kiosk.steps import ShowTrouble, Typed
from kiosk.steps.pages import Choose, Finished, Page, Pressed, Show, Sign, TypeIn
from tests.helpers import stories_inpatient as stories
from tests.helpers.driver import Played, play
from tests.helpers.explore import Story, explore
from tests.helpers.told import told_inpatient as told
from tests.helpers.world import Script, World

_WHO = ["Identify", "FindPatient", "FetchAdmissions"]
_SLIP = ["document.intend", "document.start", "PrintSlip", "document.finish"]
_SETTLE = ["settle"]
_ADMIT = [*_WHO, "FetchContact", "Show", "Admit", *_SLIP, "Finished"]
_PAY = ["Show", *_SETTLE, "FetchAdmissions", "Finished"]
_WORD = ["FetchClaimTerms", "Show", "Identify", "Authorise", "FetchPolicies", "Choose"]
_LEAVE = [*_SETTLE, "Sign", "SignSheet", "NoteAudit", "FetchAdmissions", "Finished"]
_SEQUENCES: list[tuple[Story, list[str]]] = [
    (stories.ADMISSION, _ADMIT),
    (stories.ADMISSION_WITH_DEPOSIT, [*_ADMIT, *_PAY]),
    (stories.DEPOSIT, [*_WHO, *_PAY]),
    (stories.DISCHARGE, [*_WHO, "FetchStayList", "Show", *_LEAVE]),
    (
        stories.DISCHARGE_WITH_INSURER,
        [
            *(*_WHO, "FetchStayList", "Show", *_WORD, "Show", *_LEAVE),
            *("AskRestBack", "Finished"),
        ],
    ),
    (
        stories.CLAIMS,
        [
            *("Identify", "FindPatient", "FetchClaims", "Choose", "FetchPapers", "Choose"),
            *(*_WORD, "Show", "ApplyClaim", "Finished"),
        ],
    ),
]


def without_settling(names: list[str]) -> list[str]:
    """What the settling journey does, with its slip, is one word here; it has tests of its own."""
    if "settle.intend" not in names:
        return names
    first, last = names.index("settle.intend"), names.index("settle.finish") + len(_SLIP)
    return [*names[:first], *_SETTLE, *names[last + 1 :]]


@pytest.mark.parametrize(("story", "names"), _SEQUENCES, ids=lambda one: getattr(one, "name", ""))
def test_good_story_is_exactly_this_sequence(story: Story, names: list[str]) -> None:
    world, played = story.run({})

    assert without_settling(played.names) == names
    assert {one.state for one in world.operations().values()} <= {OperationState.DONE}


def test_daily_list_is_read_and_printed() -> None:
    _, played = stories.DAILY_LIST.run({})

    assert played.names[:7] == [*_WHO, "FetchStayList", "Choose", "FetchDailyList", "Show"]
    assert played.names[-1] == "Finished"


@pytest.mark.parametrize("story", stories.STORIES, ids=lambda story: story.name)
def test_every_fault_leaves_nothing_open_and_doubles_nothing(story: Story) -> None:
    assert list(explore(story, 1)) == []


# --- the backend says otherwise


def run(story: Story, *answers: object, script: Script | None = None) -> tuple[World, Played[Any]]:
    """`answers`: an Act's type and its reply, in turn; the model answers every other Act."""
    instead = dict(zip(answers[::2], answers[1::2], strict=True))
    world = World(script or story.script)

    def answer(step: Step[Any]) -> object:
        if isinstance(step, Act) and type(step) in instead:
            world.acts.append(step)
            return instead[type(step)]
        return world.answer(step)

    return world, play(story.begin(), answer)


def pages_of(played: Played[Any]) -> list[Page[Any]]:
    """What the patient saw, made of words."""
    return [step for step in played.steps if isinstance(step, Page)]


def title_of(page: Page[Any]) -> str:
    """Its English title."""
    return getattr(page.title, "message", str(page.title))


@pytest.mark.parametrize("story", [stories.ADMISSION, stories.DEPOSIT, stories.DISCHARGE])
def test_without_a_request_nothing_is_registered_paid_or_settled(story: Story) -> None:
    _, played = run(story, FetchAdmissions, Admissions(()))

    assert played.names == [*_WHO, "Finished"]
    assert title_of(pages_of(played)[-1]) == "No stay in hospital is asked for you"


def test_registered_stay_is_not_registered_again_and_its_slip_is_a_copy() -> None:
    world, played = run(stories.ADMISSION, FetchAdmissions, Admissions((told.ADMITTED,)))

    assert played.names == [*_WHO, "Show", *_SLIP, "Finished"]
    (slip,) = world.printer.paper
    assert isinstance(slip, WrittenSlip)
    assert (slip.is_copy, slip.slip) == (True, told.ADMITTED.slip)


def test_contact_is_named_before_the_stay_is_registered() -> None:
    named = False

    def script(step: Step[Any]) -> object:
        nonlocal named
        match step:
            case TypeIn(keys=keys):
                return Typed("王秀英" if keys == "name" else "13900000000")
            case Show() if not named:
                named = True
                return Pressed(admission_pages.CONTACT)
        return stories.ADMISSION.script(step)

    _, played = run(stories.ADMISSION, script=script)

    asked = ["Show", "TypeIn", "TypeIn", "NameContact", "Show", "Admit"]
    assert played.names[:10] == [*_WHO, "FetchContact", *asked]
    contact = next(step for step in played.steps if isinstance(step, NameContact))
    assert (contact.name, contact.phone) == ("王秀英", "13900000000")


def test_deposit_that_is_not_paid_here_says_why() -> None:
    closed = replace(told.REQUESTED, pay_deposit=Allowed(False, "deposit_not_here"))

    _, played = run(stories.DEPOSIT, FetchAdmissions, Admissions((closed,)))

    assert isinstance(played.steps[-1], ShowTrouble)
    assert played.steps[-1].reason == "deposit_not_here"


def test_deposit_nobody_asked_for_is_not_taken() -> None:
    nothing = replace(told.REQUESTED, deposit_requests=())

    world, played = run(stories.DEPOSIT, FetchAdmissions, Admissions((nothing,)))

    assert title_of(pages_of(played)[-1]) == "No deposit is to be paid now"
    assert world.operations() == {}


def test_one_of_two_deposits_is_chosen() -> None:
    second = replace(told.DEPOSIT_BILL, bill_id="D2")
    requests = (*told.REQUESTED.deposit_requests, DepositRequest(second, "OPEN"))
    both = replace(told.REQUESTED, deposit_requests=requests)

    _, played = run(stories.DEPOSIT, FetchAdmissions, Admissions((both,)))

    (choose,) = [page for page in pages_of(played) if isinstance(page, Choose)]
    assert [option.key for option in choose.options] == ["D1", "D2"]


def test_stay_without_the_doctors_word_is_not_settled() -> None:
    world, played = run(stories.DISCHARGE, FetchAdmissions, Admissions((told.ADMITTED,)))

    assert title_of(pages_of(played)[-1]) == "Your doctor has not yet written the discharge"
    assert world.operations() == {}


@pytest.mark.parametrize(
    ("reply", "signed"),
    [(Refused("already_signed"), True), (Refused("not_settled"), False)],
)
def test_unsigned_sheet_is_paid_all_the_same(reply: Refused, signed: bool) -> None:
    _, played = run(stories.DISCHARGE, SignSheet, reply)

    page = pages_of(played)[-1]
    assert isinstance(page, Finished)
    assert title_of(page) == "Your stay is settled"
    assert (page.strip is None) is signed


def test_patient_who_walks_away_from_the_pad_has_settled() -> None:
    def script(step: Step[Any]) -> object:
        return Reason.IDLE if isinstance(step, Sign) else stories.DISCHARGE.script(step)

    world, played = run(stories.DISCHARGE, script=script)

    assert played.abandoned is Reason.IDLE
    assert {one.state for one in world.operations().values()} == {OperationState.DONE}


def test_rest_of_the_deposit_goes_back_at_a_window_where_the_kiosk_may_not_ask() -> None:
    settled = replace(told.NOTICED, state="SETTLED")

    _, played = run(
        stories.DISCHARGE,
        *(FetchAdmissions, Admissions((settled,))),
        *(AskRestBack, Refused("refund.elsewhere")),
    )

    assert played.names == [*_WHO, "Show", "AskRestBack", "Finished"]
    assert title_of(pages_of(played)[-1]) == "The rest of your deposit goes back at a window"


# --- claims


def test_l11_nothing_is_asked_of_an_insurer_before_the_word_and_the_proof() -> None:
    _, played = stories.CLAIMS.run({})

    kinds = [type(step) for step in played.steps]
    assert kinds.index(Authorise) < kinds.index(FetchPolicies) < kinds.index(ApplyClaim)

    def leaves(step: Step[Any]) -> object:
        return Leave() if isinstance(step, Show) else stories.CLAIMS.script(step)

    _, left = run(stories.CLAIMS, script=leaves)
    assert {Authorise, FetchPolicies, ApplyClaim}.isdisjoint(type(step) for step in left.steps)


def test_l12_proof_of_somebody_else_ends_the_claim() -> None:
    _, played = run(stories.CLAIMS, Authorise, Refused("proof_of_another"))

    assert isinstance(played.steps[-1], ShowTrouble)
    assert played.steps[-1].reason == "proof_of_another"


def test_l10_insurer_that_refuses_does_not_keep_anybody_from_going_home() -> None:
    asked = 0

    def script(step: Step[Any]) -> object:
        nonlocal asked
        if isinstance(step, Show) and step.trouble == "insurer_refused":
            asked += 1
            return Pressed(step.buttons[0].word)
        return stories.DISCHARGE_WITH_INSURER.script(step)

    refused = Refused("insurer_refused")
    _, played = run(stories.DISCHARGE_WITH_INSURER, FetchPolicies, refused, script=script)

    assert asked == 1
    assert "settle.finish" in played.names


def test_l10_direct_policy_is_chosen_before_the_stay_is_quoted() -> None:
    direct = replace(told.WORD, mode=ClaimMode.DIRECT)

    _, played = run(stories.DISCHARGE_WITH_INSURER, Authorise, direct, ChoosePolicy, direct)

    assert played.names.index("ChoosePolicy") < played.names.index("OpenSettlement")
    assert FindPatient in {type(step) for step in played.steps}
