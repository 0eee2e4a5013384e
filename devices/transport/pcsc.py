"""PC/SC through smartcard.scard: one reader, its state, and APDUs to the card in it.

No pyscard monitor is used: they stop for good when the service dies. What a reader would get
wrong: a context serves one call at a time, so the state is asked through another context than the
card, which may hang; and a handle may reach a swapped-in card without an error.
"""

from __future__ import annotations

from dataclasses import dataclass

from smartcard import scard

from devices.errors import ProtocolError, Timeout, TransportError
from devices.transport.limited import LimitedCalls

ANSWER_LIMIT_S = 5.0
_EVENT_COUNTER_SHIFT = 16
_NEVER_SEEN = 0


@dataclass(frozen=True, slots=True)
class ReaderState:
    """`counter` grows with each insertion and removal. `atr`: what the card said when powered."""

    present: bool
    counter: int
    atr: bytes = b""


def reader_names() -> tuple[str, ...]:
    """Every reader the service knows now. Raises TransportError: no service."""
    result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    if result != scard.SCARD_S_SUCCESS:
        raise _broken(result)
    result, names = scard.SCardListReaders(context, [])
    scard.SCardReleaseContext(context)
    if result not in (scard.SCARD_S_SUCCESS, scard.SCARD_E_NO_READERS_AVAILABLE):
        raise _broken(result)
    return tuple(names or ())


class _CardSide:
    """Context and handle for the card; after its first use, used in the calls' thread alone."""

    def __init__(self) -> None:
        self._context: int | None = None
        self._card: int | None = None
        self._protocol = 0

    def connect(self, reader: str) -> int:
        """PC/SC's result code."""
        if self._context is None:
            result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
            if result != scard.SCARD_S_SUCCESS:
                return int(result)
            self._context = context
        result, card, self._protocol = scard.SCardConnect(
            self._context,
            reader,
            scard.SCARD_SHARE_EXCLUSIVE,
            scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1,
        )
        if result == scard.SCARD_S_SUCCESS:
            self._card = card
        return int(result)

    def transmit(self, apdu: bytes) -> tuple[int, list[int]]:
        """PC/SC's result code and the answer's bytes (some below zero)."""
        result, answer = scard.SCardTransmit(self._card, self._protocol, list(apdu))
        return int(result), answer

    def disconnect(self) -> None:
        """Let go of the card, resetting it so that no key stays verified."""
        card, self._card = self._card, None
        if card is not None:
            scard.SCardDisconnect(card, scard.SCARD_RESET_CARD)

    def release(self) -> None:
        """Give everything back."""
        self.disconnect()
        context, self._context = self._context, None
        if context is not None:
            scard.SCardReleaseContext(context)


class PcscReader:
    """One reader by name; a name without slot numbers means its first slot."""

    def __init__(self, name: str, *, answer_limit_s: float = ANSWER_LIMIT_S) -> None:
        self._wanted = name
        self._limit_s = answer_limit_s
        self._context: int | None = None
        self._name = ""
        self._side = _CardSide()
        self._calls: LimitedCalls | None = None
        self._taken = False

    def open(self) -> None:
        """Raises TransportError: no service, or no such reader."""
        result, self._context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
        if result != scard.SCARD_S_SUCCESS:
            self._context = None
            raise _broken(result)
        result, names = scard.SCardListReaders(self._context, [])
        matching = sorted(n for n in names or () if n.startswith(self._wanted))
        if result != scard.SCARD_S_SUCCESS or not matching:
            self.close()
            raise TransportError(f"no reader {self._wanted}")
        self._name = matching[0]

    @property
    def hung(self) -> bool:
        """A card that never answered is still there and holds a thread."""
        return self._calls is not None and self._calls.hung

    def close(self) -> None:
        """Give reader and service back. A hung call is left to end with its card."""
        self.release_card()
        self._end_calls()
        context, self._context = self._context, None
        if context is not None:
            scard.SCardReleaseContext(context)

    def state(self) -> ReaderState:
        """At once, without waiting. Raises TransportError: service or reader gone."""
        if self._context is None:
            raise TransportError("not open")
        asked = [(self._name, _NEVER_SEEN)]
        result, states = scard.SCardGetStatusChange(self._context, 0, asked)
        if result not in (scard.SCARD_S_SUCCESS, scard.SCARD_E_TIMEOUT):
            raise _broken(result)
        _, bits, atr = states[0]
        if bits & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE):
            raise TransportError(f"reader {self._name} is gone")
        return ReaderState(
            present=bool(bits & scard.SCARD_STATE_PRESENT),
            counter=bits >> _EVENT_COUNTER_SHIFT,
            atr=_octets(atr),
        )

    def take_card(self) -> None:
        """Connect exclusively. ProtocolError: mute, removed meanwhile, or used by another.

        Timeout: it hangs, or the one before still does.
        """
        if self._context is None:
            raise TransportError("not open")
        if self.hung:
            raise Timeout("a card that does not answer holds the reader")
        calls, side, name = self._working_calls(), self._side, self._name
        result = calls.run(lambda: side.connect(name), self._limit_s)
        if result != scard.SCARD_S_SUCCESS:
            raise ProtocolError(_sentence(result))
        self._taken = True

    def release_card(self) -> None:
        """Let go of the card. Never raises: a card that hangs here shows by `hung`."""
        if not self._taken or self._calls is None:
            return
        self._taken = False
        try:
            self._calls.run(self._side.disconnect, self._limit_s)
        except Timeout:
            return

    def exchange(self, apdu: bytes) -> bytes:
        """Answer with its status word. ProtocolError: the card left or did not answer well.

        Timeout: it never answered; see `hung`.
        """
        if not self._taken or self._calls is None:
            raise ProtocolError("no card taken")
        side = self._side
        result, answer = self._calls.run(lambda: side.transmit(apdu), self._limit_s)
        if result != scard.SCARD_S_SUCCESS:
            raise ProtocolError(_sentence(result))
        return _octets(answer)

    def _working_calls(self) -> LimitedCalls:
        """The thread of the calls; a new one with a new card side after a hung call came back."""
        if self._calls is None or self._calls.abandoned:
            self._side = _CardSide()
            self._calls = LimitedCalls("pcsc card", self._side.release)
        return self._calls

    def _end_calls(self) -> None:
        calls, self._calls = self._calls, None
        if calls is not None:
            calls.end()


def _octets(numbers: list[int]) -> bytes:
    return bytes(number & 0xFF for number in numbers)


def _broken(result: int) -> TransportError:
    return TransportError(_sentence(result))


def _sentence(result: int) -> str:
    text: str = scard.SCardGetErrorMessage(result)
    return text.strip()
