"""The one message catalogue that screens, slips and speech share (gettext, English source).

The translations are `resources/messages/<language>.po`, compiled by `./run` to
`build/messages/<language>.mo`. A missing translation shows the English text and is a failed test.
"""

from __future__ import annotations

import gettext
from pathlib import Path

LANGUAGES = ("zh", "en")


class Catalogue:
    """Translations of one language; "en" needs no file."""

    def __init__(self, language: str, folder: Path) -> None:
        """Raises OSError when the compiled file of a language other than English is missing."""
        self.language = language
        self._translations = gettext.NullTranslations()
        if language != "en":
            with (folder / f"{language}.mo").open("rb") as file:
                self._translations = gettext.GNUTranslations(file)

    def __call__(self, text: str) -> str:
        """The text in this language."""
        return self._translations.gettext(text) if text else ""
