"""Text in the language of the moment: Qt's translator asks the one catalogue that all parts share.

English is the source: `qsTr("Leave")` in QML, `tr` in Widgets and `_("Leave")` in Python find the
same entry of `resources/messages/<language>.po`. A missing translation shows the English text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

from core.billing import Text
from core.catalogue import Catalogue, languages

_ENDS = re.compile(r"(?<=[。！？；])|(?<=[.!?;])\s+")


def catalogues(folder: Path) -> dict[str, Catalogue]:
    """All languages. `folder` holds the compiled messages; OSError when one is missing."""
    return {language: Catalogue(language, folder) for language in languages(folder)}


def in_language(text: Text, language: str) -> str:
    """A name that the backend sent in both languages."""
    return text.zh if language == "zh" else text.en


def other_language(language: str) -> str:
    """Of the two that names from outside are told in."""
    return "en" if language == "zh" else "zh"


def sentences(text: str) -> list[str]:
    """Cut after each full stop or semicolon, of either language."""
    return [one.strip() for one in _ENDS.split(text) if one.strip()]


class Translator(QTranslator):
    """Answers Qt from a Catalogue; `use` switches, `install` and `remove` are for the owner."""

    def __init__(self, known: Mapping[str, Catalogue], language: str) -> None:
        super().__init__()
        self._known = known
        self._catalogue = known[language]

    @property
    def catalogue(self) -> Catalogue:
        """The one in use."""
        return self._catalogue

    def other(self, language: str) -> Catalogue:
        """The catalogue of the language that is not `language`."""
        return self._known[other_language(language)]

    def next(self) -> Catalogue:
        """The one after that in use, the first after the last."""
        order = list(self._known)
        return self._known[order[(order.index(self._catalogue.language) + 1) % len(order)]]

    def use(self, language: str) -> None:
        """Switch; whoever shows text must draw it again."""
        self._catalogue = self._known[language]

    def install(self) -> None:
        """Answer for the whole application. A test removes it again: it would leak otherwise."""
        QCoreApplication.installTranslator(self)

    def remove(self) -> None:
        """Stop answering."""
        QCoreApplication.removeTranslator(self)

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        return self._catalogue(sourceText)
