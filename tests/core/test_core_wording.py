"""Every reason code has words, and the catalogue falls back to English."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from core.catalogue import Catalogue
from core.wording import MONEY, REASONS, wording

_ROOT = Path(__file__).parents[2]
_GIVERS = {
    "InDoubt",
    "NotSettled",
    "HoldNotPlaced",
    "CardNotIssued",
    "NotRefunded",
    "NotUnderstood",
    "Refused",
    "NotSent",
}
# Of what no machine of ours asks for: other clients' relatives and deposits; and ids and tokens
# that it had from the backend a moment ago.
_NEVER_SHOWN = {
    *("journal_behind", "amount", "no_word", "deposit_spent"),
    *("unknown_refund", "unknown_relation", "unknown_registration", "unknown_question"),
    *("unknown_token", "unknown_tender", "unknown_hold", "unknown_reauthorisation"),
    *("unknown_line", "unknown_assistance"),
    *("relative_may_not_pay", "not_a_relative", "already_bound", "proof_needed"),
    *("paid_by_relative", "being_paid_by_relative"),  # details of bill_paid and bill_locked
    *("bills_do_not_mix", "deposit_off", "deposit_not_here", "no_discharge_notice"),
}


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_reason_says_what_happened_and_what_to_do(reason: str) -> None:
    words = REASONS[reason]
    assert words.happened[0].isupper()
    assert not words.happened.endswith(".")
    assert words.advice.endswith(".")
    assert len(words.happened) <= 60
    assert len(words.advice) <= 100


def test_unknown_reason_reads_as_other() -> None:
    assert wording("a new backend's code") == REASONS["other"]
    assert wording("left") == REASONS["left"]


def test_money_has_exactly_three_sentences() -> None:
    assert MONEY == {
        "untouched": "Nothing was charged",
        "returned": "The money was returned",
        "being_checked": "Please do not pay again",
    }


def _reasons_given(path: Path) -> set[str]:
    """First arguments of the results that carry a reason, where they are literal."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        first = node.args[0]
        if node.func.id in _GIVERS and isinstance(first, ast.Constant):
            found.add(str(first.value))
    return found


def test_every_reason_a_journey_or_the_routes_give_has_words() -> None:
    files = [
        *(_ROOT / "core" / "journeys").glob("*.py"),
        *(_ROOT / "kiosk").rglob("*.py"),
        *(_ROOT / "cashier" / "journeys").glob("*.py"),
        *(_ROOT / "core" / "steps").glob("*.py"),
        _ROOT / "terminal" / "routes.py",
    ]
    given = set().union(*(_reasons_given(path) for path in files))
    assert {"journal_broken", "being_checked", "foreign_code", "not_fitted"} <= given
    assert given <= set(REASONS)


_REQUEST = re.compile(r'\.(get|post)\((?:[^"]|"(?!/v1))*?"(/v1/[^"]*)"')


def test_every_refusal_of_the_backend_contract_has_words() -> None:
    """Of every request that a terminal makes; the others are asked by programs of others."""
    sources = [path.read_text("utf-8") for path in (_ROOT / "backend_client").rglob("*.py")]
    asked = {found for source in sources for found in _REQUEST.findall(source)}
    refusals: set[str] = set()
    for page in (_ROOT / "docs" / "backend_api").glob("*.md"):
        rows = [row for row in page.read_text("utf-8").splitlines() if row.startswith("| `")]
        for row in rows if page.name != "rights.md" else ():
            method, _, path = row.split("`")[1].partition(" ")
            path = re.sub(r"\{[^}]*\}", "{}", path.partition("?")[0].partition(" ")[0])
            if (method.lower(), path) in asked:
                refusals |= set(re.findall(r"`([a-z_]+)`", row.split(" | ")[-1]))
    assert {"window_only", "bill_changed", "has_card", "unknown_settlement"} <= refusals
    assert refusals - _NEVER_SHOWN <= set(REASONS)


def test_english_needs_no_file_and_chinese_does(tmp_path: Path) -> None:
    english = Catalogue("en", tmp_path)
    assert english("Nothing was charged") == "Nothing was charged"
    assert english("") == ""
    with pytest.raises(OSError, match=r"zh\.mo"):
        Catalogue("zh", tmp_path)
