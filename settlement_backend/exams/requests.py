"""What comes in for exams, desks and reports."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictStr

from settlement_backend.base.shapes import Body, Ident, Word

_Long = Annotated[StrictStr, Field(max_length=4000)]
_Short = Annotated[StrictStr, Field(max_length=60)]


class NewAppointment(Body):
    line_id: Ident
    session_id: Ident


class MeasuredRow(Body):
    name: Annotated[StrictStr, Field(min_length=1, max_length=60)]
    value: _Short
    unit: _Short
    reference: _Short
    flag: Annotated[StrictStr, Field(pattern="^(|H|L)$")]


class NewReport(Body):
    line_id: Ident
    findings: _Long
    conclusion: Annotated[StrictStr, Field(min_length=1, max_length=4000)]
    reported_by: Annotated[Word, Field(min_length=1)]
    rows: Annotated[list[MeasuredRow], Field(max_length=200)]
