"""Evidence that the hospital's own programs wrote, in the words of the reader's language.

The backend and the terminals write evidence as English sentences; those are known here. What a
reader would get wrong: what a person wrote, and a sentence nobody listed, stays as it is written.
`tests/journeys/test_window_evidence.py` reads the backend's source for sentences missing here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cashier.journeys.day.words import channel_of, file_state, kind_of_money, movement, verdict
from core.phrase import Day, Phrase, Said, said
from core.wording import REASONS

_VERDICT = "(?:NOT_READY|STATUS_DIFF|AMOUNT_DIFF|ONLY_THERE|ONLY_HERE|MATCHED)"
_FILE = "(?:READY|EMPTY|NOT_READY|SILENT|DAMAGED)"
_WORD = r"[A-Z_]+"

_STAGES: Mapping[str, Phrase] = {
    "REVERSE": said("cancelling the old settlement"),
    "SETTLE": said("settling what stays"),
    "MONEY": said("giving the money back"),
    "TRANSFER": said("the bank transfer"),
}
_SETTLEMENTS: Mapping[str, Phrase] = {
    "QUOTED": said("Pre-settled"),
    "INSURED": said("Insurance settled"),
    "PAYING": said("Being paid"),
    "COMPLETED": said("Settled"),
    "REVERSING": said("Being reversed"),
}
_INSURANCE: Mapping[str, Phrase] = {
    "NONE": said("not needed"),
    "ASKED": said("asked, no answer"),
    "SETTLED": said("settled"),
    "REVERSING": said("being reversed"),
    "REVERSED": said("reversed"),
}


def _side(written: str) -> Phrase:
    bank, _, channel = written.partition(" ")
    return channel_of(bank, channel)


_HOLES: Mapping[str, tuple[str, Callable[[str], Phrase]]] = {
    "verdict": (_VERDICT, verdict),
    "file": (_FILE, file_state),
    "side": (r"\S+ \S+", _side),
    "movement": (_WORD, movement),
    "money": (r"\S+", kind_of_money),
    "stage": (_WORD, lambda code: _STAGES.get(code, code)),
    "settlement": (_WORD, lambda code: _SETTLEMENTS.get(code, code)),
    "insurance": (_WORD, lambda code: _INSURANCE.get(code, code)),
    "day": (r"\d{4}-\d\d-\d\d", Day),
    "line": (r"\d+", str),
    "count": (r"\d+", str),
    "why": (".+", lambda written: evidence_words(written)),
}
"""What may stand in a hole, and how it is said; any other hole takes what was written."""

_WRITTEN: Mapping[str, Said] = {
    # Payments and refunds.
    "{settlement}, insurance {insurance}": said("{settlement}; insurance: {insurance}"),
    "the insurance keeps the old settlement": said("The insurance keeps the old settlement"),
    "the insurance refuses what stays": said("The insurance refuses what stays"),
    "the insurance settled what stays otherwise than quoted": said(
        "The insurance settled what stays otherwise than quoted"
    ),
    "the channel does not give the money back": said("The channel does not give the money back"),
    "no word at {stage}": said("No answer at: {stage}"),
    "a channel says nothing about a refund": said("A channel says nothing about a refund"),
    "the bank refuses the batch: {code}": said("The bank refuses the batch: {code}"),
    "the bank does not finish the batch": said("The bank does not finish the batch"),
    "the bank says nothing about the batch": said("The bank says nothing about the batch"),
    "notes are in the box of a bill that is not paid": said(
        "Notes are in the box for a bill that is not paid"
    ),
    # Other things that are doubted.
    "note_lost": said("A note was drawn in, and the acceptor lost its track"),
    "the new hold stands, the old one is not released": said(
        "The larger pre-authorisation stands, the old one is not released"
    ),
    "paid and not handed out": said("Paid, and the article did not come out"),
    "paid, and the machine never said what came out": said(
        "Paid, and the machine never said what came out"
    ),
    "city silent": said("The city's platform does not answer"),
    "the bureau does not issue it: {code}": said("The bureau does not issue it: {code}"),
    "no word on issuing it": said("No answer on issuing it"),
    "the bureau does not write it off: {code}": said("The bureau does not write it off: {code}"),
    "no word on the write-off": said("No answer on the write-off"),
    # Reconciliation.
    "{verdict} {side} {movement} {number}": said("{verdict}: {side}, {movement}, {number}"),
    "{verdict} {money}: journal and ledger of the terminal": said(
        "{verdict}, {money}: journal and ledger of the terminal"
    ),
    "{day}: both sides agree": said("{day}: both sides agree"),
    "no side has it any more": said("No side has it any more"),
    "the file is there": said("The file is there"),
    "{file}": said("{file}"),
    "{file} {why}": said("{file}: {why}"),
    # Daily files.
    "an answer nobody understands": said("An answer nobody understands"),
    "line {line}: {why}": said("line {line}: {why}"),
    "header and summary are missing": said("header and summary are missing"),
    "neither payment nor refund": said("neither payment nor refund"),
    "HTTP {code}": said("HTTP answer {code}"),
    "a value has no back-tick": said("a value has no back-tick"),
    "no amount": said("no amount"),
    "no number": said("no number"),
    "no amount or no number": said("no amount or no number"),
    "no number or no amount": said("no amount or no number"),
    "the sign is wrong": said("the sign is wrong"),
    "not an amount": said("no amount"),
    "no header of the details": said("no header of the details"),
    "not the header of the details": said("not the header of the details"),
    "not the header, or cut off": said("not the header, or cut off"),
    "no summary": said("no summary"),
    "not one ZM file and at most one ZME file": said("not one ZM file and at most one ZME file"),
    "not one file of details": said("not one file of details"),
    "something stands between two columns": said("something stands between two columns"),
    "the count is not that of the details": said("the count is not that of the details"),
    "the sum is not that of the details": said("the sum is not that of the details"),
    "the refunds do not sum up": said("the refunds do not sum up"),
    "the file has too many lines": said("the file has too many lines"),
    "the file is too large": said("the file is too large"),
    "the files are too large": said("the files are too large"),
    "the file ends in the middle of a line": said("the file ends in the middle of a line"),
    "the file is not {encoding}": said("the file is not in {encoding}"),
    "the line has another length": said("the line has another length"),
    "not a CSV file in UTF-8 ({kind})": said("not a CSV file in UTF-8 ({kind})"),
    "not a zip file ({kind})": said("not a zip file ({kind})"),
    "not a zip file we read ({kind})": said("not a zip file that can be read ({kind})"),
    "{count} columns expected": said("{count} columns expected"),
    "unknown kind": said("unknown kind"),
    "unknown state": said("unknown state"),
    "unknown type": said("unknown type"),
    # What this window writes itself.
    "taken over at the window": said("taken over at the window"),
}


def _pattern(written: str) -> re.Pattern[str]:
    """Fixed words as they are, each hole by its name."""
    pieces = re.split(r"\{(\w+)\}", written)
    for at in range(1, len(pieces), 2):
        pieces[at] = f"(?P<{pieces[at]}>{_HOLES.get(pieces[at], ('.+', str))[0]})"
    pieces[::2] = [re.escape(piece) for piece in pieces[::2]]
    return re.compile("".join(pieces))


_KNOWN = tuple((_pattern(written), words) for written, words in _WRITTEN.items())


def evidence_words(text: str) -> Phrase:
    """In the reader's language when a program wrote it, else as it was written."""
    for pattern, words in _KNOWN:
        if found := pattern.fullmatch(text):
            return Said(words.message, tuple(map(_filled, found.groupdict().items())))
    return said(REASONS[text].happened) if text in REASONS else text


def _filled(hole: tuple[str, str]) -> tuple[str, Phrase]:
    name, value = hole
    return name, _HOLES[name][1](value) if name in _HOLES else value
