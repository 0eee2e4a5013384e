"""daily close, cases, notices"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_bank_credit()
    _alter_bank_credit()
    _create_channel_file()
    _create_channel_row()
    _create_enquiry()
    _alter_enquiry()
    _create_insurance_day()
    _create_notice()
    _alter_notice()
    _create_reconciliation_day()
    _create_reconciliation_line()
    _alter_reconciliation_line()
    _create_terminal_total()
    _alter_open_case()


def _create_bank_credit() -> None:
    op.create_table(
        "bank_credit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_bank_credit() -> None:
    with op.batch_alter_table("bank_credit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_credit_day"), ["day"], unique=False)


def _create_channel_file() -> None:
    op.create_table(
        "channel_file",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("in_fen", sa.BigInteger(), nullable=False),
        sa.Column("out_fen", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", "bank", "channel"),
    )


def _create_channel_row() -> None:
    op.create_table(
        "channel_row",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", "bank", "channel", "place"),
    )


def _create_enquiry() -> None:
    op.create_table(
        "enquiry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("due_at", sa.String(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_enquiry() -> None:
    with op.batch_alter_table("enquiry", schema=None) as batch_op:
        batch_op.create_index("enquiries_by_state", ["state", "due_at"], unique=False)


def _create_insurance_day() -> None:
    op.create_table(
        "insurance_day",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("our_count", sa.Integer(), nullable=False),
        sa.Column("our_fen", sa.BigInteger(), nullable=False),
        sa.Column("their_count", sa.Integer(), nullable=False),
        sa.Column("their_fen", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )


def _create_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("next_at", sa.String(), nullable=False),
        sa.Column("sent_at", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_notice() -> None:
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_person_id"), ["person_id"], unique=False)
        batch_op.create_index("notices_on_their_way", ["state", "next_at"], unique=False)


def _create_reconciliation_day() -> None:
    op.create_table(
        "reconciliation_day",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ran_at", sa.String(), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )


def _create_reconciliation_line() -> None:
    op.create_table(
        "reconciliation_line",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("our_fen", sa.BigInteger(), nullable=False),
        sa.Column("their_fen", sa.BigInteger(), nullable=False),
        sa.Column("our_day", sa.String(), nullable=False),
        sa.Column("their_day", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("campus", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("correction", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_reconciliation_line() -> None:
    with op.batch_alter_table("reconciliation_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reconciliation_line_day"), ["day"], unique=False)
        batch_op.create_index("lines_by_verdict", ["verdict", "day"], unique=False)


def _create_terminal_total() -> None:
    op.create_table(
        "terminal_total",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("taken_fen", sa.BigInteger(), nullable=False),
        sa.Column("given_fen", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", "terminal_id", "kind"),
    )


def _alter_open_case() -> None:
    with op.batch_alter_table("open_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opened_at", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("outcome", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("resolved_at", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("resolved_by", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("second_by", sa.String(), server_default="", nullable=False))
        batch_op.create_index("cases_by_state", ["state", "due_at"], unique=False)
        batch_op.create_index("cases_of_person", ["person_id"], unique=False)
