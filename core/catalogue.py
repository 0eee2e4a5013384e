"""The one message catalogue that screens, slips and speech share (gettext, English source).

The translations are `resources/messages/<language>.po`, compiled by `./run` to
`build/messages/<language>.mo`; one more file is one more language. A missing translation shows the
English text; for Chinese it is a failed test.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
"""Those that every text is complete in, in the order of offering."""


def languages(folder: Path) -> tuple[str, ...]:
    """Those two, and each for which a translator's file stands beside them, compiled."""
    others = sorted(file.stem for file in folder.glob("*.mo") if file.stem not in LANGUAGES)
    return (*LANGUAGES, *others)


@cache
def _translations(file: Path) -> gettext.GNUTranslations:
    """Read once: a compiled catalogue does not change while a program runs."""
    with file.open("rb") as opened:
        return gettext.GNUTranslations(opened)


class Catalogue:
    """Translations of one language; "en" needs no file."""

    def __init__(self, language: str, folder: Path) -> None:
        """Raises OSError when the compiled file of a language other than English is missing."""
        self.language = language
        self._translations = gettext.NullTranslations()
        if language != "en":
            self._translations = _translations(folder / f"{language}.mo")

    def __call__(self, text: str) -> str:
        """The text in this language."""
        return self._translations.gettext(text) if text else ""
