"""The page on which an interview is held: sections, questions, notes, and saving answer by answer.

May import `workspace`, the form session's views, and the rest of `desktop`. Screens read and never compute a rule.
Entry points: `page.InterviewPage`, `controls.registry.control_for`, `commands.shortcut_table`.
"""
