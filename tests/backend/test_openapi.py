"""The OpenAPI page: every route, its key, and every status it can give.

Each answer of every other test here is checked against this page too (`House.ask`).
"""

from __future__ import annotations

from backend_bench import ROOT, Json
from service_bench import House

LOOKS = {
    "/v1/terminals/sign-on",
    "/v1/people/identify",
    "/v1/slips/resolve",
    "/v1/slips/verify",
    "/v1/invoices/find",
    "/v1/money/find",
    "/v1/people/find",
    "/v1/people/find-by-phone",
    "/v1/patients/{person_id}/reveal",
    "/v1/relatives/patients",
    "/v1/operators/sign-in",
    "/v1/operators/sign-out",
    "/v1/terminals/heartbeat",
    "/v1/terminals/{terminal_id}/enrolment-codes",
}


def operations(house: House) -> dict[tuple[str, str], Json]:
    paths = house.client.get("/openapi.json").json()["paths"]
    return {
        (method.upper(), path): told
        for path, methods in paths.items()
        for method, told in methods.items()
    }


def test_every_route_but_health_promises_every_error(house: House) -> None:
    for (method, path), told in operations(house).items():
        if path == "/v1/health":
            assert set(told["responses"]) == {"200"}
            continue
        done = "201" if "201" in told["responses"] else "200"
        promised = {done, "401", "404", "409", "422", "503"}
        assert set(told["responses"]) == promised, f"{method} {path}"


def test_every_post_that_changes_something_wants_a_key(house: House) -> None:
    for (method, path), told in operations(house).items():
        names = {p["name"] for p in told.get("parameters", []) if p["required"]}
        changes = method == "POST" and path not in LOOKS
        assert ("Idempotency-Key" in names) == changes, f"{method} {path}"


def test_every_route_is_described(house: House) -> None:
    assert all(told["description"] for told in operations(house).values())


def test_page_and_contract_name_the_same_routes(house: House) -> None:
    pages = [ROOT / "docs/backend_api.md", *(ROOT / "docs/backend_api").glob("*.md")]
    told = {
        tuple(line.split("`")[1].split("?")[0].split())
        for page in pages
        if page.name != "rights.md"
        for line in page.read_text("utf-8").splitlines()
        if line.startswith(("| `GET", "| `POST"))
    }

    def plain(path: str) -> str:
        return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))

    page = {(method, plain(path)) for method, path in operations(house)}
    assert page == {(method, plain(path)) for method, path in told}
