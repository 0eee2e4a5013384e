"""The one way to the insurance platform: numbered, signed-on envelopes, and what comes back.

Talks HTTP through `Outside`, never inside a transaction. What a reader would get wrong: a sign_no
that the platform no longer takes is refused, and a refusal means that nothing was done, so the
same message goes out once more with a new one.
"""

from __future__ import annotations

import logging

from sqlalchemy import delete, select

from settlement_backend.base.clock import Clock
from settlement_backend.base.database import Database
from settlement_backend.base.outside import Json, Outside
from settlement_backend.insurance.envelope import (
    BACKGROUND,
    Heard,
    Institution,
    Message,
    Opter,
    Signer,
    enveloped,
    heard,
)
from settlement_backend.insurance.msgids import Msgids
from settlement_backend.insurance.tables import InsuranceSignOn
from settlement_backend.insurance.words import RefusedBy

_log = logging.getLogger(__name__)
_PATH = "/fsi"
_SIGN_NO_REFUSED = "sign_no"
Word = Heard | RefusedBy | None


class Gateway:
    """One institution at one platform. `sign_on`: every operator signs in once a day (9001)."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        outside: Outside,
        institution: Institution,
        signer: Signer | None = None,
        *,
        sign_on: bool = False,
    ) -> None:
        self._db, self._clock, self._outside = db, clock, outside
        self.institution, self._signer = institution, signer
        self._sign_on = sign_on
        self._msgids = Msgids(db, clock, institution.code)
        self._sign_nos: dict[str, InsuranceSignOn] = {}

    def fresh_msgid(self) -> str:
        """A message number of our own; not inside a transaction."""
        return self._msgids.fresh()

    def ask(
        self,
        infno: str,
        asked: Json,
        *,
        region: str = "",
        opter: Opter = BACKGROUND,
        msgid: str = "",
    ) -> Word:
        """One transaction. `region`: where the person of the input is insured, "" without one."""
        sign_no = self._sign_no(opter)
        if sign_no is None or isinstance(sign_no, RefusedBy):
            return sign_no
        msgid = msgid or self.fresh_msgid()
        word = self._send(infno, asked, region, opter, msgid, sign_no)
        if isinstance(word, RefusedBy) and _SIGN_NO_REFUSED in word.text:
            renewed = self._renewed(opter, sign_no)
            if isinstance(renewed, str):
                return self._send(infno, asked, region, opter, msgid, renewed)
        return word

    def download(self, asked: Json) -> bytes | RefusedBy | None:
        """9102: the bytes of a file."""
        sign_no = self._sign_no(BACKGROUND)
        if not isinstance(sign_no, str):
            return sign_no
        body = self._body("9102", asked, "", BACKGROUND, self.fresh_msgid(), sign_no)
        answer = self._outside.fetch(_PATH, body)
        if isinstance(answer, bytes):
            return answer
        word = heard(answer)
        return word if isinstance(word, RefusedBy) else None

    def sign_off(self) -> None:
        """9002 for the sessions of earlier days; a session that stays open harms nobody."""
        today = self._today()
        with self._db.read() as session:
            over = list(session.scalars(select(InsuranceSignOn).where(InsuranceSignOn.day < today)))
        for row in over:
            asked = {"signOut": {"sign_no": row.sign_no, "opter_no": row.opter}}
            if self._send("9002", asked, "", BACKGROUND, self.fresh_msgid(), row.sign_no):
                with self._db.write() as session:
                    session.execute(
                        delete(InsuranceSignOn).where(
                            InsuranceSignOn.opter == row.opter,
                            InsuranceSignOn.sign_no == row.sign_no,
                        )
                    )

    def _send(
        self, infno: str, asked: Json, region: str, opter: Opter, msgid: str, sign_no: str
    ) -> Word:
        body = self._body(infno, asked, region, opter, msgid, sign_no)
        answer = self._outside.ask(_PATH, body)
        word = heard(answer)
        if answer is not None and word is None:
            _log.warning("%s: the answer decides nothing", infno)
        return word

    def _body(
        self, infno: str, asked: Json, region: str, opter: Opter, msgid: str, sign_no: str
    ) -> Json:
        message = Message(infno, msgid, asked, region, opter, self._clock.now(), sign_no)
        return enveloped(self.institution, self._signer, message)

    # --- signing in

    def _today(self) -> str:
        return self._clock.now().date().isoformat()

    def _sign_no(self, opter: Opter) -> str | RefusedBy | None:
        known = self._sign_nos.get(opter.number)
        if known is not None and known.day == self._today():
            return known.sign_no
        return self._renewed(opter, "") if self._sign_on else ""

    def _renewed(self, opter: Opter, refused: str) -> str | RefusedBy | None:
        """Today's session, other than the refused one; another worker may have renewed it."""
        today = self._today()
        with self._db.locks.alone(f"insurance/sign-on/{opter.number}"):
            with self._db.read() as session:
                row = session.get(InsuranceSignOn, opter.number)
            if row is None or row.day != today or row.sign_no == refused:
                word = self._sign_in(opter)
                if not isinstance(word, str):
                    return word
                row = InsuranceSignOn(opter=opter.number, day=today, sign_no=word)
                with self._db.write() as session:
                    row = session.merge(row)
            self._sign_nos[opter.number] = row
        return row.sign_no

    def _sign_in(self, opter: Opter) -> str | RefusedBy | None:
        """9001."""
        place = {"mac": self.institution.mac, "ip": self.institution.ip}
        asked = {"signIn": {"opter_no": opter.number, **place}}
        word = self._send("9001", asked, "", opter, self.fresh_msgid(), "")
        match word:
            case Heard({"signinoutb": {"sign_no": str(sign_no)}}):
                return sign_no
            case RefusedBy():
                return word
        return None
