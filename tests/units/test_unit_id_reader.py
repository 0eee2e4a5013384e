"""The virtual identity card reader against the golden frames of its protocol."""

import pytest
from units_bench import Bench, StartBench, Wire, vectors

from sandbox.units.request import ControlError

V = vectors("sam_v")


def place(bench: Bench, vector: str, **more: object) -> None:
    fields = {k: v for k, v in V[vector].fields.items() if k != "status"}
    bench.control.ask("id_reader", "place", **{**fields, **more})


def read_card(wire: Wire, answer: str) -> None:
    wire.exchange(V["find"].data, V["find_found"].data)
    wire.exchange(V["select"].data, V["select_ok"].data)
    wire.exchange(V["read_text_photo"].data, V[answer].data)


def test_empty_reader_answers_its_service_commands(start: StartBench) -> None:
    with start("id_reader").wire("id_reader") as wire:
        wire.exchange(V["reset"].data, V["ok"].data)
        wire.exchange(V["status"].data, V["ok"].data)
        wire.exchange(V["sam_id"].data, V["sam_id_answer"].data)
        wire.exchange(V["find"].data, V["find_failed"].data)
        wire.exchange(V["select"].data, V["select_failed"].data)
        wire.exchange(V["read_text_photo"].data, V["read_failed"].data)
        wire.exchange(V["read_text_photo_fingerprint"].data, V["read_failed"].data)
        wire.exchange(V["set_baud_9600"].data, V["command_error"].data)


def test_placed_card_is_read_byte_for_byte(start: StartBench) -> None:
    bench = start("id_reader")
    with bench.wire("id_reader") as wire:
        for answer in ("read_text_photo_answer", "read_text_photo_answer_long_name"):
            place(bench, answer)
            read_card(wire, answer)
            wire.exchange(V["read_additional_address"].data, V["no_such_content"].data)


def test_additional_address_is_read_when_the_card_has_one(start: StartBench) -> None:
    bench = start("id_reader")
    address = str(V["additional_address_answer"].fields["address"])
    place(bench, "read_text_photo_answer", additional_address=address)
    with bench.wire("id_reader") as wire:
        read_card(wire, "read_text_photo_answer")
        additional = V["additional_address_answer"].data
        wire.exchange(V["read_additional_address"].data, additional)


def test_card_that_was_read_is_found_again_only_after_it_left(start: StartBench) -> None:
    bench = start("id_reader")
    place(bench, "read_text_photo_answer")
    with bench.wire("id_reader") as wire:
        read_card(wire, "read_text_photo_answer")
        wire.exchange(V["find"].data, V["find_failed"].data)
        wire.exchange(V["find"].data, V["find_failed"].data)
        bench.control.ask("id_reader", "remove")
        wire.exchange(V["find"].data, V["find_failed"].data)
        place(bench, "read_text_photo_answer")
        read_card(wire, "read_text_photo_answer")


def test_latched_card_survives_a_restart(start: StartBench) -> None:
    bench = start("id_reader")
    place(bench, "read_text_photo_answer")
    with bench.wire("id_reader") as wire:
        read_card(wire, "read_text_photo_answer")
    bench.stop()
    again = start("id_reader")
    assert again.control.ask("id_reader", "state")["state"] == {
        "person": {
            **{k: v for k, v in V["read_text_photo_answer"].fields.items() if k != "status"},
            "kind": "citizen",
            "additional_address": "",
            "fingerprint_bytes": 0,
        },
        "latched": True,
    }
    with again.wire("id_reader") as wire:
        wire.exchange(V["find"].data, V["find_failed"].data)


def test_wrong_checksum_is_answered_with_checksum_error(start: StartBench) -> None:
    with start("id_reader").wire("id_reader") as wire:
        wire.exchange(V["find_bad_checksum"].data, V["checksum_error"].data)


def test_half_a_frame_and_noise_do_not_hide_the_next_command(start: StartBench) -> None:
    with start("id_reader").wire("id_reader") as wire:
        wire.write(V["find"].data[:8])
        wire.exchange(V["find"].data, V["find_failed"].data)
        wire.exchange(b"\x00\xff\xaa\xaa" + V["find"].data, V["find_failed"].data)


def test_name_of_sixteen_characters_is_refused_by_the_control(start: StartBench) -> None:
    bench = start("id_reader")
    with pytest.raises(ControlError, match="field 'name' holds 15 characters"):
        place(bench, "read_text_photo_answer", name="一" * 16)


@pytest.mark.parametrize(
    "answer", ["read_permit_answer", "read_foreigner_old_answer", "read_foreigner_answer"]
)
def test_other_kinds_of_cards_are_read_byte_for_byte(start: StartBench, answer: str) -> None:
    bench = start("id_reader")
    place(bench, answer)
    with bench.wire("id_reader") as wire:
        read_card(wire, answer)


@pytest.mark.parametrize("size", [0, 512, 1024])
def test_fingerprint_of_three_lengths_follows_the_photo(start: StartBench, size: int) -> None:
    bench = start("id_reader")
    answer = f"read_fingerprint_answer_{size}"
    place(bench, answer)
    with bench.wire("id_reader") as wire:
        wire.exchange(V["find"].data, V["find_found"].data)
        wire.exchange(V["select"].data, V["select_ok"].data)
        wire.exchange(V["read_text_photo_fingerprint"].data, V[answer].data)
        wire.exchange(V["find"].data, V["find_failed"].data)


def test_sex_and_birth_come_from_the_number_when_not_given(start: StartBench) -> None:
    bench = start("id_reader")
    number = V["read_foreigner_answer"].fields["id_number"]
    bench.control.ask("id_reader", "place", kind="foreigner", english_name="A B", id_number=number)
    person = bench.control.ask("id_reader", "state")["state"]["person"]  # type: ignore[index]
    assert (person["sex"], person["birth"]) == ("1", "19800102")


def test_network_wire_speaks_the_same_frames_and_keeps_its_port(start: StartBench) -> None:
    bench = start("id_reader")
    place(bench, "read_permit_answer")
    with bench.wire("id_reader", "tcp") as wire:
        read_card(wire, "read_permit_answer")
        with bench.wire("id_reader") as cable:
            cable.exchange(V["find"].data, V["find_failed"].data)
    before = bench.path("id_reader", "tcp")
    bench.stop()
    assert start("id_reader").path("id_reader", "tcp") == before


@pytest.mark.parametrize("which", ["path", "tcp"])
def test_cut_drops_the_wire_the_command_came_on(start: StartBench, which: str) -> None:
    bench = start("id_reader")
    bench.control.ask("id_reader", "fault", kind="cut", on="sam_id")
    with bench.wire("id_reader", which) as wire:
        wire.write(V["sam_id"].data)
        assert wire.is_cut()
    with bench.wire("id_reader", which) as again:
        again.exchange(V["sam_id"].data, V["sam_id_answer"].data)


def test_power_lost_while_reading_leaves_a_card_that_can_be_read(start: StartBench) -> None:
    bench = start("id_reader")
    place(bench, "read_permit_answer")
    bench.control.ask("id_reader", "power", on=False)
    bench.control.ask("id_reader", "power", on=True)
    with bench.wire("id_reader") as wire:
        wire.exchange(V["select"].data, V["select_failed"].data)
        read_card(wire, "read_permit_answer")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "foreigner_old", "id_number": "1" * 18}, "this kind has 15 characters"),
        ({"kind": "permit", "name": "X", "id_number": "1" * 18, "pass_number": "1" * 10}, "9 char"),
        ({"name": "X", "id_number": "1" * 18, "fingerprint_bytes": 5}, "0, 512 or 1024"),
    ],
)
def test_card_that_cannot_be_printed_is_refused(
    start: StartBench, fields: dict[str, object], reason: str
) -> None:
    with pytest.raises(ControlError, match=reason):
        start("id_reader").control.ask("id_reader", "place", **fields)
