"""An institution that asks the insurance platform over HTTP, and the inputs it sends."""

from dataclasses import dataclass

import httpx
from platforms_bench import ANSWER_LIMIT_S, HTTP, Json, Platform

LOCAL, AWAY = "330300", "340100"
WANG = ("33030000000000000000000101", "330302195501123411")
LI = ("33030000000000000000000102", "330302196207184525")
WU_AWAY = ("34010000000000000000000201", "340104197905203111")
HE_AWAY = ("34010000000000000000000202", "34010419810912226X")
HUANG_PAUSED = ("33030000000000000000000106", "330302196608094360")
CAI = ("33030000000000000000000107", "330302195102145154")
DAUGHTER = ("33030000000000000000000108", "330302198411033424")
PAN_CIVIL = ("33030000000000000000000109", "330302197507016317")
CHILD = ("33030000000000000000000110", "33030220180615724X")
TEENAGER = ("33030000000000000000000111", "330302201201028330")
XU_SPECIAL = ("33030000000000000000000112", "330302196003186449")
FANG_AID = ("33030000000000000000000113", "330302194812253171")
NOON = "2026-03-02 12:00:00"
DIAGNOSIS = {
    "diag_type": "1",
    "diag_srt_no": "1",
    "diag_code": "I10.x00",
    "diag_name": "高血压",
    "diag_time": NOON,
    "vali_flag": "1",
}
Who = tuple[str, str]


@dataclass(slots=True)
class Institution:
    """Numbers its messages; `sign_no` is sent with each once it is set."""

    platform: Platform
    sign_no: str = ""
    sent: int = 0

    def post(self, infno: str, asked: Json, msgid: str = "", **envelope: str) -> httpx.Response:
        """The HTTP answer; `envelope` replaces fields."""
        self.sent += 1
        body = {
            "infno": infno,
            "msgid": msgid or f"H3303020000120260302120000{self.sent:04d}",
            "mdtrtarea_admvs": LOCAL,
            "insuplc_admdvs": AWAY if "34010000" in str(asked) else LOCAL,
            "opter_type": "2",
            "opter": "K01",
            "fixmedins_code": "H33030200001",
            "inf_time": NOON,
            "sign_no": self.sign_no,
            "input": asked,
        }
        answer = HTTP.post(
            self.platform.url + "/fsi", json={**body, **envelope}, timeout=ANSWER_LIMIT_S
        )
        answer.raise_for_status()
        return answer

    def ask(self, infno: str, asked: Json, msgid: str = "", **envelope: str) -> Json:
        """The answer's envelope."""
        content: Json = self.post(infno, asked, msgid, **envelope).json()
        return content

    def done(self, infno: str, asked: Json, msgid: str = "") -> Json:
        """The output of what was done; {} where the transaction has none."""
        answer = self.ask(infno, asked, msgid)
        assert (answer["infcode"], answer["err_msg"]) == (0, ""), answer
        output: Json = answer["output"] or {}
        return output

    def refused(self, infno: str, asked: Json, msgid: str = "") -> str:
        """The words of a refusal."""
        answer = self.ask(infno, asked, msgid)
        assert (answer["infcode"], answer["output"]) == (-1, None), answer
        return str(answer["err_msg"])

    def balance(self, who: Who) -> str:
        """The personal account as 1101 tells it."""
        told = self.done("1101", credential(who))
        return next(str(one["balc"]) for one in told["insuinfo"] if one["psn_insu_stas"] == "1")

    def registered(self, who: Who, med_type: str = "11", insutype: str = "310") -> str:
        """The mdtrt_id of a visit with its information."""
        visit = self.done("2201", registration(who, insutype))["mdtrt_id"]
        self.done("2203", information(who, visit, med_type))
        return str(visit)

    def admitted(self, who: Who, insutype: str = "310") -> str:
        """The mdtrt_id of an admission."""
        return str(self.done("2401", admission(who, insutype))["result"]["mdtrt_id"])


def credential(who: Who) -> Json:
    """Somebody's ID number."""
    return {"mdtrt_cert_type": "02", "mdtrt_cert_no": who[1]}


def registration(who: Who, insutype: str = "310") -> Json:
    """Input of 2201."""
    return {
        **credential(who),
        "psn_no": who[0],
        "insutype": insutype,
        "begntime": NOON,
        "ipt_otp_no": "OP1",
        "atddr_no": "D01",
        "dr_name": "王敏",
        "dept_code": "CARD",
        "dept_name": "心血管内科",
        "caty": "A03.04",
    }


def information(who: Who, visit: str, med_type: str = "11", disease: str = "") -> Json:
    """Input of 2203."""
    facts = {
        "mdtrt_id": visit,
        "psn_no": who[0],
        "med_type": med_type,
        "begntime": NOON,
        "dise_codg": disease,
    }
    return {"mdtrtinfo": facts, "diseinfo": [DIAGNOSIS]}


def fee(
    who: Who,
    visit: str,
    number: str,
    code: str,
    price: str,
    *,
    amount: str = "",
    count: str = "1",
    batch: str = "B1",
) -> Json:
    """One line of `feedetail`; its amount is the price unless named."""
    return {
        "feedetl_sn": number,
        "mdtrt_id": visit,
        "psn_no": who[0],
        "chrg_bchno": batch,
        "fee_ocur_time": NOON,
        "med_list_codg": code,
        "medins_list_codg": f"HIS-{number}",
        "det_item_fee_sumamt": amount or price,
        "cnt": count,
        "pric": price,
    }


def bill(who: Who, visit: str, total: str, **fields: object) -> Json:
    """Input of 2206 and 2207, and with `batch=None` of 2303 and 2304."""
    return {
        "psn_no": who[0],
        "mdtrt_id": visit,
        "chrg_bchno": "B1",
        "medfee_sumamt": total,
        "acct_used_flag": "1",
        "med_type": "11",
        **fields,
    }


def admission(who: Who, insutype: str = "310") -> Json:
    """Input of 2401."""
    facts = {
        **credential(who),
        "psn_no": who[0],
        "insutype": insutype,
        "begntime": NOON,
        "med_type": "21",
        "ipt_no": "IP1",
        "adm_dept_codg": "CARD",
        "adm_dept_name": "心血管内科",
        "adm_bed": "12",
        "chfpdr_name": "王敏",
    }
    return {"mdtrtinfo": facts, "diseinfo": [DIAGNOSIS]}


def discharge(who: Who, visit: str, insutype: str = "310") -> Json:
    """Input of 2402."""
    facts = {
        "mdtrt_id": visit,
        "psn_no": who[0],
        "insutype": insutype,
        "endtime": NOON,
        "dscg_dept_codg": "CARD",
        "dscg_way": "1",
    }
    return {"dscginfo": facts, "diseinfo": [DIAGNOSIS]}


def undoing(who: Who, msgid: str, infno: str) -> Json:
    """Input of 2601."""
    return {"psn_no": who[0], "omsgid": msgid, "oinfno": infno}


def fen(text: str) -> int:
    """A yuan text in fen."""
    return int(text.replace(".", ""))


def assert_parts_sum(info: Json) -> None:
    """The identities of the contract page."""
    parts = {name: fen(value) for name, value in info.items() if name in AMOUNTS}
    assert parts["medfee_sumamt"] == (
        parts["fund_pay_sumamt"] + parts["psn_part_amt"] + parts["hosp_part_amt"]
    )
    assert parts["fund_pay_sumamt"] == sum(parts[name] for name in FUNDS)
    assert parts["medfee_sumamt"] == sum(parts[name] for name in CLASSES)
    inside = info["psn_no"].startswith("3401")
    beside = 0 if inside else parts["acct_mulaid_pay"]
    assert parts["psn_part_amt"] == parts["acct_pay"] + beside + parts["psn_cash_pay"]


FUNDS = (
    *("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay"),
    *("hifob_pay", "maf_pay", "oth_pay"),
)
CLASSES = (
    *("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt"),
    *("inscp_scp_amt", "hosp_part_amt"),
)
AMOUNTS = frozenset(
    {
        *FUNDS,
        *CLASSES,
        *("medfee_sumamt", "fund_pay_sumamt", "psn_part_amt"),
        *("acct_pay", "acct_mulaid_pay", "psn_cash_pay", "act_pay_dedc"),
    }
)
