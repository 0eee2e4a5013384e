"""What this machine sells (S37)."""

from __future__ import annotations

from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import reader
from core.goods import Articles, Sale
from core.steps.goods import FetchArticles, KeepSale, TellSale


def articles(backend: Exchange, _step: FetchArticles) -> Told[Articles]:
    """As the backend counts them."""
    return backend.get(reader(Articles), "/v1/goods")


def keep_sale(backend: Exchange, step: KeepSale) -> Told[Sale]:
    """One piece for some minutes; unanswered, it falls free."""
    body = {"patient_id": step.patient_id, "item_code": step.item_code}
    return backend.post(reader(Sale), "/v1/goods/sales", body=body, key=fresh_key())


def tell_sale(backend: Exchange, step: TellSale) -> Told[Sale]:
    """What came out; the word is given once."""
    return backend.post(
        reader(Sale, sale_id=step.sale_id),
        "/v1/goods/sales/{}/outcome",
        step.sale_id,
        body={"handed_out": step.handed_out, "operation_id": step.operation_id},
        key=f"{step.operation_id}/outcome",
    )


REQUESTS: Requests = {FetchArticles: articles, KeepSale: keep_sale, TellSale: tell_sale}
