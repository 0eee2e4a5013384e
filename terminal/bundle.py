"""The support bundle: a ZIP for people outside the hospital, without personal data.

Pure: from what was seen, measured and logged to bytes. What a reader would get wrong: a record is
told by kind and time alone unless it is of the machine itself; and what a check or a person wrote
in words of their own is told without any number that could be a person's, a card's or a phone's.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace

from backend_client.opening import SETTINGS as BACKEND
from core.audit import AuditEvent, audited
from core.journal.records import Record
from core.settings import Kind, Settings
from core.upkeep.steps import MachineView, SiteFact, SiteReport
from devices.fitting import FITTINGS
from terminal.own_settings import TERMINAL
from terminal.probes import SETTINGS as SITE
from terminal.settings import UPKEEP

STRUCK = "######"
REPORT, PICTURE = ".json", ".png"
_MOMENT = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?"
_NUMBER = re.compile(rf"({_MOMENT})|\d(?:[ _\u00a0-]?\d){{5,}}[Xx]?")
_LOGIN = re.compile(r"(?<=://)[^/\s@\"]+@")
_MACHINE_ONLY = frozenset(
    {
        AuditEvent.TERMINAL_STARTED,
        AuditEvent.TERMINAL_STOPPED,
        AuditEvent.DEVICE_CHANGED,
        AuditEvent.DEVICE_IDENTIFIED,
        AuditEvent.DEVICE_TESTED,
        AuditEvent.CONSUMED,
        AuditEvent.REFILLED,
        AuditEvent.RECOVERY_ENDED,
    }
)
_PEOPLE = frozenset({"person", "filled_by"})
"""Fields that say who did it."""
_OF_A_CARD = frozenset({"uid"})
"""Facts of a check that are a card's own number."""
_OF_A_DEVICE = frozenset({"model", "firmware", "serial", "terminal_id"})
"""Facts of a check that may be long numbers: who the device says it is."""


def bundle_bytes(
    settings: Settings,
    view: MachineView,
    site: SiteReport,
    records: Iterable[Record],
    logs: Mapping[str, bytes],
) -> bytes:
    """The ZIP's bytes. `logs`: by file name; pictures are taken as they are."""
    texts = {
        "settings.json": _json(_device_settings(settings)),
        "machine.json": _json(_without_people(asdict(view))),
        "site.json": _json([_site_fact(fact) for fact in site.facts]),
        "journal.txt": "".join(f"{_record_line(record)}\n" for record in records),
    }
    for name, content in logs.items():
        if not name.endswith(PICTURE):
            texts[f"logs/{name}"] = without_numbers(_text(name, content))
    secrets = _secrets(settings)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in texts.items():
            bundle.writestr(name, _without_secrets(text, secrets))
        for name, content in logs.items():
            if name.endswith(PICTURE):
                bundle.writestr(f"logs/{name}", content)
    return whole.getvalue()


def _text(name: str, content: bytes) -> str:
    """A log as it is, a report of a problem without who made it; nothing of a torn one."""
    text = content.decode("utf-8", "replace")
    if not name.endswith(REPORT):
        return text
    try:
        return _json(_without_people(json.loads(text)))
    except json.JSONDecodeError:
        return ""


def without_numbers(text: str) -> str:
    """Every run of six digits or more is struck out, also in groups; moments of a log stay."""
    return _NUMBER.sub(lambda found: found.group(1) or STRUCK, text)


def _device_settings(settings: Settings) -> dict[str, str]:
    """Of the devices alone, without secrets."""
    declared = [setting for fitting in FITTINGS for setting in fitting.settings]
    return {
        one.key: "…" if one.kind is Kind.SECRET else str(settings.value(one.key))
        for one in declared
        if settings.has(one.key)
    }


def _secrets(settings: Settings) -> list[str]:
    """Every secret of this terminal, as it is and as JSON writes it; the longest first."""
    devices = (setting for fitting in FITTINGS for setting in fitting.settings)
    found = {
        settings.text(one.key)
        for one in (*TERMINAL, *BACKEND, *UPKEEP, *devices)
        if one.kind is Kind.SECRET and settings.has(one.key)
    }
    told = found | {json.dumps(secret, ensure_ascii=False)[1:-1] for secret in found}
    return sorted(told - {""}, key=len, reverse=True)


def _without_secrets(text: str, secrets: Iterable[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, STRUCK)
    return _LOGIN.sub(f"{STRUCK}@", text)


def _without_people(content: object, field: str = "") -> object:
    """The same JSON-like content; nobody is named, and facts of checks hold no personal number."""
    if field in _PEOPLE:
        return "…"
    if field == "facts" and isinstance(content, list | tuple):
        return [[name, _fact(name, value)] for name, value in content]
    if isinstance(content, Mapping):
        return {name: _without_people(part, str(name)) for name, part in content.items()}
    if isinstance(content, list | tuple):
        return [_without_people(part) for part in content]
    return content


def _fact(name: str, value: str) -> str:
    if name in _OF_A_CARD:
        return STRUCK
    return value if name in _OF_A_DEVICE else without_numbers(value)


def _site_fact(fact: SiteFact) -> Mapping[str, str]:
    """What somebody wrote down may be whom to call; the rest was measured."""
    written = f"site.{fact.name}" in {setting.key for setting in SITE}
    return asdict(replace(fact, value=without_numbers(fact.value)) if written else fact)


def _record_line(record: Record) -> str:
    """Kind and time of every record; facts only of what concerns the machine alone."""
    facts: dict[str, object] = {}
    if audited(record) in _MACHINE_ONLY:
        facts = dict(record.entry.payload)
        if "facts" in facts:
            facts["facts"] = json.loads(str(facts["facts"]))
    told = _json(_without_people(facts))
    return f"{record.seq} {record.stamp.wall_time} {record.entry.kind} {told}"


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, default=str)
