"""Papers for the people of the study: protocol, blank questionnaire, stage card, actor list, privacy texts.

Each module turns the frozen facts of `facts`, filled by `workspace.papers`, into a format-neutral document that
`reports.pdf` writes. May import what `reports` may; never `storage`.
"""
