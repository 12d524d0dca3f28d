"""The project folder: revisions, drafts, answer index, audit trail, backups, encryption, migrations.

May import `domain`, `xforms`, `errors`, `paths` and `i18n`; alone owns SQLAlchemy, alembic, sqlcipher3, argon2
and keyring. Entry points: `opening.create_project`, `opening.open_project`, and the repositories of `Project`.
Values that leave the layer are immutable (`values`); failures are `errors.StorageError` with a message each.
"""

from roadmapdesk.storage.opening import create_project, open_project
from roadmapdesk.storage.project import Project

__all__ = ["Project", "create_project", "open_project"]
