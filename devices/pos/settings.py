"""The settings of the bank POS, and those that do not go together.

What a reader would get wrong: the MIS-TLV settings stand in the same table and are ignored by ZVT;
its type codes are unpublished, so a function without a code is not offered.
"""

from __future__ import annotations

from core.settings import Kind, Setting, Settings
from devices.pos.mis_tlv.types import type_codes

FACTORY_DIGITS = "000000"
ZVT, MIS_TLV = "zvt", "mis_tlv"
NONE = "none"

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "pos.path",
        Kind.DEVICE_PATH,
        "Where the bank POS is connected, or listens.",
        schemes=("tcp", "serial"),
    ),
    Setting(
        "pos.protocol",
        Kind.TEXT,
        "Which language the bank POS speaks.",
        default=ZVT,
        choices=(ZVT, MIS_TLV),
    ),
    Setting(
        "pos.baud",
        Kind.INTEGER,
        "Baud rate, when the bank POS is on a serial line.",
        default=9600,
        low=1200,
        high=115200,
    ),
    Setting(
        "pos.password",
        Kind.SECRET,
        "The POS's registration password, 6 digits (zvt).",
        default=FACTORY_DIGITS,
    ),
    Setting(
        "pos.card_wait_s",
        Kind.INTEGER,
        "How long the POS waits for a card.",
        default=90,
        low=10,
        high=180,
    ),
    Setting(
        "pos.echoes_reference",
        Kind.BOOLEAN,
        "Whether the POS repeats our reference; without it every doubt goes to a person.",
        default=True,
    ),
    Setting(
        "pos.mis_types",
        Kind.TEXT,
        "Type code of each function the bank gave, such as 'sale=01 hold=05' (mis_tlv).",
        default="status=13",
    ),
    Setting(
        "pos.mis_reference_tag",
        Kind.TEXT,
        "Tag in which the POS repeats our reference, such as DF69; none: no such tag (mis_tlv).",
        default=NONE,
    ),
    Setting(
        "pos.mis_host",
        Kind.TEXT,
        "The bank's front end for packets the POS has no network for; none: no such (mis_tlv).",
        default=NONE,
    ),
    Setting(
        "pos.mis_desk",
        Kind.TEXT,
        "Desk number that the bank gave this till (mis_tlv).",
        default="0001",
    ),
    Setting(
        "pos.mis_operator",
        Kind.TEXT,
        "Operator number that the bank gave this till (mis_tlv).",
        default="000001",
    ),
    Setting(
        "pos.mis_acknowledges",
        Kind.BOOLEAN,
        "Whether the POS wants its answers acknowledged (mis_tlv).",
        default=False,
    ),
)


def contradictions(settings: Settings) -> list[str]:
    """Sentences about POS settings that do not go together."""
    if settings.text("pos.protocol") == ZVT:
        password = settings.text("pos.password")
        if len(password) == 6 and password.isascii() and password.isdigit():
            return []
        return ["pos.password: must be 6 digits for pos.protocol = 'zvt'"]
    return _mis_contradictions(settings)


def _mis_contradictions(settings: Settings) -> list[str]:
    faults = []
    if not settings.text("pos.path").startswith("serial:"):
        faults.append("pos.path: pos.protocol = 'mis_tlv' needs a serial line, such as serial:…")
    tag = settings.text("pos.mis_reference_tag")
    if tag == NONE and settings.boolean("pos.echoes_reference"):
        faults.append(
            "pos.echoes_reference = true: MIS-TLV repeats no reference by itself; "
            "write false, or name the tag in pos.mis_reference_tag"
        )
    if tag != NONE and not _is_tag(tag):
        faults.append(f"pos.mis_reference_tag = {tag!r}: must be a tag such as DF69, or none")
    host = settings.text("pos.mis_host")
    if host != NONE and not host.startswith("tcp:"):
        faults.append(f"pos.mis_host = {host!r}: must be tcp:HOST:PORT, or none")
    try:
        type_codes(settings.text("pos.mis_types"))
    except ValueError as error:
        faults.append(f"pos.mis_types: {error}")
    return faults


def _is_tag(text: str) -> bool:
    return len(text) == 4 and text.startswith("DF") and all(c in "0123456789ABCDEF" for c in text)
