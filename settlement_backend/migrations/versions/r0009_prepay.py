"""prepayment, refunds, clean-out"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_payout()
    _alter_payout()
    _create_payout_batch()
    _create_clean_out()
    _alter_clean_out()
    _create_ledgered_balance()
    _alter_ledgered_balance()
    _create_prepay_account()
    _create_prepay_lot()
    _alter_prepay_lot()
    _create_change_due()
    _create_clean_out_part()
    _alter_clean_out_part()
    _alter_refund()
    _alter_refund_part()


def _create_payout() -> None:
    op.create_table(
        "payout",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("of_kind", sa.String(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("part_id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("payee_name", sa.String(), nullable=False),
        sa.Column("account_no", sa.String(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("batch_no", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("paid_at", sa.String(), nullable=False),
        sa.CheckConstraint("amount_fen > 0"),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_payout() -> None:
    with op.batch_alter_table("payout", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payout_batch_no"), ["batch_no"], unique=False)
        batch_op.create_index(batch_op.f("ix_payout_of"), ["of"], unique=False)


def _create_payout_batch() -> None:
    op.create_table(
        "payout_batch",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("next_at", sa.String(), nullable=False),
        sa.Column("decide_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _create_clean_out() -> None:
    op.create_table(
        "clean_out",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("reviewed_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("warned", sa.Boolean(), nullable=False),
        sa.Column("face_check_id", sa.String(), nullable=False),
        sa.Column("payee_name", sa.String(), nullable=False),
        sa.Column("payee_account", sa.String(), nullable=False),
        sa.Column("payee_bank", sa.String(), nullable=False),
        sa.Column("slip_id", sa.String(), nullable=False),
        sa.Column("next_at", sa.String(), nullable=False),
        sa.Column("decide_at", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_clean_out() -> None:
    with op.batch_alter_table("clean_out", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clean_out_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clean_out_state"), ["state"], unique=False)


def _create_ledgered_balance() -> None:
    op.create_table(
        "ledgered_balance",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("lot_id", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("claimed_at", sa.String(), nullable=False),
        sa.CheckConstraint("amount_fen > 0"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_ledgered_balance() -> None:
    with op.batch_alter_table("ledgered_balance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ledgered_balance_person_id"), ["person_id"], unique=False
        )


def _create_prepay_account() -> None:
    op.create_table(
        "prepay_account",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("balance_fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("moved_at", sa.String(), nullable=False),
        sa.CheckConstraint("balance_fen >= 0"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("person_id"),
    )


def _create_prepay_lot() -> None:
    op.create_table(
        "prepay_lot",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("left_fen", sa.Integer(), nullable=False),
        sa.Column("returned_fen", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("acquirer", sa.String(), nullable=False),
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.CheckConstraint("left_fen + returned_fen <= amount_fen"),
        sa.CheckConstraint("left_fen >= 0 and returned_fen >= 0"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_prepay_lot() -> None:
    with op.batch_alter_table("prepay_lot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prepay_lot_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "one_top_up_per_order",
            ["acquirer", "order_no"],
            unique=True,
            sqlite_where=sa.text("order_no != ''"),
            postgresql_where=sa.text("order_no != ''"),
        )


def _create_change_due() -> None:
    op.create_table(
        "change_due",
        sa.Column("settlement_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("slip_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("paid_at", sa.String(), nullable=False),
        sa.Column("paid_by", sa.String(), nullable=False),
        sa.Column("paid_terminal_id", sa.String(), nullable=False),
        sa.CheckConstraint("amount_fen > 0"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["settlement_id"],
            ["settlement.id"],
        ),
        sa.PrimaryKeyConstraint("settlement_id"),
        sa.UniqueConstraint("slip_id"),
    )


def _create_clean_out_part() -> None:
    op.create_table(
        "clean_out_part",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("clean_out_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clean_out_id"],
            ["clean_out.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_clean_out_part() -> None:
    with op.batch_alter_table("clean_out_part", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clean_out_part_clean_out_id"), ["clean_out_id"], unique=False
        )


def _alter_refund() -> None:
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("channel", sa.String(), server_default="window", nullable=False)
        )
        batch_op.add_column(
            sa.Column("amount_fen", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("next_at", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("decide_at", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("new_mutual_fen", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("new_hospital_fen", sa.Integer(), server_default="0", nullable=False)
        )


def _alter_refund_part() -> None:
    with op.batch_alter_table("refund_part", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("rule_id", sa.String(), server_default="RF-ORIGINAL", nullable=False)
        )
        batch_op.add_column(sa.Column("payer", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("payee_name", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("payee_account", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("payee_bank", sa.String(), server_default="", nullable=False))
