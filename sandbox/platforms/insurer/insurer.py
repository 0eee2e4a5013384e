"""The commercial insurer's routes: policies, direct and fast claims, and the control.

Talks HTTP with the backend (docs/platforms/insurer.md). What a reader would get wrong: a direct
claim may pay something else than its quote, when the policy was used in between.
"""

from pathlib import Path

from fastapi import HTTPException

from sandbox.platforms.clock import PlatformClock, SetClock
from sandbox.platforms.desk import Desk, Done, Reset
from sandbox.platforms.insurer import wire as wire
from sandbox.platforms.insurer.claims import InsurerBooks, Policy


class Insurer:
    """One insurer whose books are in ``state_path``; ``app`` is what a server serves."""

    def __init__(self, state_path: Path) -> None:
        self._desk = Desk(state_path, InsurerBooks)
        self._clock = PlatformClock()
        self.app = self._desk.app
        routes = self._desk.routes
        routes.post("/policies/find")(self._on_find)
        routes.post("/claims/quote")(self._on_quote)
        routes.post("/claims/direct")(self._on_direct)
        routes.post("/claims/direct/cancel")(self._on_cancel)
        routes.post("/claims/fast")(self._on_fast)
        routes.post("/claims/query")(self._on_query)
        routes.get("/books")(self._on_books)
        routes.post("/control")(self._on_control)

    async def _on_find(self, asked: wire.PolicyQuery) -> wire.FoundPolicies:
        found = self._desk.books.find(asked.id_number, asked.authorisation_no)
        return wire.FoundPolicies(
            [
                wire.FoundPolicy(
                    policy_no=policy.policy_no,
                    insurer=policy.insurer,
                    product=policy.product,
                    direct=policy.direct,
                    fast=policy.fast,
                    deductible_left_fen=policy.deductible_left_fen,
                    percent=policy.percent,
                    limit_left_fen=policy.limit_left_fen,
                )
                for policy in found
            ]
        )

    async def _on_quote(self, asked: wire.ClaimRequest) -> wire.Pays:
        return wire.Pays(self._desk.books.quote(asked))

    async def _on_direct(self, asked: wire.ClaimRequest) -> wire.Pays:
        return wire.Pays(self._desk.books.claim(asked, "DIRECT", self._clock.now()).paid_fen)

    async def _on_cancel(self, asked: wire.Cancellation) -> Done:
        self._desk.books.cancel(asked.claim_no)
        return Done()

    async def _on_fast(self, asked: wire.FastClaim) -> wire.Accepted:
        self._desk.books.claim(asked, "FAST", self._clock.now())
        return wire.Accepted()

    async def _on_query(self, asked: wire.ClaimQuery) -> wire.ClaimShown:
        books = self._desk.books
        claim = books.look(asked.claim_no, self._clock.now())
        if claim is None:
            dead = asked.claim_no in books.dead_numbers
            return wire.ClaimShown("CANCELLED", "DIRECT") if dead else wire.ClaimShown("NOTFOUND")
        decided_on = claim.decided_on.isoformat() if claim.decided_on else ""
        return wire.ClaimShown(claim.state, claim.mode, claim.paid_fen, decided_on, claim.reason)

    async def _on_books(self) -> wire.BooksShown:
        books = self._desk.books
        return wire.BooksShown(
            policies=[
                wire.BookedPolicy(
                    policy_no=policy.policy_no,
                    id_number=policy.id_number,
                    limit_left_fen=policy.limit_left_fen,
                    deductible_left_fen=policy.deductible_left_fen,
                )
                for policy in books.policies.values()
            ],
            claims=[
                wire.BookedClaim(
                    claim_no=claim.claim_no,
                    policy_no=claim.policy_no,
                    mode=claim.mode,
                    state=claim.state,
                    total_fen=claim.total_fen,
                    paid_fen=claim.paid_fen,
                    authorisation_no=claim.authorisation_no,
                )
                for claim in books.claims.values()
            ],
        )

    async def _on_control(self, asked: wire.Control) -> None:
        books = self._desk.books
        match asked:
            case wire.Decide():
                claim = books.claims.get(asked.claim_no)
                if claim is None:
                    raise HTTPException(404)
                books.decide(claim, asked.outcome, asked.reason, self._clock.now())
            case SetClock():
                self._clock.set(asked.now)
            case wire.AddPolicy():
                books.policies[asked.policy_no] = _policy(asked)
            case Reset():
                self._clock.set(None)
                self._desk.obey(asked)
            case _:
                self._desk.obey(asked)


def _policy(asked: wire.AddPolicy) -> Policy:
    return Policy(
        policy_no=asked.policy_no,
        id_number=asked.id_number,
        insurer=asked.insurer,
        product=asked.product,
        direct=asked.direct,
        fast=asked.fast,
        deductible_left_fen=asked.deductible_fen,
        percent=asked.percent,
        limit_left_fen=asked.limit_fen,
    )
