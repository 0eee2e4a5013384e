"""What decides about papers: kinds of invoices, one official print, copies of slips.

Pure functions of the policy profile and facts. What a reader would get wrong: once only belongs
to the official paper, over all terminals (C11); a slip may be printed again, marked as a copy.
"""

from __future__ import annotations

from dataclasses import dataclass

from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import InvoiceRules

INPATIENT, OUTPATIENT, EMERGENCY, SPECIAL, REGISTRATION = "01", "02", "03", "04", "06"
_WINDOW_SOURCE = "1"
_SPECIAL_MED_TYPE = "14"
_PRINTERS = ("kiosk", "window", "ward")


@dataclass(frozen=True, slots=True)
class Care:
    """What a settlement was for: its own kind, the visit's scene, the insurance's med_type."""

    settlement_kind: str
    scene: str = ""
    med_type: str = ""


def invoice_kind(care: Care) -> str:
    """The bureau's business kind (B.6); "" for a deposit, whose voucher is its slip (H24)."""
    match care.settlement_kind:
        case "DEPOSIT":
            return ""
        case "INPATIENT":
            return INPATIENT
        case "REGISTRATION":
            return REGISTRATION
    if care.scene.startswith("EMERGENCY"):
        return EMERGENCY
    return SPECIAL if care.med_type == _SPECIAL_MED_TYPE else OUTPATIENT


def invoice_source(rules: InvoiceRules, terminal_kind: str) -> int:
    """Where it comes from: 1 window, 2 kiosk, 3 WeChat, 4 Alipay; rooms and wards are windows."""
    return int(rules.channels_source.get(terminal_kind, _WINDOW_SOURCE))


@dataclass(frozen=True, slots=True)
class Standing:
    """How an invoice stands. `flushing`: it is to be written off."""

    state: str
    flushing: bool = False


def may_print(rules: InvoiceRules, terminal_kind: str, standing: Standing) -> Decision:
    """One official sheet over all terminals (S25); after a jam only the window helps (C11)."""
    if terminal_kind not in _PRINTERS or rules.official_print_max == 0:
        return _no("IN-ELSEWHERE", "invoice.elsewhere")
    if standing.flushing or standing.state == "RED_FLUSHED":
        return _no("IN-RED", "invoice.written_off")
    match standing.state:
        case "E_ISSUED":
            return Decision(allow=True, rule_id="IN-ONCE")
        case "PRINTING":
            return _no("IN-ONCE", "invoice.being_printed")
        case "PRINT_UNCERTAIN":
            return _no("IN-UNCERTAIN", "invoice.uncertain", "RECALL_OF_DAMAGED_SHEET")
        case "PRINTED":
            return _no("IN-ONCE", "invoice.printed", "RECALL_OF_DAMAGED_SHEET")
    return _no("IN-ISSUED", "invoice.not_issued")


def may_flush(standing: Standing) -> Decision:
    """A sheet that counts is called back before its invoice is written off (B.6)."""
    if standing.state in ("PRINTING", "PRINTED", "PRINT_UNCERTAIN"):
        return _no("IN-PAPER", "invoice.paper_stands", "RECALL_OF_PAPER")
    return Decision(allow=True, rule_id="IN-PAPER")


def may_print_slip(rules: InvoiceRules, prints: int) -> Decision:
    """Slips may be printed again, up to the profile's number; 0: as often as wanted."""
    if rules.slip_print_max and prints >= rules.slip_print_max:
        return _no("SL-MOST", "slip.printed_enough")
    return Decision(allow=True, rule_id="SL-COPY" if prints else "SL-FIRST")


def _no(rule_id: str, message_key: str, *needs: str) -> Decision:
    return Decision(allow=False, rule_id=rule_id, message_key=message_key, needs=needs)
