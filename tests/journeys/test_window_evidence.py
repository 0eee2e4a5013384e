"""Evidence that programs wrote is read in the reader's language; the source says what there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cashier.journeys.doubts.case_pages import case_sheet, kind_words
from cashier.journeys.doubts.evidence import evidence_words
from core.catalogue import Catalogue
from core.history import StepTaken
from core.phrase import Phrase, Said, spoken
from tests.helpers.told.told_window_refunds import AT, CASE

ROOT = Path(__file__).resolve().parents[2]
CHINESE, ENGLISH = (Catalogue(language, ROOT / "build/messages") for language in ("zh", "en"))
HANDED = {"_doubt", "_hand_over", "hand_over", "_suspend", "suspend", "settle_itself", "NotYet"}
HANDED |= {"Damaged", "require", "ReportSuspense"}
"""Callables that are given a sentence."""
ASSIGNED = {"evidence", "never", "trouble"}
"""Names it is kept under before it is given."""
SAMPLES = {
    "fresh.state": "REVERSING",
    "fresh.insurance_state": "REVERSING",
    "refund.stage": "MONEY",
    "row.verdict": "AMOUNT_DIFF",
    "row.bank": "lead",
    "row.channel": "WECHAT",
    "row.kind": "PAY",
    "row.their_day": "2026-11-21",
    "each.verdict": "ONLY_THERE",
    "each.kind": "CASH",
    "row.state": "DAMAGED",
    "row.trouble": "line 3: not an amount",
    "what": "no amount",
}


def written() -> Iterator[tuple[str, str]]:
    """Every sentence a program writes as evidence, with where it stands."""
    sources = [*(ROOT / "settlement_backend").rglob("*.py"), *(ROOT / "core/journeys").glob("*.py")]
    for path in sorted(sources):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for value in _given(node):
                for sentence in _sentences(value):
                    yield f"{path.relative_to(ROOT)}:{value.lineno}", sentence


def _given(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            yield from (each.value for each in node.keywords if each.arg == "evidence")
            if name in HANDED:
                yield from node.args
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in ASSIGNED:
            yield value
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
            kept = (ast.unparse(name) in ASSIGNED for name in names)
            yield from (value for value, mine in zip(values, kept, strict=True) if mine)
        case ast.FunctionDef(name="replan", body=body):
            ends = [
                each for line in body for each in ast.walk(line) if isinstance(each, ast.Return)
            ]
            yield from (each.value for each in ends if each.value is not None)


def _sentences(value: ast.expr) -> Iterator[str]:
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=pieces):
            yield "".join(map(_piece, pieces))
        case ast.IfExp(body=first, orelse=other):
            yield from _sentences(first)
            yield from _sentences(other)
        case ast.Call(func=ast.Attribute(value=inner, attr="strip")):
            yield from _sentences(inner)


def _piece(piece: ast.expr) -> str:
    match piece:
        case ast.Constant(value=str(text)):
            return text
        case ast.FormattedValue(value=expression):
            return SAMPLES.get(ast.unparse(expression), "7")
        case other:
            raise AssertionError(ast.dump(other))


SENTENCES = sorted({(text, place) for place, text in written() if not text.isupper() and text})


def test_source_is_read() -> None:
    texts = {text for text, _place in SENTENCES}

    assert len(texts) > 40
    assert {
        "the insurance keeps the old settlement",
        "the new hold stands, the old one is not released",
        "city silent",
        "AMOUNT_DIFF lead WECHAT PAY 7",
        "line 7: not an amount",
    } <= texts


@pytest.mark.parametrize(("text", "place"), SENTENCES)
def test_sentence_a_program_writes_is_said_in_both_languages(text: str, place: str) -> None:
    words = evidence_words(text)

    assert isinstance(words, Said), f"{place}: {text!r} is not in cashier/journeys/doubts/evidence"
    assert re.search("[\u4e00-\u9fff]", spoken(words, CHINESE))
    assert not re.search("[\u4e00-\u9fff{]", spoken(words, ENGLISH))


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("REVERSING, insurance ASKED", "撤销中；医保：已请求，未回复"),
        ("AMOUNT_DIFF lead WECHAT PAY 7c1f", "金额不符：牵头行，微信，缴费，7c1f"),
        ("ONLY_THERE INSURANCE INSURANCE REVOKED 31", "仅对方有：医保，收款撤销，31"),
        ("DAMAGED line 3: not an amount", "账单文件损坏：第 3 行：没有金额"),
        ("2026-11-21: both sides agree", "2026年11月21日：双方已相符"),
        ("病人说钱已退回", "病人说钱已退回"),
        ("she has the bank's slip", "she has the bank's slip"),
        ("Z999", "Z999"),
    ],
)
def test_evidence_is_read_in_chinese_and_what_a_person_wrote_stays(text: str, chinese: str) -> None:
    assert spoken(evidence_words(text), CHINESE) == chinese


def test_reason_of_a_terminal_is_read_by_its_words() -> None:
    assert spoken(evidence_words("note_lost"), ENGLISH) != "note_lost"


def test_steps_of_a_case_name_owners_decisions_and_ends() -> None:
    steps = (
        ("GIVEN", "cashier-office -> 2107: taken over at the window"),
        ("DECIDED", "TAKEN t-1 4200002026"),
        ("RESOLVED", "BOOKED: 银行回单"),
    )
    history = tuple(StepTaken(step, text, CASE.opened_at, "2107", "W07") for step, text in steps)
    page = case_sheet(AT, replace(CASE, history=history))
    notes = [spoken(row.note, CHINESE) for row in page.sections[-1].rows]

    assert "收费处 → 2107：窗口接手" in notes[0]
    assert "（t-1 4200002026）" in notes[1]
    assert "TAKEN" not in notes[1]
    assert notes[2].endswith("：银行回单")
    assert "BOOKED" not in notes[2]


KINDS = re.compile(r'operation_kind="(\w+)"')


def test_every_kind_of_case_the_backend_opens_has_a_name() -> None:
    for path in (ROOT / "settlement_backend").rglob("*.py"):
        for kind in KINDS.findall(path.read_text("utf-8")):
            named: Phrase = kind_words(replace(CASE, operation_kind=kind))
            assert isinstance(named, Said), (path, kind)
