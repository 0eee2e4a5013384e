"""invoices and their sheets"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_invoice_sheet()
    _alter_invoice_sheet()
    _create_slip_print()
    _alter_slip_print()
    _create_invoice()
    _alter_invoice()
    _alter_slip()


def _create_invoice_sheet() -> None:
    op.create_table(
        "invoice_sheet",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("invoice_id", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("place_code", sa.String(), nullable=False),
        sa.Column("paper_batch_code", sa.String(), nullable=False),
        sa.Column("paper_no", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String(), nullable=False),
        sa.Column("printed_at", sa.String(), nullable=False),
        sa.Column("returned_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_invoice_sheet() -> None:
    with op.batch_alter_table("invoice_sheet", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invoice_sheet_printed_at"), ["printed_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_invoice_sheet_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_invoice_sheet_terminal_id"), ["terminal_id"], unique=False
        )
        batch_op.create_index(
            "one_sheet_counts",
            ["invoice_id"],
            unique=True,
            sqlite_where=sa.text(
                "invoice_id != '' AND state IN ('TURNING', 'PRINTING', 'PRINTED', 'UNCERTAIN', 'RETURNING')"
            ),
            postgresql_where=sa.text(
                "invoice_id != '' AND state IN ('TURNING', 'PRINTING', 'PRINTED', 'UNCERTAIN', 'RETURNING')"
            ),
        )
        batch_op.create_index("sheets_of_invoice", ["invoice_id"], unique=False)


def _create_slip_print() -> None:
    op.create_table(
        "slip_print",
        sa.Column("slip_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["slip_id"],
            ["slip.id"],
        ),
        sa.PrimaryKeyConstraint("slip_id", "number"),
    )


def _alter_slip_print() -> None:
    with op.batch_alter_table("slip_print", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slip_print_at"), ["at"], unique=False)


def _create_invoice() -> None:
    op.create_table(
        "invoice",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("settlement_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("total_fen", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.String(), nullable=False),
        sa.Column("bill_batch_code", sa.String(), nullable=False),
        sa.Column("bill_no", sa.String(), nullable=False),
        sa.Column("check_code", sa.String(), nullable=False),
        sa.Column("issued_at", sa.String(), nullable=False),
        sa.Column("bill_qr", sa.String(), nullable=False),
        sa.Column("flush_for", sa.String(), nullable=False),
        sa.Column("flush_asked_at", sa.String(), nullable=False),
        sa.Column("scarlet_batch_code", sa.String(), nullable=False),
        sa.Column("scarlet_no", sa.String(), nullable=False),
        sa.Column("next_at", sa.String(), nullable=False),
        sa.Column("decide_at", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.CheckConstraint("total_fen >= 0"),
        sa.ForeignKeyConstraint(
            ["settlement_id"],
            ["settlement.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_invoice() -> None:
    with op.batch_alter_table("invoice", schema=None) as batch_op:
        batch_op.create_index("invoice_by_number", ["bill_batch_code", "bill_no"], unique=False)
        batch_op.create_index("invoice_of_settlement", ["settlement_id", "place"], unique=True)
        batch_op.create_index(
            "invoice_to_do",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at != ''"),
            postgresql_where=sa.text("next_at != ''"),
        )
        batch_op.create_index(
            "invoice_to_flush",
            ["state"],
            unique=False,
            sqlite_where=sa.text("flush_for != ''"),
            postgresql_where=sa.text("flush_for != ''"),
        )


def _alter_slip() -> None:
    with op.batch_alter_table("slip", schema=None) as batch_op:
        batch_op.add_column(sa.Column("prints", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index(batch_op.f("ix_slip_person_id"), ["person_id"], unique=False)
