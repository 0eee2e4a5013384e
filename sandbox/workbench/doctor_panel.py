"""The panel of the doctor's room, where a visit goes on that began at the machine.

Talks to its `Bench`. What a reader would get wrong: it needs the backend, not the machine.
"""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.workbench.hands import Waiting
from sandbox.workbench.parts import Bench, Choice, Option, Panel, allow
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.words import Words


class DoctorPanel(Panel):
    """Which patient, finish the consultation."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("doctor", words, bench)
        self._has_backend = False
        self._patients: Sequence[Waiting] = ()
        self._choice: Choice[str] = Choice("choose_patient", words("choose_patient"))
        self._done = self.own_button("doctor_done", self._on_done, primary=True)
        self.row(self._choice, self._done)

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
        if not self._has_backend:
            cannot = self.words("no_backend")
        else:
            cannot = "" if patients else self.words("doctor_nobody")
        allow(self._done, cannot)
        self.say(cannot or self.words("doctor_waits", count=len(patients)))

    def _on_done(self) -> None:
        registration_id = self._choice.chosen
        if registration_id is not None:
            self.perform("doctor_done", lambda h: h.finish_consultation(registration_id))
