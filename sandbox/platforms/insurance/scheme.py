"""The rule of the simulated insurance scheme: who pays which part of a bill.

Talks to nothing. What a reader would get wrong: the parts are rounded once, on the sum of the
classes, and the person's cash is what is left, so the parts always add up.
"""

from dataclasses import dataclass, replace
from typing import Literal

FeeClass = Literal["01", "02", "03"]
MedType = Literal["11", "12", "13", "14", "21"]
Insutype = Literal["310", "390"]
# In percent that is in scope. 01 (甲): all. 02 (乙): 10 % first by the person. 03: nothing.
SCOPE_PERCENT: dict[FeeClass, int] = {"01": 100, "02": 90, "03": 0}
SPECIAL: MedType = "14"
INPATIENT: MedType = "21"


@dataclass(frozen=True, slots=True)
class Region:
    """A pooling area and what is its own way; ``code`` is the area's first four digits."""

    code: str
    out_of_town: bool
    mutual_aid_inside_account: bool
    hospital_bears_over_limit: bool


REGIONS = {
    region.code: region
    for region in (
        Region(
            "3303",
            out_of_town=False,
            mutual_aid_inside_account=False,
            hospital_bears_over_limit=True,
        ),
        Region(
            "3401",
            out_of_town=True,
            mutual_aid_inside_account=True,
            hospital_bears_over_limit=False,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee line of a bill; ``over_limit_fen`` of it lies above a price limit."""

    number: str
    amount_fen: int
    fee_class: FeeClass
    over_limit_fen: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a person and a visit the scheme looks at.

    ``accounts_fen``: own account, then the relatives' in their order; empty when none is used.
    ``deductible_taken_fen``: what earlier settlements of the admission took.
    """

    region: Region
    insutype: Insutype
    med_type: MedType
    civil_servant: bool = False
    serious_illness: bool = False
    medical_aid: bool = False
    accounts_fen: tuple[int, ...] = ()
    deductible_taken_fen: int = 0


@dataclass(frozen=True, slots=True)
class Shares:
    """A bill by class and by who pays, in fen.

    ``total`` = ``own_expense`` + ``over_limit_person`` + ``first_part`` + ``in_scope`` +
    ``hospital`` = ``fund_fen`` + ``account`` + ``mutual_aid`` + ``cash`` + ``hospital``.
    """

    total_fen: int
    own_expense_fen: int
    over_limit_person_fen: int
    first_part_fen: int
    in_scope_fen: int
    deductible_fen: int
    basic_percent: int
    basic_fen: int
    civil_servant_fen: int
    large_amount_fen: int
    serious_illness_fen: int
    medical_aid_fen: int
    account_fen: int
    mutual_aid_fen: int
    cash_fen: int
    hospital_fen: int

    @property
    def fund_fen(self) -> int:
        """What all funds pay together."""
        return (
            self.basic_fen
            + self.civil_servant_fen
            + self.large_amount_fen
            + self.serious_illness_fen
            + self.medical_aid_fen
        )

    def moved(self, change_fen: int) -> "Shares":
        """So much more in cash and less from the basic fund, as far as nothing turns negative."""
        change = max(-self.cash_fen, min(change_fen, self.basic_fen))
        return replace(self, basic_fen=self.basic_fen - change, cash_fen=self.cash_fen + change)


def share(lines: list[FeeLine], terms: Terms) -> Shares:
    """Split a bill; the accounts pay the person's part of 01 and 02 while they last."""
    total = sum(line.amount_fen for line in lines)
    own_expense = sum(line.amount_fen for line in lines if line.fee_class == "03")
    over_limit = sum(line.over_limit_fen for line in lines if line.fee_class != "03")
    hospital = over_limit if terms.region.hospital_bears_over_limit else 0
    # In hundredths of a fen, so that nothing is rounded before the sum.
    scope = sum(
        (line.amount_fen - line.over_limit_fen) * SCOPE_PERCENT[line.fee_class] for line in lines
    )
    insured = total - own_expense - over_limit
    first_part = _percent_of(insured * 100 - scope, 100)
    in_scope = insured - first_part
    deductible = min(in_scope, max(0, _deductible_fen(terms) - terms.deductible_taken_fen))
    percent = _basic_percent(terms)
    basic = min(_percent_of(scope - deductible * 100, percent), in_scope - deductible)
    layers = _layers(in_scope - basic, terms)
    account, mutual_aid = _from_accounts(insured - basic - sum(layers), terms.accounts_fen)
    paid = basic + sum(layers) + account + mutual_aid + hospital
    return Shares(
        total_fen=total,
        own_expense_fen=own_expense,
        over_limit_person_fen=over_limit - hospital,
        first_part_fen=first_part,
        in_scope_fen=in_scope,
        deductible_fen=deductible,
        basic_percent=percent,
        basic_fen=basic,
        civil_servant_fen=layers[0],
        large_amount_fen=layers[1],
        serious_illness_fen=layers[2],
        medical_aid_fen=layers[3],
        account_fen=account,
        mutual_aid_fen=mutual_aid,
        cash_fen=total - paid,
        hospital_fen=hospital,
    )


def _percent_of(hundredths: int, percent: int) -> int:
    """Half up to the fen."""
    return (hundredths * percent + 5_000) // 10_000


def _basic_percent(terms: Terms) -> int:
    away = terms.region.out_of_town
    if terms.med_type == SPECIAL:
        return 70 if away else 90
    if terms.med_type == INPATIENT:
        employee, resident = (70, 60) if away else (85, 75)
        return employee if terms.insutype == "310" else resident
    return 60 if away else 80


def _deductible_fen(terms: Terms) -> int:
    if terms.med_type != INPATIENT:
        return 0
    if terms.region.out_of_town:
        return 150_000
    return 80_000 if terms.insutype == "310" else 60_000


def _layers(left_fen: int, terms: Terms) -> list[int]:
    """Supplement, large amount, serious illness, medical aid: each of what was left before it."""
    employee = terms.insutype == "310"
    rules = (
        (terms.civil_servant and employee, 50, 0),
        (employee and terms.med_type == INPATIENT, 80, 1_000_000),
        (terms.serious_illness and not employee, 60, 500_000),
        (terms.medical_aid, 70, 0),
    )
    paid: list[int] = []
    for applies, percent, above_fen in rules:
        base_fen = max(0, left_fen - sum(paid) - above_fen)
        paid.append(_percent_of(base_fen * 100, percent) if applies else 0)
    return paid


def _from_accounts(wanted_fen: int, accounts_fen: tuple[int, ...]) -> tuple[int, int]:
    """The own account's part and the relatives'."""
    own = min(wanted_fen, *accounts_fen[:1]) if accounts_fen else 0
    return own, min(wanted_fen - own, sum(accounts_fen[1:]))
