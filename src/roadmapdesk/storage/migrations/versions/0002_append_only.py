"""The file itself refuses to change what was recorded: audit trail, revisions and tombstones.

A record of what the second released files look like; never edited. No row is touched.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
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


def upgrade() -> None:
    """Adds the guards."""
    for statement in STATEMENTS:
        op.execute(statement)
