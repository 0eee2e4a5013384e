"""What money outside says, in closed words: every means of payment answers with these.

Talks to nobody. What a reader would get wrong: `Declined` is the other side's own word that
nothing moved; everything that is not such a word is `Silent`, which decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from settlement_backend.base.outside import Done, NotFound, Silent


@dataclass(frozen=True, slots=True)
class Paid:
    """The money was taken. `transaction_no` is "" when it was learned by a query; `payer`: how
    the payer may be shown ("李**"), "" where the other side does not tell."""

    transaction_no: str
    payer: str = ""


@dataclass(frozen=True, slots=True)
class Paying:
    """Not decided yet: ask again. `code_url`: the QR somebody pays by, "" when there is none."""

    code_url: str = ""


@dataclass(frozen=True, slots=True)
class Declined:
    """The other side says no; nothing moved. `code`: its own word."""

    code: str


@dataclass(frozen=True, slots=True)
class Closed:
    """This number was closed or taken back and never moves money again."""


@dataclass(frozen=True, slots=True)
class Again:
    """The other side wants the same request once more."""


Taking = Paid | Paying | Declined | Silent
Standing = Paid | Paying | Closed | NotFound | Silent
Undoing = Done | Again | Declined | Silent
RefundOutcome = Done | Paying | Declined | Silent
