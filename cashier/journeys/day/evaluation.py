"""The monthly self-evaluation: what the books say, what people answer, the file (H39).

What a reader would get wrong: nothing is counted here; an answer nobody gave counts 0.
"""

from __future__ import annotations

from cashier.journeys.day.saving import printed_strip, save
from cashier.journeys.work import AtWork, refused
from cashier.steps.sheet import (
    Action,
    Column,
    Field,
    FieldKind,
    Line,
    Pressed,
    Table,
    Takes,
    WorkSheet,
)
from core.billing import Text
from core.figures import Evaluation, EvaluationItem, Evidence, Question
from core.journeys.print_pages import print_pages
from core.page_parts import Row, Section, Strip, Tone
from core.papers import Pdf
from core.phrase import Moment, said
from core.ports import NotSent, Refused, Unknown
from core.steps.window_books import AnswerEvaluation, FetchEvaluation, FetchEvaluationPages

_TITLE = said("Monthly self-evaluation")
_REMARK = "remark"
_MOST_NOTE, _MOST_DIGITS = 1000, 4


def month_sheet(trouble: str = "") -> WorkSheet:
    """By any of its days."""
    return WorkSheet(
        title=_TITLE,
        trouble=trouble,
        fields=(Field("day", said("Any day of the month, such as 2026-11-01"), FieldKind.DAY),),
        actions=(Action("show", said("Show the month")),),
    )


def evaluation_sheet(told: Evaluation, strip: Strip | None = None) -> WorkSheet:
    """Item by item; what still waits for an answer stands out."""
    columns = (
        Column(said("Number"), 3),
        Column(said("What"), 6),
        Column(said("Points"), right=True),
        Column(said("At most"), right=True),
        Column(said("Evidence"), 10),
    )
    lines = tuple(
        Line(
            item.id,
            (item.id, item.name, str(item.points), str(item.most), _evidence(item)),
            Tone.WARNING if any(e.source == "NOBODY" for e in item.evidence) else Tone.PLAIN,
        )
        for group in told.groups
        for item in group.items
    )
    facts = (
        Row("file-text", said("Standard"), told.standard),
        Row("clock", said("Gathered"), Moment(told.gathered_at)),
        Row("message-2", said("Remark"), told.remark or "—"),
    )
    waiting = said("{count} answers are missing and count 0", count=len(told.to_answer))
    missing = Strip(Tone.WARNING, "help-circle", waiting) if told.to_answer else None
    return WorkSheet(
        title=_TITLE,
        chip=told.month,
        strip=strip or missing,
        big_label=told.grade,
        big_value=f"{told.points} / {told.most}",
        table=Table(columns, lines),
        sections=(Section("", facts),),
        actions=(
            Action("answer", said("Answer questions")),
            Action("remark", said("Write the remark"), key="Ctrl+B"),
            Action("pdf", said("Save as PDF"), key="Ctrl+W"),
            Action("print", said("Print on A4"), key="Ctrl+G"),
        ),
    )


def _evidence(item: EvaluationItem) -> Text:
    told = [(each.name, _value(each)) for each in item.evidence]
    return Text(
        " · ".join(f"{name.zh} {value}" for name, value in told),
        " · ".join(f"{name.en} {value}" for name, value in told),
    )


def _value(each: Evidence) -> str:
    by = f" ({each.operator})" if each.operator else ""
    return f"{each.value}{by}" if each.source != "NOBODY" else "?"


def questions_sheet(told: Evaluation) -> WorkSheet:
    """What nobody answered yet, and what somebody answered and may answer anew."""
    columns = (Column(said("Question"), 6), Column(said("Largest answer"), 1, right=True))
    lines = tuple(Line(one.fact, (one.question, str(one.most))) for one in told.to_answer)
    return WorkSheet(
        title=said("Answer questions"),
        chip=told.month,
        table=Table(columns, lines, nothing=said("Every question is answered")),
        actions=(Action("take", said("Answer this one"), takes=Takes.ROW),),
    )


def answer_sheet(question: Question, trouble: str = "") -> WorkSheet:
    """0 up to the largest."""
    return WorkSheet(
        title=said("Answer questions"),
        trouble=trouble,
        text=question.question,
        fields=(
            Field(
                "value",
                said("A number up to {most}", most=question.most),
                FieldKind.DIGITS,
                most=_MOST_DIGITS,
            ),
        ),
        actions=(Action("answer", said("Give the answer")),),
    )


def remark_sheet(told: Evaluation, trouble: str = "") -> WorkSheet:
    """In own words."""
    remark = Field(_REMARK, said("Remark"), value=told.remark, most=_MOST_NOTE)
    return WorkSheet(
        title=said("Write the remark"),
        chip=told.month,
        trouble=trouble,
        fields=(remark,),
        actions=(Action("keep", said("Keep it")),),
    )


async def self_evaluation(at: AtWork) -> str:
    """One month after another."""
    trouble = ""
    while True:
        match await month_sheet(trouble):
            case Pressed() as pressed:
                month = pressed.value("day")[:7]
            case _:
                return ""
        match await FetchEvaluation(month):
            case Evaluation() as told:
                trouble = ""
                await _month(at, told)
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason


async def _month(at: AtWork, told: Evaluation) -> None:
    strip: Strip | None = None
    while True:
        match await evaluation_sheet(told, strip):
            case Pressed("answer"):
                told, strip = await _answers(told), None
            case Pressed("remark"):
                told, strip = await _remark(told), None
            case Pressed("pdf" | "print" as word):
                strip = await _paper(at, told.month, printed=word == "print")
            case _:
                return


async def _answers(told: Evaluation) -> Evaluation:
    while True:
        match await questions_sheet(told):
            case Pressed() as pressed:
                question = next(q for q in told.to_answer if q.fact == pressed.row)
                told = await _answer(told, question)
            case _:
                return told


async def _answer(told: Evaluation, question: Question) -> Evaluation:
    trouble = ""
    while True:
        match await answer_sheet(question, trouble):
            case Pressed() as pressed:
                value = int(pressed.value("value"))
            case _:
                return told
        match await AnswerEvaluation(told.month, question.fact, value):
            case Evaluation() as now:
                return now
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason


async def _remark(told: Evaluation) -> Evaluation:
    trouble = ""
    while True:
        match await remark_sheet(told, trouble):
            case Pressed() as pressed:
                note = pressed.value(_REMARK)
            case _:
                return told
        match await AnswerEvaluation(told.month, _REMARK, 0, note):
            case Evaluation() as now:
                return now
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason


async def _paper(at: AtWork, month: str, *, printed: bool) -> Strip | None:
    match await FetchEvaluationPages(month):
        case Pdf() as pages:
            name = f"evaluation-{month}"
            if not printed:
                return await save(name, pages)
            return printed_strip(await print_pages(name, pages))
        case no:
            await refused(at, _TITLE, no)
            return None
