"""One device: who it is, its checks with their last results, what depends on it."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.upkeep.steps import CheckOffer, DeviceView
from core.upkeep.words import CHECKS, DEVICES, FUNCTIONS, HANDS, OUTCOMES, STATES, word
from diagnostics.pages.look import Look
from diagnostics.pages.parts import (
    Say,
    Sheet,
    banner,
    button,
    column,
    facts_grid,
    nothing,
    toned,
)
from diagnostics.pages.results import told_part
from diagnostics.steps import Work, device_of
from diagnostics.views import (
    Tone,
    device_tone,
    functions_of,
    latest,
    local,
    outcome_tone,
    state_word,
    trouble_word,
)
from ui.widget_parts import label, rule, wrapped


def device_page(look: Look, work: Work, say: Say) -> QWidget:
    """The device of the step; the first fitted one when none was chosen."""
    page, body = column()
    body.setSpacing(look.px(12))
    fitted = [one for one in work.view.devices if one.history.state != "not_fitted"]
    chosen = device_of(work.view, work.subject)
    device = chosen if chosen in fitted else next(iter(fitted), None)
    if device is None:
        body.addWidget(nothing(look.words("No device is fitted.")))
        return page
    told = told_part(look, work.told)
    if told is not None:
        body.addWidget(told)
    if device.history.exchanged:
        body.addWidget(_exchanged(look, device, say))
    body.addWidget(_identity(look, device))
    body.addWidget(_checks(look, work, device, say))
    body.addWidget(_functions(look, work, device))
    body.addStretch()
    return page


def _identity(look: Look, device: DeviceView) -> QWidget:
    _ = look.words
    history = device.history
    sheet = Sheet(look, word(DEVICES, device.name, _))
    sheet.beside.addWidget(toned(look, device_tone(device), state_word(device, _)))
    last = "-"
    if history.last_fault:
        last = f"{word(STATES, history.last_fault, _)} · {local(history.last_fault_at)}"
    facts = (
        (_("Path"), device.path),
        (_("Since"), local(history.since)),
        (_("Model"), history.model),
        (_("Last fault"), last),
        (_("Firmware"), history.firmware),
        (_("Faults so far"), str(history.faults)),
        (_("Serial number"), history.serial),
    )
    sheet.body.addLayout(facts_grid(look, facts))
    return sheet


def _exchanged(look: Look, device: DeviceView, say: Say) -> QWidget:
    _ = look.words
    history = device.history
    text = _("Serial number {new} answers; {old} was accepted here.").format(
        new=history.serial, old=history.former_serial
    )
    frame = banner(look, Tone.BAD, text, "exchanged")
    row = frame.layout()
    assert isinstance(row, QHBoxLayout)
    accept = button(
        look,
        "accept",
        _("Accept this device"),
        lambda: say("accept", device.name),
        role="danger",
    )
    row.addWidget(accept)
    return frame


def _checks(look: Look, work: Work, device: DeviceView, say: Say) -> QWidget:
    _ = look.words
    sheet = Sheet(look, _("Checks"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.px(14))
    grid.setVerticalSpacing(look.px(8))
    grid.setColumnStretch(0, 1)
    for index, offer in enumerate(device.checks):
        if index:
            grid.addWidget(rule(), index * 2 - 1, 0, 1, 3)
        grid.addLayout(
            check_texts(look, offer.name, offer.hand, consumes=offer.consumes), index * 2, 0
        )
        grid.addWidget(last_result(look, work, device.name, offer.name), index * 2, 1)
        grid.addWidget(_run(look, device.name, offer, say), index * 2, 2)
    sheet.body.addLayout(grid)
    if not device.checks:
        sheet.body.addWidget(nothing(_("It offers no checks.")))
    return sheet


def _run(look: Look, device: str, offer: CheckOffer, say: Say) -> QWidget:
    _ = look.words
    made = button(
        look, f"run_{offer.name}", _("Run"), lambda: say("check", f"{device}/{offer.name}")
    )
    made.setAccessibleDescription(word(CHECKS, offer.name, _))
    return made


def check_texts(look: Look, name: str, hand: str, *, consumes: bool) -> QVBoxLayout:
    """What is tried, what the hand must do, what it uses up."""
    _ = look.words
    texts = QVBoxLayout()
    texts.setSpacing(0)
    texts.addWidget(wrapped(word(CHECKS, name, _), "strong"))
    if hand:
        texts.addWidget(wrapped(word(HANDS, hand, _), "muted"))
    if consumes:
        texts.addWidget(wrapped(_("Uses paper, a card or a booklet"), "muted"))
    return texts


def last_result(look: Look, work: Work, device: str, check: str) -> QWidget:
    """The newest verdict and its time."""
    _ = look.words
    record = latest(work.view, device, check)
    part, body = column()
    body.setSpacing(0)
    if record is None:
        body.addWidget(label(_("never run"), "muted"))
        return part
    body.addWidget(toned(look, outcome_tone(record.outcome), word(OUTCOMES, record.outcome, _)))
    body.addWidget(label(local(record.at), "muted"))
    return part


def _functions(look: Look, work: Work, device: DeviceView) -> QWidget:
    _ = look.words
    sheet = Sheet(look, _("What depends on it"))
    needing = functions_of(device.name, work.view)
    for name, missing in needing:
        row = QHBoxLayout()
        row.addWidget(wrapped(word(FUNCTIONS, name, _), "strong"), 1)
        tone = Tone.BAD if missing else Tone.GOOD
        row.addWidget(toned(look, tone, trouble_word(missing, _) if missing else _("works")))
        sheet.body.addLayout(row)
    if not needing:
        sheet.body.addWidget(nothing(_("No function needs it.")))
    return sheet
