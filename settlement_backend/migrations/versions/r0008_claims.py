"""commercial claims"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_claim_authorisation()
    _alter_claim_authorisation()
    _create_commercial_claim()
    _alter_commercial_claim()


def _create_claim_authorisation() -> None:
    op.create_table(
        "claim_authorisation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("given_at", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String(), nullable=False),
        sa.Column("policy_no", sa.String(), nullable=False),
        sa.Column("insurer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_claim_authorisation() -> None:
    with op.batch_alter_table("claim_authorisation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_claim_authorisation_person_id"), ["person_id"], unique=False
        )


def _create_commercial_claim() -> None:
    op.create_table(
        "commercial_claim",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("settlement_id", sa.String(), nullable=False),
        sa.Column("authorisation_id", sa.String(), nullable=False),
        sa.Column("policy_no", sa.String(), nullable=False),
        sa.Column("insurer", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("total_fen", sa.Integer(), nullable=False),
        sa.Column("own_fen", sa.Integer(), nullable=False),
        sa.Column("paid_fen", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("applied_at", sa.String(), nullable=False),
        sa.Column("decided_on", sa.String(), nullable=False),
        sa.Column("next_at", sa.String(), nullable=False),
        sa.CheckConstraint("paid_fen >= 0 and paid_fen <= total_fen"),
        sa.ForeignKeyConstraint(
            ["authorisation_id"],
            ["claim_authorisation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_commercial_claim() -> None:
    with op.batch_alter_table("commercial_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commercial_claim_next_at"), ["next_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_commercial_claim_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_commercial_claim_settlement_id"), ["settlement_id"], unique=False
        )
        batch_op.create_index(
            "one_fast_claim_per_settlement",
            ["settlement_id"],
            unique=True,
            sqlite_where=sa.text(
                "mode = 'FAST' AND state IN ('AUTHORISED', 'APPLIED', 'SUCCEEDED')"
            ),
            postgresql_where=sa.text(
                "mode = 'FAST' AND state IN ('AUTHORISED', 'APPLIED', 'SUCCEEDED')"
            ),
        )
