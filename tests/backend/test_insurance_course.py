"""Whole courses at the simulated centre: strangers, relatives, stays, special diseases, leftovers,
reconciliation and the monthly claim; and two workers at once."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from backend_bench import (
    WANG,
    WANG_ID,
    HandClock,
    Line,
    Platforms,
    bill_row,
    insurance_of,
    line_row,
    person,
    window,
)

from settlement_backend.base.clock import CHINA, stamp
from settlement_backend.base.database import Database
from settlement_backend.base.errors import Refused
from settlement_backend.bills.tables import BillLine
from settlement_backend.inpatient.tables import Admission
from settlement_backend.insurance import referrals
from settlement_backend.insurance.fund_claims import FundClaims
from settlement_backend.insurance.insurance import (
    Done,
    FeeLine,
    FundPart,
    Insurance,
    Insured,
    NotFound,
    RefusedBy,
    Silent,
    Split,
)
from settlement_backend.insurance.reconciling import Compared, Reconciling
from settlement_backend.insurance.referrals import SlipFacts
from settlement_backend.insurance.shapes import breakdown_of
from settlement_backend.insurance.stays import Stays
from settlement_backend.insurance.tables import (
    InsuranceBatch,
    InsuranceMessage,
    InsuranceVisit,
)
from settlement_backend.insurance.upkeep import Upkeep
from settlement_backend.policy.profile import InsuranceRules
from settlement_backend.visits.tables import Department

SILENCE = pytest.mark.expects_warnings("settlement_backend")
FAR_ID, FAR = "340104197905203111", "34010000000000000000000201"
CAI_ID, CAI = "330302195102145154", "33030000000000000000000107"
AID_ID, AID = "330302194812253171", "33030000000000000000000113"
SPECIAL_ID, SPECIAL = "330302196003186449", "33030000000000000000000112"
LINES = [FeeLine("1", 10000, "A"), FeeLine("2", 10000, "B"), FeeLine("3", 50000, "OWN")]
RULES = InsuranceRules(referral_med_types=("21",), quote_kept_minutes=30)


def asked(insurance: Insurance, id_number: str) -> None:
    assert isinstance(insurance.person(id_number), Insured)


def test_l02_stranger_settles_outpatient_fees_in_real_time_with_mutual_aid_inside(
    insurance: Insurance, platforms: Platforms
) -> None:
    asked(insurance, FAR_ID)

    told = insurance.settle("M1", FAR, "S1", LINES)

    assert isinstance(told, Split)
    assert (told.fund_fen, told.account_fen, told.mutual_fen) == (11400, 8000, 600)
    assert (told.cash_fen, told.total_fen) == (50000, 70000)
    made = platforms.insurance.books()["settlements"][0]
    assert (made["account_fen"], made["mutual_aid_fen"]) == (told.account_fen, told.mutual_fen)


def test_n21_relatives_account_beside_the_own_one_is_a_part_of_its_own(
    insurance: Insurance, platforms: Platforms
) -> None:
    asked(insurance, CAI_ID)

    told = insurance.quote(CAI, "S1", LINES)

    assert isinstance(told, Split)
    assert (told.account_fen, told.total_fen) == (1000, 70000)
    assert told.fund_fen + told.account_fen + told.mutual_fen + told.cash_fen == 70000
    assert told.mutual_fen > 0


def test_above_a_price_limit_the_hospital_bears_it(
    insurance: Insurance, platforms: Platforms
) -> None:
    asked(insurance, WANG_ID)
    platforms.insurance.control("price_limit", med_list_codg="01ITEM", limit_fen=4000)

    told = insurance.quote(WANG, "S1", [FeeLine("1", 10000, "A")])

    assert isinstance(told, Split)
    assert (told.hospital_fen, told.total_fen) == (6000, 10000)


def test_l07_breakdown_names_every_fund(insurance: Insurance, db: Database) -> None:
    asked(insurance, AID_ID)
    told = insurance.settle("M1", AID, "S1", LINES)
    assert isinstance(told, Split)

    with db.read() as session:
        shown = breakdown_of(session, "S1")

    funds = tuple(FundPart(share.kind, share.amount_fen) for share in shown.funds)
    assert funds == told.fund_parts
    assert {part.kind for part in funds} == {"BASIC", "MEDICAL_AID"}
    parts = shown.fund_fen + shown.account_fen + shown.mutual_fen + shown.hospital_fen
    assert parts + shown.cash_fen == shown.total_fen == 70000
    assert (shown.own_expense_fen, shown.pay_first_fen, shown.in_scope_fen) == (50000, 1000, 19000)
    assert shown.insurance.en == "Residents' basic insurance"


def test_special_disease_is_told_and_pays_more(insurance: Insurance, db: Database) -> None:
    asked(insurance, SPECIAL_ID)
    usual = insurance.quote(SPECIAL, "S1", LINES[:1])
    assert isinstance(usual, Split)
    insurance.visits.declare("S1", "M01600")

    special = insurance.quote(SPECIAL, "S1", LINES[:1])

    assert isinstance(special, Split)
    assert (usual.fund_fen, special.fund_fen) == (8000, 9000)


# --- stays


def stay(db: Database, clock: HandClock, id_number: str, *lines: Line) -> list[FeeLine]:
    """An admission A1 with a bill; its lines."""
    at = stamp(clock.now())
    with db.write() as session:
        session.add(person("P1", id_number))
        session.add(window())
        session.add(Department(code="C", name_zh="心内", name_en="", place_zh="", place_en=""))
        session.flush()
        session.add(
            Admission(
                id="A1",
                person_id="P1",
                department_code="C",
                doctor_zh="陈医生",
                doctor_en="",
                ward_zh="心内病区",
                ward_en="",
                bed="12",
                state="ADMITTED",
                requested_at=at,
            )
        )
        bill = bill_row("B1", "P1", lines, at)
        bill.admission_id, bill.kind = "A1", "INPATIENT"
        session.add(bill)
        session.flush()
        session.add_all([line_row("B1", place, line) for place, line in enumerate(lines)])
    return [
        FeeLine(f"B1-{place}", line.amount_fen, line.insurance_class)
        for place, line in enumerate(lines)
    ]


def test_stay_is_settled_reversed_and_settled_again(
    insurance: Insurance, platforms: Platforms, db: Database, clock: HandClock
) -> None:
    lines = stay(db, clock, WANG_ID, Line(500000, "A"), Line(20000, "OWN"))
    asked(insurance, WANG_ID)

    quoted = insurance.quote(WANG, "S1", lines)
    told = insurance.settle("M1", WANG, "S1", lines)

    assert isinstance(quoted, Split)
    assert isinstance(told, Split)
    # After the deductible of 800.00 the fund pays 85 % of 4,200.00.
    assert told.fund_fen == quoted.fund_fen == 357000
    assert insurance.reverse(told.setl_id, WANG, "S1") == Done()
    assert isinstance(insurance.settle("M2", WANG, "S2", lines), Split)
    states = [made["state"] for made in platforms.insurance.books()["settlements"]]
    assert states == ["REVERSED", "SETTLED"]
    assert insurance.find("M1", WANG) == NotFound()


def test_stay_is_told_when_it_begins_and_when_the_bed_changes(
    insurance: Insurance, platforms: Platforms, db: Database, clock: HandClock
) -> None:
    stay(db, clock, WANG_ID, Line(500000, "A"))
    stays = Stays(db, clock, RULES, insurance)
    stays.run()
    assert platforms.insurance.books()["admissions"] == []
    asked(insurance, WANG_ID)

    stays.run()
    with db.write() as session:
        session.get_one(Admission, "A1").bed = "15"
    stays.run()
    stays.run()

    admissions = platforms.insurance.books()["admissions"]
    assert [(made["kind"], made["state"]) for made in admissions] == [("INPATIENT", "OPEN")]
    with db.read() as session:
        assert session.get_one(InsuranceVisit, "A1").bed == "15"
        sent = session.query(InsuranceMessage).order_by(InsuranceMessage.infno)
        assert [row.infno for row in sent] == ["2401", "2403"]


def test_l03_stranger_is_settled_after_a_stay_only_with_a_bound_slip(
    insurance: Insurance, platforms: Platforms, db: Database, clock: HandClock
) -> None:
    lines = stay(db, clock, FAR_ID, Line(500000, "A"))
    asked(insurance, FAR_ID)
    assert isinstance(insurance.quote(FAR, "S1", lines), RefusedBy)
    assert platforms.insurance.books()["admissions"] == []
    today = clock.now().date()
    slip = SlipFacts("T1", "340100", today.isoformat(), (today + timedelta(days=9)).isoformat())

    with db.write() as session:
        referrals.bind(session, "P1", slip, "W07", clock.now())

    assert isinstance(insurance.quote(FAR, "S1", lines), Split)


def test_l03_slip_is_bound_to_one_patient_and_not_after_its_last_day(
    db: Database, clock: HandClock
) -> None:
    with db.write() as session:
        session.add_all([person("P1", WANG_ID), person("P2", FAR_ID)])
    today = clock.now().date()
    slip = SlipFacts("T1", "340100", "2026-01-01", today.isoformat())
    old = SlipFacts("T2", "340100", "2026-01-01", (today - timedelta(days=1)).isoformat())

    with db.write() as session:
        first = referrals.bind(session, "P1", slip, "W07", clock.now())
        assert referrals.bind(session, "P1", slip, "W07", clock.now()) is first
        with pytest.raises(Refused, match="referral_of_another"):
            referrals.bind(session, "P2", slip, "W07", clock.now())
        with pytest.raises(Refused, match="referral_expired"):
            referrals.bind(session, "P2", old, "W07", clock.now())


# --- what is left over


def test_lines_of_a_quote_nobody_settles_are_taken_back(
    insurance: Insurance, platforms: Platforms, db: Database, clock: HandClock
) -> None:
    asked(insurance, WANG_ID)
    upkeep = Upkeep(db, clock, RULES, insurance)
    assert isinstance(insurance.quote(WANG, "S1", LINES), Split)

    clock.pass_seconds(29 * 60)
    upkeep.run()
    assert len(platforms.insurance.books()["uploads"]) == 3
    clock.pass_seconds(2 * 60)
    upkeep.run()
    assert platforms.insurance.books()["uploads"] == []

    assert isinstance(insurance.settle("M1", WANG, "S1", LINES), Split)


@SILENCE
def test_lines_of_a_settlement_whose_word_was_lost_stay(
    insurance: Insurance, platforms: Platforms, db: Database, clock: HandClock
) -> None:
    asked(insurance, WANG_ID)
    platforms.insurance.fault("/fsi/2207", "silent")
    assert insurance.settle("M1", WANG, "S1", LINES) == Silent()

    clock.pass_seconds(3600)
    Upkeep(db, clock, RULES, insurance).run()

    assert len(platforms.insurance.books()["uploads"]) == 3
    assert insurance.annul("M1", WANG) == Done()
    Upkeep(db, clock, RULES, insurance).run()
    assert platforms.insurance.books()["uploads"] == []


# --- reconciliation and the monthly claim


def reconciled(
    insurance: Insurance, db: Database, clock: HandClock
) -> tuple[Compared, list[tuple[str, str]]]:
    """Today's totals, and today's lines that differ: kind and setl_id."""
    reconciling, today = Reconciling(db, insurance.gateway), clock.now().date()
    totals = reconciling.totals(today, today)
    differences = reconciling.differences(today, today)
    assert isinstance(totals, Compared)
    assert isinstance(differences, tuple)
    return totals, [(each.kind, each.setl_id) for each in differences]


def test_day_agrees_with_refunds_and_without_what_never_happened(
    insurance: Insurance, db: Database, clock: HandClock
) -> None:
    asked(insurance, WANG_ID)
    for number in ("1", "2", "3"):
        assert isinstance(insurance.settle(number, WANG, f"S{number}", LINES), Split)
    second = insurance.find("2", WANG)
    assert isinstance(second, Split)
    insurance.reverse(second.setl_id, WANG, "S2")
    insurance.annul("3", WANG)

    totals, differences = reconciled(insurance, db, clock)

    assert totals.differing == ()
    assert totals.ours == totals.theirs
    assert (totals.ours.settlements, totals.ours.total_fen) == (1, 70000)
    assert differences == []


@SILENCE
def test_settlement_nobody_here_heard_of_is_found_by_its_line(
    insurance: Insurance, platforms: Platforms, db: Database, clock: HandClock
) -> None:
    asked(insurance, WANG_ID)
    platforms.insurance.fault("/fsi/2207", "answer_lost")
    assert insurance.settle("M1", WANG, "S1", LINES) == Silent()

    totals, differences = reconciled(insurance, db, clock)

    assert "fixmedins_setl_cnt" in totals.differing
    assert (totals.ours.settlements, totals.theirs.settlements) == (0, 1)
    setl_id = platforms.insurance.books()["settlements"][0]["setl_id"]
    assert differences == [("ONLY_THERE", setl_id)]


def test_l08_month_is_claimed_once_when_it_is_over(
    insurance: Insurance, platforms: Platforms, db: Database, clock: HandClock
) -> None:
    asked(insurance, WANG_ID)
    told = insurance.settle("M1", WANG, "S1", LINES)
    assert isinstance(told, Split)
    claims = FundClaims(db, clock, insurance.messages)
    month = f"{datetime.now(CHINA):%Y-%m}"
    with pytest.raises(Refused, match="month_not_over"):
        claims.apply("C1", month, "11", "3001")
    clock.pass_seconds(32 * 24 * 3600)

    made = claims.apply("C1", month, "11", "3001")

    assert (made.state, made.settlements, made.fund_fen) == ("APPLIED", 1, told.fund_fen)
    assert claims.apply("C1", month, "11", "3001").application_no == made.application_no
    with pytest.raises(Refused, match="claim_stands"):
        claims.apply("C2", month, "11", "3001")
    with pytest.raises(Refused, match="nothing_to_claim"):
        claims.apply("C3", month, "21", "3001")
    assert claims.cancel("C1").state == "CANCELLED"
    assert claims.apply("C4", month, "11", "3001").state == "APPLIED"
    states = [made["state"] for made in platforms.insurance.books()["clearings"]]
    assert states == ["CANCELLED", "APPLIED"]


@SILENCE
def test_l08_claim_whose_word_was_lost_goes_on_by_itself(
    insurance: Insurance, platforms: Platforms, db: Database, clock: HandClock
) -> None:
    asked(insurance, WANG_ID)
    insurance.settle("M1", WANG, "S1", LINES)
    claims = FundClaims(db, clock, insurance.messages)
    month = f"{datetime.now(CHINA):%Y-%m}"
    clock.pass_seconds(32 * 24 * 3600)
    platforms.insurance.fault("/fsi/3203", "answer_lost")

    assert claims.apply("C1", month, "11", "3001").state == "ASKED"
    claims.go_on()

    assert claims.claim_of("C1").state == "APPLIED"
    assert len(platforms.insurance.books()["clearings"]) == 1


# --- two workers


def test_two_workers_settle_one_number_once(
    insurance: Insurance, platforms: Platforms, db: Database, clock: HandClock
) -> None:
    asked(insurance, WANG_ID)
    workers = [insurance, insurance_of(db, clock, platforms)]
    told: list[object] = []

    def settle(worker: Insurance) -> None:
        told.append(worker.settle("M1", WANG, "S1", LINES))

    threads = [threading.Thread(target=settle, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told[0] == told[1]
    assert isinstance(told[0], Split)
    books = platforms.insurance.books()
    assert len(books["settlements"]) == len(books["admissions"]) == 1
    assert len(books["uploads"]) == 3
    with db.read() as session:
        assert session.query(InsuranceBatch).one().state == "SETTLED"
        assert session.query(InsuranceVisit).one().state == "OPEN"


def test_price_with_parts_of_a_fen_reaches_the_centre_as_it_is(
    insurance: Insurance, platforms: Platforms, db: Database, clock: HandClock
) -> None:
    """0.125 yuan times 2.5 is 0.3125, rounded at the line to 0.31 (B.8)."""
    asked(insurance, WANG_ID)
    with db.write() as session:
        session.add(person("P1", WANG_ID))
        session.flush()
        session.add(bill_row("B1", "P1", [Line(31, "A")], stamp(clock.now())))
        session.flush()
        line: BillLine = line_row("B1", 0, Line(31, "A"))
        line.quantity, line.quantity_rest_e4 = 2, 5000
        line.unit_price_fen, line.unit_price_rest_micro = 12, 5000
        line.item_code = "AMLO"
        session.add(line)

    assert isinstance(insurance.quote(WANG, "S1", [FeeLine("B1-0", 31, "A")]), Split)
    assert platforms.insurance.books()["uploads"][0]["amount_fen"] == 31
