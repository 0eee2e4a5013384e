"""An insurance centre that says what a test writes down, and keeps every envelope it is sent.

Talks HTTP with the adapter under test. What a reader would get wrong: an infno without an answer is
answered with HTTP 500, which the adapter must read as silence.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

from backend_bench import ANSWER_LIMIT_S, INSTITUTION, WANG, WANG_ID, HandClock, Json

from settlement_backend.base.database import Database
from settlement_backend.base.outside import Outside
from settlement_backend.insurance.envelope import Signer
from settlement_backend.insurance.gateway import Gateway
from settlement_backend.insurance.insurance import Insurance
from settlement_backend.policy.profile import InsuranceRules

REFUSAL = {"infcode": -1, "inf_refmsgid": "R0", "err_msg": "参保状态异常", "output": None}
ZEROS = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "act_pay_dedc")


def output(content: Json | None) -> Json:
    """An answer that carries the transaction out."""
    return {"infcode": 0, "inf_refmsgid": "3303002026", "err_msg": "", "output": content}


def person_output(region: str = "330302", insutype: str = "310") -> Json:
    """1101 of Wang Jianguo, with an insurance that ended long ago in front."""
    old = {"insutype": "390", "psn_insu_stas": "2", "balc": "0.00", "insuplc_admdvs": "330302"}
    now = {"insutype": insutype, "psn_type": "12", "psn_insu_stas": "1", "balc": "300.00"}
    return {
        "baseinfo": {"psn_no": WANG, "certno": WANG_ID},
        "insuinfo": [old, {**now, "insuplc_admdvs": region}],
        "idetinfo": [{"psn_idet_type": "31"}],
    }


def setlinfo(total: str, fund: str, account: str, cash: str, setl_id: str = "") -> Json:
    """A whole result: what the basic fund, the own account and the person pay."""
    return {
        "setl_id": setl_id,
        "mdtrt_id": "V9",
        "insutype": "310",
        "med_type": "11",
        "clr_type": "11",
        "clr_way": "1",
        "setl_time": "2026-03-02 12:00:00",
        "medfee_sumamt": total,
        "fund_pay_sumamt": fund,
        "hifp_pay": fund,
        "acct_pay": account,
        "psn_cash_pay": cash,
        "inscp_scp_amt": total,
        **dict.fromkeys(ZEROS, "0.00"),
    }


@dataclass(slots=True)
class Centre:
    """`answers`: the whole answer by infno. `sent`: every envelope, in order."""

    url: str = ""
    answers: dict[str, Json] = field(default_factory=dict)
    sent: list[Json] = field(default_factory=list)

    def inputs(self, infno: str) -> list[Json]:
        """What was asked by one transaction."""
        return [envelope["input"] for envelope in self.sent if envelope["infno"] == infno]

    def infnos(self) -> list[str]:
        """What was sent, in order."""
        return [envelope["infno"] for envelope in self.sent]

    def adapter(self, db: Database, clock: HandClock, **rules: object) -> Insurance:
        """The adapter of one worker."""
        told = InsuranceRules.model_validate(rules)
        return Insurance(db, clock, told, self.url, INSTITUTION, read_s=ANSWER_LIMIT_S)

    def gateway(
        self, db: Database, clock: HandClock, signer: Signer | None = None, *, sign_on: bool = False
    ) -> Gateway:
        """The envelope's part of one worker."""
        outside = Outside(self.url, ANSWER_LIMIT_S, ANSWER_LIMIT_S)
        return Gateway(db, clock, outside, INSTITUTION, signer, sign_on=sign_on)


@contextmanager
def running_centre() -> Iterator[Centre]:
    """From its start to its end."""
    centre = Centre()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            envelope = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            centre.sent.append(envelope)
            answer = centre.answers.get(envelope["infno"])
            body = json.dumps(answer).encode()
            self.send_response(500 if answer is None else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing on the screen."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    centre.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield centre
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
