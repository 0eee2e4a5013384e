"""tenders, holds, agreements"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_agreement()
    _alter_agreement()
    _create_reauthorisation()
    _alter_reauthorisation()
    _alter_hold()
    _alter_settlement()
    _alter_tender()


def _create_agreement() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("payer_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("agreement_no", sa.String(), nullable=False),
        sa.Column("acquirer", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("risk_bearer", sa.String(), nullable=False),
        sa.Column("code_url", sa.String(), nullable=False),
        sa.Column("limit_fen", sa.Integer(), nullable=False),
        sa.Column("used_on", sa.String(), nullable=False),
        sa.Column("used_fen", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.String(), nullable=False),
        sa.Column("signed_at", sa.String(), nullable=False),
        sa.Column("cancelled_at", sa.String(), nullable=False),
        sa.CheckConstraint("used_fen >= 0"),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_agreement() -> None:
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_agreement_no"), ["agreement_no"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_agreement_person_id"), ["person_id"], unique=False)


def _create_reauthorisation() -> None:
    op.create_table(
        "reauthorisation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("old_hold_id", sa.String(), nullable=False),
        sa.Column("new_hold_id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("next_at", sa.String(), nullable=False),
        sa.Column("decide_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference"),
    )


def _alter_reauthorisation() -> None:
    with op.batch_alter_table("reauthorisation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reauthorisation_old_hold_id"), ["old_hold_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reauthorisation_state"), ["state"], unique=False)


def _alter_hold() -> None:
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.add_column(sa.Column("over_fen", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("terminal_id", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("acquirer", sa.String(), server_default="", nullable=False))


def _alter_settlement() -> None:
    with op.batch_alter_table("settlement", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("kind", sa.String(), server_default="OUTPATIENT", nullable=False)
        )
        batch_op.add_column(
            sa.Column("mutual_fen", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("hospital_fen", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("remote_until", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("suspended_in", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("relation_id", sa.String(), server_default="", nullable=False)
        )
        batch_op.create_index(batch_op.f("ix_settlement_settled_at"), ["settled_at"], unique=False)


def _alter_tender() -> None:
    with op.batch_alter_table("tender", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_at", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("payer_id", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("payer", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("acquirer", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("agreement_no", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("terminal_id", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("reserved_on", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("word", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("code_url", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("handed_fen", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("change_fen", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("rounding_fen", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("confirmed", sa.Boolean(), server_default="0", nullable=False)
        )
        batch_op.create_index(
            batch_op.f("ix_tender_settlement_id"), ["settlement_id"], unique=False
        )
