"""What the books call things, in the words of the trade.

What a reader would get wrong: a code that nobody listed stands for itself; a backend may be newer
than this window.
"""

from __future__ import annotations

from core.phrase import Day, Phrase, Said, said
from core.wording import TENDERS, WALLETS

_TENDERS: dict[str, Phrase] = {kind.value: Said(words) for kind, words in TENDERS.items()}
_FIGURES: dict[str, Phrase] = {
    "SETTLE_OUTPATIENT": said("Outpatient bills settled"),
    "SETTLE_REGISTRATION": said("Registrations paid"),
    "SETTLE_DEPOSIT": said("Inpatient deposits paid"),
    "SETTLE_INPATIENT": said("Stays settled"),
    "SETTLE_EMERGENCY": said("Emergency bills settled"),
    "REFUND_OUTPATIENT": said("Outpatient bills refunded"),
    "REFUND_REGISTRATION": said("Registrations refunded"),
    "REFUND_DEPOSIT": said("Inpatient deposits refunded"),
    "REFUND_INPATIENT": said("Stays refunded"),
    "INSURED": said("Settled with insurance"),
    "EMERGENCY": said("Emergencies"),
    "FAMILY_PAY": said("Paid by a relative"),
    "FIRST_VISIT": said("First visits"),
    "BOOK": said("Bookings"),
    "REGISTER": said("Registrations of the day"),
    "CHECK_IN": said("Check-ins"),
    "ADMIT": said("Admissions"),
    "DISCHARGE": said("Discharges"),
    "HOLD": said("Pre-authorisations"),
    "PRINT_INVOICE": said("Invoices printed"),
    "PRINT_SLIP": said("Slips printed"),
    "DEFERRAL": said("Pay after the visit"),
    "SCAN": said("Scanned code"),
    "EC_CODE": said("Insurance e-certificate"),
    "CITY_CODE": said("City code"),
    "HEALTH_CARD": said("Health card"),
    "ID_CARD": said("ID card"),
    "SS_CARD": said("Social-security card"),
}


_BANKS: dict[str, Phrase] = {
    "lead": said("Lead bank"),
    "partner": said("Partner bank"),
    "INSURANCE": said("Insurance"),
}
_CHANNELS: dict[str, Phrase] = {
    **{wallet: Said(words) for wallet, words in WALLETS.items()},
    "CARD": said("Bank card"),
    "CREDIT": said("Credit line"),
    "TRANSFER": said("Bank transfer"),
}


def channel_of(bank: str, channel: str) -> Phrase:
    """Whose file: a bank and one of its channels; the insurance has none."""
    whose = _BANKS.get(bank, bank)
    if channel == bank:
        return whose
    return said("{bank}, {channel}", bank=whose, channel=_CHANNELS.get(channel, channel))


def days(since: str, until: str) -> Phrase:
    """Both included."""
    return said("{since} – {until}", since=Day(since), until=Day(until))


def kind_of_money(code: str) -> Phrase:
    """Where money was taken, as a drawer's sheet and the daily close name it."""
    return {
        "CASH": said("Cash"),
        "SCAN": said("WeChat / Alipay / UnionPay"),
        "PREAUTH": said("Pre-authorisation"),
        "HOLD": said("Pre-authorisation"),
        "INSURANCE": said("Insurance"),
        "CARD": said("Bank card"),
        "ONECODE": said("Insurance code"),
        "DEBIT": said("Bound account"),
        "REMOTE": said("Paid by a relative"),
        "CREDIT": said("Credit line"),
        "CLAIM": said("Commercial insurance"),
        "TRANSFER": said("Bank transfer"),
    }.get(code, code)


def shift_state(code: str) -> Phrase:
    """Of a drawer."""
    return {
        "OPEN": said("Open"),
        "CLOSED": said("Closed"),
        "HANDED_OVER": said("Handed over"),
    }.get(code, code)


def verdict(code: str) -> Phrase:
    """What comparing found, unknown first."""
    return {
        "NOT_READY": said("Not known yet"),
        "STATUS_DIFF": said("States differ"),
        "AMOUNT_DIFF": said("Amounts differ"),
        "ONLY_THERE": said("Only at the other side"),
        "ONLY_HERE": said("Only in our books"),
        "MATCHED": said("Agrees"),
    }.get(code, code)


def file_state(code: str) -> Phrase:
    """Of a bank's daily file."""
    return {
        "READY": said("File read"),
        "EMPTY": said("No movements"),
        "NOT_READY": said("File not there yet"),
        "SILENT": said("Bank does not answer"),
        "DAMAGED": said("File is damaged"),
    }.get(code, code)


def insurance_state(code: str) -> Phrase:
    """The insurance's word on a day."""
    return {
        "AGREES": said("Agrees"),
        "DIFFERS": said("Differs"),
        "NOT_READY": said("Not known yet"),
    }.get(code, code)


def movement(code: str) -> Phrase:
    """What kind of line of a bank's file."""
    return {
        "PAY": said("Payment"),
        "REFUND": said("Refund"),
        "REVOKED": said("Payment undone"),
        "ADJUSTED": said("Set by the bank's hand"),
    }.get(code, code)


def figure_name(code: str) -> Phrase:
    """What was used; a wallet stands behind its tender, a day's hour is itself."""
    kind, _, wallet = code.partition(":")
    known = _FIGURES.get(kind) or _TENDERS.get(kind)
    if known is None or not wallet:
        return known or code
    return said("{kind}, {wallet}", kind=known, wallet=_CHANNELS.get(wallet, wallet))


def place_kind(code: str) -> Phrase:
    """Kind of terminal."""
    return {
        "kiosk": said("Self-service machines"),
        "window": said("Windows"),
        "clinic": said("Consulting rooms"),
        "ward": said("Wards"),
        "mobile": said("Phone"),
        "": said("Whole hospital"),
    }.get(code, code)


def case_state(code: str) -> Phrase:
    """Of the case of a difference."""
    return {"OPEN": said("not ended yet"), "RESOLVED": said("resolved")}.get(code, code)
