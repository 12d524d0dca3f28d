"""Reports in three stages: facts, a format-neutral document, writers for PDF and Excel.

May import `figures`, `scoring`, `domain` and below, never `storage`; reportlab is loaded by ``pdf`` on first use.
Entry points: `facts.ReportFacts` (everything a report needs, filled by `workspace`), `summary.build_summary`
(facts to document) and `pdf.writer.write_pdf` (document to file).
"""
