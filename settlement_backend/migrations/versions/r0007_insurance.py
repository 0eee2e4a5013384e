"""the national interface"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_fund_claim()
    _alter_fund_claim()
    _create_insurance_message()
    _create_insurance_sequence()
    _create_insurance_sign_on()
    _create_insurance_visit()
    _create_insured_person()
    _alter_insured_person()
    _create_insurance_batch()
    _alter_insurance_batch()
    _create_remote_referral()
    _alter_remote_referral()
    _create_insurance_settlement()
    _alter_insurance_settlement()
    _create_insurance_fund_part()


def _create_fund_claim() -> None:
    op.create_table(
        "fund_claim",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("clr_type", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("settlements", sa.Integer(), nullable=False),
        sa.Column("total_fen", sa.Integer(), nullable=False),
        sa.Column("fund_fen", sa.Integer(), nullable=False),
        sa.Column("account_pay_fen", sa.Integer(), nullable=False),
        sa.Column("cash_fen", sa.Integer(), nullable=False),
        sa.Column("application_no", sa.String(), nullable=False),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_fund_claim() -> None:
    with op.batch_alter_table("fund_claim", schema=None) as batch_op:
        batch_op.create_index(
            "one_fund_claim_stands",
            ["month", "clr_type"],
            unique=True,
            sqlite_where=sa.text("state IN ('ASKED', 'APPLIED')"),
            postgresql_where=sa.text("state IN ('ASKED', 'APPLIED')"),
        )


def _create_insurance_message() -> None:
    op.create_table(
        "insurance_message",
        sa.Column("msgid", sa.String(), nullable=False),
        sa.Column("infno", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("psn_no", sa.String(), nullable=False),
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("opter_type", sa.String(), nullable=False),
        sa.Column("opter", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("refmsgid", sa.String(), nullable=False),
        sa.Column("asked_at", sa.String(), nullable=False),
        sa.Column("heard_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("msgid"),
        sa.UniqueConstraint("infno", "number"),
    )


def _create_insurance_sequence() -> None:
    op.create_table(
        "insurance_sequence",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _create_insurance_sign_on() -> None:
    op.create_table(
        "insurance_sign_on",
        sa.Column("opter", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("sign_no", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("opter"),
    )


def _create_insurance_visit() -> None:
    op.create_table(
        "insurance_visit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("psn_no", sa.String(), nullable=False),
        sa.Column("insutype", sa.String(), nullable=False),
        sa.Column("med_type", sa.String(), nullable=False),
        sa.Column("disease_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("doctor", sa.String(), nullable=False),
        sa.Column("bed", sa.String(), nullable=False),
        sa.Column("mdtrt_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _create_insured_person() -> None:
    op.create_table(
        "insured_person",
        sa.Column("psn_no", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("insutype", sa.String(), nullable=False),
        sa.Column("psn_type", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("asked_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("psn_no"),
    )


def _alter_insured_person() -> None:
    with op.batch_alter_table("insured_person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_insured_person_id_number"), ["id_number"], unique=False
        )


def _create_insurance_batch() -> None:
    op.create_table(
        "insurance_batch",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("total_fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("own_expense_fen", sa.Integer(), nullable=True),
        sa.Column("over_limit_fen", sa.Integer(), nullable=True),
        sa.Column("pay_first_fen", sa.Integer(), nullable=True),
        sa.Column("in_scope_fen", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["insurance_visit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("of", "content", "generation"),
    )


def _alter_insurance_batch() -> None:
    with op.batch_alter_table("insurance_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_insurance_batch_of"), ["of"], unique=False)


def _create_remote_referral() -> None:
    op.create_table(
        "remote_referral",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("slip_no", sa.String(), nullable=False),
        sa.Column("from_region", sa.String(), nullable=False),
        sa.Column("valid_from", sa.String(), nullable=False),
        sa.Column("valid_to", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("bound_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("from_region", "slip_no"),
    )


def _alter_remote_referral() -> None:
    with op.batch_alter_table("remote_referral", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_remote_referral_person_id"), ["person_id"], unique=False
        )


def _create_insurance_settlement() -> None:
    op.create_table(
        "insurance_settlement",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("setl_id", sa.String(), nullable=False),
        sa.Column("psn_no", sa.String(), nullable=False),
        sa.Column("mdtrt_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("insutype", sa.String(), nullable=False),
        sa.Column("med_type", sa.String(), nullable=False),
        sa.Column("clr_type", sa.String(), nullable=False),
        sa.Column("clr_way", sa.String(), nullable=False),
        sa.Column("total_fen", sa.Integer(), nullable=False),
        sa.Column("fund_fen", sa.Integer(), nullable=False),
        sa.Column("account_fen", sa.Integer(), nullable=False),
        sa.Column("mutual_fen", sa.Integer(), nullable=False),
        sa.Column("hospital_fen", sa.Integer(), nullable=False),
        sa.Column("cash_fen", sa.Integer(), nullable=False),
        sa.Column("account_pay_fen", sa.Integer(), nullable=False),
        sa.Column("own_expense_fen", sa.Integer(), nullable=False),
        sa.Column("over_limit_fen", sa.Integer(), nullable=False),
        sa.Column("pay_first_fen", sa.Integer(), nullable=False),
        sa.Column("in_scope_fen", sa.Integer(), nullable=False),
        sa.Column("deductible_fen", sa.Integer(), nullable=False),
        sa.Column("balance_fen", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.String(), nullable=False),
        sa.Column("settled_on", sa.String(), nullable=False),
        sa.Column("reversed_on", sa.String(), nullable=False),
        sa.CheckConstraint(
            "fund_fen + account_fen + mutual_fen + hospital_fen + cash_fen = total_fen"
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["insurance_batch.id"],
        ),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("setl_id"),
    )


def _alter_insurance_settlement() -> None:
    with op.batch_alter_table("insurance_settlement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_insurance_settlement_of"), ["of"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_insurance_settlement_settled_on"), ["settled_on"], unique=False
        )


def _create_insurance_fund_part() -> None:
    op.create_table(
        "insurance_fund_part",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"],
            ["insurance_settlement.number"],
        ),
        sa.PrimaryKeyConstraint("number", "kind"),
    )
