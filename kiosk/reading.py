"""Reads the screen aloud: what is shown becomes sentences for the voice, and captions of them.

Stands between the bridge and a `core.ports.voice.Voice`. What a reader would get wrong: the voice
answers from its own thread and may be late, so each reading has a number, and captions of any but
the newest are dropped.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.ports.voice import Voice
from kiosk.screens.view_parts import View
from kiosk.screens.view_speech import Wish, of_control, sentences
from ui.bridge import Ui

_SHEET_S = 20
"""Seconds left when the sheet asks whether somebody needs more time (IdleSheet.qml)."""
_CAPTION_MS = 6000
"""How long it stands there that nothing can be read here."""


class Reading(QObject):
    """See the module. `headphones`: nobody else hears it, amounts are read unasked."""

    _told = Signal(int, str)

    def __init__(self, ui: Ui, voice: Voice, headphones: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._voice, self._headphones = ui, voice, headphones
        self._number, self._on = 0, False
        self._newest: tuple[str, ...] = ()
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(_CAPTION_MS)
        self._silence.timeout.connect(lambda: ui.set_caption(""))
        self._told.connect(self._on_told)
        ui.set_voice_out(voice.state != "ok")
        ui.shown.connect(self._on_screen)
        ui.view_changed.connect(self._on_words)
        ui.tokens_changed.connect(self._on_modes)
        ui.read_asked.connect(self._on_asked)
        ui.seconds_changed.connect(self._on_second)
        ui.help_changed.connect(self._on_help)

    @Slot(str)
    def on_focused(self, words: str) -> None:
        """The keys stand on another control."""
        if self._on:
            self._read(of_control(words, self._ui.catalogue, self._headphones))

    @Slot()
    def _on_screen(self) -> None:
        """Another screen: the old one's words end at once."""
        self._read(self._unasked() if self._on else ())

    @Slot()
    def _on_words(self) -> None:
        """The same screen in another language, or with another number on it."""
        if self._on and self._unasked() != self._newest:
            self._on_screen()

    @Slot()
    def _on_modes(self) -> None:
        on = self._ui.modes.read_aloud
        if on != self._on:
            self._on = on
            self._on_screen()

    @Slot()
    def _on_second(self) -> None:
        """The sheet over the screen is heard, too."""
        view = self._view()
        sheet = view.get("warn") is True and self._ui.property("secondsLeft") == _SHEET_S
        if self._on and sheet:
            _ = self._ui.catalogue
            self._read((_("Do you need more time?"),))

    @Slot()
    def _on_help(self) -> None:
        """Whether staff know, for who cannot see the bell."""
        _ = self._ui.catalogue
        words = {"told": _("Staff told"), "failed": _("Nobody reached")}
        told = words.get(str(self._ui.property("help")))
        if self._on and told is not None:
            self._read((told,))

    @Slot()
    def _on_asked(self) -> None:
        if self._voice.state != "ok":
            self._ui.set_voice_out(True)
            _ = self._ui.catalogue
            self._ui.set_caption(_("Reading aloud is not available at this machine."))
            self._silence.start()
        else:
            self._ui.set_voice_out(False)
            self._read(self._sentences(Wish(asked=True, amounts=True)))

    def _unasked(self) -> tuple[str, ...]:
        return self._sentences(Wish(amounts=self._headphones))

    def _sentences(self, wish: Wish) -> tuple[str, ...]:
        return sentences(self._view(), self._ui.catalogue, wish)

    def _view(self) -> View:
        view = self._ui.property("view")
        return view if isinstance(view, dict) else {}

    def _read(self, words: tuple[str, ...]) -> None:
        self._number += 1
        self._newest = words
        self._silence.stop()
        self._ui.set_caption("")
        if words:
            number = self._number
            language = self._ui.catalogue.language
            self._voice.read(words, language, lambda told: self._told.emit(number, told))
        else:
            self._voice.stop()

    @Slot(int, str)
    def _on_told(self, number: int, words: str) -> None:
        if number == self._number:
            self._ui.set_caption(words)
