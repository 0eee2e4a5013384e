"""Commands to an ESC/POS printer and its answers.

What a reader would get wrong: bytes that were written are no proof of paper. Proof is the answer
to a question that the printer reaches only after everything before it was printed; DLE EOT answers
at once and tells meanwhile why that answer does not come.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from enum import StrEnum

from devices.checks import Identity
from devices.errors import ProtocolError, Timeout
from devices.receipt_printer.escpos import frames
from devices.receipt_printer.escpos.answers import (
    Answer,
    Automatic,
    Echo,
    InOrder,
    RealTime,
    Told,
    take,
)
from devices.receipt_printer.escpos.status import (
    PrinterStatus,
    Sensors,
    automatic_status,
    in_order_status,
    status_of,
    worst,
)
from devices.transport import Line
from devices.transport.framing import FrameReader
from devices.worker import Owner

MAX_STRAY_ANSWERS = 256
PIECE_BYTES = 1024
_QUESTIONS = (1, 2, 3, 4)
_TEXT_AND_CUT = 2
_JOB_NUMBERS = 5000
_STOPPED = frozenset(PrinterStatus) - {
    PrinterStatus.OK,
    PrinterStatus.PAPER_LOW,
    PrinterStatus.OFFLINE,
}


class Proof(StrEnum):
    """How the printer proves that it came to a point of a job."""

    PAPER_STATUS = "paper_status"
    PROCESS_ID = "process_id"


@dataclass(frozen=True, slots=True)
class PrinterLimits:
    """Timers (docs/protocols/escpos.md)."""

    answer_s: float = 1.0
    look_s: float = 0.5
    job_s: float = 30.0
    identity_s: float = 0.5


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What became of a job. `text_whole`: all but perhaps the cut; `done`: the cut as well."""

    status: PrinterStatus
    text_whole: bool
    done: bool


class EscPosPrinter:
    """Talks over an open line, which it owns from now on."""

    def __init__(
        self,
        line: Line,
        limits: PrinterLimits,
        *,
        proof: Proof = Proof.PAPER_STATUS,
        automatic: bool = True,
    ) -> None:
        self._line = line
        self._limits = limits
        self._by_process_id = proof is Proof.PROCESS_ID
        self._automatic_on = frames.AUTOMATIC_STATUS_ON if automatic else b""
        self._owner = Owner()
        self._answers = FrameReader[Answer](line, take)
        self._job = secrets.randbelow(_JOB_NUMBERS)
        self._proofs: list[PrinterStatus] = []
        self._told: Automatic | None = None

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    def sensors(self) -> Sensors:
        """Asks all four real-time questions. Timeout: the printer is silent."""
        self._owner.check()
        self._hear()
        return self._ask_all()

    def heard(self) -> PrinterStatus | None:
        """What the printer told by itself since the last call; asks nothing."""
        self._owner.check()
        self._hear()
        told, self._told = self._told, None
        return None if told is None else automatic_status(told)

    def clear(self) -> None:
        """Drop what the printer still holds, so that it prints none of it later by itself."""
        self._owner.check()
        self._line.write(frames.RECOVER_AND_CLEAR + frames.INITIALISE + self._automatic_on)

    def send(self, content: bytes) -> None:
        """Write a job in pieces and cut; TransportError when the printer stops taking them."""
        self._owner.check()
        self._hear()
        self._proofs.clear()
        self._job += 1
        head = frames.INITIALISE + self._automatic_on + frames.CHINESE_ON
        job = head + content + self._ask_proof(0) + frames.CUT + self._ask_proof(1)
        for start in range(0, len(job), PIECE_BYTES):
            self._line.write(job[start : start + PIECE_BYTES])

    def kick(self, connector: int) -> None:
        """Pulse the drawer's connector. Timeout: the printer did not prove that it came to it."""
        self._owner.check()
        self._hear()
        self._proofs.clear()
        self._job += 1
        self._line.write(frames.drawer_pulse(connector) + self._ask_proof(0))
        deadline = time.monotonic() + self._limits.answer_s
        for _ in range(MAX_STRAY_ANSWERS):
            answer = self._next(deadline)
            if answer is None:
                break
            self._note(answer)
            if self._proofs:
                return
        raise Timeout("the printer did not come to the pulse")

    def confirm(self) -> Confirmation:
        """After `send`: how far the job came, once it is done or stopped.

        Timeout: neither within `job_s`.
        """
        deadline = time.monotonic() + self._limits.job_s
        while time.monotonic() < deadline:
            self._listen(time.monotonic() + self._limits.look_s)
            if len(self._proofs) < _TEXT_AND_CUT:
                now = status_of(self._ask_all())
                if len(self._proofs) < _TEXT_AND_CUT and now in _STOPPED:
                    return Confirmation(now, text_whole=bool(self._proofs), done=False)
            if len(self._proofs) >= _TEXT_AND_CUT:
                status = worst([*self._proofs, status_of(self._ask_all())])
                return Confirmation(status, text_whole=True, done=True)
        raise Timeout("the printer did not confirm the job")

    def identity(self) -> Identity:
        """Asked in order, so only of a printer that is ready; many models say nothing."""
        self._owner.check()
        self._hear()
        model = self._ask_identity(frames.MODEL)
        if not model:
            return Identity()
        return Identity(
            model, self._ask_identity(frames.FIRMWARE), self._ask_identity(frames.SERIAL)
        )

    def _ask_proof(self, point: int) -> bytes:
        return (
            frames.ask_echo(self._mark(point))
            if self._by_process_id
            else (frames.ASK_PAPER_IN_ORDER)
        )

    def _mark(self, point: int) -> bytes:
        return f"{(self._job * _TEXT_AND_CUT + point) % (_JOB_NUMBERS * _TEXT_AND_CUT):04d}".encode(
            "ascii"
        )

    def _ask_all(self) -> Sensors:
        return Sensors(*(self._real_time(number) for number in _QUESTIONS))

    def _real_time(self, number: int) -> int:
        """One DLE EOT; whatever else comes first is noted."""
        self._line.write(frames.ask_status(number))
        deadline = time.monotonic() + self._limits.answer_s
        for _ in range(MAX_STRAY_ANSWERS):
            match self._next(deadline):
                case None:
                    raise Timeout("no status answer")
                case RealTime(byte):
                    return byte
                case answer:
                    self._note(answer)
        raise ProtocolError("no status answer among many others")

    def _ask_identity(self, what: int) -> str:
        self._line.write(frames.ask_identity(what))
        deadline = time.monotonic() + self._limits.identity_s
        for _ in range(MAX_STRAY_ANSWERS):
            match self._next(deadline):
                case None:
                    return ""
                case Told(text):
                    return text
                case answer:
                    self._note(answer)
        raise ProtocolError("no identity among many other answers")

    def _listen(self, deadline: float) -> None:
        """Until the job is proven, the printer tells that it stopped, or the deadline."""
        self._told = None
        for _ in range(MAX_STRAY_ANSWERS):
            answer = self._next(deadline)
            if answer is None:
                return
            self._note(answer)
            if self._told_of_a_stop() or len(self._proofs) >= _TEXT_AND_CUT:
                return

    def _told_of_a_stop(self) -> bool:
        return self._told is not None and automatic_status(self._told) in _STOPPED

    def _hear(self) -> None:
        """Take in what came unasked."""
        for _ in range(MAX_STRAY_ANSWERS):
            answer = self._next(0.0)
            if answer is None:
                return
            self._note(answer)
        raise ProtocolError("the printer never stops talking")

    def _note(self, answer: Answer) -> None:
        match answer:
            case Automatic():
                self._told = answer
            case InOrder(byte) if not self._by_process_id:
                self._proofs.append(in_order_status(byte))
            case Echo(process_id) if process_id == self._mark(len(self._proofs)):
                self._proofs.append(PrinterStatus.OK)
            case _:
                pass  # a late answer to a question that nobody waits for any more

    def _next(self, deadline: float) -> Answer | None:
        """The next answer; noise between answers is passed over, within a bound."""
        for _ in range(MAX_STRAY_ANSWERS):
            try:
                return self._answers.next(deadline)
            except Timeout:
                return None
            except ProtocolError:
                continue
        raise ProtocolError("nothing but noise")
