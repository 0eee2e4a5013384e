"""The request for what machines show while nobody is there."""

from __future__ import annotations

from contract_answers import Json, text
from request_cases import Case

from core.billing import Text
from core.idle_content import Content, ContentKind, IdleContent
from core.steps.idle import FetchIdleContent

_TOLD: Json = {
    "content": [
        {
            "content_id": "OP-BAN",
            "campus": "",
            "place": 0,
            "kind": "POLICY",
            "title": text("已停止收取", "Prepayments have ended"),
            "text": text("可退。", "You can have it back."),
            "since": "2025-03-31",
            "until": "2099-12-31",
        }
    ],
    "waiting": 37,
}
_NOTICE = Content(
    "OP-BAN",
    "",
    0,
    ContentKind.POLICY,
    Text("已停止收取", "Prepayments have ended"),
    Text("可退。", "You can have it back."),
    "2025-03-31",
    "2099-12-31",
)

CASES: dict[str, Case] = {
    "idle_content": Case(
        FetchIdleContent(), "GET /v1/idle-content", None, "", _TOLD, IdleContent((_NOTICE,), 37)
    ),
}
