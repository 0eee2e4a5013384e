"""Panels of what identifies a person: the ID card reader, the scanner, the health card.

Talks to its `Bench`. What a reader would get wrong: codes are made when the button is pressed,
not when the list is filled, because each may be shown once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.people import NEW_PATIENT, Person
from sandbox.workbench.hands import Hands
from sandbox.workbench.parts import Bench, Choice, Option, Panel, plain_button
from sandbox.workbench.props import (
    PEOPLE,
    Code,
    insurance_code,
    owner_of_card,
    with_wrong_check_digit,
)
from sandbox.workbench.snapshot import DispenserSeen, SlotSeen, Snapshot
from sandbox.workbench.words import Words

CARDS_IN_A_PACK = 10


@dataclass(frozen=True, slots=True)
class IdCard:
    """An ID card to lay on the reader."""

    person: Person
    readable: bool = True


class IdReaderPanel(Panel):
    """Whose card, put it, take it."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("id_reader", words, bench)
        wrong, name = with_wrong_check_digit(NEW_PATIENT), NEW_PATIENT.name
        options = [Option(person.name, IdCard(person)) for person in PEOPLE]
        options.append(Option(words("wrong_digit", name=name), IdCard(wrong)))
        damaged = IdCard(NEW_PATIENT, readable=False)
        options.append(Option(words("unreadable", name=name), damaged))
        self._choice = Choice("choose_person", words("choose_person"), options)
        self._place = plain_button("place_id_card", words("place_id_card"), primary=True)
        self._place.clicked.connect(self._on_place)
        self._remove = self.button("remove_id_card", Hands.remove_id_card)
        self.row(self._choice, self._place, self._remove)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Empty, or whose card lies there and whether it was read."""
        seen = snapshot.id_reader
        lies = seen is not None and seen.name is not None
        self._place.setEnabled(seen is not None and not lies)
        self._remove.setEnabled(lies)
        if seen is None:
            self.say(self.words("no_unit"))
        elif seen.name is None:
            self.say(self.words("id_empty"))
        else:
            self.say(self.words("id_was_read" if seen.was_read else "id_lies", name=seen.name))

    def _on_place(self) -> None:
        card = self._choice.chosen
        if card is not None:
            self.bench.perform(
                self.words("place_id_card"),
                lambda hands: hands.place_id_card(card.person, readable=card.readable),
            )


class ScannerPanel(Panel):
    """What to show; show it to the kiosk, or to the cashier window when there is one."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("scanner", words, bench)
        self._slip = ""
        self._choice: Choice[Callable[[], str]] = Choice("choose_code", words("choose_code"))
        self._codes = [
            *(Option(words(code.name.lower()), code.fresh) for code in (Code.WECHAT, Code.ALIPAY)),
            *(Option(words("insurance_code", name=p.name), _code_maker(p)) for p in PEOPLE),
            Option(words("last_slip"), self._last_slip),
            *(
                Option(words(code.name.lower()), code.fresh)
                for code in Code
                if code not in (Code.WECHAT, Code.ALIPAY)
            ),
        ]
        self._show = plain_button("show_code", words("show_code"), primary=True)
        self._show.clicked.connect(lambda: self._on_show(at_window=False))
        self._show_at_window = plain_button("show_code_at_window", words("show_code_at_window"))
        self._show_at_window.clicked.connect(lambda: self._on_show(at_window=True))
        self.row(self._choice, self._show)
        self.row(self._show_at_window)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The printed slip can be chosen once there is one."""
        printed = snapshot.printer.last_code if snapshot.printer is not None else None
        self._slip = printed or ""
        self._choice.offer(
            [option for option in self._codes if printed or option.value != self._last_slip]
        )
        is_there = "scanner" in snapshot.units
        self._show.setEnabled(is_there)
        self._show_at_window.setVisible(snapshot.has_window)
        self.say(self.words("scanner_ready" if is_there else "no_unit"))

    def _last_slip(self) -> str:
        return self._slip

    def _on_show(self, *, at_window: bool) -> None:
        make = self._choice.chosen
        if make is not None:
            text = make()
            button = self._show_at_window if at_window else self._show
            label = f"{button.text()} · {self._choice.currentText()}"
            self.bench.perform(label, lambda hands: hands.show_code(text, at_window=at_window))


def _code_maker(person: Person) -> Callable[[], str]:
    return lambda: insurance_code(person)


class CardPanel(Panel):
    """The dispenser's gate, the cards in hand, the slot."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("cards", words, bench)
        self._choice: Choice[str] = Choice("choose_card", words("choose_card"))
        self._insert = plain_button("insert_card", words("insert_card"), primary=True)
        self._insert.clicked.connect(self._on_insert)
        self._remove = self.button("remove_card", lambda hands: hands.unit("card_slot", "remove"))
        self.row(self._choice, self._insert, self._remove)
        self._take = self.button("take_card", lambda h: h.unit("card_dispenser", "take"))
        self._load = self.button(
            "load_cards", lambda h: h.unit("card_dispenser", "load", count=CARDS_IN_A_PACK)
        )
        self._jam = self.button("jam_dispenser", lambda h: h.unit("card_dispenser", "jam"))
        self._unjam = self.button("unjam_dispenser", lambda h: h.unit("card_dispenser", "unjam"))
        self.row(self._take, self._load, self._jam, self._unjam)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Where each card is, and what a hand can do about it."""
        slot, dispenser = snapshot.slot, snapshot.dispenser
        at_gate = dispenser is not None and dispenser.card_at_gate
        in_slot = slot.uid if slot is not None else None
        self._choice.offer([Option(self._card_words(uid), uid) for uid in _in_hand(snapshot)])
        self._insert.setEnabled(slot is not None and in_slot is None)
        self._remove.setEnabled(in_slot is not None)
        self._take.setEnabled(at_gate)
        self._load.setEnabled(dispenser is not None)
        jammed = dispenser is not None and dispenser.jammed
        self._jam.setEnabled(dispenser is not None and not jammed)
        self._jam.setVisible(not jammed)
        self._unjam.setVisible(jammed)
        self.say(self._state_words(slot, dispenser), asks=at_gate)

    def _state_words(self, slot: SlotSeen | None, dispenser: DispenserSeen | None) -> str:
        if slot is None and dispenser is None:
            return self.words("no_unit")
        parts: list[str] = []
        if dispenser is not None and dispenser.card_at_gate:
            parts.append(self.words("gate_waits"))
        if slot is not None and slot.uid is not None:
            parts.append(self.words("slot_holds", card=self._card_words(slot.uid)))
        elif slot is not None:
            parts.append(self.words("slot_empty"))
        if dispenser is not None:
            parts.append(self.words("stacker", count=dispenser.stacker_count))
            if dispenser.bin_count:
                parts.append(self.words("bin", count=dispenser.bin_count))
            if dispenser.jammed:
                parts.append(self.words("jammed"))
        return " · ".join(parts)

    def _card_words(self, uid: str) -> str:
        person = owner_of_card(uid)
        if person is None:
            return self.words("new_card", uid=uid[-4:])
        return self.words("own_card", name=person.name)

    def _on_insert(self) -> None:
        uid = self._choice.chosen
        if uid is not None:
            self.bench.perform(self.words("insert_card"), lambda hands: hands.insert_card(uid))


def _in_hand(snapshot: Snapshot) -> list[str]:
    """Cards that can be inserted: those in the hand, and the old cards that are not in the slot."""
    in_slot = snapshot.slot.uid if snapshot.slot is not None else None
    old = [person.card_uid for person in PEOPLE if person.card_uid is not None]
    fresh = [uid for uid in snapshot.hand if uid not in old]
    return [*fresh, *(uid for uid in old if uid != in_slot)]
