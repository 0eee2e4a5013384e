"""Bank POS on MIS-TLV (docs/protocols/mis_tlv.md)."""
