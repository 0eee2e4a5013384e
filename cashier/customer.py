"""The customer's screen during a shift: the same pure words as the page's copy, in one language.

Hears the runner beside the page and tells `ui/customer_display.py`. What a reader would get wrong:
a window without a second screen loads no Qt Quick at all, which costs 30 MB.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from cashier.steps.sheet import INK
from cashier.views import Context, after, customer_view
from core.billing import Text
from core.catalogue import Catalogue
from core.flow import Step
from ui.text import in_language


class Customer(QObject):
    """`number`: setting display.customer_screen; `touch`: display.customer_touch. `changed`: its
    screen came or went. `said(ticket, word, value)`: a touch there, for the runner."""

    changed = Signal()
    said = Signal(int, str, str)

    def __init__(
        self, number: int, catalogue: Catalogue, place: Text, *, touch: bool = False
    ) -> None:
        """Raises ScreenError when the picture cannot be loaded."""
        super().__init__()
        self._touch, self._ticket = touch, 0
        self._words, self._place = catalogue, place
        self._context = Context()
        self._step: Step[Any] | None = None
        self.display = None
        if number:
            from ui.customer_display import CustomerDisplay  # Qt Quick, only when it is needed

            self.display = CustomerDisplay(number)
            self.display.changed.connect(self.changed)
            self.display.signed.connect(self._on_signed)

    @property
    def takes_ink(self) -> bool:
        """Somebody could sign on it now."""
        return self._touch and self.display is not None and self.display.state == "ok"

    @Slot(int, object)
    @Slot(int, object, bool)
    def show_step(self, ticket: int, step: Step[Any], _may_leave: bool = False) -> None:
        """An Ask or an Act, as the page gets it."""
        self._context, self._step = after(self._context, step), step
        self._ticket = ticket
        self._draw()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Another language, live."""
        self._words = catalogue
        self._draw()

    def states(self) -> tuple[tuple[str, str], ...]:
        """(name, state) for the page's status bar; nothing when no screen is set."""
        return (("customer_display", self.display.state),) if self.display else ()

    @Slot(str)
    def _on_signed(self, ink: str) -> None:
        self.said.emit(self._ticket, INK, ink)

    def _draw(self) -> None:
        if self.display and self._step:
            view = customer_view(self._context, self._step, self._words)
            self.display.show(view, in_language(self._place, self._words.language), self._words)
