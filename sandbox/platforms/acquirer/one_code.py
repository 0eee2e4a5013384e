"""One-code pay: who signed for it, and the credentials given out (domain B.2, rows W12-W14).

Talks to nothing. What a reader would get wrong: a credential is given before the insurance
settles, so it is bound to the very order and amount it was asked for.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from sandbox.platforms.acquirer.channels import WalletChannel
from sandbox.platforms.acquirer.orders import PayPlan
from sandbox.platforms.acquirer.pay_wire import UsedCode

CREDENTIAL_VALID = timedelta(minutes=5)
# The form of each wallet's own codes, in a range no demo code uses.
_CODE_BEGINNINGS: dict[WalletChannel, str] = {
    "WECHAT": "159999",
    "ALIPAY": "309999",
    "UNIONPAY": "6299999",
}


@dataclass(slots=True)
class Credential:
    """One code given for one order; an ended one was replaced by another amount's."""

    auth_code: str
    order_no: str
    ec_token: str
    amount_fen: int
    valid_until: datetime
    ended: bool = False


@dataclass(frozen=True, slots=True)
class SigningState:
    """``/onecode/state``."""

    signed: bool
    channel: WalletChannel | Literal[""]


@dataclass(frozen=True, slots=True)
class CredentialAnswer:
    """``/onecode/credential``."""

    result: Literal["SUCCESS", "FAIL"]
    auth_code: str | None = None
    code: Literal["NOT_SIGNED", UsedCode] | None = None


@dataclass(frozen=True, slots=True)
class BookedCredential:
    """A credential in ``GET /books``; the code itself is as good as money and not shown."""

    order_no: str
    ec_token: str
    amount_fen: int


@dataclass(slots=True)
class OneCodeBooks:
    """Signing states by e-code token, ``usual`` for all others, and credentials by their code."""

    signed: dict[str, SigningState] = field(default_factory=dict)
    usual: SigningState = field(default_factory=lambda: SigningState(False, ""))
    credentials: dict[str, Credential] = field(default_factory=dict)

    def sign(self, ec_token: str | None, state: SigningState) -> None:
        """What a person chose when the e-code was activated; None is everybody not named."""
        if ec_token is None:
            self.usual = state
        else:
            self.signed[ec_token] = state

    def state(self, ec_token: str) -> SigningState:
        """Whether the holder of a token lets us debit."""
        return self.signed.get(ec_token, self.usual)

    def issue(
        self, ec_token: str, order_no: str, amount_fen: int, now: datetime
    ) -> CredentialAnswer:
        """A code for this order and amount; while one of them is valid it is the same."""
        channel = self.state(ec_token).channel
        if channel == "":
            return CredentialAnswer("FAIL", code="NOT_SIGNED")
        for given in self.credentials.values():
            if given.order_no == order_no and not given.ended:
                same = (given.ec_token, given.amount_fen) == (ec_token, amount_fen)
                if same and now < given.valid_until:
                    return CredentialAnswer("SUCCESS", given.auth_code)
                given.ended = True
        number = len(self.credentials) + 1
        auth_code = f"{_CODE_BEGINNINGS[channel]}{number:012d}"
        self.credentials[auth_code] = Credential(
            auth_code, order_no, ec_token, amount_fen, now + CREDENTIAL_VALID
        )
        return CredentialAnswer("SUCCESS", auth_code)

    def judge(
        self, auth_code: str, order_no: str, amount_fen: int, now: datetime
    ) -> PayPlan | None:
        """How a payment by this code goes; None when the code was not given out here."""
        given = self.credentials.get(auth_code)
        if given is None:
            return None
        if now >= given.valid_until:
            return PayPlan(fail="AUTH_CODE_EXPIRED")
        if given.ended or (given.order_no, given.amount_fen) != (order_no, amount_fen):
            return PayPlan(fail="AUTH_CODE_INVALID")
        return PayPlan()

    def booked(self) -> list[BookedCredential]:
        """Every credential, oldest first."""
        return [
            BookedCredential(given.order_no, given.ec_token, given.amount_fen)
            for given in self.credentials.values()
        ]
