"""visits, exams, stays"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_exam_session()
    _alter_exam_session()
    _create_admission()
    _alter_admission()
    _create_exam_appointment()
    _alter_exam_appointment()
    _create_ticket()
    _alter_ticket()
    _create_signed_sheet()
    _create_report()
    _alter_report()
    _create_report_row()
    _alter_item()
    _alter_registration()
    _alter_schedule()


def _create_exam_session() -> None:
    op.create_table(
        "exam_session",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("exam_kind", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("starts_at", sa.String(), nullable=False),
        sa.Column("ends_at", sa.String(), nullable=False),
        sa.Column("place_zh", sa.String(), nullable=False),
        sa.Column("place_en", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("numbers_given", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken <= capacity"),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_exam_session() -> None:
    with op.batch_alter_table("exam_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exam_session_exam_kind"), ["exam_kind"], unique=False)


def _create_admission() -> None:
    op.create_table(
        "admission",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("registration_id", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("doctor_zh", sa.String(), nullable=False),
        sa.Column("doctor_en", sa.String(), nullable=False),
        sa.Column("ward_zh", sa.String(), nullable=False),
        sa.Column("ward_en", sa.String(), nullable=False),
        sa.Column("bed", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("requested_at", sa.String(), nullable=False),
        sa.Column("admitted_at", sa.String(), nullable=False),
        sa.Column("admitted_by", sa.String(), nullable=False),
        sa.Column("noticed_at", sa.String(), nullable=False),
        sa.Column("settled_at", sa.String(), nullable=False),
        sa.Column("slip_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_code"],
            ["department.code"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_admission() -> None:
    with op.batch_alter_table("admission", schema=None) as batch_op:
        batch_op.create_index(
            "one_open_admission_per_person",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('REQUESTED', 'ADMITTED', 'NOTICED')"),
            postgresql_where=sa.text("state IN ('REQUESTED', 'ADMITTED', 'NOTICED')"),
        )


def _create_exam_appointment() -> None:
    op.create_table(
        "exam_appointment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("slip_id", sa.String(), nullable=False),
        sa.Column("booked_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["exam_session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_exam_appointment() -> None:
    with op.batch_alter_table("exam_appointment", schema=None) as batch_op:
        batch_op.create_index(
            "one_appointment_per_line",
            ["line_id"],
            unique=True,
            sqlite_where=sa.text("state != 'CANCELLED'"),
            postgresql_where=sa.text("state != 'CANCELLED'"),
        )


def _create_ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("checked_in_at", sa.String(), nullable=False),
        sa.Column("called_at", sa.String(), nullable=False),
        sa.Column("place_zh", sa.String(), nullable=False),
        sa.Column("place_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _alter_ticket() -> None:
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_queue"), ["queue"], unique=False)
        batch_op.create_index(
            "one_ticket_at_a_time",
            ["about"],
            unique=True,
            sqlite_where=sa.text("state IN ('WAITING', 'CALLED')"),
            postgresql_where=sa.text("state IN ('WAITING', 'CALLED')"),
        )


def _create_signed_sheet() -> None:
    op.create_table(
        "signed_sheet",
        sa.Column("settlement_id", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("image_sha256", sa.String(), nullable=False),
        sa.Column("terminal_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["settlement_id"],
            ["settlement.id"],
        ),
        sa.PrimaryKeyConstraint("settlement_id"),
    )


def _create_report() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("ready_at", sa.String(), nullable=False),
        sa.Column("prints", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["bill_line.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("line_id"),
    )


def _alter_report() -> None:
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_person_id"), ["person_id"], unique=False)


def _create_report_row() -> None:
    op.create_table(
        "report_row",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("flag", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
        ),
        sa.PrimaryKeyConstraint("report_id", "place"),
    )


def _alter_item() -> None:
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("price_rest_micro", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("kind", sa.String(), server_default="SERVICE", nullable=False)
        )
        batch_op.add_column(sa.Column("exam_kind", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("place_zh", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("place_en", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("preparation_zh", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("preparation_en", sa.String(), server_default="", nullable=False)
        )


def _alter_registration() -> None:
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("scene", sa.String(), server_default="OUTPATIENT", nullable=False)
        )
        batch_op.add_column(sa.Column("liability", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("ended_at", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("booked_at", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("booked_by", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("confirmed_at", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("slip_id", sa.String(), server_default="", nullable=False))


def _alter_schedule() -> None:
    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.add_column(sa.Column("half", sa.String(), server_default="DAY", nullable=False))
        batch_op.add_column(
            sa.Column("ends_at", sa.String(), server_default="24:00", nullable=False)
        )
