"""The national envelope and what a centre checks of it before it looks at the input (B.1.1).

Talks to nothing. What a reader would get wrong: a psn_no may stand in a node of the input, and the
region of insurance is checked wherever one does.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from sandbox.platforms.desk import Refused
from sandbox.platforms.insurance.books import Centre

Text = Annotated[str, Field(min_length=1, max_length=64)]
_ANY_MSGID = re.compile(r"[0-9A-Za-z]{1,30}")
_MOMENT_FORM = "%Y-%m-%d %H:%M:%S"
_MSGID_TIME_FORM = "%Y%m%d%H%M%S"
_SIGN_IN = "9001"
_POOLING_AREA = 4


class Call(BaseModel):
    """``POST /fsi``."""

    infno: Text
    msgid: Annotated[str, Field(min_length=1, max_length=30)]
    mdtrtarea_admvs: Annotated[str, Field(min_length=6, max_length=6)]
    insuplc_admdvs: str = ""
    opter_type: Text
    opter: Text
    fixmedins_code: Text
    inf_time: Text
    sign_no: str = ""
    input: dict[str, object]

    def digest(self) -> str:
        """What tells one input from another."""
        text = json.dumps(self.input, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def check(call: Call, centre: Centre) -> None:
    """Refused, in the contract's words, for an envelope that a centre would not take."""
    if not _msgid_is_good(call, centre.orders.msgid_form_required):
        raise Refused("msgid has not the form asked for")
    if not _is_moment(call.inf_time, _MOMENT_FORM):
        raise Refused("inf_time has not the form asked for")
    if call.opter_type not in ("1", "2", "3"):
        raise Refused("opter_type is not 1, 2 or 3")
    _check_session(call, centre)
    for psn_no in _psn_nos(call.input):
        region = centre.person(psn_no).insuplc_admdvs
        if call.insuplc_admdvs[:_POOLING_AREA] != region[:_POOLING_AREA]:
            raise Refused("insuplc_admdvs is not this person's")


def _msgid_is_good(call: Call, form_is_required: bool) -> bool:
    if _ANY_MSGID.fullmatch(call.msgid) is None:
        return False
    institution, moment, sequence = call.msgid[:12], call.msgid[12:26], call.msgid[26:]
    whole = institution == call.fixmedins_code and len(sequence) == 4
    return not form_is_required or (whole and _is_moment(moment, _MSGID_TIME_FORM))


def _is_moment(text: str, form: str) -> bool:
    try:
        # The way back catches what strptime lets pass, such as a missing leading zero.
        return datetime.strptime(text, form).strftime(form) == text
    except ValueError:
        return False


def _check_session(call: Call, centre: Centre) -> None:
    if call.infno == _SIGN_IN:
        return
    if call.sign_no and call.sign_no not in centre.books.sessions.opter_no_by_sign_no:
        raise Refused("sign_no is not valid")
    if centre.orders.sign_on_required and not call.sign_no:
        raise Refused("sign_no is missing")


def _psn_nos(asked: dict[str, object]) -> Iterator[str]:
    """Every psn_no of the input and of its nodes."""
    nodes: list[object] = [asked]
    for value in asked.values():
        nodes.extend(value if isinstance(value, list) else [value])
    for node in nodes:
        if isinstance(node, dict) and isinstance(node.get("psn_no"), str):
            yield node["psn_no"]
