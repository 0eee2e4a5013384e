"""Separation of duties: every route asked by every kind of terminal and by every role.

The page docs/backend_api/rights.md is the decision; a route without a row there fails.
"""

from __future__ import annotations

import hashlib

import pytest
from service_bench import House

from settlement_backend.staff.duties import ROLES
from settlement_backend.staff.tables import Operator, OperatorSession
from settlement_backend.terminals.identity import digest
from settlement_backend.terminals.tables import Terminal
from tests.helpers.route_rights import KINDS, PAGE, Rights, page_rights, route_rights

pytestmark = pytest.mark.slow

PAGE_RIGHTS = page_rights(PAGE.read_text("utf-8"))
NAMES = {"name_zh": "", "name_en": "", "place_zh": "", "place_en": "", "slip_key": ""}
PARTS = 8


@pytest.fixture
def peopled(house: House) -> House:
    """A terminal of each kind, known by `token-<kind>`, and somebody with each role."""
    with house.service.db.write() as session:
        for kind in KINDS:
            session.add(
                Terminal(id=f"X{kind}", token_hash=digest(f"token-{kind}"), kind=kind, **NAMES)
            )
        for role in ROLES:
            session.add(Operator(number=f"X{role}", name="", password_hash="", roles=role))
    return house


def sit_down(house: House, kind: str, role: str) -> None:
    """This one has a session at a terminal of this kind, also if the last request ended it."""
    now = house.clock.now().isoformat(timespec="milliseconds")
    with house.service.db.write() as session:
        session.merge(
            OperatorSession(
                token_hash=hashlib.sha256(f"{kind}-{role}".encode()).hexdigest(),
                operator=f"X{role}",
                terminal_id=f"X{kind}",
                since=now,
                last_at=now,
            )
        )


def let_in(house: House, rights: Rights, kind: str, role: str = "") -> bool:
    """Whether the gate lets this one ask; what comes of it then is another matter."""
    path = rights.path.replace("{", "").replace("}", "")
    headers = {"Authorization": f"Bearer token-{kind}"}
    if role:
        sit_down(house, kind, role)
        headers["X-Operator-Token"] = f"{kind}-{role}"
    answer = house.client.request(
        rights.method, path, json={} if rights.method == "POST" else None, headers=headers
    )
    if answer.status_code == 401:
        assert answer.json() == {"error": "not_authorised"}
    return bool(answer.status_code != 401)


def test_page_has_a_row_for_every_route_and_no_other() -> None:
    now = {rights.row() for rights in route_rights()}
    told = {rights.row() for rights in PAGE_RIGHTS}

    missing, gone = sorted(now - told), sorted(told - now)
    assert not missing, "look at these and put them into the page:\n" + "\n".join(missing)
    assert not gone, "these are on the page and in no code:\n" + "\n".join(gone)


def test_only_a_stranger_who_wants_to_be_enrolled_needs_no_terminal() -> None:
    assert {(rights.method, rights.path) for rights in PAGE_RIGHTS if not rights.kinds} == {
        ("GET", "/v1/health"),
        ("POST", "/v1/enrolments"),
        ("GET", "/v1/enrolments/{enrolment_id}"),
    }


@pytest.mark.parametrize("database_kind", ["sqlite"])
@pytest.mark.parametrize("part", range(PARTS))
def test_terminal_of_a_kind_is_let_in_where_the_page_says_so(peopled: House, part: int) -> None:
    for rights in PAGE_RIGHTS[part::PARTS]:
        expected = rights.kinds if rights.roles is None else rights.alone
        expected = expected if rights.kinds else frozenset({"nobody", *KINDS})
        found = {kind for kind in ("nobody", *KINDS) if let_in(peopled, rights, kind)}
        assert found == expected, f"{rights.method} {rights.path}"


@pytest.mark.parametrize("database_kind", ["sqlite"])
@pytest.mark.parametrize("part", range(PARTS))
def test_operator_is_let_in_where_the_page_says_so(peopled: House, part: int) -> None:
    staffed = [rights for rights in PAGE_RIGHTS if rights.roles is not None]
    for rights in staffed[part::PARTS]:
        kind = min(rights.kinds - rights.alone, key=KINDS.index)
        found = {role for role in ROLES if let_in(peopled, rights, kind, role)}
        assert found == (rights.roles or set(ROLES)), f"{rights.method} {rights.path}"
        others = sorted(set(KINDS) - rights.kinds)
        assert not any(let_in(peopled, rights, other, min(found)) for other in others[:2])
