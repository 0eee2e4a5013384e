"""The one object that QML sees: which screen with which view, tokens, clock, and plain presses.

No business words in it: Python calls `show(ticket, screen, view)`, QML answers with
`say(ticket, word, value)`, which comes out as the signal `said`. What a reader would get wrong:
views hold words in the language of the moment, so after `language_changed` whoever shows must call
`show` again with the same ticket and screen; the screen then keeps its place and typed digits.
`Ui` is registered with QML once, at import, before the first engine exists (ui.md 1.8).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Property, QElapsedTimer, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtQml import QQmlApplicationEngine, qmlRegisterSingletonType
from PySide6.QtQuick import QQuickWindow

from core.billing import Text
from core.catalogue import Catalogue
from core.clock import CHINA, Clock
from core.errors import ZhenfuError
from core.idle_content import ContentKind, IdleContent
from core.phrase import date_words, said, spoken
from ui.icon_provider import IconProvider
from ui.pinyin_keys import PinyinKeys
from ui.qr_provider import QrProvider
from ui.signature import Ink
from ui.signature_image import InkProvider
from ui.text import Translator, in_language, other_language, sentences
from ui.tokens import Modes, Motion, as_map

_EMPTY = Text("", "")
_CLOCK_TICK_MS = 1000
_PAPER_PX, _INK_COLOUR = 400.0, "#0E2230"
"""Of the field to sign on: its size until a screen tells its own, and black on white always."""
_OWN_NAME = said("English")
"""What each language calls itself, by its own catalogue."""
_WEEKDAYS = (
    Text("星期一", "Mon"),
    Text("星期二", "Tue"),
    Text("星期三", "Wed"),
    Text("星期四", "Thu"),
    Text("星期五", "Fri"),
    Text("星期六", "Sat"),
    Text("星期日", "Sun"),
)


class Ui(QObject):
    """See the module. `frozen` stops every movement on the screens (tests), as calm mode does."""

    said = Signal(int, str, str)
    touched_anywhere = Signal()
    more_time = Signal()
    help_called = Signal()
    read_asked = Signal()
    maintenance_called = Signal()
    language_changed = Signal()
    tokens_changed = Signal()
    place_changed = Signal()
    clock_changed = Signal()
    online_changed = Signal()
    seconds_changed = Signal()
    help_changed = Signal()
    caption_changed = Signal()
    voice_changed = Signal()
    shown = Signal()
    view_changed = Signal()

    def __init__(
        self,
        known: Mapping[str, Catalogue],
        clock: Clock,
        language: str = "zh",
        frozen: bool = False,
    ) -> None:
        super().__init__()
        self.translator = Translator(known, language)
        self.translator.install()
        self._language, self._wall, self._frozen = language, clock, frozen
        self._modes = Modes()
        self._tokens = as_map(self._modes)
        self._hospital, self._place = _EMPTY, _EMPTY
        self._announcements = IdleContent((), 0)
        self._service_line = ""
        self._front: list[dict[str, object]] = []
        self._online, self._seconds_left, self._help = True, 0, ""
        self._caption, self._voice_out = "", False
        self._ticket, self._screen = 0, ""
        self._view: dict[str, object] = {}
        self._said_ticket, self._since_said = -1, QElapsedTimer()
        self._ink, self._pinyin = Ink(_PAPER_PX, _PAPER_PX), PinyinKeys()
        self._now = self._read_clock()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start(_CLOCK_TICK_MS)

    # --- what the composition root and the runner call ---------------------------------------

    @property
    def catalogue(self) -> Catalogue:
        """For the view functions: the catalogue of the language of the moment."""
        return self.translator.catalogue

    @property
    def modes(self) -> Modes:
        """What the person switched on."""
        return self._modes

    def serve_pictures(self, engine: QQmlApplicationEngine) -> None:
        """What the screens of this engine draw from `image://`."""
        engine.addImageProvider("icon", IconProvider())
        engine.addImageProvider("qr", QrProvider())
        engine.addImageProvider("ink", InkProvider(self._ink, _INK_COLOUR))

    def show(self, ticket: int, screen: str, view: dict[str, object]) -> None:
        """Draw a screen of `kiosk/screens`. Same ticket and screen: only its words change."""
        again = (ticket, screen) == (self._ticket, self._screen)
        self._ticket, self._screen, self._view = ticket, screen, view
        if again:
            self.view_changed.emit()
        else:
            self._set_seconds(0)
            self._ink.clear()
            self.shown.emit()

    def set_seconds_left(self, seconds: int) -> None:
        """For the ring and the idle sheet; 0: no countdown."""
        self._set_seconds(seconds)

    def set_place(self, hospital: Text, place: Text, service_line: str) -> None:
        """What sign-on told: whose machine this is, where it stands, whom to phone."""
        self._hospital, self._place, self._service_line = hospital, place, service_line
        self.place_changed.emit()

    def set_front(self, parts: list[dict[str, object]]) -> None:
        """What the drawing of the machine shows: `id`, `row` and `column` of each part."""
        self._front = parts
        self.place_changed.emit()

    def set_announcements(self, told: IdleContent) -> None:
        """What the home screen shows in turn, beside its standing words."""
        self._announcements = told
        self.place_changed.emit()

    def set_online(self, online: bool) -> None:
        """Does the settlement centre answer?"""
        self._online = online
        self.online_changed.emit()

    def set_help(self, state: str) -> None:
        """ "calling" while nobody knows yet, "told" when staff really were, "failed"; "" for no
        call, or one that is over."""
        self._help = state
        self.help_changed.emit()

    def set_caption(self, words: str) -> None:
        """The sentence that is read aloud now; "" for silence."""
        self._caption = words
        self.caption_changed.emit()

    def set_voice_out(self, out: bool) -> None:
        """Nothing can be read aloud at this machine?"""
        self._voice_out = out
        self.voice_changed.emit()

    def reset(self) -> None:
        """The next person: all modes off. The language is the caller's business."""
        self._set_modes(Modes())

    def set_language(self, language: str) -> None:
        """Any of the catalogues; whoever shows a view shows it again on `language_changed`."""
        self._language = language
        self.translator.use(language)
        self.language_changed.emit()
        self.place_changed.emit()
        self.clock_changed.emit()

    # --- what QML calls ------------------------------------------------------------------------

    @Slot(int, str, str)
    def say(self, ticket: int, word: str, value: str) -> None:
        """A press. A second word on the same ticket within 400 ms is a trembling finger."""
        resting = self._since_said.isValid() and self._since_said.elapsed() < Motion().rest
        if ticket == self._said_ticket and resting:
            return
        self._said_ticket = ticket
        self._since_said.start()
        self.said.emit(ticket, word, value)

    @Slot(str)
    def toggle(self, mode: str) -> None:
        """One of the names of `Modes`."""
        self._set_modes(replace(self._modes, **{mode: not getattr(self._modes, mode)}))

    @Slot()
    def switch_language(self) -> None:
        """To the next one; there are two, and those that translators added."""
        self.set_language(self.translator.next().language)

    @Slot()
    def touch(self) -> None:
        """Any press anywhere."""
        self.touched_anywhere.emit()

    @Slot()
    def extend(self) -> None:
        """A press while the idle sheet is open."""
        self.more_time.emit()

    @Slot()
    def call_help(self) -> None:
        """The bell in the dock."""
        self.help_called.emit()

    @Slot()
    def read(self) -> None:
        """The person wants this screen read to them, all of it."""
        self.read_asked.emit()

    @Slot()
    def call_maintenance(self) -> None:
        """The hidden corner was pressed for three seconds."""
        self.maintenance_called.emit()

    @Slot(str, result=str)
    def in_other_language(self, source: str) -> str:
        """A catalogue text in the language that is not on, for the second line of a tile."""
        return self.translator.other(self._language)(source)

    # --- what QML reads ------------------------------------------------------------------------

    def _get_tokens(self) -> dict[str, object]:
        return self._tokens

    def _get_language(self) -> str:
        return self._language

    def _get_next_language(self) -> str:
        return spoken(_OWN_NAME, self.translator.next())

    def _get_hospital(self) -> str:
        return in_language(self._hospital, self._language)

    def _get_hospital_other(self) -> str:
        return in_language(self._hospital, other_language(self._language))

    def _get_place(self) -> str:
        return in_language(self._place, self._language)

    def _get_announcements(self) -> list[dict[str, object]]:
        return [
            {
                "title": in_language(one.title, self._language),
                "sentences": sentences(in_language(one.text, self._language)),
                "promotion": one.kind is ContentKind.PROMOTION,
            }
            for one in self._announcements.content
        ]

    def _get_front(self) -> list[dict[str, object]]:
        return self._front

    def _get_waiting(self) -> int:
        return self._announcements.waiting

    def _get_service_line(self) -> str:
        return self._service_line

    def _get_clock(self) -> str:
        return f"{self._now:%H:%M}"

    def _get_date(self) -> str:
        now = self._now
        weekday = in_language(_WEEKDAYS[now.weekday()], self._language)
        day = date_words(f"{now:%Y-%m-%d}", self._language, year=False)
        return f"{day} {weekday}" if self._language == "zh" else f"{weekday} {day}"

    def _get_online(self) -> bool:
        return self._online

    def _get_seconds_left(self) -> int:
        return self._seconds_left

    def _get_help(self) -> str:
        return self._help

    def _get_frozen(self) -> bool:
        return self._frozen or self._modes.calm

    def _get_caption(self) -> str:
        return self._caption

    def _get_voice_out(self) -> bool:
        return self._voice_out

    def _get_ticket(self) -> int:
        return self._ticket

    def _get_screen(self) -> str:
        return self._screen

    def _get_view(self) -> dict[str, object]:
        return self._view

    def _get_ink(self) -> Ink:
        return self._ink

    def _get_pinyin(self) -> PinyinKeys:
        return self._pinyin

    # the stub knows no type by name, and a plain dict would reach QML as an opaque object
    tokens = Property("QVariantMap", _get_tokens, notify=tokens_changed)  # type: ignore[arg-type]
    language = Property(str, _get_language, notify=language_changed)
    nextLanguage = Property(str, _get_next_language, notify=language_changed)  # noqa: N815
    hospital = Property(str, _get_hospital, notify=place_changed)
    hospitalOther = Property(str, _get_hospital_other, notify=place_changed)  # noqa: N815
    place = Property(str, _get_place, notify=place_changed)
    announcements = Property("QVariantList", _get_announcements, notify=place_changed)  # type: ignore[arg-type]
    front = Property("QVariantList", _get_front, notify=place_changed)  # type: ignore[arg-type]
    waiting = Property(int, _get_waiting, notify=place_changed)
    serviceLine = Property(str, _get_service_line, notify=place_changed)  # noqa: N815
    clock = Property(str, _get_clock, notify=clock_changed)
    date = Property(str, _get_date, notify=clock_changed)
    online = Property(bool, _get_online, notify=online_changed)
    secondsLeft = Property(int, _get_seconds_left, notify=seconds_changed)  # noqa: N815
    help = Property(str, _get_help, notify=help_changed)
    frozen = Property(bool, _get_frozen, notify=tokens_changed)
    caption = Property(str, _get_caption, notify=caption_changed)
    voiceOut = Property(bool, _get_voice_out, notify=voice_changed)  # noqa: N815
    ink = Property(QObject, _get_ink, constant=True)
    pinyin = Property(QObject, _get_pinyin, constant=True)
    ticket = Property(int, _get_ticket, notify=shown)
    screen = Property(str, _get_screen, notify=shown)
    view = Property("QVariantMap", _get_view, notify=view_changed)  # type: ignore[arg-type]

    def _set_modes(self, modes: Modes) -> None:
        self._modes = modes
        self._tokens = as_map(modes)
        self.tokens_changed.emit()

    def _set_seconds(self, seconds: int) -> None:
        if seconds != self._seconds_left:
            self._seconds_left = seconds
            self.seconds_changed.emit()

    def _read_clock(self) -> datetime:
        return self._wall.wall().astimezone(CHINA)

    def _on_tick(self) -> None:
        before, self._now = self._now, self._read_clock()
        if (before.hour, before.minute, before.day) != (
            self._now.hour,
            self._now.minute,
            self._now.day,
        ):
            self.clock_changed.emit()


class ScreenError(ZhenfuError):
    """The screens could not be loaded."""


_next: list[Ui] = []

# once per process, and before the first engine; the stub wants bytes, the call wants str
qmlRegisterSingletonType(Ui, "Zhenfu.Core", 1, 0, "Ui", lambda engine: _next[-1])  # type: ignore[call-overload]


def open_window(ui: Ui, main: Path) -> tuple[QQmlApplicationEngine, QQuickWindow]:
    """Load `main` (a QML file with a Window) for this `ui`; keep both results alive.

    Raises ScreenError when the file does not load; the reasons are in the log.
    """
    engine = QQmlApplicationEngine()
    _next[:] = [ui]
    ui.serve_pictures(engine)
    ui.language_changed.connect(engine.retranslate)
    engine.load(QUrl.fromLocalFile(str(main)))
    roots = engine.rootObjects()
    if not roots or not isinstance(roots[0], QQuickWindow):
        raise ScreenError(f"{main.name} could not be loaded")
    return engine, roots[0]
