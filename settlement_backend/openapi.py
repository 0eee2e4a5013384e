"""The published description of the interface: `docs/openapi.json`, made from the code.

`python -m settlement_backend.openapi` writes the file; a test holds it to the code. What a reader
would get wrong: `API_VERSION` is the contract's, not the program's. Fields and routes may be added
within a major version, which also stands in every path; nothing is taken away.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from settlement_backend.base.responses import ErrorBody, RefusedBody

API_VERSION = "1.1.0"
FILE = Path(__file__).resolve().parents[1] / "docs" / "openapi.json"
_ABOUT = (
    "Between the terminals of a hospital and its settlement backend. Money is whole fen; every "
    "POST that changes something carries an Idempotency-Key, and the same key with the same body "
    "gets the same answer for ever."
)
_TERMINAL, _OPERATOR = "terminal", "operator"
_SCHEMES = {
    _TERMINAL: {"type": "http", "scheme": "bearer", "description": "a terminal's own token"},
    _OPERATOR: {
        "type": "apiKey",
        "in": "header",
        "name": "X-Operator-Token",
        "description": "who is signed in there",
    },
}
_BY_HEADER = {"authorization": _TERMINAL, "x-operator-token": _OPERATOR}
# What an answer calls an id, and what paths call it.
_IDS = {
    "patient_id": "person_id",
    "settlement_id": "settlement_id",
    "registration_id": "registration_id",
    "refund_id": "refund_id",
    "card_number": "number",
    "hold_id": "hold_id",
    "admission_id": "admission_id",
    "case_id": "case_id",
    "application_id": "application_id",
    "claim_id": "claim_id",
}
Json = dict[str, Any]
_MADE = "201"
_WITHOUT_NUL = r"^[^\u0000]*$"


def describe(app: FastAPI) -> None:
    """Make the application tell its description as it is published."""

    def openapi() -> Json:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way of extending it


def published(app: FastAPI) -> str:
    """The file's text."""
    return json.dumps(app.openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _described(app: FastAPI) -> Json:
    page = get_openapi(title=app.title, version=API_VERSION, description=_ABOUT, routes=app.routes)
    page.setdefault("components", {})["securitySchemes"] = _SCHEMES
    for model in (ErrorBody, RefusedBody):
        page["components"]["schemas"][model.__name__] = model.model_json_schema()
    _forbid_nul(page)
    operations = [told for methods in page["paths"].values() for told in methods.values()]
    for told in operations:
        _secure(told)
    by_parameter = _operations_by_parameter(operations)
    for told in operations:
        _link(page, told, by_parameter)
    return page


def _forbid_nul(page: Json) -> None:
    """Texts of requests hold no NUL (`base.shapes.Body`, `base.without_nul`); said where no
    narrower form is said."""
    schemas = page["components"].get("schemas", {})
    operations = [told for methods in page["paths"].values() for told in methods.values()]
    seen: set[str] = set()
    waiting: list[Any] = [
        *(told["requestBody"]["content"] for told in operations if "requestBody" in told),
        *(parameter for told in operations for parameter in told.get("parameters", [])),
    ]
    while waiting:
        match waiting.pop():
            case {"$ref": str(reference)}:
                name = reference.rsplit("/", 1)[-1]
                if name not in seen:
                    seen.add(name)
                    waiting.append(schemas[name])
            case {"type": "string"} as text if not {"pattern", "enum", "const"} & set(text):
                text["pattern"] = _WITHOUT_NUL
            case dict() as parts:
                waiting.extend(parts.values())
            case list() as parts:
                waiting.extend(parts)


def _secure(told: Json) -> None:
    """Headers that say who asks are the schemes' matter, not parameters."""
    parameters = told.get("parameters", [])
    schemes = [_BY_HEADER[p["name"]] for p in parameters if p["name"] in _BY_HEADER]
    if schemes:
        told["security"] = [{scheme: [] for scheme in schemes}]
        told["parameters"] = [p for p in parameters if p["name"] not in _BY_HEADER]


def _operations_by_parameter(operations: list[Json]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for told in operations:
        for parameter in told.get("parameters", []):
            if parameter["in"] == "path":
                found.setdefault(parameter["name"], []).append(told["operationId"])
    return found


def _link(page: Json, told: Json, by_parameter: dict[str, list[str]]) -> None:
    """Where the id of something just made may be used next."""
    for status, answer in told.get("responses", {}).items():
        if status != _MADE:
            continue
        for field in _fields(page, answer):
            for operation in by_parameter.get(_IDS.get(field, ""), []):
                answer.setdefault("links", {})[f"{field}_{operation}"] = {
                    "operationId": operation,
                    "parameters": {_IDS[field]: f"$response.body#/{field}"},
                }


def _fields(page: Json, answer: Json) -> list[str]:
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    told = page["components"].get("schemas", {}).get(name, schema)
    return list(told.get("properties", {}))


def _bare() -> FastAPI:
    from settlement_backend.app import bare_app

    return bare_app()


if __name__ == "__main__":
    FILE.write_text(published(_bare()), "utf-8")
