"""The demo data is what docs/backend_api.md says, and is put in once."""

from __future__ import annotations

from datetime import date

from service_bench import LI_ID, WINDOW, ZHOU_ID, House
from stdnum.cn import ric

from settlement_backend.demo import plant as demo
from settlement_backend.ledger import ledger
from settlement_backend.ledger.tables import LedgerEntry
from settlement_backend.people.tables import Card, Person
from settlement_backend.terminals.tables import Terminal
from settlement_backend.visits.tables import Item, Schedule


def test_terminals_are_known_by_their_tokens(house: House) -> None:
    tokens = {number: token for number, token, *_ in demo.TERMINALS}
    sign_on = {"journal_seq": 0, "journal_head": "", "software": ""}

    for number, token in tokens.items():
        told = house.done("/v1/terminals/sign-on", sign_on, token=token)
        assert told["terminal_id"] == number
    assert tokens == {
        "K01": "demo-kiosk-01",
        "W07": "demo-window-07",
        "CLINIC": "demo-clinic",
        "AUDIT": "demo-audit",
        "EXAM": "demo-exam",
        "PHARM": "demo-pharmacy",
        "WARD": "demo-ward",
        "MOBILE": "demo-mobile",
        "TECH": "demo-tech",
    }
    with house.service.db.read() as session:
        assert not any(t.token_hash in tokens.values() for t in session.query(Terminal))


def test_two_people_are_known_with_cards_and_bills(house: House) -> None:
    zhou, li = house.person(ZHOU_ID), house.person(LI_ID)

    with house.service.db.read() as session:
        cards = {card.number: (card.person_id, card.uid) for card in session.query(Card)}
        assert session.query(Person).count() == 2
    assert cards == {"260000000017": (zhou, "04C0FFEE"), "260000000025": (li, "04C0FFE2")}
    bills = house.get(f"/v1/patients/{zhou}/bills", token=WINDOW)["bills"]
    assert [[line["insurance_class"] for line in bill["lines"]] for bill in bills] == [["A", "OWN"]]
    assert len(house.get(f"/v1/patients/{li}/bills")["bills"]) == 1
    assert (house.prepaid_fen(li), house.prepaid_fen(zhou)) == (8000, 0)


def test_id_numbers_have_valid_check_digits() -> None:
    assert [ric.calc_check_digit(number) for number in (ZHOU_ID, LI_ID)] == ["3", "5"]


def test_both_operators_sign_in(house: House) -> None:
    roles = {}
    for number in ("2107", "2101"):
        body = {"operator": number, "password": f"demo-{number}"}
        told = house.done("/v1/operators/sign-in", body, token=WINDOW)
        roles[told["name"]] = told["roles"]

    assert roles == {"林晓雯": ["cashier"], "陈国栋": ["cashier", "supervisor"]}


def test_planted_again_the_same_day_nothing_is_added(house: House) -> None:
    counted = (Person, Card, Item, Schedule, Terminal, LedgerEntry)
    with house.service.db.write() as session:
        before = [session.query(table).count() for table in counted]
        demo.plant(session, house.clock.now())
        assert [session.query(table).count() for table in counted] == before
        assert ledger.balanced(session)


def test_next_day_has_its_own_doctors(house: House) -> None:
    house.clock.pass_seconds(24 * 3600)
    with house.service.db.write() as session:
        demo.plant(session, house.clock.now())

    told = house.get("/v1/departments")

    assert date.fromisoformat(told["date"]) == house.clock.now().date()
    assert len(told["departments"]) == 3
