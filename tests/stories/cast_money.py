"""Balances, relatives and holds of guests whom the stories of money need, and the rules they need.

Talks HTTP as phone, clinic, bank and window do. What a reader would get wrong: a balance of long
ago is brought over into the backend's books while it is switched off, as on the day a hospital
begins with it; the simulated wallets never heard of its orders.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import cast_paying as paying
from cast import CLINIC_TOKEN, KIOSK_TOKEN, Guest
from cast_later import VERSION
from cast_people import Window, asked_on_the_phone
from cast_prefund import born
from hall import Hall

from core.clock import CHINA
from sandbox.house import House
from sandbox.player.hands import wait_until
from sandbox.player.stage import get, post
from settlement_backend.base.database import Database
from settlement_backend.prepay import accounts
from settlement_backend.prepay.accounts import TopUp

CASH_AT_KIOSK = {
    '"ONE_CODE", "SCAN", "BANK_CARD"]\nwindow': '"ONE_CODE", "SCAN", "BANK_CARD", "CASH"]\nwindow'
}
LONG_CONTRACTS = {"WECHAT = 365\nALIPAY = 365": "WECHAT = 3650\nALIPAY = 3650"}
CLEARED_AT_WINDOW = {'clear_after_visit = "ORIGINAL_ROUTE"': 'clear_after_visit = "WINDOW"'}
_DAY_S = 24 * 3600
_YEAR_DAYS = 366
OF_OLD_FEN = 10_000
"""Of each top-up of long ago."""


def brought_over(house: House, who: Guest, top_ups: dict[str, tuple[str, date]]) -> None:
    """Top-ups of an old system: by name the wallet that paid, and when."""
    house.kill("backend")
    books = Database(f"sqlite:///{house.run_dir / 'backend.db'}")
    now = datetime.now(CHINA)
    with books.write() as session:
        for name, (wallet, day) in top_ups.items():
            source = TopUp(wallet, day.isoformat(), payer="王**", order_no=f"OLD{name}")
            person, posting = who.patient.patient_id, f"topup/{name}"
            accounts.collect(session, person, OF_OLD_FEN, posting, "opening", source, now)
    books.close()
    house.start_backend()


def takes_larger_notes(house: House, overpay_fen: int) -> None:
    """A note may exceed what is due by so much at this kiosk (C12)."""
    file = house.run_dir / "kiosk.toml"
    settings = file.read_text("utf-8")
    assert "[cash]\n" in settings
    settings = settings.replace("[cash]\n", f"[cash]\noverpay_fen = {overpay_fen}\n")
    file.write_text(settings, "utf-8")


def around_their_years() -> dict[str, tuple[str, date]]:
    """A top-up of each wallet on the last day of its years, and one a day older (W27)."""
    today = datetime.now(CHINA).date()
    return {
        "wechat_in_time": ("WECHAT", _years_before(today, 3)),
        "wechat_late": ("WECHAT", _years_before(today, 3) - timedelta(days=1)),
        "alipay_in_time": ("ALIPAY", _years_before(today, 5)),
        "alipay_late": ("ALIPAY", _years_before(today, 5) - timedelta(days=1)),
    }


def _years_before(today: date, years: int) -> date:
    """The same day; of a 29th of February the 28th."""
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year - years, day=day)


def pass_days(house: House, days: int) -> None:
    """The backend's time goes on, and everything that is due is done."""
    assert days <= _YEAR_DAYS
    for seconds in (days * _DAY_S, 0):
        post(f"{house.backend_url}/demo/clock", {"seconds": seconds}, "")


@dataclass(frozen=True, slots=True)
class Phone:
    """A relative's, with the bills that were open when she looked."""

    house: House
    who: Guest
    relation_id: str
    bills: tuple[paying.Json, ...]

    def quote(self) -> paying.Json:
        """All of them, locked for her."""
        patient_id = self.who.patient.patient_id
        body = {"patient_id": patient_id, "bills": self.bills, "relation_id": self.relation_id}
        return post(f"{self.house.backend_url}/v1/settlements", body, paying.MOBILE_TOKEN)

    def begin_to_pay(self) -> str:
        """She presses pay: an order that her wallet opens; its number."""
        told = paying.pay(self.house, self.quote(), paying.MOBILE_TOKEN, "REMOTE", "WECHAT")
        return str(told["tenders"][-1]["tender_id"])

    def confirm(self, order_no: str) -> None:
        """The wallet pays the order; until the bills are paid."""
        paying.acquirer(self.house, do="scan_qr", order_no=order_no, payer="王静")
        wait_until(lambda: not paying.bills(self.house, self.who), 15, "the phone's payment")


def _named(bill: paying.Json) -> paying.Json:
    return {"bill_id": bill["bill_id"], "version": bill["version"]}


def child_on_phone(hall: Hall, who: Guest) -> Phone:
    """A daughter who may pay for this patient on her phone (N17), and sees what is open now."""
    relation_id = asked_on_the_phone(hall, who, born(hall.house, 1985), "CHILD")
    consent = {"notice_version": "2026-01", "accepted_at": "2026-01-05T09:00:00+08:00"}
    url = f"{hall.house.backend_url}/v1/relatives/{relation_id}/agree"
    assert post(url, {"consent": consent}, KIOSK_TOKEN)["state"] == "ACTIVE"
    listed = paying.bills(hall.house, who)
    return Phone(hall.house, who, relation_id, tuple(_named(bill) for bill in listed))


def aided(house: House, who: Guest, account_fen: int) -> None:
    """A spouse whose insurance account pays what this patient's own does not (B.9)."""
    spouse = born(house, 1958)
    paying.insure(house, spouse, account_fen=account_fen)
    paying.insure(house, who, account_fen=0, mutual_aid=[spouse.person.id_number.zfill(26)])


def unionpay_code() -> str:
    """A fresh code of the bank app: 19 digits from 62."""
    return "62" + "".join(secrets.choice("123456789") for _ in range(13)) + "4321"


def holds(house: House, who: Guest) -> list[paying.Json]:
    """Newest first."""
    url = f"{house.backend_url}/v1/patients/{who.patient.patient_id}/holds"
    found: list[paying.Json] = get(url, KIOSK_TOKEN)["holds"]
    return found


def held_at_window(house: House, who: Guest, amount_fen: int) -> None:
    """A hold that only the card terminal of window 07 completes."""
    held(house, who, amount_fen, "52500007", paying.WINDOW_TOKEN)


def held(house: House, who: Guest, amount_fen: int, pos: str, token: str) -> None:
    """A hold that only this card terminal completes, told by the terminal beside it."""
    paying.acquirer(house, do="next_hold", completer="THIS_POS")
    reference = secrets.token_hex(6).upper()
    asked = {"reference": reference, "terminal_id": pos, "amount_fen": amount_fen}
    bank = house.read("platforms.json")["acquirer"]
    card = {"pan": paying.GOOD_CARD["pan"], "expiry": "2912"}
    made = post(f"{bank}/pos/holds", {**asked, **card}, "")
    body = {
        "patient_id": who.patient.patient_id,
        "reference": reference,
        "amount_fen": amount_fen,
        "masked_card": "622202*********4567",
        "auth_code": made["auth_code"],
        "rrn": made["rrn"],
        "trace": "000001",
        "receipt": "0001",
        "pos_terminal_id": pos,
        "merchant_id": "M1",
    }
    post(f"{house.backend_url}/v1/holds", body, token)


def clean_outs(house: House, who: Guest) -> list[paying.Json]:
    """Applications for the balance, the newest first."""
    url = f"{house.backend_url}/v1/patients/{who.patient.patient_id}/prepay/clean-outs"
    found: list[paying.Json] = get(url, KIOSK_TOKEN)["clean_outs"]
    return found


def clear_at_window(window: Window, who: Guest) -> paying.Json:
    """A window asks the balance back for them, somebody else agrees, and it is carried out."""
    account = {"account_no": "6222021234567890123", "bank": "ICBC"}
    asked = {"patient_id": who.patient.patient_id, "warned": True, "face_check_id": ""}
    told = window.ask("/v1/prepay/clean-outs", {**asked, "payee": account})
    return carry_out(window, str(told["clean_out_id"]))


def carry_out(window: Window, clean_out_id: str) -> paying.Json:
    """A reviewer agrees, and the cashier carries it out."""
    word = {"operator": "2201", "password": "demo-2201", "approve": True, "reason": ""}
    window.ask("/v1/prepay/clean-outs/review", {"clean_out_ids": [clean_out_id], **word})
    return window.ask(f"/v1/prepay/clean-outs/{clean_out_id}/confirm", {})


def cashier(house: House) -> Window:
    """Somebody who is signed in at window 07."""
    return _signed_in(house, "2107")


def repaired(house: House, reference: str) -> None:
    """A supervisor at a window finds the credit repaired (N15)."""
    window = _signed_in(house, "2102")
    window.ask(f"/v1/deferral/suspensions/{reference}/confirm-repair", {})


def _signed_in(house: House, number: str) -> Window:
    body = {"operator": number, "password": f"demo-{number}"}
    signed = post(f"{house.backend_url}/v1/operators/sign-in", body, paying.WINDOW_TOKEN)
    return Window(house, str(signed["token"]))


def signed_with_debit(house: House, who: Guest) -> None:
    """On the phone: what is due is taken from the bound account (W11)."""
    url = f"{house.backend_url}/v1/patients/{who.patient.patient_id}/deferral/sign"
    post(url, {"version": VERSION, "repay_by_debit": True}, paying.MOBILE_TOKEN)


def settled_by_itself(house: House, registration_id: str) -> paying.Json:
    """The clinic's program settles the whole visit with nobody at a machine (W09)."""
    url = f"{house.backend_url}/v1/visits/{registration_id}/automatic-settlement"
    told = post(url, {}, CLINIC_TOKEN)

    def completed() -> bool:
        nonlocal told
        told = get(f"{house.backend_url}/v1/settlements/{told['settlement_id']}", CLINIC_TOKEN)
        return bool(told["state"] == "COMPLETED")

    wait_until(completed, 15, "the visit's settlement")
    return told
