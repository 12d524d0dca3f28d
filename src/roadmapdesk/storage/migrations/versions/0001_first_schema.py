"""First schema.

A record of what the first released files look like; never edited.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE code_block (
        device TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        next INTEGER NOT NULL,
        CONSTRAINT pk_code_block PRIMARY KEY (device, first)
)""",
    """CREATE TABLE export_log (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        author TEXT NOT NULL,
        kind TEXT NOT NULL,
        level TEXT NOT NULL,
        language TEXT NOT NULL,
        target TEXT NOT NULL,
        sha TEXT NOT NULL,
        interviews TEXT NOT NULL,
        details TEXT NOT NULL,
        digest TEXT NOT NULL
)""",
    """CREATE TABLE external_list (
        sha TEXT NOT NULL,
        name TEXT NOT NULL,
        content BLOB NOT NULL,
        added_at TEXT NOT NULL,
        CONSTRAINT pk_external_list PRIMARY KEY (sha)
)""",
    """CREATE TABLE form (
        sha TEXT NOT NULL,
        form_id TEXT NOT NULL,
        version TEXT NOT NULL,
        title TEXT NOT NULL,
        xml BLOB NOT NULL,
        extra TEXT NOT NULL,
        source BLOB NOT NULL,
        source_name TEXT NOT NULL,
        added_at TEXT NOT NULL,
        CONSTRAINT pk_form PRIMARY KEY (sha)
)""",
    """CREATE TABLE pseudonym (
        kind TEXT NOT NULL,
        "key" TEXT NOT NULL,
        pseudonym TEXT NOT NULL,
        CONSTRAINT pk_pseudonym PRIMARY KEY (kind, "key"),
        CONSTRAINT uq_pseudonym_kind_pseudonym UNIQUE (kind, pseudonym)
)""",
    """CREATE TABLE question (
        id INTEGER NOT NULL,
        template TEXT NOT NULL,
        name TEXT NOT NULL,
        CONSTRAINT pk_question PRIMARY KEY (id),
        CONSTRAINT uq_question_template UNIQUE (template)
)""",
    """CREATE INDEX ix_question_name ON question (name)""",
    """CREATE TABLE register (
        kind TEXT NOT NULL,
        "key" TEXT NOT NULL,
        name_key TEXT NOT NULL,
        position INTEGER NOT NULL,
        record TEXT NOT NULL,
        revision TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        digest TEXT NOT NULL,
        CONSTRAINT pk_register PRIMARY KEY (kind, "key")
)""",
    """CREATE INDEX ix_register_name ON register (kind, name_key)""",
    """CREATE TABLE revision (
        sha TEXT NOT NULL,
        entity_kind TEXT NOT NULL,
        entity_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        created_at TEXT NOT NULL,
        device TEXT NOT NULL,
        device_sequence INTEGER NOT NULL,
        document TEXT NOT NULL,
        CONSTRAINT pk_revision PRIMARY KEY (sha)
)""",
    """CREATE INDEX ix_revision_device ON revision (device, device_sequence)""",
    """CREATE INDEX ix_revision_entity ON revision (entity_kind, entity_id)""",
    """CREATE TABLE session (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        author TEXT NOT NULL,
        device TEXT NOT NULL,
        host TEXT NOT NULL,
        pid INTEGER NOT NULL,
        program TEXT NOT NULL
)""",
    """CREATE TABLE setting (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        digest TEXT NOT NULL,
        CONSTRAINT pk_setting PRIMARY KEY ("key")
)""",
    """CREATE TABLE tombstone (
        kind TEXT NOT NULL,
        entity_hash TEXT NOT NULL,
        reason TEXT NOT NULL,
        author TEXT NOT NULL,
        at TEXT NOT NULL,
        digest TEXT NOT NULL,
        CONSTRAINT pk_tombstone PRIMARY KEY (kind, entity_hash)
)""",
    """CREATE TABLE audit (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        session_id INTEGER NOT NULL,
        interview_no INTEGER,
        sequence INTEGER NOT NULL,
        event TEXT NOT NULL,
        path TEXT NOT NULL,
        old_text TEXT,
        new_text TEXT,
        reason TEXT NOT NULL,
        at TEXT NOT NULL,
        elapsed_ms INTEGER NOT NULL,
        digest TEXT NOT NULL,
        CONSTRAINT fk_audit_session_id_session FOREIGN KEY(session_id)
            REFERENCES session (id)
)""",
    """CREATE INDEX ix_audit_interview ON audit (interview_no, sequence)""",
    """CREATE TABLE interview (
        no INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL,
        code TEXT NOT NULL,
        state TEXT NOT NULL,
        form_sha TEXT NOT NULL,
        actor_key TEXT NOT NULL,
        wave TEXT NOT NULL,
        interviewer TEXT NOT NULL,
        conducted_on TEXT NOT NULL,
        answered INTEGER NOT NULL,
        total INTEGER NOT NULL,
        details TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        digest TEXT NOT NULL,
        CONSTRAINT uq_interview_id UNIQUE (id),
        CONSTRAINT fk_interview_form_sha_form FOREIGN KEY(form_sha)
            REFERENCES form (sha)
)""",
    """CREATE INDEX ix_interview_code ON interview (code)""",
    """CREATE INDEX ix_interview_state ON interview (state, wave)""",
    """CREATE TABLE revision_parent (
        child TEXT NOT NULL,
        parent TEXT NOT NULL,
        CONSTRAINT pk_revision_parent PRIMARY KEY (child, parent),
        CONSTRAINT fk_revision_parent_child_revision FOREIGN KEY(child)
            REFERENCES revision (sha) ON DELETE CASCADE
)
 WITHOUT ROWID""",
    """CREATE INDEX ix_revision_parent_parent ON revision_parent (parent)""",
    """CREATE TABLE answer (
        question_id INTEGER NOT NULL,
        interview_no INTEGER NOT NULL,
        keys TEXT NOT NULL,
        text TEXT NOT NULL,
        number FLOAT,
        day TEXT,
        CONSTRAINT pk_answer PRIMARY KEY (question_id, interview_no, keys),
        CONSTRAINT fk_answer_question_id_question FOREIGN KEY(question_id)
            REFERENCES question (id),
        CONSTRAINT fk_answer_interview_no_interview FOREIGN KEY(interview_no)
            REFERENCES interview (no) ON DELETE CASCADE
)
 WITHOUT ROWID""",
    """CREATE TABLE attachment_link (
        interview_no INTEGER NOT NULL,
        path TEXT NOT NULL,
        sha TEXT NOT NULL,
        name TEXT NOT NULL,
        mime TEXT NOT NULL,
        size INTEGER NOT NULL,
        added_at TEXT NOT NULL,
        CONSTRAINT pk_attachment_link PRIMARY KEY (interview_no, path, sha),
        CONSTRAINT fk_attachment_link_interview_no_interview FOREIGN KEY(interview_no)
            REFERENCES interview (no) ON DELETE CASCADE
)""",
    """CREATE INDEX ix_attachment_link_sha ON attachment_link (sha)""",
    """CREATE TABLE draft (
        interview_no INTEGER NOT NULL,
        form_sha TEXT NOT NULL,
        lists TEXT NOT NULL,
        position TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        updated_at TEXT NOT NULL,
        base TEXT NOT NULL,
        answers INTEGER NOT NULL,
        total TEXT NOT NULL,
        digest TEXT NOT NULL,
        CONSTRAINT pk_draft PRIMARY KEY (interview_no),
        CONSTRAINT fk_draft_interview_no_interview FOREIGN KEY(interview_no)
            REFERENCES interview (no) ON DELETE CASCADE,
        CONSTRAINT fk_draft_form_sha_form FOREIGN KEY(form_sha)
            REFERENCES form (sha)
)""",
    """CREATE TABLE draft_answer (
        interview_no INTEGER NOT NULL,
        path TEXT NOT NULL,
        text TEXT NOT NULL,
        CONSTRAINT pk_draft_answer PRIMARY KEY (interview_no, path),
        CONSTRAINT fk_draft_answer_interview_no_interview FOREIGN KEY(interview_no)
            REFERENCES interview (no) ON DELETE CASCADE
)
 WITHOUT ROWID""",
    """CREATE TABLE note (
        interview_no INTEGER NOT NULL,
        path TEXT NOT NULL,
        text TEXT NOT NULL,
        author TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        digest TEXT NOT NULL,
        CONSTRAINT pk_note PRIMARY KEY (interview_no, path),
        CONSTRAINT fk_note_interview_no_interview FOREIGN KEY(interview_no)
            REFERENCES interview (no) ON DELETE CASCADE
)""",
)


def upgrade() -> None:
    """Creates all tables of an empty file that has only its version table."""
    for statement in STATEMENTS:
        op.execute(statement)
