"""Where a bank or a platform bears the risk: its state is shown, and no clock runs here (C04)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from deferral_bench import ordered, registered
from service_bench import LI_ID, PROFILE, House, new_key

from settlement_backend.deferral.city_credit import CityCredit
from settlement_backend.deferral.deferral import Deferral
from settlement_backend.policy.profile import load_policy
from settlement_backend.terminals.tables import Terminal

BANKS = (("wenzhou-2025", "BANK"), ("shanghai-1419", "BANK"), ("longhua", "PLATFORM"))


def deferral_of(house: House, profile: str) -> Deferral:
    """Pay-later of another profile in the same house."""
    service = house.service
    context = replace(service.context, policy=load_policy(PROFILE.with_name(f"{profile}.toml")))
    port = CityCredit(house.platforms.city.url, context.policy.hospital_id, read_s=1.0)
    return Deferral(context, service.insurance, port, service.saga, service.agreeing)


def kiosk(house: House) -> Terminal:
    with house.service.db.read() as session:
        return session.get_one(Terminal, "K01")


@pytest.mark.parametrize(("profile", "bearer"), BANKS)
def test_c04_l14_signing_state_and_risk_bearer_are_the_banks(
    house: House, profile: str, bearer: str
) -> None:
    patient = house.person(LI_ID)
    deferral = deferral_of(house, profile)
    before = deferral.account(patient, kiosk(house))
    assert (before.state, before.risk_bearer) == ("NOT_ELIGIBLE", bearer)
    assert before.may_sign.needs == (before.scheme,)

    house.platforms.acquirer.control(
        "sign_credit",
        contract_no="CL-1",
        id_number=LI_ID,
        owner="李秀芳",
        limit_fen=500000,
        product=before.scheme,
    )

    told = deferral.account(patient, kiosk(house))
    assert told.state == "SIGNED"
    assert [(a.product, a.left_fen) for a in told.bank_agreements] == [(before.scheme, 500000)]
    assert (told.visits, told.signature) == ((), None)


def test_h08_the_guided_page_shows_the_banks_code(house: House) -> None:
    patient = house.person(LI_ID)
    deferral = deferral_of(house, "shanghai-1419")
    page = deferral.page(patient, kiosk(house))
    assert (page.product, page.qr_text, page.commitment) == ("BANK_CREDIT_LINE", "", None)

    body = {"patient_id": patient, "product": page.product}
    code_url = house.done("/v1/agreements", body, key=new_key())["code_url"]

    assert deferral.page(patient, kiosk(house)).qr_text == code_url != ""
    assert len(page.steps) == 3


def test_c04_nothing_waits_here_when_a_bank_lends(house: House) -> None:
    patient = house.person(LI_ID)
    bill = ordered(house, registered(house, patient), "HBA1C")[0]
    deferral = deferral_of(house, "wenzhou-2025")

    deferral.gather()

    assert deferral.check(bill, kiosk(house)).message_key == "deferral.with_bank"
    assert deferral.account(patient, kiosk(house)).visits == ()


def test_c04_where_nothing_is_deferred_the_account_says_so(house: House) -> None:
    patient = house.person(LI_ID)
    deferral = deferral_of(house, "shaoxing-2014")

    told = deferral.account(patient, kiosk(house))

    assert (told.state, told.scheme, told.risk_bearer) == ("NOT_ELIGIBLE", "NONE", "NONE")
    assert deferral.page(patient, kiosk(house)).steps == ()
