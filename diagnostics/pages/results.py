"""One result: verdict in a word, what was measured, how often it was met, what to do now."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from core.upkeep.checks import CheckRecord
from core.upkeep.words import FACTS, OUTCOMES, word
from diagnostics.pages.look import Look
from diagnostics.pages.parts import (
    banner,
    facts_grid,
    margins,
    picture,
    tone_colour,
)
from diagnostics.steps import Told
from diagnostics.views import (
    ICONS,
    TEXT_ROLES,
    Tone,
    advice,
    check_title,
    local,
    message,
    outcome_tone,
    trouble_word,
)
from ui.widget_parts import label, rule, wrapped


def told_part(look: Look, told: Told | None) -> QFrame | None:
    """What came of the last thing done, for the head of a section."""
    if told is None:
        return None
    if isinstance(told.outcome, CheckRecord):
        return result_card(look, told.outcome)
    said = message(told, look.words)
    return None if said is None else banner(look, said.tone, said.text, "told")


def result_card(look: Look, record: CheckRecord) -> QFrame:
    """The whole of one record."""
    _ = look.words
    tone = outcome_tone(record.outcome)
    sheet = QFrame()
    sheet.setObjectName("result")
    sheet.setProperty("role", tone.value if tone is not Tone.UNSURE else "tint")
    body = QVBoxLayout(sheet)
    margins(body, look, 18, 12, 8)
    head = QHBoxLayout()
    head.setSpacing(look.px(10))
    head.addWidget(picture(look, ICONS[tone], tone_colour(look, tone), 32))
    verdict = label(word(OUTCOMES, record.outcome, _), "verdict")
    verdict.setStyleSheet(f"color: {tone_colour(look, tone)};")
    head.addWidget(verdict)
    head.addWidget(wrapped(check_title(record.device, record.check, _), "strong"), 1)
    if record.at:
        head.addWidget(label(f"{local(record.at)} · {record.person}", "muted"))
    body.addLayout(head)
    if record.reason:
        said = trouble_word(record.reason, _)
        if record.similar:
            again = _("time no. {number} with this fault").format(number=record.similar + 1)
            said = f"{said} · {again}"
        body.addWidget(wrapped(said, TEXT_ROLES[tone]))
    if record.facts:
        columns = 1 if look.touch or len(record.facts) < 3 else 2
        named = [(word(FACTS, name, _), value) for name, value in record.facts]
        body.addLayout(facts_grid(look, named, columns))
    if record.outcome == "failed":
        body.addWidget(rule())
        what = _("Now: {advice}").format(advice=advice(record.device, record.reason or "other", _))
        body.addWidget(wrapped(what, "strong"))
    sheet.setAccessibleName(f"{verdict.text()} {check_title(record.device, record.check, _)}")
    return sheet
