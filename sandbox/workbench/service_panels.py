"""Panels of what happens around the machine: the bank card terminal and the doctor's room.

Talks to its `Bench`. What a reader would get wrong: the bank terminal takes a card only while the
kiosk asks for one, so its buttons are dead the rest of the time.
"""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.workbench.hands import Hands, Waiting
from sandbox.workbench.parts import Bench, Choice, Option, Panel, plain_button
from sandbox.workbench.props import DECLINED_BANK_CARD, GOOD_BANK_CARD
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.words import Words


class PosPanel(Panel):
    """A good card, a declined one, the red key."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("pos", words, bench)
        self._buttons = (
            self.button(
                "good_bank_card", lambda h: h.present_bank_card(GOOD_BANK_CARD), primary=True
            ),
            self.button("declined_bank_card", lambda h: h.present_bank_card(DECLINED_BANK_CARD)),
            self.button("cancel_bank_card", Hands.cancel_at_pos),
        )
        self.row(*self._buttons)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Whether it waits for a card."""
        seen = snapshot.pos
        waits = seen is not None and seen.waits_for_card
        for button in self._buttons:
            button.setEnabled(waits)
        if seen is None:
            self.say(self.words("no_unit"))
            return
        holds = self.words("open_holds", count=seen.open_holds) if seen.open_holds else ""
        says = self.words("pos_waits" if waits else "pos_idle")
        self.say(" · ".join(part for part in (says, holds) if part), asks=waits)


class DoctorPanel(Panel):
    """Which patient, finish the consultation."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("doctor", words, bench)
        self._has_backend = False
        self._patients: Sequence[Waiting] = ()
        self._choice: Choice[str] = Choice("choose_patient", words("choose_patient"))
        self._finish = plain_button(
            "finish_consultation", words("finish_consultation"), primary=True
        )
        self._finish.clicked.connect(self._on_finish)
        self.row(self._choice, self._finish)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The doctor needs the backend, not the machine."""
        self._has_backend = snapshot.has_backend
        self._draw()

    def show_waiting(self, patients: Sequence[Waiting]) -> None:
        """Who is registered and has paid for it."""
        self._patients = patients
        self._draw()

    def _draw(self) -> None:
        patients = self._patients if self._has_backend else ()
        self._choice.offer(
            [Option(f"{p.display_name} · {p.department}", p.registration_id) for p in patients]
        )
        self._choice.setEnabled(bool(patients))
        self._finish.setEnabled(bool(patients))
        if not self._has_backend:
            self.say(self.words("no_backend"))
        elif patients:
            self.say(self.words("doctor_waits", count=len(patients)))
        else:
            self.say(self.words("doctor_nobody"))

    def _on_finish(self) -> None:
        registration_id = self._choice.chosen
        if registration_id is not None:
            self.bench.perform(
                self.words("finish_consultation"),
                lambda hands: hands.finish_consultation(registration_id),
            )
