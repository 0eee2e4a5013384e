"""The credit port: the city's words read one by one, and the hospital that is alone (C16)."""

from __future__ import annotations

import pytest
import requests
from backend_bench import ANSWER_LIMIT_S, HandClock, Platforms
from people_bench import HE_ID
from service_bench import LI_ID, PROFILE

from settlement_backend.base.context import Context
from settlement_backend.base.database import Database
from settlement_backend.base.outside import Done, Silent
from settlement_backend.deferral.city_credit import CityCredit
from settlement_backend.deferral.credit_port import Arrears, CreditAt, CreditPort, Malice, Rejected
from settlement_backend.deferral.own_credit import OwnCredit
from settlement_backend.deferral.standing import Standings, standing_of
from settlement_backend.insurance.words import Insured, NotInsured, Status
from settlement_backend.policy.profile import load_policy

HERE, THERE = "H33030200001", "H33030200002"
DIGEST = "a" * 64
CLEAR = CreditAt(suspended=False, since="", hospital="", malicious=False)
POLICY = load_policy(PROFILE)
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def port(platforms: Platforms) -> CityCredit:
    """Of this hospital, impatient."""
    return CityCredit(platforms.city.url, HERE, read_s=ANSWER_LIMIT_S)


def owes(reference: str = "S1", amount_fen: int = 6500) -> Arrears:
    return Arrears(LI_ID, reference, amount_fen, "2026-03-02")


def test_somebody_nobody_reported_is_clear(port: CityCredit) -> None:
    assert port.status(LI_ID) == CLEAR


def test_an_entry_of_another_hospital_is_seen_with_its_day(port: CityCredit) -> None:
    assert port.status(HE_ID) == CreditAt(
        suspended=True, since="2026-01-12", hospital="H33030200007", malicious=False
    )


def test_suspension_and_repair_are_done_once(port: CityCredit, platforms: Platforms) -> None:
    for _ in range(2):
        assert port.suspend(owes()) == Done()
    assert port.status(LI_ID) == CreditAt(
        suspended=True, since="2026-03-02", hospital=HERE, malicious=False
    )
    for _ in range(2):
        assert port.repair(LI_ID, "S1") == Done()

    assert port.status(LI_ID) == CLEAR
    mine = [entry for entry in platforms.city.books()["entries"] if entry["hospital"] == HERE]
    assert [(entry["reference"], entry["state"]) for entry in mine] == [("S1", "REPAIRED")]


def test_a_reference_of_other_content_is_refused(port: CityCredit) -> None:
    assert port.suspend(owes()) == Done()

    assert port.suspend(owes(amount_fen=1)) == Rejected("REFERENCE_USED")


def test_a_suspension_after_its_repair_is_refused_for_ever(port: CityCredit) -> None:
    assert port.repair(LI_ID, "S1") == Done()

    assert port.suspend(owes()) == Rejected("REFERENCE_CLOSED")
    assert port.status(LI_ID) == CLEAR


def test_a_flag_is_malicious_and_suspends_nothing(port: CityCredit) -> None:
    assert port.flag(Malice(LI_ID, "M1", DIGEST, "2101")) == Done()
    told = port.status(LI_ID)
    assert isinstance(told, CreditAt)
    assert (told.suspended, told.malicious) == (False, True)

    assert port.withdraw(LI_ID, "M1", "2102") == Done()

    assert port.status(LI_ID) == CLEAR


@pytest.mark.expects_warnings("settlement_backend.base.outside")
@pytest.mark.parametrize("kind", ["silent", "http_500"])
def test_no_word_is_silence(port: CityCredit, platforms: Platforms, kind: str) -> None:
    for path in ("/credit/status", "/credit/suspend", "/credit/malicious"):
        platforms.city.fault(path, kind)

    assert port.status(LI_ID) == Silent()
    assert port.suspend(owes()) == Silent()
    assert port.flag(Malice(LI_ID, "M1", DIGEST, "2101")) == Silent()


@pytest.mark.expects_warnings("settlement_backend.base.outside")
def test_a_city_that_is_not_there_is_silence() -> None:
    assert CityCredit(NOBODY, HERE).status(LI_ID) == Silent()


def test_two_hospitals_see_each_other(port: CityCredit, platforms: Platforms) -> None:
    other = CityCredit(platforms.city.url, THERE, read_s=ANSWER_LIMIT_S)
    assert port.suspend(owes("S1")) == Done()
    assert other.suspend(owes("S1", 100)) == Done()  # the same reference of another hospital

    assert port.repair(LI_ID, "S1") == Done()

    told = port.status(LI_ID)
    assert isinstance(told, CreditAt)
    assert (told.suspended, told.hospital) == (True, THERE)


def test_reports_never_show_a_number_in_a_log(port: CityCredit) -> None:
    assert LI_ID not in repr(owes())
    assert LI_ID not in repr(Malice(LI_ID, "M1", DIGEST, "2101"))


# --- what is kept of both words


class Told:
    """An insurance that says what a test wants."""

    def __init__(self, *words: Insured | NotInsured | Silent) -> None:
        self.words, self.stands = list(words), Status.PAUSED

    def person(self, id_number: str) -> Insured | NotInsured | Silent:
        return self.words.pop(0) if self.words else Silent()

    def status(self, id_number: str) -> Status | Silent:
        return self.stands


LOCAL = Insured("P1", "310", 0, "330302", True)


def standings(db: Database, clock: HandClock, insurer: Told, port: CreditPort) -> Standings:
    return Standings(Context(db, clock, POLICY, b""), insurer, port)


def kept(db: Database) -> tuple[str, str, bool, str]:
    with db.read() as session:
        standing = standing_of(session, LI_ID)
    return standing.insured, standing.insutype, standing.local, standing.credit


@pytest.mark.expects_warnings("settlement_backend.base.outside")
def test_the_last_word_counts_and_silence_changes_nothing(
    db: Database, clock: HandClock, port: CityCredit, platforms: Platforms
) -> None:
    asking = standings(db, clock, Told(LOCAL, Silent(), NotInsured()), port)
    assert kept(db) == ("UNKNOWN", "", False, "UNKNOWN")

    asking.ask(LI_ID)
    assert kept(db) == ("NORMAL", "310", True, "CLEAR")
    platforms.city.fault("/credit/status", "http_500")
    asking.ask(LI_ID)
    assert kept(db) == ("NORMAL", "310", True, "CLEAR")
    asking.ask(LI_ID)

    assert kept(db) == ("PAUSED", "", False, "CLEAR")


def test_a_young_word_is_not_asked_for_again(
    db: Database, clock: HandClock, port: CityCredit
) -> None:
    insurer = Told(LOCAL, LOCAL, LOCAL)
    asking = standings(db, clock, insurer, port)

    asking.ask_when_old(LI_ID)
    clock.pass_seconds(POLICY.deferral.ask_again_minutes * 60)
    asking.ask_when_old(LI_ID)
    assert len(insurer.words) == 2
    clock.pass_seconds(1)
    asking.ask_when_old(LI_ID)

    assert len(insurer.words) == 1


def test_alone_a_hospital_keeps_its_own_register(db: Database) -> None:
    alone = OwnCredit(db, HERE)

    assert alone.status(LI_ID) == CLEAR
    assert alone.suspend(owes()) == alone.repair(LI_ID, "S1") == Done()
    assert alone.flag(Malice(LI_ID, "M1", DIGEST, "2101")) == Done()
    assert alone.withdraw(LI_ID, "M1", "2101") == Done()


def test_the_city_knows_our_requests_as_its_page_says(platforms: Platforms) -> None:
    url = platforms.city.url
    body = {"id_number": LI_ID, "hospital": HERE, "reference": "S9"}

    refused = requests.post(f"{url}/credit/malicious", json=body, timeout=5)

    assert refused.status_code == 422  # no digest, no operator
