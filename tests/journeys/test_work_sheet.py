"""What the page of a window's work understands: rows, fields, and presses that may not be."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cashier.steps.sheet import (
    Action,
    Column,
    Field,
    FieldKind,
    FieldOption,
    Line,
    Pressed,
    Table,
    Takes,
    WorkSheet,
)
from core.flow import Touch
from core.identity import Medium, MediumKind
from core.ports import CodeScanned
from core.steps import Leave, MediumShown

_TABLE = Table(
    (Column("name"),), (Line("a", ("A",)), Line("b", ("B",)), Line("c", ("C",), off="no"))
)


def _touch(word: str, rows: tuple[str, ...] = (), **values: str) -> Touch:
    return Touch(word, json.dumps({"rows": rows, "values": values}))


def _sheet(action: Action, *fields: Field) -> WorkSheet:
    return WorkSheet(title="t", table=_TABLE, fields=fields, actions=(action,))


@pytest.mark.parametrize(
    ("takes", "rows", "understood"),
    [
        (Takes.NOTHING, (), True),
        (Takes.NOTHING, ("a",), False),
        (Takes.ROW, ("a",), True),
        (Takes.ROW, (), False),
        (Takes.ROW, ("a", "b"), False),
        (Takes.ROW, ("c",), False),
        (Takes.ROW, ("unknown",), False),
        (Takes.MARKED, ("a", "b"), True),
        (Takes.MARKED, ("a", "a"), False),
        (Takes.MARKED, ("a", "c"), False),
        (Takes.MARKED, (), False),
    ],
)
def test_an_action_takes_the_rows_it_is_about_and_no_row_that_is_off(
    takes: Takes, rows: tuple[str, ...], understood: bool
) -> None:
    sheet = _sheet(Action("go", "go", takes=takes))
    assert sheet.touched(_touch("go", rows)) == (Pressed("go", rows) if understood else None)


@pytest.mark.parametrize(
    ("kind", "typed", "answer"),
    [
        (FieldKind.TEXT, " 林 ", "林"),
        (FieldKind.TEXT, "  ", None),
        (FieldKind.DIGITS, "0123", "0123"),
        (FieldKind.DIGITS, "12a", None),
        (FieldKind.AMOUNT, "12.3", "1230"),
        (FieldKind.AMOUNT, "12.345", None),
        (FieldKind.AMOUNT, "-1", None),
        (FieldKind.DAY, "2026-11-22", "2026-11-22"),
        (FieldKind.DAY, "2026-02-30", None),
        (FieldKind.PHONE, "13800005628", "13800005628"),
        (FieldKind.PHONE, "1380000562", None),
        (FieldKind.ID_NUMBER, "33030219620718452x", "33030219620718452X"),
        (FieldKind.ID_NUMBER, "330302", None),
        (FieldKind.HIDDEN, " secret ", " secret "),
        (FieldKind.TICK, "yes", "yes"),
        (FieldKind.TICK, "no", None),
    ],
)
def test_a_field_answers_in_its_form_or_not_at_all(
    kind: FieldKind, typed: str, answer: str | None
) -> None:
    field = Field("one", "one", kind)
    assert field.understood(typed) == answer
    pressed = _sheet(Action("go", "go"), field).touched(_touch("go", one=typed))
    assert pressed == (None if answer is None else Pressed("go", (), (("one", answer),)))


def test_a_choice_is_one_of_its_options() -> None:
    field = Field("one", "one", FieldKind.CHOICE, options=(FieldOption("x", "X"),))
    assert field.understood("x") == "x"
    assert field.understood("y") is None


def test_a_field_that_is_not_needed_may_be_empty_but_not_wrong() -> None:
    field = Field("sum", "sum", FieldKind.AMOUNT, needed=False)
    sheet = _sheet(Action("go", "go"), field)
    empty = sheet.touched(_touch("go", sum=""))
    assert isinstance(empty, Pressed)
    assert empty.amount_fen("sum") == 0
    assert sheet.touched(_touch("go", sum="x")) is None


def test_an_action_that_fills_nothing_does_not_look_at_the_fields() -> None:
    sheet = _sheet(Action("print", "print", fills=False), Field("needed", "needed"))
    assert sheet.touched(_touch("print")) == Pressed("print")


def test_what_is_off_cannot_be_pressed_and_the_next_one_is_the_main_action() -> None:
    off, open_ = Action("a", "a", off="roles"), Action("b", "b")
    sheet = WorkSheet(title="t", actions=(off, open_))
    assert sheet.touched(_touch("a")) is None
    assert sheet.main is open_
    assert sheet.touched(Touch("leave")) == Leave()


def test_what_was_typed_is_never_written_to_a_log() -> None:
    pressed = _sheet(Action("go", "go"), Field("p", "p", FieldKind.HIDDEN)).touched(
        _touch("go", p="hunter2")
    )
    assert "hunter2" not in repr(pressed)


def test_media_are_heard_only_where_they_are_asked_for() -> None:
    deaf = WorkSheet(title="t")
    hearing = replace(deaf, accepts=frozenset({MediumKind.EC_CODE}))
    code = CodeScanned("EC28000000000000000000000001")
    assert deaf.heard(code) is None
    assert hearing.heard(code) == MediumShown(Medium(MediumKind.EC_CODE, code.text), None, None)
    assert hearing.heard(CodeScanned("CITY" + "0" * 32)) is None
