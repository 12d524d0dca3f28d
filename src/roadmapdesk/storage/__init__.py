"""The project folder: revisions, drafts, answer index, audit trail, backups, migrations."""
