"""The e-invoice platform over HTTP: numbers, sums, scarlet ones, paper, pictures."""

import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from platforms_bench import HTTP, Json, Platform

from sandbox.platforms.invoice.wire import Channel, Issue

BILL: Json = {
    "business_no": "S1",
    "kind": "02",
    "source": 2,
    "place_code": "K01",
    "operator": "K01",
    "bus_date_time": "20260302093000000",
    "payer_name": "王建国",
    "total_fen": 10_002,
    "items": [{"name": "检查费", "amount_fen": 3_200}, {"name": "西药费", "amount_fen": 6_802}],
    "fund_fen": 7_000,
    "account_fen": 1_000,
    "own_fen": 2_002,
    "channels": [
        {"code": "FUND", "amount_fen": 7_000},
        {"code": "ACCOUNT", "amount_fen": 1_000},
        {"code": "CASH", "amount_fen": 2_000},
        {"code": "HBWC", "amount_fen": 2},
    ],
}
DONE = {"result": "S0000"}
ACTION: Json = {"operator": "2107", "bus_date_time": "20260302094500000"}


def _numbers(issued: Json) -> Json:
    return {name: issued[name] for name in ("bill_batch_code", "bill_no")}


def _issue(invoice: Platform, **changes: object) -> Json:
    issued = invoice.ask("/invoice/issue", **{**BILL, **changes})
    assert issued["result"] == "S0000"
    return issued


def _turn(invoice: Platform, issued: Json) -> Json:
    """Exchange for the place's next sheet; the request, to be sent again."""
    sheet = invoice.ask("/invoice/paper/next", place_code="K01")
    paper = {"paper_batch_code": sheet["paper_batch_code"], "paper_no": sheet["paper_no"]}
    request = {**_numbers(issued), **paper, "place_code": "K01", **ACTION}
    assert invoice.ask("/invoice/paper/turn", **request) == DONE
    return request


def _write_off(invoice: Platform, issued: Json, business_no: str = "R1") -> Json:
    return invoice.ask(
        "/invoice/write_off",
        **_numbers(issued),
        business_no=business_no,
        reason="退费",
        **ACTION,
    )


def _state(invoice: Platform) -> str:
    return str(invoice.ask("/invoice/query", business_no="S1")["state"])


def test_h21_e_invoice_has_code_number_check_code_and_qr(invoice: Platform) -> None:
    issued = _issue(invoice)
    year = datetime.now().strftime("%y")
    assert _numbers(issued) == {"bill_batch_code": f"330601{year}", "bill_no": "0000000001"}
    check = issued["random"]
    assert len(check) == 6 and check.isdecimal() and len(issued["create_time"]) == 17
    day = issued["create_time"][:8]
    assert issued["bill_qr"] == f"EINV,330601{year},0000000001,{check},100.02,{day}"
    assert _issue(invoice, business_no="S2")["bill_no"] == "0000000002"


def test_h27_inpatient_numbers_run_for_themselves(invoice: Platform) -> None:
    _issue(invoice)
    inpatient = _issue(invoice, business_no="S2", kind="01")
    assert inpatient["bill_batch_code"][2:6] == "0602"
    assert inpatient["bill_no"] == "0000000001"


def test_same_business_no_answers_the_same(invoice: Platform) -> None:
    first = _issue(invoice)
    assert _issue(invoice) == first
    assert len(invoice.books()["invoices"]) == 1
    other = invoice.ask("/invoice/issue", **{**BILL, "payer_name": "李秀芳"})
    assert other == {"result": "E2001", "message": "业务流水号已用于其他业务"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"total_fen": 10_003}, "E1001"),
        ({"own_fen": 2_001}, "E1001"),
        ({"items": [{"name": "检查费", "amount_fen": 10_001}]}, "E1001"),
        ({"channels": [{"code": "CASH", "amount_fen": 10_000}]}, "E1002"),
        ({"channels": []}, "E1002"),
        ({"channels": [{"code": "HBWC", "amount_fen": 10_002}]}, "E1002"),
        (
            {
                "channels": [
                    {"code": "CASH", "amount_fen": 10_003},
                    {"code": "CARD", "amount_fen": -1},
                ]
            },
            "E1002",
        ),
        ({"channels": [{"code": "CASH", "amount_fen": 5_001}] * 2}, "E1002"),
    ],
)
def test_sums_that_differ_are_refused(invoice: Platform, change: Json, code: str) -> None:
    assert invoice.ask("/invoice/issue", **{**BILL, **change})["result"] == code
    assert invoice.books()["invoices"] == []


@given(
    total_fen=st.integers(0, 1_000_000),
    cash_fen=st.integers(0, 1_000_000),
    card_fen=st.integers(0, 1_000_000),
)
def test_rounding_line_makes_up_less_than_one_yuan(
    total_fen: int, cash_fen: int, card_fen: int
) -> None:
    rounding_fen = total_fen - cash_fen - card_fen
    amounts = {"CASH": cash_fen, "CARD": card_fen, "HBWC": rounding_fen}
    channels = [Channel(code=code, amount_fen=fen) for code, fen in amounts.items()]
    asked = Issue(**{**BILL, "total_fen": total_fen, "channels": channels})
    assert asked.channels_sum() == (abs(rounding_fen) < 100)
    asked.channels.pop()
    assert asked.channels_sum() == (rounding_fen == 0)


def test_written_off_invoice_names_its_scarlet_one(invoice: Platform) -> None:
    issued = _issue(invoice)
    scarlet = _write_off(invoice, issued)
    assert scarlet["scarlet_bill_no"] == "0000000002"
    assert _write_off(invoice, issued) == scarlet
    assert _write_off(invoice, issued, "R2")["result"] == "E3002"
    assert _state(invoice) == "RED_FLIPPED"
    shown = invoice.ask("/invoice/query", business_no="R1")
    assert (shown["state"], shown["total_fen"]) == ("SCARLET", -10_002)
    assert shown["other_bill_no"] == issued["bill_no"]


def test_scarlet_invoice_is_not_written_off_or_printed(invoice: Platform) -> None:
    scarlet = _write_off(invoice, _issue(invoice))
    numbers: Json = {
        "bill_batch_code": scarlet["scarlet_bill_batch_code"],
        "bill_no": scarlet["scarlet_bill_no"],
    }
    assert _write_off(invoice, numbers, "R2")["result"] == "E3002"
    paper: Json = {"paper_batch_code": "33010125", "paper_no": "0000000001", "place_code": "K01"}
    assert invoice.ask("/invoice/paper/turn", **numbers, **paper, **ACTION)["result"] == "E3002"


def test_s25_invoice_is_exchanged_for_one_sheet_only(invoice: Platform) -> None:
    issued = _issue(invoice)
    request = _turn(invoice, issued)
    assert request["paper_no"] == "0000000001"
    assert invoice.ask("/invoice/paper/turn", **request) == DONE
    other = {**request, "paper_no": "0000000002"}
    assert invoice.ask("/invoice/paper/turn", **other)["result"] == "E3003"
    assert _state(invoice) == "PAPER_ISSUED"
    assert [sheet["state"] for sheet in invoice.books()["sheets"]] == ["ISSUED"]


def test_invoice_on_paper_is_written_off_only_after_its_sheet_is_back(invoice: Platform) -> None:
    issued = _issue(invoice)
    turned = _turn(invoice, issued)
    assert _write_off(invoice, issued)["result"] == "E3001"
    paper = {name: turned[name] for name in ("paper_batch_code", "paper_no")}
    back = {**_numbers(issued), **paper, "reason": "退费", **ACTION}
    assert invoice.ask("/invoice/paper/return", **back) == DONE
    assert invoice.ask("/invoice/paper/return", **back) == DONE
    assert _state(invoice) == "ISSUED"
    assert _write_off(invoice, issued)["result"] == "S0000"


def test_s25_sheet_called_back_makes_room_for_a_new_one(invoice: Platform) -> None:
    issued = _issue(invoice)
    turned = _turn(invoice, issued)
    paper = {name: turned[name] for name in ("paper_batch_code", "paper_no")}
    jam: Json = {"reason": "卡纸", **ACTION}
    assert invoice.ask("/invoice/paper/return", **_numbers(issued), **paper, **jam) == DONE
    assert invoice.ask("/invoice/paper/turn", **turned)["result"] == "E3004"
    assert _turn(invoice, issued)["paper_no"] == "0000000002"
    assert invoice.ask("/invoice/paper/return", **_numbers(issued), **paper, **jam) == DONE
    assert _state(invoice) == "PAPER_ISSUED"
    states = [sheet["state"] for sheet in invoice.books()["sheets"]]
    assert states == ["VOID", "ISSUED"]


def test_spoilt_blank_sheet_is_void_and_skipped(invoice: Platform) -> None:
    sheet = invoice.ask("/invoice/paper/next", place_code="K01")
    blank: Json = {
        "place_code": "K01",
        "paper_batch_code": sheet["paper_batch_code"],
        "paper_no": sheet["paper_no"],
        "reason": "卡纸",
        **ACTION,
    }
    for _ in range(2):
        assert invoice.ask("/invoice/paper/invalidate_blank", **blank) == DONE
    following = invoice.ask("/invoice/paper/next", place_code="K01")
    assert following["paper_no"] == "0000000002"
    far = {**blank, "paper_no": "0000000009"}
    assert invoice.ask("/invoice/paper/invalidate_blank", **far)["result"] == "E3005"


def test_sheet_of_another_place_or_invoice_is_refused(invoice: Platform) -> None:
    first, second = _issue(invoice), _issue(invoice, business_no="S2")
    turned = _turn(invoice, first)
    used = {**turned, **_numbers(second)}
    assert invoice.ask("/invoice/paper/turn", **used)["result"] == "E3004"
    paper = {name: turned[name] for name in ("paper_batch_code", "paper_no")}
    back = {**_numbers(second), **paper, "reason": "卡纸", **ACTION}
    assert invoice.ask("/invoice/paper/return", **back)["result"] == "E3007"
    window = invoice.ask("/invoice/paper/next", place_code="W07")
    foreign = {**used, "paper_no": window["paper_no"]}
    assert invoice.ask("/invoice/paper/turn", **foreign)["result"] == "E3005"


def test_place_without_blank_sheets_says_so(invoice: Platform) -> None:
    invoice.control("paper", place_code="K01", count=0)
    assert invoice.ask("/invoice/paper/next", place_code="K01")["result"] == "E3006"
    invoice.control("paper", place_code="K01", count=1)
    assert invoice.ask("/invoice/paper/next", place_code="K01")["paper_no"] == "0000000001"


def test_invoice_is_found_by_either_number(invoice: Platform) -> None:
    issued = _issue(invoice)
    shown = invoice.ask("/invoice/query", **_numbers(issued))
    assert shown == invoice.ask("/invoice/query", business_no="S1")
    assert {name: shown[name] for name in issued} == issued
    assert invoice.ask("/invoice/query", business_no="S2")["result"] == "E2002"


def test_picture_is_a_pdf_and_a_png_of_the_same_page(invoice: Platform) -> None:
    address = invoice.url + _issue(invoice)["picture_url"]
    pdf = HTTP.get(address)
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-") and len(pdf.content) < 300_000
    png = HTTP.get(address.replace(".pdf", ".png"))
    page = Image.open(io.BytesIO(png.content))
    assert (page.format, page.width) == ("PNG", 1240)
    before = png.content
    _turn(invoice, invoice.ask("/invoice/query", business_no="S1"))
    assert HTTP.get(address.replace(".pdf", ".png")).content != before  # says 已换开 now


def test_picture_with_a_wrong_check_code_is_not_there(invoice: Platform) -> None:
    issued = _issue(invoice)
    wrong = issued["picture_url"].replace(issued["random"], "x" + issued["random"][1:])
    assert HTTP.get(invoice.url + wrong).status_code == 404


def test_ordered_refusal_is_this_platforms_result(invoice: Platform) -> None:
    invoice.control("refuse", path="/invoice/issue", code="E9999")
    assert invoice.ask("/invoice/issue", **BILL) == {"result": "E9999", "message": ""}
    assert invoice.ask("/invoice/issue", **BILL)["result"] == "S0000"
