"""The monthly self-evaluation as a PDF file, for the file of the hospital (H39). No I/O."""

from __future__ import annotations

from collections.abc import Iterator

from settlement_backend.documents.pages import Grid, Heading, Line, Part, Title, pdf_of
from settlement_backend.statistics.shapes import Evaluation, EvaluationItem, EvidenceShape

_HEAD = ("编号", "项目 Item", "依据 Evidence", "得分 Points")
_WIDTHS_MM = (18, 62, 70, 24)
_SOURCES = {"RECORDS": "系统记录 records", "PERSON": "人工填报 told", "NOBODY": "未填报 open"}


def evaluation_pdf(told: Evaluation) -> bytes:
    """All pages; the same evaluation is the same bytes."""
    return pdf_of(f"Self-evaluation {told.month}", tuple(_parts(told)), told.month)


def _parts(told: Evaluation) -> Iterator[Part]:
    yield Title(f"医疗付费“一件事”自我评价  Self-evaluation  {told.month}")
    yield Line(f"依据 Standard: {told.standard}")
    yield Line(
        f"总分 Points: {told.points} / {told.most}    等级 Grade: {told.grade.zh} {told.grade.en}"
    )
    yield Line(f"数据截至 Gathered: {told.gathered_at[:16].replace('T', ' ')}")
    for group in told.groups:
        yield Heading(
            f"{group.id}  {group.name.zh}  {group.name.en}    {group.points} / {group.most}"
        )
        yield Grid(_HEAD, tuple(row_of(item) for item in group.items), _WIDTHS_MM)
    if told.to_answer:
        yield Heading("待填报 To be answered")
    for question in told.to_answer:
        yield Line(f"{question.question.zh} {question.question.en}")
    yield Heading("定性评价 Remark")
    yield Line(told.remark or "—")


def row_of(item: EvaluationItem) -> tuple[str, str, str, str]:
    """One line of the table, in both languages."""
    evidence = "；".join(_told(each) for each in item.evidence)
    return (item.id, f"{item.name.zh} {item.name.en}", evidence, f"{item.points} / {item.most}")


def _told(each: EvidenceShape) -> str:
    by = f" {each.operator}" if each.operator else ""
    return f"{each.name.zh} {each.name.en}: {each.value} ({_SOURCES[each.source]}{by})"
