"""The tables of ``project.sqlite`` and ``media.sqlite``: the current schema, which the migrations lead to."""

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from roadmapdesk.storage.file_format import MEDIA_APPLICATION_ID, PROJECT_APPLICATION_ID, SCHEMA_VERSION

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
project_tables = sa.MetaData(naming_convention=_NAMING)
media_tables = sa.MetaData(naming_convention=_NAMING)


def _text(name: str, *rest: sa.schema.SchemaItem, nullable: bool = False, key: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, *rest, nullable=nullable, primary_key=key)


def _count(name: str, *rest: sa.schema.SchemaItem, nullable: bool = False, key: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, *rest, nullable=nullable, primary_key=key)


def _row_sum() -> "sa.Column[str]":
    """A check sum that earlier versions of the table had not, hence with a default (see `row_sums`)."""
    return sa.Column("digest", sa.Text, nullable=False, server_default="")


def _of_interview(*, key: bool = False) -> "sa.Column[int]":
    return _count("interview_no", sa.ForeignKey("interview.no", ondelete="CASCADE"), key=key)


alembic_version = sa.Table("alembic_version", project_tables, _text("version_num", key=True))
setting = sa.Table("setting", project_tables, _text("key", key=True), _text("value"), _text("digest"))
session = sa.Table(
    "session",
    project_tables,
    _count("id", key=True),
    _text("started_at"),
    _text("ended_at", nullable=True),
    _text("author"),
    _text("device"),
    _text("host"),
    _count("pid"),
    _text("program"),
    _row_sum(),
    sqlite_autoincrement=True,
)
form = sa.Table(
    "form",
    project_tables,
    _text("sha", key=True),
    _text("form_id"),
    _text("version"),
    _text("title"),
    sa.Column("xml", sa.LargeBinary, nullable=False),
    _text("extra"),
    sa.Column("source", sa.LargeBinary, nullable=False),
    _text("source_name"),
    _text("added_at"),
    _row_sum(),
)
external_list = sa.Table(
    "external_list",
    project_tables,
    _text("sha", key=True),
    _text("name"),
    sa.Column("content", sa.LargeBinary, nullable=False),
    _text("added_at"),
    _row_sum(),
)
register = sa.Table(
    "register",
    project_tables,
    _text("kind", key=True),
    _text("key", key=True),
    _text("name_key"),
    _count("position"),
    _text("record"),
    _text("revision"),
    _text("updated_at"),
    _text("digest"),
    sa.Index("ix_register_name", "kind", "name_key"),
)
interview = sa.Table(
    "interview",
    project_tables,
    _count("no", key=True),
    _text("id"),
    _text("code"),
    _text("state"),
    _text("form_sha", sa.ForeignKey("form.sha")),
    _text("actor_key"),
    _text("wave"),
    _text("interviewer"),
    _text("conducted_on"),
    _count("answered"),
    _count("total"),
    _text("details"),
    _text("created_at"),
    _text("updated_at"),
    _text("digest"),
    sa.UniqueConstraint("id"),
    sa.Index("ix_interview_code", "code"),
    sa.Index("ix_interview_state", "state", "wave"),
    sqlite_autoincrement=True,
)
draft = sa.Table(
    "draft",
    project_tables,
    _of_interview(key=True),
    _text("form_sha", sa.ForeignKey("form.sha")),
    _text("lists"),
    _text("position"),
    _count("sequence"),
    _text("updated_at"),
    _text("base"),
    _count("answers"),
    _text("total"),
    _text("digest"),
)
draft_answer = sa.Table(
    "draft_answer",
    project_tables,
    _of_interview(key=True),
    _text("path", key=True),
    _text("text"),
    sqlite_with_rowid=False,
)
question = sa.Table(
    "question",
    project_tables,
    _count("id", key=True),
    _text("template"),
    _text("name"),
    sa.UniqueConstraint("template"),
    sa.Index("ix_question_name", "name"),
)
answer = sa.Table(
    "answer",
    project_tables,
    _count("question_id", sa.ForeignKey("question.id"), key=True),
    _of_interview(key=True),
    _text("keys", key=True),
    _text("text"),
    sa.Column("number", sa.Float),
    _text("day", nullable=True),
    sqlite_with_rowid=False,
)
audit = sa.Table(
    "audit",
    project_tables,
    _count("id", key=True),
    _count("session_id", sa.ForeignKey("session.id")),
    _count("interview_no", nullable=True),
    _count("sequence"),
    _text("event"),
    _text("path"),
    _text("old_text", nullable=True),
    _text("new_text", nullable=True),
    _text("reason"),
    _text("at"),
    _count("elapsed_ms"),
    _text("digest"),
    sa.Index("ix_audit_interview", "interview_no", "sequence"),
    sqlite_autoincrement=True,
)
revision = sa.Table(
    "revision",
    project_tables,
    _text("sha", key=True),
    _text("entity_kind"),
    _text("entity_id"),
    _text("kind"),
    _text("created_at"),
    _text("device"),
    _count("device_sequence"),
    _text("document"),
    sa.Index("ix_revision_entity", "entity_kind", "entity_id"),
    sa.Index("ix_revision_device", "device", "device_sequence"),
)
revision_parent = sa.Table(
    "revision_parent",
    project_tables,
    _text("child", sa.ForeignKey("revision.sha", ondelete="CASCADE"), key=True),
    _text("parent", key=True),
    sa.Index("ix_revision_parent_parent", "parent"),
    sqlite_with_rowid=False,
)
note = sa.Table(
    "note",
    project_tables,
    _of_interview(key=True),
    _text("path", key=True),
    _text("text"),
    _text("author"),
    _text("updated_at"),
    _text("digest"),
)
attachment_link = sa.Table(
    "attachment_link",
    project_tables,
    _of_interview(key=True),
    _text("path", key=True),
    _text("sha", key=True),
    _text("name"),
    _text("mime"),
    _count("size"),
    _text("added_at"),
    _row_sum(),
    sa.Index("ix_attachment_link_sha", "sha"),
)
tombstone = sa.Table(
    "tombstone",
    project_tables,
    _text("kind", key=True),
    _text("entity_hash", key=True),
    _text("reason"),
    _text("author"),
    _text("at"),
    _text("digest"),
)
export_log = sa.Table(
    "export_log",
    project_tables,
    _count("id", key=True),
    _text("at"),
    _text("author"),
    _text("kind"),
    _text("level"),
    _text("language"),
    _text("target"),
    _text("sha"),
    _text("interviews"),
    _text("details"),
    _text("digest"),
    sqlite_autoincrement=True,
)
code_block = sa.Table(
    "code_block",
    project_tables,
    _text("device", key=True),
    _count("first", key=True),
    _count("last"),
    _count("next"),
    _row_sum(),
)
pseudonym = sa.Table(
    "pseudonym",
    project_tables,
    _text("kind", key=True),
    _text("key", key=True),
    _text("pseudonym"),
    _row_sum(),
    sa.UniqueConstraint("kind", "pseudonym", name="uq_pseudonym_kind_pseudonym"),
)

GUARDS = (
    "CREATE TRIGGER audit_keeps_rows BEFORE UPDATE ON audit"
    " BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
    "CREATE TRIGGER audit_keeps_history BEFORE DELETE ON audit"
    " WHEN OLD.interview_no IS NULL OR EXISTS (SELECT 1 FROM interview WHERE no = OLD.interview_no)"
    " BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
    "CREATE TRIGGER revision_keeps_rows BEFORE UPDATE ON revision"
    " BEGIN SELECT RAISE(ABORT, 'revisions are immutable'); END",
    "CREATE TRIGGER tombstone_keeps_rows BEFORE UPDATE ON tombstone"
    " BEGIN SELECT RAISE(ABORT, 'tombstones are immutable'); END",
    "CREATE TRIGGER tombstone_stays BEFORE DELETE ON tombstone"
    " BEGIN SELECT RAISE(ABORT, 'tombstones are immutable'); END",
)
"""What was recorded cannot be changed by any statement; only an interview that is erased takes its events along."""

attachment = sa.Table(
    "attachment",
    media_tables,
    _text("sha", key=True),
    _text("mime"),
    _count("size"),
    sa.Column("body", sa.LargeBinary, nullable=False),
    _text("added_at"),
)
arrival = sa.Table(
    "arrival",
    media_tables,
    _text("sha", key=True),
    _text("interview_id", key=True),
    _text("path", key=True),
    _text("name"),
    _text("mime"),
    _text("at"),
    _row_sum(),
)
recording = sa.Table(
    "recording",
    media_tables,
    _text("id", key=True),
    _text("interview_id"),
    _text("path"),
    _count("rate"),
    _text("started_at"),
    _row_sum(),
)
recording_part = sa.Table(
    "recording_part",
    media_tables,
    _text("recording", key=True),
    _count("number", key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
    _text("sha"),
)


def statements(application_id: int) -> list[str]:
    """What makes a new file of this application id, statement by statement."""
    metadata = {PROJECT_APPLICATION_ID: project_tables, MEDIA_APPLICATION_ID: media_tables}[application_id]
    found = []
    for table in metadata.sorted_tables:
        found.append(_sql(sa.schema.CreateTable(table)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        found += [_sql(sa.schema.CreateIndex(index)) for index in indexes]
    if metadata is project_tables:
        found += [*GUARDS, f"INSERT INTO alembic_version VALUES ('{SCHEMA_VERSION}')"]  # noqa: S608 — a constant
    return found


def creation(name: str) -> str:
    """The statement that makes one table of a file with attachments."""
    return _sql(sa.schema.CreateTable(media_tables.tables[name]))


def _sql(element: sa.schema.ExecutableDDLElement) -> str:
    return str(element.compile(dialect=sqlite.dialect()))
