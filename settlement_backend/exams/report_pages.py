"""A laboratory or exam report as a PDF file (S36), set by `documents.pages`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from settlement_backend.documents import pages
from settlement_backend.documents.pages import Grid, Line, Part, Title
from settlement_backend.exams.tables import Report, ReportRow

_HEAD = ("项目 Item", "结果 Result", "单位 Unit", "参考值 Reference", "提示 Flag")
_WIDTHS_MM = (56, 34, 26, 38, 20)
_FLAGS = {"H": "↑ H", "L": "↓ L", "": ""}


def pdf_of(
    hospital: str, name: str, report: Report, rows: Sequence[ReportRow], sheet: int
) -> bytes:
    """All pages of one sheet; from the second sheet on every page says that it is a copy.

    `name`: the patient's, in full: the paper is his own. The same sheet is the same bytes.
    """
    foot = f"{report.id[:12]}  副本 Copy {sheet}" if sheet > 1 else report.id[:12]
    return pages.pdf_of(report.title_en, list(_parts(hospital, name, report, rows)), foot)


def _parts(hospital: str, name: str, report: Report, rows: Sequence[ReportRow]) -> Iterator[Part]:
    yield Title(hospital)
    yield Title(f"{report.title_zh}  {report.title_en}")
    yield Line(f"姓名 Name: {name}")
    yield Line(f"报告时间 Reported: {report.ready_at[:16].replace('T', ' ')}")
    if rows:
        cells = ((row.name, row.value, row.unit, row.reference, _FLAGS[row.flag]) for row in rows)
        yield Grid(_HEAD, tuple(cells), _WIDTHS_MM)
    if report.findings:
        yield Line(f"所见 Findings: {report.findings}")
    yield Line(f"结论 Conclusion: {report.conclusion}")
    yield Line(f"报告人 Reported by: {report.reported_by}")
