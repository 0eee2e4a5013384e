"""What is read aloud of a screen: sentences made of the plain words of its view.

Pure. Without being asked the voice says what the screen wants (title, what went wrong, hint,
steps); asked, also what can be chosen. What a reader would get wrong: the loudspeaker is heard by
the whole queue. Names of patients, ID numbers and phone numbers are never read: only fields that
are instructions or choices are looked at, and a sentence with something masked, with a long number
or with the person's name in it is left out. Amounts are read only where `amounts` allows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.catalogue import Catalogue
from kiosk.screens.view_parts import View
from ui.text import sentences as cut

_AMOUNT = re.compile(r"¥\s?([\d,]+(?:\.\d+)?)")
_MASK_OR_NUMBER = re.compile(r"[*＊•●]|\d(?:[ -]?\d){5,}")
_DATE = re.compile(
    r"(?<![\d-])(?:(?:\d{4}-)?\d{2}-\d{2}|\d{1,2} [A-Z][a-z]{2}(?: \d{4})?)"
    r"(?: \d{2}:\d{2})?(?![\d-])"
)
_LONGEST, _LONGEST_ZH = 104, 44
"""Characters that a caption holds in large text; longer sentences are read in pieces."""
_PIECE = re.compile(r"[^，、：,:]+[，、：,:]?\s*|[，、：,:]\s*")


@dataclass(frozen=True, slots=True)
class Wish:
    """`asked`: the person wants all of it. `amounts`: money may be said."""

    asked: bool = False
    amounts: bool = False


def sentences(view: View, _: Catalogue, wish: Wish = Wish()) -> tuple[str, ...]:
    """In the order of reading; none for a screen that says nothing."""
    texts = [*_told(view, _), *(_choices(view, _) if wish.asked else ())]
    whole = [one for text in texts for line in text.splitlines() for one in cut(line)]
    secret = _names(view)
    fit = (one for one in whole if _may_be_heard(one, secret, wish.amounts))
    spoken = (_with_units(one, _.language) for one in fit)
    pieces = [piece for one in spoken for piece in _pieces(one, _)]
    return tuple(dict.fromkeys(pieces))


def of_control(words: str, _: Catalogue, amounts: bool) -> tuple[str, ...]:
    """The words of the control the keys stand on; without `amounts` what is left of them."""
    if _private(words):
        return ()
    allowed = words if amounts else _AMOUNT.sub("", words)
    return _pieces(_with_units(allowed, _.language).strip(), _)


def _told(view: View, _: Catalogue) -> Iterator[str]:
    if "tiles" in view:
        yield _("Hello, what would you like to do?")
    for key in ("title", "money", "banner", "banner_advice", "hint", "advice"):
        yield str(view.get(key) or "")
    if "due" in view:
        yield f"{_('To pay now')} ¥{view['due']}"
    yield f"{view.get('big_label') or ''} {view.get('big_value') or ''}"
    yield from (str(step) for step in _list(view, "steps"))
    yield from _words(view, "strips", ("words",))
    yield str(view.get("nothing") or "")


def _choices(view: View, _: Catalogue) -> Iterator[str]:
    yield str(view.get("text") or "")
    yield str(view.get("label") or "")
    yield from _words(view, "tiles", ("title", "why"))
    yield from _words(view, "ways", ("label", "value"))
    yield from _words(view, "options", ("words", "note", "side"))
    yield from _words(view, "suggestions", ("words",))
    yield from _words(view, "buttons", ("words",))
    button = view.get("button")
    yield str(button["words"]) if isinstance(button, dict) else str(button or "")


def _words(view: View, key: str, fields: Iterable[str]) -> Iterator[str]:
    """One sentence for each entry, its parts joined; what is private stays out of it alone."""
    for entry in _list(view, key):
        if isinstance(entry, dict):
            parts = [str(entry.get(field) or "") for field in fields]
            yield ", ".join(part for part in parts if part and not _private(part))


def _list(view: View, key: str) -> list[object]:
    found = view.get(key)
    return list(found) if isinstance(found, list | tuple) else []


def _names(view: View) -> frozenset[str]:
    """Whose screen it is, as shown."""
    person = view.get("person")
    told = person if isinstance(person, dict) else {}
    return frozenset(str(told[key]) for key in ("name", "id_number") if told.get(key))


def _private(words: str) -> bool:
    """Something masked, or a number long enough to be somebody's; a date or time is not."""
    return _MASK_OR_NUMBER.search(_DATE.sub("", words)) is not None


def _may_be_heard(sentence: str, secret: frozenset[str], amounts: bool) -> bool:
    if _private(sentence) or any(name in sentence for name in secret):
        return False
    return amounts or not _AMOUNT.search(sentence)


def _with_units(sentence: str, language: str) -> str:
    """ "¥1,185.20" is read "1185.20元" or "1185.20 yuan"."""
    unit = "元" if language == "zh" else " yuan"
    return _AMOUNT.sub(lambda found: found[1].replace(",", "") + unit, sentence)


def _pieces(sentence: str, _: Catalogue) -> tuple[str, ...]:
    """Cut after commas, as few pieces as a caption holds where possible."""
    longest = _LONGEST_ZH if _.language == "zh" else _LONGEST
    if len(sentence) <= longest:
        return (sentence,) if sentence.strip() else ()
    pieces: list[str] = []
    for part in _PIECE.findall(sentence):
        if pieces and len(pieces[-1]) + len(part) <= longest:
            pieces[-1] += part
        else:
            pieces.append(part)
    return tuple(piece.strip() for piece in pieces if piece.strip())
