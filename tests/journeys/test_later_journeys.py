"""Pay later and agreements: the exact steps of each journey, and what its bad paths say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.deferral import Agreement, Decision, DeferralAccount
from core.flow import Act, Ask, Reason, Step, Touch
from core.identity import Patient
from core.ports import NotSent, Refused, Unknown
from core.slips import WrittenSlip
from core.steps import FindPatient, Leave
from core.steps.later import (
    CancelDeferral,
    FetchAgreement,
    FetchDeferral,
    FetchSigningPage,
    FindAgreements,
    SignDeferral,
)
from kiosk.journeys.later.offer import offer_pay_later
from kiosk.journeys.later.pay_later import pay_later
from kiosk.journeys.later.signing import sign_up
from kiosk.steps import Back, ShowTrouble
from kiosk.steps.pages import Choose, Chosen, Finished, Show
from tests.helpers import people
from tests.helpers import stories_later as stories
from tests.helpers.driver import Answer, Played, play
from tests.helpers.explore import Story, explore
from tests.helpers.ink import DRAWN
from tests.helpers.journey_stories import START
from tests.helpers.told import told_later as told
from tests.helpers.world import Script, World

_SLIP = ["document.intend", "document.start", "PrintSlip", "document.finish"]
_QUOTE = [
    "settle.intend",
    "settle.start",
    "CheckPos",
    "OpenSettlement",
    "CheckPrinter",
    "ConfirmQuote",
]
_PAY = ["ShowPaymentCode", "ConfirmCard", "settle.note.paying", "CommitSettlement", "settle.finish"]
_PAID = ["FetchResidual", "ShowSettled"]
_WHO = ["Identify", "FindPatient"]
_SIGN = ["FetchSigningPage", "Show", "Show", "FindAgreements", "Choose", "Sign", "SignDeferral"]
_SEQUENCES = [
    (
        stories.REPAY,
        [*_WHO, "FetchDeferral", "Choose", "FetchBills", *_QUOTE, *_PAY, *_SLIP, *_PAID],
    ),
    (
        stories.END,
        [*_WHO, "FetchDeferral", "Choose", "Show", "CancelDeferral", *_SLIP, "Finished"],
    ),
    (stories.SIGN_UP, [*_SIGN, "NoteAudit", *_SLIP, "Finished"]),
    (stories.OFFER, ["FetchDeferral"]),
    (
        stories.BANK_CREDIT,
        [
            *(*_WHO, "FindAgreements", "Choose", "StartAgreement", "Show", "FetchAgreement"),
            "Finished",
        ],
    ),
    (
        stories.END_DEBIT,
        [
            *(*_WHO, "FindAgreements", "Choose", "Show", "Show", "PlaceIdCard", "FindPatient"),
            *("CancelAgreement", "Finished"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("story", "sequence"), _SEQUENCES, ids=[story.name for story, _ in _SEQUENCES]
)
def test_good_story_is_exactly_this_sequence(story: Story, sequence: list[str]) -> None:
    _, played = story.run({})

    assert played.names == sequence


@pytest.mark.slow
@pytest.mark.parametrize("story", stories.STORIES, ids=[story.name for story in stories.STORIES])
def test_no_fault_breaks_a_rule(story: Story) -> None:
    assert list(explore(story, 1)) == []


@pytest.mark.parametrize("story", stories.STORIES, ids=[story.name for story in stories.STORIES])
def test_any_question_left_ends_with_nothing_open(story: Story) -> None:
    _, good = story.run({})
    for number in range(len(good.asks)):
        for reply in (Leave(), Back(), *Reason):
            world, _ = story.run({}, _at(number, reply, story))
            assert not [one for one in world.operations().values() if one.open], number


_PRESSES: dict[type, str] = {Leave: "leave", Back: "back"}


def _at(number: int, reply: object, story: Story) -> Script:
    """The story's answers, but for one question where this is an answer."""
    seen = -1

    def answer(step: Step[Any]) -> object:
        nonlocal seen
        seen += 1
        if seen != number or not isinstance(step, Ask):
            return story.script(step)
        pressed = _PRESSES.get(type(reply))
        fits = pressed is None or step.touched(Touch(pressed)) == reply
        return reply if fits else story.script(step)

    return answer


def _answered(*words: str, **replies: object) -> tuple[World, Answer]:
    """A world whose backend gives these answers, each by the name of its Act."""
    world = World(stories.willing(*words))

    def answer(step: Step[Any]) -> object:
        name = type(step).__name__
        if isinstance(step, Act) and name in replies:
            reply = replies[name]
            return reply.pop(0) if isinstance(reply, list) else reply
        return world.answer(step)

    return world, answer


def _trouble(played: Played[Any]) -> str:
    (shown,) = (ask for ask in played.asks if isinstance(ask, ShowTrouble))
    return shown.reason


def _pages(played: Played[Any]) -> list[str]:
    """Titles of the pages made of words."""
    return [str(ask.title) for ask in played.asks if isinstance(ask, Show | Finished | Choose)]


def _account(state: str, **changes: object) -> DeferralAccount:
    plain = replace(told.ELIGIBLE_ACCOUNT, state=state)
    return replace(plain, **changes)  # type: ignore[arg-type]  # fields of the account


def test_n01_signature_is_of_the_version_that_was_read() -> None:
    world, played = stories.SIGN_UP.run({})

    (signed,) = (act for act in world.acts if isinstance(act, SignDeferral))
    assert (signed.version, signed.drawn, signed.guardian_id_number) == (
        told.COMMITMENT.version,
        DRAWN,
        "",
    )
    (text,) = (ask for ask in played.asks if isinstance(ask, Show) and ask.text)
    assert (text.text, text.needs_all) == (told.COMMITMENT.text, True)
    (slip,) = (paper for paper in world.printer.paper if isinstance(paper, WrittenSlip))
    assert told.COMMITMENT.version in [value for _, value in slip.pairs]


def test_n04_offer_is_not_made_to_somebody_who_may_not_sign() -> None:
    _, answer = _answered(FetchDeferral=told.SIGNED_ACCOUNT)

    played = play(offer_pay_later(stories.WHO), answer)

    assert played.asks == []


@pytest.mark.parametrize("reply", [Refused("anonymous"), NotSent("backend_silent"), Unknown("x")])
def test_n04_trouble_of_the_offer_is_no_trouble_of_the_registration(reply: object) -> None:
    _, answer = _answered(FetchDeferral=reply)

    assert play(offer_pay_later(stories.WHO), answer).asks == []


def test_n04_offer_is_optional_by_one_press() -> None:
    _, answer = _answered("no", FetchDeferral=told.ELIGIBLE_ACCOUNT)

    played = play(offer_pay_later(stories.WHO), answer)

    assert played.names == ["FetchDeferral", "Show"]


def test_n02_h35_who_may_not_sign_reads_why_and_what_else_there_is() -> None:
    refused = Decision(False, "N02", "deferral.not_local", ())
    account = _account("NOT_ELIGIBLE", may_sign=refused)
    _, answer = _answered("sign", FetchDeferral=account)

    played = play(pay_later(START), answer)

    page = played.asks[-1]
    assert isinstance(page, Show)
    rows = str(page.sections)
    assert "people insured in this city" in rows
    assert "Pre-authorise a card" in rows


def test_n12_signature_whose_answer_was_lost_is_found_in_the_account() -> None:
    _, answer = _answered(SignDeferral=Unknown("backend_silent"), FetchDeferral=told.SIGNED_ACCOUNT)

    played = play(sign_up(stories.WHO), answer)

    assert played.names.count("SignDeferral") == 1
    assert isinstance(played.asks[-1], Finished)


def test_n12_signature_that_did_not_arrive_is_told() -> None:
    lost = {"SignDeferral": Unknown("backend_silent"), "FetchDeferral": told.ELIGIBLE_ACCOUNT}
    _, answer = _answered(**lost)

    assert _trouble(play(sign_up(stories.WHO), answer)) == "backend_silent"


def test_n12_end_whose_answer_was_lost_is_found_in_the_account() -> None:
    ended = _account("CANCELLED", signature=told.CANCELLED)
    _, answer = _answered(
        "cancel",
        "end",
        FetchDeferral=[told.SIGNED_ACCOUNT, ended],
        CancelDeferral=Unknown("backend_silent"),
    )

    played = play(pay_later(START), answer)

    assert isinstance(played.asks[-1], Finished)


def test_n22_guardian_signs_with_the_own_id_card() -> None:
    page = replace(told.SIGNING_PAGE, decision=Decision(True, "N01", "", ("GUARDIAN",)))
    world, answer = _answered(FetchSigningPage=page, FindAgreements=Refused("anonymous"))
    signed: list[SignDeferral] = []

    def heard(step: Step[Any]) -> object:
        if isinstance(step, SignDeferral):
            signed.append(step)
        return answer(step)

    played = play(sign_up(stories.WHO), heard)

    assert "PlaceIdCard" in played.names
    assert [step.guardian_id_number for step in signed] == [people.DOCUMENT.id_number]
    assert world.printer.paper


def test_h08_where_a_bank_lends_its_code_is_shown_and_nothing_is_signed_here() -> None:
    page = replace(
        told.SIGNING_PAGE,
        decision=Decision(False, "C04", "deferral.with_bank", ("BANK_LOAN",)),
        commitment=None,
        product="BANK_LOAN",
    )
    _, answer = _answered(FetchSigningPage=page)

    played = play(sign_up(stories.WHO), answer)

    assert "SignDeferral" not in played.names
    assert [ask.qr for ask in played.asks if isinstance(ask, Show)] == [told.WAITING.code_url]


def test_w02_code_that_is_not_signed_yet_is_shown_again_with_a_sentence() -> None:
    waiting, signed = told.WAITING, told.CREDIT_LINE
    _, answer = _answered("BANK_CREDIT_LINE", FetchAgreement=[waiting, signed])

    played = play(stories.BANK_CREDIT.begin(), answer)

    codes = [ask for ask in played.asks if isinstance(ask, Show)]
    assert [code.trouble for code in codes] == ["", "not_signed_yet"]
    assert isinstance(played.asks[-1], Finished)


def test_w02_another_persons_id_card_ends_no_agreement() -> None:
    another = replace(people.PATIENT, patient_id="P2")
    found: list[Patient] = [people.PATIENT, another]
    _, answer = _answered("A1", "end", FindPatient=found)

    played = play(stories.END_DEBIT.begin(), answer)

    assert _trouble(played) == "another_person"
    assert "CancelAgreement" not in played.names


def test_w02_end_whose_answer_was_lost_is_asked_at_the_bank() -> None:
    ended: Agreement = told.ENDED
    lost = {"CancelAgreement": Unknown("backend_silent"), "FetchAgreement": ended}
    _, answer = _answered("A1", "end", **lost)

    assert isinstance(play(stories.END_DEBIT.begin(), answer).asks[-1], Finished)


def test_n06_visit_is_not_paid_in_parts() -> None:
    missing = replace(told.VISIT.bills[0], bill_id="B9")
    visit = replace(
        told.VISIT,
        open_fen=2 * told.TOTAL_FEN,
        bills=(*told.VISIT.bills, missing),
    )
    account = replace(told.SIGNED_ACCOUNT, open_fen=visit.open_fen, visits=(visit,))
    _, answer = _answered("repay", FetchDeferral=account)

    played = play(pay_later(START), answer)

    assert _trouble(played) == "bill_locked"
    assert "OpenSettlement" not in played.names


def test_n15_w10_n08_looking_comes_back_to_the_overview() -> None:
    account = replace(told.SIGNED_ACCOUNT, state="SUSPENDED", credit=told.SUSPENDED)
    chosen = iter(["credit", "visits", "R1", "", "pay_now", ""])
    world, answer = _answered(FetchDeferral=account)

    def script(step: Step[Any]) -> object:
        if isinstance(step, Choose):
            key = next(chosen)
            return Chosen(key) if key else Back()
        return answer(step)

    played = play(pay_later(START), script)

    assert [type(ask).__name__ for ask in played.asks] == [
        *("Identify", "Choose", "Show", "Choose", "Choose", "Show", "Choose", "Choose", "Show"),
        "Choose",
    ]
    assert world.printer.paper == []


_ASKED = (FetchDeferral, FetchSigningPage, SignDeferral, CancelDeferral, FindAgreements)


@pytest.mark.parametrize("act", [*_ASKED, FetchAgreement], ids=lambda act: act.__name__)
def test_acts_that_the_backend_does_once_need_no_journal(act: type[Act[object]]) -> None:
    assert act.durable is False


def test_id_card_is_asked_of_the_backend_by_its_number_alone() -> None:
    world, _ = stories.END_DEBIT.run({})

    looked = [act.medium.kind for act in world.acts if isinstance(act, FindPatient)]
    assert [kind.value for kind in looked] == ["HEALTH_CARD", "ID_CARD"]
