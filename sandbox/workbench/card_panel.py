"""The panel of health cards: the dispenser's gate, the cards in hand, the slot.

Talks to its `Bench`. What a reader would get wrong: the card that came to hand last is the one
that "insert" inserts, unless the person chooses another.
"""

from __future__ import annotations

from sandbox.workbench.parts import Bench, Choice, Option, Panel, allow
from sandbox.workbench.props import OLD_CARDS
from sandbox.workbench.snapshot import DispenserSeen, SlotSeen, Snapshot
from sandbox.workbench.words import Words

CARDS_IN_A_PACK = 10


class CardPanel(Panel):
    """Take, insert, remove; load, jam, clear."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("cards", words, bench)
        self._hand: frozenset[str] = frozenset()
        self._choice: Choice[str] = Choice("choose_card", words("choose_card"))
        self._insert = self.own_button("insert_card", self._on_insert, primary=True)
        self._remove = self.button("remove_card", lambda hands: hands.unit("card_slot", "remove"))
        self._take = self.button("take_card", lambda hands: hands.unit("card_dispenser", "take"))
        self._load = self.button(
            "load_cards", lambda h: h.unit("card_dispenser", "load", count=CARDS_IN_A_PACK)
        )
        self._jam = self.button("jam_dispenser", lambda h: h.unit("card_dispenser", "jam"))
        self._unjam = self.button("unjam_dispenser", lambda h: h.unit("card_dispenser", "unjam"))
        self.row(self._choice, self._insert, self._remove)
        self.row(self._take, self._load, self._jam, self._unjam)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Where each card is, and what a hand can do about it."""
        slot, dispenser = snapshot.slot, snapshot.dispenser
        self._offer_cards(snapshot)
        self._allow_slot(slot)
        self._allow_dispenser(dispenser)
        at_gate = dispenser is not None and dispenser.card_at_gate
        self.say(self._state_words(slot, dispenser), asks=at_gate)

    def _offer_cards(self, snapshot: Snapshot) -> None:
        in_slot = snapshot.slot.uid if snapshot.slot is not None else None
        fresh = [uid for uid in snapshot.hand if uid not in OLD_CARDS]
        uids = [*fresh, *(uid for uid in OLD_CARDS if uid != in_slot)]
        self._choice.offer([Option(self._card_words(uid), uid) for uid in uids])
        came = frozenset(snapshot.hand) - self._hand
        self._hand = frozenset(snapshot.hand)
        if came:
            self._choice.choose(min(came))

    def _allow_slot(self, slot: SlotSeen | None) -> None:
        if slot is None:
            cannot_insert = cannot_remove = self.words("no_unit")
        elif slot.uid is None:
            cannot_insert, cannot_remove = "", self.words("slot_empty")
        else:
            cannot_insert = self.words("slot_holds", card=self._card_words(slot.uid))
            cannot_remove = ""
        allow(self._insert, cannot_insert)
        allow(self._remove, cannot_remove)

    def _allow_dispenser(self, seen: DispenserSeen | None) -> None:
        no_unit = self.words("no_unit") if seen is None else ""
        at_gate, jammed = seen is not None and seen.card_at_gate, seen is not None and seen.jammed
        allow(self._load, no_unit)
        allow(self._take, no_unit or ("" if at_gate else self.words("gate_empty")))
        allow(self._jam, no_unit or (self.words("jammed") if jammed else ""))
        allow(self._unjam, no_unit or ("" if jammed else self.words("not_jammed")))

    def _state_words(self, slot: SlotSeen | None, dispenser: DispenserSeen | None) -> str:
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
        return " · ".join(parts) or self.words("no_unit")

    def _card_words(self, uid: str) -> str:
        person = OLD_CARDS.get(uid)
        if person is None:
            return self.words("new_card", uid=uid[-4:])
        return self.words("own_card", name=person.name)

    def _on_insert(self) -> None:
        uid = self._choice.chosen
        if uid is not None:
            self.perform("insert_card", lambda hands: hands.insert_card(uid))
