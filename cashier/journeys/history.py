"""How the steps of a refund, a case or an enquiry stand on a page: what, by whom, where and when.

What a reader would get wrong: a step without an operator was taken by a patient at a terminal, or
by the hospital's own clockwork when there is no terminal either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.history import StepTaken
from core.page_parts import Row, Tone
from core.phrase import Moment, Phrase, Said, said


def by_whom(step: StepTaken) -> Phrase:
    """2107 at W07, a patient at K01, or the system."""
    if step.operator:
        return said("{operator} at {place}", operator=step.operator, place=step.terminal_id)
    if step.terminal_id:
        return said("the patient at {place}", place=step.terminal_id)
    return said("the system")


def step_text(step: StepTaken) -> Phrase:
    """As it was written."""
    return step.text


def step_rows(
    steps: tuple[StepTaken, ...],
    words: Mapping[str, Said],
    text: Callable[[StepTaken], Phrase] = step_text,
) -> tuple[Row, ...]:
    """In their order, with what was said along with them. `text`: how that is read."""
    return tuple(
        Row("circle-check", words.get(one.step, one.step), Moment(one.at), note=_note(one, text))
        for one in steps
    )


def not_yet(words: Phrase) -> Row:
    """A step that is still to come."""
    return Row("hourglass", words, said("Not yet"), tone=Tone.PLAIN)


def _note(step: StepTaken, text: Callable[[StepTaken], Phrase]) -> Phrase:
    if not step.text:
        return by_whom(step)
    return said("{who}: {text}", who=by_whom(step), text=text(step))
