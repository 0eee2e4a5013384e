"""What the page says, as pure functions over the machine's view: tones, groups, times, advice.

What a reader would get wrong: a tone never speaks alone; wherever one is drawn, its icon and a word
stand beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.catalogue import Catalogue
from core.clock import CHINA
from core.ports import Refused
from core.steps import JournalBroken, Recorded
from core.upkeep.checks import CheckRecord
from core.upkeep.steps import (
    AcceptDevice,
    Alarm,
    CountAgreed,
    CountsDiffer,
    DeviceView,
    FirstCount,
    MachineView,
    Made,
    MakeReadinessReport,
    PlaceSticker,
    RecordRefill,
    ReportProblem,
)
from core.upkeep.words import (
    ADVICE,
    ALARM_ADVICE,
    CHECKS,
    DEVICES,
    INPUTS,
    ITEMS,
    STATES,
    TROUBLES,
    word,
)
from diagnostics.steps import Section, Told


class Tone(StrEnum):
    """How good a thing is; names are roles of the style sheet for frames."""

    GOOD = "success"
    WARN = "warning"
    BAD = "danger"
    UNSURE = "muted"


TEXT_ROLES: dict[Tone, str] = {
    Tone.GOOD: "good",
    Tone.WARN: "warn",
    Tone.BAD: "bad",
    Tone.UNSURE: "muted",
}
"""Roles for labels: a label is a frame to Qt, so the frames' roles would draw a box around it."""

ICONS: dict[Tone, str] = {
    Tone.GOOD: "circle-check",
    Tone.WARN: "alert-triangle",
    Tone.BAD: "x",
    Tone.UNSURE: "info-circle",
}

GROUPS: tuple[tuple[str, ...], ...] = (
    ("id_card", "smart_card", "card_reader", "card_dispenser"),
    ("scanner", "camera", "nfc"),
    ("cash", "pos"),
    ("receipt_printer", "page_printer", "vending"),
    ("relay", "voice"),
)
"""Devices as they stand together in the tree; titles by `group_title`."""

SECTION_ICONS: dict[Section, str] = {
    Section.OVERVIEW: "home",
    Section.DEVICE: "info-circle",
    Section.LOOPS: "refresh",
    Section.CONSUMABLES: "receipt",
    Section.CHECKS: "circle-check",
    Section.DOUBTS: "hourglass",
    Section.JOURNAL: "list",
    Section.LOG: "clock",
    Section.SITE: "wifi",
    Section.STICKERS: "device-mobile",
    Section.PAPERS: "printer",
}

_STATE_TONES = {"ok": Tone.GOOD, "low": Tone.WARN, "unknown": Tone.UNSURE}
_OUTCOME_TONES = {"passed": Tone.GOOD, "failed": Tone.BAD}
_VERDICT_TONES = {"good": Tone.GOOD, "bad": Tone.BAD}
_ALARM_PAGES = {
    "low": Section.CONSUMABLES,
    "suspense": Section.DOUBTS,
    "cabinet": Section.OVERVIEW,
}


def section_title(section: Section, _: Catalogue) -> str:
    """The word on a tab."""
    return {
        Section.OVERVIEW: _("Overview"),
        Section.DEVICE: _("Device"),
        Section.LOOPS: _("Loop tests"),
        Section.CONSUMABLES: _("Supplies"),
        Section.CHECKS: _("Results"),
        Section.DOUBTS: _("Doubts"),
        Section.JOURNAL: _("Journal"),
        Section.LOG: _("Log"),
        Section.SITE: _("Site"),
        Section.STICKERS: _("NFC tags"),
        Section.PAPERS: _("Reports"),
    }[section]


def group_title(index: int, _: Catalogue) -> str:
    """The heading of a group of devices."""
    return (
        _("Cards and identity"),
        _("Codes and taps"),
        _("Money"),
        _("Paper and booklets"),
        _("Cabinet and voice"),
    )[index]


def state_tone(state: str) -> Tone:
    """Of a device's state."""
    return _STATE_TONES.get(state, Tone.BAD)


def outcome_tone(outcome: str) -> Tone:
    """Of a check."""
    return _OUTCOME_TONES.get(outcome, Tone.UNSURE)


def verdict_tone(verdict: str) -> Tone:
    """Of a site fact."""
    return _VERDICT_TONES.get(verdict, Tone.UNSURE)


def state_word(device: DeviceView, _: Catalogue) -> str:
    """How it is; an exchanged one says so before anything else."""
    if device.history.exchanged:
        return _("exchanged")
    return word(STATES, device.history.state, _)


def device_tone(device: DeviceView) -> Tone:
    """Of its state; an exchanged one is bad however well it works."""
    return Tone.BAD if device.history.exchanged else state_tone(device.history.state)


def check_title(device: str, check: str, _: Catalogue) -> str:
    """Which check of what."""
    return f"{word(DEVICES, device, _)} · {word(CHECKS, check, _)}"


def advice(device: str, reason: str, _: Catalogue) -> str:
    """What to do now; of this device, else of any."""
    if not reason:
        return ""
    told = ADVICE.get(f"{device}.{reason}") or ADVICE.get(reason) or ADVICE["other"]
    return _(told)


def trouble_word(reason: str, _: Catalogue) -> str:
    """A reason code in words."""
    return word(TROUBLES, reason, _)


def subject_word(alarm: Alarm, _: Catalogue) -> str:
    """What an alarm is about."""
    tables = {"low": ITEMS, "cabinet": INPUTS}
    return word(tables.get(alarm.code, DEVICES), alarm.subject, _)


def alarm_detail(alarm: Alarm, _: Catalogue) -> str:
    """Its measured part in words."""
    if alarm.code == "device":
        return word(STATES, alarm.detail, _)
    if alarm.code == "scanner":
        return trouble_word(alarm.detail, _)
    if alarm.code == "low":
        return _("{count} left").format(count=alarm.detail)
    return alarm.detail


def alarm_advice(alarm: Alarm, _: Catalogue) -> str:
    """What to do about an alarm."""
    return word(ALARM_ADVICE, alarm.code, _)


def alarm_target(alarm: Alarm) -> str:
    """The word after "open" that leads to where it is mended."""
    section = _ALARM_PAGES.get(alarm.code)
    return section.value if section else f"{Section.DEVICE}/{alarm.subject}"


def local(iso: str) -> str:
    """A time of the journal by the hospital's wall; "-" when it never was."""
    return f"{datetime.fromisoformat(iso).astimezone(CHINA):%m-%d %H:%M:%S}" if iso else "-"


def local_day(iso: str) -> str:
    """A day long ago, with its year."""
    return f"{datetime.fromisoformat(iso).astimezone(CHINA):%Y-%m-%d}" if iso else "-"


def local_time(at: datetime | None, _: Catalogue) -> str:
    """A predicted moment, to the minute."""
    return f"{at.astimezone(CHINA):%m-%d %H:%M}" if at is not None else _("not to be said yet")


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence of a result that is not a check, with its tone."""

    tone: Tone
    text: str


def message(told: Told, _: Catalogue) -> Message | None:
    """What came of the last thing done; None for a check, which has a card of its own."""
    match told.outcome:
        case CheckRecord():
            return None
        case Recorded():
            return Message(Tone.GOOD, _recorded(told, _))
        case Made(path, printed):
            return Message(Tone.GOOD, _made(told, path, printed, _))
        case FirstCount():
            text = _("The first count is kept. Another person must count now.")
            return Message(Tone.WARN, text)
        case CountsDiffer():
            return Message(Tone.BAD, _("The two counts differ. Both people count again."))
        case CountAgreed(()):
            return Message(Tone.GOOD, _("Both counts agree, and they agree with the journal."))
        case CountAgreed():
            text = _("Both counts agree, but not with the journal. See the differences below.")
            return Message(Tone.BAD, text)
        case JournalBroken():
            return Message(Tone.BAD, _("The journal cannot be written. Nothing was recorded."))
        case Refused(reason):
            text = f"{trouble_word(reason, _)}{_stop(_)}{advice('', reason, _)}"
            return Message(Tone.BAD, text)


def _recorded(told: Told, _: Catalogue) -> str:
    match told.done:
        case RecordRefill():
            return _("The refill is recorded.")
        case AcceptDevice():
            return _("This device is the right one now. The alarm is over.")
        case PlaceSticker(tag=""):
            return _("The sticker is off the list.")
        case PlaceSticker():
            return _("The sticker is on the list.")
        case ReportProblem():
            return _("Your report is kept, with a picture of the page.")
    return _("Recorded.")


def _made(told: Told, path: str, printed: bool, _: Catalogue) -> str:
    wanted = isinstance(told.done, MakeReadinessReport) and told.done.print_it
    if printed:
        return _("Printed, and kept as {path}").format(path=path)
    if wanted:
        return _("It could not be printed. It is kept as {path}").format(path=path)
    return _("Kept as {path}").format(path=path)


def _stop(_: Catalogue) -> str:
    return "。" if _.language == "zh" else ". "


def functions_of(device: str, view: MachineView) -> tuple[tuple[str, str], ...]:
    """Functions that need a device, each with why it is missing, "" when it works."""
    return tuple(
        (function.name, function.missing)
        for function in view.functions
        if any(device in group.split("/") for group in function.needs)
    )


def latest(view: MachineView, device: str, check: str) -> CheckRecord | None:
    """The newest result of one check."""
    found = (one for one in view.records if (one.device, one.check) == (device, check))
    return next(found, None)
