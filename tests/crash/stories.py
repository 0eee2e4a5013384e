"""The stories that are killed at every boundary they pass, from a world made ready for each.

`make_ready` and `in_the_dark` run in the test, `journey` in the terminal's process, which finds
the story by its name. What a reader would get wrong: a story also runs once without a kill, so
that what it passes is known; then the next life has nothing or a doubt to recover.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from core.billing import TenderKind
from core.flow import Journey
from core.identity import IdDocument
from core.journeys.hold import HoldPlaced, place_hold
from core.journeys.issue_card import issue_card
from core.journeys.print_invoice import print_official
from core.journeys.reauthorise import reauthorise
from core.journeys.release import release_hold
from core.journeys.take_notes import CashWanted, NotesSoFar
from core.journeys.top_up import TopUpWish, top_up_by_card, top_up_by_cash
from core.official_paper import sheet
from core.papers import Papers
from core.prepay import HoldRelease
from core.steps.papers import FetchPapers
from core.steps.prefund import FetchHoldRelease, FetchPatientHolds, Holds
from kiosk.journeys.cards.get_card import get_card
from kiosk.journeys.papers.booklet import booklet
from kiosk.journeys.paying.pay_bill import pay_bill
from kiosk.journeys.prefund.hold import hold
from kiosk.journeys.prefund.top_up import top_up_transfer
from kiosk.journeys.service import Start
from kiosk.journeys.visits.register import register
from kiosk.steps import Notice, Terms
from kiosk.steps.cash import InsertNotes
from sandbox.people import BENEFIT_PATIENT
from settlement_backend.people.privacy_notice import NOTICE_VERSION
from tests.crash.guest import Guest
from tests.crash.town import Town
from tests.crash.visit import NOTE_FEN

_NOTICE = Notice(NOTICE_VERSION, "", "", "", "")
_OUTSIDE_LIMITS_FEN = 900_000
_FOREIGN_RECEIPT = "9999"
_LOOKS, _LOOK_S = 200, 0.05


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


def _cash_payer(town: Town) -> Guest:
    """The acceptor gives a note back soon when nobody is there to decide."""
    with town.units() as units:
        units.ask("cash", "timers", escrow_s=3.0)
    return _person(town)


def _dawdler(town: Town) -> Guest:
    return replace(_cash_payer(town), dawdles=True)


def _rich(town: Town) -> Guest:
    return replace(_person(town), hold_fen=_OUTSIDE_LIMITS_FEN)


def _insured_with_hold(town: Town) -> Guest:
    guest = _person(town)
    town.bills(guest.patient_id)
    town.insured(guest.document)
    town.hold(guest.patient_id)
    return guest


def _holder(town: Town) -> Guest:
    guest = _person(town)
    town.hold(guest.patient_id)
    return guest


def _slow_payer(town: Town) -> Guest:
    guest = replace(_payer(town), wallet_ending="2222")
    town.bills(guest.patient_id)
    return guest


def _card_payer(town: Town) -> Guest:
    guest = replace(_person(town), tender=TenderKind.BANK_CARD)
    town.bills(guest.patient_id)
    return guest


async def _raise_hold(guest: Guest) -> object:
    """One hold, then a larger one in its place, both at this machine's POS."""
    placed = await place_hold(guest.patient_id, guest.hold_fen)
    assert isinstance(placed, HoldPlaced), placed
    return await reauthorise(guest.patient_id, placed.hold.hold_id, 2 * guest.hold_fen)


_OF_A_RAISED_HOLD = frozenset(
    {
        *("AnnounceHold", "release.intend", "release.start", "ReleaseHoldAtPos"),
        *("TellOldReleased", "release.finish"),
    }
)


async def _end_hold(guest: Guest) -> object:
    """A hold of this machine's POS, which its patient ends."""
    placed = await place_hold(guest.patient_id, guest.hold_fen)
    assert isinstance(placed, HoldPlaced), placed
    told = await FetchHoldRelease(placed.hold.hold_id)
    assert isinstance(told, HoldRelease), told
    assert told.receipt, told
    return await release_hold(told.hold, told.receipt)


async def _end_hold_unknown_at_pos(guest: Guest) -> object:
    """The POS was exchanged since: it knows no such receipt, and the hold stands."""
    told = await FetchPatientHolds(guest.patient_id)
    assert isinstance(told, Holds), told
    return await release_hold(told.holds[0], _FOREIGN_RECEIPT)


_OF_AN_ENDED_HOLD = frozenset(
    {
        *("release.intend", "release.start", "ReleaseHoldAtPos", "TellHoldReleased"),
        "release.finish",
    }
)


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


def _reader(town: Town) -> Guest:
    town.booklets()
    return _payer(town)


def _reader_of_a_jam(town: Town) -> Guest:
    with town.units() as units:
        units.ask("vending", "fault", kind="jam", on="turn")
    return _reader(town)


def _vending_well(town: Town) -> None:
    with town.units() as units:
        units.ask("vending", "clear_faults")
        units.ask("vending", "unjam")


def _invoiced(town: Town) -> Guest:
    guest = _payer(town)
    town.bills(guest.patient_id)
    town.invoice(guest.patient_id)
    return guest


def _printed_elsewhere(town: Town) -> Guest:
    guest = _payer(town)
    town.bills(guest.patient_id)
    town.print_invoice(town.invoice(guest.patient_id))
    return guest


async def _print(guest: Guest, *, on_receipt: bool) -> object:
    """The machine has no page printer, so pages are never proven."""
    papers = await FetchPapers(guest.patient_id)
    if not isinstance(papers, Papers):
        return papers
    return await print_official(papers.invoices[0], sheet, on_receipt=on_receipt)


def _take_what_lies_there(town: Town) -> None:
    with town.units() as units:
        if units.books("card_dispenser")["position"] in ("gate", "ejected"):
            units.ask("card_dispenser", "take")


def _take_the_note_back(town: Town) -> None:
    """Whatever the acceptor gave back, as soon as it sticks out."""
    pause = threading.Event()
    with town.units() as units:
        for _ in range(_LOOKS):
            slot = units.state()["cash"]
            assert isinstance(slot, dict)
            if slot["note"] is None:
                return
            if slot["note"]["place"] == "bezel":
                units.ask("cash", "take")
            pause.wait(_LOOK_S)
    raise AssertionError("a note does not come out")


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
    Story("bill_by_card", _card_payer, lambda g: pay_bill(_start(g))),
    Story("hold_raised", _person, _raise_hold, only=_OF_A_RAISED_HOLD),
    Story("hold_ended", _person, _end_hold, only=_OF_AN_ENDED_HOLD),
    Story(
        "hold_not_ended",
        _holder,
        _end_hold_unknown_at_pos,
        only=frozenset({"release.return"}),
    ),
    Story(
        "hold_end_in_doubt",
        _person,
        _end_hold,
        only=frozenset({"TellHoldReleased", "release.doubt"}),
        silence_at="TellHoldReleased",
    ),
    Story("registration", _payer, lambda g: register(_start(g))),
    Story("registration_left", _leaver, lambda g: register(_start(g))),
    Story("hold", _person, lambda g: hold(_start(g))),
    Story("hold_declined", _poor, lambda g: hold(_start(g))),
    Story("hold_refused", _rich, lambda g: place_hold(g.patient_id, g.hold_fen)),
    *(
        Story(
            name,
            make_ready,
            lambda g: place_hold(g.patient_id, g.hold_fen),
            in_the_dark=_pos_well,
            put_right=_echo_again,
            only=only,
            echoes_reference=False,
        )
        for name, make_ready, only in _WITHOUT_ECHO
    ),
    Story("top_up_by_card", _person, lambda g: top_up_transfer(_prepaying(g))),
    Story("top_up_declined", _poor, lambda g: top_up_transfer(_prepaying(g))),
    Story(
        "top_up_refused",
        _person,
        lambda g: top_up_by_card(_wish(g), _OUTSIDE_LIMITS_FEN),
    ),
    Story(
        "top_up_with_notes",
        _cash_payer,
        lambda g: top_up_by_cash(_wish(g), CashWanted(NOTE_FEN, NOTE_FEN), _notes_page),
        put_right=_take_the_note_back,
    ),
    Story(
        "top_up_in_doubt",
        _cash_payer,
        lambda g: top_up_by_cash(_wish(g), CashWanted(NOTE_FEN, NOTE_FEN), _notes_page),
        put_right=_take_the_note_back,
        only=frozenset({"TopUpBalance", "top_up.doubt"}),
        silence_at="TopUpBalance",
    ),
    Story(
        "top_up_dawdled",
        _dawdler,
        lambda g: top_up_by_cash(_wish(g), CashWanted(NOTE_FEN, NOTE_FEN), _notes_page),
        put_right=_take_the_note_back,
        only=frozenset({"top_up.note.note_returned", "top_up.return"}),
    ),
    Story(
        "bill_in_doubt",
        _slow_payer,
        lambda g: pay_bill(_start(g)),
        only=frozenset({"FollowSettlement", "settle.doubt"}),
        silence_at="FollowSettlement",
    ),
    Story("booklet", _reader, lambda g: booklet(_start(g))),
    Story(
        "booklet_jammed",
        _reader_of_a_jam,
        lambda g: booklet(_start(g)),
        in_the_dark=_vending_well,
        only=frozenset({"VendGoods", "TellSale"}),
    ),
    Story(
        "booklet_untold",
        _reader,
        lambda g: booklet(_start(g)),
        only=frozenset({"TellSale", "goods.doubt"}),
        silence_at="TellSale",
    ),
    Story("invoice", _invoiced, lambda g: _print(g, on_receipt=True)),
    Story("invoice_uncertain", _invoiced, lambda g: _print(g, on_receipt=False)),
    Story("invoice_refused", _printed_elsewhere, lambda g: _print(g, on_receipt=True)),
    Story(
        "invoice_unsent",
        _invoiced,
        lambda g: _print(g, on_receipt=True),
        only=frozenset({"invoice.return"}),
        silence_at="TakeSheet",
    ),
    Story("referral", _benefit, lambda g: pay_bill(_start(g))),
    Story(
        "referral_without_paper",
        _benefit_without_paper,
        lambda g: pay_bill(_start(g)),
        in_the_dark=_paper_again,
    ),
)


def _prepaying(guest: Guest) -> Start:
    return Start(guest.shown, _NOTICE, Terms(prepay_allowed=True))


def _wish(guest: Guest) -> TopUpWish:
    return TopUpWish(guest.patient_id, consent=True, declared_need=True)


def _notes_page(so_far: NotesSoFar) -> InsertNotes:
    inside_fen = so_far.inside.amount_fen
    return InsertNotes(
        title="",
        due_fen=NOTE_FEN,
        inside_fen=inside_fen,
        handled=so_far.handled,
        trouble=so_far.trouble,
    )


def _start(guest: Guest) -> Start:
    return Start(guest.shown, _NOTICE, Terms())


STORIES = {story.name: story for story in _ALL}
