"""Which request carries out which Act of the backend: one module a subject, one table of all.

What a reader would get wrong: the idempotency key of an operation is made of its id alone, so a
request that is repeated after a crash is the same request; where repeating does no harm (the
backend does it once for a person, or it falls free by itself) the key is a fresh one.
"""

from __future__ import annotations

from backend_client.exchange import Requests
from backend_client.requests import (
    bills,
    claims,
    goods,
    holds,
    idle,
    inpatient,
    later,
    look_up,
    media,
    papers,
    people,
    prefund,
    refunds,
    settling,
    visits,
    window,
    window_books,
    window_day,
    window_doubts,
    window_later,
    window_papers,
    window_people,
    window_prefund,
    window_refunds,
    window_specials,
)

REQUESTS: Requests = {
    **people.REQUESTS,
    **media.REQUESTS,
    **visits.REQUESTS,
    **bills.REQUESTS,
    **settling.REQUESTS,
    **holds.REQUESTS,
    **idle.REQUESTS,
    **prefund.REQUESTS,
    **inpatient.REQUESTS,
    **claims.REQUESTS,
    **goods.REQUESTS,
    **later.REQUESTS,
    **look_up.REQUESTS,
    **papers.REQUESTS,
    **refunds.REQUESTS,
    **window.REQUESTS,
    **window_people.REQUESTS,
    **window_specials.REQUESTS,
    **window_books.REQUESTS,
    **window_day.REQUESTS,
    **window_refunds.REQUESTS,
    **window_papers.REQUESTS,
    **window_doubts.REQUESTS,
    **window_later.REQUESTS,
    **window_prefund.REQUESTS,
}
