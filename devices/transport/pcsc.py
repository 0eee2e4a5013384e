"""PC/SC through smartcard.scard: one reader, its state, and APDUs to the card in it.

No pyscard monitor is used: they stop for good when the service dies. What a reader would get
wrong: `exchange` has no limit, a card that never answers blocks its thread until it is pulled; the
worker is then abandoned by the terminal. And a handle may reach a swapped-in card without error.
"""

from __future__ import annotations

from dataclasses import dataclass

from smartcard import scard

from devices.errors import ProtocolError, TransportError

_EVENT_COUNTER_SHIFT = 16
_NEVER_SEEN = 0


@dataclass(frozen=True, slots=True)
class ReaderState:
    """`counter` grows with each insertion and removal."""

    present: bool
    counter: int


class PcscReader:
    """One reader by name; a name without slot numbers means its first slot."""

    def __init__(self, name: str) -> None:
        self._wanted = name
        self._context: int | None = None
        self._name = ""
        self._card: int | None = None
        self._protocol = 0

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

    def close(self) -> None:
        """Give reader and service back."""
        self.release_card()
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
        bits = states[0][1]
        if bits & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE):
            raise TransportError(f"reader {self._name} is gone")
        return ReaderState(
            present=bool(bits & scard.SCARD_STATE_PRESENT),
            counter=bits >> _EVENT_COUNTER_SHIFT,
        )

    def take_card(self) -> None:
        """Connect exclusively. ProtocolError: mute, removed meanwhile, or used by another."""
        if self._context is None:
            raise TransportError("not open")
        result, card, protocol = scard.SCardConnect(
            self._context,
            self._name,
            scard.SCARD_SHARE_EXCLUSIVE,
            scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1,
        )
        if result != scard.SCARD_S_SUCCESS:
            raise ProtocolError(_sentence(result))
        self._card, self._protocol = card, protocol

    def release_card(self) -> None:
        """Let go of the card, resetting it so that no key stays verified."""
        card, self._card = self._card, None
        if card is not None:
            scard.SCardDisconnect(card, scard.SCARD_RESET_CARD)

    def exchange(self, apdu: bytes) -> bytes:
        """Answer with its status word. ProtocolError: the card left or did not answer well."""
        if self._card is None:
            raise ProtocolError("no card taken")
        result, answer = scard.SCardTransmit(self._card, self._protocol, list(apdu))
        if result != scard.SCARD_S_SUCCESS:
            raise ProtocolError(_sentence(result))
        return bytes(byte & 0xFF for byte in answer)


def _broken(result: int) -> TransportError:
    return TransportError(_sentence(result))


def _sentence(result: int) -> str:
    text: str = scard.SCardGetErrorMessage(result)
    return text.strip()
