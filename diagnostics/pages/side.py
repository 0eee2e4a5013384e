"""The left column: alarms on top, then every device with its state, not fitted ones at the end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from core.upkeep.steps import Alarm, DeviceView
from core.upkeep.words import ALARMS, DEVICES, word
from diagnostics.pages.look import Look
from diagnostics.pages.parts import RowButton, Say, banner, column, margins, picture, toned
from diagnostics.steps import Section, Work, device_of
from diagnostics.views import (
    GROUPS,
    TEXT_ROLES,
    Tone,
    alarm_detail,
    alarm_target,
    device_tone,
    group_title,
    state_word,
    subject_word,
)
from ui.widget_parts import Elided, label, scrolled, wrapped


class SideColumn(QFrame):
    """Built anew with every step."""

    def __init__(self, look: Look, work: Work, say: Say) -> None:
        super().__init__()
        self._look, self._say = look, say
        _ = look.words
        self.setProperty("role", "side")
        self.setFixedWidth(look.side_px)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        content = QWidget()
        self._list = QVBoxLayout(content)
        margins(self._list, look, 10, 12, 4)
        area = scrolled(content)
        area.setObjectName("side")
        area.setAccessibleName(_("Alarms and devices"))
        whole.addWidget(area)
        self._alarms(work.view.alarms)
        for index, names in enumerate(GROUPS):
            self._group(group_title(index, _), names, work)
        self._missing(work)
        self._list.addStretch()

    def _heading(self, title: str) -> None:
        self._list.addSpacing(self._look.px(8))
        self._list.addWidget(label(title, "caption"))

    def _alarms(self, alarms: tuple[Alarm, ...]) -> None:
        look, _ = self._look, self._look.words
        if not alarms:
            self._list.addWidget(banner(look, Tone.GOOD, _("No alarms"), "no_alarms"))
            return
        self._list.addWidget(label(_("Alarms") + f" · {len(alarms)}", "caption"))
        for index, alarm in enumerate(alarms):
            self._list.addWidget(self._alarm(index, alarm))

    def _alarm(self, index: int, alarm: Alarm) -> RowButton:
        look, _ = self._look, self._look.words
        low = alarm.code == "low"
        tone = Tone.WARN if low else Tone.BAD
        title = word(ALARMS, alarm.code, _)
        row = RowButton(look, f"alarm_{index}", title, "alarm_low" if low else "alarm", look.px(58))
        colour = look.colour.warning if low else look.colour.danger
        row.inside.addWidget(picture(look, "alert-triangle", colour, 24))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        detail = alarm_detail(alarm, _)
        subject = subject_word(alarm, _)
        texts.addStretch()
        texts.addWidget(Elided(subject, TEXT_ROLES[tone]))
        texts.addWidget(Elided(f"{title} · {detail}" if detail else title, "muted"))
        texts.addStretch()
        row.inside.addLayout(texts, 1)
        row.setToolTip(f"{subject}: {title} {detail}")
        row.clicked.connect(lambda: self._say("open", alarm_target(alarm)))
        return row

    def _group(self, title: str, names: tuple[str, ...], work: Work) -> None:
        devices = [device_of(work.view, name) for name in names]
        fitted = [one for one in devices if one is not None and _is_fitted(one)]
        if fitted:
            self._heading(title)
        for device in fitted:
            now = work.section is Section.DEVICE and work.subject == device.name
            self._list.addWidget(self._device(device, now=now))

    def _device(self, device: DeviceView, *, now: bool) -> RowButton:
        look, _ = self._look, self._look.words
        name = word(DEVICES, device.name, _)
        row = RowButton(look, f"device_{device.name}", name, "row", look.px(44))
        row.setProperty("now", now)
        tone = device_tone(device)
        row.inside.addWidget(Elided(name, "strong"), 1)
        row.inside.addWidget(toned(look, tone, state_word(device, _)))
        row.setAccessibleDescription(state_word(device, _))
        row.clicked.connect(lambda: self._say("open", f"{Section.DEVICE}/{device.name}"))
        return row

    def _missing(self, work: Work) -> None:
        _ = self._look.words
        names = [word(DEVICES, one.name, _) for one in work.view.devices if not _is_fitted(one)]
        if names:
            part, inside = column()
            inside.addWidget(wrapped((" · ").join(names), "muted"))
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._heading(_("Not fitted"))
            self._list.addWidget(part)


def _is_fitted(device: DeviceView) -> bool:
    return device.history.state != "not_fitted"
