"""Planning interviews: the calendar list, whom to ask next, appointments and the calendar file.

May import `pages`, `widgets` and `workspace.planning`. Entry point: `page.PlanningPage`.
"""
