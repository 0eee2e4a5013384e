"""The stories that are killed at every boundary they pass, from a world made ready for each.

`make_ready` and `in_the_dark` run in the test, `journey` in the terminal's process, which finds
the story by its name. What a reader would get wrong: a story also runs once without a kill, so
that what it passes is known; then the next life has nothing or a doubt to recover.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from core.billing import TenderKind
from core.flow import Journey
from core.identity import IdDocument
from core.journeys.hold import place_hold
from core.journeys.issue_card import issue_card
from kiosk.journeys.cards.get_card import get_card
from kiosk.journeys.paying.pay_bill import pay_bill
from kiosk.journeys.prefund.hold import hold
from kiosk.journeys.service import Start
from kiosk.journeys.visits.register import register
from kiosk.steps import Notice, Terms
from sandbox.people import BENEFIT_PATIENT
from settlement_backend.people.privacy_notice import NOTICE_VERSION
from tests.crash.guest import Guest
from tests.crash.town import Town

_NOTICE = Notice(NOTICE_VERSION, "", "", "", "")
_OUTSIDE_LIMITS_FEN = 900_000


def _nothing(_town: Town) -> None:
    """Nobody touches anything while the machine is dark."""


@dataclass(frozen=True, slots=True)
class Story:
    """`in_the_dark`: what people do between the kill and the next start.

    `put_right`: afterwards, for the next story. `only`: kill at these boundaries alone; empty: at
    all that no earlier story was killed at. `silence_at`: the backend dies when it is reached.
    """

    name: str
    make_ready: Callable[[Town], Guest]
    journey: Callable[[Guest], Journey[object]]
    in_the_dark: Callable[[Town], None] = _nothing
    put_right: Callable[[Town], None] = _nothing
    only: frozenset[str] = frozenset()
    silence_at: str = ""
    echoes_reference: bool = True


def _stranger(town: Town) -> Guest:
    return Guest(town.document())


def _person(town: Town) -> Guest:
    document = town.document()
    return Guest(document, town.person(document))


def _owner(town: Town) -> Guest:
    guest = _person(town)
    town.card(guest.patient_id)
    return guest


def _idler(town: Town) -> Guest:
    return replace(_person(town), takes_card=False)


def _unlucky(town: Town) -> Guest:
    with town.units() as units:
        units.ask("card_dispenser", "fault", kind="jam", on="capture")
    return _idler(town)


def _payer(town: Town) -> Guest:
    return replace(_person(town), tender=TenderKind.SCAN)


def _leaver(town: Town) -> Guest:
    return replace(_person(town), leaves_bill=True)


def _poor(town: Town) -> Guest:
    return replace(_person(town), bank_card="declined")


def _rich(town: Town) -> Guest:
    return replace(_person(town), hold_fen=_OUTSIDE_LIMITS_FEN)


def _insured_with_hold(town: Town) -> Guest:
    guest = _person(town)
    town.bills(guest.patient_id)
    town.insured(guest.document)
    town.hold(guest.patient_id)
    return guest


def _slow_payer(town: Town) -> Guest:
    guest = replace(_payer(town), wallet_ending="2222")
    town.bills(guest.patient_id)
    return guest


def _unheard(town: Town) -> Guest:
    with town.units() as units:
        units.ask("pos", "fault", kind="cut_after_execution", on="reservation")
    return _without_echo(town)


def _unsent(town: Town) -> Guest:
    with town.units() as units:
        units.ask("pos", "fault", kind="cut", on="registration", count=1000)
    return _without_echo(town)


def _without_echo(town: Town) -> Guest:
    with town.units() as units:
        units.ask("pos", "echoes_reference", on=False)
    return _person(town)


def _poor_without_echo(town: Town) -> Guest:
    return replace(_without_echo(town), bank_card="declined")


def _pos_well(town: Town) -> None:
    with town.units() as units:
        units.ask("pos", "clear_faults")


def _echo_again(town: Town) -> None:
    _pos_well(town)
    with town.units() as units:
        units.ask("pos", "echoes_reference", on=True)


def _benefit(_town: Town) -> Guest:
    person = BENEFIT_PATIENT
    return Guest(IdDocument(person.name, "F", "汉", "1958-03-12", "", person.id_number, "", "", ""))


def _benefit_without_paper(town: Town) -> Guest:
    with town.units() as units:
        units.ask("printer", "paper", left="out")
    return _benefit(town)


def _paper_again(town: Town) -> None:
    with town.units() as units:
        units.ask("printer", "paper", left="full")


def _take_what_lies_there(town: Town) -> None:
    with town.units() as units:
        if units.books("card_dispenser")["position"] in ("gate", "ejected"):
            units.ask("card_dispenser", "take")


def _clear_jam(town: Town) -> None:
    with town.units() as units:
        units.ask("card_dispenser", "clear_faults")
        units.ask("card_dispenser", "unjam")


def _clear_jam_by_hand(town: Town) -> None:
    with town.units() as units:
        units.ask("card_dispenser", "clear_faults")
        units.ask("card_dispenser", "unjam", remove=True)


_BOUNDARIES_OF_A_JAM = frozenset({"CaptureCard", "card_issue.doubt"})
_WITHOUT_ECHO = (
    ("hold_in_doubt", _unheard, frozenset({"hold.start", "PlaceHoldAtPos", "hold.doubt"})),
    ("hold_unrecorded", _without_echo, frozenset({"hold.note.approved"})),
    ("hold_declined_unrecorded", _poor_without_echo, frozenset({"hold.refuse"})),
    ("hold_unsent_unrecorded", _unsent, frozenset({"hold.return"})),
)

_ALL = (
    Story("card", _stranger, lambda _: get_card(Start(None, _NOTICE, Terms()))),
    Story("card_not_taken", _idler, lambda g: issue_card(g.patient_id)),
    Story(
        "card_taken_in_the_dark",
        _person,
        lambda g: issue_card(g.patient_id),
        in_the_dark=_take_what_lies_there,
        only=frozenset({"PresentCard"}),
    ),
    Story("card_refused", _owner, lambda g: issue_card(g.patient_id)),
    Story(
        "card_jammed",
        _unlucky,
        lambda g: issue_card(g.patient_id),
        in_the_dark=_clear_jam,
        only=_BOUNDARIES_OF_A_JAM,
    ),
    Story(
        "card_lost",
        _unlucky,
        lambda g: issue_card(g.patient_id),
        in_the_dark=_clear_jam_by_hand,
        only=_BOUNDARIES_OF_A_JAM,
    ),
    Story("bill", _insured_with_hold, lambda g: pay_bill(_start(g))),
    Story("registration", _payer, lambda g: register(_start(g))),
    Story("registration_left", _leaver, lambda g: register(_start(g))),
    Story("hold", _person, lambda g: hold(_start(g))),
    Story("hold_declined", _poor, lambda g: hold(_start(g))),
    Story("hold_refused", _rich, lambda g: place_hold(g.patient_id, g.hold_fen)),
    *(
        Story(
            name,
            make_ready,
            lambda g: hold(_start(g)),
            in_the_dark=_pos_well,
            put_right=_echo_again,
            only=only,
            echoes_reference=False,
        )
        for name, make_ready, only in _WITHOUT_ECHO
    ),
    Story(
        "bill_in_doubt",
        _slow_payer,
        lambda g: pay_bill(_start(g)),
        only=frozenset({"FollowSettlement", "settle.doubt"}),
        silence_at="FollowSettlement",
    ),
    Story("referral", _benefit, lambda g: pay_bill(_start(g))),
    Story(
        "referral_without_paper",
        _benefit_without_paper,
        lambda g: pay_bill(_start(g)),
        in_the_dark=_paper_again,
    ),
)


def _start(guest: Guest) -> Start:
    return Start(guest.shown, _NOTICE, Terms())


STORIES = {story.name: story for story in _ALL}
