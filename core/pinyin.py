"""Chinese typed by its sounds: letters in, words and characters out. The kiosk's own input method.

Reads `resources/pinyin` (README.md there says where it comes from); talks to nobody, learns
nothing, so nothing of a patient stays in it. What a reader would get wrong: a candidate may use
only the first of the letters ("wangxi" offers 王 for "wang"); the rest is still being typed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "pinyin"
MOST_LETTERS = 24
_MOST = 60
_MOST_WORDS = 12
_MOST_SHORTER = 6
_BEGINNINGS = ("zh", "ch", "sh")
"""One sound, not the first letters of two syllables."""
_LONGEST_SYLLABLE = 6
_RARER = 12
"""How much rarer a character is where its reading is not its usual one."""

_Table = dict[str, list[tuple[int, str]]]
"""Characters by reading, each with its rank: the lower, the earlier it is offered."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the typed letters may be. `letters`: how many of them it uses, from the first."""

    text: str
    letters: int


class Pinyin:
    """The dictionary. A line of `resources/pinyin` that is none raises ValueError."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._readings: dict[str, tuple[str, ...]] = {}
        self._words: dict[str, list[str]] = defaultdict(list)
        ranked: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for rank, (sign, readings) in enumerate(_lines(folder / "characters.txt")):
            self._readings[sign] = readings
            for place, reading in enumerate(readings):
                ranked[reading].append((rank * (_RARER if place else 1), sign))
        single, *more = (folder / "surnames.txt").read_text("utf-8").splitlines()
        others = list(map(_line, more))
        self._characters = {reading: sorted(found) for reading, found in ranked.items()}
        self._surnames = self._with_surnames(single, dict(others))
        for word, syllables in (*others, *_lines(folder / "words.txt")):
            if len(word) > 1:
                self._add_word(word, syllables)

    def _with_surnames(self, single: str, others: dict[str, tuple[str, ...]]) -> _Table:
        """The same table with surnames before everything, at the reading they have as surnames."""
        before = {
            (reading, sign): rank - len(single)
            for rank, sign in enumerate(single)
            for reading in others.get(sign, self._readings[sign][:1])
        }
        return {
            reading: sorted((before.get((reading, sign), rank), sign) for rank, sign in found)
            for reading, found in self._characters.items()
        }

    def _add_word(self, word: str, syllables: tuple[str, ...]) -> None:
        initials = "".join(syllable[0] for syllable in syllables)
        self._words["".join(syllables)].append(word)
        if initials not in _BEGINNINGS:
            self._words[initials].append(word)

    def candidates(
        self, letters: str, own: Iterable[str] = (), *, surname: bool = False
    ) -> tuple[Candidate, ...]:
        """Best first. `own`: words of the page, such as departments, found by their beginning too.
        `surname`: the text begins here with a family name."""
        letters = letters[:MOST_LETTERS].lower()
        if not letters:
            return ()
        found = [
            *(Candidate(word, len(letters)) for word in own if self.begins(word, letters)),
            *(Candidate(w, len(letters)) for w in self._words.get(letters, ())[:_MOST_WORDS]),
        ]
        table = self._surnames if surname else self._characters
        return tuple(dict.fromkeys((*found, *_of_heads(letters, table))))[:_MOST]

    def begins(self, word: str, letters: str) -> bool:
        """Do the letters spell the beginning of the word, each syllable whole or cut short?"""
        if not letters:
            return True
        if not word:
            return False
        return any(
            letters.startswith(reading[:length]) and self.begins(word[1:], letters[length:])
            for reading in self._readings.get(word[0], (word[0].lower(),))
            for length in range(len(reading), 0, -1)
        )


def _of_heads(letters: str, table: _Table) -> Iterator[Candidate]:
    """Characters of the longest syllable, then some of shorter ones; of all that may become of
    an unfinished one."""
    ends = range(min(len(letters), _LONGEST_SYLLABLE), 0, -1)
    heads = [letters[:end] for end in ends if letters[:end] in table]
    for place, head in enumerate(heads):
        for _rank, sign in table[head][: _MOST_SHORTER if place else _MOST]:
            yield Candidate(sign, len(head))
    if not heads:
        yield from _unfinished(letters, table)


def _unfinished(letters: str, table: _Table) -> Iterator[Candidate]:
    for end in range(min(len(letters), _LONGEST_SYLLABLE), 0, -1):
        begun = [found[:_MOST] for one, found in table.items() if one.startswith(letters[:end])]
        if begun:
            for _rank, sign in sorted(entry for found in begun for entry in found)[:_MOST]:
                yield Candidate(sign, end)
            return


def _lines(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from map(_line, path.read_text("utf-8").splitlines())


def _line(line: str) -> tuple[str, tuple[str, ...]]:
    text, *readings = line.split()
    if not readings:
        raise ValueError(f"no reading: {line!r}")
    return text, tuple(readings)
