"""Our movements beside a file: every injected difference is found with its class, none else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from settlement_backend.base.clock import CHINA
from settlement_backend.reconciliation.compare import (
    Files,
    Key,
    Kind,
    Ours,
    Theirs,
    compare,
)
from settlement_backend.reconciliation.files.wechat import read_wechat

DAY = date(2026, 3, 2)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=CHINA)
LATE = datetime(2026, 3, 2, 23, 59, 58, tzinfo=CHINA)
TOLERANCE = timedelta(minutes=30)
FAULTS = ("drop", "amount", "repeat", "foreign_refund", "next_day", "forget", "unknown", "strange")
VERDICTS = {
    "drop": "ONLY_HERE",
    "amount": "AMOUNT_DIFF",
    "repeat": "ONLY_THERE",
    "foreign_refund": "STATUS_DIFF",
    "forget": "ONLY_THERE",
    "unknown": "STATUS_DIFF",
    "strange": "ONLY_THERE",
}


def key(number: str, kind: Kind = "PAY") -> Key:
    return Key("lead", "WECHAT", kind, number)


def booked(number: str, amount_fen: int = 100, at: datetime = NOON, kind: Kind = "PAY") -> Ours:
    return Ours(key(number, kind), "BOOKED", amount_fen, at, "outside:scan:WECHAT")


def row(number: str, amount_fen: int = 100, day: date = DAY, kind: Kind = "PAY") -> Theirs:
    return Theirs(key(number, kind), day, amount_fen, "", "4200001")


def files(*days: date) -> Files:
    return Files(frozenset(("lead", "WECHAT", day) for day in days), TOLERANCE)


def verdicts(
    ours: list[Ours], theirs: list[Theirs], known: Files, day: date = DAY
) -> list[tuple[str, str]]:
    return [(line.key.number, line.verdict) for line in compare(day, ours, theirs, known)]


ALL = files(BEFORE, DAY, AFTER)


@pytest.mark.parametrize(
    ("ours", "theirs", "known", "found"),
    [
        ([booked("A")], [row("A")], ALL, [("A", "MATCHED")]),
        ([booked("A")], [row("A", 99)], ALL, [("A", "AMOUNT_DIFF")]),
        ([booked("A")], [], ALL, [("A", "ONLY_HERE")]),
        ([], [row("A")], ALL, [("A", "ONLY_THERE")]),
        ([booked("A")], [], files(BEFORE), [("A", "NOT_READY")]),
        ([booked("A", at=LATE)], [], files(BEFORE, DAY), [("A", "NOT_READY")]),
        ([booked("A", at=LATE)], [], ALL, [("A", "ONLY_HERE")]),
        ([booked("A", at=LATE)], [row("A", day=AFTER)], ALL, [("A", "MATCHED")]),
        ([booked("A")], [row("A", day=AFTER)], ALL, [("A", "MATCHED")]),
        ([booked("A")], [row("A"), row("A")], ALL, [("A", "ONLY_THERE"), ("A", "MATCHED")]),
        ([replace(booked("A"), state="UNKNOWN")], [], ALL, [("A", "NOT_READY")]),
        ([replace(booked("A"), state="UNKNOWN")], [row("A")], ALL, [("A", "STATUS_DIFF")]),
        ([replace(booked("A"), state="NOT_ASKED")], [row("A")], ALL, [("A", "STATUS_DIFF")]),
        ([replace(booked("A"), state="NOT_ASKED")], [], ALL, []),
        ([replace(booked("A"), state="UNDONE")], [], ALL, []),
        ([replace(booked("A"), state="UNDONE")], [row("A")], ALL, [("A", "STATUS_DIFF")]),
    ],
)
def test_each_verdict(
    ours: list[Ours], theirs: list[Theirs], known: Files, found: list[tuple[str, str]]
) -> None:
    assert verdicts(ours, theirs, known) == found


def test_movement_far_from_its_file_is_a_difference_of_the_file_s_day() -> None:
    long_ago = booked("A", at=NOON - timedelta(days=3))

    assert verdicts([long_ago], [row("A")], ALL) == [("A", "STATUS_DIFF")]
    assert verdicts([long_ago], [row("A")], ALL, long_ago.day) == []


def test_what_was_taken_and_given_back_unheard_of_is_right_with_both_halves() -> None:
    undone = [replace(booked("A", kind=kind), state="UNDONE") for kind in ("PAY", "REVOKED")]

    assert verdicts(undone, [row("A"), row("A", kind="REVOKED")], ALL) == [
        ("A", "MATCHED"),
        ("A", "MATCHED"),
    ]


def test_unknown_ones_come_first_and_the_same_day_again_is_the_same() -> None:
    ours = [booked("A"), booked("C"), replace(booked("B"), state="UNKNOWN")]

    first = compare(DAY, ours, [row("A")], ALL)

    assert [line.verdict for line in first] == ["NOT_READY", "ONLY_HERE", "MATCHED"]
    assert compare(DAY, reversed(ours), [row("A")], ALL) == first


# --- a random day, its file made by a small writer, differences put in


@st.composite
def days(draw: st.DrawFn) -> list[tuple[Ours, str]]:
    """Movements of a day, each with the fault it meets in the file ("" for none)."""
    movements: list[tuple[Ours, str]] = []
    for place in range(draw(st.integers(0, 12))):
        amount_fen = draw(st.integers(2, 1_000_000))
        at = NOON + timedelta(minutes=draw(st.integers(-600, 600)))
        paid = booked(f"O{place}", amount_fen, at)
        movements.append((paid, draw(st.sampled_from(("", "", *FAULTS)))))
        if draw(st.booleans()):
            back = booked(f"R{place}", draw(st.integers(1, amount_fen)), at, "REFUND")
            movements.append(
                (
                    replace(back, originals=(f"O{place}",)),
                    draw(st.sampled_from(("", "", *FAULTS))),
                )
            )
    return movements


def written(rows: list[tuple[Kind, str, str, int]], day: date) -> bytes:
    """A WeChat bill of these rows: kind, number, original, fen."""
    lines = ["交易时间,公众账号ID,商户号"]
    paid_fen = back_fen = 0
    for kind, number, original, amount_fen in rows:
        paid = kind == "PAY"
        paid_fen, back_fen = paid_fen + amount_fen * paid, back_fen + amount_fen * (not paid)
        values = ["0"] * 27
        values[0], values[5], values[6] = f"{day} 12:00:00", "4200001", original or number
        values[9] = "SUCCESS" if paid else "REFUND"
        values[12], values[16] = _yuan(amount_fen * paid), _yuan(amount_fen * (not paid))
        values[15] = "0" if paid else number
        lines.append(",".join(f"`{value}" for value in values))
    sums = [str(len(rows)), _yuan(paid_fen), _yuan(back_fen), "0.00", "0", "0.00", "0.00"]
    lines += ["总交易单数,应结订单总金额", ",".join(f"`{value}" for value in sums)]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def read_back(content: bytes, day: date) -> list[Theirs]:
    return [
        Theirs(key(moved.number, moved.kind), day, moved.amount_fen, moved.original, "")
        for moved in read_wechat(content).rows
    ]


@settings(deadline=None, max_examples=150)
@given(day=days())
def test_every_injected_difference_is_found_with_its_class_and_nothing_else(
    day: list[tuple[Ours, str]],
) -> None:
    ours: list[Ours] = []
    today: list[tuple[Kind, str, str, int]] = []
    tomorrow: list[tuple[Kind, str, str, int]] = []
    expected: list[tuple[str, str]] = []
    for movement, fault in day:
        number, kind = movement.key.number, movement.key.kind
        if fault == "foreign_refund" and kind == "PAY":
            fault = ""
        entry: tuple[Kind, str, str, int] = (
            kind,
            number,
            movement.originals[0] if movement.originals else "",
            movement.amount_fen,
        )
        if fault != "forget":
            ours.append(replace(movement, state="UNKNOWN") if fault == "unknown" else movement)
        match fault:
            case "drop":
                pass
            case "amount":
                today.append((*entry[:3], entry[3] + 1))
            case "repeat":
                today += [entry, entry]
            case "foreign_refund":
                today.append((kind, number, "somebody else's", entry[3]))
            case "next_day":
                tomorrow.append(entry)
            case "strange":
                today += [entry, ("PAY", f"X{number}", "", 700)]
                expected.append((f"X{number}", "ONLY_THERE"))
            case _:
                today.append(entry)
        if fault in VERDICTS and fault != "strange":
            expected.append((number, VERDICTS[fault]))

    theirs = [*read_back(written(today, DAY), DAY), *read_back(written(tomorrow, AFTER), AFTER)]
    lines = compare(DAY, ours, theirs, ALL)

    differing = [(line.key.number, line.verdict) for line in lines if line.verdict != "MATCHED"]
    assert sorted(differing) == sorted(expected)
    matched = {line.key for line in lines if line.verdict == "MATCHED"}
    wrong = ("forget", "drop", "amount", "foreign_refund", "unknown")
    assert matched == {
        movement.key
        for movement, fault in day
        if fault not in wrong or (fault == "foreign_refund" and movement.key.kind == "PAY")
    }
    assert compare(DAY, ours, theirs, ALL) == lines
    assert len({line.id for line in lines}) == len(lines)
