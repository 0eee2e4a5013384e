"""every foreign key and every state that is looked for has an index"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_admission_department_code", "admission", ["department_code"])
    op.create_index("ix_bill_person_id", "bill", ["person_id"])
    op.create_index("ix_bill_registration_id", "bill", ["registration_id"])
    op.create_index("ix_bill_state", "bill", ["state"])
    op.create_index("ix_bill_line_bill_id", "bill_line", ["bill_id"])
    op.create_index("ix_cash_box_technician", "cash_box", ["technician"])
    op.create_index("ix_change_due_person_id", "change_due", ["person_id"])
    op.create_index(
        "ix_commercial_claim_authorisation_id", "commercial_claim", ["authorisation_id"]
    )
    op.create_index("ix_credit_suspension_person_id", "credit_suspension", ["person_id"])
    op.create_index("ix_deferral_agreement_person_id", "deferral_agreement", ["person_id"])
    op.create_index("ix_deferral_bill_set_agreement_id", "deferral_bill_set", ["agreement_id"])
    op.create_index("ix_exam_appointment_person_id", "exam_appointment", ["person_id"])
    op.create_index("ix_exam_appointment_session_id", "exam_appointment", ["session_id"])
    op.create_index("ix_face_check_person_id", "face_check", ["person_id"])
    op.create_index("ix_give_up_bill_id", "give_up", ["bill_id"])
    op.create_index("ix_goods_sale_terminal_id", "goods_sale", ["terminal_id"])
    op.create_index("ix_goods_stock_item_code", "goods_stock", ["item_code"])
    op.create_index("ix_handover_to_id", "handover", ["to_id"])
    op.create_index("ix_hold_person_id", "hold", ["person_id"])
    op.create_index("ix_hold_state", "hold", ["state"])
    op.create_index("ix_insurance_batch_visit_id", "insurance_batch", ["visit_id"])
    op.create_index("ix_insurance_settlement_batch_id", "insurance_settlement", ["batch_id"])
    op.create_index("ix_ledger_entry_posting", "ledger_entry", ["posting"])
    op.create_index("ix_malicious_flag_person_id", "malicious_flag", ["person_id"])
    op.create_index("ix_operator_session_operator", "operator_session", ["operator"])
    op.create_index("ix_operator_session_terminal_id", "operator_session", ["terminal_id"])
    op.create_index("ix_refund_settlement_id", "refund", ["settlement_id"])
    op.create_index("ix_refund_state", "refund", ["state"])
    op.create_index("ix_refund_part_refund_id", "refund_part", ["refund_id"])
    op.create_index("ix_registration_person_id", "registration", ["person_id"])
    op.create_index("ix_registration_schedule_id", "registration", ["schedule_id"])
    op.create_index("ix_registration_state", "registration", ["state"])
    op.create_index("ix_schedule_department_code", "schedule", ["department_code"])
    op.create_index("ix_settlement_person_id", "settlement", ["person_id"])
    op.create_index("ix_settlement_state", "settlement", ["state"])
    op.create_index("ix_settlement_terminal_id", "settlement", ["terminal_id"])
    op.create_index("ix_shift_operator", "shift", ["operator"])
    op.create_index("ix_ticket_person_id", "ticket", ["person_id"])
    op.create_index("ix_person_phone", "person", ["phone"])
