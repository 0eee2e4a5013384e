"""What the patient does at the machine: an answer for each question, and the hands outside it.

Runs in the terminal's process. What a reader would get wrong: cards are taken and presented at the
virtual devices, so what is told to a journey is what the driver heard of it.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
from pathlib import Path
from typing import Any

from core.codes import PaymentCode, recognise
from core.flow import Ask, Event, Reason
from core.ports import CardTaken, NoteOffered, NoteReturned
from core.steps import ConfirmQuote, Identify, Leave, PayWith, ShowPaymentCode, TakeCard, Taken
from core.steps.cash import EnoughNotes
from kiosk.steps import (
    Accepted,
    AmountChosen,
    ChooseHoldAmount,
    Confirmed,
    ConfirmPerson,
    PlaceIdCard,
    ReadNotice,
    Typed,
    TypePhone,
)
from kiosk.steps.cash import InsertNotes
from kiosk.steps.pages import Amount, Choose, ChooseAmount, Chosen, Pressed, Show
from sandbox.units.control import ControlClient
from tests.crash.guest import Guest
from tests.crash.town import wallet_code

_TAKE_LIMIT_S = 10.0
NOTE_FEN = 10_000


class Visit:
    """One guest in front of one machine. `events`: what the machine's drivers tell."""

    def __init__(self, guest: Guest, control: Path, events: queue.Queue[Event]) -> None:
        self._guest, self._control, self._events = guest, control, events

    def answer(self, ask: Ask[Any]) -> object:
        """The reply to one question, or the reason it is left."""
        guest = self._guest
        match ask:
            case Identify() | PlaceIdCard():
                return guest.shown
            case TypePhone():
                return Typed("13800005628")
            case ReadNotice():
                return Accepted()
            case ConfirmPerson():
                return Confirmed()
            case TakeCard():
                return self._take_card() if guest.takes_card else Reason.IDLE
            case Choose(options=options):
                return Chosen(next(option.key for option in options if not option.off))
            case Show():
                return Pressed(ask.buttons[0].word) if ask.buttons else Leave()
            case InsertNotes(trouble="note_returned"):
                return Leave()
            case InsertNotes():
                return EnoughNotes() if ask.inside_fen else self._put_in_note()
            case ChooseAmount():
                return Amount(ask.min_fen)
            case ChooseHoldAmount():
                return AmountChosen(guest.hold_fen)
            case ConfirmQuote():
                return Leave() if guest.leaves_bill else PayWith(guest.tender)
            case ShowPaymentCode():
                code = recognise(wallet_code(guest.wallet_ending))
                assert isinstance(code, PaymentCode)
                return code
        return Leave()

    def present_card_when_asked(self) -> None:
        """The bank card, as soon as the POS waits for one."""
        threading.Thread(target=self._present_card, name="hand", daemon=True).start()

    def _take_card(self) -> Taken:
        with ControlClient(self._control) as units:
            units.ask("card_dispenser", "take")
        while not isinstance(self._events.get(timeout=_TAKE_LIMIT_S), CardTaken):
            pass
        return Taken()

    def _put_in_note(self) -> NoteOffered:
        with ControlClient(self._control) as units:
            units.ask("cash", "insert", denomination_fen=NOTE_FEN)
        while not isinstance(told := self._events.get(timeout=_TAKE_LIMIT_S), NoteOffered):
            pass
        while self._guest.dawdles and not isinstance(
            self._events.get(timeout=_TAKE_LIMIT_S), NoteReturned
        ):
            pass
        return told

    def _present_card(self) -> None:
        with ControlClient(self._control) as watching, ControlClient(self._control) as units:
            for told in watching.watch():
                state = told["state"]
                if told["unit"] != "pos" or not isinstance(state, dict):
                    continue
                if state["waiting_for_card"]:
                    if self._guest.plug_pulled_at_pos:
                        os.kill(os.getpid(), signal.SIGKILL)
                    pan, outcome = "6222021203001234567", self._guest.bank_card
                    units.ask("pos", "present_card", pan=pan, outcome=outcome)
                    return
