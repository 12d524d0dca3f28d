"""Reports in three stages: facts, a format-neutral document, writers for PDF and Excel. Never imports storage."""
