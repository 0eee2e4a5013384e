"""Views of the pages made of words: one function for each class of `kiosk/steps/pages.py`.

A subclass of a page has the screen of that page. What a reader would get wrong: a phrase becomes
words here and nowhere else, so that a page stands in the other language at the next call.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

from core.catalogue import Catalogue
from core.money import format_yuan
from core.page_parts import Row, Section, Strip
from core.phrase import said, spoken
from kiosk.screens.view_parts import View, banner, row, strip, yuan
from kiosk.steps.pages import (
    AtMachine,
    Button,
    Choose,
    ChooseAmount,
    ChooseSome,
    Finished,
    Keys,
    Option,
    Page,
    Show,
    Sign,
    TypeIn,
)

_SURVEY = Button("survey", said("Say how it was"), "mood-smile", main=False)
_FORMS = {Keys.PHONE: r"^1[3-9]\d{9}$", Keys.ID_NUMBER: r"^\d{17}[\dX]$"}
_LENGTHS = {Keys.PHONE: 11, Keys.ID_NUMBER: 18}


def page(step: Page[Any], _: Catalogue) -> tuple[str, View]:
    """Screen name and what this page has of its own. Raises TypeError for a page of no class."""
    name, content = _content(step, _)
    return name, {
        "title": spoken(step.title, _),
        "hint": spoken(step.hint, _),
        "icon": step.icon,
        "step": step.place,
        **banner(step.trouble, _),
        **content,
    }


def _content(step: Page[Any], _: Catalogue) -> tuple[str, View]:
    match step:
        case Choose():
            return "Choose", _choose(step, _)
        case ChooseSome():
            return "ChooseSome", _choose_some(step, _)
        case Show():
            return "Show", _show(step, _)
        case Finished():
            return "Finished", _finished(step, _)
        case TypeIn():
            return "TypeIn", _type_in(step, _)
        case ChooseAmount():
            return "ChooseAmount", _choose_amount(step, _)
        case Sign():
            return "Sign", {"rows": _rows(step.rows, _)}
        case AtMachine():
            return "AtMachine", _at_machine(step, _)
        case _other:
            raise TypeError(f"no screen shows {type(step).__name__}")


def _choose(step: Choose, _: Catalogue) -> View:
    return {
        "options": [_option(option, _) for option in step.options],
        "strips": _strips(step.strip, _),
        "nothing": "" if step.options else spoken(step.nothing, _),
    }


def _choose_some(step: ChooseSome, _: Catalogue) -> View:
    return {
        "options": [_option(option, _) for option in step.options],
        "strips": _strips(step.strip, _),
        "button": _button(step.button, _),
        "least": step.least,
    }


def _show(step: Show, _: Catalogue) -> View:
    return {
        "sections": [_section(section, _) for section in step.sections],
        "buttons": [_button(button, _) for button in step.buttons],
        "strips": _strips(step.strip, _),
        "text": spoken(step.text, _),
        "big_label": spoken(step.big_label, _),
        "big_value": spoken(step.big_value, _),
        "qr": urlsafe_b64encode(step.qr.encode()).decode(),
        "needs_all": step.needs_all,
    }


def _finished(step: Finished, _: Catalogue) -> View:
    printed = [] if step.printed is None else [slip_strip(step.printed, _)]
    return {
        "tone": step.tone.value or "info",
        "big_label": spoken(step.big_label, _),
        "big_value": spoken(step.big_value, _),
        "rows": _rows(step.rows, _),
        "strips": _strips(step.strip, _) + printed,
        "buttons": [_button(button, _) for button in step.buttons] + survey_button(step.survey, _),
    }


def survey_button(offered: bool, _: Catalogue) -> list[View]:
    """Below an ending: one line, for whoever wants to (H40)."""
    return [_button(_SURVEY, _)] if offered else []


def slip_strip(printed: bool, _: Catalogue) -> View:
    """Below an ending: where the slip is."""
    if printed:
        return strip("success", "printer", _("Please take your slip below"))
    return strip("warning", "printer-off", _("No slip was printed. You get it at any window."))


def _type_in(step: TypeIn, _: Catalogue) -> View:
    return type_view(
        step.keys,
        spoken(step.label, _),
        least=step.least,
        most=step.most,
        hidden=step.hidden,
        words=[spoken(word, _) for word in step.words],
    )


def type_view(
    keys: Keys, label: str, *, least: int, most: int, hidden: bool, words: list[str]
) -> View:
    """What the field and its keys need. `form`: what the whole text must look like, "" for any."""
    whole = _LENGTHS.get(keys)
    return {
        "keys": keys.value,
        "label": label,
        "least": whole or least,
        "most": whole or most,
        "form": _FORMS.get(keys, ""),
        "hidden": hidden,
        "words": list[object](words),
    }


def _choose_amount(step: ChooseAmount, _: Catalogue) -> View:
    limits = _("Between {least} and {most}, whole yuan").format(
        least=yuan(step.min_fen), most=yuan(step.max_fen)
    )
    return {
        **amount_view(step.min_fen, step.max_fen, step.suggestions_fen),
        "placeholder": limits,
        "button": _("Go on"),
    }


def amount_view(min_fen: int, max_fen: int, suggestions_fen: tuple[int, ...]) -> View:
    """The limits, and amounts to press."""
    return {
        "min_fen": min_fen,
        "max_fen": max_fen,
        "suggestions": [
            {"amount_fen": amount_fen, "words": f"¥{format_yuan(amount_fen).removesuffix('.00')}"}
            for amount_fen in suggestions_fen
        ],
    }


def _at_machine(step: AtMachine[Any], _: Catalogue) -> View:
    return {
        "parts": list(step.parts),
        "hand": step.hand,
        "steps": [spoken(sentence, _) for sentence in step.steps],
        "amount": spoken(step.amount, _),
        "buttons": [_button(button, _) for button in step.buttons],
    }


def _option(option: Option, _: Catalogue) -> View:
    off = spoken(option.off, _)
    return {
        "key": option.key,
        "words": spoken(option.words, _),
        "icon": option.icon,
        "note": off or spoken(option.note, _),
        "side": spoken(option.side, _),
        "free": not off,
    }


def _button(button: Button, _: Catalogue) -> View:
    return {
        "word": button.word,
        "words": spoken(button.words, _),
        "icon": button.icon,
        "main": button.main,
    }


def _section(section: Section, _: Catalogue) -> View:
    return {"title": spoken(section.title, _), "rows": _rows(section.rows, _)}


def _rows(rows: tuple[Row, ...], _: Catalogue) -> list[View]:
    return [
        row(
            one.icon,
            spoken(one.label, _),
            spoken(one.value, _),
            note=spoken(one.note, _),
            tone=one.tone.value,
        )
        for one in rows
    ]


def _strips(shown: Strip | None, _: Catalogue) -> list[View]:
    if shown is None:
        return []
    return [strip(shown.tone.value or "info", shown.icon, spoken(shown.words, _))]
