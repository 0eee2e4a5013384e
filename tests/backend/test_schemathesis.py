"""Every operation of the published page, asked by schemathesis with all of its checks.

`./run soak api N` runs the same with N examples an operation. What a reader would get
wrong: each request goes out with a key of its own, because a key used twice with another body is
refused by contract; and who asks is taken from docs/backend_api/rights.md.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from backend_bench import Platforms
from schemathesis.config import SchemathesisConfig
from service_bench import House

from settlement_backend.app import bare_app
from settlement_backend.base.clock import stamp
from settlement_backend.openapi import FILE, published
from settlement_backend.staff.duties import ROLES
from settlement_backend.staff.tables import Operator, OperatorSession
from settlement_backend.terminals.identity import digest
from settlement_backend.terminals.tables import Terminal
from tests.helpers.databases import SqliteStore
from tests.helpers.route_rights import KINDS, PAGE, Rights, page_rights

pytestmark = pytest.mark.slow

_EXAMPLES = os.environ.get("ZHENFU_API_EXAMPLES", "")
_FEW = 2
_CONFIG = SchemathesisConfig.from_dict(
    {
        "generation": {
            "max-examples": int(_EXAMPLES or _FEW),
            "deterministic": True,
            "database": "none",
            "allow-extra-parameters": False,
        },
        "phases": {"coverage": {"enabled": bool(_EXAMPLES)}},
    }
)
_RIGHTS = {(rights.method, rights.path): rights for rights in page_rights(PAGE.read_text("utf-8"))}


APP = bare_app()
APP.openapi_schema = json.loads(FILE.read_text("utf-8"))  # making it takes two seconds
schema = schemathesis.openapi.from_asgi("/openapi.json", APP, config=_CONFIG)


@pytest.fixture(scope="session")
def _asked(
    tmp_path_factory: pytest.TempPathFactory, started_platforms: Platforms
) -> Iterator[None]:
    """The demo backend behind the page, with a terminal of each kind and somebody who may all."""
    house = House(SqliteStore(tmp_path_factory.mktemp("api") / "api.sqlite"), started_platforms)
    house.begin_again()
    _people_it(house)
    APP.state.service = house.service
    yield
    house.close()


def _people_it(house: House) -> None:
    now = stamp(house.clock.now())
    names = {"name_zh": "", "name_en": "", "place_zh": "", "place_en": "", "slip_key": "00"}
    with house.service.db.write() as session:
        session.add(Operator(number="XALL", name="", password_hash="", roles=",".join(ROLES)))
        for kind in KINDS:
            session.add(Terminal(id=f"X{kind}", token_hash=digest(kind), kind=kind, **names))
        session.flush()
        for kind in KINDS:
            session.add(
                OperatorSession(
                    token_hash=digest(f"op-{kind}"),
                    operator="XALL",
                    terminal_id=f"X{kind}",
                    since=now,
                    last_at=now,
                )
            )


def _who(case: schemathesis.Case[Any]) -> dict[str, str]:
    rights: Rights = _RIGHTS[case.method.upper(), case.path]
    kind = min(rights.kinds, key=KINDS.index, default="")
    if not kind:
        return {}
    told = {"Authorization": f"Bearer {kind}"}
    return told if rights.roles is None else told | {"X-Operator-Token": f"op-{kind}"}


@schema.auth()
class Asker:
    """The least privileged who may."""

    def get(
        self, case: schemathesis.Case[Any], _context: schemathesis.AuthContext
    ) -> dict[str, str] | None:
        return _who(case)

    def set(
        self,
        case: schemathesis.Case[Any],
        data: dict[str, str],
        _context: schemathesis.AuthContext,
    ) -> None:
        case.headers.update(data)


@schema.hook
def map_body(_context: schemathesis.HookContext, body: object) -> object:
    """JSON Schema calls 1.0 an integer and cannot say otherwise; for us it is no amount."""
    match body:
        case float() if body.is_integer():
            return int(body)
        case dict():
            return {name: map_body(_context, part) for name, part in body.items()}
        case list():
            return [map_body(_context, part) for part in body]
        case _:
            return body


@schema.parametrize()
@pytest.mark.usefixtures("_asked")
def test_nothing_is_found(case: schemathesis.Case[Any]) -> None:
    positive = case.meta is not None and case.meta.generation.mode.is_positive
    if positive and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = uuid.uuid4().hex
    case.call_and_validate()


def test_published_file_is_the_page() -> None:
    told = FILE.read_text("utf-8") == published(bare_app())

    assert told, "docs/openapi.json is old: ./run openapi writes it anew"
