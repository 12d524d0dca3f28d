"""The list of interviews: state, actor, wave, progress; new, plan, open, review, drop empty drafts.

May import `pages`, `widgets`, `words` and `workspace.interviews`. Entry point: `page.InterviewsPage`.
"""
