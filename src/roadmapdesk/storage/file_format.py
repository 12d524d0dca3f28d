"""What tells the files of this program and their versions apart."""

SCHEMA_VERSION = "0003"
READABLE_VERSIONS = frozenset({"0001", "0002"})
"""Earlier versions that can be read without a conversion, for looking into backups and write-protected projects."""
PROJECT_APPLICATION_ID = 0x52445031  # "RDP1"
MEDIA_APPLICATION_ID = 0x52444D31  # "RDM1"
CONTACTS_APPLICATION_ID = 0x52444331  # "RDC1"
MEDIA_TABLES = ("attachment", "arrival", "recording", "recording_part")
"""The tables of a file with attachments, as `tables.media_tables` describes them."""
