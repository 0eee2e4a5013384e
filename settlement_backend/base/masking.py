"""Numbers of people and cards, codes and names out of everything that is logged (I13, B.13).

Pure, and a filter for the handlers of the standard library's logging. What a reader would get
wrong: this is the net under the rule, not the rule; nothing personal is given to a logger in the
first place.
"""

from __future__ import annotations

import logging
import re

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![0-9])[0-9]{15,}[0-9Xx](?![0-9A-Za-z])"), "number"),
    (re.compile(r"(?<![0-9])(?:[0-9]{4}[ -]){3,4}[0-9]{2,4}(?![0-9])"), "number"),
    (re.compile(r"(?<![0-9A-Fa-f])1[3-9][0-9]{9}(?![0-9A-Fa-f])"), "phone"),
    (re.compile(r"(?<![0-9A-Fa-f.])[0-9]{12,14}(?![0-9A-Fa-f])"), "number"),
    (re.compile(r"\bEC[0-9A-Z]{18,}\b"), "code"),
    (re.compile(r"\bBearer +[^\s'\"]+"), "token"),
    (re.compile(r"ZF1\.[A-Z]\.[A-Za-z0-9-]+\.[A-Z2-7]{26}"), "slip"),
)
_NAMED = re.compile(
    r"""(["']?\b(?:name|password|token|phone|auth_code|id_number|card_number|code)["']?\s*[=:]\s*)"""
    r"""("[^"]*"|'[^']*'|[^\s,;)}\]]+)"""
)


def masked(text: str) -> str:
    """The text without numbers, codes and named facts that may be somebody's."""
    for rule, word in _RULES:
        text = rule.sub(f"<{word}>", text)
    return _NAMED.sub(r"\1<hidden>", text)


class Masking(logging.Filter):
    """Masks each record's whole text, its traceback too. Put on handlers, so nothing passes by."""

    def __init__(self) -> None:
        super().__init__()
        self._formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: records change, and none is lost."""
        try:
            text = record.getMessage()
        except (TypeError, ValueError):
            text = f"a log text and its facts do not fit: {record.msg}"
        record.msg, record.args = masked(text).replace("\n", "\\n"), ()
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = masked(self._formatter.formatException(record.exc_info))
            record.exc_info = None
        return True
