"""Who somebody is, first visits, consents, relatives, help by staff: sequences and bad paths."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core import steps
from core.audit import AuditEvent
from core.flow import Event, Journey, Reason, Step
from core.identity import IdLayout, Medium, MediumKind
from core.people import Consent, ConsentKind, Consents, Decision, Relations
from core.ports import (
    BankCardPresent,
    CardGone,
    CardNeedsPsam,
    CardUnreadable,
    CodeScanned,
    IdCardPresent,
    IdCardUnreadable,
    NotSent,
    Refused,
    ResidentCardPresent,
    SocialCardPresent,
    TapRead,
    Unknown,
)
from core.steps.media import (
    AskMayBeServed,
    AttachFace,
    EndRelative,
    FetchConsents,
    FetchRelatives,
    NoteAudit,
    RegisterFirstVisit,
    WithdrawConsent,
)
from kiosk.journeys.cards.own_data import OwnData
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.services import SERVICES
from kiosk.steps import (
    Confirmed,
    ConfirmPerson,
    InFullWished,
    ShowReferred,
)
from kiosk.steps.pages import Pressed, Show, TypeIn
from tests.helpers import journey_stories as stories
from tests.helpers import people
from tests.helpers import stories_people as ours
from tests.helpers.driver import Played
from tests.helpers.explore import Story, explore
from tests.helpers.told.told_people import ASKED

_WHO = ["Identify", "FindPatient"]
_SLIP = ["document.intend", "document.start", "PrintSlip", "document.finish"]
_SEQUENCES = {
    "register_medium": [*_WHO, "AskMayBeServed", "FetchMedia", "Finished"],
    "permissions: e_certificate": [
        *(*_WHO, "FetchConsents", "Choose", "Show", "WithdrawConsent"),
        *("FetchConsents", "Choose"),
    ],
    "permissions: face": [
        *(*_WHO, "FetchConsents", "Choose", "FetchConsentTexts", "Show", "GiveConsent"),
        *("FetchConsents", "Choose"),
    ],
    "permissions: media": [
        *(*_WHO, "FetchConsents", "Choose", "FetchMedia", "Show", "FetchConsents", "Choose"),
    ],
    "face": [
        *(*_WHO, "FetchConsents", "FetchConsentTexts", "Show", "TakePicture", "AttachFace"),
        "Finished",
    ],
    "relatives: REL1": [
        *(*_WHO, "FetchRelatives", "Choose", "Show", "FetchConsentTexts", "Show"),
        *("AgreeToRelative", "FetchRelatives", "Choose"),
    ],
}
_UNKNOWN = Refused("not_found")
_E_CODE = Medium(MediumKind.EC_CODE, "ECDEMO0000000000000001WANGJ1")
_SOCIAL = SocialCardPresent(
    "0011", "A33030101", "330302195501123411", "王建国", "2.0", "2032-01-01"
)
_OTHER = replace(people.PATIENT, patient_id="P2")


def _identify(shown: steps.MediumShown | None = None) -> Journey[Any]:
    return identify("pay", shown)


@pytest.mark.parametrize("story", ours.STORIES, ids=[story.name for story in ours.STORIES])
def test_good_story_about_people_is_exactly_this_sequence(story: Story) -> None:
    _, played = story.run({})
    assert played.names == _SEQUENCES[story.name]


@pytest.mark.parametrize("story", ours.STORIES, ids=[story.name for story in ours.STORIES])
def test_journey_about_people_under_any_fault_keeps_every_rule(story: Story) -> None:
    assert list(explore(story, 1)) == []


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (IdCardPresent(people.DOCUMENT), MediumKind.ID_CARD),
        (people.PRESENCE, MediumKind.HEALTH_CARD),
        (ResidentCardPresent("01", "8800000000", "3303", "王建国"), MediumKind.HEALTH_CARD),
        (_SOCIAL, MediumKind.SS_CARD),
        (CodeScanned(_E_CODE.value), MediumKind.EC_CODE),
        (CodeScanned("CITYWANGJ100000000000000000000000001"), MediumKind.CITY_CODE),
    ],
)
def test_w15_h01_one_question_takes_every_kind(event: Event, kind: MediumKind) -> None:
    shown = steps.Identify(frozenset(MediumKind), "pay").heard(event)
    assert isinstance(shown, steps.MediumShown)
    assert shown.medium.kind is kind


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (BankCardPresent(), "bank_card_not_here"),
        (CardNeedsPsam(), "card_needs_module"),
        (TapRead(), "phone_tapped"),
        (CodeScanned("ZF1.S.F1.AAAA"), "slip_names_nobody"),
    ],
)
def test_useless_thing_gets_its_own_sentence(event: Event, reason: str) -> None:
    asked = steps.Identify(frozenset({MediumKind.EC_CODE}), "pay")
    assert asked.heard(event) == steps.NotUnderstood(reason)


def test_two_useless_cards_are_each_told_once() -> None:
    told = frozenset({IdCardUnreadable(), CardUnreadable("04AA")})
    asked = steps.Identify(frozenset(MediumKind), "pay", "card_unreadable", told)

    assert asked.heard(IdCardUnreadable()) is None
    assert asked.heard(CardUnreadable("04AA")) is None
    assert asked.heard(CardGone()) is None


def test_s50_pulled_social_security_card_abandons_what_it_began() -> None:
    page = Show(title="x", presence=_SOCIAL)
    assert page.heard(CardGone()) is Reason.CARD_PULLED
    assert page.heard(_SOCIAL) is None


def test_h09_unknown_person_is_registered_on_the_way_and_goes_on() -> None:
    shown = steps.MediumShown(_E_CODE, None, None)
    played = ours.play_told(_identify(shown), {steps.FindPatient: _UNKNOWN}, ours.presses_on())

    assert played.names == [
        *("FindPatient", "Show", "FetchConsentTexts", "TypeIn", "Show", "Show"),
        *("RegisterFirstVisit", "Show"),
    ]
    asked = next(step for step in played.steps if isinstance(step, RegisterFirstVisit))
    assert (asked.medium, asked.notice_version, asked.permission_version) == (
        *(_E_CODE, "2026-01"),
        "2026-01",
    )
    assert played.end == Identified(people.PATIENT, None)


def test_h06_permission_may_be_given_later() -> None:
    shown = steps.MediumShown(_E_CODE, None, None)
    pressing = ours.presses_on()

    def script(step: Step[Any]) -> object:
        words = [b.word for b in step.buttons] if isinstance(step, Show) else []
        return Pressed("not_now") if "not_now" in words else pressing(step)

    played = ours.play_told(_identify(shown), {steps.FindPatient: _UNKNOWN}, script)

    asked = next(step for step in played.steps if isinstance(step, RegisterFirstVisit))
    assert asked.permission_version == ""


def test_s06_social_security_card_needs_no_permission_and_names_its_holder_masked() -> None:
    medium = Medium(MediumKind.SS_CARD, _SOCIAL.card_number)
    shown = steps.MediumShown(medium, _SOCIAL, None)
    played = ours.play_told(_identify(shown), {steps.FindPatient: _UNKNOWN}, ours.presses_on())

    assert played.names[-2:] == ["RegisterFirstVisit", "Show"]
    typing = next(ask for ask in played.asks if isinstance(ask, TypeIn))
    assert "王*国" in str(typing.hint)
    assert "王建国" not in str(played.asks)


def test_id_card_of_a_stranger_is_registered_by_its_document() -> None:
    played = ours.play_told(
        _identify(people.ID_SHOWN), {steps.FindPatient: _UNKNOWN}, ours.presses_on()
    )

    assert played.names[-3:] == ["Show", "RegisterPerson", "Show"]
    assert isinstance(played.end, Identified)
    assert played.end.document == people.DOCUMENT


@pytest.mark.parametrize("told", [_UNKNOWN, Refused("code_expired"), NotSent("x"), Unknown("y")])
def test_first_visit_that_fails_says_so_and_registers_nobody(told: object) -> None:
    shown = steps.MediumShown(_E_CODE, None, None)
    replies = {steps.FindPatient: _UNKNOWN, RegisterFirstVisit: told}
    played = ours.play_told(_identify(shown), replies, ours.presses_on())

    assert len(ours.troubles(played)) == 1
    assert not isinstance(played.end, Identified)


def test_old_foreign_permit_is_sent_to_a_window_before_anything_is_typed() -> None:
    document = replace(people.DOCUMENT, layout=IdLayout.FOREIGNER_OLD, id_number="CHN330012345678")
    medium = Medium(MediumKind.ID_CARD, document.id_number)
    shown = steps.MediumShown(medium, None, document)
    played = ours.play_told(_identify(shown), {steps.FindPatient: _UNKNOWN}, ours.presses_on())

    assert ours.troubles(played) == ["old_foreign_permit"]
    assert not any(isinstance(ask, TypeIn) for ask in played.asks)


def test_h28_relatives_phone_asks_whose_affairs_these_are() -> None:
    found = replace(people.PATIENT, by_relative=True)
    shown = steps.MediumShown(_E_CODE, None, None)

    played = ours.play_told(_identify(shown), {steps.FindPatient: found}, ours.presses_on())
    left = ours.play_told(_identify(shown), {steps.FindPatient: found}, stories.patient())

    assert played.names == ["FindPatient", "Show"]
    assert played.end == Identified(found, None)
    assert left.end is None


def test_h35_green_channel_card_gets_a_slip_to_its_window() -> None:
    found = replace(people.PATIENT, identities=("ON_ACCOUNT",), display_id="")
    played = ours.play_told(
        _identify(people.CARD_SHOWN), {steps.FindPatient: found}, stories.patient()
    )

    assert played.names == ["FindPatient", "MakeReferral", *_SLIP, "ShowReferred"]
    (shown,) = (ask for ask in played.asks if isinstance(ask, ShowReferred))
    assert (shown.reason, shown.window_en) == ("green_channel", "Window 7")


def test_h10_missing_permission_is_asked_for_when_somebody_known_registers() -> None:
    needs = Decision(False, "H10", "first_visit.incomplete", ("E_CERTIFICATE_OR_CREDIT_SIGNING",))
    journey = ours.REGISTER_MEDIUM.begin()
    played = ours.play_told(journey, {AskMayBeServed: needs}, ours.presses_on())

    assert played.names == [
        *_WHO,
        *("AskMayBeServed", "FetchConsentTexts", "Show", "GiveConsent", "FetchMedia", "Finished"),
    ]


def test_n17_binding_is_ended_only_after_a_second_word() -> None:
    active = replace(ASKED, state="ACTIVE")
    story = ours.RELATIVE
    played = ours.play_told(story.begin(), {FetchRelatives: Relations((active,))}, story.script)

    assert played.names[4:7] == ["Show", "Show", "EndRelative"]
    assert EndRelative("REL1") in played.steps


# --- ten seconds


def test_own_data_in_full_is_audited_first_and_ends_by_itself() -> None:
    asked: list[Step[Any]] = []
    willing = stories.patient()

    def script(step: Step[Any]) -> object:
        asked.append(step)
        if isinstance(step, ConfirmPerson):
            first = sum(isinstance(one, ConfirmPerson) for one in asked) == 1
            return InFullWished() if first else Confirmed()
        return Reason.IDLE if isinstance(step, OwnData) else willing(step)

    _, played = stories.GET_CARD.run({}, script)

    at = played.names.index("OwnData")
    assert played.names[at - 2 : at + 2] == [
        "ConfirmPerson",
        "NoteAudit",
        "OwnData",
        "ConfirmPerson",
    ]
    assert played.names[-1] == "ShowCardIssued"
    noted = next(step for step in played.steps if isinstance(step, NoteAudit))
    assert noted.event is AuditEvent.OWN_DATA_SHOWN
    assert people.DOCUMENT.id_number not in str(noted)
    page = next(step for step in played.steps if isinstance(step, OwnData))
    assert (page.idle_ms, page.lengthened) == (10_000, False)


def test_nothing_is_shown_in_full_when_it_cannot_be_audited() -> None:
    wished = iter([InFullWished(), Confirmed()])
    willing = stories.patient()

    def script(step: Step[Any]) -> object:
        return next(wished) if isinstance(step, ConfirmPerson) else willing(step)

    played = ours.play_told(stories.GET_CARD.begin(), {NoteAudit: steps.JournalBroken()}, script)

    assert not any(isinstance(step, OwnData) for step in played.steps)


# --- to be found by one's face


def _face(replies: ours.Replies, press: str = "") -> Played[Any]:
    pressing = ours.presses_on()

    def script(step: Step[Any]) -> object:
        return Pressed(press) if press and isinstance(step, Show) else pressing(step)

    return ours.play_told(SERVICES["face"].begin(stories.START), replies, script)


def test_n21_face_is_registered_with_the_text_that_was_read() -> None:
    played = _face({})

    (asked,) = (step for step in played.steps if isinstance(step, AttachFace))
    assert (asked.patient_id, asked.version, len(asked.token)) == ("P1", "2026-01", 64)


def test_n21_declined_face_is_not_looked_at() -> None:
    played = _face({}, "another_way")

    assert played.names[-2:] == ["FetchConsentTexts", "Show"]


def test_n21_face_that_stands_is_ended_by_a_press() -> None:
    since = Consent(ConsentKind.FACE_MEDIUM, "2026-01", "2026-01-05T09:30:00+08:00", "")
    played = _face({FetchConsents: Consents((since,))})

    assert played.names == [*_WHO, "FetchConsents", "Show", "WithdrawConsent", "Finished"]
    assert WithdrawConsent("P1", ConsentKind.FACE_MEDIUM) in played.steps


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Refused("face_differs"), "face_differs"),
        (Refused("not_found"), "face_unknown"),
        (Refused("medium_of_another"), "medium_of_another"),
        (NotSent("backend_silent"), "backend_silent"),
    ],
)
def test_n21_face_that_cannot_be_registered_says_why(reply: Refused | NotSent, reason: str) -> None:
    assert ours.troubles(_face({AttachFace: reply})) == [reason]
