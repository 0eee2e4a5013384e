"""bills and goods"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_goods_stock()
    _create_give_up()
    _create_goods_sale()
    _alter_bill()
    _alter_bill_line()


def _create_goods_stock() -> None:
    op.create_table(
        "goods_stock",
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.CheckConstraint("pieces >= 0"),
        sa.ForeignKeyConstraint(
            ["item_code"],
            ["item.code"],
        ),
        sa.ForeignKeyConstraint(
            ["terminal_id"],
            ["terminal.id"],
        ),
        sa.PrimaryKeyConstraint("terminal_id", "item_code"),
    )


def _create_give_up() -> None:
    op.create_table(
        "give_up",
        sa.Column("slip_id", sa.String(), nullable=False),
        sa.Column("bill_id", sa.String(), nullable=False),
        sa.Column("line_ids", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bill_id"],
            ["bill.id"],
        ),
        sa.PrimaryKeyConstraint("slip_id"),
    )


def _create_goods_sale() -> None:
    op.create_table(
        "goods_sale",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("bill_id", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bill_id"],
            ["bill.id"],
        ),
        sa.ForeignKeyConstraint(
            ["terminal_id"],
            ["terminal.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("bill_id"),
    )


def _alter_bill() -> None:
    with op.batch_alter_table("bill", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("department_code", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("admission_id", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("exclusion", sa.String(), server_default="", nullable=False))
        batch_op.create_index(batch_op.f("ix_bill_admission_id"), ["admission_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bill_settlement_id"), ["settlement_id"], unique=False)


def _alter_bill_line() -> None:
    with op.batch_alter_table("bill_line", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("unit_price_rest_micro", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("quantity_rest_e4", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("item_code", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("charged_on", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("executed_at", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("executed_by", sa.String(), server_default="", nullable=False)
        )
