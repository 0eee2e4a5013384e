"""What the profile says about people: pure functions of its sections and the facts of a person.

Talks to nothing. `QUESTIONS` is what a terminal may ask by name. What a reader would get wrong:
the ages are independent of each other (C10), and "below" excludes its number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import IdentityRules, MinorPayee, Policy

CARD_KINDS = ("HEALTH_CARD", "HEALTH_CARD_ANON", "GREEN_CHANNEL")
_WINDOW = ("WINDOW",)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person. `age` 0 also when nobody knows it.

    `permitted`: the use of the e-certificate (H06); `credit_signed`: a credit visit's agreement
    stands; `guardian`: somebody is; `contact`: NONE, UNCLEAR (no real name yet) or CLEAR.
    """

    real_name: bool
    age: int = 0
    special: frozenset[str] = frozenset()
    deceased: bool = False
    permitted: bool = False
    credit_signed: bool = False
    guardian: bool = False
    contact: str = "NONE"


def may_use_kiosk(policy: Policy, facts: Facts) -> Decision:
    """Special identities, anonymous cards and the dead's affairs are a window's (S20, S27, W34)."""
    if facts.deceased:
        return Decision(allow=False, rule_id="W34", message_key="window_only", needs=_WINDOW)
    if not facts.real_name or facts.special.intersection(policy.identity.window_only):
        return Decision(allow=False, rule_id="S20", message_key="window_only", needs=_WINDOW)
    return Decision(allow=True, rule_id="S20")


def may_be_served(_policy: Policy, facts: Facts) -> Decision:
    """(permission of the e-certificate OR credit signing) AND first-visit registration (H10)."""
    missing = [] if facts.real_name else ["FIRST_VISIT"]
    if not facts.permitted and not facts.credit_signed:
        missing.append("E_CERTIFICATE_OR_CREDIT_SIGNING")
    key = "first_visit.incomplete" if missing else ""
    return Decision(allow=not missing, rule_id="H10", message_key=key, needs=tuple(missing))


def may_register_visit(policy: Policy, facts: Facts) -> Decision:
    """Registrations are real-name (W38); the green channel asks for the name later (S28), and
    where anonymous cards are issued their holders are treated (C07)."""
    if facts.deceased:
        return Decision(allow=False, rule_id="W34", message_key="window_only", needs=_WINDOW)
    if facts.real_name or "ON_ACCOUNT" in facts.special:
        return Decision(allow=True, rule_id="W38")
    if "ANONYMOUS" in facts.special and policy.identity.anonymous_card_issue != "OFF":
        return Decision(allow=True, rule_id="C07")
    return Decision(
        allow=False, rule_id="W38", message_key="real_name_needed", needs=("REAL_NAME",)
    )


def may_leave_money(_policy: Policy, facts: Facts) -> Decision:
    """No pre-auth, transfer, top-up, deferral or binding without a real name (S16, C07)."""
    if facts.real_name:
        return Decision(allow=True, rule_id="S16")
    return Decision(allow=False, rule_id="S16", message_key="anonymous", needs=("REAL_NAME",))


def may_sign_alone(policy: Policy, facts: Facts) -> Decision:
    """From this age a teenager signs pay-later alone; below, a guardian does (N22)."""
    if not facts.real_name:
        return may_leave_money(policy, facts)
    if facts.age >= policy.deferral.min_age_alone:
        return Decision(allow=True, rule_id="N22")
    return Decision(
        allow=facts.guardian,
        rule_id="N22",
        message_key="" if facts.guardian else "guardian_needed",
        needs=("GUARDIAN",),
    )


def may_agree_alone(policy: Policy, facts: Facts) -> Decision:
    """Whose personal data a guardian decides on (PIPL art. 31)."""
    if facts.real_name and facts.age >= policy.identity.guardian_below:
        return Decision(allow=True, rule_id="N17")
    if not facts.real_name:
        return may_leave_money(policy, facts)
    return Decision(allow=False, rule_id="N17", message_key="guardian_needed", needs=("GUARDIAN",))


def may_be_paid_back(policy: Policy, facts: Facts) -> Decision:
    """Who a refund by transfer goes to (W30, W32, W34)."""
    return payee(policy.refund.minor_payee, facts)


def payee(rules: MinorPayee, facts: Facts) -> Decision:
    """`needs` names the payee and what must happen first."""
    if facts.deceased:
        return Decision(
            allow=False, rule_id="W34", message_key="window_only", needs=("WINDOW", "DOCUMENTS")
        )
    if facts.age >= rules.age_below:
        return Decision(allow=True, rule_id="W28", needs=("PATIENT",))
    if facts.contact == "CLEAR":
        return Decision(allow=True, rule_id="W30", needs=(rules.payee,))
    return Decision(
        allow=False,
        rule_id="W30" if facts.contact == "NONE" else "W32",
        message_key="contact_needed" if facts.contact == "NONE" else "real_name_needed",
        needs=(rules.payee, "REAL_NAME"),
    )


class Question(StrEnum):
    """What may be asked about a person."""

    USE_KIOSK = "use-kiosk"
    BE_SERVED = "be-served"
    REGISTER = "register"
    LEAVE_MONEY = "leave-money"
    SIGN_ALONE = "sign-alone"
    AGREE_ALONE = "agree-alone"
    BE_PAID_BACK = "be-paid-back"


QUESTIONS: Mapping[Question, Callable[[Policy, Facts], Decision]] = {
    Question.USE_KIOSK: may_use_kiosk,
    Question.BE_SERVED: may_be_served,
    Question.REGISTER: may_register_visit,
    Question.LEAVE_MONEY: may_leave_money,
    Question.SIGN_ALONE: may_sign_alone,
    Question.AGREE_ALONE: may_agree_alone,
    Question.BE_PAID_BACK: may_be_paid_back,
}


def may_issue(rules: IdentityRules, kind: str, terminal_kind: str, held: int) -> Decision:
    """Who makes which card: kiosks real-name ones only, nobody a second one (S04, S05, S07, C07).

    `held`: the cards that this person has already, the social-security card among them.
    """
    at_window = terminal_kind == "window"
    if kind == "HEALTH_CARD_ANON" and (rules.anonymous_card_issue == "OFF" or not at_window):
        return Decision(allow=False, rule_id="C07", message_key="anonymous_card", needs=_WINDOW)
    if kind == "GREEN_CHANNEL" and not at_window:
        return Decision(allow=False, rule_id="S28", message_key="window_only", needs=_WINDOW)
    if held >= rules.cards_per_person:
        return Decision(allow=False, rule_id="S07", message_key="has_card")
    return Decision(allow=True, rule_id="S05" if at_window else "S03")


def may_report_loss(kind: str, right_document: bool) -> Decision:
    """Real-name cards only, and with the person's own document (S26)."""
    if kind != "HEALTH_CARD":
        return Decision(allow=False, rule_id="S26", message_key="anonymous")
    key = "" if right_document else "wrong_document"
    return Decision(allow=right_document, rule_id="S26", message_key=key, needs=("ID_DOCUMENT",))


def may_bind(kind: str, terminal_kind: str, proof: str, real_name: bool) -> Decision:
    """A guardian is recorded by a window that saw the proof; relatives bind on the phone (N17)."""
    if not real_name:
        return Decision(allow=False, rule_id="S16", message_key="anonymous", needs=("REAL_NAME",))
    if kind == "GUARDIAN" and (terminal_kind != "window" or not proof):
        return Decision(
            allow=False, rule_id="N22", message_key="proof_needed", needs=("WINDOW", "PROOF")
        )
    return Decision(allow=True, rule_id="N17")


def may_take_over(real_name: bool) -> Decision:
    """An account goes to a real identity only (S28)."""
    key = "" if real_name else "real_name_needed"
    return Decision(allow=real_name, rule_id="S28", message_key=key)


def deceased_documents(wanted: tuple[str, ...], seen: frozenset[str]) -> Decision:
    """Whether a death is proven, and what a refund still needs (W34)."""
    missing = tuple(kind for kind in wanted if kind not in seen)
    proven = "DEATH_PROOF" in seen
    key = "" if proven else "death_proof_needed"
    return Decision(allow=proven, rule_id="W34", message_key=key, needs=missing)
