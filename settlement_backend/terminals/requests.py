"""What comes in for terminals."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt, StrictStr

from settlement_backend.base.shapes import Body, Day, Ident, Word

Seq = Annotated[StrictInt, Field(ge=0, le=2**53 - 1)]
Hash = Annotated[StrictStr, Field(max_length=64)]
Name = Annotated[StrictStr, Field(pattern=r"^[a-z0-9_]{1,40}$")]
TerminalId = Annotated[StrictStr, Field(pattern=r"^[A-Za-z0-9]{1,20}$")]
Pem = Annotated[StrictStr, Field(max_length=4_000)]
LongText = Annotated[StrictStr, Field(min_length=1, max_length=2_000)]
TerminalKind = Literal[
    "kiosk", "window", "clinic", "exam", "pharmacy", "ward", "mobile", "audit", "tech"
]
TerminalType = Literal["MULTI_FUNCTION", "ENQUIRY", "DUAL_SCREEN"]


class SignOn(Body):
    journal_seq: Seq
    journal_head: Hash
    software: Word


class DeviceState(Body):
    """`state`: the words of XFS4IoT, and UNKNOWN for what did not say."""

    name: Name
    state: Literal[
        "ONLINE",
        "BUSY",
        "OFFLINE",
        "POWER_OFF",
        "NO_DEVICE",
        "HARDWARE_ERROR",
        "USER_ERROR",
        "UNKNOWN",
    ]
    detail: Word = ""


class ConsumableState(Body):
    """`left`: how many, when the device or the journal knows."""

    name: Name
    level: Literal["FULL", "LOW", "OUT", "UNKNOWN"]
    left: Annotated[StrictInt, Field(ge=0, le=1_000_000)] | None = None


class Version(Body):
    name: Name
    version: Word


class Heartbeat(Body):
    journal_seq: Seq
    journal_head: Hash
    devices: Annotated[list[DeviceState], Field(max_length=40)]
    consumables: Annotated[list[ConsumableState], Field(max_length=40)]
    versions: Annotated[list[Version], Field(max_length=40)]
    settings_version: Annotated[StrictInt, Field(ge=0, le=2**31)] = 0


class Place(Body):
    """What can be changed of a terminal. Site facts (S48): power, network, safety, camera."""

    name_zh: Word
    name_en: Word
    place_zh: Word
    place_en: Word
    campus: Ident
    model: Word = ""
    type: TerminalType = "MULTI_FUNCTION"
    functions: Annotated[list[Name], Field(max_length=40, default_factory=list)]
    acquirer: Word = ""
    merchant: Word = ""
    power: Word = ""
    network: Word = ""
    safety: Word = ""
    camera: Word = ""


class NewTerminal(Place):
    terminal_id: TerminalId
    kind: TerminalKind


class Enrol(Body):
    code: Annotated[StrictStr, Field(min_length=8, max_length=40)]
    csr: Pem
    token: Annotated[StrictStr, Field(min_length=32, max_length=128)]


class Fingerprint(Body):
    fingerprint: Annotated[StrictStr, Field(min_length=32, max_length=60)]


class Renew(Body):
    csr: Pem


class NewSettings(Body):
    values: Annotated[
        dict[
            Annotated[str, Field(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$", max_length=80)],
            StrictInt | bool | Word,
        ],
        Field(max_length=200),
    ]


class NewProblem(Body):
    """`screen`: the name of the screen it happened on (S52)."""

    subject: Name
    text: LongText
    screen: Annotated[StrictStr, Field(max_length=60)] = ""


class NewTask(Body):
    subject: Name
    text: LongText


class TicketAnswer(Body):
    answer: LongText


ContentKind = Literal["NOTICE", "POLICY", "PROMOTION"]


class NewContent(Body):
    """`campus` "" shows it on every campus; `since` and `until` are inclusive days."""

    campus: Annotated[StrictStr, Field(max_length=80)] = ""
    place: Annotated[StrictInt, Field(ge=0, le=1_000)] = 100
    kind: ContentKind = "NOTICE"
    title_zh: Word
    title_en: Word
    text_zh: LongText
    text_en: LongText
    since: Day
    until: Day
