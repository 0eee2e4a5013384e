"""The message gateway: SMS and push, once per message_no (docs/platforms/messages.md).

Talks HTTP with the backend. What a reader would get wrong: a recipient is kept only masked, so
that no book or log ever holds a telephone number; a digest tells a message sent again.
"""

import re
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from sandbox.platforms.desk import Desk, Refuse, Refused, Reset
from sandbox.platforms.faults import FaultOrder
from sandbox.platforms.shapes import Text, digest_of

Channel = Literal["SMS", "PUSH"]
Outcome = Literal["DELIVERED", "FAILED"]
State = Literal["ACCEPTED", "DELIVERED", "FAILED"]
MessageNo = Annotated[str, Field(min_length=1, max_length=64)]
_MOBILE = re.compile(r"1[3-9]\d{9}")
_UNREACHABLE_ENDING = "0000"


class Send(BaseModel):
    """``/send``."""

    message_no: MessageNo
    channel: Channel
    to: Text
    template: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.\-]{1,64}$")]
    text: Annotated[str, Field(min_length=1, max_length=500)]


class StateQuery(BaseModel):
    """``/state``."""

    message_no: MessageNo


class NextSend(BaseModel):
    """The next new message stays ACCEPTED for ``polls`` queries, then ``outcome``."""

    do: Literal["next_send"]
    outcome: Outcome
    polls: Annotated[int, Field(ge=0)] = 0


Control = Annotated[NextSend | FaultOrder | Refuse | Reset, Field(discriminator="do")]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The gateway has the message."""

    result: Literal["ACCEPTED"] = "ACCEPTED"


@dataclass(frozen=True, slots=True)
class StateShown:
    """``/state``."""

    state: State | Literal["NOTFOUND"]
    reason: Literal["", "UNREACHABLE"] = ""


@dataclass(slots=True)
class KeptMessage:
    """One accepted message; ``to`` is masked."""

    message_no: str
    digest: str
    channel: Channel
    to: str
    template: str
    text: str
    outcome: Outcome
    polls_left: int
    state: State = "ACCEPTED"


@dataclass(frozen=True, slots=True)
class BookedMessage:
    """A message in ``GET /books``."""

    message_no: str
    channel: Channel
    to: str
    template: str
    text: str
    state: State


@dataclass(frozen=True, slots=True)
class BooksShown:
    """``GET /books``."""

    messages: list[BookedMessage]


@dataclass(slots=True)
class MessageBooks:
    """What survives a restart: messages by message_no."""

    messages: dict[str, KeptMessage] = field(default_factory=dict)


class Messages:
    """One gateway whose books are in ``state_path``; ``app`` is what a server serves."""

    def __init__(self, state_path: Path) -> None:
        self._desk = Desk(state_path, MessageBooks)
        self._plans: deque[NextSend] = deque()
        self.app = self._desk.app
        routes = self._desk.routes
        routes.post("/send")(self._on_send)
        routes.post("/state")(self._on_state)
        routes.get("/books")(self._on_books)
        routes.post("/control")(self._on_control)

    async def _on_send(self, asked: Send) -> Accepted:
        messages = self._desk.books.messages
        known = messages.get(asked.message_no)
        if known is None:
            messages[asked.message_no] = self._accept(asked)
        elif known.digest != digest_of(asked):
            raise Refused("MESSAGE_NO_USED")
        return Accepted()

    def _accept(self, asked: Send) -> KeptMessage:
        if asked.channel == "SMS" and not _MOBILE.fullmatch(asked.to):
            raise Refused("BAD_RECIPIENT")
        unreachable = asked.channel == "SMS" and asked.to.endswith(_UNREACHABLE_ENDING)
        outcome: Outcome = "FAILED" if unreachable else "DELIVERED"
        plan = NextSend(do="next_send", outcome=outcome)
        if self._plans:
            plan = self._plans.popleft()
        return KeptMessage(
            message_no=asked.message_no,
            digest=digest_of(asked),
            channel=asked.channel,
            to=_masked(asked),
            template=asked.template,
            text=asked.text,
            outcome=plan.outcome,
            polls_left=plan.polls,
        )

    async def _on_state(self, asked: StateQuery) -> StateShown:
        message = self._desk.books.messages.get(asked.message_no)
        if message is None:
            return StateShown("NOTFOUND")
        if message.polls_left > 0:
            message.polls_left -= 1
        else:
            message.state = message.outcome
        return StateShown(message.state, "UNREACHABLE" if message.state == "FAILED" else "")

    async def _on_books(self) -> BooksShown:
        return BooksShown(
            [
                BookedMessage(
                    message_no=message.message_no,
                    channel=message.channel,
                    to=message.to,
                    template=message.template,
                    text=message.text,
                    state=message.state,
                )
                for message in self._desk.books.messages.values()
            ]
        )

    async def _on_control(self, asked: Control) -> None:
        match asked:
            case NextSend():
                self._plans.append(asked)
            case Reset():
                self._plans.clear()
                self._desk.obey(asked)
            case _:
                self._desk.obey(asked)


def _masked(asked: Send) -> str:
    """3+4 of a mobile number, the first three signs of a subscription (domain B.13)."""
    if asked.channel == "SMS":
        return f"{asked.to[:3]}****{asked.to[-4:]}"
    return f"{asked.to[:3]}***"
