"""Cards with files in the virtual slot: social-security card, resident health card, bank card."""

from pathlib import Path

import pytest
from units_bench import vectors

from sandbox.units.pcsc_files import DEMO_MODULE_KEY
from sandbox.units.pcsc_kinds import Chip, powered_chip
from sandbox.units.request import ControlError, Request
from sandbox.units.wallet import Wallet

V = vectors("pcsc_cards")
UID = "1A2B3C4D"
EF05 = ("01", "02", "03", "04", "05", "06", "07")
EF06 = ("08", "09", "4e", "0a", "0b", "0c", "0d")


def card(run_dir: Path, kind: str, **fields: str) -> Chip:
    wallet = Wallet(run_dir)
    wallet.control(Request({"do": "create", "uid": UID, "kind": kind, "fields": fields}))
    return powered_chip(wallet, UID)


def check(chip: Chip, command: str, answer: str) -> None:
    assert chip.answer(V[command].data).hex(" ") == V[answer].data.hex(" ")


def opened(run_dir: Path, **fields: str) -> Chip:
    chip = card(run_dir, "social_security", **fields)
    check(chip, "select_ssse", "more_24")
    check(chip, "get_response_24", "ssse_fci_answer")
    return chip


def test_social_card_replays_the_trace(run_dir: Path) -> None:
    chip = opened(run_dir)
    assert chip.atr == V["social_atr"].data
    check(chip, "select_ef05", "ok")
    for tag in EF05:
        check(chip, f"read_tag_{tag}", f"tag_{tag}_answer")
    check(chip, "read_tag_01_wrong_le", "wrong_length_18")
    check(chip, "read_record_07", "tag_07_answer")
    check(chip, "read_all_ef05", "wrong_length_64")
    check(chip, "read_all_ef05_64", "all_ef05_answer")
    check(chip, "select_ef05_short", "ok")
    check(chip, "select_ef06", "ok")
    for tag in EF06:
        check(chip, f"read_tag_{tag}", f"tag_{tag}_answer")
    check(chip, "read_all_ef06_91", "all_ef06_answer")
    check(chip, "read_record_07_implicit", "tag_07_answer")
    check(chip, "read_tag_08", "record_not_found")


def test_numbers_count_within_a_file_and_files_need_their_directory(run_dir: Path) -> None:
    chip = card(run_dir, "social_security")
    check(chip, "select_ef05", "not_found")
    check(chip, "select_ssse_2", "more_24")
    check(chip, "select_ef06", "ok")
    assert chip.answer(bytes.fromhex("00B2010414")) == V["tag_08_answer"].data
    chip.power_off()
    check(chip, "select_ef05", "not_found")
    check(chip, "select_ddf1", "not_found")


def test_card_may_answer_reads_by_get_response(run_dir: Path) -> None:
    chip = opened(run_dir, reads="fetched", version="1.0", issued="20210615")
    check(chip, "select_ef05", "ok")
    chip.answer(V["read_tag_03"].data)
    assert chip.answer(bytes.fromhex("00C0000006")) == V["version_1_answer"].data
    chip.answer(V["read_tag_05"].data)
    assert chip.answer(bytes.fromhex("00C0000006")) == V["tag_05_bcd_answer"].data
    check(chip, "select_ef06", "ok")
    check(chip, "read_tag_09", "more_32")
    check(chip, "get_response_32", "tag_09_answer")
    assert chip.answer(V["get_response_32"].data) == V["not_allowed"].data


def test_third_generation_locks_the_person_until_the_module_has_answered(run_dir: Path) -> None:
    chip = opened(run_dir, version="3.0")
    check(chip, "select_ef05", "ok")
    check(chip, "read_tag_03", "version_3_answer")
    check(chip, "select_ef06", "ok")
    check(chip, "read_tag_08", "security_not_satisfied")
    header = V["external_authenticate_header"].data
    assert chip.answer(header + bytes(16)) == V["not_allowed"].data
    chip.answer(V["get_challenge"].data)
    assert chip.answer(header + bytes(16)) == bytes.fromhex("6300")
    challenge = chip.answer(V["get_challenge"].data)[:8]
    answer = bytes(a ^ b for a, b in zip(challenge, DEMO_MODULE_KEY, strict=True))
    assert chip.answer(header + answer + bytes(8)) == V["ok"].data
    check(chip, "read_tag_08", "tag_08_answer")
    chip.power_off()
    check(chip, "select_ssse", "more_24")
    check(chip, "select_ef06", "ok")
    check(chip, "read_tag_08", "security_not_satisfied")


def test_health_card_reads_records_by_number(run_dir: Path) -> None:
    chip = card(run_dir, "health_card")
    assert chip.atr == V["health_atr"].data
    check(chip, "select_ssse", "not_found")
    check(chip, "select_ddf1", "ok")
    check(chip, "select_health_ef05", "ok")
    for record in ("03", "07", "10"):
        check(chip, f"read_health_record_{record}", f"health_record_{record}_answer")
    check(chip, "read_health_record_07_p2_00", "health_record_07_answer")
    assert chip.answer(bytes.fromhex("00B2070400")) == V["wrong_length_20"].data
    check(chip, "select_health_ef06", "ok")
    check(chip, "read_health_name", "health_name_answer")
    check(chip, "read_health_id_number", "health_id_number_answer")


def test_health_card_may_lock_the_person(run_dir: Path) -> None:
    chip = card(run_dir, "health_card", module="needed")
    check(chip, "select_ddf1", "ok")
    check(chip, "select_health_ef06", "ok")
    check(chip, "read_health_name", "security_not_satisfied")


def test_bank_card_tells_only_what_it_is(run_dir: Path) -> None:
    chip = card(run_dir, "bank")
    assert chip.atr == V["bank_atr"].data
    check(chip, "select_ssse", "not_found")
    check(chip, "select_ddf1", "not_found")
    check(chip, "select_ppse", "ppse_answer")
    check(chip, "select_unionpay", "unionpay_answer")
    check(chip, "select_unionpay_debit", "unionpay_answer")
    check(chip, "read_bank_record", "not_allowed")
    assert chip.answer(bytes.fromhex("FFCA000000")) == bytes.fromhex(UID + "9000")


def test_field_that_does_not_fit_the_card_is_refused(run_dir: Path) -> None:
    with pytest.raises(ControlError, match="field 'version' must be one of"):
        card(run_dir, "social_security", version="4.0")
    with pytest.raises(ControlError, match="'name' has room for 30 bytes"):
        powered_chip(named(run_dir, "0A0B0C0D", "张" * 16), "0A0B0C0D")
    with pytest.raises(ControlError, match="GBK does not know"):
        powered_chip(named(run_dir, "0A0B0C0E", "𠮷"), "0A0B0C0E")
    with pytest.raises(ControlError, match="has no blocks"):
        Wallet(run_dir).control(
            Request({"do": "create", "kind": "bank", "blocks": {"4": "00" * 16}})
        )


def named(run_dir: Path, uid: str, name: str) -> Wallet:
    wallet = Wallet(run_dir)
    fields = {"name": name}
    wallet.control(Request({"do": "create", "uid": uid, "kind": "health_card", "fields": fields}))
    return wallet
