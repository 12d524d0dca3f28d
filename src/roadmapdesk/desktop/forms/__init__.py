"""The page of forms: the project's questionnaires, import with checks and repairs, trial, comparison, moving drafts.

May import `pages`, `widgets`, `workspace` and, for the trial, the parts of the interview page that only show. Entry
point: `page.FormsPage`.
"""
