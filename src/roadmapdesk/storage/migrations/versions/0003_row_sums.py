"""Check sums for the rows that had none: who worked, questionnaires' names, links of files, codes, pseudonyms.

A record of what the third released files look like; never edited. Every row gets the check sum of what it holds.
"""

from alembic import op

from roadmapdesk.storage.row_sums import sum_of

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = {
    "session": "id, started_at, ended_at, author, device, host, pid, program",
    "form": "sha, form_id, version, title, source, source_name, added_at",
    "external_list": "sha, name, added_at",
    "attachment_link": "interview_no, path, sha, name, mime, size, added_at",
    "code_block": 'device, first, last, "next"',
    "pseudonym": "kind, key, pseudonym",
}


def upgrade() -> None:
    """Adds the columns and fills them."""
    connection = op.get_bind()
    for table, columns in COLUMNS.items():
        op.execute(f"ALTER TABLE {table} ADD COLUMN digest TEXT DEFAULT '' NOT NULL")
        rows = connection.exec_driver_sql(f"SELECT rowid, {columns} FROM {table}").fetchall()  # noqa: S608 — constant names
        sums = [(sum_of(row[1:]), row[0]) for row in rows]
        if sums:
            statement = f"UPDATE {table} SET digest = ? WHERE rowid = ?"  # noqa: S608 — constant names
            connection.exec_driver_sql(statement, sums)
