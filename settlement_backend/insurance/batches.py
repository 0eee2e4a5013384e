"""Fee lines at the insurance: uploaded for a quote, bound by a settlement, or taken back (B.1.2).

Talks to the platform through `Messages`, never inside a transaction. What a reader would get wrong:
each batch has line numbers of its own, so what stays after a refund can be uploaded and quoted
while the lines of the old settlement are still bound there.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import Clock, stamp
from settlement_backend.base.database import Database
from settlement_backend.base.outside import Json
from settlement_backend.insurance.care import UploadLine
from settlement_backend.insurance.envelope import BACKGROUND, Heard, Opter
from settlement_backend.insurance.messages import Errand, Messages
from settlement_backend.insurance.setlinfo import Classes
from settlement_backend.insurance.tables import InsuranceBatch, InsuranceVisit
from settlement_backend.insurance.visits import COURSES, done_by
from settlement_backend.insurance.words import RefusedBy, Silent
from settlement_backend.insurance.yuan import yuan

_log = logging.getLogger(__name__)
_MOST_LINES = 100
_DIGITS = 30
_ALL = "0000"


class Batches:
    """All batches of this institution."""

    def __init__(self, db: Database, clock: Clock, messages: Messages) -> None:
        self._db, self._clock, self._messages = db, clock, messages

    def uploaded(
        self,
        visit: InsuranceVisit,
        of: str,
        lines: Sequence[UploadLine],
        region: str,
        opter: Opter,
    ) -> InsuranceBatch | RefusedBy | Silent:
        """The batch of these lines, uploaded now or before. `of`: the settlement of ours."""
        if not lines:
            return RefusedBy("there are no lines")
        with self._db.locks.alone(f"insurance/batch/{visit.id}"):
            batch = self._noted(visit, of, lines)
            if batch.state != "ASKED":
                return batch
            if visit.kind == "INPATIENT" and not self._drop_others(visit, batch, region):
                return Silent()
            refused = self._upload(visit, batch, lines, region, opter)
            if refused is not None:
                return refused
            self._change(batch.id, "ASKED", state="UPLOADED")
        return self._row(batch.id)

    def live(self, of: str, lines: Sequence[UploadLine]) -> bool:
        """Whether these lines are there."""
        with self._db.read() as session:
            last = latest(session, of, _content(lines))
            return last is not None and last.state in ("UPLOADED", "SETTLED")

    def quoted(self, batch: InsuranceBatch, classes: Classes) -> None:
        """Remember what 2206 said of the lines; 2207 repeats it."""
        self._change(
            batch.id,
            "UPLOADED",
            own_expense_fen=classes.own_expense_fen,
            over_limit_fen=classes.over_limit_fen,
            pay_first_fen=classes.pay_first_fen,
            in_scope_fen=classes.in_scope_fen,
        )

    def drop(self, visit: InsuranceVisit, batch: InsuranceBatch, region: str) -> bool:
        """2205 or 2302: unbound lines are taken back. A no means that they are not there."""
        named = {"psn_no": visit.psn_no, "mdtrt_id": visit.mdtrt_id}
        asked = {**named, "chrg_bchno": batch.id}
        if visit.kind == "INPATIENT":
            asked = {**named, "feedetl_sn": _ALL}
        infno = COURSES[visit.kind].drop
        errand = Errand(infno, batch.id, visit.psn_no, region, BACKGROUND)
        done = done_by(self._messages.carry_out(errand, asked).word)
        if isinstance(done, Silent):
            return False
        if isinstance(done, RefusedBy):
            _log.info("batch %s has nothing to take back", batch.id)
        self._change(batch.id, "UPLOADED", state="DROPPED")
        return True

    def _upload(
        self,
        visit: InsuranceVisit,
        batch: InsuranceBatch,
        lines: Sequence[UploadLine],
        region: str,
        opter: Opter,
    ) -> RefusedBy | Silent | None:
        """2204 or 2301, a hundred lines at a time."""
        infno = COURSES[visit.kind].upload
        for place, part in enumerate(_parts(lines)):
            errand = Errand(infno, f"{batch.id}/{place}", visit.psn_no, region, opter)
            detail = [_line(visit, batch, line) for line in part]
            match self._messages.carry_out(errand, {"feedetail": detail}).word:
                case Heard({"result": list(result)}) if len(result) == len(part):
                    continue
                case RefusedBy() as refused:
                    return refused
            return Silent()
        return None

    def _drop_others(self, visit: InsuranceVisit, batch: InsuranceBatch, region: str) -> bool:
        """A stay is quoted over all its unbound lines, so only one batch may be there."""
        with self._db.read() as session:
            others = list(
                session.scalars(
                    select(InsuranceBatch).where(
                        InsuranceBatch.visit_id == visit.id,
                        InsuranceBatch.id != batch.id,
                        InsuranceBatch.state == "UPLOADED",
                    )
                )
            )
        return all(self.drop(visit, other, region) for other in others)

    # --- rows

    def _noted(self, visit: InsuranceVisit, of: str, lines: Sequence[UploadLine]) -> InsuranceBatch:
        content = _content(lines)
        with self._db.write() as session:
            last = latest(session, of, content)
            if last is not None and last.state != "DROPPED":
                return last
            generation = last.generation + 1 if last else 0
            batch = InsuranceBatch(
                id=_digest(f"{of}/{content}/{generation}"),
                of=of,
                content=content,
                generation=generation,
                visit_id=visit.id,
                total_fen=sum(line.amount_fen for line in lines),
                state="ASKED",
                at=stamp(self._clock.now()),
            )
            session.add(batch)
        return batch

    def _row(self, batch_id: str) -> InsuranceBatch:
        with self._db.read() as session:
            return session.get_one(InsuranceBatch, batch_id)

    def _change(self, batch_id: str, before: str, **values: object) -> None:
        with self._db.write() as session:
            session.execute(
                update(InsuranceBatch)
                .where(InsuranceBatch.id == batch_id, InsuranceBatch.state == before)
                .values(**values)
            )


def latest(session: Session, of: str, content: str) -> InsuranceBatch | None:
    """The newest batch with these lines."""
    return session.scalar(
        select(InsuranceBatch)
        .where(InsuranceBatch.of == of, InsuranceBatch.content == content)
        .order_by(InsuranceBatch.generation.desc())
        .limit(1)
    )


def _line(visit: InsuranceVisit, batch: InsuranceBatch, line: UploadLine) -> Json:
    return {
        "feedetl_sn": _digest(f"{batch.id}/{line.line_id}"),
        "mdtrt_id": visit.mdtrt_id,
        "psn_no": visit.psn_no,
        "chrg_bchno": batch.id,
        "fee_ocur_time": visit.begun_at,
        "med_list_codg": line.catalogue_code,
        "medins_list_codg": line.hospital_code,
        "det_item_fee_sumamt": yuan(line.amount_fen),
        "cnt": line.count,
        "pric": line.price,
        "bilg_dept_codg": visit.department_code,
        "bilg_dept_name": visit.department,
        "bilg_dr_name": visit.doctor,
        "hosp_appr_flag": "1",
    }


def _parts(lines: Sequence[UploadLine]) -> Iterator[Sequence[UploadLine]]:
    for start in range(0, len(lines), _MOST_LINES):
        yield lines[start : start + _MOST_LINES]


def _content(lines: Sequence[UploadLine]) -> str:
    """Tells one set of lines from another; their order is no matter."""
    return _digest("\n".join(sorted(f"{line.line_id} {line.amount_fen}" for line in lines)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
